//! Rule: digits and Latin letters are of one width throughout a file.
//!
//! In: all that was written. Out: a finding at each run of full-width digits or letters where half-width ones are more, and the other
//! way round for digits.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::TextCharacter;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "widths", codes: CODES, judge };

codes! {
    /// Digits or letters of another width than the others.
    WidthMixed = "S8015" {
        ja: "数字や英字の全角と半角が混ざっています。このファイルで多いほうにそろえてください。",
        en: "Digits or Latin letters of full and half width are mixed. Write them as the most of the file are.",
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let lines = || galley.composition.body().flat_map(|paragraph| &paragraph.lines);
    let written = lines().flat_map(|line| &line.characters).filter(|one| galley.is_written(one));
    let (mut wide, mut narrow) = (0_usize, 0_usize);
    for c in written.map(TextCharacter::first) {
        wide += usize::from(is_wide(c));
        narrow += usize::from(c.is_ascii_alphanumeric());
    }
    if wide == 0 || narrow == 0 {
        return;
    }
    let is_odd = |c: char| if wide <= narrow { is_wide(c) } else { c.is_ascii_digit() };
    let (ja, en) = if wide <= narrow { ("全角", "full") } else { ("半角", "half") };
    for line in lines() {
        let mut at = 0;
        while at < line.characters.len() {
            let run = line.characters[at..].iter().take_while(|one| is_odd(one.first())).count();
            if run > 0 && galley.is_written(&line.characters[at]) {
                let words: String =
                    line.characters[at..at + run].iter().map(|one| one.text.as_str()).collect();
                let what =
                    say!("「{words}」だけが{ja}です。", "\"{words}\" is of {en} width, unlike the others.");
                findings.add(Finding::warning(Code::WidthMixed, what), line, at..at + run);
            }
            at += run.max(1);
        }
    }
}
