//! What one thread works at: a pipeline over the project, with the draft of a unit laid over it.
//!
//! In: a unit, its draft, an edition and a reader. Out: the rows of the sources, what is found in the draft, the sheet that
//! the command line would make of it. Nothing is written.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::draft::Draft;
use super::engine_process::{EngineProcess, LIMITS, Received, SentFile};
use super::findings;
use crate::diagnostic::{Outcome, Say};
use crate::merge::{Selection, WantedEdition};
use crate::model::date::Date;
use crate::model::edition::{Edition, Reader};
use crate::model::limits::BrokenLimit;
use crate::model::unit::Unit;
use crate::output::{Disk, Memory, Sink};
use crate::pdf::raster;
use crate::pipeline::edit::{self, EditError, Edited, UnitFindings, UnitName, UnitTable};
use crate::pipeline::worker::{self, PageSetter};
use crate::pipeline::{PipelineError, Prepared, Session};
use crate::project::files::Files;
use crate::project::{Per, Project};
use crate::report::facts::FileState;

/// Why work could not be done.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The pipeline could not run.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// The draft cannot be put into its files.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// It took too much.
    #[error("it was stopped: {0:?}")]
    Stopped(BrokenLimit),
    /// The manifest cannot be used, or has no such publication.
    #[error("the project has no publication for units")]
    NoPublication,
    /// The master list has no such unit.
    #[error("there is no such unit")]
    NoUnit,
}

/// What the project is.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The title of the publication.
    pub title: String,
    /// The date of the edition.
    pub date: Date,
    /// What the units are called.
    pub unit: Unit,
    /// The units in the order of the master list.
    pub units: Vec<UnitName>,
    /// The editions that are made.
    pub editions: Vec<Edition>,
    /// The readers that are set for.
    pub readers: Vec<Reader>,
}

/// A publication that may be looked at.
#[derive(Debug, Clone)]
pub struct PublicationName {
    /// Its name.
    pub name: String,
    /// Its editions whose pages are made one by one.
    pub editions: Vec<Edition>,
}

/// A sheet, and what was found on the way to it.
#[derive(Debug)]
pub struct Sheet {
    /// What was found in the rows.
    pub findings: UnitFindings,
    /// The PDF and its name; none if it was held back.
    pub file: Option<(String, Vec<u8>)>,
    /// Why it was held back.
    pub why: Option<Say>,
    picture: OnceLock<Option<Vec<u8>>>,
}

impl Sheet {
    /// Its first page as PNG, drawn once.
    #[must_use]
    pub fn picture(&self) -> Option<&[u8]> {
        let draw = || {
            let (_, pdf) = self.file.as_ref()?;
            raster::pages(pdf, 1).into_iter().flatten().next().map(|picture| picture.png)
        };
        self.picture.get_or_init(draw).as_deref()
    }
}

/// The rows of a unit.
#[derive(Debug, Clone)]
pub struct UnitRows {
    /// The unit.
    pub name: UnitName,
    /// Its tables in the sources.
    pub tables: Vec<UnitTable>,
    /// The rows of the sources as a draft.
    pub base: Draft,
    /// The names of all other units.
    pub others: Vec<String>,
}

/// Sheets that were made lately, by the digest of all that they depend on; for all desks.
#[derive(Debug, Default)]
pub struct UnitSheets(Mutex<KeptSheets>);

/// A digest of all that a sheet depends on.
type Key = [u8; 32];

#[derive(Debug, Default)]
struct KeptSheets {
    by_key: BTreeMap<Key, Arc<Sheet>>,
    /// The oldest first.
    order: VecDeque<Key>,
}

/// Sheets that are kept; one has some hundred kilobytes.
const MOST_SHEETS: usize = 64;

impl UnitSheets {
    fn get(&self, key: &Key) -> Option<Arc<Sheet>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_key.get(key).cloned()
    }

    fn put(&self, key: Key, sheet: &Arc<Sheet>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let KeptSheets { by_key, order } = &mut *kept;
        if by_key.insert(key, Arc::clone(sheet)).is_none() {
            order.push_back(key);
        }
        while order.len() > MOST_SHEETS {
            let oldest = order.pop_front();
            oldest.map(|oldest| by_key.remove(&oldest));
        }
    }
}

/// A pipeline and what it is asked for.
pub struct Desk {
    /// With the draft of a unit laid over the project.
    session: Session,
    /// The project as it is on the disk, and what was prepared of it last.
    ground: Session,
    prepared: Option<Arc<Prepared>>,
    publication: String,
    sheets: Arc<UnitSheets>,
    /// The engine, if it is in a process of its own.
    engine: Option<Arc<EngineProcess>>,
}

impl Desk {
    /// A desk over `files`, for the publication that has one file a unit.
    #[must_use]
    pub fn new(files: Files, publication: String) -> Self {
        let ground = Session::new(files.renew()).with_jobs(1);
        let session = Session::new(files).with_jobs(1);
        Self { session, ground, prepared: None, publication, sheets: Arc::default(), engine: None }
    }

    /// The same with the engine in a process of its own.
    #[must_use]
    pub(super) fn with_engine(self, engine: Arc<EngineProcess>) -> Self {
        let session = self.session.with_setter(Arc::clone(&engine) as Arc<dyn PageSetter>, LIMITS);
        Self { session, engine: Some(engine), ..self }
    }

    /// The same, sharing its sheets with other desks.
    #[must_use]
    pub fn with_sheets(self, sheets: Arc<UnitSheets>) -> Self {
        Self { sheets, ..self }
    }

    /// The publication of a project that has one file for each unit: the one called `wanted`, or the first.
    ///
    /// # Errors
    /// [`DeskError`] when there is none.
    pub fn publication_of(files: Files, wanted: Option<&str>) -> Result<String, DeskError> {
        let project = Session::new(files).project().map_err(PipelineError::from)?;
        let project = project.ok_or(DeskError::NoPublication)?;
        let units = project.wards().map(|plan| Per::Directory(plan.name.clone()));
        let mut plans = project.publications.iter().filter(|plan| units.as_ref() == Some(&plan.per));
        let found = plans.find(|plan| wanted.is_none_or(|wanted| plan.name.value == wanted));
        found.map(|plan| plan.name.value.clone()).ok_or(DeskError::NoPublication)
    }

    fn selection(&self) -> Selection {
        Selection { publications: vec![self.publication.clone()], ..Selection::default() }
    }

    /// The project as it is on the disk.
    fn base(&mut self) -> Result<Arc<Prepared>, DeskError> {
        let is_changed = self.ground.refresh_if_changed();
        if let Some(prepared) = self.prepared.as_ref().filter(|_| !is_changed) {
            return Ok(Arc::clone(prepared));
        }
        self.prepared = None;
        let prepared = Arc::new(self.ground.prepare(&self.selection())?);
        self.prepared = Some(Arc::clone(&prepared));
        Ok(prepared)
    }

    /// The project of what was prepared last.
    fn project(&mut self) -> Result<Arc<Project>, DeskError> {
        self.ground.project().map_err(PipelineError::from)?.ok_or(DeskError::NoPublication)
    }

    /// What the project is.
    ///
    /// # Errors
    /// [`DeskError`] when the manifest cannot be used.
    pub fn overview(&mut self) -> Result<Overview, DeskError> {
        let prepared = self.base()?;
        let plan = prepared.publication(&self.publication).ok_or(DeskError::NoPublication)?;
        let project = prepared.project().ok_or(DeskError::NoPublication)?;
        Ok(Overview {
            title: if plan.title.is_empty() { project.title.clone() } else { plan.title.clone() },
            date: project.date,
            unit: project.unit.clone(),
            units: prepared.units(),
            editions: plan.editions.clone(),
            readers: plan.readers.clone(),
        })
    }

    /// The publications of the project, in the order of the manifest.
    ///
    /// # Errors
    /// [`DeskError`] when the manifest cannot be used.
    pub fn publications(&mut self) -> Result<Vec<PublicationName>, DeskError> {
        self.base()?;
        let project = self.project()?;
        let named = project.publications.iter().map(|plan| PublicationName {
            name: plan.name.value.clone(),
            editions: plan.editions.iter().copied().filter(|edition| edition.pages() == *edition).collect(),
        });
        Ok(named.collect())
    }

    /// The rows of `unit` in the sources.
    ///
    /// # Errors
    /// [`DeskError::NoUnit`] when the master list has no such unit.
    pub fn rows(&mut self, unit: &str) -> Result<UnitRows, DeskError> {
        let prepared = self.base()?;
        self.rows_of(&prepared, unit)
    }

    fn rows_of(&self, prepared: &Prepared, unit: &str) -> Result<UnitRows, DeskError> {
        let (mut own, others): (Vec<UnitName>, Vec<UnitName>) =
            prepared.units().into_iter().partition(|known| known.name == unit);
        let name = own.pop().ok_or(DeskError::NoUnit)?;
        let others = others.into_iter().map(|other| other.name).collect();
        let tables = prepared.unit_tables(&self.publication, unit);
        let base = Draft::of_tables(&tables);
        Ok(UnitRows { name, tables, base, others })
    }

    /// The bytes that the sources have with `draft` in them, by path.
    ///
    /// # Errors
    /// [`DeskError::Edit`] when a file cannot hold them.
    pub fn sources(&mut self, unit: &str, draft: &Draft) -> Result<BTreeMap<String, Vec<u8>>, DeskError> {
        let prepared = self.base()?;
        let rows = self.rows_of(&prepared, unit)?;
        let cells = draft.fit(&rows.base).cells();
        Ok(prepared.overlay(&edits(&rows.tables, &cells))?.files)
    }

    /// Writes `draft` into the sources, each file whole or not at all; what was there goes into the history before.
    ///
    /// # Errors
    /// [`DeskError`] when a file cannot hold the rows, or cannot be written.
    pub fn accept(&mut self, unit: &str, draft: &Draft, stamp: &str) -> Result<(), DeskError> {
        let sources = self.sources(unit, draft)?;
        let project = self.project()?;
        let disk = Disk::new(project.root());
        let safe: String = unit.chars().filter(|c| c.is_alphanumeric()).collect();
        // corrections that are new have nothing before
        for path in sources.keys().filter(|path| project.files.is_file(path)) {
            let before = project.files.read(path).map_err(|_| EditError::Changed(path.clone()))?;
            let history = format!("{}/history/{stamp}-{safe}-{}", super::STATE_FOLDER, name_of(path));
            disk.put(&history, &before).map_err(PipelineError::from)?;
        }
        for (path, bytes) in &sources {
            disk.put(path, bytes).map_err(PipelineError::from)?;
        }
        Ok(())
    }

    /// The sheet of `unit` with `draft` in the place of its rows.
    ///
    /// # Errors
    /// [`DeskError`] when the draft cannot be put into its files, or the pipeline cannot run.
    pub fn sheet(
        &mut self,
        unit: &str,
        draft: Option<&Draft>,
        wanted: (Edition, Reader),
    ) -> Result<Arc<Sheet>, DeskError> {
        let base = self.base()?;
        let rows = self.rows_of(&base, unit)?;
        let draft = draft.map_or_else(|| rows.base.clone(), |draft| draft.fit(&rows.base));
        let cells = draft.cells();
        let overlay = base.overlay(&edits(&rows.tables, &cells))?;
        let editions = vec![WantedEdition { edition: wanted.0, reader: Some(wanted.1) }];
        let selection = Selection { only: vec![unit.to_owned()], editions, ..self.selection() };
        self.session.lay_over(overlay.files.clone());
        let prepared = self.session.prepare(&selection)?;
        let key = key(&prepared, unit, &draft, wanted);
        if let Some(sheet) = self.sheets.get(&key) {
            return Ok(sheet);
        }
        let memory = Memory::default();
        let facts = self.session.make(&prepared, &memory, &())?;
        let findings = overlay.findings(&prepared, &facts);
        let mut files = memory.into_files();
        let of_unit = facts.files.iter().find(|file| file.record.as_deref() == Some(unit));
        let made = of_unit.filter(|file| matches!(file.state, FileState::Made));
        let file = made.and_then(|file| files.remove_entry(&file.path));
        let held = facts.files.iter().find_map(|file| match &file.state {
            FileState::Held { why, .. } => Some(why.clone()),
            FileState::Made => None,
        });
        let why = if file.is_some() { None } else { held };
        let file = file.map(|(path, bytes)| (name_of(&path).to_owned(), bytes));
        let sheet = Arc::new(Sheet { findings, file, why, picture: OnceLock::new() });
        self.sheets.put(key, &sheet);
        Ok(sheet)
    }

    /// Reads a file that somebody sends in, as one of the directory called `directory`: its rows, if there are any, and what is
    /// said of it.
    ///
    /// # Errors
    /// [`DeskError`] when the project has no such directory, or the file takes too much to be read.
    pub fn receive(&mut self, directory: &str, name: &str, bytes: Vec<u8>) -> Result<Received, DeskError> {
        let project = self.project()?;
        let plan = project.directory(directory).ok_or(DeskError::NoPublication)?;
        let Some(engine) = &self.engine else {
            let Outcome { value, diagnostics } = edit::receive(plan, name, bytes);
            return Ok(Received { table: value, notes: findings::words(&diagnostics) });
        };
        let sent = SentFile { directory, name, bytes: &bytes };
        engine.receive(worker::files_of(&project, []), sent).map_err(DeskError::Stopped)
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn edits<'a>(tables: &'a [UnitTable], cells: &'a [Vec<Vec<String>>]) -> Vec<Edited<'a>> {
    tables.iter().zip(cells).map(|(table, rows)| Edited { table, rows }).collect()
}

/// The digest of all that a sheet depends on: what was read of the project, and what is asked for.
fn key(prepared: &Prepared, unit: &str, draft: &Draft, wanted: (Edition, Reader)) -> Key {
    let record = prepared.project().map(|project| project.files.record());
    let rows: Vec<u32> = draft.tables.iter().flat_map(|table| table.rows.iter().map(|row| row.id)).collect();
    Sha256::digest(format!("{unit} {wanted:?} {rows:?} {record:?}")).into()
}
