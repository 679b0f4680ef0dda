//! What every request passes before a page sees it: the host it is for, where it comes from, what it may carry, how long it
//! may take; and the headers that every answer has.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::listener::Peer;
use super::rates::{Sender, Work};
use super::site::Site;
use super::visitor;

/// Bytes of a body; a file may have a little less.
pub const MOST_BYTES: usize = 6 << 20;
/// Longest wait for the next piece of a body.
const BODY_PAUSE: Duration = Duration::from_secs(10);
/// Longest time from the first header to the end of a page.
const LONGEST: Duration = Duration::from_mins(2);

/// What a page may load and do: its own files, and nothing of the sort within it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// The names under which the server may be called, each with its port where that is not the usual one.
#[must_use]
pub fn hosts(bound: SocketAddr, public: Option<&str>) -> Vec<String> {
    let port = bound.port();
    let mut hosts: Vec<String> =
        ["127.0.0.1", "localhost", "[::1]"].iter().map(|name| format!("{name}:{port}")).collect();
    if port == 80 {
        hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(str::to_owned));
    }
    let public = public.and_then(|url| url.split_once("://")).map(|(_, rest)| rest.trim_end_matches('/'));
    hosts.extend(public.map(str::to_lowercase));
    hosts
}

/// Puts the gates before `pages`.
pub fn guard(pages: Router, hosts: Vec<String>) -> Router {
    let hosts: Arc<[String]> = hosts.into();
    pages
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MOST_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, FELL_OVER)))
        .layer(CsrfLayer::new().with_rejection_response(|_| refusal(StatusCode::FORBIDDEN, FOREIGN)))
        .layer(middleware::from_fn(move |request, next| of_host(Arc::clone(&hosts), request, next)))
        .layer(middleware::from_fn(dressed))
}

const FOREIGN: &str = "ほかのページから送られたものは受け付けません。このページを開き直してください。\n\
                       This was sent from another site and is refused. Open the page again.\n";
const HOST: &str = "このアドレスでは開けません。市の担当に聞いたアドレスで開いてください。\n\
                    This server does not answer under that name.\n";
const FELL_OVER: &str = "うまくいきませんでした。入力は、最後に保存したところまで残っています。\n\
                         It did not work. What was saved last is kept.\n";

fn refusal(status: StatusCode, words: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response()
}

/// An exact list of names, before anything else: a name that was rebound to this address has an origin that equals it.
async fn of_host(hosts: Arc<[String]>, request: Request, next: Next) -> Response {
    let one = |headers: &HeaderMap| {
        let mut all = headers.get_all(header::HOST).iter();
        let first = all.next()?.to_str().ok()?.to_lowercase();
        all.next().is_none().then_some(first)
    };
    let named = one(request.headers());
    // a target with a host of its own says the same, or is refused
    let target = request.uri().authority().map(|authority| authority.as_str().to_lowercase());
    let is_known = named.as_ref().is_some_and(|name| hosts.contains(name));
    if !is_known || target.is_some_and(|target| Some(target) != named) {
        return refusal(StatusCode::MISDIRECTED_REQUEST, HOST);
    }
    next.run(request).await
}

async fn dressed(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // a page shows what is true now; what may be kept says so itself
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What a page says that waits.
const TOO_OFTEN: &str = include_str!("pages/too-often.html");
/// What work a request makes.
fn work(request: &Request) -> Work {
    let path = request.uri().path();
    let is_upload = request.method() == Method::POST && path.ends_with("/upload");
    match path {
        "/healthz" => Work::Nothing,
        // they are in memory, and the page that says "too many" needs them too
        _ if path.starts_with("/assets/") => Work::Nothing,
        _ if is_upload || path.ends_with("/all.zip") => Work::Much,
        _ => Work::Page,
    }
}

/// Who sent a request: by the session, or by the address where there is none.
fn sender(site: &Site, request: &Request) -> Option<Sender> {
    let secret = visitor::cookie(request.headers(), site.cookie_name());
    // whoever makes a session up is counted by the address
    let known = secret.and_then(|secret| site.state.session(&visitor::digest(&secret)).ok()?);
    let address = || {
        let ConnectInfo(Peer(peer)) = request.extensions().get::<ConnectInfo<Peer>>()?;
        Some(Sender::Address(peer.ip()))
    };
    known.map(|session| Sender::Unit(session.unit)).or_else(address)
}

/// Lets a request go on, or says that there were too many.
pub async fn limit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let work = work(&request);
    // who asks for what is not counted need not be looked up
    let sender = if work == Work::Nothing { None } else { sender(&site, &request) };
    if sender.is_none_or(|sender| site.rates.admits(sender, work, Instant::now())) {
        return next.run(request).await;
    }
    tracing::warn!("too many requests");
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "10")], Html(TOO_OFTEN)).into_response()
}
