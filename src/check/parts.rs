//! Long directories looked through by all cores: records in parts, the results in the order of the records.
//!
//! In: records and what is asked of a part of them. Out: one answer a part; pairs of records with the same key.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use rustc_hash::FxHasher;

use crate::model::cores;
use crate::model::directory::Record;

/// Records of one part; a list that is no longer is looked through where it is.
const PART: usize = 1 << 14;

/// Asks `look` of every part of `records`, with the index of its first record.
pub fn each<'r, T: Send>(records: &'r [Record], look: impl Fn(usize, &'r [Record]) -> T + Sync) -> Vec<T> {
    let parts: Vec<(usize, &'r [Record])> =
        records.chunks(PART).enumerate().map(|(at, part)| (at * PART, part)).collect();
    cores::each(&parts, |(at, part)| look(*at, part))
}

/// The answers to a question about single records, where there is one, with the indices of the records.
pub fn find<T: Send>(records: &[Record], look: impl Fn(&Record) -> Option<T> + Sync) -> Vec<(usize, T)> {
    let parts = each(records, |at, part| {
        part.iter()
            .enumerate()
            .filter_map(|(index, record)| look(record).map(|answer| (at + index, answer)))
            .collect::<Vec<_>>()
    });
    parts.into_iter().flatten().collect()
}

/// A key of what makes two records the same; equal keys are no proof of equal records.
pub fn key_of(words: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

/// A record with the key of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatedRecord {
    /// Its index.
    pub record: usize,
    /// The index of the first record with the key.
    pub first: usize,
}

/// Records with the key of an earlier one, in their order.
pub fn twice<'r>(
    records: &'r [Record],
    key: impl Fn(usize, &'r Record) -> Option<u64> + Sync,
) -> Vec<RepeatedRecord> {
    let of_part = |at: usize, part: &'r [Record]| {
        part.iter().enumerate().map(|(index, record)| key(at + index, record)).collect::<Vec<_>>()
    };
    let keys = each(records, of_part);
    // nearly all keys stand alone: a bit for each tells it, and only what shares one is looked up
    let mut bits = KeyBits::of(records.len());
    keys.iter().flatten().flatten().for_each(|key| bits.add(*key));
    let mut seen: HashMap<u64, usize, BuildHasherDefault<FxHasher>> = HashMap::default();
    let mut pairs = Vec::new();
    for (index, key) in keys.iter().flatten().enumerate() {
        let Some(key) = key.filter(|key| bits.is_shared(*key)) else { continue };
        let first = *seen.entry(key).or_insert(index);
        if first != index {
            pairs.push(RepeatedRecord { record: index, first });
        }
    }
    pairs
}

/// A bit for each key, or for a few of them together: whether one was added, and whether a second one was.
struct KeyBits {
    added: Vec<u64>,
    shared: Vec<u64>,
    /// A key's bit is what is left of it when it is shifted by so much.
    shift: u32,
}

impl KeyBits {
    /// Bits for `count` keys: sixteen a key at least, so that few keys share one by chance.
    fn of(count: usize) -> Self {
        let bits = (count * 16).next_power_of_two().max(64);
        let words = vec![0; bits / 64];
        Self { added: words.clone(), shared: words, shift: 64 - bits.trailing_zeros() }
    }

    fn place(&self, key: u64) -> (usize, u64) {
        let bit = key >> self.shift;
        (usize::try_from(bit / 64).unwrap_or(0), 1 << (bit % 64))
    }

    fn add(&mut self, key: u64) {
        let (word, bit) = self.place(key);
        self.shared[word] |= self.added[word] & bit;
        self.added[word] |= bit;
    }

    fn is_shared(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.shared[word] & bit != 0
    }
}
