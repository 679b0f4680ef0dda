//! `report.json`, and findings as one JSON object a line: for programs.
//!
//! In: [`Facts`]. Out: JSON. Lengths are millimetres from the upper left corner of the trimmed page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::facts::{Facts, FileFact, FileState, FindingCounts, SheetsFact};
use super::form::{Audience, MessageForm, Style};
use super::{inks, table_rules};
use crate::check::changes::Change;
use crate::diagnostic::{Diagnostic, Say};
use crate::model::origin::{Origin, Place};
use crate::project::Project;
use crate::typeset::PlacedOrigin;

/// The form.
pub static FORM: MessageForm = MessageForm {
    name: "json",
    ja: "プログラム",
    en: "One JSON object a line",
    audience: Audience::Programs,
    findings,
    inks: Some(|table, _| inks::lines(table)),
    verdicts: Some(|verdicts, _| table_rules::line(verdicts)),
};

/// As many findings as are kept, in both languages, and the count of the others.
fn findings(facts: &Facts, _: Style) -> String {
    let mut text = String::new();
    for one in &facts.diagnostics {
        let _ = writeln!(text, "{}", diagnostic(one));
    }
    if !facts.left_out.is_empty() {
        let _ = writeln!(text, "{}", left_out(facts));
    }
    text
}

/// The version of the form of `report.json`; it goes up when a field changes its meaning.
const VERSION: u32 = 1;

/// The name of the report in the output.
pub const NAME: &str = "report.json";

/// How many bytes of a report are handed on at once.
const PIECE: usize = 1 << 16;

/// The PDF to open that a report names.
#[must_use]
pub fn to_open(report: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        open: Option<String>,
    }
    serde_json::from_slice::<Head>(report).ok()?.open
}

/// The whole report, in the order of its keys.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ReportForm<'f> {
    changed: usize,
    changes: Each<'f, Change, Json>,
    date: String,
    errors: usize,
    files: Each<'f, FileFact, FileForm<'f>>,
    findings: Each<'f, Diagnostic, Json>,
    form: u32,
    left_out: Json,
    open: Option<&'f str>,
    project: &'f str,
    sasshi: &'static str,
    warnings: usize,
}

/// A list whose entries take their form one after the other: of ten thousand sheets it would fill the memory at once.
struct Each<'f, T, F> {
    all: &'f [T],
    form: fn(&'f T) -> F,
}

impl<T, F: Serialize> Serialize for Each<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.all.iter().map(self.form))
    }
}

/// Writes the whole report.
///
/// # Errors
/// What `to` says when it takes no more.
pub fn write_report(project: &Project, facts: &Facts, to: &mut dyn io::Write) -> io::Result<()> {
    // word by word it would be summed up, sign by sign
    let mut to = io::BufWriter::with_capacity(PIECE, to);
    let FindingCounts { errors, warnings } = facts.counts();
    let report = ReportForm {
        changed: facts.changed,
        changes: Each { all: &facts.changes, form: change },
        date: project.date.to_string(),
        errors,
        files: Each { all: &facts.files, form: FileForm::from },
        findings: Each { all: &facts.diagnostics, form: diagnostic },
        form: VERSION,
        left_out: left_out(facts)["left-out"].take(),
        open: facts.to_open.as_deref(),
        project: &project.title,
        sasshi: env!("CARGO_PKG_VERSION"),
        warnings,
    };
    serde_json::to_writer_pretty(&mut to, &report)?;
    to.write_all(b"\n")?;
    to.flush()
}

/// A file, in the order of its keys.
#[derive(Serialize)]
struct FileForm<'f> {
    /// Width and height of each page.
    pages: Vec<[f64; 2]>,
    path: &'f str,
    placements: Each<'f, PlacedOrigin, PlacementForm<'f>>,
    record: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheets: Option<Json>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Json>,
}

impl<'f> From<&'f FileFact> for FileForm<'f> {
    fn from(fact: &'f FileFact) -> Self {
        let (state, why) = match &fact.state {
            FileState::Made => ("made", None),
            FileState::Held { why, older_is_there: true } => ("older", Some(say(why))),
            FileState::Held { why, older_is_there: false } => ("not made", Some(say(why))),
        };
        let sizes = fact.pages.iter();
        Self {
            pages: sizes.map(|(width, height)| [width, height].map(|one| millimetres(one.to_mm()))).collect(),
            path: &fact.path,
            placements: Each { all: &fact.placements, form: PlacementForm::from },
            record: fact.record.as_deref(),
            sheets: fact.sheets.as_ref().map(sheets_form),
            state,
            why,
        }
    }
}

fn sheets_form(sheets: &SheetsFact) -> Json {
    json!({
        "scheme": sheets.scheme,
        "size": [millimetres(sheets.size.width.to_mm()), millimetres(sheets.size.height.to_mm())],
        "sheets": sheets.sheets,
        "sides": sheets.sides,
        "pages": sheets.pages,
        "blanks": sheets.blanks,
        "spine": (sheets.spine.to_mm() * 100.0).round() / 100.0,
        "notes": sheets.notes.iter().map(say).collect::<Vec<_>>(),
    })
}

/// A cell that is printed in another form than it was written in.
fn change(change: &Change) -> Json {
    json!({ "at": change.origin.to_string(), "written": change.written, "normalised": change.normalised })
}

/// How many findings of each code there are beside those that are listed.
fn left_out(facts: &Facts) -> Json {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for ((code, _), count) in &facts.left_out {
        *codes.entry(code.id()).or_default() += count;
    }
    json!({ "left-out": codes })
}

/// One finding.
fn diagnostic(one: &Diagnostic) -> Json {
    json!({
        "code": one.code.id(),
        "severity": one.severity.name(),
        "message": say(&one.message),
        "origin": one.origin.as_ref().map(origin),
        "hints": one.hints.iter().map(say).collect::<Vec<_>>(),
    })
}

fn say(say: &Say) -> Json {
    json!({ "ja": say.ja, "en": say.en })
}

fn origin(origin: &Origin) -> Json {
    let file = &origin.source.path;
    match &origin.place {
        Place::File => json!({ "file": file }),
        Place::Text { line, column } => json!({ "file": file, "line": line, "column": column }),
        Place::Cell { row, column, line, header } => {
            let mut form =
                json!({ "file": file, "row": row, "column": column, "line": line, "header": header });
            if let (Some(sheet), Some(address)) = (&origin.source.sheet, origin.address()) {
                form["sheet"] = json!(sheet);
                form["address"] = json!(address);
            }
            form
        }
    }
}

/// Tenths of millimetres are what a ruler shows; more would only make the report long.
fn millimetres(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A placement, in the order of its keys.
#[derive(Serialize)]
struct PlacementForm<'a> {
    /// `file:row:column`, or `file:sheet!C7`.
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<&'a str>,
    page: usize,
    /// x, y, width, height.
    rect: [f64; 4],
}

impl<'a> From<&'a PlacedOrigin> for PlacementForm<'a> {
    fn from(placement: &'a PlacedOrigin) -> Self {
        let rect = placement.rect;
        Self {
            at: placement.origin.to_string(),
            header: match &placement.origin.place {
                Place::Cell { header, .. } => Some(header),
                Place::File | Place::Text { .. } => None,
            },
            page: placement.page,
            rect: [rect.x, rect.y, rect.width, rect.height].map(|length| millimetres(length.to_mm())),
        }
    }
}
