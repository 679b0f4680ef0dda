//! A directory as CSV that a spreadsheet opens as it is.
//!
//! In: a directory as read. Out: the text of a file. Reading it gives the same records.

use crate::model::directory::Directory;
use crate::table::Writer;

/// The directory as CSV (RFC 4180, with the byte order mark that Excel needs to see UTF-8).
#[must_use]
pub fn text(directory: &Directory) -> String {
    let mut list = Writer::new();
    list.row(directory.columns.iter().map(|column| column.header.as_str()));
    for record in &directory.records {
        list.row((0..directory.columns.len()).map(|column| record.written(column)));
    }
    list.text()
}
