//! Rule: the edition is not older than its data: then its date was forgotten, or a date in the data is wrong.
//!
//! In: columns of the type `date`, the edition's date. Out: one finding for each directory, at its latest date.

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Date;
use crate::model::directory::{Directory, Meaning, Value};
use crate::model::rule::Rule;
use crate::say;

/// Looks for the latest date, if it is later than `edition`.
pub fn check(edition: Date, directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::EditionDate) {
        return;
    }
    let dates = directory.records.iter().enumerate().flat_map(|(index, record)| {
        record.cells.iter().enumerate().filter_map(move |(column, cell)| match cell.meaning {
            Meaning::Date(date) => Some((date, index, column)),
            _ => None,
        })
    });
    let Some((date, index, column)) = dates.max_by_key(|(date, _, _)| *date) else { return };
    if date <= edition {
        return;
    }
    let finding = Diagnostic::error(
        Code::EditionDate,
        say!(
            "版の日付（{edition}）より後の日付（{date}）があります。",
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
