//! What must hold of the readers, whatever bytes they get. Used by the fuzz targets beside this file, and by the suite.

use std::sync::Arc;

use sasshi::model::origin::Source;
use sasshi::model::schema::Schema;
use sasshi::project::schema;
use sasshi::project::table_form::TableForm;
use sasshi::read::{directory, kind, known, survey, text};

/// A list in any encoding.
pub fn table(bytes: &[u8]) {
    directory("list.csv", bytes);
}

/// A workbook; what it is is told from its bytes.
pub fn workbook(bytes: &[u8]) {
    directory("list.xlsx", bytes);
}

/// A text with markup; every finding has a place in it.
pub fn markup(bytes: &[u8]) {
    let source = Source::new("a.md", String::from_utf8_lossy(bytes));
    for finding in text::chapter(&source).diagnostics {
        let origin = finding.origin.expect("a finding has a place");
        if let Some(span) = origin.span {
            assert!(source.text.get(span).is_some(), "a span is of whole characters");
        }
    }
}

/// Nothing panics, what is not read is said, no cell holds a character that was lost, every finding has a place.
fn directory(path: &str, bytes: &[u8]) {
    let form = TableForm::default();
    let outcome = kind::from_bytes(path, bytes.to_vec(), &form, &known::KnownHeaders::built_in());
    let Some(grid) = outcome.value else {
        assert!(!outcome.diagnostics.is_empty(), "what is not read is said");
        return;
    };
    let plan = survey::plan(path, facility(), &form);
    let read = directory::directory(&plan, vec![grid]);
    for record in &read.value.records {
        for column in 0..record.cells.len() {
            let cell = record.written(column);
            // in a column that nothing uses it is told, and the row stays
            let is_used = read.value.columns.get(column).is_none_or(|column| plan.uses(column));
            assert!(!(is_used && cell.contains('\u{FFFD}')), "a lost character became a value");
            let _ = record.origin(column).to_string();
        }
    }
    for finding in &read.diagnostics {
        let origin = finding.origin.as_ref().expect("a finding has a place");
        if let Some(span) = &origin.span {
            assert!(origin.source.text.get(span.clone()).is_some(), "a span is of whole characters");
        }
    }
}

/// The schema of offices, under which most cells have a type.
pub fn facility() -> Arc<Schema> {
    let schema = schema::built_in().iter().find(|schema| schema.name == "facility");
    Arc::clone(schema.expect("a built-in schema"))
}
