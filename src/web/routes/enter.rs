//! Coming in by a token, and going.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::rows::refused;
use super::{Here, answer, html};
use crate::web::clock;
use crate::web::draft::plain;
use crate::web::frame::Frame;
use crate::web::listener::Peer;
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::token;
use crate::web::visitor::{self, Access, Visitor};

#[derive(Template)]
#[template(path = "enter.html", config = "src/web/askama.toml")]
struct EnterPage {
    frame: Frame,
    problem: String,
    cure: String,
    author: String,
}

/// What a form of this page holds.
#[derive(serde::Deserialize)]
pub struct EnterQuery {
    #[serde(default)]
    token: String,
    #[serde(default)]
    author: String,
}

/// The page that asks for a token.
pub async fn page(State(site): Here, headers: HeaderMap) -> Response {
    answer(&site, &headers, asking(&site, &headers, None, "").await).await
}

/// Why a token opened nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Unknown,
    Revoked,
    TooOften,
}

async fn asking(
    site: &Arc<Site>,
    headers: &HeaderMap,
    problem: Option<Problem>,
    author: &str,
) -> Result<Response, Refusal> {
    let stranger = Visitor::stranger(headers, site.language);
    let frame = Frame::new(&site.overview().await?, &stranger, "/enter");
    let heading = frame.of_unit("{}のパスコードを入れてください", "Enter the passcode of your {}");
    let (words, cure) = match problem {
        None => ("", ""),
        Some(Problem::Unknown) => (
            frame.w("パスコードがちがいます。", "That is no passcode."),
            frame.w("届いたものをもう一度確かめてください。", "Look once more at what was sent to you."),
        ),
        Some(Problem::Revoked) => (
            frame.w("このパスコードは使えなくなりました。", "That passcode holds no more."),
            frame.w(
                "市の担当が新しいものに替えました。書きかけの内容は、そのまま残っています。",
                "The city has made a new one. Drafts are kept.",
            ),
        ),
        Some(Problem::TooOften) => (
            frame.w("何度もちがったので、15分入れません。", "Too many were wrong; wait 15 minutes."),
            frame.w("急ぐときは、市の担当に知らせてください。", "If it is urgent, tell the city."),
        ),
    };
    let page = EnterPage {
        problem: words.to_owned(),
        cure: cure.to_owned(),
        author: author.to_owned(),
        frame: frame.headed(heading),
    };
    let page = html(&page)?;
    let status = match problem {
        None => StatusCode::OK,
        Some(Problem::TooOften) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNAUTHORIZED,
    };
    Ok((status, page).into_response())
}

/// Begins a session of who shows a token.
pub async fn enter(
    State(site): Here,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    headers: HeaderMap,
    sent: Result<Form<EnterQuery>, FormRejection>,
) -> Response {
    let page = async {
        let Form(shown) = sent.map_err(|error| refused(&error))?;
        if site.access == Access::Open {
            return Ok(Redirect::to("/").into_response());
        }
        let author: String = plain(shown.author.trim()).chars().take(40).collect();
        let now = clock::now();
        if site.attempts.is_barred(peer.ip(), now) {
            return asking(&site, &headers, Some(Problem::TooOften), &author).await;
        }
        let digest = visitor::digest(&token::plain(&shown.token));
        let problem = match site.state.token(&digest)? {
            Some(known) if !known.is_revoked => {
                let secret = token::secret().map_err(|_| Refusal::Random)?;
                site.state.begin_session(&visitor::digest(&secret), &digest, &author, now)?;
                let to = if known.unit.is_empty() {
                    "/coordinator".to_owned()
                } else {
                    crate::web::href(&known.unit)
                };
                let cookie = cookie(&site, &secret, 12 * 3_600);
                return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response());
            }
            Some(_) => Problem::Revoked,
            None => Problem::Unknown,
        };
        site.attempts.count(peer.ip(), now);
        asking(&site, &headers, Some(problem), &author).await
    };
    answer(&site, &headers, page.await).await
}

fn cookie(site: &Site, secret: &str, seconds: u32) -> String {
    let name = site.cookie_name();
    let secure = if site.is_secure { "; Secure" } else { "" };
    format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Ends the session.
pub async fn leave(State(site): Here, headers: HeaderMap) -> Response {
    let page = || {
        if let Some(secret) = visitor::cookie(&headers, site.cookie_name()) {
            site.state.end_session(&visitor::digest(&secret))?;
        }
        let gone = cookie(&site, "", 0);
        Ok(([(header::SET_COOKIE, gone)], Redirect::to("/enter")).into_response())
    };
    let page = page();
    answer(&site, &headers, page).await
}
