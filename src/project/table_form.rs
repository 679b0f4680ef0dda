//! How the files of a directory are read, where the manifest says it: encoding, delimiter, sheet, header row, what is
//! left out below, corrections.
//!
//! In: the keys of `[directory.NAME]`. Out: [`TableForm`]; whatever is not said is found out from the file.

use toml::Spanned;

use super::Placed;
use super::manifest::DirectoryTable;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::encoding::Encoding;
use crate::model::origin::{Origin, Source};
use crate::say;
use std::sync::Arc;

/// How files of one directory are read.
#[derive(Debug, Clone, Default)]
pub struct TableForm {
    /// The encoding; found out if none.
    pub encoding: Option<Encoding>,
    /// The character between cells; found out if none.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook; the first visible one if none.
    pub sheet: Option<String>,
    /// The row of the header as a spreadsheet counts it, from 1; found out if none.
    pub header_row: Option<u32>,
    /// This many rows at the end are notes, no records.
    pub skip_below: u32,
    /// Files whose rows replace those with the same key.
    pub corrections: Option<Placed>,
}

/// Resolves the keys that concern reading.
pub fn resolve(table: &DirectoryTable, manifest: &Arc<Source>) -> Outcome<TableForm> {
    let mut diagnostics = Vec::new();
    let mut form = TableForm {
        sheet: table.sheet.as_ref().map(|sheet| sheet.get_ref().clone()),
        skip_below: table.skip_below,
        corrections: table
            .corrections
            .as_ref()
            .map(|text| Placed { value: text.get_ref().clone(), origin: origin(manifest, text) }),
        ..TableForm::default()
    };
    if let Some(written) = &table.encoding
        && written.get_ref() != "auto"
    {
        form.encoding = Encoding::named(written.get_ref());
        if form.encoding.is_none() {
            let given = written.get_ref();
            let list = Encoding::ALL.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(", ");
            diagnostics.push(
                Diagnostic::error(
                    Code::ManifestValue,
                    say!("文字コード「{given}」は読めません。", "There is no encoding \"{given}\"."),
                )
                .at(origin(manifest, written))
                .hint(say!(
                    "使えるもの：auto, {list}（書かなければ、ファイルから見分けます）",
                    "There are: auto, {list}. Without the key it is found out from the file."
                )),
            );
        }
    }
    if let Some(written) = &table.delimiter {
        form.delimiter = match written.get_ref().as_str() {
            "," | "comma" => Some(b','),
            "\t" | "tab" => Some(b'\t'),
            ";" | "semicolon" => Some(b';'),
            "|" | "pipe" => Some(b'|'),
            _ => None,
        };
        if form.delimiter.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    Code::ManifestValue,
                    say!(
                        "区切り文字は「,」「tab」「;」「|」のどれかです。",
                        "The delimiter is one of \",\", \"tab\", \";\" and \"|\"."
                    ),
                )
                .at(origin(manifest, written)),
            );
        }
    }
    if let Some(written) = &table.header_row {
        form.header_row = Some(*written.get_ref()).filter(|row| *row > 0);
        if form.header_row.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    Code::ManifestValue,
                    say!("行の番号は1から数えます。", "Rows are counted from 1."),
                )
                .at(origin(manifest, written)),
            );
        }
    }
    Outcome { value: form, diagnostics }
}

fn origin<T>(manifest: &Arc<Source>, value: &Spanned<T>) -> Origin {
    Origin::text(manifest, value.span())
}
