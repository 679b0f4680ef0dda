//! Rule: a unit that is named exists.
//!
//! In: a name that the master list does not have, as `wards` finds it. Out: the finding, with the name that is probably meant.

use super::near;
use super::rule_definition::{Check, RuleDefinition};
use super::units::Units;
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::rule::{Level, Rule};
use crate::model::several_units::{SeveralUnits, several_units};
use crate::model::spelling::plain;
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

/// The units that `ward` names, if it names several.
pub(super) fn several(ward: &str, units: &Units) -> Option<SeveralUnits> {
    let known = units.master.as_ref().map_or(&[][..], |master| &master.names[..]);
    let name_of = |name: &str| known.iter().find(|known| plain(known) == plain(name));
    let several = several_units(ward, &units.unit, |name| name_of(name).is_some())?;
    let SeveralUnits::These(names) = several else { return Some(several) };
    let whole = |name: String| {
        name_of(&name).or_else(|| name_of(&format!("{name}{}", units.unit.ja()))).cloned().unwrap_or(name)
    };
    Some(SeveralUnits::These(names.into_iter().map(whole).collect()))
}

/// The finding about `ward`, without its place; `without` are the units that have no row.
pub(super) fn finding(ward: &str, units: &Units, without: &[&str]) -> Diagnostic {
    let (ja, en) = (units.unit.ja(), units.unit.en());
    let (names, file) =
        units.master.as_ref().map_or((&[][..], ""), |master| (&master.names[..], &master.file));
    let diagnostic = Diagnostic::error(
        Code::WardUnknown,
        say!(
            "「{ward}」は、{ja}の一覧（{file}）にありません。",
            "\"{ward}\" is not in the master list ({file})."
        ),
    );
    if let Some(several) = several(ward, units) {
        return diagnostic.hint(match several {
            SeveralUnits::All => say!(
                "どの{ja}にも載せる窓口なら、この行を別のファイルに移し、[directory.…] に for = \"all\" と書いてください。",
                "Move an office of all {en}s into a file of its own, with for = \"all\" in its [directory.…]."
            ),
            SeveralUnits::These(names) => {
                let (list, english) = (names.join("」「"), names.join("\", \""));
                say!(
                    "「{list}」の行に分け、それぞれに同じ窓口を書いてください。",
                    "Write the office once for each, in rows of \"{english}\"."
                )
            }
        });
    }
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
