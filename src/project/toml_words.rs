//! What the reader of TOML says of a file, in the words of the user: its sentences are English.
//!
//! In: the message of an error. Out: a sentence and what to do, for the manifest and for front matter.

use crate::diagnostic::Say;
use crate::say;

/// What is wrong, by how the message begins, in Japanese and English, with the cure in both.
const FAULTS: &[(&str, [&str; 4])] = &[
    (
        "duplicate key",
        [
            "同じ項目が2回書かれています。",
            "The same key is written twice.",
            "どちらかを消してください。",
            "Delete one of them.",
        ],
    ),
    (
        "string values must be quoted",
        [
            "値が「\"」で囲まれていません。",
            "The value does not stand in quotes.",
            "「title = \"協働入門\"」のように、半角の「\"」で囲みます（「“」や「”」ではありません）。",
            "Write it in straight quotes: title = \"協働入門\".",
        ],
    ),
    (
        "invalid basic string",
        [
            "「\"」が閉じていないか、中に使えない文字（「\\」など）があります。",
            "A quotation mark is never closed, or there is a character that cannot stand within (such as \"\\\").",
            "値の終わりにも「\"」を書きます。「\\」は「\\\\」と書きます。",
            "End the value with a quotation mark; write \"\\\\\" for a backslash.",
        ],
    ),
    (
        "missing escaped value",
        [
            "「\\」のあとに、使えない文字があります。",
            "What follows the backslash is no escape.",
            "「\\」は「\\\\」と書くか、値を「'」で囲みます。",
            "Write \"\\\\\" for a backslash, or put the value between '.",
        ],
    ),
    (
        "key with no value",
        [
            "項目のあとに「=」がありません。",
            "There is no \"=\" behind the key.",
            "「title = \"協働入門\"」のように書きます（「:」ではありません）。",
            "Write it as title = \"協働入門\" (with \"=\", not \":\").",
        ],
    ),
    (
        "invalid unquoted key",
        [
            "項目の名前に使えない文字があります。",
            "There is a character that no key has.",
            "項目の名前は英小文字です。題は title、日付は date と書きます。全角の文字や空白がないか確かめてください。",
            "Keys are written in small letters, such as title and date; see whether there are full-width characters.",
        ],
    ),
    (
        "invalid date",
        [
            "暦にない日付です。",
            "There is no such day.",
            "2026-04-01 のように、暦にある日を書いてください。",
            "Write a day of the calendar as 2026-04-01.",
        ],
    ),
    (
        "unclosed array",
        [
            "「[」が閉じていません。",
            "A list is never closed.",
            "並びの終わりに「]」を書いてください。",
            "End the list with \"]\".",
        ],
    ),
    (
        "unclosed table",
        [
            "見出しの「[」が閉じていません。",
            "The heading of a table is never closed.",
            "[project] のように、終わりに「]」を書いてください。",
            "End it with \"]\", as in [project].",
        ],
    ),
    (
        "unclosed array table",
        [
            "見出しの「[[」が閉じていません。",
            "The heading of a table is never closed.",
            "[[publication]] のように、終わりに「]]」を書いてください。",
            "End it with \"]]\", as in [[publication]].",
        ],
    ),
    (
        "unclosed inline table",
        [
            "「{」が閉じていません。",
            "A brace is never closed.",
            "終わりに「}」を書いてください。",
            "End it with \"}\".",
        ],
    ),
    (
        "missing comma",
        [
            "並びの値のあいだに「,」がありません。",
            "There is no comma between two values of the list.",
            "[\"一\", \"二\"] のように、半角の「,」で区切ります。",
            "Part the values by commas: [\"a\", \"b\"].",
        ],
    ),
    (
        "extra comma",
        [
            "「,」が多すぎます。",
            "There is a comma too many.",
            "続けて書いた「,」を1つにしてください。",
            "Write one comma between two values.",
        ],
    ),
    (
        "missing value",
        [
            "「=」のあとに値がありません。",
            "There is no value behind \"=\".",
            "値を書くか、その行を消してください。",
            "Write a value, or delete the line.",
        ],
    ),
    (
        "unexpected key or value",
        [
            "値のあとに、余分な文字があります。",
            "There is something behind the value.",
            "1行に1つの項目を書き、説明は「#」のあとに書きます。",
            "Write one key a line; remarks stand behind \"#\".",
        ],
    ),
    (
        "unexpected content",
        [
            "余分な文字があります。",
            "There is something that belongs to nothing.",
            "1行に1つの項目を書き、説明は「#」のあとに書きます。",
            "Write one key a line; remarks stand behind \"#\".",
        ],
    ),
    (
        "extra `=`",
        [
            "「=」が2つあります。",
            "There are two signs \"=\".",
            "値に「=」があるときは、全体を「\"」で囲みます。",
            "A value with \"=\" in it stands in quotes.",
        ],
    ),
    (
        "unexpected leading zero",
        [
            "数が0で始まっています。",
            "The number begins with 0.",
            "番号や電話番号は「\"」で囲み、数なら先頭の0を消してください。",
            "Put codes and telephone numbers in quotes; take the 0 off a number.",
        ],
    ),
];

/// What is wrong in a file of TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlWords {
    /// What is wrong.
    pub fault: Say,
    /// What to do.
    pub cure: Say,
}

impl TomlWords {
    /// The words for `detail`, what the reader of TOML says.
    #[must_use]
    pub fn of(detail: &str) -> Self {
        match FAULTS.iter().rev().find(|(begin, _)| detail.starts_with(begin)) {
            Some((_, [fault_ja, fault_en, cure_ja, cure_en])) => {
                Self { fault: Say::new(*fault_ja, *fault_en), cure: Say::new(*cure_ja, *cure_en) }
            }
            None => Self {
                fault: say!("書き方が正しくありません。", "This is no TOML: {detail}."),
                cure: say!(
                    "「title = \"協働入門\"」のように1行に1つ書き、文字は半角の「\"」で囲みます。",
                    "Write one key a line: title = \"協働入門\", text in straight quotes."
                ),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> TomlWords {
        let error = toml::de::DeTable::parse(text).expect_err(text);
        TomlWords::of(error.message())
    }

    #[test]
    fn every_fault_that_a_writer_makes_has_words() {
        for (text, fault, cure) in [
            ("a = 1\na = 2", "2回", "消して"),
            ("a = 題", "囲まれていません", "半角"),
            ("a = “題”", "囲まれていません", "“"),
            ("a = \"題", "閉じていない", "終わりにも"),
            ("a = \"C:\\題\"", "「\\」", "「\\\\」"),
            ("a: \"題\"", "「=」がありません", "「:」ではありません"),
            ("題 = \"題\"", "使えない文字", "英小文字"),
            ("a = 2026-02-30", "暦にない", "2026-04-01"),
            ("a = [\"一\", \"二\"", "「[」が閉じて", "「]」"),
            ("[a", "「[」が閉じて", "「]」"),
            ("[[a]", "「[[」が閉じて", "「]]」"),
            ("a = { b = 1", "「{」が閉じて", "「}」"),
            ("a = [\"一\" \"二\"]", "「,」がありません", "半角の「,」"),
            ("a = [\"一\",, \"二\"]", "多すぎます", "1つに"),
            ("a =\n", "囲まれていません", "半角"),
            ("a = \"一\" \"二\"", "余分な文字", "1行に1つ"),
            ("a = 0451", "0で始まって", "囲み"),
        ] {
            let TomlWords { fault: said, cure: advice } = said(text);
            assert!(said.ja.contains(fault) && advice.ja.contains(cure), "{text}: {} {}", said.ja, advice.ja);
            assert!(!said.ja.chars().any(|c| c.is_ascii_lowercase()), "{text}: {}", said.ja);
        }
    }
}
