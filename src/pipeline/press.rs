//! The press editions of a run: press files in the place of typeset pages, judged before they are handed on, and the docket
//! beside them.

use super::origins;
#[cfg(feature = "genpdf-docket")]
use super::plain_docket::set_plain;
use super::task::{BuildContext, Task};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::docket;
use crate::merge::Publication;
use crate::model::docket::PrintFile;
use crate::pdf::text::document_text;
use crate::preflight::{self, Examination};
use crate::press::Press;
use crate::press::about::{About, Part};
use crate::press::cover::{self, PageParts};
use crate::press::fault::ConvertError;
use crate::press::presses::unfit;
use crate::project::Project;
use crate::project::press::DocketForm;
use crate::say;
use crate::typeset::{self, TypesetPages};
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
}

/// A press file that is made, and what its final bytes tell.
struct PressFile {
    pages: TypesetPages,
    inks: Vec<String>,
    text: ReadBack,
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
                let cover = run.make(cover, &cover::stem(&job.stem), Part::Cover, diagnostics);
                let body = run.make(body, &job.stem, Part::Body, diagnostics);
                let (cover, PressFile { pages, inks, text }) = cover.zip(body)?;
                Some(PressPages { pages, cover: Some(cover.pages), inks, text: vec![text, cover.text] })
            }
            Err(error) => {
                diagnostics.push(run.unready(&job.stem, &error));
                None
            }
        }
    } else {
        let whole = run.make(set, &job.stem, Part::Whole, diagnostics);
        whole.map(|PressFile { pages, inks, text }| PressPages { pages, cover: None, inks, text: vec![text] })
    };
    made.filter(|_| !has_errors(diagnostics))
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The docket of `publication` for `files`, its press files; none without files, or when it has a fault.
pub(super) fn set_docket(
    context: &BuildContext<'_>,
    publication: &Publication,
    files: Vec<PrintFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let press = context.presses.of(publication).filter(|_| !files.is_empty())?;
    let project = context.project;
    let name = &publication.plan.name.value;
    let docket = docket::docket(project, publication, &press.profile, files);
    let ident = format!("{name}/{}", publication.folder());
    match project.press_plan(name).map_or(&DocketForm::Layout, |plan| &plan.docket) {
        DocketForm::Layout => {
            let laid_out = typeset::lay_out_docket(project, &docket, &ident);
            let set = context.typesetter.set(&laid_out.input);
            if set.pdf.is_some() {
                let words = context.typesetter.words(&laid_out.input.layout);
                let judgement = verify::judge(&laid_out, &set.trace, &words);
                let is_lost = judgement.diagnostics.iter().any(|one| one.severity == Severity::Error);
                diagnostics.extend(judgement.diagnostics);
                if is_lost {
                    return None;
                }
            }
            let set = set.resolve(&laid_out).collect(diagnostics);
            set.map(|pages| pages.pdf)
        }
        #[cfg(feature = "genpdf-docket")]
        DocketForm::Plain(asked) => {
            let made = set_plain(&docket, asked, project.date, ident);
            made.map_err(|found| diagnostics.extend(found)).ok()
        }
    }
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
        part: Part,
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
            Part::Whole | Part::Body => &press.profile,
            Part::Cover => {
                spreads = cover::profile(&press.profile);
                &spreads
            }
        };
        // the gate: what is written is what was judged, byte for byte; opened once for all who judge
        let (seen, text) = match preflight::open(&pdf) {
            Ok(doc) => (preflight::examine_document(&doc, profile), document_text(&doc)),
            Err(finding) => (finding.into(), Ok(Vec::new())),
        };
        let Examination { mut findings, inks, .. } = seen;
        origins::trace(&mut findings, &set.placements);
        let file = super::task::path(publication, stem);
        diagnostics.extend(findings.iter().map(|finding| finding.diagnostic(&file)));
        Some(PressFile { pages: TypesetPages { pdf, ..set }, inks, text })
    }

    fn unready(&self, stem: &str, error: &ConvertError) -> Diagnostic {
        Diagnostic::error(
            Code::PressColour,
            say!(
                "「{stem}」を印刷用にできません：{error}",
                "\"{stem}\" cannot be made ready for the press: {error}"
            ),
        )
        .at(self.publication.plan.name.origin.clone())
    }
}
