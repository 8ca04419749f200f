//! Tables: drawn with `+---+`, ruled with `====`, or written as lists.

use super::signs::{Line, is_grid_border, is_simple_border};
use crate::domain::Cue;

/// More columns than that fit on no screen.
const MOST_COLUMNS: usize = 20;

/// Lines among which the end of a ruled table is looked for.
const LONGEST: usize = 500;

/// Rows of cells; the first is the heading, where there is one.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Does the first row say what the columns are?
    pub headed: bool,
    /// In each the same number of cells, or fewer.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table drawn with `+` and `|`; nothing where cells span columns.
    pub fn grid(lines: &[Line]) -> Option<Table> {
        let border: Vec<char> = lines.first()?.text.chars().collect();
        let edges: Vec<usize> = border.iter().enumerate().filter(|(_, c)| **c == '+').map(|(at, _)| at).collect();
        if edges.len() < 2 || edges.len() > MOST_COLUMNS + 1 {
            return None;
        }
        let mut table = Table::default();
        let mut row: Vec<String> = Vec::new();
        for line in &lines[1..] {
            // Some draw the sides with `+` too.
            if line.text.starts_with("+-") || line.text.starts_with("+=") {
                let is_rule = line.text.chars().all(|c| matches!(c, '+' | '-' | '='));
                if !is_rule {
                    return None;
                }
                table.headed |= line.text.starts_with("+=");
                table.rows.extend((!row.is_empty()).then(|| std::mem::take(&mut row)));
                continue;
            }
            let cells: Vec<String> = columns(line.text, edges.windows(2).map(|edge| (edge[0] + 1, edge[1])));
            add(&mut row, &cells);
        }
        table.rows.extend((!row.is_empty()).then_some(row));
        (!table.rows.is_empty()).then_some(table)
    }

    /// A table ruled with `=`.
    pub fn simple(lines: &[Line]) -> Option<Table> {
        let starts: Vec<usize> = starts_of(lines.first()?.text).take(MOST_COLUMNS).collect();
        let rules = lines.iter().filter(|line| is_simple_border(line.text)).count();
        let mut table = Table { headed: rules > 2, rows: Vec::new() };
        for line in lines.iter().filter(|line| !line.is_blank() && !is_simple_border(line.text)) {
            let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
            // Lines that are indented have lost what stood before them.
            let padded = " ".repeat(line.indent.saturating_sub(lines[0].indent).min(200)) + line.text;
            let cells = columns(&padded, starts.iter().copied().zip(ends));
            match table.rows.last_mut() {
                Some(row) if cells.first().is_some_and(String::is_empty) => add(row, &cells),
                _ => table.rows.push(cells),
            }
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// `* - cell` begins a row, `- cell` below it goes on with it.
    pub fn list(lines: &[Line], headed: bool) -> Option<Table> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let text = if let Some(text) = line.text.strip_prefix("* ") {
                rows.push(Vec::new());
                text.trim_start()
            } else {
                line.text
            };
            let row = rows.last_mut()?;
            match text.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
                Some(cell) => row.push(cell.trim().to_owned()),
                None => match row.last_mut() {
                    Some(cell) => cell.extend([" ", text]),
                    None => row.push(text.to_owned()),
                },
            }
        }
        (!rows.is_empty()).then_some(Table { headed, rows })
    }

    /// As Markdown, with what `inline` makes of each cell. A list of moments (`3:05`, who, what) has a line for each, since a
    /// table has no room for their links and long titles.
    pub fn write(&self, mut inline: impl FnMut(&str) -> String) -> Vec<String> {
        let body = &self.rows[usize::from(self.headed && self.rows.len() > 1)..];
        if body.iter().all(|row| row.first().is_some_and(|cell| is_moment(cell))) {
            return body.iter().map(|row| moment(row, &mut inline)).collect();
        }
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0).min(MOST_COLUMNS);
        let mut row = |cells: &[String]| {
            let cells: Vec<String> =
                (0..width).map(|at| cells.get(at).map(|cell| inline(cell).replace('|', "\\|")).unwrap_or_default()).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut written = Vec::with_capacity(self.rows.len() + 2);
        let rows = if self.headed { &self.rows[1..] } else { &self.rows[..] };
        written.push(row(if self.headed { &self.rows[0] } else { &[] }));
        written.push(format!("|{}", "---|".repeat(width)));
        written.extend(rows.iter().map(|cells| row(cells)));
        written
    }
}

/// `3:05`, also as a name that has a link.
fn is_moment(cell: &str) -> bool {
    let cell = cell.trim_start_matches('`').trim_end_matches(['_', '`']);
    cell.contains(':') && Cue::parse(cell).is_ok()
}

fn moment(row: &[String], inline: &mut impl FnMut(&str) -> String) -> String {
    let cells: Vec<String> = row.iter().map(|cell| inline(cell)).filter(|cell| !cell.is_empty()).collect();
    match &cells[..] {
        [at, rest @ ..] => format!("- {at} {}", rest.join(" – ")).trim_end().to_owned(),
        [] => String::new(),
    }
}

/// What stands in the columns of a line.
fn columns(line: &str, edges: impl Iterator<Item = (usize, usize)>) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let cell = |(from, to): (usize, usize)| {
        let cell = letters.get(from..to.min(letters.len())).unwrap_or_default();
        cell.iter().collect::<String>().trim().trim_matches(['|', '+']).trim().to_owned()
    };
    edges.map(cell).collect()
}

/// Puts a further line behind what stands in a row.
fn add(row: &mut Vec<String>, cells: &[String]) {
    row.resize(row.len().max(cells.len()), String::new());
    for (cell, more) in row.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(more);
    }
}

/// Where the columns under a rule begin.
fn starts_of(rule: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = rule.as_bytes();
    (0..bytes.len()).filter(|at| bytes[*at] == b'=' && (*at == 0 || bytes[at - 1] != b'='))
}

/// How many lines of a text, from its first on, are a drawn or ruled table.
pub fn length(lines: &[Line]) -> usize {
    let first = lines.first().map_or("", |line| line.text);
    if is_grid_border(first) {
        return lines.iter().take_while(|line| line.text.starts_with(['+', '|'])).count();
    }
    if !is_simple_border(first) {
        return 0;
    }
    let borders = lines.iter().take(LONGEST).enumerate().filter(|(_, line)| is_simple_border(line.text)).map(|(at, _)| at);
    // A rule with nothing but a blank line below it is the last one.
    let last = borders.skip(1).find(|at| lines.get(at + 1).is_none_or(|next| next.is_blank()));
    last.map_or(0, |at| at + 1)
}
