//! How many requests one visitor may send: more than a person does, fewer than a machine can.
//!
//! In: the unit for whose sessions a request is, or the address where there is no session, what work it makes, and the time.
//! Out: whether the request may go on.

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

/// Of all with a token of one unit: a page with its picture and its saving is three.
const UNIT: Allowance = Allowance { burst: 300.0, rate: 20.0 };
/// Of all who come from one address without a session: behind a proxy that is everybody.
const ADDRESS: Allowance = Allowance { burst: 600.0, rate: 60.0 };
/// Visitors that are remembered; of more, those with the most left are forgotten.
const MOST: usize = 10_000;

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sender {
    /// Sessions of a unit; of the coordinator, if it is empty.
    Unit(String),
    /// An address.
    Address(IpAddr),
}

/// What work a request makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// None: it is not counted.
    Nothing,
    /// A page or a picture.
    Page,
    /// To read a file that is sent in, or to make all editions.
    Much,
}

impl Work {
    /// How many pages it counts.
    fn cost(self) -> f64 {
        match self {
            Self::Nothing => 0.0,
            Self::Page => 1.0,
            Self::Much => 10.0,
        }
    }
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
    pub(super) fn admits(&self, sender: Sender, work: Work, now: Instant) -> bool {
        let allowance = match sender {
            Sender::Unit(_) => UNIT,
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
        let cost = work.cost();
        let is_admitted = requests >= cost;
        *left = Left { requests: if is_admitted { requests - cost } else { requests }, at: now };
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
        let (one, other) = (Sender::Unit("西区".to_owned()), Sender::Address(IpAddr::from([10, 0, 0, 2])));
        let admitted = |sender: &Sender, work, now| {
            (0..1_000).filter(|_| rates.admits(sender.clone(), work, now)).count()
        };
        assert_eq!(admitted(&one, Work::Page, now), 300);
        assert_eq!(admitted(&other, Work::Page, now), 600);
        let later = now + Duration::from_secs(1);
        assert_eq!(admitted(&one, Work::Page, later), 20);
        assert_eq!(admitted(&other, Work::Much, later), 6, "a file counts as ten pages");
        assert_eq!(admitted(&one, Work::Nothing, later), 1_000);
    }
}
