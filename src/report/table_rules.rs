//! What `sasshi data FILE --rules` says in the end: each rule with its verdict.
//!
//! In: the verdicts. Out: text for people, or one line of JSON.

use std::fmt::Write as _;

use serde_json::json;

use crate::check::table_rules::{Verdict, Verdicts};
use crate::diagnostic::Language;

/// The verdicts as text.
#[must_use]
pub fn text(verdicts: &Verdicts, language: Language) -> String {
    let ja = language == Language::Japanese;
    let mut text = String::new();
    for (rule, verdict) in &verdicts.0 {
        let (sign, why) = match verdict {
            Verdict::Kept => ("○", ""),
            Verdict::Broken => ("×", ""),
            Verdict::NotJudged if ja => ("－", "（判定しません：表だけからは分かりません）"),
            Verdict::NotJudged => ("-", " (not judged: the table alone does not tell)"),
            Verdict::OtherKind if ja => ("－", "（この種類のファイルには当てはまりません）"),
            Verdict::OtherKind => ("-", " (about files of another kind)"),
        };
        let name = if ja { rule.ja } else { rule.en };
        let id = rule.id;
        let _ = writeln!(text, "{id} {sign} {name}{why}");
    }
    let count = |wanted: Verdict| verdicts.0.iter().filter(|(_, verdict)| *verdict == wanted).count();
    let (kept, broken) = (count(Verdict::Kept), count(Verdict::Broken));
    let (unjudged, other) = (count(Verdict::NotJudged), count(Verdict::OtherKind));
    let _ = match ja {
        true => writeln!(
            text,
            "機械可読性ルール：守られている{kept}、守られていない{broken}、判定しない{unjudged}、当てはまらない{other}"
        ),
        false => writeln!(
            text,
            "Rules of machine readability: {kept} kept, {broken} broken, {unjudged} not judged, {other} do not apply"
        ),
    };
    text
}

/// The verdicts as one line of JSON.
#[must_use]
pub fn line(verdicts: &Verdicts) -> String {
    let rules: Vec<_> = verdicts
        .0
        .iter()
        .map(|(rule, verdict)| {
            let verdict = match verdict {
                Verdict::Kept => "kept",
                Verdict::Broken => "broken",
                Verdict::NotJudged => "not-judged",
                Verdict::OtherKind => "other-kind",
            };
            json!({ "id": rule.id, "name": rule.ja, "verdict": verdict })
        })
        .collect();
    format!("{}\n", json!({ "rules": rules }))
}
