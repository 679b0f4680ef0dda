//! What all pages share: the state, the threads that make sheets, and how a request that cannot be answered is refused.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::bundles::Bundles;
use super::deadline::Deadline;
use super::desk::{Desk, DeskError, Overview, PublicationName, UnitRows};
use super::frame::Frame;
use super::preview::Previews;
use super::rates::Rates;
use super::refusal::Refusal;
use super::state::State;
use super::token::Attempts;
use super::visitor::{self, Access, Visitor};
use super::workers::Pool;
use crate::diagnostic::Language;

/// What all pages share.
pub struct Site {
    /// Drafts and what else must not be forgotten.
    pub state: State,
    /// The threads that make sheets.
    pub pool: Pool,
    /// The one that reads files which are sent in: however large they are, sheets are made beside it.
    pub reading: Pool,
    /// Who may use the server.
    pub access: Access,
    /// Tokens that were wrong.
    pub attempts: Attempts,
    /// Requests of everybody lately.
    pub rates: Rates,
    /// What is made of many files.
    pub bundles: Bundles,
    /// Held while rows are written into the sources.
    pub accepting: tokio::sync::Mutex<()>,
    /// Whether browsers reach it by TLS.
    pub is_secure: bool,
    /// Whether nothing may be changed.
    pub is_read_only: bool,
    /// The language until somebody chooses.
    pub language: Language,
    /// What authors look at.
    pub previews: Previews,
}

/// A page that says that something did not work, and what to do.
#[derive(Template)]
#[template(path = "message.html", config = "src/web/askama.toml")]
struct MessagePage {
    frame: Frame,
    tone: &'static str,
    icon: &'static str,
    lines: Vec<String>,
    cure: String,
    href: String,
    action: String,
}

impl Site {
    /// The name of the cookie of its sessions.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.is_secure { visitor::SECURE_COOKIE } else { visitor::COOKIE }
    }

    /// Who asks.
    ///
    /// # Errors
    /// [`Refusal::Token`] when a token is needed and none was shown.
    pub fn visitor(&self, headers: &HeaderMap) -> Result<Visitor, Refusal> {
        let visitor = Visitor::of(headers, (&self.state, self.access), (self.cookie_name(), self.language))?;
        visitor.ok_or(Refusal::Token)
    }

    /// Who asks for a page of `unit`.
    ///
    /// # Errors
    /// [`Refusal`] when it is not theirs.
    pub fn visitor_of(&self, headers: &HeaderMap, unit: &str) -> Result<Visitor, Refusal> {
        let visitor = self.visitor(headers)?;
        if visitor.may_see(unit) { Ok(visitor) } else { Err(Refusal::Foreign) }
    }

    /// Who changes something of `unit`.
    ///
    /// # Errors
    /// [`Refusal`] when they may not.
    pub fn editor_of(&self, headers: &HeaderMap, unit: &str) -> Result<Visitor, Refusal> {
        if self.is_read_only {
            return Err(Refusal::ReadOnly);
        }
        self.visitor_of(headers, unit)
    }

    /// What the project is.
    ///
    /// # Errors
    /// [`Refusal`] when its manifest cannot be used.
    pub async fn overview(&self) -> Result<Overview, Refusal> {
        Ok(self.pool.run("", Desk::overview).await??)
    }

    /// The day until which wards hand in, if one was set.
    ///
    /// # Errors
    /// [`Refusal`] when the state cannot be read.
    pub fn deadline(&self) -> Result<Option<Deadline>, Refusal> {
        Ok(self.state.deadline()?.as_deref().and_then(Deadline::read))
    }

    /// The publications of the project.
    ///
    /// # Errors
    /// [`Refusal`] when its manifest cannot be used.
    pub async fn publications(&self) -> Result<Vec<PublicationName>, Refusal> {
        Ok(self.pool.run("", Desk::publications).await??)
    }

    /// The rows of a unit in the sources.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such unit.
    pub async fn rows(&self, unit: &str) -> Result<UnitRows, Refusal> {
        let name = unit.to_owned();
        match self.pool.run(unit, move |desk| desk.rows(&name)).await? {
            Err(DeskError::NoUnit) => Err(Refusal::NoPage),
            rows => Ok(rows?),
        }
    }

    /// The answer to a request that cannot be answered with what it asks for.
    pub async fn refuse(self: &Arc<Self>, headers: &HeaderMap, refusal: Refusal) -> Response {
        if matches!(refusal, Refusal::Token) {
            return Redirect::to("/enter").into_response();
        }
        let visitor = self.visitor(headers).unwrap_or_else(|_| Visitor::stranger(headers, self.language));
        let status = refusal.status();
        if status.is_server_error() {
            tracing::error!(error = %refusal, "a request was not answered");
        }
        let Ok(overview) = self.overview().await else {
            let words = "いまは開けません。市の担当に知らせてください。\nThis cannot be opened now.\n";
            return (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response();
        };
        let told = refusal.words();
        let [heading, line, cure] =
            [told.heading, told.line, told.cure].map(|say| say.in_language(visitor.language).to_owned());
        let frame = Frame::new(&overview, &visitor, "/").headed(heading);
        let href = visitor.unit.as_deref().map_or_else(|| "/".to_owned(), super::href);
        let action = frame.w("もどる", "Back").to_owned();
        let lines = match refusal {
            Refusal::Unreadable(name, why) => [vec![name], why, vec![line]].concat(),
            _ => vec![line],
        };
        let page = MessagePage {
            frame,
            tone: if status == StatusCode::SERVICE_UNAVAILABLE { "wait" } else { "fault" },
            icon: if status == StatusCode::FORBIDDEN { "lock" } else { "warn" },
            lines,
            cure,
            href,
            action,
        };
        match page.render() {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => status.into_response(),
        }
    }
}
