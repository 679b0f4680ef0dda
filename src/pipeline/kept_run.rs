//! A run without an error, kept as a whole: while its sources are as they were and its files stand, there is nothing to do.
//!
//! In: the facts of a run, all that it read, and its outputs. Out: the same facts, without a stage having run. What a run
//! read is on the record of [`Files`], folders that were listed and files that were not there among it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kept::{self, KeptSheets};
use super::progress::{BuildStep, Progress};
use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::merge::Selection;
use crate::model::length::Length;
use crate::model::origin::{Origin, Place, Source};
use crate::output::{self, Cache, Found, PROGRAM, Sink};
use crate::project::files::{FileSight, Files};
use crate::report::facts::{Facts, FileFact, FileState};

/// A run as a whole.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptRun {
    /// What it read, listed and missed.
    sights: Vec<(String, FileSight)>,
    /// Its outputs, each with the SHA-256 of its bytes.
    outputs: BTreeMap<String, String>,
    /// All outputs that its sources ask for, whether it made them or not.
    wanted: BTreeSet<String>,
    files: Vec<KeptFact>,
    findings: Vec<KeptDiagnostic>,
    /// The texts that findings point into.
    sources: Vec<KeptSource>,
    left_out: BTreeMap<(Code, Severity), usize>,
    changed: usize,
    to_open: Option<String>,
}

/// A file that was made, as a summary tells of it.
#[derive(Debug, Serialize, Deserialize)]
struct KeptFact {
    path: String,
    record: Option<String>,
    pages: Vec<(Length, Length)>,
    sheets: Option<KeptSheets>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptSource {
    path: String,
    text: String,
    sheet: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptDiagnostic {
    code: Code,
    severity: Severity,
    message: Say,
    hints: Vec<Say>,
    fix: Option<String>,
    place: Option<KeptPlace>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptPlace {
    /// Which of the sources.
    source: usize,
    place: Place,
    span: Option<Range<usize>>,
}

/// Under what a run is kept.
#[derive(Debug, Clone)]
pub(super) struct RunKey {
    digest: String,
    /// Whether everything was asked for: only then it is known which outputs are asked for no more.
    is_whole: bool,
}

impl RunKey {
    /// The key of runs of `selection`.
    pub fn of(selection: &Selection) -> Self {
        // the form of a selection for programmers names each of its fields
        let digest = output::checksum(format!("run {PROGRAM} {selection:?}").as_bytes());
        Self { digest, is_whole: *selection == Selection::default() }
    }
}

/// Keeps the run that gave `facts`, of which `wanted` are all outputs; not one with errors, or one of which something is
/// not known any more.
pub(super) fn keep(
    cache: &Cache,
    key: &RunKey,
    files: &Files,
    facts: &Facts,
    wanted: BTreeSet<String>,
) -> Result<(), output::OutputError> {
    let is_made = |file: &FileFact| matches!(file.state, FileState::Made);
    if facts.counts().errors > 0 || !facts.files.iter().all(is_made) {
        return Ok(());
    }
    let Some(sights) = files.whole_record() else { return Ok(()) };
    let outputs = wanted.iter().filter_map(|path| Some((path.clone(), cache.sum(path)?))).collect();
    let mut sources: Vec<Arc<Source>> = Vec::new();
    let findings = facts.diagnostics.iter().map(|one| KeptDiagnostic::of(one, &mut sources)).collect();
    let source = |source: &Arc<Source>| KeptSource {
        path: source.path.clone(),
        text: source.text.clone(),
        sheet: source.sheet.clone(),
    };
    let run = KeptRun {
        sights,
        outputs,
        wanted,
        files: facts.files.iter().map(KeptFact::of).collect(),
        findings,
        sources: sources.iter().map(source).collect(),
        left_out: facts.left_out.clone(),
        changed: facts.changed,
        to_open: facts.to_open.clone(),
    };
    let bytes = kept::bytes(&run);
    if cache.recall(&key.digest).is_some_and(|known| known == bytes) {
        return Ok(());
    }
    cache.keep(&key.digest, &[], &bytes)
}

/// The facts of the run kept under `key`, if `files` are as it read them and its outputs stand in `sink`.
pub(super) fn recall(key: &RunKey, files: &Files, sink: &dyn Sink, progress: &dyn Progress) -> Option<Facts> {
    let cache = sink.cache()?;
    let run: KeptRun = kept::read(&cache.recall(&key.digest)?)?;
    let is_clean = run.findings.is_empty() && run.left_out.is_empty();
    if (sink.is_all_or_none() && !is_clean) || !files.bears_out(&run.sights) {
        return None;
    }
    let keeps = sink.keeps();
    if keeps && !run.outputs.iter().all(|(path, sum)| cache.find(path, sum) == Some(Found::InPlace)) {
        return None;
    }
    let mut facts = run.facts()?;
    if keeps && key.is_whole {
        facts.gone = cache.gone(&run.wanted.iter().map(String::as_str).collect());
    }
    facts.to_open = facts.to_open.filter(|_| keeps);
    progress.start(facts.files.len());
    for file in &facts.files {
        progress.reason(&file.path, &super::reason::unchanged);
        progress.file(&file.path, BuildStep::Unchanged);
    }
    progress.finish();
    Some(facts)
}

impl KeptRun {
    /// The facts; none if this is a record of no program of ours.
    fn facts(&self) -> Option<Facts> {
        let source = |one: &KeptSource| match &one.sheet {
            Some(sheet) => Source::of_sheet(&one.path, sheet, &one.text),
            None => Source::new(&one.path, &one.text),
        };
        let sources: Vec<Arc<Source>> = self.sources.iter().map(source).collect();
        Some(Facts {
            diagnostics: self.findings.iter().map(|one| one.diagnostic(&sources)).collect::<Option<_>>()?,
            left_out: self.left_out.clone(),
            files: self.files.iter().map(KeptFact::fact).collect::<Option<_>>()?,
            unchanged: self.files.len(),
            changed: self.changed,
            to_open: self.to_open.clone(),
            ..Facts::default()
        })
    }
}

impl KeptFact {
    fn of(fact: &FileFact) -> Self {
        Self {
            path: fact.path.clone(),
            record: fact.record.clone(),
            pages: fact.pages.clone(),
            sheets: fact.sheets.as_ref().map(KeptSheets::from),
        }
    }

    fn fact(&self) -> Option<FileFact> {
        let sheets = match self.sheets.clone() {
            Some(sheets) => Some(sheets.fact()?),
            None => None,
        };
        let Self { path, record, pages, .. } = self;
        let known = FileFact::without_pages(path.clone(), FileState::Made);
        Some(FileFact { record: record.clone(), pages: pages.clone(), sheets, ..known })
    }
}

impl KeptDiagnostic {
    fn of(one: &Diagnostic, sources: &mut Vec<Arc<Source>>) -> Self {
        let place = one.origin.as_ref().map(|origin| {
            let known = sources.iter().position(|source| Arc::ptr_eq(source, &origin.source));
            let source = known.unwrap_or_else(|| {
                sources.push(Arc::clone(&origin.source));
                sources.len() - 1
            });
            KeptPlace { source, place: origin.place.clone(), span: origin.span.clone() }
        });
        let Diagnostic { code, severity, message, hints, fix, .. } = one.clone();
        Self { code, severity, message, hints, fix, place }
    }

    fn diagnostic(&self, sources: &[Arc<Source>]) -> Option<Diagnostic> {
        let Self { code, severity, message, hints, fix, place } = self;
        let origin = match place {
            Some(KeptPlace { source, place, span }) => {
                let source = Arc::clone(sources.get(*source)?);
                // what does not fit its text would be no excerpt
                let is_sound = span.as_ref().is_none_or(|span| source.text.get(span.clone()).is_some());
                is_sound.then_some(())?;
                Some(Origin { source, place: place.clone(), span: span.clone() })
            }
            None => None,
        };
        let (code, severity) = (*code, *severity);
        let (message, hints, fix) = (message.clone(), hints.clone(), fix.clone());
        Some(Diagnostic { code, severity, message, origin, hints, fix })
    }
}
