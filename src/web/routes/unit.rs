//! The page of a unit, its picture and its files.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::{Here, answer, attachment, html, png};
use crate::diagnostic::Say;
use crate::model::edition::{Edition, Reader};
use crate::pipeline::edit::UnitName;
use crate::web::clock;
use crate::web::desk::{DeskError, Overview, Sheet, UnitRows};
use crate::web::draft::Draft;
use crate::web::frame::Frame;
use crate::web::site::{Refusal, Site};
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
            let (line, cure) = crate::web::site::edit_words(&error);
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

fn unit_page(parts: Parts, frame: Frame) -> UnitPage {
    let Parts { overview, rows, state, draft, sheet, reader, problem, notice, can_write } = parts;
    let href = crate::web::href(&rows.name.name);
    let messages = sheet.as_ref().map(|sheet| view::messages(&rows.tables, &draft, sheet, &frame));
    let messages = messages.unwrap_or_default();
    let is_made = sheet.as_ref().is_some_and(|sheet| sheet.file.is_some());
    let (cell_faults, checks) = (view::count(&messages, "fault"), view::count(&messages, "check"));
    let first = messages.iter().find(|(_, all)| all.iter().any(|message| message.state == "fault"));
    let first_fault = first.map(|((table, id, column), _)| format!("c-{table}-{id}-{column}"));
    let mut others: Vec<String> =
        problem.iter().map(|words| words.in_language(frame.language()).to_owned()).collect();
    if let Some(sheet) = sheet.as_ref().filter(|_| !is_made && cell_faults == 0) {
        let found =
            sheet.findings.others.iter().map(|one| one.message.in_language(frame.language()).to_owned());
        others.extend(found);
    }
    let faults = cell_faults + others.len();
    let stage = state.as_ref().map(|state| state.stage).unwrap_or_default();
    let version = state.as_ref().map_or(0, |state| state.number);
    let base = state.as_ref().map_or_else(|| rows.base.clone(), |state| state.base.fit(&rows.base));
    let saved = state.as_ref().map(|state| {
        let at = clock::moment(state.at, clock::now(), frame.language());
        frame.w("{} に保存しました", "Saved {}").replace("{}", &at)
    });
    let handed_in = state.as_ref().map(|state| {
        let at = clock::moment(state.at, clock::now(), frame.language());
        if state.author.is_empty() {
            return at;
        }
        format!("{at}　{}{}", frame.w("提出した人：", "by "), state.author)
    });
    let why = sheet.as_ref().and_then(|sheet| sheet.why.clone());
    let tabs = overview.readers.iter().map(|known| Tab {
        title: frame.reader(*known),
        href: format!("{href}?reader={}", known.name()),
        is_here: *known == reader,
    });
    let heading = if faults > 0 {
        frame.w("要修正{}件 ", "{} to mend: ").replace("{}", &faults.to_string()) + &rows.name.name
    } else {
        rows.name.name.clone()
    };
    UnitPage {
        pill: Pill::new(stage, faults, &frame),
        saved: saved.unwrap_or_default(),
        notice,
        remark: state
            .as_ref()
            .filter(|_| stage == Stage::Returned)
            .map(|state| state.remark.clone())
            .unwrap_or_default(),
        mode: match (can_write, stage) {
            (false, _) => Mode::View,
            (true, Stage::Submitted) => Mode::Submitted,
            (true, _) => Mode::Edit,
        },
        version,
        faults,
        checks,
        first_fault: first_fault.unwrap_or_default(),
        others,
        steps: Steps {
            undo: state.as_ref().is_some_and(|state| state.can_undo),
            redo: state.as_ref().is_some_and(|state| state.can_redo),
        },
        differences: view::differences(&rows.tables, &base, &draft, &frame),
        groups: view::groups(&rows, &base, &draft, messages),
        tabs: tabs.collect(),
        is_made,
        due: String::new(),
        handed_in: handed_in.unwrap_or_default(),
        picture: format!("{href}/picture/{}?version={version}", reader.name()),
        large: format!("{href}/sheet/{}/{}?inline=1", view::looked_at(&overview).name(), reader.name()),
        why: why.map(|why| why.in_language(frame.language()).to_owned()).unwrap_or_default(),
        reader_title: frame.reader(reader),
        downloads: view::downloads(&overview, &href, reader, &frame),
        frame: frame.headed(heading),
        name: rows.name,
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

/// Where the unit stands in the queue, from 1; 0 where nothing of it waits.
pub async fn place(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        Ok(site.pool.place(&unit).unwrap_or(0).to_string().into_response())
    };
    answer(&site, &headers, page.await).await
}

/// The picture of a unit's sheet.
pub async fn picture(
    State(site): Here,
    headers: HeaderMap,
    Path((unit, reader)): Path<(String, String)>,
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

/// A unit's sheet as PDF: the bytes that the command line makes of the same rows.
pub async fn sheet(
    State(site): Here,
    headers: HeaderMap,
    Path((unit, edition, reader)): Path<(String, String, String)>,
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
