//! The test suite: the real binary on whole projects, right and wrong. One file for each stage and command.

mod checks;
mod harness;
mod phones;
mod tools;
