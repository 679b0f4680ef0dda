//! Rule: brackets and quotation marks stand in pairs.
//!
//! In: the words of each paragraph. Out: a finding at each bracket without its other half. `1)` at the head of an item needs none.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "pairs", codes: CODES, judge };

codes! {
    /// A bracket without its other half.
    BracketAlone = "S8018" {
        ja: "括弧やかぎ括弧の片方がありません。全角と半角を組にしたときも、そろいません。",
        en: "A bracket or quotation mark lacks its other half; one of full and one of half width are no pair.",
    }
}

/// The pairs.
const PAIRS: [[char; 2]; 13] = [
    ['「', '」'],
    ['『', '』'],
    ['（', '）'],
    ['〔', '〕'],
    ['［', '］'],
    ['｛', '｝'],
    ['〈', '〉'],
    ['《', '》'],
    ['【', '】'],
    ['“', '”'],
    ['(', ')'],
    ['[', ']'],
    ['〝', '〟'],
];

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        for (at, c) in alone(&running.text) {
            let range = at..at + c.len_utf8();
            if running.is_written(&range, galley) {
                let what = say!("「{c}」の片方がありません。", "\"{c}\" lacks its other half.");
                running.add(Finding::warning(Code::BracketAlone, what), &range, findings);
            }
        }
    }
}

/// The brackets of `text` without a half, with their bytes.
fn alone(text: &str) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut alone = Vec::new();
    for (at, c) in text.char_indices() {
        let Some([opening, _]) = PAIRS.iter().find(|pair| pair.contains(&c)) else { continue };
        if c == *opening {
            open.push((at, c));
            continue;
        }
        match open.iter().rposition(|(_, open)| open == opening) {
            Some(place) => {
                // what was opened in between is closed by nothing
                alone.extend(open.drain(place + 1..));
                open.pop();
            }
            None if c == ')' && is_enumeration(&text[..at]) => {}
            None => alone.push((at, c)),
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    alone
}

/// Whether all before a closing bracket is the number of an item.
fn is_enumeration(before: &str) -> bool {
    (1..=2).contains(&before.chars().count()) && before.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_are_found() {
        let found = |text: &str| alone(text).into_iter().map(|(_, c)| c).collect::<String>();
        assert_eq!(found("「市民（団体）」と『行政』"), "");
        assert_eq!(found("「市民"), "「");
        assert_eq!(found("市民）と"), "）");
        assert_eq!(found("（市民)と"), "（)");
        assert_eq!(found("「市民（団体」"), "（");
        assert_eq!(found("1) 市民"), "");
        assert_eq!(found("市民1)"), ")");
    }
}
