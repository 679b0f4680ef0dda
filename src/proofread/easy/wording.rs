//! Rule: easy Japanese says things in the ways that its standard has: by its patterns and its list of words.
//!
//! In: each sentence. Out: a finding at each place that a pattern finds, and at each hard word without an explanation behind it.

use std::ops::Range;

use super::sentence::{self, Sentence};
use super::standard::{WordingKind, WordingPattern};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Say};
use crate::model::finding::Finding;
use crate::proofread::findings::ProofFindings;
use crate::proofread::galley::Galley;
use crate::proofread::rule::ProofRule;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "easy-wording", codes: CODES, judge };

codes! {
    /// A sentence that says two things.
    EasyTwoThings = "S8033" {
        ja: "一つの文で二つのことを言っています。やさしい日本語では、文を分けます。",
        en: "A sentence says two things. In easy Japanese they are two sentences.",
    }
    /// What is denied is denied.
    EasyDoubleNegative = "S8034" {
        ja: "打ち消しを打ち消しています（二重否定）。反対の意味に読まれます。",
        en: "What is denied is denied again: readers take it for its opposite.",
    }
    /// A sentence that does not say who acts.
    EasyPassive = "S8035" {
        ja: "受身（〜れる・〜られる）か使役（〜させる）です。だれがするのか分かりにくく、「できる」の意味にも読まれます。",
        en: "A verb is passive or causative. It does not say who acts, and may be read as \"can\".",
    }
    /// Words of respect.
    EasyHonorific = "S8036" {
        ja: "敬語（尊敬語・謙譲語）です。やさしい日本語では「です」「ます」だけを使います。",
        en: "These are words of respect. Easy Japanese has です and ます only.",
    }
    /// A date or a time in signs.
    EasyDate = "S8037" {
        ja: "年は西暦で、日は「4月1日」、時刻は「午後1時30分」の形で書きます。元号、「4/1」、「13:30」は、国や人によって読み方が違います。",
        en: "Years are western, dates are 4月1日 and times 午後1時30分. Eras, 4/1 and 13:30 are read differently by people of different countries.",
    }
    /// A sign for から and まで.
    EasyRange = "S8038" {
        ja: "「〜」は「から」「まで」と書きます。記号の意味は習わないと分かりません。",
        en: "A wave dash stands for から and まで: write these. What a sign means has to be learnt.",
    }
    /// A word of offices.
    EasyWord = "S8040" {
        ja: "役所の言葉です。ふだん話す言葉に替えてください。どうしても要る言葉なら、すぐ後ろに（　）で説明を付けると、見つかったことになりません。",
        en: "A word of offices: say it as people do. A word that is needed may stand with an explanation in brackets behind it.",
    }
    /// Nouns in a row for a sentence.
    EasyCompound = "S8041" {
        ja: "名詞を並べた言い方です。だれが何をするのかを、文で書いてください。",
        en: "Nouns stand in a row for a sentence. Write who does what.",
    }
}

impl WordingKind {
    /// Its code, and what is said of a place.
    fn finding(self, words: &str, advice: &Say) -> Finding {
        let (code, what) = match self {
            Self::TwoThings => (
                Code::EasyTwoThings,
                say!("一つの文で二つのことを言っています", "A sentence says two things"),
            ),
            Self::DoubleNegative => (Code::EasyDoubleNegative, say!("二重否定です", "Denied twice")),
            Self::Passive => (Code::EasyPassive, say!("受身か使役です", "Passive or causative")),
            Self::Honorific => (Code::EasyHonorific, say!("敬語です", "Words of respect")),
            Self::Date => (
                Code::EasyDate,
                say!("日付か時刻が分かりにくい形です", "A date or time in a form that is hard to read"),
            ),
            Self::Range => (Code::EasyRange, say!("記号を使っています", "A sign stands for words")),
            Self::Compound => (Code::EasyCompound, say!("名詞が並んでいます", "Nouns in a row")),
        };
        let ja = format!("{}：「{words}」。{}", what.ja, advice.ja);
        let en = format!("{}: \"{words}\". {}", what.en, advice.en);
        Finding::warning(code, Say::new(ja, en))
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for sentences in sentence::of_galley(galley) {
        for sentence in sentences.iter() {
            let mut add = |finding: Finding, range: &Range<usize>| {
                sentences.running.add(finding, &sentence.place(range), findings);
            };
            let mut taken: Vec<Range<usize>> = Vec::new();
            for pattern in &galley.easy.patterns {
                for range in places(pattern, sentence) {
                    let words = sentence.text[range.clone()].trim_end_matches(['、', '。']);
                    add(pattern.kind.finding(words, &pattern.say.words()), &range);
                    taken.push(range);
                }
            }
            for (hard, easy) in &galley.easy.words {
                for range in hard_words(hard, sentence) {
                    if taken.iter().any(|other| overlap(other, &range)) {
                        continue;
                    }
                    let what = say!(
                        "「{hard}」は「{easy}」のように言います。",
                        "Say \"{easy}\" for \"{hard}\", or the like."
                    );
                    add(Finding::warning(Code::EasyWord, what), &range);
                }
            }
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Where a pattern stands in a sentence, but for what only looks like it.
fn places(pattern: &WordingPattern, sentence: &Sentence) -> Vec<Range<usize>> {
    let text = sentence.text.as_str();
    let apart: Vec<Range<usize>> = pattern
        .unless
        .iter()
        .flat_map(|unless| unless.find_iter(text).map(|found| found.range()).collect::<Vec<_>>())
        .collect();
    let found = pattern.find.find_iter(text).map(|found| found.range());
    found.filter(|range| !apart.iter().any(|other| overlap(other, range))).collect()
}

/// Where a hard word stands without an explanation behind it.
fn hard_words(word: &str, sentence: &Sentence) -> Vec<Range<usize>> {
    let text = sentence.text.as_str();
    let ranges = text.match_indices(word).map(|(at, word)| at..at + word.len());
    ranges.filter(|range| !is_explained(text, range.end)).collect()
}

/// Whether the word that ends at or soon after `end` has an explanation in brackets behind it.
pub(super) fn is_explained(text: &str, end: usize) -> bool {
    let is_word = |c: &char| c.is_alphanumeric() && !crate::model::jlreq::is_hiragana(*c);
    let word = text[end..].chars().take_while(is_word).map(char::len_utf8).sum::<usize>();
    text[end + word..].trim_start_matches('」').starts_with(['（', '('])
}
