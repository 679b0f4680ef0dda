//! Files that were sent in, until their rows are taken over.

use rusqlite::{OptionalExtension, params};

use super::store::{State, StateError};
use crate::web::draft::Draft;

/// A file that was sent in and is not taken over yet.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What its sender calls it: shown, and used for nothing else.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The rows that were read from it.
    pub draft: Draft,
    /// Where they stand in the file, table by table.
    pub places: Vec<TablePlaces>,
    /// What was said when it was read.
    pub notes: Vec<String>,
}

/// Where the rows of a table stand in a file, as a spreadsheet counts; nothing where none of them is from the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TablePlaces {
    /// The row of each, in their order.
    pub rows: Vec<u32>,
    /// The column of each of the table's; none for one that the file lacks.
    pub columns: Vec<Option<u32>>,
}

impl State {
    /// Keeps a file that was sent in, in the place of an earlier one of the unit.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn put_upload(&self, unit: &str, upload: &Upload, at: i64) -> Result<(), StateError> {
        let (rows, notes) = (serde_json::to_string(&upload.draft)?, serde_json::to_string(&upload.notes)?);
        let places = serde_json::to_string(&upload.places)?;
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO upload VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            transaction.execute(sql, params![unit, upload.name, upload.bytes, rows, notes, at, places])?;
            Ok(())
        })
    }

    /// The file that was sent in for a unit.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn upload(&self, unit: &str) -> Result<Option<Upload>, StateError> {
        let sql = "SELECT name, bytes, rows, places, notes FROM upload WHERE unit = ?1";
        let connection = self.lock();
        let text = |row: &rusqlite::Row<'_>, at| row.get::<_, String>(at);
        let found = connection
            .query_row(sql, [unit], |row| {
                Ok((row.get(0)?, row.get(1)?, [text(row, 2)?, text(row, 3)?, text(row, 4)?]))
            })
            .optional()?;
        let Some((name, bytes, [rows, places, notes])) = found else { return Ok(None) };
        let (draft, notes) = (serde_json::from_str(&rows)?, serde_json::from_str(&notes)?);
        let places = serde_json::from_str(&places)?;
        Ok(Some(Upload { name, bytes, draft, places, notes }))
    }
}
