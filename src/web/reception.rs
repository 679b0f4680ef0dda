//! A file that is sent in, as rows of a unit: what of it is for which table, and where each row stands in the file.
//!
//! In: a form with a file, and the unit's tables. Out: a draft with the file's rows in the place of those of the sources; rows
//! of other units, and what could not be told, are notes.

use std::sync::Arc;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;

use super::desk::UnitRows;
use super::draft::{Draft, DraftRow, MOST_ROWS, plain};
use super::engine_process::Received;
use super::gate::MOST_BYTES;
use super::refusal::Refusal;
use super::site::Site;
use super::state::{TablePlaces, Upload};
use crate::model::width;
use crate::pipeline::edit::{ReceivedRow, ReceivedTable, UnitColumn, UnitTable};

/// Bytes of a file; the rest of a body is the form around it.
const MOST_OF_A_FILE: usize = MOST_BYTES - (1 << 20);
/// Rows of other units that are not worth more than their number.
const MOST_NOTES: usize = 20;

/// What was sent.
pub(super) struct Sent {
    name: String,
    bytes: Vec<u8>,
    /// The table that it is for, if the visitor said so.
    into: Option<usize>,
}

/// The parts of a form with a file.
///
/// # Errors
/// [`Refusal`] when the form is none, or the file is too large or missing.
pub(super) async fn parts(mut form: Multipart) -> Result<Sent, Refusal> {
    let too_large = |error: MultipartError| {
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
///
/// # Errors
/// [`Refusal`] when it cannot be read, or has more rows than a unit may have.
pub(super) async fn read(
    site: &Arc<Site>,
    unit: &str,
    rows: &UnitRows,
    sent: Sent,
) -> Result<Upload, Refusal> {
    let Some(first) = rows.tables.get(sent.into.unwrap_or(0)).or(rows.tables.first()) else {
        return Err(Refusal::NoPage);
    };
    let (directory, name, bytes) = (first.directory.clone(), sent.name.clone(), sent.bytes.clone());
    let read = site.reading.run(unit, move |desk| desk.receive(&directory, &name, bytes)).await??;
    let Received { table, mut notes } = read;
    let mut draft = rows.base.clone();
    notes.truncate(MOST_NOTES);
    let Some(table) = table else { return Err(Refusal::Unreadable(sent.name, notes)) };
    let filled = fill(&mut draft, rows, &table, sent.into, &mut notes);
    let (surplus, places) = (filled.surplus, filled.places);
    if surplus > 0 {
        let words = format!("{MOST_ROWS}行までです。{surplus}行多いので、どの行も取り込んでいません。");
        return Err(Refusal::Unreadable(sent.name, vec![words]));
    }
    Ok(Upload { name: sent.name, bytes: sent.bytes, draft, places, notes })
}

/// What came of a file's rows.
struct Filled {
    /// Where they stand in the file, table by table.
    places: Vec<TablePlaces>,
    /// How many of them are too many.
    surplus: usize,
}

/// Puts what was read in the place of the rows of those tables for which there is something.
fn fill(
    draft: &mut Draft,
    rows: &UnitRows,
    read: &ReceivedTable,
    into: Option<usize>,
    notes: &mut Vec<String>,
) -> Filled {
    let own = |cells: &[String]| {
        let named = read.joins.and_then(|column| cells.get(column)).map_or("", |cell| cell.trim());
        named.is_empty() || !rows.others.iter().any(|other| other == named)
    };
    let telling = into.is_none().then(|| telling(&rows.tables, read)).flatten();
    let mut found: Vec<Vec<DraftRow>> = vec![Vec::new(); rows.tables.len()];
    let mut places: Vec<TablePlaces> = vec![TablePlaces::default(); rows.tables.len()];
    let (mut foreign, mut surplus) = (0, 0);
    for ReceivedRow { number, cells } in &read.rows {
        if !own(cells) {
            foreign += 1;
            continue;
        }
        let told = telling.and_then(|column| table_of(&rows.tables, cells.get(column)?));
        let index = into.or(told).unwrap_or(0).min(rows.tables.len().saturating_sub(1));
        let (Some(table), Some(list), Some(of_table)) =
            (rows.tables.get(index), found.get_mut(index), places.get_mut(index))
        else {
            continue;
        };
        if list.len() >= MOST_ROWS {
            surplus += 1;
            continue;
        }
        let id = u32::try_from(list.len() + 1).unwrap_or(u32::MAX);
        list.push(DraftRow { id, cells: cells_of(table, read, cells, &rows.name.name) });
        of_table.rows.push(*number);
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
    for (table, of_table) in rows.tables.iter().zip(&mut places) {
        let number = |column| read.columns.get(column_of(read, column)?)?.number;
        of_table.columns = table.columns.iter().map(number).collect();
    }
    Filled { places, surplus }
}

/// The index of the file's column for one of a table.
fn column_of(read: &ReceivedTable, column: &UnitColumn) -> Option<usize> {
    let name = column.name.as_deref().unwrap_or(&column.header);
    read.columns.iter().position(|known| known.name == name || known.header == column.header)
}

/// The cells of a row in the columns of `table`.
fn cells_of(table: &UnitTable, read: &ReceivedTable, cells: &[String], unit: &str) -> Vec<String> {
    let cell = |column: &UnitColumn| {
        let words = column_of(read, column).and_then(|place| cells.get(place));
        let words = words.map(|words| plain(words)).unwrap_or_default();
        if column.joins && words.trim().is_empty() { unit.to_owned() } else { words }
    };
    table.columns.iter().map(cell).collect()
}

/// The column whose words tell which table a row is for: each of them names one.
fn telling(tables: &[UnitTable], read: &ReceivedTable) -> Option<usize> {
    let tells = |column: &usize| {
        let mut words = read.rows.iter().filter_map(|row| row.cells.get(*column));
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
