//! How many requests one visitor may send: more than a person does, fewer than a machine can.
//!
//! In: the session of a request, or the address where there is none, and the time. Out: whether the request may go on.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

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

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sender {
    /// A session by its digest.
    Session(Vec<u8>),
    /// An address.
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
    pub(super) fn admits(&self, sender: Sender, now: Instant) -> bool {
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
