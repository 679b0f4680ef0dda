//! Handing in and withdrawing; what the city's coordinator sees, accepts and returns.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::rows::refused;
use super::{Here, answer, html, unit};
use crate::model::schema::FieldType;
use crate::web::clock;
use crate::web::deadline::Deadline;
use crate::web::desk::{Overview, UnitRows};
use crate::web::draft::{CellKey, plain};
use crate::web::frame::Frame;
use crate::web::href;
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::state::{Acceptance, Save, Stage, UnitState};
use crate::web::view::{self, Difference, KnownCell, Pill};
use crate::web::visitor::Visitor;

type Sent = Result<Form<BTreeMap<String, String>>, FormRejection>;

pub(super) fn number(form: &BTreeMap<String, String>) -> Result<i64, Refusal> {
    form.get("version").and_then(|number| number.parse().ok()).ok_or(Refusal::Form)
}

/// Hands the rows of a unit in.
pub async fn submit(State(site): Here, headers: HeaderMap, Path(unit): Path<String>, sent: Sent) -> Response {
    let page = async {
        let visitor = site.editor_of(&headers, &unit)?;
        let Form(form) = sent.map_err(|error| refused(&error))?;
        let number = number(&form)?;
        let overview = site.overview().await?;
        let rows = site.rows(&unit).await?;
        let known = site.state.unit(&unit)?;
        let draft = view::shown(known.as_ref(), &rows);
        let reader = overview.readers.first().copied().ok_or(Refusal::NoPage)?;
        let sheet =
            unit::made(&site, &unit, Some(draft.clone()), (view::looked_at(&overview), reader)).await?;
        if sheet.file.is_none() {
            return Err(Refusal::Faults);
        }
        let (author, at) = (visitor.author.as_str(), clock::now());
        let save = Save { unit: &unit, from: number, draft: &draft, base: &rows.base, author, at };
        site.state.submit(&save)?;
        Ok(Redirect::to(&href(&unit)).into_response())
    };
    answer(&site, &headers, page.await).await
}

/// Takes rows back that were handed in.
pub async fn withdraw(
    State(site): Here,
    headers: HeaderMap,
    Path(unit): Path<String>,
    sent: Sent,
) -> Response {
    let page = async {
        site.editor_of(&headers, &unit)?;
        let Form(form) = sent.map_err(|error| refused(&error))?;
        let at = clock::now();
        site.state.advance((&unit, number(&form)?), &[Stage::Submitted], Stage::Draft, ("", at))?;
        Ok(Redirect::to(&href(&unit)).into_response())
    };
    answer(&site, &headers, page.await).await
}

#[derive(Template)]
#[template(path = "coordinator.html", config = "src/web/askama.toml")]
struct CoordinatorPage {
    frame: Frame,
    notice: String,
    waiting: usize,
    returned: usize,
    open: usize,
    accepted: usize,
    listing: Listing,
    units: Vec<UnitLine>,
    detail: Option<Detail>,
    /// The day as browsers take it; empty if none is set.
    deadline: String,
    /// What is said of it.
    due: String,
    can_decide: bool,
}

/// Which units are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Listing {
    /// Those that the city must decide on.
    Waiting,
    /// Those that the city still waits for.
    Open,
    /// Everything; also what an address asks for that there is not.
    #[default]
    #[serde(other)]
    All,
}

impl Listing {
    fn shows(self, stage: Stage) -> bool {
        match self {
            Self::All => true,
            Self::Waiting => stage == Stage::Submitted,
            Self::Open => !matches!(stage, Stage::Submitted | Stage::Accepted),
        }
    }

    /// What stands behind an address that keeps to it.
    fn query(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Waiting => "&show=waiting",
            Self::Open => "&show=open",
        }
    }

    fn is(self, query: &str) -> bool {
        self.query().trim_start_matches("&show=") == query
    }
}

/// A unit of the list.
struct UnitLine {
    name: String,
    href: String,
    pill: Pill,
    saved: String,
    changed: String,
    /// Whether it was handed in after the deadline.
    is_late: bool,
    is_here: bool,
}

/// The unit that is looked at.
struct Detail {
    name: String,
    pill: Pill,
    saved: String,
    sheet: String,
    version: i64,
    differences: Vec<Difference>,
    unchanged: Vec<KnownCell>,
    phones: usize,
    files: String,
    is_waiting: bool,
    /// Whether it is accepted, and that can be taken back.
    can_take_back: bool,
}

/// Which unit is looked at.
#[derive(serde::Deserialize)]
pub struct SubmissionQuery {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    said: String,
    #[serde(default)]
    show: Listing,
}

/// The states of all units, and one of them in detail.
pub async fn page(State(site): Here, headers: HeaderMap, Query(looking): Query<SubmissionQuery>) -> Response {
    let page = async {
        let visitor = coordinator(&site, &headers)?;
        let overview = site.overview().await?;
        let frame = Frame::new(&overview, &visitor, "/coordinator");
        let known = site.state.units()?;
        let waiting = known.iter().find(|state| state.stage == Stage::Submitted);
        let wanted =
            Some(looking.unit.as_str()).filter(|unit| overview.units.iter().any(|known| known.name == *unit));
        let here = wanted.or(waiting.map(|state| state.unit.as_str()));
        let detail = match here {
            Some(unit) => {
                let state = known.iter().find(|state| state.unit == unit);
                let detail = detail(&site.rows(unit).await?, state, &frame);
                let can_take_back = !site.is_read_only && site.state.acceptance(unit)?.is_some();
                Some(Detail { can_take_back, ..detail })
            }
            None => None,
        };
        let deadline = site.deadline()?;
        let page = listed(&overview, &known, (detail, deadline, &looking), frame);
        html(&CoordinatorPage { can_decide: !site.is_read_only, ..page })
    };
    answer(&site, &headers, page.await).await
}

pub(super) fn coordinator(site: &Arc<Site>, headers: &HeaderMap) -> Result<Visitor, Refusal> {
    let visitor = site.visitor(headers)?;
    if visitor.is_coordinator { Ok(visitor) } else { Err(Refusal::Foreign) }
}

fn listed(
    overview: &Overview,
    known: &[UnitState],
    (detail, deadline, looking): (Option<Detail>, Option<Deadline>, &SubmissionQuery),
    frame: Frame,
) -> CoordinatorPage {
    let state = |name: &str| known.iter().find(|state| state.unit == name);
    let reached = |name: &str| state(name).map(|state| state.stage).unwrap_or_default();
    let count =
        |stages: &[Stage]| overview.units.iter().filter(|unit| stages.contains(&reached(&unit.name))).count();
    let (listing, shown) = (looking.show, looking.show.query());
    let line = |unit: &crate::pipeline::edit::UnitName| {
        let state = state(&unit.name);
        let changed = state.map(|state| state.draft.differences(&state.base).len());
        UnitLine {
            name: unit.name.clone(),
            href: format!("/coordinator?unit={}{shown}", href(&unit.name).trim_start_matches("/units/")),
            pill: Pill::new(reached(&unit.name), 0, &frame),
            saved: state
                .map(|state| clock::moment(state.at, clock::now(), frame.language()))
                .unwrap_or_default(),
            changed: match changed {
                Some(0) => frame.w("なし", "none").to_owned(),
                Some(count) => format!("{count}{}", frame.w("か所", "")),
                None => String::new(),
            },
            is_late: state.is_some_and(|state| {
                state.stage == Stage::Submitted && deadline.is_some_and(|deadline| deadline.is_over(state.at))
            }),
            is_here: detail.as_ref().is_some_and(|detail| detail.name == unit.name),
        }
    };
    let heading = format!("{}{}", overview.units.len(), frame.of_unit("{}のようす", " {}s"));
    let notice = match looking.said.as_str() {
        "accepted" => frame.w("受理して、市の表に書きこみました。", "Accepted and written into the sources."),
        "returned" => frame.w("差し戻しました。", "Returned."),
        "deadline" => frame.w("しめきりを変えました。", "The deadline was changed."),
        "back" => frame.w(
            "受理を取り消し、市の表を元に戻しました。提出は、そのまま待っています。",
            "The acceptance was taken back and the sources restored; what was handed in waits again.",
        ),
        _ => "",
    };
    CoordinatorPage {
        notice: notice.to_owned(),
        waiting: count(&[Stage::Submitted]),
        returned: count(&[Stage::Returned]),
        open: count(&[Stage::Draft, Stage::Untouched]),
        accepted: count(&[Stage::Accepted]),
        listing,
        units: overview.units.iter().filter(|unit| listing.shows(reached(&unit.name))).map(line).collect(),
        detail,
        deadline: deadline.map(Deadline::written).unwrap_or_default(),
        due: deadline.map(|deadline| deadline.words(clock::now(), frame.language())).unwrap_or_default(),
        can_decide: false,
        frame: frame.headed(heading),
    }
}

fn detail(rows: &UnitRows, state: Option<&UnitState>, frame: &Frame) -> Detail {
    let draft = view::shown(state, rows);
    let base = state.map_or_else(|| rows.base.clone(), |state| state.base.fit(&rows.base));
    let is_phone = |key: &CellKey| {
        let column = rows.tables.get(key.table).and_then(|table| table.columns.get(key.column));
        column.is_some_and(|column| column.kind == FieldType::Phone)
    };
    let reached = state.map(|state| state.stage).unwrap_or_default();
    let saved = state.map(|state| {
        let at = clock::moment(state.at, clock::now(), frame.language());
        format!("{at} {}", state.author)
    });
    let files: Vec<&str> = rows.tables.iter().map(|table| table.path.as_str()).collect();
    Detail {
        name: rows.name.name.clone(),
        pill: Pill::new(reached, 0, frame),
        saved: saved.unwrap_or_default(),
        sheet: href(&rows.name.name),
        version: state.map_or(0, |state| state.number),
        phones: draft.differences(&base).iter().filter(|key| is_phone(key)).count(),
        differences: view::differences(&rows.tables, &base, &draft, frame),
        unchanged: view::unchanged(&rows.tables, &base, &draft, frame),
        files: files.join("、"),
        is_waiting: reached == Stage::Submitted,
        can_take_back: false,
    }
}

/// Accepts or returns what was handed in.
pub async fn judge(State(site): Here, headers: HeaderMap, sent: Sent) -> Response {
    let page = async {
        coordinator(&site, &headers)?;
        if site.is_read_only {
            return Err(Refusal::ReadOnly);
        }
        let Form(form) = sent.map_err(|error| refused(&error))?;
        let unit = form.get("unit").ok_or(Refusal::Form)?;
        let number = number(&form)?;
        let remark = plain(form.get("remark").map_or("", |remark| remark.trim()));
        match form.get("do").map(String::as_str) {
            Some("return") if remark.is_empty() => Err(Refusal::Remark),
            Some("return") => {
                let at = clock::now();
                let moved = (remark.as_str(), at);
                if !site.state.advance((unit, number), &[Stage::Submitted], Stage::Returned, moved)? {
                    return Err(Refusal::State(crate::web::state::StateError::Stale));
                }
                Ok(Redirect::to("/coordinator?said=returned").into_response())
            }
            Some("accept") => {
                accept(&site, unit, number).await?;
                Ok(Redirect::to("/coordinator?said=accepted").into_response())
            }
            Some("accept-here") => {
                accept(&site, unit, number).await?;
                let unit = href(unit);
                let unit = unit.trim_start_matches("/units/");
                Ok(Redirect::to(&format!("/coordinator?said=accepted&unit={unit}")).into_response())
            }
            _ => Err(Refusal::Form),
        }
    };
    answer(&site, &headers, page.await).await
}

/// Writes the rows that were handed in into the sources, after what was there went into the history.
async fn accept(site: &Arc<Site>, unit: &str, number: i64) -> Result<(), Refusal> {
    // two units may stand in one file: one after the other
    let _turn = site.accepting.lock().await;
    let known =
        site.state.unit(unit)?.filter(|known| known.number == number && known.stage == Stage::Submitted);
    let known = known.ok_or(Refusal::State(crate::web::state::StateError::Stale))?;
    let before = site.rows(unit).await?.base;
    let acceptance = Acceptance { accepted: known.draft.fit(&before), before, handed_in: known.at };
    let (name, draft, stamp) = (unit.to_owned(), known.draft, clock::stamp(clock::now()));
    site.pool.run(unit, move |desk| desk.accept(&name, &draft, &stamp)).await??;
    let rows = site.rows(unit).await?;
    site.state.accept((unit, number), &rows.base, &acceptance, clock::now())?;
    tracing::info!("rows were accepted");
    Ok(())
}
