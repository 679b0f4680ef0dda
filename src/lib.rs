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
//! [`model::finding::Finding`]s. Another, [`proofread`], reads typeset pages as a proofreader does. [`proofing`] draws what
//! people look at before they print: pages, press sheets, plates. [`pdf`] is the ground floor of the stages that read or write
//! PDF, [`table`] that of those that read or write CSV.
//!
//! [`pipeline`] alone knows the order. [`project::files::Files`] is the one door for reading, an [`output::Sink`] the one
//! for writing; [`watch::Watch`] tells when something is saved. Data that is wrong becomes a [`diagnostic::Diagnostic`] with
//! its place; the stages collect them and go on. [`command`] is the command line, [`web`] the page for ward staff.
//!
//! # Words
//!
//! One word for one thing, in code, commands, manifest and messages:
//!
//! | word | Japanese | what it is |
//! |---|---|---|
//! | publication | 刊行物 | what is printed under one name: a booklet, the sheets of all units, a list |
//! | edition | 種類 | a form of it for one way of use: [`model::edition::Edition`] screen, press, imposed, office |
//! | unit | 単位 | whom sheets are made for: a row of the master list, 区 or 町内会 or 学校 |
//! | directory | 名簿 | a list of records with a schema |
//! | record | 行 | a row of a directory, each cell typed once: [`check::checked::CheckedRecord`] |
//! | rejected row | 保留行 | a row with faults, which no later stage reaches |
//! | role | 役割 | what a column means to the code, whatever its name: [`model::role::Role`] |
//! | piece | 部品 | a string that is handed to a template, and must land or be told: [`model::piece::Pieces`] |
//! | job | 仕事 | one output file to be made: [`merge::Job`] |
//! | typeset pages | 組版 | pages as the engine set them: [`typeset::TypesetPages`] |
//! | press profile | プロファイル | what a press and a shop ask of a file: [`press::profile::Profile`] |
//! | printing condition | 印刷条件 | press, paper and inks as a standard names them: Japan Color 2011 Coated |
//! | press file | 入稿データ | the PDF/X-4 that goes to the shop |
//! | plate | 版 | what one ink prints of a page or a sheet |
//! | ink limit | 総インキ量 | the most ink that may lie on one spot, in percent of one solid |
//! | output intent | 出力インテント | the press that a file is made for, as an ICC profile in it |
//! | sheet | 用紙 | what runs through the press, front and back: [`model::imposition::Imposition`] |
//! | signature | 折丁 | a sheet that is folded, or several in each other |
//! | scheme | 面付け | which page lies where on which sheet: [`model::scheme::Scheme`] |
//! | trim, bleed, gutter | 仕上がり、塗り足し、ノド | the page as cut, what is printed beyond it, the side of the spine |
//! | creep | ずれ（クリープ） | how much inner pages move outward when sheets lie in each other |
//! | slug | 欄外 | the line outside the pages that names job, sheet, side and inks |
//! | docket | 作業指示書 | what the shop must know of a job, on one sheet: [`model::docket::Docket`] |
//! | finding | 指摘 | what is wrong, where, and what to do: [`diagnostic::Diagnostic`] |
//!
//! # Where a new thing goes
//!
//! What a project brings itself needs no Rust. Everything else is one new file and one line in the table of its family; the
//! compiler and the tests name what else they want (explanations, a page of the help, a reference).
//!
//! | a new … | its file | its line |
//! |---|---|---|
//! | rule of `[checks]` | `src/check/NAME.rs` | [`check::rules::RULES`] |
//! | press profile of a shop | `layouts/press/NAME.toml` of the project | none |
//! | press profile, built in | `src/press/profiles/NAME.toml`, its clauses in `NAME.md` | [`press::profile_file::BUILT_IN`] |
//! | scheme of imposition | `src/model/scheme/NAME.rs` | [`model::scheme::SCHEMES`] |
//! | kind of source, for directories | `src/read/kind/NAME.rs` | [`read::kind::KINDS`] |
//! | layout of a project | `layouts/NAME/` of the project; `sasshi layouts new NAME` writes one | none |
//! | layout, built in | `layouts/NAME/` | [`project::embedded`] |
//! | type of column | `src/model/column_type/NAME.rs` | the table in `src/model/column_type/mod.rs` |
//! | schema, built in | `src/project/schemas/NAME.toml` | the table in `src/project/schema.rs` |
//! | form of messages | `src/report/NAME.rs` | [`report::forms::FORMS`] |
//! | command | `src/command/NAME.rs` | the enum `Command` and its `match` in `src/command/mod.rs` |
//! | edition or reader | none: who reads is told to layouts in their data | [`model::edition`] |
//! | rule of preflight | `src/preflight/NAME.rs`, a code in `src/diagnostic/codes/preflight.rs` | the call in `src/preflight/file.rs` or `paint.rs` |
//! | code of a finding | none | `src/diagnostic/codes/`, or beside its rule |
//!
//! The cache between builds is [`output::Cache`] in `src/output/cache.rs`; what decides whether a file is made again is the
//! key in `src/pipeline/job_key.rs`.
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
pub mod proofread;
pub mod read;
pub mod report;
pub mod table;
pub mod typeset;
pub mod verify;
pub mod watch;
pub mod web;
