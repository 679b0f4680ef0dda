//! What all pages share: the state, the threads that make sheets, and how a request that cannot be answered is refused.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::deadline::Deadline;
use super::desk::{Desk, DeskError, Overview, PublicationName, UnitRows};
use super::frame::Frame;
use super::preview::Previews;
use super::rates::Rates;
use super::state::{State, StateError};
use super::token::Attempts;
use super::visitor::{self, Access, Visitor};
use super::workers::{Pool, PoolError};
use crate::diagnostic::{Language, Say};
use crate::pipeline::edit::{EditError, EncodeError};
use crate::say;

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

/// Why a request is not answered with what it asks for.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such page.
    #[error("no such page")]
    NoPage,
    /// A token is needed.
    #[error("a token is needed")]
    Token,
    /// The page is another unit's.
    #[error("another unit's page")]
    Foreign,
    /// Nothing may be changed.
    #[error("read only")]
    ReadOnly,
    /// What was sent is no form of these pages.
    #[error("no form of these pages")]
    Form,
    /// What was sent is too large.
    #[error("too large")]
    TooLarge,
    /// A file is nothing that can be read; what it is called, and why.
    #[error("a file cannot be read")]
    Unreadable(String, Vec<String>),
    /// A remark is needed.
    #[error("a remark is needed")]
    Remark,
    /// The system has no randomness.
    #[error("no randomness")]
    Random,
    /// Too many previews are looked at.
    #[error("too many previews")]
    Busy,
    /// Something must be mended before.
    #[error("faults are left")]
    Faults,
    /// The state cannot be kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// The threads are busy.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// The project cannot be used.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A page cannot be written.
    #[error(transparent)]
    Page(#[from] askama::Error),
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
        let status = status(&refusal);
        if status.is_server_error() {
            tracing::error!(error = %refusal, "a request was not answered");
        }
        let Ok(overview) = self.overview().await else {
            let words = "いまは開けません。市の担当に知らせてください。\nThis cannot be opened now.\n";
            return (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response();
        };
        let (heading, line, cure) = words(&refusal, visitor.language);
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

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NoPage | Refusal::Desk(DeskError::NoUnit) => StatusCode::NOT_FOUND,
        Refusal::Token => StatusCode::UNAUTHORIZED,
        Refusal::Foreign | Refusal::ReadOnly => StatusCode::FORBIDDEN,
        Refusal::Form => StatusCode::BAD_REQUEST,
        Refusal::TooLarge | Refusal::Desk(DeskError::Stopped(_)) => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Faults | Refusal::Remark | Refusal::Unreadable(..) | Refusal::Desk(DeskError::Edit(_)) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::State(StateError::Locked | StateError::Stale) => StatusCode::CONFLICT,
        Refusal::Busy | Refusal::Pool(PoolError::Full(_)) => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::State(_) | Refusal::Pool(_) | Refusal::Desk(_) | Refusal::Page(_) | Refusal::Random => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// Head, what happened, what to do.
fn words(refusal: &Refusal, language: Language) -> (String, String, String) {
    let ja = language == Language::Japanese;
    let say = |head: (&str, &str), line: (&str, &str), cure: (&str, &str)| {
        let pick = |(one, other): (&str, &str)| if ja { one.to_owned() } else { other.to_owned() };
        (pick(head), pick(line), pick(cure))
    };
    let safe = ("いまの表は変わっていません。", "The rows are as they were.");
    match refusal {
        Refusal::NoPage | Refusal::Token | Refusal::Desk(DeskError::NoUnit) => say(
            ("このページはありません", "There is no such page"),
            ("アドレスが変わったのかもしれません。", "Its address may have changed."),
            ("", ""),
        ),
        Refusal::Foreign => say(
            ("このページは開けません", "This page is not yours"),
            ("ほかの区のページです。開けるのは、あなたの区のページだけです。", "It belongs to another unit."),
            ("", ""),
        ),
        Refusal::ReadOnly => say(
            ("いまは見るだけです", "Nothing can be changed now"),
            safe,
            ("変えられるようになる日を、市の担当に聞いてください。", "Ask the city when it opens again."),
        ),
        Refusal::Form => say(
            ("送られた内容を読めません", "What was sent cannot be read"),
            safe,
            ("ページを開き直して、もう一度送ってください。", "Open the page again and send it once more."),
        ),
        Refusal::TooLarge => say(
            ("ファイルが大きすぎます", "The file is too large"),
            (
                "5 MB までです。表に写真が入っていませんか。いまの表は変わっていません。",
                "5 MB at most. The rows are as they were.",
            ),
            ("写真を消すか、CSV で保存して選び直してください。", "Take the pictures out, or save it as CSV."),
        ),
        Refusal::Unreadable(..) => say(
            ("このファイルは読めません", "This file cannot be read"),
            safe,
            ("元の Excel か CSV を選んでください。", "Choose the workbook or CSV itself."),
        ),
        Refusal::Remark => say(
            ("ひとことがありません", "A remark is missing"),
            ("差し戻すときは、どこを直すかを書いてください。", "What is returned says what is to be mended."),
            ("もどって、ひとことを書いてください。", "Go back and write it."),
        ),
        Refusal::Busy => say(
            ("いま混んでいます", "Too many previews are open"),
            ("同時に見られるのは、8つまでです。", "Eight can be looked at together."),
            ("使っていない画面を閉じて、もう一度開いてください。", "Close some and open this one again."),
        ),
        Refusal::Faults => say(
            ("直すところが残っています", "Faults are left"),
            ("直すところがなくなると、シートを作れます。", "The sheet is made once they are mended."),
            ("もどって、赤いところを直してください。", "Go back and mend what is red."),
        ),
        Refusal::State(StateError::Locked) => say(
            ("市が確かめています", "The city is looking at it"),
            (
                "提出したあとは、取り下げるまで直せません。",
                "What was handed in is changed after it is withdrawn.",
            ),
            ("", ""),
        ),
        Refusal::State(StateError::Stale) => say(
            ("ほかの人が先に保存しました", "Somebody saved before you"),
            ("あなたの入力は、まだ保存していません。", "Your last edit is not saved yet."),
            ("ページを開き直してから、もう一度してください。", "Open the page again."),
        ),
        Refusal::Pool(PoolError::Full(count)) => say(
            ("いま混んでいます", "Many wait"),
            (
                &format!("{count}件が待っています。入力は保存してあります。"),
                &format!("{count} wait before you. What you typed is saved."),
            ),
            ("少し待って、もう一度開いてください。", "Open it again in a moment."),
        ),
        Refusal::Desk(DeskError::Stopped(_)) => {
            let (line, cure) = stopped_words();
            say(
                ("この大きさのファイルは読めません", "This file takes too much to be read"),
                (&line.ja, &line.en),
                (&cure.ja, &cure.en),
            )
        }
        Refusal::Desk(DeskError::Edit(error)) => {
            let (line, cure) = edit_words(error);
            say(
                ("この内容は表に入れられません", "The rows cannot be written"),
                (&line.ja, &line.en),
                (&cure.ja, &cure.en),
            )
        }
        Refusal::State(_) | Refusal::Pool(_) | Refusal::Desk(_) | Refusal::Page(_) | Refusal::Random => say(
            ("うまくいきませんでした", "It did not work"),
            ("入力は、最後に保存したところまで残っています。", "What was saved last is kept."),
            ("少し待って、もう一度してください。", "Try again in a moment."),
        ),
    }
}

/// Why a file that was sent in was not read to its end, and what to do.
fn stopped_words() -> (Say, Say) {
    (
        say!(
            "読むのに時間かメモリがかかりすぎるので、止めました。いまの表は変わっていません。",
            "It took too much time or memory and was stopped. The rows are as they were."
        ),
        say!(
            "区の行だけを残して、CSV で保存して選び直してください。",
            "Keep your own rows only, and save them as CSV."
        ),
    )
}

/// Why rows cannot be put into their file, and what to do.
#[must_use]
pub fn edit_words(error: &EditError) -> (Say, Say) {
    match error {
        EditError::Columns(path) => (
            say!(
                "訂正のファイル（{path}）の列が、市の Excel の列と違います。",
                "The columns of {path} are not those of the city's workbook."
            ),
            say!(
                "市の担当に知らせてください。訂正を Excel に書き写して、このファイルを消すと、また編集できます。",
                "Tell the city: once its rows are in the workbook and the file is deleted, rows can be edited again."
            ),
        ),
        EditError::Encoding { source: EncodeError::Character { character, encoding }, .. } => (
            say!(
                "「{character}」は、市の表の文字コード（{encoding}）で書けません。",
                "{encoding}, in which the file is kept, has no \"{character}\"."
            ),
            say!(
                "ほかの字にするか、市の担当に UTF-8 にしてもらってください。",
                "Write another character, or ask the city to keep the file as UTF-8."
            ),
        ),
        EditError::Encoding { path, .. } => (
            say!(
                "市の表（{path}）に読めない文字があるので、書きかえられません。",
                "{path} holds bytes that would not come back as they are."
            ),
            say!("市の担当に知らせてください。", "Tell the city."),
        ),
        EditError::Changed(path) => (
            say!("市の表（{path}）が、いま書きかえられました。", "{path} has just changed."),
            say!("ページを開き直してください。", "Open the page again."),
        ),
    }
}
