//! The search line: what was typed, what is offered behind it or wrong in it, and the count.

use super::model::Model;
use super::search::Search;
use crate::rich::{Role, Span, cut};
use crate::search::Completion;
use crate::text;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What stands before the text.
const PROMPT: &str = " / ";

/// Columns between the text and what stands behind it.
const GAP: usize = 2;

/// Columns that the text is to have before the count may take any.
const VITAL: usize = 9;

/// A label that has fewer columns than this is not worth showing.
const SHORTEST: usize = 8;

/// The line, laid out for a width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchLine {
    /// From the left, the prompt first.
    pub spans: Vec<Span>,
    /// What stands at the right.
    pub count: String,
    /// The column of the caret.
    pub caret: usize,
    /// The query cannot be read, and there was no room to say why.
    pub error_left_out: bool,
}

impl SearchLine {
    /// Lays the line of a model out.
    pub fn of(model: &Model, width: usize) -> SearchLine {
        let search = &model.search;
        let mut count = count(model);
        let reserved = reserved(model, &count, width);
        if reserved == 0 {
            count.clear();
        }
        let room = width.saturating_sub(PROMPT.len() + reserved + 1).max(1);
        let before = &search.text[..search.cursor];
        let from = first_shown(before, room);
        let mut spans = cut(typed(search, from), room);
        let left = room.saturating_sub(GAP + spans.iter().map(|span| text::width(&span.text)).sum::<usize>());
        let offers = search.offers();
        let mut error_left_out = search.error.is_some();
        if !offers.is_empty() {
            let offered = offered(offers, search.marked(), left);
            behind(&mut spans, offered);
        } else if let Some(error) = &search.error {
            let told = Span::new(format!("✗ {}", error.message), Role::Bad);
            error_left_out = text::width(&told.text) > left;
            behind(&mut spans, if error_left_out { Vec::new() } else { vec![told] });
        }
        spans.insert(0, Span::new(PROMPT, Role::Heading));
        SearchLine { spans, count, caret: PROMPT.len() + text::width(&before[from..]), error_left_out }
    }
}

fn behind(spans: &mut Vec<Span>, more: Vec<Span>) {
    if !more.is_empty() {
        spans.push(Span::new(" ".repeat(GAP), Role::Plain));
        spans.extend(more);
    }
}

/// How many were found, of how many that were looked through.
fn count(model: &Model) -> String {
    let search = &model.search;
    let (found, all) = (model.rows.len(), model.catalogue.talks().len());
    match search.partial {
        _ if search.is_awaited() => "… ".to_owned(),
        Some(looked_through) => format!("{found} of {looked_through} … "),
        None => format!("{found} of {all} "),
    }
}

/// Columns kept for the count. Where there is room they are those of the longest, so that what stands before it stays.
fn reserved(model: &Model, count: &str, width: usize) -> usize {
    let all = model.catalogue.talks().len();
    let now = text::width(count);
    let widest = text::width(&format!("{all} of {all} ")).max(now);
    match width.saturating_sub(PROMPT.len() + 1) {
        room if room >= widest * 2 + VITAL => widest,
        room if room >= now + VITAL => now,
        _ => 0,
    }
}

/// The first byte of what stands before the caret that is shown: the end of a long query is what is being typed.
pub fn first_shown(before: &str, room: usize) -> usize {
    let mut used = 0;
    let fits = |(_, grapheme): &(usize, &str)| {
        used += text::width(grapheme);
        used < room
    };
    before.grapheme_indices(true).rev().take_while(fits).last().map_or(before.len(), |(at, _)| at)
}

/// The text from a byte on, with what cannot be read in it set off.
fn typed(search: &Search, from: usize) -> Vec<Span> {
    if search.text.is_empty() {
        return vec![Span::new("speaker, company, title or event", Role::Dim)];
    }
    let text = &search.text;
    let wrong = search.error.as_ref().map_or(0..0, |error| wrong_part(text, &search.answered, error.range.clone()));
    let (start, end) = (wrong.start.max(from), wrong.end.max(from));
    let pieces = [(from..start, Role::Plain), (start..end, Role::Wrong), (end..text.len(), Role::Plain)];
    pieces.into_iter().filter(|(range, _)| !range.is_empty()).map(|(range, role)| Span::new(&text[range], role)).collect()
}

/// The bytes that are wrong, at least one letter of them, as long as they still stand where they stood.
fn wrong_part(text: &str, answered: &str, range: Range<usize>) -> Range<usize> {
    if answered.get(range.clone()).is_none_or(|wrong| text.get(range.clone()) != Some(wrong)) {
        return 0..0;
    }
    if !range.is_empty() {
        return range;
    }
    match (text[..range.end].grapheme_indices(true).next_back(), text.graphemes(true).next()) {
        (Some((before, _)), _) => before..range.end,
        (None, first) => 0..first.map_or(0, str::len),
    }
}

/// As many completions as there is room for, the marked one among them.
fn offered(offers: &[Completion], marked: usize, room: usize) -> Vec<Span> {
    let first = (0..marked).find(|first| fitting(offers, *first, room) > marked).unwrap_or(marked);
    let end = fitting(offers, first, room);
    if end == first {
        let label = Span::new(text::truncate(&offers[first].label, room), Role::Strong);
        return if room < SHORTEST { Vec::new() } else { vec![label] };
    }
    let mut spans = Vec::new();
    if first > 0 {
        spans.push(Span::new("… · ", Role::Dim));
    }
    for (i, offer) in offers.iter().enumerate().take(end).skip(first) {
        if i > first {
            spans.push(Span::new(" · ", Role::Dim));
        }
        spans.push(Span::new(offer.label.clone(), if i == marked { Role::Strong } else { Role::Dim }));
        spans.extend(offer.count.map(|count| Span::new(format!(" {count}"), Role::Dim)));
    }
    if end < offers.len() {
        spans.push(Span::new(" · …", Role::Dim));
    }
    spans
}

/// The end of those that fit when `first` is the first one shown.
fn fitting(offers: &[Completion], first: usize, room: usize) -> usize {
    let more = " · …".chars().count();
    let mut used = if first > 0 { more } else { 0 };
    let mut end = first;
    for (i, offer) in offers.iter().enumerate().skip(first) {
        let count = offer.count.map_or(0, |count| 1 + count.to_string().len());
        used += text::width(&offer.label) + count + if i > first { 3 } else { 0 };
        if used + if i + 1 < offers.len() { more } else { 0 } > room {
            break;
        }
        end = i + 1;
    }
    end
}
