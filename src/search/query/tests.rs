use super::*;
use crate::domain::Mark;
use jiff::civil::date;
use proptest::prelude::*;

const ID: &str = "3MG3ZR6_IRM";

fn parse(query: &str) -> Query {
    Query::parse(query).unwrap_or_else(|error| panic!("{query:?}: {error}"))
}

/// The clauses as they are printed, one a string.
fn clauses(query: &str) -> Vec<String> {
    let clauses = parse(query).clauses;
    clauses.into_iter().map(|c| c.any.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")).collect()
}

fn only(query: &str) -> Want {
    let mut clauses = parse(query).clauses;
    assert_eq!(clauses.len(), 1, "{query}");
    assert_eq!(clauses[0].any.len(), 1, "{query}");
    clauses.remove(0).any.remove(0).want
}

/// What is wrong with a query, and the bytes of it that are.
fn wrong(query: &str) -> (&str, String) {
    let error = Query::parse(query).expect_err(query);
    (&query[error.range], error.message)
}

/// Without the places of its terms.
fn placeless(mut query: Query) -> Query {
    query.clauses.iter_mut().flat_map(|c| &mut c.any).for_each(|term| term.range = 0..0);
    query
}

fn text(text: &str, mode: Mode) -> Text {
    Text { field: None, text: text.to_owned(), mode, starts: false, ends: false }
}

#[test]
fn terms_and_alternatives() {
    for (query, expected) in [
        ("", &[][..]),
        ("  ", &[]),
        ("kong ingress", &["kong", "ingress"]),
        ("a b | c d", &["a", "b | c", "d"]),
        ("a|b", &["a | b"]),
        ("a | b | c", &["a | b | c"]),
        ("a |b| c", &["a | b | c"]),
        ("| a || b |", &["a | b"]),
        ("a | | b", &["a | b"]),
        ("|", &[]),
        ("a | ! b", &["a | b"]),
        ("a ??? b", &["a", "b"]),
        ("a\u{0}b\u{1b}c", &["a", "b", "c"]),
        ("\"a\"b\"c\"", &["\"a\"", "b", "\"c\""]),
        ("5\" disk", &["5", "\"disk"]),
    ] {
        assert_eq!(clauses(query), expected, "{query}");
    }
}

#[test]
fn negation() {
    for (query, expected) in [
        ("!a", &["!a"][..]),
        ("!!a", &["!a"]),
        ("! a", &["a"]),
        ("!", &[]),
        ("-word", &["!word"]),
        ("-\"two words\"", &["!\"two words\""]),
        ("--word", &["word"]),
        ("- word", &["word"]),
        ("-word:x", &["!word:x"]),
        ("-title:x", &["!title:x"]),
        ("!title:x", &["!title:x"]),
        ("!-title:x", &["!title:x"]),
        ("title:!x", &["!title:x"]),
        ("-kind:talk", &["!kind:talk"]),
        ("!\"a b\"", &["!\"a b\""]),
        ("!a|b", &["!a | b"]),
    ] {
        assert_eq!(clauses(query), expected, "{query}");
    }
    assert_eq!(
        wrong("-speaker:ann|bob"),
        ("bob", "`|` after `-speaker:` could mean two things; for neither, write `-speaker:bob` after a blank".to_owned())
    );
    assert_eq!(clauses("-speaker:ann | speaker:bob"), ["!speaker:ann | speaker:bob"]);
}

#[test]
fn signs_of_words() {
    let starts = |t: Text| Text { starts: true, ..t };
    let ends = |t: Text| Text { ends: true, ..t };
    for (query, expected) in [
        ("don't", text("don't", Mode::Fuzzy)),
        ("'word", text("word", Mode::Exact)),
        ("'word'", text("word", Mode::Exact)),
        ("'title:x", text("title:x", Mode::Exact)),
        ("\"service  mesh\"", text("service mesh", Mode::Phrase)),
        ("“service mesh”", text("service mesh", Mode::Phrase)),
        ("'\"service mesh\"", text("service mesh", Mode::Phrase)),
        ("\"service me", text("service me", Mode::OpenPhrase)),
        ("\"a | !b $", text("a | !b $", Mode::OpenPhrase)),
        ("^a", starts(text("a", Mode::Fuzzy))),
        ("a$", ends(text("a", Mode::Fuzzy))),
        ("$100", text("$100", Mode::Fuzzy)),
        ("^'a$", starts(ends(text("a", Mode::Exact)))),
        ("'^a", starts(text("a", Mode::Exact))),
        ("^\"service mesh\"$", starts(ends(text("service mesh", Mode::Phrase)))),
        ("title:^kub", Text { field: Some(Field::Title), ..starts(text("kub", Mode::Fuzzy)) }),
        ("^title:kub", Text { field: Some(Field::Title), ..starts(text("kub", Mode::Fuzzy)) }),
        ("title:'kub", Text { field: Some(Field::Title), ..text("kub", Mode::Exact) }),
        ("company:\"Red Hat\"", Text { field: Some(Field::Company), ..text("Red Hat", Mode::Phrase) }),
        ("company:\"Red H", Text { field: Some(Field::Company), ..text("Red H", Mode::OpenPhrase) }),
        ("c++", text("c++", Mode::Fuzzy)),
        ("c#", text("c#", Mode::Fuzzy)),
        (".net", text(".net", Mode::Fuzzy)),
        ("ku\u{200e}be", text("kube", Mode::Fuzzy)),
        ("\u{200f}東京\u{ad}", text("東京", Mode::Fuzzy)),
        ("1️⃣", text("1️⃣", Mode::Fuzzy)),
    ] {
        assert_eq!(only(query), Want::Text(expected), "{query}");
    }
    for query in ["^", "$", "'", "\"\"", "\"", "“”", "^$", "!^'", "speaker:", "speaker: ", "kind:", "is:", "speaker:^", "year:"] {
        assert_eq!(parse(query), Query::default(), "{query}");
    }
}

#[test]
fn fields_and_their_names() {
    for (query, expected) in [
        ("by:ann", &["speaker:ann"][..]),
        ("SPEAKER:Ann", &["speaker:Ann"]),
        ("at:kong", &["company:kong"]),
        ("event:x topic:y", &["event:x", "topic:y"]),
        ("speaker:ann | speaker:bob", &["speaker:ann | speaker:bob"]),
        ("speaker:ann|bob", &["speaker:ann | speaker:bob"]),
        ("speaker:ann||\"bob b\"|title:x", &["speaker:ann | speaker:\"bob b\" | title:x"]),
        ("speaker:|:ann", &["speaker:ann"]),
        ("speaker:ann |bob", &["speaker:ann | bob"]),
        ("kind:talk|panel", &["kind:talk | kind:panel"]),
        ("speaker: ann", &["ann"]),
        ("a | speaker: b", &["a | b"]),
        ("has:cue|video", &["has:cue | has:recording"]),
    ] {
        assert_eq!(clauses(query), expected, "{query}");
    }
}

#[test]
fn names_that_are_no_fields() {
    for plain in ["foo:bar", "C++:", "Rails:", "Re:", "Re:x", "std::fs", "kind::Talk", "speeker:", "titles:", "10:30", "http:x", "a:b"] {
        assert_eq!(only(plain), Want::Text(text(plain, Mode::Fuzzy)), "{plain}");
    }
    assert_eq!(clauses("Titles: the good parts"), ["Titles:", "the", "good", "parts"]);
    for (query, place, meant) in [
        ("x speeker:ann", "speeker", "no field `speeker:`; did you mean `speaker:`?"),
        ("!Compny:\"a b\"", "Compny", "no field `Compny:`; did you mean `company:`?"),
        ("hax:cue", "hax", "no field `hax:`; did you mean `has:`?"),
        ("spe\u{200e}eker:ann", "spe\u{200e}eker", "no field `speeker:`; did you mean `speaker:`?"),
    ] {
        assert_eq!(wrong(query), (place, meant.to_owned()), "{query}");
    }
}

#[test]
fn days() {
    let year = |year| date(year, 1, 1)..=date(year, 12, 31);
    for (query, expected) in [
        ("year:2021", year(2021)),
        ("date:2021", year(2021)),
        ("date:\"2021\"", year(2021)),
        ("year:2019..2021", date(2019, 1, 1)..=date(2021, 12, 31)),
        ("date:2021-02", date(2021, 2, 1)..=date(2021, 2, 28)),
        ("date:2021-03-15", date(2021, 3, 15)..=date(2021, 3, 15)),
        ("date:2021-03..2022-01", date(2021, 3, 1)..=date(2022, 1, 31)),
        ("date:2021..", date(2021, 1, 1)..=Date::MAX),
        ("date:..2021", Date::MIN..=date(2021, 12, 31)),
        ("after:2021", date(2022, 1, 1)..=Date::MAX),
        ("after:2021-03-15", date(2021, 3, 16)..=Date::MAX),
        ("before:2021", Date::MIN..=date(2020, 12, 31)),
        ("before:2021-03", Date::MIN..=date(2021, 2, 28)),
        ("date:2021-", year(2021)),
        ("date:2021-0", year(2021)),
        ("date:2021-1", date(2021, 1, 1)..=date(2021, 1, 31)),
        ("date:2021-03-0", date(2021, 3, 1)..=date(2021, 3, 31)),
        ("date:2021.", year(2021)),
        ("year:202", date(2020, 1, 1)..=date(2029, 12, 31)),
        ("year:20", date(2000, 1, 1)..=date(2099, 12, 31)),
        ("year:2", date(2000, 1, 1)..=date(2999, 12, 31)),
        ("year:2019..20", date(2019, 1, 1)..=date(2099, 12, 31)),
    ] {
        assert_eq!(only(query), Want::Date(expected), "{query}");
    }
    assert_eq!(parse("date:.."), Query::default());
}

#[test]
fn what_is_no_day() {
    let forms = "is not a date: write 2021, 2021-03, 2021-03-15, or two of them as 2019..2021";
    for (query, place, message) in [
        ("year:20 x", "20", format!("`20` {forms}")),
        ("date:20", "20", format!("`20` {forms}")),
        ("date:soon", "soon", format!("`soon` {forms}")),
        ("date:.. x", "..", format!("`..` {forms}")),
        ("date:20211", "20211", format!("`20211` {forms}")),
        ("after:-2021", "-2021", format!("`-2021` {forms}")),
        ("date:2021-0 x", "2021-0", "there is no month 0: write 01 to 12".to_owned()),
        ("date:2021-13", "2021-13", "there is no month 13: write 01 to 12".to_owned()),
        ("date:2021-02-29", "2021-02-29", "February 2021 has no day 29: write 01 to 28".to_owned()),
        ("year:2021..2019 x", "2021..2019", "`2021..2019` ends before it begins: write `year:2019..2021`".to_owned()),
        ("after:2021..", "2021..", "`after:` takes one date: write `after:2021-03`, or `date:2021-03..2022-01`".to_owned()),
        ("after:9999", "9999", "no day comes after that: write an earlier date".to_owned()),
        ("before:0000", "0000", "no day comes before that: write a later date".to_owned()),
        ("date:\"2021-13\"", "\"2021-13\"", "there is no month 13: write 01 to 12".to_owned()),
    ] {
        assert_eq!(wrong(query), (place, message), "{query}");
    }
}

#[test]
fn closed_values() {
    for (query, expected) in [
        ("kind:keynote", Want::Kind(Kind::Keynote)),
        ("kind:\"lightning talk\"", Want::Kind(Kind::LightningTalk)),
        ("kind:lightning-talk", Want::Kind(Kind::LightningTalk)),
        ("kind:Lightning", Want::Kind(Kind::LightningTalk)),
        ("kind:k", Want::Kind(Kind::Keynote)),
        ("has:cu", Want::Has(Has::Cue)),
        ("has:video", Want::Has(Has::Recording)),
        ("has:slides", Want::Has(Has::Slides)),
        ("has:n", Want::Is(Is { mark: Mark::Noted, not: false })),
        ("is:unw", Want::Is(Is { mark: Mark::Watched, not: true })),
        ("lang:en", Want::Language("en".to_owned())),
        ("lang:EN-gb", Want::Language("en-gb".to_owned())),
        ("language:Deutsch", Want::Language("de".to_owned())),
        ("lang:germ", Want::Language("de".to_owned())),
        ("lang:welsh", Want::Language("cy".to_owned())),
        ("lang:tlh", Want::Language("tlh".to_owned())),
    ] {
        assert_eq!(only(query), expected, "{query}");
    }
    assert_eq!(parse("lang:e"), Query::default());
    assert_eq!(wrong("lang:e x"), ("e", "`e` is not a language: write its code or name, such as en or German".to_owned()));
    assert_eq!(
        wrong("kind:keynot! x"),
        (
            "keynot!",
            "`keynot!` is not a kind of talk: write talk, keynote, lightning, panel or workshop; did you mean `kind:keynote`?".to_owned()
        )
    );
    assert_eq!(wrong("has:wings").1, "`wings` is not a thing that talks have: write cue, slides, takeaways, recording or notes");
    assert_eq!(
        wrong("a is:stared").1,
        "`stared` is not a mark: write starred, watched, unwatched, queued, begun or noted; did you mean `is:starred`?"
    );
    for field in FIELDS {
        assert_eq!(fields::Name::of(field).map(fields::Name::canonical), Some(*field));
        for value in values(field) {
            parse(&format!("{field}:{value} x"));
            // Their beginnings are enough, and so no two may share a letter.
            assert_eq!(values(field).iter().filter(|v| v[..1] == value[..1]).count(), 1, "{value}");
        }
    }
}

#[test]
fn orders() {
    let sort = |by, reversed| Some(Sort { by, reversed });
    assert_eq!(parse("a sort:date").sort, sort(SortBy::Date, false));
    assert_eq!(parse("sort:-date").sort, sort(SortBy::Date, true));
    assert_eq!(parse("sort:da").sort, sort(SortBy::Date, false));
    assert_eq!(parse("sort:date sort:len").sort, sort(SortBy::Length, false));
    assert_eq!(parse("sort:title|speaker").sort, sort(SortBy::Speaker, false));
    assert_eq!(parse("sort:-").sort, None);
    assert_eq!(clauses("a | sort:date b"), ["a | b"]);
    assert_eq!(wrong("!sort:date").0, "!sort:date");
    assert_eq!(wrong("-sort:date").1, "an order cannot be negated; for the other way round write `sort:-date`");
    assert_eq!(wrong("sort:size").0, "size");
}

#[test]
fn pasted_links() {
    let link = Link::parse(&format!("https://youtu.be/{ID}?t=1389")).expect("a link");
    for query in [
        format!("https://youtu.be/{ID}?t=1389"),
        format!("youtu.be/{ID}?t=1389"),
        format!("<https://www.youtube.com/watch?v={ID}&t=1389s>"),
        format!("(HTTPS://youtu.be/{ID}?t=1389)."),
        format!("www.youtube.com/watch?v={ID}&t=23m9s"),
    ] {
        assert_eq!(only(&query), Want::Video(link.clone()), "{query}");
    }
    assert_eq!(clauses(&format!("!youtu.be/{ID} a|youtu.be/{ID}")).len(), 2);
    assert!(parse(&format!("!youtu.be/{ID}")).clauses[0].any[0].negated);
    for plain in ["https://example.com/a", "https://youtu.be/short", "http://", "youtu.be/"] {
        assert_eq!(only(plain), Want::Text(text(plain, Mode::Fuzzy)), "{plain}");
    }
}

#[test]
fn nothing_but_signs() {
    for (query, place) in [
        ("???", "???"),
        (" & ", "&"),
        ("-", "-"),
        ("🎉🎉", "🎉🎉"),
        ("\u{301}", "\u{301}"),
        ("\"?!\"", "\"?!\""),
        ("! ?", "?"),
        ("title:&", "title:&"),
    ] {
        assert_eq!(wrong(query), (place, "there is nothing to look for in signs: type a letter or a digit".to_owned()), "{query}");
    }
    assert_eq!(clauses("kong & 🎉 -"), ["kong"]);
    assert_eq!(parse("??? sort:date").clauses, []);
    assert_eq!(parse("\u{0}\u{200e}\u{7f}"), Query::default());
}

#[test]
fn bounds() {
    parse(&"é".repeat(MAX_CHARS));
    let error = Query::parse(&"é".repeat(MAX_CHARS + 3)).expect_err("too long");
    assert_eq!((error.range, error.message.as_str()), (2000..2006, "the query is longer than 1000 characters: shorten it"));
    parse(&"a ".repeat(MAX_TERMS));
    let error = Query::parse(&"a|".repeat(MAX_TERMS + 1)).expect_err("too many");
    assert_eq!((error.range, error.message.as_str()), (64..65, "the query has more than 32 terms: leave some out"));
}

#[test]
fn ranges_are_exact() {
    let query = " é !^\"a b\"$ | speaker:'x|y$ -kind:k \"op en";
    let terms: Vec<_> = parse(query).clauses.into_iter().flat_map(|c| c.any).map(|t| &query[t.range]).collect();
    assert_eq!(terms, ["é", "!^\"a b\"$", "speaker:'x", "y$", "-kind:k", "\"op en"]);
}

#[test]
fn messages_steer_no_terminal() {
    let error = Query::parse("kind:\"a\u{1b}[31m\u{202e}bcdefghijklmnopqrstuvwxyzabcdefghijkl\"").expect_err("no kind");
    assert!(error.message.starts_with("`a [31mbcdefghijklmnopqrstuvwx…`"), "{}", error.message);
}

#[test]
fn the_cursor() {
    let name = |range, typed: &str| Context::FieldName { range, typed: typed.to_owned() };
    let value = |range, field: &str, typed: &str| Context::Value { range, field: field.to_owned(), typed: typed.to_owned() };
    for (query, cursor, expected) in [
        ("spe", 3, name(0..3, "spe")),
        ("a !spe b", 6, name(3..6, "spe")),
        ("-spe", 4, name(1..4, "spe")),
        ("a|spe", 5, name(2..5, "spe")),
        ("spe", 2, Context::None),
        ("s", 1, Context::None),
        ("^spe", 4, Context::None),
        ("'spe", 4, Context::None),
        ("\"spe", 4, Context::None),
        ("spe ", 4, Context::None),
        ("x1", 2, Context::None),
        ("", 0, Context::None),
        ("year:20", 4, Context::None),
        ("by:", 3, value(3..3, "speaker", "")),
        ("by: x", 3, value(3..3, "speaker", "")),
        ("by:an", 5, value(3..5, "speaker", "an")),
        ("by:an", 4, value(3..5, "speaker", "a")),
        ("!at:^\"Red H", 11, value(5..11, "company", "Red H")),
        ("at:\"Red Hat\" x", 6, value(3..12, "company", "Re")),
        ("at:\"Red x", 6, value(3..6, "company", "Re")),
        ("at:\"Red Hat\"", 12, Context::None),
        ("by:ann|bo", 9, value(7..9, "speaker", "bo")),
        ("sort:da", 7, value(5..7, "sort", "da")),
        ("sort:-da", 8, value(5..8, "sort", "-da")),
        ("by:é", 4, value(3..5, "speaker", "")),
        ("by:é", usize::MAX, value(3..5, "speaker", "é")),
    ] {
        assert_eq!(context(query, cursor), expected, "{query} at {cursor}");
    }
}

#[test]
fn every_example_of_the_help_is_a_query() {
    for (example, finds) in HELP {
        assert_ne!(parse(example), Query::default(), "{example}");
        assert!(example.chars().count() <= 30 && finds.chars().count() <= 60, "{example}");
    }
    for field in FIELDS {
        assert!(HELP.iter().any(|(example, _)| example.contains(&format!("{field}:"))), "{field}");
    }
}

/// Strings that are often queries.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            " ", "|", "!", "-", "^", "'", "\"", "$", ":", "..", "“", ".", ">", "<", "#", "kong", "a", "é", "2021", "-03", "20", "speaker:",
            "by:", "title:", "kind:", "kind:lightning", "has:", "cue", "date:", "year:", "after:", "before:", "lang:", "german", "germ", "sort:",
            "length", "is:", "speeker:", "http://", "youtu.be/3MG3ZR6_IRM", "?t=12", "&end=99", "https://a.b/c.mp4", "\u{200e}", "\u{301}", "\u{0}",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn anything_is_answered(query in prop_oneof![typed(), any::<String>()], cursor in 0usize..40) {
        match Query::parse(&query) {
            Ok(read) => {
                let mut end = 0;
                for term in read.clauses.iter().flat_map(|c| &c.any) {
                    prop_assert!(term.range.start >= end && !query[term.range.clone()].is_empty());
                    end = term.range.end;
                }
                prop_assert!(read.clauses.iter().all(|c| !c.any.is_empty()));
            }
            Err(error) => {
                prop_assert!(!query[error.range].is_empty());
                prop_assert_eq!(crate::text::clean_line(&error.message), error.message.as_str());
            }
        }
        match context(&query, cursor) {
            Context::FieldName { range, .. } | Context::Value { range, .. } => {
                prop_assert!(query.get(range.clone()).is_some() && range.start <= cursor);
            }
            Context::None => {}
        }
    }

    #[test]
    fn what_is_printed_reads_the_same(query in typed()) {
        if let Ok(read) = Query::parse(&query) {
            let printed = read.to_string();
            if printed.chars().count() <= MAX_CHARS {
                prop_assert_eq!(Query::parse(&printed).map(placeless), Ok(placeless(read)), "{}", printed);
            }
        }
    }
}
