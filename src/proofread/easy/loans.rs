//! Rule: a word in katakana that learners do not know is explained where it first stands.
//!
//! In: the words in katakana of a file, and those that the standard knows. Out: a finding at the first place of each other one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sentence;
use super::wording::is_explained;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::jlreq::is_katakana;
use crate::proofread::findings::ProofFindings;
use crate::proofread::galley::Galley;
use crate::proofread::rule::ProofRule;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "easy-loans", codes: CODES, judge };

codes! {
    /// A word in katakana without an explanation.
    EasyLoan = "S8039" {
        ja: "カタカナの言葉に説明がありません。外来語は、もとの言語を知っている人にも伝わりません。ほかの言葉に替えるか、はじめの1回は、すぐ後ろに（　）で説明を付けてください。よく知られた言葉は、基準のファイル（known）にあります。",
        en: "A word in katakana is not explained. Even who knows the language it is from does not understand it. Say it otherwise, or explain it in brackets where it first stands. Words that everybody knows are in the file of the standard (known).",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let loans = &galley.easy.loans;
    let mut said: BTreeSet<String> = BTreeSet::new();
    for sentences in sentence::of_galley(galley) {
        for sentence in sentences.iter() {
            for range in words(&sentence.text) {
                let word = &sentence.text[range.clone()];
                let is_short = word.chars().count() < loans.letters;
                if is_short || is_known(word, &loans.known) || !said.insert(word.to_owned()) {
                    continue;
                }
                // an easy word may have it as its own explanation: 手伝う人（ボランティア）
                let is_explanation = sentence.text[..range.start].ends_with(['（', '(']);
                if is_explanation || is_explained(&sentence.text, range.end) {
                    continue;
                }
                let what = say!(
                    "カタカナの「{word}」に説明がありません。",
                    "The word \"{word}\" in katakana is not explained."
                );
                let finding = Finding::warning(Code::EasyLoan, what);
                sentences.running.add(finding, &sentence.place(&range), findings);
            }
        }
    }
}

/// The words in katakana of a sentence.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_katakana(*c)) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => found.push(at..at + c.len_utf8()),
        }
    }
    found
}

/// Whether a word is made of known ones: コミュニティセンター is not, スポーツセンター is.
fn is_known(word: &str, known: &[String]) -> bool {
    word.is_empty()
        || known.iter().any(|one| word.strip_prefix(one.as_str()).is_some_and(|rest| is_known(rest, known)))
}
