//! What authors look at while they write: a publication that is made again at every save, in memory.
//!
//! In: the project's folder, a publication and an edition. Out: its pages, where each cell and line landed on them, and what
//! was found; and a number that grows with each of these. It watches as `sasshi watch` does, and writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::watch as channel;

use super::desk::DeskError;
use super::engine_process::EngineProcess;
use super::findings;
use crate::merge::{Selection, WantedEdition};
use crate::model::edition::Edition;
use crate::model::length::Length;
use crate::model::limits::JobLimits;
use crate::output::Memory;
use crate::pdf::raster::OpenPdf;
use crate::pipeline::{PipelineError, Session};
use crate::project::files::Files;
use crate::report::facts::{Facts, FileState};
use crate::typeset::PlacedOrigin;
use crate::watch::{Means, Watch};

/// How soon a closed preview ends.
const TICK: Duration = Duration::from_millis(200);
/// After so long without anybody looking, a preview ends.
const IDLE: Duration = Duration::from_mins(10);
/// Previews that are kept up to date at once.
const MOST: usize = 8;

/// A publication in an edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The name of the publication.
    pub publication: String,
    /// The edition.
    pub edition: Edition,
}

/// A file of a preview.
#[derive(Debug)]
pub struct PreviewFile {
    /// Its path, as a build would write it.
    pub path: String,
    /// The PDF, opened; none where it cannot be.
    pub pdf: Option<OpenPdf>,
    /// Width and height of its trimmed pages.
    pub pages: Vec<(Length, Length)>,
    /// Where each cell and line landed.
    pub placements: Vec<PlacedOrigin>,
}

/// What was made last.
#[derive(Debug, Default)]
pub struct Made {
    /// How often it was made; 0 before the first time.
    pub number: u64,
    /// How long that took.
    pub time: Duration,
    /// The files, in their order.
    pub files: Vec<PreviewFile>,
    /// Errors and warnings in words.
    pub findings: Vec<String>,
    /// The art beyond the trim.
    pub bleed: Length,
    /// Why nothing could be made.
    pub failure: Option<String>,
}

/// A preview that is kept up to date.
pub struct Preview {
    made: Mutex<Arc<Made>>,
    number: channel::Sender<u64>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // what is behind it is replaced as a whole
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Preview {
    fn new() -> Self {
        Self { made: Mutex::default(), number: channel::Sender::new(0) }
    }

    /// What was made last.
    #[must_use]
    pub fn made(&self) -> Arc<Made> {
        Arc::clone(&lock(&self.made))
    }

    /// The number of what was made last, as it grows; it ends with the preview.
    #[must_use]
    pub fn numbers(&self) -> channel::Receiver<u64> {
        self.number.subscribe()
    }

    /// What was made last, once there is something.
    pub async fn made_at_all(&self) -> Arc<Made> {
        // the sender is this preview's own: it cannot be gone
        let _ = self.numbers().wait_for(|number| *number > 0).await;
        self.made()
    }

    fn put(&self, made: Made) {
        let number = made.number;
        *lock(&self.made) = Arc::new(made);
        self.number.send_replace(number);
    }
}

/// All previews of a server.
pub struct Previews {
    root: PathBuf,
    open: Mutex<BTreeMap<Wanted, Arc<Preview>>>,
    closing: channel::Sender<bool>,
}

impl Previews {
    /// Previews of the project at `root`; none is begun yet.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), open: Mutex::default(), closing: channel::Sender::new(false) }
    }

    /// The preview of `wanted`, begun if nobody looked at it before; none where too many are looked at already.
    pub fn open(&self, wanted: &Wanted) -> Option<Arc<Preview>> {
        let mut open = lock(&self.open);
        if let Some(preview) = open.get(wanted) {
            return Some(Arc::clone(preview));
        }
        // whom nobody holds but this list, nobody looks at
        if open.len() >= MOST {
            open.retain(|_, preview| preview.number.receiver_count() > 0);
        }
        if open.len() >= MOST || *self.closing.borrow() {
            return None;
        }
        let preview = Arc::new(Preview::new());
        let (root, wanted_there, there) = (self.root.clone(), wanted.clone(), Arc::downgrade(&preview));
        let closing = self.closing();
        std::thread::spawn(move || keep(&root, &wanted_there, &there, &closing));
        open.insert(wanted.clone(), Arc::clone(&preview));
        Some(preview)
    }

    /// Ends all of them.
    pub fn close(&self) {
        self.closing.send_replace(true);
        lock(&self.open).clear();
    }

    /// Becomes true when the server ends.
    #[must_use]
    pub fn closing(&self) -> channel::Receiver<bool> {
        self.closing.subscribe()
    }
}

/// Makes `wanted` now and at every save, as long as somebody holds the preview.
fn keep(root: &Path, wanted: &Wanted, preview: &Weak<Preview>, closing: &channel::Receiver<bool>) {
    let session = Session::new(Files::in_folder(root)).with_jobs(1).keeping_warm();
    // a book may take longer than a sheet: as long as the manifest says
    let mut session = session.with_setter(Arc::new(EngineProcess::default()), JobLimits::default());
    // what is saved while the first one is made is not missed
    let mut watch = Watch::new(root, Means::Best).ok();
    let mut number = 0;
    let mut looked_at = Instant::now();
    // what is saved while nobody looks waits until somebody does
    let mut is_rung = false;
    loop {
        number += 1;
        let Some(there) = preview.upgrade() else { return };
        there.put(make(&mut session, wanted, number));
        drop(there);
        loop {
            is_rung |= if let Some(watch) = &mut watch {
                watch.next(TICK)
            } else {
                std::thread::sleep(TICK * 5);
                true
            };
            let Some(there) = preview.upgrade().filter(|_| !*closing.borrow()) else { return };
            if there.number.receiver_count() > 0 {
                looked_at = Instant::now();
            }
            let is_idle = looked_at.elapsed() > IDLE;
            if !is_idle && std::mem::take(&mut is_rung) && session.refresh_if_changed() {
                break;
            }
        }
    }
}

fn make(session: &mut Session, wanted: &Wanted, number: u64) -> Made {
    let begin = Instant::now();
    let made = match made(session, wanted) {
        Ok(made) => made,
        Err(error) => Made { failure: Some(error.to_string()), ..Made::default() },
    };
    Made { number, time: begin.elapsed(), ..made }
}

fn made(session: &mut Session, wanted: &Wanted) -> Result<Made, DeskError> {
    let project = session.project().map_err(PipelineError::from)?.ok_or(DeskError::NoPublication)?;
    let plan = project.publications.iter().find(|plan| plan.name.value == wanted.publication);
    let plan = plan.ok_or(DeskError::NoPublication)?;
    let is_press = wanted.edition == Edition::Press;
    let bleed = if is_press { plan.layout.page.bleed } else { Length::default() };
    let selection = Selection {
        publications: vec![wanted.publication.clone()],
        editions: vec![WantedEdition { edition: wanted.edition, reader: None }],
        ..Selection::default()
    };
    let prepared = session.prepare(&selection)?;
    let memory = Memory::default();
    let facts = session.make(&prepared, &memory, &())?;
    let findings = findings::words(&facts.diagnostics);
    Ok(Made { files: files(facts, memory), findings, bleed, ..Made::default() })
}

fn files(facts: Facts, memory: Memory) -> Vec<PreviewFile> {
    let mut bytes = memory.into_files();
    let made = facts.files.into_iter().filter(|file| matches!(file.state, FileState::Made));
    let with_pages = made.filter(|file| !file.pages.is_empty());
    with_pages
        .filter_map(|file| {
            let pdf = OpenPdf::open(bytes.remove(&file.path)?);
            Some(PreviewFile { path: file.path, pdf, pages: file.pages, placements: file.placements })
        })
        .collect()
}
