//! Rule: one spelling for each word, by the project's list.
//!
//! In: the words of each paragraph and the list (wrong spelling to right one). Out: a finding at each wrong spelling. Where a wrong
//! spelling is part of a right one that stands there, it is none.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "words", codes: CODES, judge };

codes! {
    /// A word in another spelling than the list has.
    WordSpelling = "S8012" {
        ja: "プロジェクトの用字用語の一覧（sasshi.toml の [proofread.words] か、words-file の表）とちがう書き方です。一覧の書き方にそろえてください。名簿のセル（正式な名称や住所）は調べません。",
        en: "A word is spelt otherwise than the project's list says ([proofread.words] in sasshi.toml, or the table of words-file). Cells of directories are official names, and not looked at.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    if galley.words.is_empty() {
        return;
    }
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        for (wrong, right) in galley.words {
            for (at, _) in running.text.match_indices(wrong.as_str()) {
                let range = at..at + wrong.len();
                if is_part_of(&running.text, at, wrong, right) || running.is_data(&range, galley) {
                    continue;
                }
                let what =
                    say!("「{wrong}」は「{right}」と書きます。", "\"{wrong}\" is written \"{right}\".");
                running.add(Finding::warning(Code::WordSpelling, what), &range, findings);
            }
        }
    }
}

/// Whether what was found is part of the right word, or of a longer word of Latin letters.
fn is_part_of(text: &str, at: usize, wrong: &str, right: &str) -> bool {
    let is_within = right.match_indices(wrong).any(|(inside, _)| {
        let start = at.checked_sub(inside);
        start.and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(right))
    });
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let begins = is_latin(wrong.chars().next()) && is_latin(text[..at].chars().next_back());
    let ends = is_latin(wrong.chars().next_back()) && is_latin(text[at + wrong.len()..].chars().next());
    is_within || begins || ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_word_that_holds_a_wrong_one_is_right() {
        assert!(is_part_of("支援センターで", 0, "支援", "支援センター"));
        assert!(!is_part_of("支援する", 0, "支援", "支援センター"));
        assert!(is_part_of("市民活動センター", 12, "センター", "市民活動センター"));
        assert!(is_part_of("STEPS", 0, "STEP", "Step"));
        assert!(!is_part_of("STEP 2", 0, "STEP", "Step"));
    }
}
