//! Rule: no line breaks within a telephone number, a date, a number with its unit, the numbers of an address or a word of Latin
//! letters, and an address on the web only behind a slash.
//!
//! In: the words of each paragraph and the bytes at which its lines begin. Out: a finding at each that is broken.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Say};
use crate::model::edition::Reader;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "broken", codes: CODES, judge };

codes! {
    /// A number, date or word that is broken over two lines.
    NumberBroken = "S8009" {
        ja: "電話番号・日付・番地・単位のついた数・英単語が、2行に分かれています。読みまちがいのもとなので、1行に収まるように前後の言い回しを少し変えてください。",
        en: "A telephone number, a date, numbers of an address, a number with its unit or a Latin word is broken over two lines. Change the words around it a little.",
    }
    /// An address on the web that is broken elsewhere than behind a slash.
    AddressBroken = "S8010" {
        ja: "ウェブやメールのアドレスが、「/」のあと以外で改行されています。区切りの位置が分からなくなるので、「/」のあとで改行するか、1行に収めてください。",
        en: "An address on the web is broken elsewhere than behind a slash, so that nobody knows whether the break belongs to it.",
    }
}

/// A form that is kept whole.
struct WholeForm {
    pattern: LazyLock<Regex>,
    words: fn() -> Say,
    /// Whether it is of letters alone, so that two of it that a blank parts look like one.
    is_of_letters: bool,
}

/// Compiles a pattern that is a constant.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that the tests compile")
}

static WEB: LazyLock<Regex> =
    LazyLock::new(|| constant(r"https?://[!-~]+|[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+"));

static FORMS: [WholeForm; 5] = [
    WholeForm {
        pattern: LazyLock::new(|| constant(r"0\d{1,4}[-‐–−(（]\d{1,4}[-‐–−)）]\d{3,4}")),
        words: || say!("電話番号", "A telephone number"),
        is_of_letters: false,
    },
    WholeForm {
        pattern: LazyLock::new(|| constant(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月)?")),
        words: || say!("日付", "A date"),
        is_of_letters: false,
    },
    WholeForm {
        pattern: LazyLock::new(|| constant(r"\d+丁目\d+(?:番地?\d+号?|[-‐–−]\d+)?|\d+(?:[-‐–−]\d+)+")),
        words: || say!("番地などの番号", "The numbers of an address"),
        is_of_letters: false,
    },
    WholeForm {
        pattern: LazyLock::new(|| {
            constant(
                r"\d[\d,.]*(?:[%％℃]|[kcm]?m[²2]?|k?g|円|人|名|件|回|個|歳|才|年|月|日|時間?|分|秒|か所|ページ|区|校|団体|世帯|倍)",
            )
        }),
        words: || say!("単位のついた数", "A number with its unit"),
        is_of_letters: false,
    },
    WholeForm {
        pattern: LazyLock::new(|| constant(r"[A-Za-z]{2,}")),
        words: || say!("英字の単語", "A word of Latin letters"),
        is_of_letters: true,
    },
];

/// Whether letters that the break at byte `at` parts are two words: the blank at the end of a line is gone. English is set line by
/// line where its author breaks it, and no words of the layout are known to be one.
fn is_two_words(galley: &Galley<'_>, running: &RunningText<'_>, letters: Range<usize>, at: usize) -> bool {
    let origin = running.origin(letters.start).and_then(|origin| galley.origins.get(origin));
    let (before, after) = (&running.text[letters.start..at], &running.text[at..letters.end]);
    let is_parted =
        |text: &str| [' ', '\n'].iter().any(|blank| text.contains(&format!("{before}{blank}{after}")));
    galley.reader == Reader::En || origin.is_none_or(|origin| is_parted(&origin.source.text))
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in galley.composition.body().filter(|paragraph| paragraph.lines.len() > 1) {
        let running = RunningText::of(paragraph);
        let breaks: Vec<usize> = running.breaks().collect();
        let mut said: Vec<usize> = Vec::new();
        for found in WEB.find_iter(&running.text) {
            for at in breaks.iter().filter(|at| found.start() < **at && **at < found.end()) {
                said.push(*at);
                if running.text[..*at].ends_with('/') {
                    continue;
                }
                let words = found.as_str();
                let what = say!(
                    "アドレス「{words}」が「/」のあと以外で改行されています。",
                    "The address \"{words}\" is broken elsewhere than behind a slash."
                );
                let finding = Finding::warning(Code::AddressBroken, what);
                running.add(finding, &(found.start()..found.end()), findings);
            }
        }
        for form in &FORMS {
            for found in form.pattern.find_iter(&running.text) {
                let inside = |at: &&usize| found.start() < **at && **at < found.end();
                let Some(at) = breaks.iter().find(inside).filter(|at| !said.contains(at)) else { continue };
                if form.is_of_letters && is_two_words(galley, &running, found.range(), *at) {
                    continue;
                }
                said.push(*at);
                let (words, form) = (found.as_str(), (form.words)());
                let what = Say::new(
                    format!("{}「{words}」が2行に分かれています。", form.ja),
                    format!("{} is broken over two lines: \"{words}\".", form.en),
                );
                running.add(
                    Finding::warning(Code::NumberBroken, what),
                    &(found.start()..found.end()),
                    findings,
                );
            }
        }
    }
}
