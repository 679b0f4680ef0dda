//! A file that is sent in: read, checked, shown with what was found, mended cell by cell, and taken over or not.
//!
//! Until it is taken over, the unit's rows stay as they are; the file is kept as it was sent.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::rows::refused;
use super::{Here, answer, attachment, html, unit};
use crate::model::width;
use crate::pipeline::edit::{ReceivedTable, UnitName, UnitTable};
use crate::pipeline::survey;
use crate::web::clock;
use crate::web::desk::UnitRows;
use crate::web::draft::{Draft, DraftRow, MOST_ROWS, plain};
use crate::web::engine_process::Received;
use crate::web::form;
use crate::web::frame::Frame;
use crate::web::gate::MOST_BYTES;
use crate::web::site::{Refusal, Site};
use crate::web::state::{Save, Upload};
use crate::web::view::{self, CellMessage, Difference};
use crate::web::visitor::Visitor;

/// Bytes of a file; the rest of a body is the form around it.
const MOST_OF_A_FILE: usize = MOST_BYTES - (1 << 20);
/// Rows of other units that are not worth more than their number.
const MOST_NOTES: usize = 20;

/// Takes a file in.
pub async fn receive(
    State(site): Here,
    headers: HeaderMap,
    Path(unit): Path<String>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let page = async {
        site.editor_of(&headers, &unit)?;
        let sent = parts(form.map_err(|_| Refusal::Form)?).await?;
        let rows = site.rows(&unit).await?;
        let upload = read(&site, &unit, &rows, sent).await?;
        site.state.put_upload(&unit, &upload, clock::now())?;
        Ok(Redirect::to(&format!("{}/upload", crate::web::href(&unit))).into_response())
    };
    answer(&site, &headers, page.await).await
}

/// What was sent.
struct Sent {
    name: String,
    bytes: Vec<u8>,
    /// The table that it is for, if the visitor said so.
    into: Option<usize>,
}

async fn parts(mut form: Multipart) -> Result<Sent, Refusal> {
    let too_large = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::Form }
    };
    let mut sent = Sent { name: String::new(), bytes: Vec::new(), into: None };
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        match field.name() {
            Some("file") => {
                let name = plain(field.file_name().unwrap_or_default());
                let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
                sent.name = name;
                sent.bytes = field.bytes().await.map_err(too_large)?.to_vec();
            }
            Some("into") => sent.into = field.text().await.map_err(too_large)?.parse().ok(),
            _ => {}
        }
    }
    if sent.bytes.len() > MOST_OF_A_FILE {
        return Err(Refusal::TooLarge);
    }
    if sent.bytes.is_empty() { Err(Refusal::Form) } else { Ok(sent) }
}

/// Reads a file into the tables of the unit.
async fn read(site: &Arc<Site>, unit: &str, rows: &UnitRows, sent: Sent) -> Result<Upload, Refusal> {
    let Some(first) = rows.tables.get(sent.into.unwrap_or(0)).or(rows.tables.first()) else {
        return Err(Refusal::NoPage);
    };
    let (directory, name, bytes) = (first.directory.clone(), sent.name.clone(), sent.bytes.clone());
    let read = site.pool.run(unit, move |desk| desk.receive(&directory, &name, bytes)).await??;
    let Received { table, mut notes } = read;
    let mut draft = rows.base.clone();
    notes.truncate(MOST_NOTES);
    let Some(table) = table else { return Err(Refusal::Unreadable(sent.name, notes)) };
    let surplus = fill(&mut draft, rows, &table, sent.into, &mut notes);
    if surplus > 0 {
        let words = format!("{MOST_ROWS}行までです。{surplus}行多いので、どの行も取り込んでいません。");
        return Err(Refusal::Unreadable(sent.name, vec![words]));
    }
    Ok(Upload { name: sent.name, bytes: sent.bytes, draft, notes })
}

/// Puts what was read in the place of the rows of those tables for which there is something; how many rows are too many.
fn fill(
    draft: &mut Draft,
    rows: &UnitRows,
    read: &ReceivedTable,
    into: Option<usize>,
    notes: &mut Vec<String>,
) -> usize {
    let own = |cells: &[String]| {
        let named = read.joins.and_then(|column| cells.get(column)).map_or("", |cell| cell.trim());
        named.is_empty() || !rows.others.iter().any(|other| other == named)
    };
    let telling = into.is_none().then(|| telling(&rows.tables, read)).flatten();
    let mut found: Vec<Vec<DraftRow>> = vec![Vec::new(); rows.tables.len()];
    let (mut foreign, mut surplus) = (0, 0);
    for (_, cells) in &read.rows {
        if !own(cells) {
            foreign += 1;
            continue;
        }
        let told = telling.and_then(|column| table_of(&rows.tables, cells.get(column)?));
        let index = into.or(told).unwrap_or(0).min(rows.tables.len().saturating_sub(1));
        let (Some(table), Some(list)) = (rows.tables.get(index), found.get_mut(index)) else { continue };
        if list.len() >= MOST_ROWS {
            surplus += 1;
            continue;
        }
        let id = u32::try_from(list.len() + 1).unwrap_or(u32::MAX);
        list.push(DraftRow { id, cells: cells_of(table, read, cells, &rows.name.name) });
    }
    if telling.is_none() && into.is_none() && rows.tables.len() > 1 {
        let first = rows.tables.first().map_or("", |table| table.title.as_str());
        notes.push(format!(
            "種類の列がないので、すべて「{first}」の行として読みました。ちがうときは、窓口を選んで送り直してください。"
        ));
    }
    if foreign > 0 {
        notes.push(format!("ほかの{foreign}行は、ほかの区の行なので使いません。"));
    }
    for (table, list) in draft.tables.iter_mut().zip(found) {
        // a file of one kind says nothing of the others
        if !list.is_empty() {
            table.rows = list;
        }
    }
    surplus
}

/// The cells of a row in the columns of `table`.
fn cells_of(table: &UnitTable, read: &ReceivedTable, cells: &[String], unit: &str) -> Vec<String> {
    let cell = |column: &crate::pipeline::edit::UnitColumn| {
        let name = column.name.as_deref().unwrap_or(&column.header);
        let place = read.columns.iter().position(|(header, known)| known == name || *header == column.header);
        let words = place.and_then(|place| cells.get(place)).map(|words| plain(words)).unwrap_or_default();
        if column.joins && words.trim().is_empty() { unit.to_owned() } else { words }
    };
    table.columns.iter().map(cell).collect()
}

/// The column whose words tell which table a row is for: each of them names one.
fn telling(tables: &[UnitTable], read: &ReceivedTable) -> Option<usize> {
    let tells = |column: &usize| {
        let mut words = read.rows.iter().filter_map(|(_, cells)| cells.get(*column));
        !read.rows.is_empty() && words.all(|words| table_of(tables, words).is_some())
    };
    (0..read.columns.len()).filter(|column| Some(*column) != read.joins).find(tells)
}

/// The table that `words` name: its title, or a part of it.
fn table_of(tables: &[UnitTable], words: &str) -> Option<usize> {
    let words = width::fold(words.trim()).into_owned();
    let names = |table: &UnitTable| {
        let title = width::fold(&table.title).into_owned();
        !words.is_empty() && (title.contains(&words) || words.contains(&title) || table.directory == words)
    };
    let mut found = tables.iter().enumerate().filter(|(_, table)| names(table)).map(|(index, _)| index);
    let first = found.next()?;
    found.next().is_none().then_some(first)
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
    let found = messages.iter().flat_map(|(key, all)| {
        all.iter().map(|message| found(&rows.tables, &draft, (*key, message), &frame))
    });
    let mut faults: Vec<Found> = found.collect();
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

fn found(
    tables: &[UnitTable],
    draft: &Draft,
    ((table, id, column), message): ((usize, u32, usize), &CellMessage),
    frame: &Frame,
) -> Found {
    let headers = tables.get(table).map(|table| table.columns.as_slice()).unwrap_or_default();
    let rows = draft.tables.get(table).map(|table| table.rows.as_slice()).unwrap_or_default();
    let row = rows.iter().find(|row| row.id == id);
    let lettered = headers.iter().enumerate().map(|(at, known)| view::lettered(at, &known.header));
    Found {
        state: message.state,
        name: format!("fix-{table}-{id}-{column}"),
        words: message.words.clone(),
        hints: message.hints.clone(),
        place: view::place(tables, draft, (table, id, column), frame),
        headers: lettered.collect(),
        cells: row.map(|row| row.cells.clone()).unwrap_or_default(),
        column,
        value: row.and_then(|row| row.cells.get(column)).cloned().unwrap_or_default(),
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
            let key = name.and_then(|name| name.strip_prefix("fix-")).and_then(form::cell);
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
