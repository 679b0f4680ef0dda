//! What the coordinator decides beside judging: the deadline, and taking an acceptance back.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::rows::refused;
use super::submission::{coordinator, number};
use super::{Here, answer, html};
use crate::web::clock;
use crate::web::deadline::Deadline;
use crate::web::desk::UnitRows;
use crate::web::draft::Draft;
use crate::web::frame::Frame;
use crate::web::href;
use crate::web::refusal::Refusal;
use crate::web::restoration::{self, Restoration};
use crate::web::site::Site;
use crate::web::state::{Acceptance, Stage, StateError};
use crate::web::view;
use crate::web::visitor::Visitor;

type Sent = Result<Form<BTreeMap<String, String>>, FormRejection>;

#[derive(Template)]
#[template(path = "taking-back.html", config = "src/web/askama.toml")]
struct TakingBackPage {
    frame: Frame,
    name: String,
    version: i64,
    files: String,
    /// Whether rows came or went: then nothing is taken back here.
    is_moved: bool,
    conflicts: Vec<Conflict>,
}

/// A cell that was changed since it was accepted.
struct Conflict {
    place: String,
    before: String,
    accepted: String,
    now: String,
}

/// Who may decide.
fn decider(site: &Arc<Site>, headers: &HeaderMap) -> Result<Visitor, Refusal> {
    let visitor = coordinator(site, headers)?;
    if site.is_read_only { Err(Refusal::ReadOnly) } else { Ok(visitor) }
}

/// Sets the deadline, or takes it away.
pub async fn deadline(State(site): Here, headers: HeaderMap, sent: Sent) -> Response {
    let page = || {
        decider(&site, &headers)?;
        let Form(form) = sent.map_err(|error| refused(&error))?;
        let written = form.get("deadline").map_or("", |written| written.trim());
        let day = match written {
            "" => None,
            written => Some(Deadline::read(written).ok_or(Refusal::Form)?.written()),
        };
        site.state.set_deadline(day.as_deref(), clock::now())?;
        Ok(Redirect::to("/coordinator?said=deadline").into_response())
    };
    let page = page();
    answer(&site, &headers, page).await
}

/// Takes an acceptance back.
pub async fn take_back(State(site): Here, headers: HeaderMap, sent: Sent) -> Response {
    let page = async {
        let visitor = decider(&site, &headers)?;
        let Form(form) = sent.map_err(|error| refused(&error))?;
        let unit = form.get("unit").ok_or(Refusal::Form)?;
        let number = number(&form)?;
        // rows are written by one after the other
        let _turn = site.accepting.lock().await;
        let known = site.state.unit(unit)?;
        let is_it = known.is_some_and(|known| known.number == number && known.stage == Stage::Accepted);
        let acceptance = site.state.acceptance(unit)?.filter(|_| is_it);
        let acceptance = acceptance.ok_or(Refusal::State(StateError::Stale))?;
        let rows = site.rows(unit).await?;
        let Acceptance { before, accepted, handed_in } = acceptance;
        let (before, accepted) = (before.fit(&rows.base), accepted.fit(&rows.base));
        let restored = restoration::restore(&before, &accepted, &rows.base);
        let leaves_conflicts = form.get("leave").is_some_and(|leave| leave == "yes");
        let draft = match restored {
            Some(restored) if restored.conflicts.is_empty() || leaves_conflicts => restored.draft,
            other => {
                let frame = Frame::new(&site.overview().await?, &visitor, "/coordinator");
                let page = conflict_page(&rows, (&before, &accepted), other, (number, frame));
                return Ok((StatusCode::CONFLICT, html(&page)?).into_response());
            }
        };
        let (name, stamp) = (unit.clone(), clock::stamp(clock::now()));
        site.pool.run(unit, move |desk| desk.accept(&name, &draft, &stamp)).await??;
        let rows = site.rows(unit).await?;
        let acceptance = Acceptance { before, accepted, handed_in };
        site.state.take_back((unit, number), &acceptance, &rows.base, clock::now())?;
        tracing::info!("an acceptance was taken back");
        let back = format!("/coordinator?said=back&unit={}", href(unit).trim_start_matches("/units/"));
        Ok(Redirect::to(&back).into_response())
    };
    answer(&site, &headers, page.await).await
}

fn conflict_page(
    rows: &UnitRows,
    (before, accepted): (&Draft, &Draft),
    restored: Option<Restoration>,
    (version, frame): (i64, Frame),
) -> TakingBackPage {
    let is_moved = restored.is_none();
    let conflicts = restored.into_iter().flat_map(|restored| {
        let words = |draft: &Draft, key| draft.cell(key).unwrap_or_default().to_owned();
        let conflict = |key| Conflict {
            place: view::place(&rows.tables, accepted, key, &frame),
            before: words(before, key),
            accepted: words(accepted, key),
            now: words(&restored.now, key),
        };
        restored.conflicts.iter().map(|key| conflict(*key)).collect::<Vec<_>>()
    });
    let conflicts = conflicts.collect();
    let files: Vec<&str> = rows.tables.iter().map(|table| table.path.as_str()).collect();
    let heading = frame.w("受理したあとで、市の表が直されています", "The sources were changed since");
    TakingBackPage {
        name: rows.name.name.clone(),
        version,
        files: files.join("、"),
        is_moved,
        conflicts,
        frame: frame.clone().headed(heading),
    }
}
