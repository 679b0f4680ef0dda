//! Rule: a unit that is named exists.
//!
//! In: a name that the master list does not have, as `wards` finds it. Out: the finding, with the name that is probably meant.

use super::near;
use super::rules::{Check, RuleDefinition};
use super::wards::Units;
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::rule::{Level, Rule};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "ward-unknown",
        words: "A ward that is named exists.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Stage,
};

codes! {
    /// A ward that the master list does not know.
    WardUnknown = "S2003" {
        ja: "もとになる一覧にない区（町内会、学校など）の名前です。「ヶ」と「ケ」などの違いもここで見つかります。（規則名 ward-unknown）",
        en: "A ward is not in the master list; small differences such as ヶ and ケ are found here. (rule: ward-unknown)",
    }
}

/// Units that a finding lists.
const MOST_LISTED: usize = 20;

/// The finding about `ward`, without its place; `without` are the units that have no row.
pub(super) fn finding(ward: &str, units: &Units, without: &[&str]) -> Diagnostic {
    let ja = units.unit.ja();
    let (names, file) =
        units.master.as_ref().map_or((&[][..], ""), |master| (&master.names[..], &master.file));
    let diagnostic = Diagnostic::error(
        Code::WardUnknown,
        say!(
            "「{ward}」は、{ja}の一覧（{file}）にありません。",
            "\"{ward}\" is not in the master list ({file})."
        ),
    );
    if let Some(like) = near::likely(ward, names, without) {
        let like = Suggestion::known(like);
        return diagnostic.suggest(like).mended_as(like);
    }
    let listed: Vec<&str> = match without {
        [] => names.iter().map(String::as_str).collect(),
        without => without.to_vec(),
    };
    let rest = if listed.len() > MOST_LISTED { " …" } else { "" };
    let first = &listed[..listed.len().min(MOST_LISTED)];
    let (list, english) = (first.join("・"), first.join(", "));
    let diagnostic = match without {
        [] => diagnostic.hint(say!("一覧にあるのは：{list}{rest}", "It has: {english}{rest}")),
        _ => diagnostic.hint(say!("まだ行がない{ja}：{list}{rest}", "Without a row: {english}{rest}")),
    };
    diagnostic.hint(say!(
        "一覧に足りなければ、{file} に行を加えてください。",
        "If it is missing there, add it to {file}."
    ))
}
