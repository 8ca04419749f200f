use super::*;
use proptest::prelude::*;
use serde::Deserialize as Derive;

#[derive(Debug, Default, PartialEq, Derive)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What readers ask for: texts, lists, and more of the same inside.
#[derive(Debug, Default, PartialEq, Derive)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Tree<'a> {
    a: Option<Text<'a>>,
    b: Option<Vec<Option<Text<'a>>>>,
    c: Option<Vec<Option<Tree<'a>>>>,
    d: Option<Box<Tree<'a>>>,
}

type Trees<'a> = Vec<Option<Tree<'a>>>;

/// What is read is what `serde_yaml` reads; whether it was read.
fn agrees(text: &str) -> bool {
    fn same<'de, T: Deserialize<'de> + PartialEq + fmt::Debug>(text: &'de str) -> bool {
        let Ok(quick) = read::<T>(text) else { return false };
        let whole = serde_yaml::from_str::<T>(text).unwrap_or_else(|error| panic!("{text:?} is no YAML: {error}"));
        assert_eq!(quick, whole, "{text:?}");
        true
    }
    let trees = same::<Trees>(text);
    same::<Tree>(text) || trees
}

#[test]
fn what_is_written_as_it_mostly_is_is_read() {
    for text in [
        "---\n# Boats\n\n- a: \"Gull\" # small\n  b:\n    - \"x\"\n    - y z\n  e: 12\n\n-\n  # later\n  a: 'it''s'\n",
        "- a: |-\n    one\n      two\n\n    three\n\n  b: []\n- a: |\n    clipped\n\n\n- a: |\n    at the end",
        "a: http://x.org/?a=b:c#d\nb:\n- x\n- ~\n-\n- null\nc:\n  - d:\n      a: é – 東京 🚢\nd:\n  a:\n",
        "- a: \"say \\\"ahoy\\\" \\\\ once\\n\"\n  b: []\n",
        "a:   spaces   \nb: \n  - one\n# a comment\n    # and one\n  - \"two\"\n",
        "- a: |-\n\n    after an empty line\n     \n    \n  b:\n  - x\n",
        "- a: |-\n- a: |\n  b:\n",
        "a: x # y\nb:\n   - ''\n   - \"\"\n",
        "e:\n  e:\n    - e: x\n",
        "a: -1.5\nb:\n- -2\n",
        "# none\n---\n[]\n",
    ] {
        assert!(agrees(text), "{text:?}");
    }
}

#[test]
fn what_is_doubtful_is_refused() {
    for text in [
        "",
        "# nothing\n",
        "just words",
        "a: [x]",
        "b: [] ",
        "e:\n  - e: [x\n",
        "a: {b: c}",
        "a: &x y",
        "a: *x",
        "a: !t y",
        "a: b: c",
        "a: b:",
        "a: >-\n  folded\n",
        "a: |2\n  x\n",
        "a: |+\n  x\n",
        "a: \"two\n  lines\"",
        "a: two\n  lines",
        "a: x\n b: y",
        "a: x\n---\na: y",
        "---\u{2000}\n- a: x",
        "a: x\n---\u{2000}",
        "a: x\n...\n",
        "%YAML 1.1\n---\na: x",
        "a:\tx",
        "a: x\ty",
        "\ta: x",
        "a: |\n\tx\n",
        "a: |\n      \n  x\n",
        "a: |\n  x\n \ty\n",
        "a: \"x\" y",
        "a: \"x\"#y",
        "a: \"\\x41\"",
        "\"a\": x",
        "? a",
        "- - x",
        "- a\nb: c",
        "a: x\n- b",
        "a: x\na: y",
        "a: \u{85}x",
        "a: x\u{2028}b: y",
        "a: \u{feff}x",
        "a: \u{1}x",
        "a: @x",
        "a: - x",
        "c: x",
        "b: - x",
        "d:\n  - x\n",
    ] {
        assert!(!agrees(text), "{text:?}");
    }
    let deep: Vec<String> = (0..200).map(|level| " ".repeat(level) + "d:\n").collect();
    assert!(!agrees(&deep.concat()));
}

#[test]
fn most_texts_are_not_copied() {
    let tree = read::<Tree>("a: \"x\"\nb:\n- 'y'\n- z # w\n").expect("it is read");
    assert!(matches!(tree.a, Some(Text(Cow::Borrowed("x")))));
    assert!(tree.b.into_iter().flatten().flatten().all(|text| matches!(text.0, Cow::Borrowed(_))));
}

/// A line of a document, mostly one that fits.
fn line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        4 => "[a-z ]{0,6}",
        2 => "\"[a-z\\\\\" :#]{0,5}\"",
        2 => "'[a-z' :#]{0,5}'",
        2 => Just("|-".to_owned()),
        2 => Just("|".to_owned()),
        1 => Just("[]".to_owned()),
        1 => "[~\\-|>\\[\\]{}&*!:#'\" a-b\u{e9}\u{85}]{0,4}",
    ];
    (0..6_usize, prop_oneof!["", "- ", "-", "-  "], prop_oneof!["", "[a-e]: ", "[a-e]:", "[a-e]:  "], value)
        .prop_map(|(indent, dash, key, value)| format!("{}{dash}{key}{value}", " ".repeat(indent)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_lines_are_read_as_the_whole_parser_reads_them(lines in proptest::collection::vec(line(), 0..8), end in "\n{0,2}") {
        agrees(&(lines.join("\n") + &end));
    }

    #[test]
    fn any_characters_are_read_as_the_whole_parser_reads_them(text in "[a-d: \\-\n|\"'#~\\[\\]\t\\\\]{0,40}") {
        agrees(&text);
    }
}
