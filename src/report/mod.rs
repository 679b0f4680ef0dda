//! The last stage: what was made and what was found, for people and for programs. Nothing here decides anything.

pub mod csv;
pub mod facts;
pub mod json;
pub mod survey;
pub mod terminal;
