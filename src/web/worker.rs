//! A worker of the server: the engine in a process of its own, and how the two speak.
//!
//! In: requests on standard input, files among them. Out: an answer to each that asks for one, on standard output. It reads no
//! file, writes none, and ends with the server, whatever it is at.

use std::io::{self, Read, Write};
use std::sync::mpsc;

use serde::{Deserialize, Serialize};

use super::desk;
use crate::pipeline::edit::ReceivedTable;
use crate::pipeline::worker::{WorkerEngine, packed, unpacked};
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

/// Works until the server ends.
///
/// # Errors
/// When the server cannot be answered.
pub fn work() -> io::Result<()> {
    let (asked, requests) = mpsc::channel();
    // in a thread of its own: a server that is gone is heard also by an engine that loops
    std::thread::spawn(move || {
        let mut from = io::BufReader::new(io::stdin());
        while let Ok(request) = receive::<Request>(&mut from) {
            if asked.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    let mut engine = WorkerEngine::default();
    let mut to = io::BufWriter::new(io::stdout());
    for (request, bytes) in requests {
        if let Some((answer, pdf)) = answer(&mut engine, request, bytes) {
            send(&mut to, &answer, &pdf)?;
        }
    }
    Ok(())
}

fn answer(engine: &mut WorkerEngine, request: Request, mut bytes: Vec<u8>) -> Option<(Answer, Vec<u8>)> {
    match request {
        Request::Files(files) => {
            let part = |(path, length): (String, Option<usize>)| {
                let rest = length.map(|length| bytes.split_off(length.min(bytes.len())));
                (path, rest.map(|rest| std::mem::replace(&mut bytes, rest)))
            };
            engine.take(files.into_iter().map(part).collect::<Vec<_>>());
            None
        }
        Request::Set(input, most_pages) => Some(match engine.set(&input, most_pages) {
            Some(mut set) => {
                let pdf = set.pdf.take();
                // no PDF is empty
                (Answer::Set(Box::new(set)), pdf.unwrap_or_default())
            }
            None => (Answer::Refused, Vec::new()),
        }),
        Request::EndRun => {
            engine.end_run();
            None
        }
        Request::Receive { directory, name } => Some(match engine.receive(&directory, &name, bytes) {
            Some(read) => (Answer::Received(read.value, desk::words(&read.diagnostics)), Vec::new()),
            None => (Answer::Refused, Vec::new()),
        }),
    }
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
