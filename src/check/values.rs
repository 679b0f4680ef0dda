//! Rule: a cell is of the type of its column.
//!
//! In: a directory with the types of its columns. Out: a finding at each cell that is not of its type, and which cells
//! are printed in another form than they are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aside::Aside;
use super::findings::{CellIndex, Findings};
use super::{calculated, parts, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::meaning::{Meaning, Sight};
use crate::model::role::Role;
use crate::model::schema::{Print, SchemaKind};
use crate::model::typed::{PostalCodes, TypedDirectory};
use crate::project::Project;
use crate::say;

/// Cells whose printed form is not as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<CellIndex>,
}

impl Changed {
    fn add(&mut self, cell: CellIndex) {
        self.count += 1;
        if self.first.len() < MOST_CHANGES {
            self.first.push(cell);
        }
    }
}

/// Changes that are kept one by one; more are counted.
pub const MOST_CHANGES: usize = 10_000;

/// Reads every cell.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) -> Changed {
    let printed: Vec<bool> = directory
        .columns
        .iter()
        .map(|column| column.field.as_ref().is_none_or(|field| field.print == Print::Normalised))
        .collect();
    let parts = parts::each(&directory.records, |at, records| {
        let (mut changed, mut errors) = (Changed::default(), Vec::new());
        for (index, record) in records.iter().enumerate() {
            for (column, printed) in printed.iter().enumerate() {
                let is_changed = match directory.sight(record, column) {
                    Sight::Plain => false,
                    Sight::Changed => true,
                    Sight::Unclear => match directory.parse(record, column) {
                        Ok(Meaning::Empty) => false,
                        Ok(meaning) => *printed && meaning.text() != record.written(column).trim(),
                        Err(error) => {
                            errors.push((at + index, column, error));
                            false
                        }
                    },
                };
                if is_changed && *printed {
                    changed.add(CellIndex { record: at + index, column });
                }
            }
        }
        (changed, errors)
    });
    let mut all = Changed::default();
    for (changed, errors) in parts {
        all.count += changed.count;
        let room = MOST_CHANGES - all.first.len();
        all.first.extend(changed.first.into_iter().take(room));
        for (index, column, error) in errors {
            let record = &directory.records[index];
            let finding = types::finding(record.written(column), &error).at(record.origin(column));
            findings.of_cell(&types::RULE.rule, finding, aside, CellIndex { record: index, column });
        }
    }
    one_row_a_ward(directory, aside, findings);
    if !findings.is_off(&types::RULE.rule) {
        calculated::check(directory, aside, findings);
    }
    all
}

/// The master list is what others join to: one row a ward.
fn one_row_a_ward(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    let Some(key) = directory.column(&directory.schema.key) else { return };
    if directory.schema.kind != SchemaKind::Ward {
        return;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, record) in directory.records.iter().enumerate() {
        let name = directory.key_of(record);
        let Some(first) = seen.insert(name, index).filter(|_| !name.is_empty()) else { continue };
        aside.records.insert(index);
        let row = directory.records[first].row;
        findings.push(
            Diagnostic::error(
                Code::KeyTwice,
                say!("「{name}」は{row}行目にもあります。", "\"{name}\" stands in row {row} too."),
            )
            .at(record.origin(key))
            .hint(say!("どちらかの行を消してください。", "Delete one of the rows.")),
        );
    }
}

/// Gives each address the postal code of its town, where a directory of towns has one.
pub fn postal_codes(project: &Project, directories: &mut BTreeMap<String, TypedDirectory>) {
    let mut codes = PostalCodes::new();
    for plan in project.directories.iter().filter(|plan| plan.schema.kind == SchemaKind::Town) {
        let Some(towns) = directories.get(&plan.name) else { continue };
        let Some(postal) = towns.role(Role::Postal) else { continue };
        for record in &towns.records {
            let text =
                |role: Role| towns.role(role).map(|column| towns.text(record, column)).unwrap_or_default();
            if let Meaning::Postal(code) = towns.meaning(record, postal) {
                codes.insert((text(Role::Joins), text(Role::Name)), (code, record.origin(postal)));
            }
        }
    }
    let codes = Arc::new(codes);
    for directory in directories.values_mut() {
        directory.take_postal_codes(&codes);
    }
}
