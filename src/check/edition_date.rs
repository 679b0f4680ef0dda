//! Rule: the edition is not older than its data: then its date was forgotten, or a date in the data is wrong.
//!
//! In: columns of the type `date`, the edition's date. Out: one finding for each directory, at its latest date.

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Date;
use crate::model::meaning::Meaning;
use crate::model::rule::Rule;
use crate::model::schema::FieldType;
use crate::model::typed::TypedDirectory;
use crate::say;

/// Looks for the latest date, if it is later than `edition`.
pub fn check(edition: Date, directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::EditionDate) {
        return;
    }
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
    findings.of_record(Rule::EditionDate, finding, aside, index);
}
