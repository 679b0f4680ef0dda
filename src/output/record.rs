//! The build record: what sasshi wrote, and how it is recognised. One file, written whole.
//!
//! In: the bytes of the record. Out: [`BuildRecord`]; none if it is damaged, or of another program. Nothing in it is trusted
//! beyond what a file on the disk bears out: what disagrees is made again.

use std::collections::BTreeMap;
use std::fs::Metadata;

use serde::{Deserialize, Serialize};

use super::checksum::checksum;

/// The version of the format of the record.
const FORM: u32 = 1;

/// An output as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// SHA-256 of its bytes.
    pub sum: String,
    /// What the file system says of it.
    pub seen: DiskState,
}

/// What a file system says of a file: it changes when somebody else writes the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskState {
    size: u64,
    /// When it was written last, in the unit of the system; none where that cannot be known exactly.
    time: Option<i128>,
    /// The number of the file; none where there are no such numbers.
    inode: Option<u64>,
}

impl DiskState {
    /// Of a file.
    #[must_use]
    pub fn of(data: &Metadata) -> Self {
        let (time, inode) = stamp(data);
        Self { size: data.len(), time, inode }
    }

    /// Whether a file that is `now` is the one that was written: without a time nothing is known.
    #[must_use]
    pub fn bears_out(&self, now: &Self) -> bool {
        self.time.is_some() && self == now
    }
}

/// Time in nanoseconds, and inode.
#[cfg(unix)]
fn stamp(data: &Metadata) -> (Option<i128>, Option<u64>) {
    use std::os::unix::fs::MetadataExt;
    let time = i128::from(data.mtime()) * 1_000_000_000 + i128::from(data.mtime_nsec());
    (Some(time), Some(data.ino()))
}

/// Time in tenths of microseconds; a file that is put in the place of another has another time of making too.
#[cfg(windows)]
fn stamp(data: &Metadata) -> (Option<i128>, Option<u64>) {
    use std::os::windows::fs::MetadataExt;
    (Some(i128::from(data.last_write_time())), Some(data.creation_time()))
}

#[cfg(not(any(unix, windows)))]
fn stamp(_: &Metadata) -> (Option<i128>, Option<u64>) {
    (None, None)
}

/// When an object was used last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectUse {
    /// Its size in bytes.
    pub size: u64,
    /// The number of the build.
    pub build: u64,
}

/// All that is known of earlier builds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildRecord {
    form: u32,
    /// The program that wrote it.
    program: String,
    /// How many builds wrote something.
    pub builds: u64,
    /// Outputs by path.
    pub outputs: BTreeMap<String, WrittenFile>,
    /// The key under which each output was made.
    pub keys: BTreeMap<String, String>,
    /// Objects by name.
    pub objects: BTreeMap<String, ObjectUse>,
}

impl BuildRecord {
    /// A record of nothing, for `program`.
    #[must_use]
    pub fn new(program: &str) -> Self {
        Self {
            form: FORM,
            program: program.to_owned(),
            builds: 0,
            outputs: BTreeMap::new(),
            keys: BTreeMap::new(),
            objects: BTreeMap::new(),
        }
    }

    /// Reads a record: its checksum on a line, then JSON. Of a record of another program only what was written and kept
    /// is used, not how it was made.
    #[must_use]
    pub fn read(bytes: &[u8], program: &str) -> Option<Self> {
        let mut record: Self = serde_json::from_slice(unseal(bytes)?).ok()?;
        if record.program != program {
            record.keys.clear();
            program.clone_into(&mut record.program);
        }
        (record.form == FORM).then_some(record)
    }

    /// The bytes of the record.
    ///
    /// # Panics
    /// Never: its keys are texts.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        seal(&serde_json::to_vec(self).expect("the keys of a record are texts"))
    }
}

/// `bytes` behind a line with their checksum.
#[must_use]
pub fn seal(bytes: &[u8]) -> Vec<u8> {
    let mut sealed = checksum(bytes).into_bytes();
    sealed.push(b'\n');
    sealed.extend(bytes);
    sealed
}

/// The bytes behind their checksum; none if they are not those that were sealed.
#[must_use]
pub fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (sum, rest) = sealed.split_at_checked(64)?;
    let bytes = rest.strip_prefix(b"\n")?;
    (sum == checksum(bytes).as_bytes()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_record_is_none_and_one_of_another_program_says_only_what_was_written() {
        let mut record = BuildRecord::new("one");
        record.keys.insert("output/a.pdf".to_owned(), "00".to_owned());
        record.objects.insert("jobs/00".to_owned(), ObjectUse { size: 1, build: 0 });
        let bytes = record.bytes();
        let other = BuildRecord::read(&bytes, "two").expect("sound");
        assert!(other.keys.is_empty() && other.objects == record.objects);
        assert_eq!(BuildRecord::read(&bytes, "one"), Some(record));
        for at in [0, 63, 64, 70, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(BuildRecord::read(&damaged, "one"), None, "{at}");
            assert_eq!(BuildRecord::read(&bytes[..at], "one"), None, "{at}");
        }
    }
}
