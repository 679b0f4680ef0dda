//! How the server and its worker speak: a value in CBOR, and the bytes that belong to it.
//!
//! In: one side's values. Out: the other side's. Each message begins with the two lengths, of eight bytes each.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::pipeline::edit::ReceivedTable;
use crate::pipeline::worker::{packed, unpacked};
use crate::typeset::{SetInput, SetPages};

/// The most that one side sends at once: a book with its pictures.
const MOST_BYTES: u64 = 1 << 30;

/// What a worker is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// To take files: each with the length of its bytes, which follow one after the other; without one it is gone.
    Files(Vec<(String, Option<usize>)>),
    /// To set a job of at most so many pages.
    Set(SetInput, u32),
    /// To forget what the last runs had no use for; no answer.
    EndRun,
    /// To read the file that follows as one of the directory.
    Receive {
        /// The name of the directory.
        directory: String,
        /// What its sender calls the file.
        name: String,
    },
}

/// What it answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The pages; their PDF follows, if there is one.
    Set(Box<SetPages>),
    /// The rows, if the file could be read, and what is said of it.
    Received(Option<ReceivedTable>, Vec<String>),
    /// The files are those of no project, or the request is none.
    Refused,
}

/// Sends a value and bytes that follow it.
pub(super) fn send(to: &mut impl Write, value: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    let value = packed(value);
    to.write_all(&(value.len() as u64).to_le_bytes())?;
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(&value)?;
    to.write_all(bytes)?;
    to.flush()
}

/// The next value with the bytes that follow it.
pub(super) fn receive<T: for<'d> Deserialize<'d>>(from: &mut impl Read) -> io::Result<(T, Vec<u8>)> {
    let mut length = || {
        let mut bytes = [0; 8];
        from.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    };
    let (value, bytes) = (length()?, length()?);
    if value > MOST_BYTES || bytes > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut take = |length: u64| {
        let mut bytes = Vec::new();
        let read = from.by_ref().take(length).read_to_end(&mut bytes)?;
        if read as u64 == length { Ok(bytes) } else { Err(io::Error::from(io::ErrorKind::UnexpectedEof)) }
    };
    let (value, bytes) = (take(value)?, take(bytes)?);
    Ok((unpacked(&value).ok_or(io::ErrorKind::InvalidData)?, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_arrives_and_what_is_cut_off_does_not() {
        let mut sent = Vec::new();
        let request = Request::Files(vec![("a".to_owned(), Some(2)), ("b".to_owned(), None)]);
        send(&mut sent, &request, b"xy").expect("memory takes everything");
        let (arrived, bytes) = receive::<Request>(&mut sent.as_slice()).expect("whole");
        assert!(matches!(arrived, Request::Files(files) if files.len() == 2) && bytes == b"xy");
        for length in 0..sent.len() {
            assert!(receive::<Request>(&mut &sent[..length]).is_err(), "{length}");
        }
        let long = [u64::MAX.to_le_bytes(), 0_u64.to_le_bytes()].concat();
        assert!(receive::<Request>(&mut long.as_slice()).is_err());
    }
}
