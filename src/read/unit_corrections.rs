//! Corrections of a workbook unit by unit: a CSV beside it, which is written where a workbook is not rewritten.
//!
//! In: the path of a workbook (`list.xlsx`) and the plan of its directory. Out: the rows of `list.corrections.csv`. Its first
//! column names the unit; all rows of the units that it names take the place of those in the workbook. A row of nothing but
//! the unit says that it has none.

use std::collections::BTreeSet;

use super::delimited;
use super::grid::Grid;
use super::kind;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::directory::Directory;
use crate::model::origin::{Origin, Place};
use crate::model::role::Role;
use crate::project::DirectoryPlan;
use crate::project::files::Files;
use crate::project::table_form::TableForm;
use crate::say;

/// How the name of such a file ends.
const ENDING: &str = ".corrections.csv";
/// Units that a message names; more are counted.
const NAMED: usize = 3;

/// The path of the corrections of a workbook, of which the directory reads `sheet` if the manifest names one.
#[must_use]
pub fn path_of(workbook: &str, sheet: Option<&str>) -> String {
    let (folder, name) = workbook.rsplit_once('/').map_or(("", workbook), |(folder, name)| (folder, name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let safe = |sheet: &str| -> String {
        sheet.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
    };
    let sheet = sheet.map(|sheet| format!(".{}", safe(sheet))).unwrap_or_default();
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}{stem}{sheet}{ENDING}")
}

/// How the corrections are read: what the manifest says of the workbook is not true of them.
#[must_use]
pub fn plan_of(plan: &DirectoryPlan) -> DirectoryPlan {
    DirectoryPlan { form: TableForm::default(), ..plan.clone() }
}

/// The corrections of one workbook.
pub struct UnitCorrections {
    workbook: String,
    units: BTreeSet<String>,
    /// Their rows, but for those that say that a unit has none.
    pub grid: Grid,
}

impl UnitCorrections {
    /// Reads the corrections of `workbook`, which are there; none if they cannot be read.
    pub fn read(files: &Files, workbook: &str, plan: &DirectoryPlan) -> Outcome<Option<Self>> {
        let path = path_of(workbook, plan.form.sheet.as_deref());
        let Outcome { value, diagnostics } = kind::grid(files, &path, &plan_of(plan));
        let Some(mut grid) = value else { return Outcome { value: None, diagnostics } };
        let text = grid.source.text.clone();
        let mut units = BTreeSet::new();
        let mut is_header = true;
        let unquoted = std::mem::take(&mut grid.rows.unquoted);
        grid.rows.rows.retain(|row| {
            if std::mem::take(&mut is_header) {
                return true;
            }
            let mut cells = row.cells.iter().map(|cell| cell.of(&text, &unquoted).trim());
            let unit = cells.next().unwrap_or_default();
            if !unit.is_empty() {
                units.insert(unit.to_owned());
            }
            cells.any(|cell| !cell.is_empty())
        });
        grid.rows.unquoted = unquoted;
        Outcome { value: Some(Self { workbook: workbook.to_owned(), units, grid }), diagnostics }
    }

    /// Whether a row of the directory stands in the workbook and belongs to a unit of the corrections.
    fn replaces(&self, directory: &Directory, joins: usize, record: usize) -> bool {
        let record = &directory.records[record];
        record.table.source.path == self.workbook && self.units.contains(record.written(joins).trim())
    }

    /// Whether what was found is a fault of a row that these corrections replace: it is not printed any more.
    #[must_use]
    pub fn settles(&self, found: &Diagnostic, directory: &Directory) -> bool {
        let Some(origin) = found.origin.as_ref().filter(|origin| origin.source.path == self.workbook) else {
            return false;
        };
        let table = directory.tables.iter().find(|table| table.source.path == self.workbook);
        let joins =
            table.zip(directory.role(Role::Joins)).and_then(|(table, joins)| *table.columns.get(joins)?);
        let (Some(column), Place::Cell { .. }, Some(span)) = (joins, &origin.place, &origin.span) else {
            return false;
        };
        let text = &origin.source.text;
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let rows = delimited::rows(&text[start..], b',');
        let cells = rows.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
        let unit = cells.get(column).map(|cell| cell.of(&text[start..], &rows.unquoted).trim());
        unit.is_some_and(|unit| self.units.contains(unit))
    }

    /// Takes the rows of its units out of the workbook's, and says so.
    pub fn apply(&self, directory: &mut Directory) -> Option<Diagnostic> {
        let joins = directory.role(Role::Joins)?;
        let gone: Vec<bool> =
            (0..directory.records.len()).map(|record| self.replaces(directory, joins, record)).collect();
        let mut gone_of = gone.iter();
        directory.records.retain(|_| gone_of.next() != Some(&true));
        // what could not be read of these units is replaced as well, where it can only have stood in this workbook
        if directory.tables.iter().all(|table| table.source.path == self.workbook) {
            directory.lost.retain(|row| !row.words.iter().any(|word| self.units.contains(word)));
        }
        (!self.units.is_empty()).then(|| self.said())
    }

    fn said(&self) -> Diagnostic {
        let named: Vec<&str> = self.units.iter().take(NAMED).map(String::as_str).collect();
        let (ja, en) = (named.join("・"), named.join(", "));
        let (rest_ja, rest_en) = match self.units.len() - named.len() {
            0 => (String::new(), String::new()),
            rest => (format!("ほか{rest}件"), format!(" and {rest} more")),
        };
        let workbook = &self.workbook;
        Diagnostic::warning(
            Code::RowCorrected,
            say!(
                "{ja}{rest_ja}の行は、{workbook} ではなく、この訂正のファイルから取りました。",
                "The rows of {en}{rest_en} are those of this file of corrections, not of {workbook}."
            ),
        )
        .at(Origin::file(&self.grid.source))
        .hint(say!(
            "もとの Excel を同じに直したら、このファイルからその区などの行を消してください。",
            "Once the workbook says the same, delete their rows here."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_stand_beside_their_workbook() {
        assert_eq!(path_of("sources/名簿.xlsx", None), "sources/名簿.corrections.csv");
        assert_eq!(path_of("list.ods", Some("a/b")), "list.a_b.corrections.csv");
    }
}
