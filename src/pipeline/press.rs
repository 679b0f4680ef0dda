//! The press editions of a run: press files in the place of typeset pages, judged before they are handed on, and the docket
//! beside them.

use super::build_context::BuildContext;
use super::job_key::{EngineInput, JobKey};
use super::kept::{self, KeptDocket, KeptPart};
use super::limits::RunningJob;
use super::origins;
#[cfg(feature = "genpdf-docket")]
use super::plain_docket::set_plain;
use super::task::Task;
use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::docket::{self, PressRun};
use crate::impose;
use crate::merge::Publication;
use crate::model::docket::PrintFile;
use crate::model::imposition::Imposition;
use crate::model::length::Length;
use crate::model::sheet::Size;
use crate::output::{self, Found, OutputError};
use crate::pdf::text::document_text;
use crate::preflight::{self, Examination};
use crate::press::Press;
use crate::press::about::{About, AboutPart};
use crate::press::cover::{self, PageParts};
use crate::press::fault::ConvertError;
use crate::press::presses::unfit;
use crate::press::profile::Profile;
use crate::project::Project;
use crate::project::press::DocketForm;
use crate::typeset::words::LayoutWords;
use crate::typeset::{self, LaidOut, TypesetPages};
use crate::verify::{self, ReadBack};

/// A press edition of pages.
pub(super) struct PressPages {
    /// The pages; the body alone, where the cover is a file of its own.
    pub pages: TypesetPages,
    /// The cover, where it is a file of its own.
    pub cover: Option<TypesetPages>,
    /// The inks that the pages print.
    pub inks: Vec<String>,
    /// The text of each file, as it can be read out of its final bytes.
    pub text: Vec<ReadBack>,
    /// What preflight said of each file.
    pub parts: Vec<KeptPart>,
}

/// A press file that is made, and what its final bytes tell.
struct PressFile {
    pages: TypesetPages,
    inks: Vec<String>,
    text: ReadBack,
    part: KeptPart,
}

/// Makes press files of typeset pages; none if that cannot be, which is then a finding.
pub(super) fn print(
    context: &BuildContext<'_>,
    task: &Task<'_>,
    set: TypesetPages,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PressPages> {
    let Task { publication, job, .. } = *task;
    let press = context.presses.of(publication)?;
    diagnostics.extend(unfit(publication, &press.profile, set.pages.len()));
    if has_errors(diagnostics) {
        return None;
    }
    let run = Run { press, project: context.project, publication };
    let made = if task.apart {
        let binding = publication.plan.layout.page.binding;
        match cover::part_pages(set, binding) {
            Ok(PageParts { body, cover }) => {
                let cover = run.make(cover, &cover::stem(&job.stem), AboutPart::Cover, diagnostics);
                let body = run.make(body, &job.stem, AboutPart::Body, diagnostics);
                let (cover, body) = cover.zip(body)?;
                Some(PressPages {
                    pages: body.pages,
                    cover: Some(cover.pages),
                    inks: body.inks,
                    text: vec![body.text, cover.text],
                    parts: vec![cover.part, body.part],
                })
            }
            Err(error) => {
                diagnostics.push(run.unready(&job.stem, &error));
                None
            }
        }
    } else {
        let whole = run.make(set, &job.stem, AboutPart::Whole, diagnostics);
        whole.map(|PressFile { pages, inks, text, part }| PressPages {
            pages,
            cover: None,
            inks,
            text: vec![text],
            parts: vec![part],
        })
    };
    made.filter(|_| !has_errors(diagnostics))
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Gives the sink the docket of `publication` for `files`, its press files; whether there is one: without files, or when it
/// has a fault, there is none.
pub(super) fn give_docket(
    context: &BuildContext<'_>,
    publication: &Publication,
    files: Vec<PrintFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<bool, OutputError> {
    let Some(press) = context.presses.of(publication).filter(|_| !files.is_empty()) else { return Ok(false) };
    let project = context.project;
    let name = &publication.plan.name.value;
    let imposition = imposition_of(publication, &press.profile, &files);
    let run = PressRun { publication, profile: &press.profile, files, imposition };
    let docket = docket::docket(project, run);
    let ident = format!("{name}/{}", publication.folder());
    let path = super::task::path(publication, "docket");
    match project.press_plan(name).map_or(&DocketForm::Layout, |plan| &plan.docket) {
        DocketForm::Layout => {
            let laid_out = typeset::lay_out_docket(project, &docket, &ident);
            give_pages(context, &path, &laid_out, diagnostics)
        }
        #[cfg(feature = "genpdf-docket")]
        DocketForm::Plain(asked) => {
            let made = set_plain(&docket, asked, project.date, ident);
            let made = made.map_err(|found| diagnostics.extend(found)).ok();
            made.map_or(Ok(false), |pdf| context.sink.put(&path, &pdf).map(|()| true))
        }
    }
}

/// How the pages of a bound publication may lie on sheets, as its docket shows it; none where its cover is a file of its own, or
/// where the order fits no sheet, which is told when sheets are made.
fn imposition_of(publication: &Publication, profile: &Profile, files: &[PrintFile]) -> Option<Imposition> {
    let [file] = files else { return None };
    if !publication.is_bound() {
        return None;
    }
    let mut order = publication.plan.imposition.clone();
    if order.paper == Length::ZERO {
        order.paper = profile.paper_thickness;
    }
    let page = &publication.plan.layout.page;
    impose::plan::plan(&order, file.pages, Size { width: page.width, height: page.height }).ok()
}

/// Gives the sink the pages of a docket, made now or kept from earlier; whether there are any.
fn give_pages(
    context: &BuildContext<'_>,
    path: &str,
    laid_out: &LaidOut,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<bool, OutputError> {
    let sink = context.sink;
    let input = EngineInput::new(&laid_out.input);
    let key = JobKey::of_pages(context, path, &input);
    let kept = sink.cache().and_then(|cache| {
        let kept: KeptDocket = kept::read(&cache.recall(&key.digest)?)?;
        let found = if sink.keeps() { cache.find(path, &kept.sum)? } else { Found::InPlace };
        Some((kept, found))
    });
    if let Some((kept, found)) = kept {
        diagnostics.extend(verify::judge(laid_out, &kept.set.trace, &kept.words).diagnostics);
        diagnostics.extend(kept.set.findings(laid_out));
        match found {
            Found::InPlace => {}
            Found::Kept(bytes) => sink.put(path, &bytes)?,
        }
        return Ok(true);
    }
    let running = RunningJob::new(context, path, &input);
    context.progress.begin(&running, &context.limits);
    let set = running.set(context, laid_out);
    context.progress.end(&running);
    let mut set = match set {
        Ok(set) => set,
        Err(stopped) => {
            diagnostics.push(stopped);
            return Ok(false);
        }
    };
    let words = context.engine.typesetter().words(&laid_out.input.layout);
    if set.pdf.is_some() {
        let judgement = verify::judge(laid_out, &set.trace, &words);
        let is_lost = has_errors(&judgement.diagnostics);
        diagnostics.extend(judgement.diagnostics);
        if is_lost {
            return Ok(false);
        }
    }
    diagnostics.extend(set.findings(laid_out));
    let Some(pdf) = set.pdf.take() else { return Ok(false) };
    sink.put(path, &pdf)?;
    if let Some(cache) = sink.cache().filter(|_| sink.keeps()) {
        let kept = KeptDocket {
            inputs: key.inputs,
            set,
            words: LayoutWords::clone(&words),
            sum: output::checksum(&pdf),
        };
        cache.keep(&key.digest, &[path], &kept::bytes(&kept))?;
    }
    Ok(true)
}

/// What every press file of a publication is made with.
struct Run<'r> {
    press: &'r Press,
    project: &'r Project,
    publication: &'r Publication,
}

impl Run<'_> {
    /// The press file of typeset pages; none if it cannot be made. Findings are those of its final bytes.
    fn make(
        &self,
        set: TypesetPages,
        stem: &str,
        part: AboutPart,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<PressFile> {
        let Self { press, project, publication } = self;
        let plan = &publication.plan;
        let about = About {
            title: plan.title.clone(),
            date: project.date,
            ident: format!("{}/{}/{stem}", plan.name.value, publication.folder()),
            binding: plan.layout.page.binding,
            part,
        };
        let pdf = match press.make(&set.pdf, &about) {
            Ok(pdf) => pdf,
            Err(error) => {
                diagnostics.push(self.unready(stem, &error));
                return None;
            }
        };
        let spreads;
        let profile = match part {
            AboutPart::Whole | AboutPart::Body => &press.profile,
            AboutPart::Cover => {
                spreads = cover::profile(&press.profile);
                &spreads
            }
        };
        // the gate: what is written is what was judged, byte for byte; opened once for all who judge
        let (seen, text) = match preflight::open(&pdf) {
            Ok(doc) => (preflight::examine_document(&doc, profile), document_text(&doc)),
            Err(finding) => (finding.into(), Ok(Vec::new())),
        };
        let Examination { findings, inks, .. } = seen;
        let path = super::task::path(publication, stem);
        let part = KeptPart { path, is_cover: part == AboutPart::Cover, findings };
        diagnostics.extend(origins::told(&part, &set.placements));
        Some(PressFile { pages: TypesetPages { pdf, ..set }, inks, text, part })
    }

    fn unready(&self, stem: &str, error: &ConvertError) -> Diagnostic {
        let why = error.say();
        Diagnostic::error(
            Code::PressColour,
            Say::new(
                format!("「{stem}」を入稿データにできません：{}", why.ja),
                format!("\"{stem}\" cannot be made ready for the press: {}", why.en),
            ),
        )
        .at(self.publication.plan.name.origin.clone())
    }
}
