//! The page of a unit, its picture and its files.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Here, answer, attachment, html, png};
use crate::diagnostic::Say;
use crate::model::edition::{Edition, Reader};
use crate::pipeline::edit::UnitName;
use crate::web::clock;
use crate::web::desk::{DeskError, Overview, Sheet, UnitRows};
use crate::web::draft::Draft;
use crate::web::frame::Frame;
use crate::web::refusal::{EditWords, Refusal};
use crate::web::site::Site;
use crate::web::state::{Stage, UnitState};
use crate::web::view::{self, Difference, Download, GroupView, Pill, Tab};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "unit.html", config = "src/web/askama.toml")]
struct UnitPage {
    frame: Frame,
    name: UnitName,
    href: String,
    pill: Pill,
    saved: String,
    notice: String,
    remark: String,
    mode: Mode,
    version: i64,
    faults: usize,
    checks: usize,
    first_fault: String,
    others: Vec<String>,
    steps: Steps,
    groups: Vec<GroupView>,
    differences: Vec<Difference>,
    tabs: Vec<Tab>,
    is_made: bool,
    is_empty: bool,
    /// Whether the last edition had rows.
    has_last: bool,
    /// What is said of the deadline; empty if there is none.
    due: String,
    /// When and by whom the rows were handed in.
    handed_in: String,
    picture: String,
    large: String,
    why: String,
    reader_title: &'static str,
    downloads: Vec<Download>,
}

/// What can be done on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Rows are edited and handed in.
    Edit,
    /// They are with the city, and can be withdrawn.
    Submitted,
    /// Nothing.
    View,
}

impl Mode {
    fn is_locked(self) -> bool {
        self != Self::Edit
    }

    fn is_submitted(self) -> bool {
        self == Self::Submitted
    }

    fn is_view(self) -> bool {
        self == Self::View
    }
}

/// Which ways there are through the versions.
struct Steps {
    undo: bool,
    redo: bool,
}

/// What may stand behind the address of a unit's page.
#[derive(serde::Deserialize)]
pub struct Looking {
    #[serde(default)]
    reader: String,
}

/// The page of a unit.
pub async fn page(
    State(site): Here,
    headers: HeaderMap,
    Path(unit): Path<String>,
    Query(looking): Query<Looking>,
) -> Response {
    let page = async {
        let visitor = site.visitor_of(&headers, &unit)?;
        show(&site, &visitor, &unit, Reader::named(&looking.reader), String::new()).await
    };
    answer(&site, &headers, page.await).await
}

/// The page of `unit` as it is now.
pub async fn show(
    site: &Arc<Site>,
    visitor: &Visitor,
    unit: &str,
    reader: Option<Reader>,
    notice: String,
) -> Result<Response, Refusal> {
    let overview = site.overview().await?;
    let rows = site.rows(unit).await?;
    let state = site.state.unit(unit)?;
    let draft = view::shown(state.as_ref(), &rows);
    let reader = reader.filter(|reader| overview.readers.contains(reader));
    let reader = reader.or(overview.readers.first().copied()).unwrap_or(Reader::Ja);
    let sheet = made(site, unit, Some(draft.clone()), (view::looked_at(&overview), reader)).await;
    let frame = Frame::new(&overview, visitor, &crate::web::href(unit));
    let (sheet, problem) = match sheet {
        Ok(sheet) => (Some(sheet), None),
        // the rows stay on the page, whatever keeps the sheet from being made
        Err(Refusal::Desk(DeskError::Edit(error))) => {
            let EditWords { line, cure } = EditWords::of(&error);
            (None, Some(Say::new(format!("{}{}", line.ja, cure.ja), format!("{} {}", line.en, cure.en))))
        }
        Err(refusal) => return Err(refusal),
    };
    let can_write = !site.is_read_only;
    let deadline = site.deadline()?;
    let due = deadline.map(|deadline| deadline.words(clock::now(), frame.language())).unwrap_or_default();
    let parts = Parts { overview, rows, state, draft, sheet, reader, problem, notice, can_write };
    html(&UnitPage { due, ..unit_page(parts, frame) })
}

/// What a unit's page is made of.
struct Parts {
    overview: Overview,
    rows: UnitRows,
    state: Option<UnitState>,
    draft: Draft,
    sheet: Option<Arc<Sheet>>,
    reader: Reader,
    problem: Option<Say>,
    notice: String,
    can_write: bool,
}

impl Parts {
    /// What is at no cell and keeps the sheet from being made.
    fn others(&self, cell_faults: usize, frame: &Frame) -> Vec<String> {
        let language = frame.language();
        let problem = self.problem.iter().map(|words| words.in_language(language).to_owned());
        // a fault at a cell says enough
        let unmade = self.sheet.as_ref().filter(|sheet| sheet.file.is_none() && cell_faults == 0);
        let found = unmade.into_iter().flat_map(|sheet| &sheet.findings.others);
        let mut all: Vec<String> =
            problem.chain(found.map(|one| one.message.in_language(language).to_owned())).collect();
        // the same of each of the lists is said once
        all.dedup();
        all
    }

    /// When the rows were saved.
    fn saved(&self, frame: &Frame) -> Option<String> {
        let at = clock::moment(self.state.as_ref()?.at, clock::now(), frame.language());
        Some(frame.w("{} に保存しました", "Saved {}").replace("{}", &at))
    }

    /// When and by whom they were handed in.
    fn handed_in(&self, frame: &Frame) -> Option<String> {
        let state = self.state.as_ref()?;
        let at = clock::moment(state.at, clock::now(), frame.language());
        let by = frame.w("提出した人：", "by ");
        Some(if state.author.is_empty() { at } else { format!("{at}　{by}{}", state.author) })
    }

    /// What the city said of rows that it gave back.
    fn remark(&self) -> String {
        let returned = self.state.as_ref().filter(|state| state.stage == Stage::Returned);
        returned.map(|state| state.remark.clone()).unwrap_or_default()
    }

    fn mode(&self) -> Mode {
        match (self.can_write, self.stage()) {
            (false, _) => Mode::View,
            (true, Stage::Submitted) => Mode::Submitted,
            (true, _) => Mode::Edit,
        }
    }

    fn stage(&self) -> Stage {
        self.state.as_ref().map(|state| state.stage).unwrap_or_default()
    }

    fn steps(&self) -> Steps {
        let state = self.state.as_ref();
        let (undo, redo) = state.map_or((false, false), |state| (state.can_undo, state.can_redo));
        Steps { undo, redo }
    }

    /// The readers, one of whom the sheet is shown for.
    fn tabs(&self, href: &str, frame: &Frame) -> Vec<Tab> {
        let tab = |known: &Reader| Tab {
            title: frame.reader(*known),
            href: format!("{href}?reader={}", known.name()),
            is_here: *known == self.reader,
        };
        self.overview.readers.iter().map(tab).collect()
    }
}

fn has_no_rows(draft: &Draft) -> bool {
    draft.tables.iter().all(|table| table.rows.is_empty())
}

/// The head of the page: the unit, after the number of its faults.
fn heading(name: &str, faults: usize, frame: &Frame) -> String {
    if faults == 0 {
        return name.to_owned();
    }
    frame.w("要修正{}件 ", "{} to mend: ").replace("{}", &faults.to_string()) + name
}

fn unit_page(parts: Parts, frame: Frame) -> UnitPage {
    let href = crate::web::href(&parts.rows.name.name);
    let (rows, draft, sheet) = (&parts.rows, &parts.draft, parts.sheet.as_ref());
    let messages = sheet.map(|sheet| view::messages(&rows.tables, draft, sheet, &frame)).unwrap_or_default();
    let (cell_faults, checks) = (view::count(&messages, "fault"), view::count(&messages, "check"));
    let first = messages.iter().find(|(_, all)| all.iter().any(|message| message.state == "fault"));
    let first_fault = first.map(|(key, _)| format!("c-{key}")).unwrap_or_default();
    let others = parts.others(cell_faults, &frame);
    let faults = cell_faults + others.len();
    let version = parts.state.as_ref().map_or(0, |state| state.number);
    let base = parts.state.as_ref().map_or_else(|| rows.base.clone(), |state| state.base.fit(&rows.base));
    let why = sheet.and_then(|sheet| sheet.why.as_ref()).map(|why| why.in_language(frame.language()));
    let shown = view::looked_at(&parts.overview).name();
    let heading = heading(&parts.rows.name.name, faults, &frame);
    UnitPage {
        pill: Pill::new(parts.stage(), faults, &frame),
        saved: parts.saved(&frame).unwrap_or_default(),
        remark: parts.remark(),
        mode: parts.mode(),
        version,
        faults,
        checks,
        first_fault,
        others,
        steps: parts.steps(),
        differences: view::differences(&rows.tables, &base, draft, &frame),
        groups: view::groups(rows, &base, draft, messages),
        tabs: parts.tabs(&href, &frame),
        is_empty: has_no_rows(draft),
        has_last: !has_no_rows(&parts.rows.base),
        is_made: sheet.is_some_and(|sheet| sheet.file.is_some()),
        due: String::new(),
        handed_in: parts.handed_in(&frame).unwrap_or_default(),
        picture: format!("{href}/picture/{}?version={version}", parts.reader.name()),
        large: format!("{href}/sheet/{shown}/{}?inline=1", parts.reader.name()),
        why: why.map(str::to_owned).unwrap_or_default(),
        reader_title: frame.reader(parts.reader),
        downloads: view::downloads(&parts.overview, &href, parts.reader, &frame),
        frame: frame.headed(heading),
        notice: parts.notice,
        name: parts.rows.name,
        href,
    }
}

/// The sheet of `unit` with `draft` in the place of its rows, from the threads.
pub async fn made(
    site: &Arc<Site>,
    unit: &str,
    draft: Option<Draft>,
    wanted: (Edition, Reader),
) -> Result<Arc<Sheet>, Refusal> {
    let name = unit.to_owned();
    let sheet = site.pool.run(unit, move |desk| desk.sheet(&name, draft.as_ref(), wanted)).await?;
    Ok(sheet?)
}

/// The address of the picture of a unit's sheet.
#[derive(serde::Deserialize)]
pub struct PicturePath {
    unit: String,
    reader: String,
}

/// The picture of a unit's sheet.
pub async fn picture(
    State(site): Here,
    headers: HeaderMap,
    Path(PicturePath { unit, reader }): Path<PicturePath>,
) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        let overview = site.overview().await?;
        let reader = Reader::named(&reader).ok_or(Refusal::NoPage)?;
        let draft = site.state.unit(&unit)?.map(|state| state.draft);
        drawn(&site, &unit, draft, (view::looked_at(&overview), reader)).await
    };
    answer(&site, &headers, page.await).await
}

/// The picture of a sheet.
pub async fn drawn(
    site: &Arc<Site>,
    unit: &str,
    draft: Option<Draft>,
    wanted: (Edition, Reader),
) -> Result<Response, Refusal> {
    let name = unit.to_owned();
    let picture = site.pool.run(unit, move |desk| {
        let sheet = desk.sheet(&name, draft.as_ref(), wanted)?;
        Ok::<_, DeskError>(sheet.picture().map(<[u8]>::to_vec))
    });
    picture.await??.map(png).ok_or(Refusal::Faults)
}

/// How a file is shown.
#[derive(serde::Deserialize)]
pub struct UnitQuery {
    #[serde(default)]
    inline: String,
}

/// The address of a unit's sheet.
#[derive(serde::Deserialize)]
pub struct SheetPath {
    unit: String,
    edition: String,
    reader: String,
}

/// A unit's sheet as PDF: the bytes that the command line makes of the same rows.
pub async fn sheet(
    State(site): Here,
    headers: HeaderMap,
    Path(SheetPath { unit, edition, reader }): Path<SheetPath>,
    Query(showing): Query<UnitQuery>,
) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        let overview = site.overview().await?;
        let edition = Edition::named(&edition).filter(|edition| overview.editions.contains(edition));
        let reader = Reader::named(&reader).filter(|reader| overview.readers.contains(reader));
        let (Some(edition), Some(reader)) = (edition, reader) else { return Err(Refusal::NoPage) };
        let draft = site.state.unit(&unit)?.map(|state| state.draft);
        let sheet = made(&site, &unit, draft, (edition, reader)).await?;
        let (name, pdf) = sheet.file.as_ref().ok_or(Refusal::Faults)?;
        let mut response = attachment(name, "application/pdf", pdf.clone());
        if !showing.inline.is_empty() {
            response.headers_mut().remove(axum::http::header::CONTENT_DISPOSITION);
        }
        Ok(response)
    };
    answer(&site, &headers, page.await).await
}
