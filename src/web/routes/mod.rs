//! The pages by their addresses. No path from a request reaches the file system: what is asked for is looked up by name.

mod accessibility;
mod assets;
mod bundle;
mod city;
mod enter;
mod preview;
mod progress;
mod received;
mod rows;
mod start;
mod submission;
mod unit;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::gate;
use super::refusal::Refusal;
use super::site::Site;

/// The site, as handlers get it.
type Here = State<Arc<Site>>;

/// All pages.
pub fn pages(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(start::page))
        .route("/help", get(start::help))
        .route("/accessibility", get(accessibility::page))
        .route("/language/{code}", get(start::language))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/enter", get(enter::page).post(enter::enter))
        .route("/leave", post(enter::leave))
        .route("/coordinator", get(submission::page).post(submission::judge))
        .route("/coordinator/deadline", post(city::deadline))
        .route("/coordinator/take-back", post(city::take_back))
        .route("/assets/{name}", get(assets::file))
        .route("/preview", get(preview::first))
        .route("/preview/{publication}/{edition}", get(preview::page))
        .route("/preview/{publication}/{edition}/events", get(preview::events))
        .route("/preview/{publication}/{edition}/{file}/places", get(preview::places))
        .route("/preview/{publication}/{edition}/{file}/pdf", get(preview::pdf))
        .route("/preview/{publication}/{edition}/{file}/source/{spot}", get(preview::source))
        .route("/preview/{publication}/{edition}/{file}/{page}", get(preview::picture))
        .route("/units/{unit}", get(unit::page))
        .route("/units/{unit}/rows", post(rows::save))
        .route("/units/{unit}/progress", get(progress::page))
        .route("/units/{unit}/picture/{reader}", get(unit::picture))
        .route("/units/{unit}/sheet/{edition}/{reader}", get(unit::sheet))
        .route("/units/{unit}/submit", post(submission::submit))
        .route("/units/{unit}/withdraw", post(submission::withdraw))
        .route("/units/{unit}/all.zip", get(bundle::all))
        .route("/units/{unit}/rows.xlsx", get(bundle::rows))
        .route("/units/{unit}/upload", get(received::page).post(received::receive))
        .route("/units/{unit}/upload/edit", post(received::edit))
        .route("/units/{unit}/upload/take", post(received::take))
        .route("/units/{unit}/upload/original", get(received::original))
        .route("/units/{unit}/upload/preview.png", get(received::picture))
        .fallback(start::nothing)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), gate::limit))
        .with_state(site)
}

/// A page, or why there is none.
async fn answer(site: &Arc<Site>, headers: &HeaderMap, page: Result<Response, Refusal>) -> Response {
    match page {
        Ok(page) => page,
        Err(refusal) => site.refuse(headers, refusal).await,
    }
}

fn html(page: &impl askama::Template) -> Result<Response, Refusal> {
    Ok(Html(page.render()?).into_response())
}

/// A file to keep; its name is ours.
fn attachment(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", name.replace(['"', '\\', '\r', '\n'], ""));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    (
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)],
        bytes,
    )
        .into_response()
}

fn png(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], bytes).into_response()
}
