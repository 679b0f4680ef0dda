//! Saving the rows: one step a request, and two people's steps brought together.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Here, answer, html};
use crate::pipeline::edit::UnitName;
use crate::web::clock;
use crate::web::desk::UnitRows;
use crate::web::draft::{CellKey, Draft, Merged};
use crate::web::form::{Deed, RowsForm, SentField};
use crate::web::frame::Frame;
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::state::{Save, StateError, SubmissionStep, UnitState};
use crate::web::view::{self, Difference};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "conflict.html", config = "src/web/askama.toml")]
struct ConflictPage {
    frame: Frame,
    name: UnitName,
    href: String,
    who: String,
    at: String,
    version: i64,
    fields: Vec<(String, String)>,
    conflicts: Vec<Conflict>,
    joined: Vec<Joined>,
}

/// A cell that two people changed.
struct Conflict {
    name: String,
    icon: &'static str,
    place: String,
    before: String,
    mine: Words,
    theirs: Words,
}

/// What somebody wrote, and how it differs from what was there.
struct Words {
    words: String,
    change: Difference,
}

/// A cell that one of the two changed.
struct Joined {
    change: Difference,
    who: String,
}

type Sent = Result<Form<Vec<(String, String)>>, FormRejection>;

/// Saves the rows of a form.
pub async fn save(State(site): Here, headers: HeaderMap, Path(unit): Path<String>, sent: Sent) -> Response {
    let page = async {
        let visitor = site.editor_of(&headers, &unit)?;
        let Form(pairs) = sent.map_err(|error| refused(&error))?;
        let fields = pairs.into_iter().map(|(name, value)| SentField { name, value }).collect();
        let form = RowsForm::parse(fields).ok_or(Refusal::Form)?;
        step(&site, &visitor, &unit, &form).await
    };
    answer(&site, &headers, page.await).await
}

/// What is said of a body that cannot be read.
pub fn refused(error: &FormRejection) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refusal::TooLarge } else { Refusal::Form }
}

async fn step(site: &Arc<Site>, visitor: &Visitor, unit: &str, form: &RowsForm) -> Result<Response, Refusal> {
    let rows = site.rows(unit).await?;
    let known = site.state.unit(unit)?;
    let before = match (form.version, &known) {
        (0, _) => rows.base.clone(),
        (number, _) => site.state.version(unit, number)?.ok_or(Refusal::Form)?.draft.fit(&rows.base),
    };
    let mut mine = form.rows(&before).ok_or(Refusal::Form)?;
    let joins: Vec<Option<usize>> =
        rows.tables.iter().map(|table| table.columns.iter().position(|column| column.joins)).collect();
    form.act(&mut mine, unit, &joins);
    if form.deed == Deed::Restart {
        mine = rows.base.clone();
    }
    let step = match form.deed {
        Deed::Undo => Some(SubmissionStep::Undo),
        Deed::Redo => Some(SubmissionStep::Redo),
        _ => None,
    };
    if let Some(step) = step.filter(|_| mine == before) {
        site.state.step(unit, step, clock::now())?;
        return Ok(Redirect::to(&crate::web::href(unit)).into_response());
    }
    let save = |from: i64, draft: &Draft| {
        let (author, at) = (visitor.author.as_str(), clock::now());
        site.state.save(&Save { unit, from, draft, base: &rows.base, author, at })
    };
    match save(form.version, &mine) {
        Err(StateError::Stale) => {}
        saved => {
            saved?;
            // a step back from what was typed and not saved yet
            if let Some(step) = step {
                site.state.step(unit, step, clock::now())?;
            }
            return Ok(Redirect::to(&place(unit, &form.deed)).into_response());
        }
    }
    let Some(theirs) = known else { return Err(Refusal::State(StateError::Stale)) };
    let merged = Draft::merge(&before, &mine, &theirs.draft.fit(&rows.base));
    if merged.conflicts.is_empty() {
        save(theirs.number, &merged.draft)?;
        return Ok(Redirect::to(&place(unit, &form.deed)).into_response());
    }
    let frame = Frame::new(&site.overview().await?, visitor, &crate::web::href(unit));
    let page = conflict_page(&rows, (&before, &theirs), &merged, frame);
    Ok((StatusCode::CONFLICT, html(&page)?).into_response())
}

/// The page, at the row that was touched.
fn place(unit: &str, deed: &Deed) -> String {
    let href = crate::web::href(unit);
    match deed {
        Deed::Up(table, row) | Deed::Down(table, row) => format!("{href}#row-{table}-{row}"),
        Deed::Write { cell, .. } => format!("{href}#c-{cell}"),
        _ => href,
    }
}

fn conflict_page(
    rows: &UnitRows,
    (before, theirs): (&Draft, &UnitState),
    merged: &Merged,
    frame: Frame,
) -> ConflictPage {
    let mut fields = Vec::new();
    for (index, table) in merged.draft.tables.iter().enumerate() {
        for row in &table.rows {
            fields.push((format!("row-{index}"), row.id.to_string()));
            let cells = row
                .cells
                .iter()
                .enumerate()
                .map(|(column, cell)| (CellKey { table: index, row: row.id, column }, cell))
                .filter(|(key, _)| !merged.conflicts.contains(key));
            fields.extend(cells.map(|(key, cell)| (format!("c-{key}"), cell.clone())));
        }
    }
    let theirs_now = theirs.draft.fit(&rows.base);
    let words = |draft: &Draft, key| draft.cell(key).unwrap_or_default().to_owned();
    let written = |draft: &Draft, key| {
        let words = words(draft, key);
        let change = view::parts(before.cell(key).unwrap_or_default(), &words);
        Words { words, change }
    };
    let conflicts = merged.conflicts.iter().map(|key| Conflict {
        name: format!("c-{key}"),
        icon: rows.tables.get(key.table).map_or("place", |table| view::icon(&table.icon)),
        place: view::place(&rows.tables, &merged.draft, *key, &frame),
        before: words(before, *key),
        mine: written(&merged.draft, *key),
        theirs: written(&theirs_now, *key),
    });
    let conflicts: Vec<Conflict> = conflicts.collect();
    let someone = frame.w("ほかの人", "Somebody else");
    let who = if theirs.author.is_empty() { someone } else { theirs.author.as_str() }.to_owned();
    let joined = merged.draft.differences(before).into_iter().filter(|key| !merged.conflicts.contains(key));
    let joined = joined.map(|key| Joined {
        who: if merged.theirs.contains(&key) { who.clone() } else { frame.w("あなた", "You").to_owned() },
        change: Difference {
            place: view::place(&rows.tables, &merged.draft, key, &frame),
            ..view::parts(before.cell(key).unwrap_or_default(), merged.draft.cell(key).unwrap_or_default())
        },
    });
    let joined: Vec<Joined> = joined.collect();
    let heading = frame.w("同じところを、2人が直しました", "Two people changed the same cell").to_owned();
    ConflictPage {
        at: clock::moment(theirs.at, clock::now(), frame.language()),
        frame: frame.headed(heading),
        name: rows.name.clone(),
        href: crate::web::href(&rows.name.name),
        who,
        version: theirs.number,
        fields,
        conflicts,
        joined,
    }
}
