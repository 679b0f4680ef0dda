//! The test suite: the real binary on whole projects, right and wrong. One file for each stage and command.

#[allow(dead_code)] // other files of the suite use the rest
mod harness;
mod impose;
#[allow(dead_code)] // other files of the suite use the rest
mod tools;
