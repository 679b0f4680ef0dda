//! What serde says of a value, in the words of the user: its sentences are English and name the types of a program.
//!
//! In: the message of an error. Out: a sentence and what to do, for the manifest and for schema files.

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::say;

/// A fault of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub message: Say,
    /// What to do.
    pub hint: Option<Say>,
}

impl Words {
    /// The sentence for `detail`.
    #[must_use]
    pub fn of(detail: &str) -> Self {
        let mut quoted = detail.split('`').skip(1).step_by(2);
        let name = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        if detail.starts_with("unknown field ") {
            Self {
                message: say!("「{name}」という項目はありません。", "There is no key \"{name}\"."),
                hint: choice(name, &known, "ここに書けるのは："),
            }
        } else if detail.starts_with("unknown variant ") {
            Self {
                message: say!("「{name}」という値はありません。", "There is no value \"{name}\"."),
                hint: choice(name, &known, "書ける値："),
            }
        } else if detail.starts_with("missing field ") {
            Self { message: say!("「{name}」がありません。", "\"{name}\" is missing."), hint: None }
        } else if let Some((_, wanted)) = detail
            .split_once(", expected ")
            .filter(|_| detail.starts_with("invalid type: ") || detail.starts_with("invalid value: "))
        {
            let (ja, en) = form(wanted);
            let message = say!("値の書き方が違います。", "The value has the wrong form.");
            Self { message, hint: Some(Say::new(ja, en)) }
        } else {
            Self {
                message: say!("値の書き方が違います。", "The value is wrong: {detail}."),
                hint: Some(say!(
                    "sasshi new で作る sasshi.toml の、同じ項目の書き方と見比べてください。",
                    "Compare it with the same key of a sasshi.toml that `sasshi new` makes."
                )),
            }
        }
    }

    /// Puts the words on a finding that was made with `message`.
    #[must_use]
    pub fn on(self, diagnostic: Diagnostic) -> Diagnostic {
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

/// The likeliest of the known names, else all of them.
fn choice(name: &str, known: &[&str], intro: &str) -> Option<Say> {
    let list = || {
        let list = known.join(", ");
        (!known.is_empty()).then(|| say!("{intro}{list}", "Known here: {list}"))
    };
    Suggestion::of(name, known.iter().copied()).question().or_else(list)
}

/// How a value of the wanted type is written.
fn form(wanted: &str) -> (String, String) {
    let is_whole = ["u8", "u16", "u32", "u64", "usize", "i64", "integer", "an integer"].contains(&wanted);
    let (ja, en) = match wanted {
        "a sequence" | "an array" => (
            "[\"…\", \"…\"] のように、[ ] で囲んで並べてください。",
            "Write a list in brackets: [\"…\", \"…\"].",
        ),
        "a string" | "string or table" => ("文字は「\"」で囲んでください。", "Text stands in quotes."),
        "a boolean" => ("true（はい）か false（いいえ）と書いてください。", "Write true or false."),
        "a TOML datetime" => (
            "2026-04-01 のように、年-月-日を「\"」で囲まずに書いてください。",
            "Write it as 2026-04-01, without quotes.",
        ),
        "true, false or { sheets = 200 }" => (
            "true（全部で1つ）、false（作らない）、{ sheets = 200 }（200枚ずつ）のどれかを書いてください。",
            "Write true (one of all), false (none) or { sheets = 200 } (one of each 200).",
        ),
        "a nonzero u32" | "nonzero u32" => (
            "1以上の整数を、「\"」で囲まずに書いてください。",
            "Write a whole number of at least 1, without quotes.",
        ),
        _ if is_whole => {
            ("0以上の整数を、「\"」で囲まずに書いてください。", "Write a whole number without quotes.")
        }
        _ => return (format!("ここに書けるのは：{wanted}"), format!("Wanted here: {wanted}")),
    };
    (ja.to_owned(), en.to_owned())
}

/// What is said of an edition or reader that is none of the `known`.
pub fn not_known(ja: &str, en: &str, name: &str, known: impl Iterator<Item = &'static str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let list = known.join(", ");
    let diagnostic = Diagnostic::error(
        Code::ManifestReference,
        say!("{ja}「{name}」はありません。", "There is no {en} \"{name}\"."),
    );
    diagnostic.hint(Suggestion::of(name, known).or(|| say!("使えるもの：{list}", "There are: {list}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_speaks_the_language_of_the_user() {
        let words = Words::of("unknown variant `warm`, expected `error` or `warn`");
        assert_eq!(words.message.ja, "「warm」という値はありません。");
        assert_eq!(words.hint.expect("a hint").ja, "もしかして「warn」ですか。");
        let words = Words::of("unknown field `zzz`, expected one of `a`, `b`");
        assert_eq!(words.hint.expect("a hint").ja, "ここに書けるのは：a, b");
        let words = Words::of("invalid type: string \"a `b`\", expected a sequence");
        assert_eq!(words.message.ja, "値の書き方が違います。");
        assert!(words.hint.expect("a hint").ja.contains("[ ]"));
        assert_eq!(Words::of("missing field `name`").message.ja, "「name」がありません。");
        assert!(Words::of("something new").message.en.contains("something new"));
    }
}
