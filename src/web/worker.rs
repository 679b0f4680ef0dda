//! A worker of the server: the engine in a process of its own.
//!
//! In: requests on standard input, files among them. Out: an answer to each that asks for one, on standard output. It reads no
//! file, writes none, and ends with the server, whatever it is at.

use std::io;
use std::sync::mpsc;

use super::findings;
use super::worker_protocol::{Answer, Request, receive, send};
use crate::pipeline::worker::WorkerEngine;

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
        Request::Receive { directory, name } => {
            give_way();
            Some(match engine.receive(&directory, &name, bytes) {
                Some(read) => (Answer::Received(read.value, findings::words(&read.diagnostics)), Vec::new()),
                None => (Answer::Refused, Vec::new()),
            })
        }
    }
}

/// Gives pages the right of way: who reads files does nothing else, however large they are.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        // a system that does not let us is fair by its own means
        ONCE.call_once(|| {
            let _ = rustix::process::nice(10);
        });
    }
}
