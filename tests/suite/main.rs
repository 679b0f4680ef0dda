//! The test suite: the real binary on whole projects, right and wrong. One file for each stage and command.

mod books;
mod broken;
mod build;
mod checks;
mod colour;
mod completions;
#[path = "../press-corpus/mod.rs"]
mod corpus;
mod data;
mod docket;
mod editors;
mod encodings;
mod example;
mod facts;
mod faults;
mod fonts;
mod fuzz;
mod golden;
mod harness;
mod help;
mod house;
mod impose;
mod inks;
mod layouts;
mod new;
mod normalising;
mod open_data;
mod output;
#[cfg(feature = "phone-oracle")]
mod phones;
mod preflight;
mod press;
mod read;
mod readme;
mod report;
mod roles;
mod session;
mod sheets;
mod sheets_input;
mod table_form;
mod tools;
mod typeset;
