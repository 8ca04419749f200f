use super::*;
use proptest::prelude::*;

#[track_caller]
fn becomes(text: &str, markdown: &str) {
    assert_eq!(to_markdown(text), markdown);
}

#[test]
fn plain_text_and_markdown_stay() {
    for text in [
        "",
        "Words, and `code`, ``code`` and *more*.",
        "Title\n=====\n\nText\n\n---\n\nMore\n\n* one\n* two",
        "# Title\n\n- [a](https://a.example/b_)\n- `__init__` and `_x`\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "```\n.. note:: no\n```",
        "Use std::vector, or A::B.\nsnake_case_ and :tada: at last",
        "Doors 18:00 - 19:00: talks",
        "~~~\ncode\n~~~",
        ".. and then some",
    ] {
        assert!(matches!(to_markdown(text), Cow::Borrowed(same) if same == text), "{text:?} -> {:?}", to_markdown(text));
    }
}

#[test]
fn links() {
    becomes(
        "See `the\ndocs <https://a.example/\nx>`__ and `it <https://b.example/a_(b)>`_.",
        "See [the\ndocs](https://a.example/x) and [it](<https://b.example/a_(b)>).",
    );
    becomes(
        "Boat_, `Long Boat`_, `odd`__, eel_ and `Eel`_\n\n.. _boat: https://a.example\n.. _long boat: https://b.example/\n   more\n.. __: https://c.example",
        "[Boat](https://a.example), [Long Boat](https://b.example/more), [odd](https://c.example), eel_ and Eel",
    );
    becomes("At 3:05_\n\n.. _3:05: https://youtu.be/x?t=185", "At [3:05](https://youtu.be/x?t=185)");
    becomes("`<https://a.example/>`_ [1]_ x\n\n.. [1] A note", "[https://a.example/](https://a.example/) \\[1\\] x\n\n\\[1\\] A note");
    becomes("`one`_ and |me|\n\n.. |me| replace:: my self\n.. _one: two_", "[one](two_) and my self");
}

#[test]
fn literals_and_roles() {
    becomes(
        "``a`` ``b`c`` :py:func:`~os.path.join` :math:`x^2`\\ s :ref:`here <there>` :pep:`8` `x`:code: :emphasis:`so`\n\n#. x",
        "`a` ```b`c``` `join` `x^2`s here PEP 8 `x` *so*\n\n1. x",
    );
    becomes("a\\_b ``unclosed :x:`y` `z", "a\\_b ``unclosed `y` `z");
}

#[test]
fn headings() {
    becomes(
        "====\nTop\n====\n\nPart\n~~~~\nText\n\nOther\n~~~~~\n\n----\n\nBoats\n.....\nend",
        "## Top\n\n### Part\n\nText\n\n### Other\n\n---\n\n#### Boats\n\nend",
    );
}

#[test]
fn lists() {
    becomes(
        "#. One\n   goes on\n#. Two\n\n   -  nested\n\n      deeper\n\n(3) three\n\n* a\n* b::\n\n    code\n\n      more",
        "1. One\n   goes on\n2. Two\n\n   - nested\n\n     deeper\n\n3. three\n\n- a\n- b:\n\n  ```\n  code\n\n    more\n  ```",
    );
    becomes("Words:\n- one\n  two\n#. x", "Words:\n- one\n  two\n1. x");
    becomes(":Author: Ann\n:Needs: a boat\n  and oars", "- **Author:** Ann\n- **Needs:** a boat\n  and oars");
    becomes("boat\n   floats\n\n   well\n`eel`_\n   swims `far`_", "**boat**\\\nfloats\n\nwell\neel\nswims far");
}

#[test]
fn blocks() {
    becomes("Try::\n\n    a = 1\n\n    b = 2\n\nEnd ::\n\n    c\n", "Try:\n\n```\na = 1\n\nb = 2\n```\n\nEnd\n\n```\nc\n```");
    becomes("So:\n\n::\n\n    x", "So:\n\n```\nx\n```");
    becomes(".. code-block:: python\n   :linenos:\n\n   x = 1\n\nthen", "```python\nx = 1\n```\n\nthen");
    becomes(
        "A\n\n    said so\n    twice\n\n.. a comment\n   of two\n\n.. note:: Mind it\n   well\n\nB",
        "A\n\n> said so\n> twice\n\n**Note:** Mind it\n\nwell\n\nB",
    );
    becomes(
        ".. image:: https://a.example/x.png\n   :alt: A boat\n\n.. contents::\n   :local:\n\nend",
        "![A boat](https://a.example/x.png)\n\nend",
    );
    becomes("| one\n| two `a\n  b <https://c.example>`__\n|\n| - three\n| four", "one\\\ntwo [a\nb](https://c.example)\n\n- three\n\nfour");
    becomes("#. x\n\n>>> 1 + 1\n2\n", "1. x\n\n```python\n>>> 1 + 1\n2\n```");
}

#[test]
fn tables() {
    becomes(
        "+---+-----+\n| a | b   |\n+===+=====+\n| 1 | two |\n|   | 2   |\n+---+-----+\nend",
        "| a | b |\n|---|---|\n| 1 | two 2 |\n\nend",
    );
    becomes("+-----+---+\n+ 1   + b +\n+=====+===+\n+ 2   | c +\n+-----+---+", "| 1 | b |\n|---|---|\n| 2 | c |");
    becomes("===== ===\na b   c\n===== ===\n1     2\n      3\n===== ===\n", "| a b | c |\n|---|---|\n| 1 | 2 3 |");
    becomes("===== =====\n0:00  Doors\n3:05  Eels\n===== =====", "- 0:00 Doors\n- 3:05 Eels");
    becomes(
        ".. list-table:: Talks\n   :header-rows: 1\n\n   * - When\n     - Who\n     - What\n   * - 3:05_\n     - Ann\n     - Boats\n       at sea\n\n.. _3:05: https://a.example/?t=185",
        "Talks\n\n- [3:05](https://a.example/?t=185) Ann – Boats at sea",
    );
}

#[test]
fn html() {
    for (text, markdown) in [
        ("a < b and c > d, Vec<u8>, `<p>`", "a < b and c > d, Vec<u8>, `<p>`"),
        ("<p>One <b>two</b></p>\n  <p>see <a href=\"https://a.example/\" rel=x>it</a></p>", "One **two**\n\nsee [it](https://a.example/)"),
        ("x<br />\ny<br>z", "x  \ny  \nz"),
        ("Say:\n<ul>\n    <li>one</li>\n    <li>two<ol><li>deep</li></ol></li>\n</ul>end", "Say:\n- one\n- two\n  1. deep\n\nend"),
        ("<pre><code>a\n b</code></pre>", "```\na\n b\n```"),
        ("<a href=https://a.example>open", "[open](https://a.example)"),
    ] {
        assert_eq!(html_to_markdown(text), markdown, "{text}");
    }
}

#[test]
fn long_texts_take_little_time() {
    let begun = std::time::Instant::now();
    for piece in [
        "`", "``", "`a`:", "x_ ", "::\n", "== =\n", "|a", ".. [1] ", "- ", "  - x\n", "<a ", "<code>", ":a", "_`", "* - ", "\\",
        "+-+\n|\n", "=\n", "(1) ",
    ] {
        let text = format!("#. x\n\n.. _x: y\n\n{}\n\nx", piece.repeat(LONGEST / piece.len() / 2));
        html_to_markdown(&to_markdown(&text));
    }
    // A hundred times what it takes; squares of the length would take longer still.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "[-a-z:`_.|=+*#\\\\<>\\[\\]() \n\t1é東/]{0,200}") {
        html_to_markdown(&to_markdown(&text));
        let marked = format!("#. x\n\n{text}");
        html_to_markdown(&to_markdown(&marked));
    }

    #[test]
    fn no_word_of_a_paragraph_is_lost(words in "[a-zé]{1,8}( [a-zé]{1,8}){0,12}", mark in "[-*#(]{0,2}") {
        let text = format!("#. x\n\n{words}\n\n{mark} {words}");
        let found = to_markdown(&text).into_owned();
        prop_assert_eq!(found.matches(words.as_str()).count(), text.matches(words.as_str()).count(), "{}", found);
    }

    #[test]
    fn words_alone_stay(text in "[a-zA-Z0-9,.!?() \n]{0,200}") {
        prop_assert_eq!(to_markdown(&text), text.as_str());
        prop_assert_eq!(html_to_markdown(&text), text.as_str());
    }
}
