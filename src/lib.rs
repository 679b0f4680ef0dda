//! sasshi (冊子) turns CSV directories and structured text into typeset, print-ready PDF booklets and per-ward
//! contact sheets.
//!
//! The pipeline, in order. Each stage takes what an earlier one returns, so that none can be called before it:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`read`] | a [`project::Project`] | [`read::Manuscript`]: cells and paragraphs with their places |
//! | [`check`] | the manuscript | [`check::Checked`]: typed values, what is set aside |
//! | [`merge`] | what was checked | [`merge::Publication`]s: joined records, one job a file |
//! | [`typeset`] | a job and its layout | [`typeset::TypesetPages`]: a PDF, and where everything landed |
//! | [`verify`] | a job and what its pages show | findings of what was lost on the way |
//! | [`press`] | typeset pages and a profile | a press file (PDF/X-4) |
//! | [`impose`] | a PDF and an order | [`impose::Sheets`]: press sheets, proved by folding them |
//! | [`docket`] | what went to the press | [`model::docket::Docket`]: what the shop must know |
//! | [`report`] | the facts of a run | words and HTML for people, JSON for programs |
//!
//! Two more judge, and change nothing: [`preflight`] takes the final bytes of press files and sheets, [`proofread`] reads
//! typeset pages as a proofreader does. [`proofing`] draws what people look at before they print: pages, press sheets, plates.
//! The stages that read or write PDF share [`pdf`]; those that read or write CSV share [`table`].
//!
//! [`pipeline`] alone knows the order. All reading goes through [`project::files::Files`], all writing through an
//! [`output::Sink`]; [`watch::Watch`] tells when something is saved. Data that is wrong becomes a [`diagnostic::Diagnostic`]
//! with its place; the stages collect them and go on. [`command`] is the command line, [`web`] the page for ward staff.
//!
//! # Words
//!
//! One word for one thing, in code, commands, manifest and messages:
//!
//! | word | Japanese | what it is |
//! |---|---|---|
//! | publication | 刊行物 | what is printed under one name: a booklet, the sheets of all units, a list |
//! | edition | 種類 | how it is used: [`model::edition::Edition`] screen, press, imposed, office, two or four on a side, a booklet |
//! | reader | 読み手 | who reads it, beside the edition: [`model::edition::Reader`] ja, ja-easy, en, mono (black only) |
//! | unit | 単位 | what a contact sheet is made for: a row of the master list, 区 or 町内会 or 学校 |
//! | directory | 名簿 | a list of records with a schema; never a folder of files |
//! | record | 行 | a row of a directory, each cell typed once: [`check::checked::CheckedRecord`] |
//! | rejected row | 保留行 | a row with faults, which no later stage reaches |
//! | role | 役割 | what a column means to the code, whatever its name: [`model::role::Role`] |
//! | piece | 部品 | a string that a template gets: it is on a page in the end, or a finding says why not: [`model::piece::Pieces`] |
//! | job | 仕事 | one output file to be made: [`merge::Job`]; what is ordered from the shop is a docket |
//! | typeset pages | 組版 | pages as the engine set them: [`typeset::TypesetPages`] |
//! | press profile | プロファイル | what a press and a shop ask of a file: [`press::profile::Profile`] |
//! | printing condition | 印刷条件 | press, paper and inks as a standard names them: Japan Color 2011 Coated |
//! | press file | 入稿データ | the PDF/X-4 that goes to the shop |
//! | plate | 版 | the separation of one ink of a page or a sheet |
//! | ink limit | 総インキ量 | the most ink at one place: total area coverage, the sum of all inks in percent |
//! | output intent | 出力インテント | the printing condition that a PDF is made for, as an ICC profile within it |
//! | sheet | 用紙 | what runs through the press, front and back; all of a job are an [`model::imposition::Imposition`] |
//! | signature | 折丁 | a sheet that is folded, or several nested ones |
//! | scheme | 面付け | which page lies where on which sheet: [`model::scheme::Scheme`] |
//! | trim, bleed, gutter | 仕上がり、塗り足し、ノド | the page as cut, what is printed beyond it, the inner margin |
//! | creep | ずれ（クリープ） | how much inner pages move outward when sheets lie in each other |
//! | slug | 欄外 | the line outside the pages that names job, sheet, side and inks |
//! | docket | 作業指示書 | the job ticket, what the shop must know: [`model::docket::Docket`] |
//! | finding | 指摘 | what is wrong, where, and what to do: [`diagnostic::Diagnostic`]; within a PDF [`model::finding::Finding`] |
//!
//! # Where a new thing goes
//!
//! What a project brings itself needs no Rust. Most else is one new file and one line in the table of its family; the last rows
//! are the exceptions. The compiler and the tests name what is still missing (explanations, a page of the help, a reference).
//!
//! | a new … | its file | its line |
//! |---|---|---|
//! | rule of `[checks]` | `src/check/NAME.rs`, with its parameters and its codes | [`check::rules::RULES`] |
//! | press profile of a shop | `layouts/press/NAME.toml` of the project | none |
//! | press profile, built in | `src/press/profiles/NAME.toml`, its clauses in `NAME.md` | [`press::profile_file::BUILT_IN`] |
//! | scheme of imposition | `src/model/scheme/NAME.rs`; a new way to fold also in `src/impose/unfold.rs`, which lays it, and `simulate.rs`, which proves it | [`model::scheme::SCHEMES`] in `src/model/scheme/mod.rs` |
//! | kind of source, for directories | `src/read/kind/NAME.rs`; what was refused by its content until now (JSON, HTML …) goes from `src/read/file_kind.rs` | [`read::kind::KINDS`] in `src/read/kind/mod.rs` |
//! | layout of a project | `layouts/NAME/` of the project; `sasshi layouts new NAME` writes one | none |
//! | layout, built in | `layouts/NAME/` | [`project::embedded`] |
//! | type of column | `src/model/column_type/NAME.rs`; why a cell is refused in `src/model/meaning.rs`, its code and words in `src/check/types.rs` | the table in `src/model/column_type/mod.rs` |
//! | schema, built in | `src/project/schemas/NAME.toml` | the table in `src/project/schema.rs` |
//! | form of messages (`--message-format`) | `src/report/NAME.rs` | [`report::forms::FORMS`] |
//! | rule of proofreading | `src/proofread/NAME.rs` with its code | the table in `src/proofread/rules.rs` |
//! | profile of proofreading | `layouts/proofread/NAME.toml` of the project, as those of `src/proofread/profiles/` | none |
//! | command | `src/command/NAME.rs` | the enum `Command` and its `match` in `src/command/mod.rs` |
//! | edition | none | the enum and the table in `src/model/edition.rs` |
//! | reader | its words in `words/` of the layouts, chosen in `layouts/shared/words.typ`; its sizes and colours where layouts ask `data.reader` (`layouts/shared/type.typ`, `palette.typ`) | the enum and the table in `src/model/edition.rs` |
//! | rule of preflight | `src/preflight/NAME.rs`, a code in `src/diagnostic/codes/preflight.rs` | the call: of a whole file in `src/preflight/file.rs`, of what is painted in `paint.rs` |
//! | words of a finding | none | `say!` with both languages where the finding is made; what `explain` says beside its code |
//! | code of a finding | none | `codes!` beside its rule; of a stage in `src/diagnostic/codes/` |
//! | field of the docket | none | [`model::docket`], filled in `src/docket/mod.rs`, printed by `layouts/docket/` and `src/docket/plain/` |
//! | page of the server | `src/web/pages/NAME.html`, `src/web/routes/NAME.rs` | the route in `src/web/routes/mod.rs` |
//! | markup in texts | none | read in `src/read/text/inlines.rs`, a kind in [`model::text`], given to layouts in `src/typeset/view/text.rs`, set in `layouts/shared/text.typ` |
//!
//! The cache between builds is [`output::Cache`] in `src/output/cache.rs`; what decides whether a file is made again is the
//! key in `src/pipeline/job_key.rs`. A whole run for which nothing changed is told before that, by the key in
//! `src/pipeline/kept_run.rs`.
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
