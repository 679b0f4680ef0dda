//! The rows of one unit in one file, as its staff edit them.

use crate::model::schema::FieldType;
use crate::table::OldRow;

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitColumn {
    /// The header as written.
    pub header: String,
    /// The name under which it is found in any file of its directory; none where nothing is read of it.
    pub name: Option<String>,
    /// The type of its cells.
    pub kind: FieldType,
    /// Whether it names the unit of the row.
    pub joins: bool,
}

/// The rows of one unit in one file of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTable {
    /// The directory.
    pub directory: String,
    /// What its records are.
    pub title: String,
    /// The icon of its records; empty if it has none.
    pub icon: String,
    /// The file.
    pub path: String,
    /// It is a sheet of a workbook, which is not rewritten: edited rows go to the corrections beside it.
    pub is_workbook: bool,
    /// The columns of the file.
    pub columns: Vec<UnitColumn>,
    /// The rows in the order of the file, each cell as it is read.
    pub rows: Vec<OldRow>,
}
