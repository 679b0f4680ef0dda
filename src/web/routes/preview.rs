//! The authors' preview: the pages as they will print, anew at every save; from a spot on a page to its source and back.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use percent_encoding::utf8_percent_encode;

use super::{Here, answer, attachment, html, png};
use crate::model::edition::Edition;
use crate::model::length::Length;
use crate::model::origin::{Origin, Place};
use crate::web::PLAIN;
use crate::web::frame::Frame;
use crate::web::preview::{Made, Preview, PreviewFile, Wanted};
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::visitor::Visitor;

/// How far from the trim words are to stay, in millimetres.
const SAFE: f64 = 3.0;

/// How long a first page is waited for before it is said that it is being made.
const FIRST: Duration = Duration::from_secs(1);

/// How the pages are shown.
#[derive(Debug, Default, serde::Deserialize)]
pub struct PreviewQuery {
    /// Which file.
    #[serde(default)]
    file: usize,
    /// `spread` for two pages beside each other.
    #[serde(default)]
    view: String,
}

#[derive(Template)]
#[template(path = "preview.html", config = "src/web/askama.toml")]
struct PreviewPage {
    frame: Frame,
    publications: Vec<Choice>,
    editions: Vec<Choice>,
    files: Vec<Choice>,
    base: String,
    file: usize,
    number: u64,
    seconds: String,
    is_spread: bool,
    has_bleed: bool,
    pages: Vec<PageView>,
    findings: Vec<String>,
    failure: Option<String>,
    single: String,
    spread: String,
}

/// Something that may be looked at.
struct Choice {
    name: String,
    href: String,
    is_here: bool,
}

/// A page: lengths in millimetres.
struct PageView {
    number: usize,
    width: f64,
    height: f64,
    /// From the left and the upper edge of what is shown to the trim.
    margin: f64,
    bleed: f64,
    safe: f64,
    /// Whether it lies on the right of a spread: pages with odd numbers do.
    is_right: bool,
    trim_width: f64,
    trim_height: f64,
}

impl PageView {
    fn new(number: usize, (width, height): (Length, Length), bleed: Length) -> Self {
        let (trim_width, trim_height, margin) = (width.to_mm(), height.to_mm(), bleed.to_mm());
        Self {
            number,
            width: trim_width + 2.0 * margin,
            height: trim_height + 2.0 * margin,
            margin,
            bleed: margin,
            safe: margin + SAFE,
            is_right: number % 2 == 1,
            trim_width,
            trim_height,
        }
    }

    fn safe_width(&self) -> f64 {
        self.trim_width - 2.0 * SAFE
    }

    fn safe_height(&self) -> f64 {
        self.trim_height - 2.0 * SAFE
    }
}

fn name_of(file: &PreviewFile) -> &str {
    file.path.rsplit('/').next().unwrap_or(&file.path)
}

fn path_of(publication: &str, edition: Edition) -> String {
    format!("/preview/{}/{}", utf8_percent_encode(publication, PLAIN), edition.name())
}

/// Only who looks after the whole project sees all of it.
fn author(site: &Arc<Site>, headers: &HeaderMap) -> Result<Visitor, Refusal> {
    let visitor = site.visitor(headers)?;
    if visitor.is_coordinator { Ok(visitor) } else { Err(Refusal::Foreign) }
}

async fn opened(
    site: &Arc<Site>,
    publication: &str,
    edition: &str,
) -> Result<(Wanted, Arc<Preview>), Refusal> {
    let publications = site.publications().await?;
    let known = publications.into_iter().find(|known| known.name == publication).ok_or(Refusal::NoPage)?;
    let edition =
        Edition::named(edition).filter(|edition| known.editions.contains(edition)).ok_or(Refusal::NoPage)?;
    let wanted = Wanted { publication: known.name, edition };
    let preview = site.previews.open(&wanted).ok_or(Refusal::Busy)?;
    Ok((wanted, preview))
}

/// The first publication.
pub async fn first(State(site): Here, headers: HeaderMap) -> Response {
    let page = async {
        author(&site, &headers)?;
        let publications = site.publications().await?;
        let first = publications.iter().find_map(|one| Some((&one.name, *one.editions.first()?)));
        let (name, edition) = first.ok_or(Refusal::NoPage)?;
        Ok(Redirect::to(&path_of(name, edition)).into_response())
    };
    answer(&site, &headers, page.await).await
}

/// A preview.
#[derive(Debug, serde::Deserialize)]
pub struct PreviewPath {
    publication: String,
    edition: String,
}

/// The pages of a publication in an edition.
pub async fn page(
    State(site): Here,
    headers: HeaderMap,
    Path(PreviewPath { publication, edition }): Path<PreviewPath>,
    Query(look): Query<PreviewQuery>,
) -> Response {
    let page = async {
        let visitor = author(&site, &headers)?;
        let (wanted, preview) = opened(&site, &publication, &edition).await?;
        let made = tokio::time::timeout(FIRST, preview.made_at_all()).await;
        let made = made.unwrap_or_else(|_| preview.made());
        let overview = site.overview().await?;
        let base = path_of(&wanted.publication, wanted.edition);
        let frame = Frame::new(&overview, &visitor, &base);
        let mut page = html(&shown(&site, (&wanted, &made), &look, frame).await?)?;
        if made.number == 0 {
            page.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
        }
        Ok(page)
    };
    answer(&site, &headers, page.await).await
}

async fn shown(
    site: &Arc<Site>,
    (wanted, made): (&Wanted, &Made),
    look: &PreviewQuery,
    frame: Frame,
) -> Result<PreviewPage, Refusal> {
    let base = path_of(&wanted.publication, wanted.edition);
    let known = site.publications().await?;
    let choice = |name: &str, href: String, is_here: bool| Choice { name: name.to_owned(), href, is_here };
    let publications = known.iter().filter_map(|one| {
        let edition =
            one.editions.iter().find(|edition| **edition == wanted.edition).or(one.editions.first())?;
        Some(choice(&one.name, path_of(&one.name, *edition), one.name == wanted.publication))
    });
    let own = known.iter().find(|one| one.name == wanted.publication);
    let editions = own.into_iter().flat_map(|one| &one.editions).map(|edition| {
        choice(edition.name(), path_of(&wanted.publication, *edition), *edition == wanted.edition)
    });
    let file = look.file.min(made.files.len().saturating_sub(1));
    let files = made
        .files
        .iter()
        .enumerate()
        .map(|(index, one)| choice(name_of(one), format!("{base}?file={index}"), index == file));
    let sizes = made.files.get(file).map(|file| file.pages.clone()).unwrap_or_default();
    let pages = sizes.into_iter().zip(1..).map(|(size, number)| PageView::new(number, size, made.bleed));
    Ok(PreviewPage {
        publications: publications.collect(),
        editions: editions.collect(),
        files: files.collect(),
        file,
        number: made.number,
        seconds: format!("{:.2}", made.time.as_secs_f64()),
        is_spread: look.view == "spread",
        has_bleed: made.bleed > Length::default(),
        pages: pages.collect(),
        findings: made.findings.clone(),
        failure: made.failure.clone(),
        single: format!("{base}?file={file}"),
        spread: format!("{base}?file={file}&view=spread"),
        frame: frame.headed(wanted.publication.clone()),
        base,
    })
}

/// A file of a preview.
#[derive(Debug, serde::Deserialize)]
pub struct FilePath {
    publication: String,
    edition: String,
    file: usize,
}

/// A page of a file, from 1.
#[derive(Debug, serde::Deserialize)]
pub struct PagePath {
    publication: String,
    edition: String,
    file: usize,
    page: usize,
}

/// A spot among the places of a file, from 0.
#[derive(Debug, serde::Deserialize)]
pub struct SpotPath {
    publication: String,
    edition: String,
    file: usize,
    spot: usize,
}

/// The picture of one page.
pub async fn picture(
    State(site): Here,
    headers: HeaderMap,
    Path(PagePath { publication, edition, file, page }): Path<PagePath>,
) -> Response {
    let picture = async {
        author(&site, &headers)?;
        let (_, preview) = opened(&site, &publication, &edition).await?;
        let made = preview.made();
        let draw = move || {
            let pdf = made.files.get(file)?.pdf.as_ref()?;
            pdf.page(page.checked_sub(1)?)?.png.into()
        };
        let drawn: Option<Vec<u8>> = tokio::task::spawn_blocking(draw).await.ok().flatten();
        Ok(png(drawn.ok_or(Refusal::NoPage)?))
    };
    answer(&site, &headers, picture.await).await
}

/// A cell or line on a page: lengths in millimetres from the trim.
#[derive(serde::Serialize)]
struct Spot {
    page: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// `file:line:column`, or `file:sheet!C7`.
    at: String,
}

fn spots(file: &PreviewFile) -> Vec<Spot> {
    let spot = |placement: &crate::typeset::PlacedOrigin| Spot {
        page: placement.page,
        x: placement.rect.x.to_mm(),
        y: placement.rect.y.to_mm(),
        width: placement.rect.width.to_mm(),
        height: placement.rect.height.to_mm(),
        at: placement.origin.to_string(),
    };
    file.placements.iter().map(spot).collect()
}

/// Where each cell and line of a file landed.
pub async fn places(
    State(site): Here,
    headers: HeaderMap,
    Path(FilePath { publication, edition, file }): Path<FilePath>,
) -> Response {
    let places = async {
        author(&site, &headers)?;
        let (_, preview) = opened(&site, &publication, &edition).await?;
        let made = preview.made();
        let spots = spots(made.files.get(file).ok_or(Refusal::NoPage)?);
        Ok(Json(spots).into_response())
    };
    answer(&site, &headers, places.await).await
}

/// The file that is looked at.
pub async fn pdf(
    State(site): Here,
    headers: HeaderMap,
    Path(FilePath { publication, edition, file }): Path<FilePath>,
) -> Response {
    let pdf = async {
        author(&site, &headers)?;
        let (_, preview) = opened(&site, &publication, &edition).await?;
        let made = preview.made();
        let file = made.files.get(file).ok_or(Refusal::NoPage)?;
        let pdf = file.pdf.as_ref().ok_or(Refusal::NoPage)?;
        Ok(attachment(name_of(file), "application/pdf", pdf.bytes().to_vec()))
    };
    answer(&site, &headers, pdf.await).await
}

/// A line of a source.
#[derive(serde::Serialize)]
struct SourceLine {
    number: usize,
    words: String,
    is_here: bool,
}

/// Lines shown before and behind the one that is looked at.
const AROUND: usize = 3;
/// The most characters of a line that are shown.
const WIDE: usize = 300;

/// The lines of a source around `origin`; none where it is no text.
fn lines(origin: &Origin) -> Vec<SourceLine> {
    let (Place::Text { line, .. } | Place::Cell { line, .. }) = origin.place else { return Vec::new() };
    let here = usize::try_from(line).unwrap_or_default();
    let shown = origin.source.text.lines().zip(1..).skip(here.saturating_sub(AROUND + 1));
    let shown = shown.take_while(|(_, number)| *number <= here + AROUND);
    shown
        .map(|(words, number)| SourceLine {
            number,
            words: words.chars().take(WIDE).collect(),
            is_here: number == here,
        })
        .collect()
}

/// The lines around the place of a spot, as they were when the page was made: its number among the places of the file.
pub async fn source(
    State(site): Here,
    headers: HeaderMap,
    Path(SpotPath { publication, edition, file, spot }): Path<SpotPath>,
) -> Response {
    let lines = async {
        author(&site, &headers)?;
        let (_, preview) = opened(&site, &publication, &edition).await?;
        let made = preview.made();
        let file = made.files.get(file).ok_or(Refusal::NoPage)?;
        Ok(Json(lines(&file.placements.get(spot).ok_or(Refusal::NoPage)?.origin)).into_response())
    };
    answer(&site, &headers, lines.await).await
}

/// The number of what is made, each time that it is made anew.
pub async fn events(
    State(site): Here,
    headers: HeaderMap,
    Path(PreviewPath { publication, edition }): Path<PreviewPath>,
) -> Response {
    let events = async {
        author(&site, &headers)?;
        let (_, preview) = opened(&site, &publication, &edition).await?;
        let told = (preview.numbers(), site.previews.closing(), preview);
        let next = |(mut numbers, mut closing, preview): (_, tokio::sync::watch::Receiver<bool>, _)| async move {
            let numbers_there: &mut tokio::sync::watch::Receiver<u64> = &mut numbers;
            tokio::select! {
                changed = numbers_there.changed() => changed.ok()?,
                _ = closing.wait_for(|is_closed| *is_closed) => return None,
            }
            let number = *numbers.borrow_and_update();
            Some((
                Ok::<_, Infallible>(Event::default().data(number.to_string())),
                (numbers, closing, preview),
            ))
        };
        Ok(Sse::new(stream::unfold(told, next)).keep_alive(KeepAlive::default()).into_response())
    };
    answer(&site, &headers, events.await).await
}
