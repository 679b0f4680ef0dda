//! The file of the state: opening it, one transaction after the other, the audit log.
//!
//! In: a folder. Out: [`State`], whose calls stand in the files of what they are about.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// The name of the file.
pub const FILE: &str = "serve.db";

/// The schema, step by step: `user_version` says how many steps a file has taken.
const MIGRATIONS: &[&str] = &["
CREATE TABLE version (
  unit TEXT NOT NULL, number INTEGER NOT NULL, rows TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
  undo INTEGER, redo INTEGER, PRIMARY KEY (unit, number)) STRICT;
CREATE TABLE unit (
  unit TEXT PRIMARY KEY, number INTEGER NOT NULL, stage TEXT NOT NULL, base TEXT NOT NULL, author TEXT NOT NULL,
  at INTEGER NOT NULL, remark TEXT NOT NULL) STRICT;
CREATE TABLE upload (
  unit TEXT PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL, rows TEXT NOT NULL, notes TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;
CREATE TABLE token (
  digest BLOB PRIMARY KEY, unit TEXT NOT NULL, at INTEGER NOT NULL, revoked INTEGER) STRICT;
CREATE TABLE session (
  digest BLOB PRIMARY KEY, token BLOB NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE audit (
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, unit TEXT NOT NULL, deed TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
", "
CREATE TABLE acceptance (
  unit TEXT PRIMARY KEY, before TEXT NOT NULL, accepted TEXT NOT NULL, handed_in INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
", "
ALTER TABLE upload ADD COLUMN places TEXT NOT NULL DEFAULT '[]';
"];

/// Why the state cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// What `SQLite` says.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A newer sasshi made the file.
    #[error("the file is of a newer sasshi (version {0})")]
    Newer(i64),
    /// What is kept cannot be read.
    #[error("a draft cannot be read: {0}")]
    Draft(#[from] serde_json::Error),
    /// Somebody saved in the meantime.
    #[error("saved by somebody else")]
    Stale,
    /// The unit's rows are with the city.
    #[error("handed in; not to be changed")]
    Locked,
}

/// The database.
#[derive(Debug)]
pub struct State(Mutex<Connection>);

impl State {
    /// Opens the file in `folder`, which is there, and brings it up to date.
    ///
    /// # Errors
    /// [`StateError`] when it cannot be opened or is of a newer sasshi.
    pub fn open(folder: &Path) -> Result<Self, StateError> {
        Self::prepare(Connection::open(folder.join(FILE))?)
    }

    /// A state that ends with the process.
    ///
    /// # Errors
    /// [`StateError`] when `SQLite` has no memory.
    pub fn in_memory() -> Result<Self, StateError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, StateError> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // what is acknowledged is on the disk, whatever happens next
        connection.pragma_update(None, "synchronous", "FULL")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let steps = usize::try_from(known).unwrap_or_default();
        if steps > MIGRATIONS.len() {
            return Err(StateError::Newer(known));
        }
        for step in &MIGRATIONS[steps..] {
            transaction.execute_batch(step)?;
        }
        let version = i64::try_from(MIGRATIONS.len()).unwrap_or_default();
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        // a transaction that a panic ends is rolled back
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write<T>(
        &self,
        act: impl FnOnce(&Transaction<'_>) -> Result<T, StateError>,
    ) -> Result<T, StateError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = act(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}

/// Writes a line into the audit log.
pub(super) fn log(
    transaction: &Transaction<'_>,
    unit: &str,
    deed: &str,
    detail: &str,
    at: i64,
) -> Result<(), StateError> {
    let sql = "INSERT INTO audit (at, unit, deed, detail) VALUES (?1, ?2, ?3, ?4)";
    transaction.execute(sql, params![at, unit, deed, detail])?;
    Ok(())
}
