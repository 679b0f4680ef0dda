//! sasshi (冊子) turns CSV directories and structured text into typeset, print-ready PDF booklets and per-ward
//! contact sheets.
//!
//! The pipeline, in order; each stage takes the type that the one before returns, and no later one can be called
//! without the earlier:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`read`] | a [`project::Project`] | [`read::Manuscript`]: cells and paragraphs with their places |
//! | [`check`] | the manuscript | [`check::Checked`]: typed values, what is set aside |
//! | [`merge`] | what was checked | [`merge::Publication`]s: joined records, one job a file |
//! | [`typeset`] | a job and its layout | [`typeset::TypesetPages`]: a PDF, and where everything landed |
//! | [`impose`] | a PDF and an order | [`impose::Sheets`]: press sheets, proved by folding them |
//! | [`report`] | the facts of a run | words for people, JSON for programs |
//!
//! [`pipeline`] alone knows the order. Data that is wrong becomes a [`diagnostic::Diagnostic`] with its place; the
//! stages collect them and go on.

pub mod check;
pub mod command;
pub mod diagnostic;
pub mod impose;
pub mod merge;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod press;
pub mod project;
pub mod read;
pub mod report;
pub mod typeset;
