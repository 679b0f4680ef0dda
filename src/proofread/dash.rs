//! Rule: the right dash in its place.
//!
//! In: the words of each paragraph. Out: a finding where a prolonged sound mark, a minus or a kanji stands for a dash, where a dash
//! stands for a prolonged sound mark, and where dashes, leaders and waves are typed as other characters.

use std::sync::LazyLock;

use regex::Regex;

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "dash", codes: CODES, judge };

codes! {
    /// A dash, a leader or a wave that is another character.
    DashWrong = "S8017" {
        ja: "横線や点線の文字をまちがえています。数字のあいだは「-」か「〜」、のばす音は「ー」、間（ま）は「――」、省略は「……」です。見た目が似ていても、読み上げと検索では別の文字になります。",
        en: "A line or dots are the wrong characters: between digits stands \"-\" or \"〜\", a long vowel is \"ー\", a pause \"――\", an omission \"……\". They look alike, and are read out and found otherwise.",
    }
}

/// A wrong form; the group is the wrong part, and `right` what stands in its place.
struct WrongForm {
    pattern: LazyLock<Regex>,
    right: &'static str,
}

/// Compiles a pattern that is a constant.
fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that the tests compile")
}

static FORMS: [WrongForm; 6] = [
    // 3ー5
    WrongForm {
        pattern: LazyLock::new(|| constant(r"[0-9０-９A-Za-z](ー|－|―|一)[0-9０-９A-Za-z]")),
        right: "-",
    },
    // セミナ－
    WrongForm {
        pattern: LazyLock::new(|| constant(r"[ァ-ヺ]([-－−‐―—])(?:[ァ-ヺ]|[^-－−‐―—ァ-ヺ]|$)")),
        right: "ー",
    },
    // 「まち--横浜」
    WrongForm { pattern: LazyLock::new(|| constant(r"[^!-~](-{2,})")), right: "――" },
    // one of a pair
    WrongForm {
        pattern: LazyLock::new(|| constant(r"[ぁ-んー一-龠、。](―|—)[ぁ-んァ-ヺ一-龠「]")),
        right: "――",
    },
    // ・・・ and 。。。
    WrongForm { pattern: LazyLock::new(|| constant(r"(・{2,}|。{2,}|、{2,}|\.{3,})")), right: "……" },
    // 10~12
    WrongForm {
        pattern: LazyLock::new(|| constant(r"[0-9０-９ぁ-んァ-ヺ一-龠](~)[0-9０-９ぁ-んァ-ヺ一-龠]")),
        right: "〜",
    },
];

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        for form in &FORMS {
            for found in form.pattern.captures_iter(&running.text).filter_map(|found| found.get(1)) {
                let range = found.range();
                let (words, right) = (found.as_str(), form.right);
                if !running.is_written(&range, galley) {
                    continue;
                }
                let what = say!(
                    "「{words}」は「{right}」の打ちまちがいです。",
                    "\"{words}\" stands for \"{right}\"."
                );
                running.add(Finding::warning(Code::DashWrong, what), &range, findings);
            }
        }
    }
}
