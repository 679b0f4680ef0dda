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
    /// What was said when it was read.
    pub notes: Vec<String>,
}

impl State {
    /// Keeps a file that was sent in, in the place of an earlier one of the unit.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn put_upload(&self, unit: &str, upload: &Upload, at: i64) -> Result<(), StateError> {
        let (rows, notes) = (serde_json::to_string(&upload.draft)?, serde_json::to_string(&upload.notes)?);
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO upload VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            transaction.execute(sql, params![unit, upload.name, upload.bytes, rows, notes, at])?;
            Ok(())
        })
    }

    /// The file that was sent in for a unit.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn upload(&self, unit: &str) -> Result<Option<Upload>, StateError> {
        let sql = "SELECT name, bytes, rows, notes FROM upload WHERE unit = ?1";
        let connection = self.lock();
        let found = connection
            .query_row(sql, [unit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
            })
            .optional()?;
        let Some((name, bytes, rows, notes)) = found else { return Ok(None) };
        let (draft, notes) = (serde_json::from_str(&rows)?, serde_json::from_str(&notes)?);
        Ok(Some(Upload { name, bytes, draft, notes }))
    }
}
