//! The last stage: what was made and what was found, for people and for programs. Nothing here decides anything.

pub mod csv;
mod excerpt;
pub mod explanations;
pub mod facts;
pub mod form;
pub mod forms;
mod github;
pub mod html;
pub mod inks;
pub mod json;
mod sarif;
pub mod survey;
pub mod table_rules;
pub mod terminal;
