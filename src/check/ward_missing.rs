//! Rule: each unit is in every directory that must have it.
//!
//! In: the units without a row, as `wards` finds them. Out: one finding for the directory, at its file.

use super::rule_definition::{Check, RuleDefinition};
use super::units::Units;
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::Origin;
use crate::model::rule::{Level, Rule};
use crate::model::typed::TypedDirectory;
use crate::project::DirectoryPlan;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "ward-missing",
        words: "Every ward is in every directory that must have it.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Stage,
};

codes! {
    /// A ward without a row in a directory that must have one.
    WardMissing = "S2004" {
        ja: "すべての区（町内会、学校など）がそろうはずの名簿に、行のないものがあります。そろわなくてよいなら every-ward = false と書きます。（規則名 ward-missing）",
        en: "A ward has no row in a directory that must have all. Say every-ward = false if it need not. (rule: ward-missing)",
    }
}

/// The finding about units `without` a row in `directory`.
pub(super) fn finding(
    plan: &DirectoryPlan,
    directory: &TypedDirectory,
    units: &Units,
    without: &[&str],
) -> Diagnostic {
    let list = without.join("・");
    let english = without.join(", ");
    let ja = units.unit.ja();
    let en = units.unit.en();
    let origin = directory
        .tables
        .first()
        .map_or_else(|| plan.source.origin.clone(), |table| Origin::file(&table.source));
    Diagnostic::error(
            Code::WardMissing,
            say!("{list}の行がありません。", "There is no row for {english}."),
        )
        .at(origin)
        .hint(say!(
            "この{ja}の行を加えてください。全部の{ja}がそろわなくてよい名簿なら、[directory.{0}] に every-ward = false と書きます。",
            "Add it; if not every {en} has one, say every-ward = false in [directory.{0}].",
            plan.name
        ))
}
