//! The test suite: the real binary on whole projects, right and wrong. One file for each stage and command.

mod books;
mod broken;
mod build;
mod checks;
mod completions;
mod data;
mod encodings;
mod example;
mod facts;
mod fonts;
mod fuzz;
mod golden;
mod harness;
mod help;
mod house;
mod impose;
mod layouts;
mod new;
mod output;
mod phones;
mod preflight;
mod read;
mod readme;
mod report;
mod table_form;
mod tools;
