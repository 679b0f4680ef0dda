//! Text with delimiters (CSV, TSV), in whatever encoding.
//!
//! In: the bytes of a file that is no workbook. Out: its rows.

use std::collections::BTreeMap;

use super::{SourceFile, SourceKind};
use crate::diagnostic::Outcome;
use crate::model::origin::Source;
use crate::project::table_form::TableForm;
use crate::read::grid::{Grid, GridKind, Looks};
use crate::read::{delimited, encoding, raw};
use crate::table::dialect::Dialect;

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["csv", "tsv"],
    is_kind_of: |contents| !contents.is_packed(),
    grid: |contents, form, _| grid(contents, form),
    book: |contents, form| Ok(raw::text::book(&contents.path, &contents.bytes, form)),
};

fn grid(contents: SourceFile, form: &TableForm) -> Outcome<Option<Grid>> {
    let decoded = encoding::decode(contents.bytes, form.encoding);
    let Dialect { delimiter, start } = Dialect::of(&decoded.text, form.delimiter);
    let mut rows = delimited::rows(&decoded.text, delimiter);
    if start > 0 {
        rows.rows.retain(|row| row.start >= start);
    }
    Outcome::clean(Some(Grid {
        source: Source::new(contents.path, decoded.text),
        kind: GridKind::Delimited { delimiter, encoding: decoded.encoding, marked: decoded.marked },
        rows,
        faults: decoded.faults,
        special: BTreeMap::new(),
        looks: Looks::default(),
    }))
}
