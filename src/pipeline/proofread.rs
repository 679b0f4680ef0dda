//! The part of the pipeline that reads typeset pages as a proofreader does.
//!
//! In: what was prepared. Out: findings of each file of page editions, said once where several files show the same. Nothing is
//! written but the page that was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::engine::Engine;
use super::sheets;
use super::task;
use super::{PipelineError, Prepared, Ready, Session};
use crate::diagnostic::{Code, Diagnostic, Language, Suggestion};
use crate::merge::{Job, Publication};
use crate::model::edition::{Edition, Reader};
use crate::model::finding::Finding;
use crate::model::region::Region;
use crate::output::write_for_user;
use crate::pdf::raster::{self, Bitmap, Picture};
use crate::project::Project;
use crate::project::proofread::ProofreadPlan;
use crate::proofing::previews;
use crate::proofread::easy::standard::{self, EasyStandard};
use crate::proofread::profile::DEFAULT;
use crate::proofread::rules::RULES;
use crate::proofread::{self, Galley, ProofProfile};
use crate::report::facts::Facts;
use crate::report::html::proofread::{JudgedBy, ProofedFile, page};
use crate::say;
use crate::typeset::{self, Typesetter};

/// How pages are to be proofread.
#[derive(Debug, Clone, Default)]
pub struct ProofreadWish {
    /// The profile, if the command names one; else the manifest's.
    pub profile: Option<String>,
    /// Where the findings are written as a page.
    pub html: Option<PathBuf>,
    /// The language of the page.
    pub language: Language,
}

/// A file that was proofread.
#[derive(Debug)]
pub struct ProofreadFile {
    /// Its path, as `build` writes it.
    pub path: String,
    /// What was found in it and in no file before it.
    pub findings: Vec<Finding>,
    /// Its pages by their sizes.
    pub pages: Vec<Region>,
    /// Pictures of them, if a page of findings is asked for.
    pictures: Vec<Option<Picture>>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Proofreading {
    /// Faults of the sources, then what was found on the pages.
    pub facts: Facts,
    /// The files, in order.
    pub files: Vec<ProofreadFile>,
}

/// More pages of a file are not drawn.
const MOST: usize = 400;
/// Resolution of the pictures that grounds are measured on, in pixels per point: a hundred per inch.
const SCALE: f64 = 100.0 / 72.0;

impl Session {
    /// Proofreads all files that were prepared: of each publication and reader one edition, on screen where there is one.
    ///
    /// # Errors
    /// [`PipelineError`] when fonts cannot be loaded, or the page of findings cannot be written. A profile that is not there is a finding.
    pub fn proofread(
        &mut self,
        prepared: &Prepared,
        wish: &ProofreadWish,
    ) -> Result<Proofreading, PipelineError> {
        let mut read = Proofreading { facts: prepared.facts.clone(), files: Vec::new() };
        let Some(Ready { project, publications, .. }) = &prepared.ready else { return Ok(read) };
        let plan = &project.proofread;
        read.facts.diagnostics.extend(unknown_rules(plan));
        let (profile, easy) = match asked(project, wish) {
            Ok(asked) => asked,
            Err(fault) => {
                read.facts.diagnostics.push(fault);
                return Ok(read);
            }
        };
        let engine = Engine::new(project, self.typesetter.take(), &self.fonts, publications)?;
        let mut reader = ProofReader {
            project,
            engine: &engine,
            profile: &profile,
            easy: &easy,
            wish,
            off: plan.off(),
            said: BTreeSet::new(),
        };
        for publication in chosen(publications) {
            let as_set = sheets::as_set(publication);
            for job in jobs(&as_set) {
                let file = reader.file(&as_set, job, &mut read.facts);
                read.files.push(file);
                Typesetter::forget();
            }
        }
        self.typesetter = engine.into_typesetter();
        for file in &read.files {
            let name = file.path.trim_end_matches(".pdf").rsplit('/').next().unwrap_or(&file.path);
            read.facts
                .diagnostics
                .extend(file.findings.iter().map(|finding| told(finding, name, &file.path)));
        }
        read.facts.sort();
        if let Some(path) = &wish.html {
            let by = JudgedBy { profile: &profile.title, source: &profile.source };
            write_for_user(path, page(&proofed(&read.files), by, wish.language).as_bytes())?;
        }
        Ok(read)
    }
}

/// Reads one file after the other.
struct ProofReader<'p> {
    project: &'p Project,
    engine: &'p Engine<'p>,
    profile: &'p ProofProfile,
    easy: &'p EasyStandard,
    wish: &'p ProofreadWish,
    off: BTreeSet<String>,
    /// What was said: code, place and words.
    said: BTreeSet<(Code, String, String)>,
}

impl ProofReader<'_> {
    fn file(&mut self, publication: &Publication, job: &Job, facts: &mut Facts) -> ProofreadFile {
        let laid_out = typeset::lay_out(self.project, publication, job);
        let mut set = self.engine.typesetter().set(&laid_out.input, self.project.limits.pages);
        facts.diagnostics.extend(set.findings(&laid_out));
        let composition = self.engine.typesetter().compose(&laid_out.input);
        let pdf = set.pdf.take();
        let wants_pictures = |_: &&Vec<u8>| self.wish.html.is_some();
        let shown = pdf.as_ref().filter(wants_pictures).map_or_else(Vec::new, |pdf| previews::pages(pdf));
        // the pages of this reader are made black when they are written: colours here are not yet theirs
        let is_drawn = publication.reader != Reader::Mono;
        let pictures = pdf.as_ref().filter(|_| is_drawn);
        let pictures = pictures.map_or_else(Vec::new, |pdf| self::pictures(pdf, &composition.pages));
        let galley = Galley {
            composition: &composition,
            origins: &laid_out.origins,
            reader: publication.reader,
            profile: self.profile,
            easy: self.easy,
            pictures: &pictures,
            words: &self.project.proofread.words,
            off: &self.off,
        };
        let mut findings = proofread::judge(&galley);
        let layout = &laid_out.input.layout;
        findings.retain(|finding| {
            let place = finding.origin.as_ref().map_or_else(|| layout.clone(), ToString::to_string);
            self.said.insert((finding.code, place, format!("{} {}", finding.what.en, finding.found.en)))
        });
        ProofreadFile {
            path: task::path(publication, &job.stem),
            findings,
            pages: composition.pages,
            pictures: shown,
        }
    }
}

/// The files as the page of findings shows them.
fn proofed(files: &[ProofreadFile]) -> Vec<ProofedFile<'_>> {
    let proofed = files.iter().map(|file| ProofedFile {
        path: &file.path,
        findings: &file.findings,
        pages: &file.pages,
        pictures: &file.pictures,
    });
    proofed.collect()
}

/// The pages of a PDF as pictures, for the grounds of their text.
fn pictures(pdf: &[u8], pages: &[Region]) -> Vec<Bitmap> {
    let width = pages.first().map_or(1.0, |page| page.width.to_pt() * SCALE);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    let width = width as f32;
    raster::bitmaps(pdf, width, MOST)
}

/// A finding as commands show it, with the file in whose pages it is.
fn told(finding: &Finding, name: &str, path: &str) -> Diagnostic {
    let mut told = finding.diagnostic(path);
    if finding.page.is_some() {
        told.message.ja = format!("{name} の{}", told.message.ja);
        told.message.en = format!("{name}, {}", told.message.en);
    }
    told
}

/// The profile that is asked for, and the standard of easy Japanese.
fn asked(project: &Project, wish: &ProofreadWish) -> Result<(ProofProfile, EasyStandard), Diagnostic> {
    let (plan, files) = (&project.proofread, &project.layout_files);
    let profile = match (&wish.profile, &plan.profile) {
        (Some(name), _) => ProofProfile::find(files, name, None),
        (None, Some(name)) => ProofProfile::find(files, &name.value, Some(&name.origin)),
        (None, None) => ProofProfile::find(files, DEFAULT, None),
    }?;
    let easy = match &plan.easy {
        Some(name) => EasyStandard::find(files, &name.value, Some(&name.origin)),
        None => EasyStandard::find(files, standard::DEFAULT, None),
    }?;
    Ok((profile, easy))
}

/// Names of `off` that no rule has.
fn unknown_rules(plan: &ProofreadPlan) -> impl Iterator<Item = Diagnostic> {
    let known = || RULES.iter().map(|rule| rule.name);
    plan.off.iter().filter(move |name| known().all(|rule| rule != name.value)).map(move |name| {
        let given = &name.value;
        let list = known().collect::<Vec<_>>().join(", ");
        let message =
            say!("校正の規則「{given}」はありません。", "There is no rule of proofreading \"{given}\".");
        let hint = Suggestion::of(given, known()).or(|| say!("使えるもの：{list}", "There are: {list}"));
        Diagnostic::error(Code::ManifestReference, message).at(name.origin.clone()).hint(hint)
    })
}

/// Of each publication and reader the edition to read: on screen, else for an office, else the first.
fn chosen(publications: &[Publication]) -> Vec<&Publication> {
    let rank = |edition: Edition| match edition {
        Edition::Screen => 0,
        Edition::Office => 1,
        Edition::Press => 2,
        Edition::Office2up | Edition::Office4up | Edition::OfficeBooklet | Edition::Imposed => 3,
    };
    let mut best: BTreeMap<(&str, Reader), &Publication> = BTreeMap::new();
    let mut order: Vec<(&str, Reader)> = Vec::new();
    for publication in publications {
        let key = (publication.plan.name.value.as_str(), publication.reader);
        let known = best.entry(key).or_insert_with(|| {
            order.push(key);
            publication
        });
        if rank(publication.edition) < rank(known.edition) {
            *known = publication;
        }
    }
    order.iter().filter_map(|key| best.get(key).copied()).collect()
}

/// The files of a publication; that of all records shows what those of each show.
fn jobs(publication: &Publication) -> impl Iterator<Item = &Job> {
    let has_parts = publication.jobs.iter().any(|job| !job.combined);
    publication.jobs.iter().filter(move |job| !(job.combined && has_parts))
}
