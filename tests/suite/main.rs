//! The test suite: the real binary on whole projects, right and wrong. One file for each stage and command.

mod fuzz;
mod harness;
mod tools;
