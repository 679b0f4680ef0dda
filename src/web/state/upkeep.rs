//! The upkeep of the database: what is old goes, and a copy is made while the server runs.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::store::{State, StateError};

impl State {
    /// Lets go of what is older than `before`: files that were sent in, sessions, the log, and the drafts of units that wait for
    /// nobody.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn forget(&self, before: i64) -> Result<(), StateError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM upload WHERE at < ?1", [before])?;
            transaction.execute("DELETE FROM session WHERE at < ?1", [before])?;
            transaction.execute("DELETE FROM audit WHERE at < ?1", [before])?;
            transaction.execute("DELETE FROM acceptance WHERE at < ?1", [before])?;
            transaction.execute(
                "DELETE FROM version WHERE unit IN (SELECT unit FROM unit WHERE at < ?1 AND stage <> 'submitted')",
                [before],
            )?;
            transaction.execute("DELETE FROM unit WHERE at < ?1 AND stage <> 'submitted'", [before])?;
            Ok(())
        })
    }

    /// Copies everything to `file`, which is not there yet, while the server runs.
    ///
    /// # Errors
    /// [`StateError`] when it cannot be written.
    pub fn backup(&self, file: &Path) -> Result<(), StateError> {
        let mut copy = Connection::open(file)?;
        let connection = self.lock();
        let backup = rusqlite::backup::Backup::new(&connection, &mut copy)?;
        backup.run_to_completion(1_000, Duration::ZERO, None)?;
        Ok(())
    }
}
