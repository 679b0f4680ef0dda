//! How many requests one visitor may send: more than a person does, fewer than a machine can.
//!
//! In: the session of a request, or the address where there is none. Out: the request goes on, or a page says to wait. What a
//! page loads besides (style, fonts) does not count.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::listener::Peer;
use super::site::Site;
use super::visitor;

/// What one may send.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    /// Requests at once.
    burst: f64,
    /// Requests a second, over time.
    rate: f64,
}

/// Of somebody with a session: a page with its picture and its saving is three.
const SESSION: Allowance = Allowance { burst: 300.0, rate: 20.0 };
/// Of all who come from one address without a session: behind a proxy that is everybody.
const ADDRESS: Allowance = Allowance { burst: 1_000.0, rate: 100.0 };
/// Visitors that are remembered; of more, those with the most left are forgotten.
const MOST: usize = 10_000;
/// What a page says that waits.
const PAGE: &str = include_str!("pages/too-often.html");
/// Paths that cost nothing.
const FREE: [&str; 2] = ["/assets/", "/healthz"];

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sender {
    /// A session by its digest.
    Session(Vec<u8>),
    Address(IpAddr),
}

/// What is left of an allowance.
#[derive(Debug, Clone, Copy)]
struct Left {
    requests: f64,
    at: Instant,
}

/// The requests of everybody lately.
#[derive(Debug, Default)]
pub struct Rates(Mutex<BTreeMap<Sender, Left>>);

impl Rates {
    /// Counts a request; whether it may go on.
    fn admits(&self, sender: Sender, now: Instant) -> bool {
        let allowance = match sender {
            Sender::Session(_) => SESSION,
            Sender::Address(_) => ADDRESS,
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST && !known.contains_key(&sender) {
            // who has a full allowance again is as good as new
            known.retain(|_, left| now.saturating_duration_since(left.at).as_secs() < 60);
        }
        let fresh = Left { requests: allowance.burst, at: now };
        if known.len() >= MOST && !known.contains_key(&sender) {
            return true;
        }
        let left = known.entry(sender).or_insert(fresh);
        let passed = now.saturating_duration_since(left.at).as_secs_f64();
        let requests = (left.requests + passed * allowance.rate).min(allowance.burst);
        let is_admitted = requests >= 1.0;
        *left = Left { requests: if is_admitted { requests - 1.0 } else { requests }, at: now };
        is_admitted
    }
}

fn sender(site: &Site, request: &Request) -> Option<Sender> {
    let secret = visitor::cookie(request.headers(), site.cookie_name());
    let digest = secret.map(|secret| visitor::digest(&secret));
    // whoever makes a session up is counted by the address
    let known = digest.filter(|digest| matches!(site.state.session(digest), Ok(Some(_))));
    let address = || {
        let ConnectInfo(Peer(peer)) = request.extensions().get::<ConnectInfo<Peer>>()?;
        Some(Sender::Address(peer.ip()))
    };
    known.map(Sender::Session).or_else(address)
}

/// Lets a request go on, or says that there were too many.
pub async fn bound(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_free = FREE.iter().any(|free| request.uri().path().starts_with(free));
    let sender = if is_free { None } else { sender(&site, &request) };
    if sender.is_none_or(|sender| site.rates.admits(sender, Instant::now())) {
        return next.run(request).await;
    }
    tracing::warn!("too many requests");
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "10")], Html(PAGE)).into_response()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_sends_too_much_waits_and_nobody_else_does() {
        let (rates, now) = (Rates::default(), Instant::now());
        let (one, other) = (Sender::Session(vec![1]), Sender::Address(IpAddr::from([10, 0, 0, 2])));
        let admitted = (0..1_000).filter(|_| rates.admits(one.clone(), now)).count();
        assert_eq!(admitted, 300);
        assert!(rates.admits(other.clone(), now));
        let later = now + Duration::from_secs(1);
        assert_eq!((0..1_000).filter(|_| rates.admits(one.clone(), later)).count(), 20);
        assert_eq!((0..2_000).filter(|_| rates.admits(other.clone(), later)).count(), 1_000);
    }
}
