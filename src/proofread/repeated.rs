//! Rule: no particle or word stands twice by a slip of the pen.
//!
//! In: the words of each paragraph. Out: a finding at each particle that is doubled (`をを`, `がが`, `にに`, `のの`) and each longer
//! stretch of kanji or katakana that stands twice in a row.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::jlreq::{is_ideograph, is_katakana};
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "repeated", codes: CODES, judge };

codes! {
    /// A particle or word that stands twice.
    WordTwice = "S8023" {
        ja: "同じ助詞や語が、2回続いています（「をを」「市民市民」など）。片方を消してください。",
        en: "A particle or a word stands twice in a row. Take one of them away.",
    }
}

/// Particles that no word doubles: はは is a mother, もも a peach, とと a father. Behind kana others may begin or end a word
/// (もの|のうち, なに|に), so that only behind ideographs and katakana they are sure.
const PARTICLES: &str = "がにのへで";
/// Words that are doubled on purpose have fewer characters.
const WORD: usize = 2;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        for (at, words) in twice(&running.text) {
            let range = at..at + words.len();
            if running.is_written(&range, galley) {
                let what =
                    say!("「{words}」と、同じ言葉が続いています。", "The same stands twice: \"{words}\".");
                running.add(Finding::warning(Code::WordTwice, what), &range, findings);
            }
        }
    }
}

/// What stands twice in `text`, both times, with its first byte.
fn twice(text: &str) -> Vec<(usize, &str)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let end = |place: usize| characters.get(place).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut place = 0;
    while place + 1 < characters.len() {
        let (at, c) = characters[place];
        let before = place.checked_sub(1).map(|before| characters[before].1);
        let is_sure = c == 'を' || before.is_some_and(|c| is_ideograph(c) || is_katakana(c));
        let is_particle = c == 'を' || PARTICLES.contains(c);
        if c == characters[place + 1].1 && is_particle && is_sure {
            found.push((at, &text[at..end(place + 2)]));
            place += 2;
            continue;
        }
        let is_of_kind =
            |c: char| if is_katakana(characters[place].1) { is_katakana(c) } else { is_ideograph(c) };
        let run = characters[place..].iter().take_while(|(_, c)| is_of_kind(*c)).count();
        let half = run / 2;
        let same = (0..half).all(|step| characters[place + step].1 == characters[place + half + step].1);
        let is_word = run % 2 == 0 && half >= WORD && same && (is_ideograph(c) || half > WORD);
        if is_word {
            found.push((at, &text[at..end(place + run)]));
        }
        place += run.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_words_are_not() {
        let found = |text| twice(text).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert_eq!(found("声をを聞く"), ["をを"]);
        assert_eq!(found("市民市民が"), ["市民市民"]);
        assert_eq!(found("サービスサービス"), ["サービスサービス"]);
        for sound in [
            "人々、徐々に、少々",
            "ワクワク、ドキドキする",
            "母（はは）と桃（もも）",
            "もののうち",
            "なにに使う",
        ] {
            assert!(found(sound).is_empty(), "{sound}");
        }
        assert_eq!(found("市民のの声"), ["のの"]);
    }
}
