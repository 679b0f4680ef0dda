//! What the server must not forget: drafts with all their versions, what was handed in, tokens, sessions, the audit log.
//!
//! In and out: typed values; SQL stands in the files of this folder alone. One file (`SQLite`, write-ahead log), `serve.db`;
//! each call is one transaction, and what was acknowledged is on the disk.

mod city;
mod store;
mod tokens;
mod unit;
mod upkeep;
mod upload;

pub use city::Acceptance;
pub use store::{FILE, State, StateError};
pub use tokens::{TokenSession, TokenState};
pub use unit::{Save, Stage, SubmissionStep, UnitState, Version};
pub use upload::{TablePlaces, Upload};
