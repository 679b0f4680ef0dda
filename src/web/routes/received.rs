//! A file that is sent in: read, checked, shown with what was found, mended cell by cell, and taken over or not.
//!
//! Until it is taken over, the unit's rows stay as they are; the file is kept as it was sent.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Multipart, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::rows::refused;
use super::{Here, answer, attachment, html, unit};
use crate::diagnostic::Language;
use crate::model::origin::column_letters;
use crate::pipeline::edit::{UnitName, UnitTable};
use crate::pipeline::survey;
use crate::web::clock;
use crate::web::draft::{CellKey, Draft, plain};
use crate::web::frame::Frame;
use crate::web::reception;
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::state::{Save, TablePlaces, Upload};
use crate::web::view::{self, CellMessage, Difference};
use crate::web::visitor::Visitor;

/// Takes a file in.
pub async fn receive(
    State(site): Here,
    headers: HeaderMap,
    Path(unit): Path<String>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let page = async {
        site.editor_of(&headers, &unit)?;
        let sent = reception::parts(form.map_err(|_| Refusal::Form)?).await?;
        let rows = site.rows(&unit).await?;
        let upload = reception::read(&site, &unit, &rows, sent).await?;
        site.state.put_upload(&unit, &upload, clock::now())?;
        Ok(Redirect::to(&format!("{}/upload", crate::web::href(&unit))).into_response())
    };
    answer(&site, &headers, page.await).await
}

#[derive(Template)]
#[template(path = "received.html", config = "src/web/askama.toml")]
struct ReceivedPage {
    frame: Frame,
    name: UnitName,
    href: String,
    file: String,
    rows: usize,
    fixes: usize,
    blocking: usize,
    notes: Vec<String>,
    faults: Vec<Found>,
    others: Vec<String>,
    differences: Vec<Difference>,
    is_made: bool,
    stamp: i64,
}

/// A fault with its row.
struct Found {
    state: &'static str,
    name: String,
    words: String,
    hints: Vec<String>,
    place: String,
    /// The number of the row in the file; empty if the row is not from it.
    row: String,
    headers: Vec<String>,
    cells: Vec<String>,
    column: usize,
    value: String,
    fix: Option<String>,
}

/// What was found in the file.
pub async fn page(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        let visitor = site.visitor_of(&headers, &unit)?;
        show(&site, &visitor, &unit).await
    };
    answer(&site, &headers, page.await).await
}

async fn show(site: &Arc<Site>, visitor: &Visitor, unit: &str) -> Result<Response, Refusal> {
    let Some(upload) = site.state.upload(unit)? else {
        return Ok(Redirect::to(&crate::web::href(unit)).into_response());
    };
    let overview = site.overview().await?;
    let rows = site.rows(unit).await?;
    let draft = upload.draft.fit(&rows.base);
    let wanted = (view::looked_at(&overview), overview.readers.first().copied().ok_or(Refusal::NoPage)?);
    let sheet = unit::made(site, unit, Some(draft.clone()), wanted).await?;
    let frame = Frame::new(&overview, visitor, &format!("{}/upload", crate::web::href(unit)));
    let messages = view::messages(&rows.tables, &draft, &sheet, &frame);
    let blocking = view::count(&messages, "fault");
    let is_made = sheet.file.is_some();
    let others = sheet.findings.others.iter().filter(|_| !is_made && blocking == 0);
    let others: Vec<String> =
        others.map(|one| one.message.in_language(frame.language()).to_owned()).collect();
    let mut faults: Vec<Found> = Vec::new();
    for (key, all) in &messages {
        let place = FoundPlace::of(&upload.places, *key);
        faults.extend(all.iter().map(|message| found(&rows.tables, &draft, (*key, message), &place, &frame)));
    }
    faults.sort_by_key(|found| found.state != "fault");
    let heading = if blocking + others.len() > 0 {
        let words = frame.w("直すところが{}件あります", "{} to mend");
        words.replace("{}", &(blocking + others.len()).to_string())
    } else {
        frame.w("直すところはありません", "Nothing to mend").to_owned()
    };
    html(&ReceivedPage {
        rows: draft.tables.iter().map(|table| table.rows.len()).sum(),
        fixes: faults.iter().filter(|found| found.fix.is_some()).count(),
        blocking: blocking + others.len(),
        notes: upload.notes,
        differences: view::differences(&rows.tables, &rows.base, &draft, &frame),
        frame: frame.headed(heading),
        name: rows.name,
        href: crate::web::href(unit),
        file: upload.name,
        faults,
        others,
        is_made,
        stamp: clock::now(),
    })
}

/// Where the row of a fault stands in the file.
struct FoundPlace<'p> {
    /// The columns of its table in the file.
    columns: &'p [Option<u32>],
    row: Option<u32>,
}

impl<'p> FoundPlace<'p> {
    /// The place of a cell of the draft: rows of a file are counted from 1.
    fn of(places: &'p [TablePlaces], key: CellKey) -> Self {
        let Some(table) = places.get(key.table) else { return Self { columns: &[], row: None } };
        let at = usize::try_from(key.row).ok().and_then(|id| id.checked_sub(1));
        Self { columns: &table.columns, row: at.and_then(|at| table.rows.get(at)).copied() }
    }

    /// A header as a spreadsheet shows it, with the letter of its column in the file.
    fn lettered(&self, at: usize, header: &str) -> String {
        let number = self.columns.get(at).copied().flatten();
        number.map_or_else(|| header.to_owned(), |number| format!("{} {header}", column_letters(number)))
    }

    /// The place of a cell as a spreadsheet counts; none where the file has no such cell.
    fn words(&self, at: usize, header: &str, frame: &Frame) -> Option<String> {
        let (row, number) = (self.row?, self.columns.get(at).copied().flatten()?);
        let letters = column_letters(number);
        Some(match frame.language() {
            Language::Japanese => format!("{row}行目 {letters}列「{header}」"),
            Language::English => format!("Row {row}, column {letters} “{header}”"),
        })
    }
}

fn found(
    tables: &[UnitTable],
    draft: &Draft,
    (key, message): (CellKey, &CellMessage),
    place: &FoundPlace<'_>,
    frame: &Frame,
) -> Found {
    let headers = tables.get(key.table).map(|table| table.columns.as_slice()).unwrap_or_default();
    let rows = draft.tables.get(key.table).map(|table| table.rows.as_slice()).unwrap_or_default();
    let row = rows.iter().find(|row| row.id == key.row);
    let lettered = headers.iter().enumerate().map(|(at, known)| place.lettered(at, &known.header));
    let header = headers.get(key.column).map_or("", |known| known.header.as_str());
    let by_table = || view::place(tables, draft, key, frame);
    Found {
        state: message.state,
        name: format!("fix-{key}"),
        words: message.words.clone(),
        hints: message.hints.clone(),
        place: place.words(key.column, header, frame).unwrap_or_else(by_table),
        row: place.row.map(|row| row.to_string()).unwrap_or_default(),
        headers: lettered.collect(),
        cells: row.map(|row| row.cells.clone()).unwrap_or_default(),
        column: key.column,
        value: row.and_then(|row| row.cells.get(key.column)).cloned().unwrap_or_default(),
        fix: message.fix.clone(),
    }
}

type Pairs = Result<Form<Vec<(String, String)>>, FormRejection>;

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Mends a cell of the file's rows, or all that have a certain fix.
pub async fn edit(State(site): Here, headers: HeaderMap, Path(unit): Path<String>, sent: Pairs) -> Response {
    let page = async {
        let visitor = site.editor_of(&headers, &unit)?;
        let Form(pairs) = sent.map_err(|error| refused(&error))?;
        let mut upload = site.state.upload(&unit)?.ok_or(Refusal::NoPage)?;
        let deed = value(&pairs, "do").ok_or(Refusal::Form)?;
        if deed == "fix-all" {
            fix_all(&site, &visitor, &unit, &mut upload).await?;
        } else {
            let (name, words) = match deed {
                "write" => (value(&pairs, "name"), value(&pairs, "value")),
                _ => deed.split_once('=').map_or((None, None), |(name, words)| (Some(name), Some(words))),
            };
            let key = name.and_then(|name| name.strip_prefix("fix-")).and_then(CellKey::parse);
            let cell = key.and_then(|key| upload.draft.cell_mut(key)).ok_or(Refusal::Form)?;
            *cell = plain(words.ok_or(Refusal::Form)?);
        }
        site.state.put_upload(&unit, &upload, clock::now())?;
        Ok(Redirect::to(&format!("{}/upload", crate::web::href(&unit))).into_response())
    };
    answer(&site, &headers, page.await).await
}

async fn fix_all(
    site: &Arc<Site>,
    visitor: &Visitor,
    unit: &str,
    upload: &mut Upload,
) -> Result<(), Refusal> {
    let overview = site.overview().await?;
    let rows = site.rows(unit).await?;
    let draft = upload.draft.fit(&rows.base);
    let wanted = (view::looked_at(&overview), overview.readers.first().copied().ok_or(Refusal::NoPage)?);
    let sheet = unit::made(site, unit, Some(draft.clone()), wanted).await?;
    let messages = view::messages(&rows.tables, &draft, &sheet, &Frame::new(&overview, visitor, "/"));
    upload.draft = draft;
    for (key, all) in messages {
        let fix = all.into_iter().find_map(|message| message.fix);
        if let Some((cell, fix)) = upload.draft.cell_mut(key).zip(fix) {
            *cell = fix;
        }
    }
    Ok(())
}

/// Takes the rows over as a draft, or lets the file go.
pub async fn take(State(site): Here, headers: HeaderMap, Path(unit): Path<String>, sent: Pairs) -> Response {
    let page = async {
        let visitor = site.editor_of(&headers, &unit)?;
        let Form(pairs) = sent.map_err(|error| refused(&error))?;
        if value(&pairs, "do") == Some("take")
            && let Some(upload) = site.state.upload(&unit)?
        {
            let rows = site.rows(&unit).await?;
            let from = site.state.unit(&unit)?.map_or(0, |state| state.number);
            let draft = renumber(upload.draft.fit(&rows.base), &rows.base);
            let (author, at) = (visitor.author.as_str(), clock::now());
            site.state.save(&Save { unit: &unit, from, draft: &draft, base: &rows.base, author, at })?;
        }
        Ok(Redirect::to(&crate::web::href(&unit)).into_response())
    };
    answer(&site, &headers, page.await).await
}

/// Rows of a file stand for those of the sources in their order; more of them are new.
fn renumber(mut draft: Draft, base: &Draft) -> Draft {
    for (table, old) in draft.tables.iter_mut().zip(&base.tables) {
        let mut next = old.next_id();
        for (index, row) in table.rows.iter_mut().enumerate() {
            row.id = old.rows.get(index).map_or(next, |row| row.id);
            next += u32::from(index >= old.rows.len());
        }
    }
    draft
}

/// The file as it was sent.
pub async fn original(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        let upload = site.state.upload(&unit)?.ok_or(Refusal::NoPage)?;
        let ending = upload.name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let mut known = survey::endings().into_iter().chain(["txt"]);
        let ending = known.find(|known| *known == ending).unwrap_or("bin");
        Ok(attachment(&format!("original.{ending}"), "application/octet-stream", upload.bytes))
    };
    answer(&site, &headers, page.await).await
}

/// The picture of the sheet with the file's rows.
pub async fn picture(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        let upload = site.state.upload(&unit)?.ok_or(Refusal::NoPage)?;
        let overview = site.overview().await?;
        let wanted = (view::looked_at(&overview), overview.readers.first().copied().ok_or(Refusal::NoPage)?);
        unit::drawn(&site, &unit, Some(upload.draft), wanted).await
    };
    answer(&site, &headers, page.await).await
}
