//! Long directories looked through by all cores: records in parts, the results in the order of the records.
//!
//! In: records and what is asked of a part of them. Out: one answer a part; pairs of records with the same key.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use crate::model::cores;
use crate::model::directory::{Directory, Record};
use crate::model::unseen::OddCharacter;

/// Records of one part; a list that is no longer is looked through where it is.
const PART: usize = 1 << 14;

/// Asks `look` of every part of `records`, with the index of its first record.
pub fn each<T: Send>(records: &[Record], look: impl Fn(usize, &[Record]) -> T + Sync) -> Vec<T> {
    let parts: Vec<(usize, &[Record])> =
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

/// Cells with a character that is looked for, by record, column and character: the first of each cell, which `first` finds.
/// `may` tells of two bytes after one another in UTF-8 whether such a character may begin with them; few rows have any.
pub fn characters(
    directory: &Directory,
    may: impl Fn(u8, u8) -> bool + Sync,
    first: impl Fn(&str) -> Option<OddCharacter> + Sync,
) -> Vec<(usize, usize, OddCharacter)> {
    // without a branch for each byte, which is quick
    let suspect = |text: &str| {
        let bytes = text.as_bytes();
        let next = bytes.get(1..).unwrap_or_default();
        bytes.iter().zip(next).fold(false, |any, (byte, next)| any | may(*byte, *next))
    };
    let found = find(&directory.records, |record| {
        if record.stretch().is_some_and(|row| !suspect(row)) {
            return None;
        }
        let columns = 0..record.cells.len();
        let found = columns.filter_map(|column| first(record.written(column)).map(|found| (column, found)));
        let found: Vec<(usize, OddCharacter)> = found.collect();
        (!found.is_empty()).then_some(found)
    });
    let cells = found.into_iter();
    cells
        .flat_map(|(index, cells)| cells.into_iter().map(move |(column, found)| (index, column, found)))
        .collect()
}

/// A key of what makes two records the same; equal keys are no proof of equal records.
pub fn key_of(words: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// Pairs of records with one key, the later one and the first, in the order of the later ones.
pub fn twice(records: &[Record], key: impl Fn(usize, &Record) -> Option<u64> + Sync) -> Vec<(usize, usize)> {
    let of_part = |at: usize, part: &[Record]| {
        part.iter().enumerate().map(|(index, record)| key(at + index, record)).collect::<Vec<_>>()
    };
    let keys: Vec<Option<u64>> = each(records, of_part).into_iter().flatten().collect();
    let threads = if keys.len() > PART { u64::try_from(cores::count()).unwrap_or(1) } else { 1 };
    // each thread has the keys of one remainder: what is equal meets in one map, in the order of the records
    let share = |rest: u64| -> Vec<(usize, usize)> {
        let mut seen: HashMap<u64, usize, BuildHasherDefault<Known>> = HashMap::with_capacity_and_hasher(
            keys.len() / usize::try_from(threads).unwrap_or(1),
            BuildHasherDefault::default(),
        );
        let mut pairs = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let Some(key) = key.filter(|key| key % threads == rest) else { continue };
            let first = *seen.entry(key).or_insert(index);
            if first != index {
                pairs.push((index, first));
            }
        }
        pairs
    };
    let mut pairs: Vec<(usize, usize)> = if threads == 1 {
        share(0)
    } else {
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|rest| scope.spawn(move || share(rest))).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        })
    };
    pairs.sort_unstable();
    pairs
}

/// Takes a key that is a hash already as its own hash.
#[derive(Default)]
struct Known(u64);

impl Hasher for Known {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
