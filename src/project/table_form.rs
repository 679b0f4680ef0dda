//! How the files of a directory are read, where the manifest says it: encoding, delimiter, sheet, header row, what is
//! left out below, corrections. Whatever is not said is found out from the file.

use super::text::Placed;
use crate::model::encoding::Encoding;

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
