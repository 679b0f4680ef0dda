//! Rule: the edition is not older than its data: then its date was forgotten, or a date in the data is wrong.
//!
//! In: columns of the type `date`, the edition's date. Out: one finding for each directory, at its latest date.

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::meaning::Meaning;
use crate::model::rule::{Level, Rule};
use crate::model::schema::FieldType;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "edition-date",
        words: "The edition is not older than its data.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// Data that is younger than the edition.
    EditionDate = "S2022" {
        ja: "データの中の日付が、発行の日付より後です。発行の日付を直し忘れているかもしれません。（規則名 edition-date）",
        en: "A date in the data is later than the edition's, which was perhaps forgotten. (rule: edition-date)",
    }
}

/// Looks for the latest date, if it is later than `edition`.
fn check(Subject { directory, edition, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let Some(edition) = edition else { return };
    let columns: Vec<usize> =
        (0..directory.columns.len()).filter(|column| directory.kind(*column) == FieldType::Date).collect();
    if columns.is_empty() {
        return;
    }
    let latest = parts::find(&directory.records, |record| {
        let dates = columns.iter().filter_map(|column| match directory.meaning(record, *column) {
            Meaning::Date(date) => Some((date, *column)),
            _ => None,
        });
        dates.max_by_key(|(date, _)| *date)
    });
    let latest = latest.into_iter().max_by_key(|(_, (date, _))| *date);
    let Some((index, (date, column))) = latest else { return };
    if date <= edition {
        return;
    }
    let finding = Diagnostic::error(
        Code::EditionDate,
        say!(
            "発行の日付（{edition}）より後の日付（{date}）があります。",
            "There is a date ({date}) later than the edition's ({edition})."
        ),
    )
    .at(directory.records[index].origin(column))
    .hint(say!(
        "この日付か、sasshi.toml の [project] date を確かめてください。",
        "Check it, or the date in [project] of sasshi.toml."
    ));
    findings.of_record(&RULE.rule, finding, aside, index);
}
