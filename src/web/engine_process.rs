//! The server's side of a worker: a process that is asked, watched and, when it breaks a limit, replaced.
//!
//! In: jobs and files that were sent in. Out: pages and rows, or the limit that was broken. Time is bounded everywhere, memory
//! where the system tells what a process holds (Linux).

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::worker_protocol::{Answer, Request, receive, send};
use crate::model::limits::{BrokenLimit, JobLimits};
use crate::pipeline::edit::ReceivedTable;
use crate::pipeline::worker::{PageSetter, SetOrder};
use crate::project::files::{Bytes, Files};
use crate::typeset::SetPages;

/// What a job of the server may take, if the manifest does not say less: somebody waits for it.
pub const LIMITS: JobLimits = JobLimits { pages: 5_000, seconds: 60, memory_mib: 1_024 };
/// What a file that is sent in may take to be read.
const READING: JobLimits = JobLimits { pages: 0, seconds: 20, memory_mib: 512 };
/// How often is looked at the memory.
const TICK: Duration = Duration::from_millis(50);

/// A file that was sent in.
#[derive(Debug, Clone, Copy)]
pub struct SentFile<'a> {
    /// The directory that it is read as.
    pub directory: &'a str,
    /// What its sender calls it.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// What was read of a file that was sent in.
#[derive(Debug)]
pub struct Received {
    /// Its rows, if it could be read.
    pub table: Option<ReceivedTable>,
    /// What is said of it.
    pub notes: Vec<String>,
}

/// An engine in a process of its own, begun when it is first needed.
#[derive(Default)]
pub struct EngineProcess(Mutex<Option<Worker>>);

/// A process that lives.
struct Worker {
    child: Child,
    to: io::BufWriter<ChildStdin>,
    answers: Receiver<io::Result<(Answer, Vec<u8>)>>,
    /// The files that it has.
    files: BTreeMap<String, Bytes>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl EngineProcess {
    /// Reads `file` in the project of `files`.
    ///
    /// # Errors
    /// [`BrokenLimit`] when that took too much.
    pub fn receive(
        &self,
        files: BTreeMap<String, Bytes>,
        file: SentFile<'_>,
    ) -> Result<Received, BrokenLimit> {
        let request = Request::Receive { directory: file.directory.to_owned(), name: file.name.to_owned() };
        match self.ask(files, (&request, file.bytes), READING)? {
            (Answer::Received(table, notes), _) => Ok(Received { table, notes }),
            _ => Err(BrokenLimit::Process),
        }
    }

    /// The answer to `request`, from the process that is there or a new one.
    fn ask(
        &self,
        files: BTreeMap<String, Bytes>,
        (request, bytes): (&Request, &[u8]),
        limits: JobLimits,
    ) -> Result<(Answer, Vec<u8>), BrokenLimit> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // one that fell over since it was last asked is no fault of this job
        let known = held.take().and_then(Worker::alive);
        let started = known.map_or_else(Worker::start, Ok);
        let asked = started.and_then(|mut worker| {
            worker.supply(files)?;
            send(&mut worker.to, request, bytes)?;
            Ok(worker)
        });
        let worker = asked.map_err(|error| {
            tracing::error!(%error, "a worker cannot be asked");
            BrokenLimit::Process
        })?;
        let answer = worker.wait(limits);
        match &answer {
            // it has much memory now, or fell over: the next job gets another
            Err(limit) => tracing::warn!(?limit, "a worker was stopped"),
            Ok(_) => *held = Some(worker),
        }
        answer
    }
}

impl PageSetter for EngineProcess {
    fn set(&self, order: &SetOrder<'_>) -> Result<SetPages, BrokenLimit> {
        let request = Request::Set(order.input.clone(), order.limits.pages);
        match self.ask(order.files.clone(), (&request, &[]), order.limits)? {
            (Answer::Set(set), pdf) => Ok(SetPages { pdf: Some(pdf).filter(|pdf| !pdf.is_empty()), ..*set }),
            _ => Err(BrokenLimit::Process),
        }
    }

    fn end_run(&self) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // one that is gone has forgotten everything
        let told = held.as_mut().map(|worker| send(&mut worker.to, &Request::EndRun, &[]));
        if matches!(told, Some(Err(_))) {
            *held = None;
        }
    }
}

impl Worker {
    /// This one, if it lives.
    fn alive(mut self) -> Option<Self> {
        matches!(self.child.try_wait(), Ok(None)).then_some(self)
    }

    fn start() -> io::Result<Self> {
        let mut command = Command::new(program()?);
        command.args(["serve", "worker"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        apart(&mut command);
        let mut child = command.spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (told, answers) = mpsc::channel();
        std::thread::spawn(move || {
            let mut from = io::BufReader::new(from);
            loop {
                let answer = receive::<Answer>(&mut from);
                let is_over = answer.is_err();
                // who stopped the worker listens no more
                if told.send(answer).is_err() || is_over {
                    return;
                }
            }
        });
        Ok(Self { child, to: io::BufWriter::new(to), answers, files: BTreeMap::new() })
    }

    /// Sends what is new or changed of `files`; what is no more among them is gone, but for what only some jobs need.
    fn supply(&mut self, files: BTreeMap<String, Bytes>) -> io::Result<()> {
        let is_known =
            |path: &String, bytes: &Bytes| self.files.get(path).is_some_and(|known| known == bytes);
        let mut sent: Vec<(String, Option<usize>)> = Vec::new();
        let mut all = Vec::new();
        for (path, bytes) in files.iter().filter(|(path, bytes)| !is_known(path, bytes)) {
            sent.push((path.clone(), Some(bytes.len())));
            all.extend_from_slice(bytes);
        }
        let gone = self.files.keys().filter(|path| !files.contains_key(*path));
        sent.extend(gone.map(|path| (path.clone(), None)));
        if sent.is_empty() {
            return Ok(());
        }
        send(&mut self.to, &Request::Files(sent), &all)?;
        self.files = files;
        Ok(())
    }

    /// Waits for the answer, within `limits`.
    fn wait(&self, limits: JobLimits) -> Result<(Answer, Vec<u8>), BrokenLimit> {
        let begin = Instant::now();
        loop {
            match self.answers.recv_timeout(TICK) {
                Ok(answer) => return answer.map_err(|_| BrokenLimit::Process),
                Err(RecvTimeoutError::Disconnected) => return Err(BrokenLimit::Process),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if begin.elapsed().as_secs() >= u64::from(limits.seconds) {
                return Err(BrokenLimit::Time);
            }
            let memory = Files::resident_mib(Some(self.child.id()));
            if memory.is_some_and(|memory| memory > u64::from(limits.memory_mib)) {
                return Err(BrokenLimit::Memory);
            }
        }
    }
}

/// The program itself: on Linux the very one that runs, also where a newer one lies in its place by now.
fn program() -> io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") { Ok(running.to_owned()) } else { std::env::current_exe() }
}

/// Keeps Ctrl-C from the worker: the server finishes what is begun.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Keeps Ctrl-C from the worker: the server finishes what is begun.
#[cfg(windows)]
fn apart(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn apart(_: &mut Command) {}
