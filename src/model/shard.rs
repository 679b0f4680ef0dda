//! A shard: the share of a build that one of several machines makes.
//!
//! In: which of how many, and the weights of all work. Out: which of it this shard does. Every machine parts the work alike,
//! without asking the others.

use serde::{Deserialize, Serialize};

/// One of several shares of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which, from 1.
    index: u32,
    /// Of how many.
    count: u32,
}

/// More machines than that are a slip of the pen.
const MOST: u32 = 10_000;

impl Shard {
    /// Share `index`, from 1, of `count`; none if there is no such share.
    #[must_use]
    pub fn new(index: u32, count: u32) -> Option<Self> {
        ((1..=count).contains(&index) && count <= MOST).then_some(Self { index, count })
    }

    /// Reads `3/16`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (index, count) = text.split_once('/')?;
        Self::new(index.parse().ok()?, count.parse().ok()?)
    }

    /// Which, from 1.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// Of how many.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// The name of its folder: names stand in the order of their numbers.
    #[must_use]
    pub fn folder(self) -> String {
        let digits = self.count.to_string().len();
        format!("{:0digits$}-of-{}", self.index, self.count)
    }

    /// For each of `weights`, heaviest first, whether it is this shard's: each goes to the shard that has least so far.
    #[must_use]
    pub fn takes(self, weights: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut loads = vec![0_usize; self.count as usize];
        let own = self.index as usize - 1;
        let mut give = |weight: usize| {
            let least = loads.iter().enumerate().min_by_key(|(_, load)| **load).map_or(0, |(shard, _)| shard);
            loads[least] += weight;
            least == own
        };
        weights.into_iter().map(&mut give).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_read_and_named() {
        let shard = Shard::read("3/16").expect("a shard");
        assert_eq!((shard.index(), shard.count(), shard.folder().as_str()), (3, 16, "03-of-16"));
        for wrong in ["0/16", "17/16", "3", "a/2", "1/0", "-1/2", "1/2/3", "1/99999"] {
            assert_eq!(Shard::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn all_work_is_done_once_and_shared_evenly() {
        let mut weights: Vec<usize> =
            (0..1_000).map(|at| if at % 50 == 0 { 60 } else { 1 + at % 7 }).collect();
        weights.sort_by_key(|weight| std::cmp::Reverse(*weight));
        let total: usize = weights.iter().sum();
        let mut times = vec![0; weights.len()];
        for index in 1..=16 {
            let taken = Shard::new(index, 16).expect("a shard").takes(weights.iter().copied());
            let load: usize =
                weights.iter().zip(&taken).filter(|(_, takes)| **takes).map(|(weight, _)| weight).sum();
            assert!(load.abs_diff(total / 16) <= 60, "{index}: {load} of {total}");
            times.iter_mut().zip(taken).for_each(|(times, takes)| *times += usize::from(takes));
        }
        assert!(times.iter().all(|times| *times == 1), "{times:?}");
    }
}
