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
//! | [`verify`] | a job and what its pages show | findings of what was lost on the way; a judge, as preflight is |
//! | [`press`] | typeset pages and a profile | a press file (PDF/X-4) |
//! | [`impose`] | a PDF and an order | [`impose::Sheets`]: press sheets, proved by folding them |
//! | [`docket`] | what went to the press | [`model::docket::Docket`]: what the shop must know |
//! | [`report`] | the facts of a run | words and HTML for people, JSON for programs |
//!
//! Beside them stands a judge, [`preflight`]: it takes the final bytes of press files and sheets, and gives
//! [`preflight::Finding`]s. [`proofing`] draws what people look at before they print: pages, press sheets, plates. [`pdf`] is
//! the ground floor of those who read or write PDF.
//!
//! [`pipeline`] alone knows the order. [`project::files::Files`] is the one door for reading, an [`output::Sink`] the one
//! for writing; [`watch::Watch`] rings when something is saved. Data that is wrong becomes a [`diagnostic::Diagnostic`] with its place; the stages collect them and go on.
//!
//! A project from memory into memory:
//!
//! ```
//! use sasshi::{merge::Selection, output::Memory, pipeline::Session, project::files::Files};
//!
//! let manifest = r#"
//! [project]
//! title = "見本"
//! municipality = "横浜市"
//! date = 2026-11-23
//! [[publication]]
//! name = "notes"
//! layout = "handout"
//! text = ["notes.md"]
//! editions = ["screen"]
//! "#;
//! let mut session = Session::new(Files::in_memory([("sasshi.toml", manifest), ("notes.md", "# 題\n\n本文。\n")]));
//! let memory = Memory::default();
//! let prepared = session.prepare(&Selection::default())?;
//! let facts = session.make(&prepared, &memory, &())?;
//! assert!(facts.diagnostics.is_empty(), "{:?}", facts.diagnostics);
//! assert!(memory.into_files()["output/notes/screen/notes.pdf"].starts_with(b"%PDF-1.7"));
//! # Ok::<(), sasshi::pipeline::PipelineError>(())
//! ```

pub mod check;
pub mod command;
pub mod diagnostic;
pub mod docket;
pub mod impose;
pub mod merge;
pub mod model;
pub mod output;
pub mod pdf;
pub mod pipeline;
pub mod preflight;
pub mod press;
pub mod project;
pub mod proofing;
pub mod read;
pub mod report;
pub mod table;
pub mod typeset;
pub mod verify;
pub mod watch;
pub mod web;
