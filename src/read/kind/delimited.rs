//! Text with delimiters (CSV, TSV), in whatever encoding.
//!
//! In: the bytes of a file that is no workbook. Out: its rows.

use std::collections::BTreeMap;

use super::{SourceFile, SourceKind};
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::encoding::Encoding;
use crate::model::origin::{Origin, Source};
use crate::project::table_form::TableForm;
use crate::read::delimited::{self, Rows};
use crate::read::encoding::{self, Decoded};
use crate::read::grid::{Grid, GridKind, Looks};
use crate::read::header::{self, Lines};
use crate::read::known::KnownHeaders;
use crate::read::raw;
use crate::say;
use crate::table::dialect::Dialect;

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["csv", "tsv"],
    is_kind_of: |contents| !contents.is_packed(),
    grid,
    book: |contents, form| Ok(raw::text::book(&contents.path, &contents.bytes, form)),
};

fn grid(contents: SourceFile, form: &TableForm, known: &KnownHeaders) -> Outcome<Option<Grid>> {
    // what was asked for is compared with what the bytes say
    let copy = form.encoding.map(|_| contents.bytes.clone());
    let decoded = encoding::decode(contents.bytes, form.encoding);
    let ParsedText { delimiter, rows } = parse(&decoded.text, form);
    if let (Some(wanted), Some(bytes)) = (form.encoding, copy)
        && let Some(right) = other_encoding(&decoded, &rows, bytes, &Wish { wanted, form, known })
    {
        let finding = wrong_encoding(wanted, right).at(Origin::path(&contents.path));
        return Outcome { value: None, diagnostics: vec![finding] };
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

/// A text as rows.
struct ParsedText {
    delimiter: u8,
    rows: Rows,
}

fn parse(text: &str, form: &TableForm) -> ParsedText {
    let Dialect { delimiter, start } = Dialect::of(text, form.delimiter);
    let mut rows = delimited::rows(text, delimiter);
    if start > 0 {
        rows.rows.retain(|row| row.start >= start);
    }
    ParsedText { delimiter, rows }
}

/// How a file is to be read.
struct Wish<'a> {
    wanted: Encoding,
    form: &'a TableForm,
    known: &'a KnownHeaders,
}

/// The encoding in which a file holds the headers that are looked for, where it does not in the one that was wanted, or has
/// bytes that are not of it.
fn other_encoding(decoded: &Decoded, rows: &Rows, bytes: Vec<u8>, wish: &Wish<'_>) -> Option<Encoding> {
    let headers = |text: &str, rows: &Rows| header::most(wish.known, Lines { text, rows });
    if decoded.encoding != wish.wanted || (decoded.faults.is_empty() && headers(&decoded.text, rows) > 1) {
        return None;
    }
    let found = encoding::decode(bytes, None);
    let is_right = found.encoding != wish.wanted
        && found.faults.is_empty()
        && headers(&found.text, &parse(&found.text, wish.form).rows) > 1;
    is_right.then_some(found.encoding)
}

fn wrong_encoding(wanted: Encoding, right: Encoding) -> Diagnostic {
    let (wanted, key) = (wanted.name(), right.name());
    Diagnostic::error(
        Code::Encoding,
        say!(
            "文字コードの指定 encoding = \"{wanted}\" が、このファイルと合いません。ファイルは{right}です。",
            "encoding = \"{wanted}\" is not right for this file, which is {right}."
        ),
    )
    .hint(say!(
        "sasshi.toml の encoding の行を消すか、\"{key}\" に直してください。ファイルは直さなくて構いません。",
        "Delete the key encoding in sasshi.toml, or set it to \"{key}\"; the file itself needs no change."
    ))
}
