//! Rule: no two blanks in a row, and no blank of half width between Japanese letters.
//!
//! In: the characters of each line. Out: a finding at each. Blanks at the beginning of a line are its indent; the quarter em between
//! Japanese and Latin letters is set by the engine, and a blank that is typed there makes it wider than everywhere else.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::TextLine;
use crate::model::edition::Reader;
use crate::model::finding::Finding;
use crate::model::jlreq::{is_japanese, is_mark};
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "spacing", codes: CODES, judge };

codes! {
    /// Two blanks in a row.
    BlankTwice = "S8013" {
        ja: "空白が2つ続いています。位置をそろえるための空白は、書体やページの幅が変わるとくずれます。",
        en: "There are two blanks in a row. Blanks that push words into place fall apart with the next change.",
    }
    /// A blank of half width between Japanese letters.
    BlankJapanese = "S8014" {
        ja: "仮名・漢字のあいだ、または仮名・漢字と句読点や括弧のあいだに、半角の空白があります。組版では空白が見えてしまうので、消すか全角にしてください。",
        en: "A blank of half width stands between Japanese letters or before their marks. Take it away, or make it full width.",
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}')
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let lines = galley.composition.paragraphs.iter().flat_map(|paragraph| &paragraph.lines);
    for line in lines {
        twice(galley, line, findings);
        // in easy Japanese phrases are parted by blanks (分かち書き)
        let is_parted = galley.reader == Reader::JaEasy;
        for (at, three) in line.characters.windows(3).enumerate() {
            let [before, blank, after] = three else { continue };
            let is_full = |c: char| is_japanese(c) || (is_mark(c) && !c.is_ascii());
            // a head that runs in is set apart by its weight
            let is_one = before.style == after.style;
            if is_one
                && !is_parted
                && blank.first() == ' '
                && is_full(before.first())
                && is_full(after.first())
                && galley.is_written(blank)
            {
                let (before, after) = (before.first(), after.first());
                let what = say!(
                    "「{before}」と「{after}」のあいだに、半角の空白があります。",
                    "There is a blank of half width between \"{before}\" and \"{after}\"."
                );
                findings.add(Finding::warning(Code::BlankJapanese, what), line, at..at + 3);
            }
        }
    }
}

fn twice(galley: &Galley<'_>, line: &TextLine, findings: &mut ProofFindings<'_>) {
    let indent = line.characters.iter().take_while(|one| is_blank(one.first())).count();
    let mut at = indent;
    while at < line.characters.len() {
        let run = line.characters[at..].iter().take_while(|one| is_blank(one.first())).count();
        if run > 1 && galley.is_written(&line.characters[at]) {
            let what = say!("空白が{run}つ続いています。", "There are {run} blanks in a row.");
            let end = (at + run + 1).min(line.characters.len());
            findings.add(Finding::warning(Code::BlankTwice, what), line, at - 1..end);
        }
        at += run.max(1);
    }
}
