//! The press editions of a run: which press prints what, the press files, and the docket beside them.
//!
//! In: publications and proofs. Out: press files in the place of the proofs' PDFs, and dockets.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::merge::{Job, Publication};
#[cfg(feature = "genpdf-docket")]
use crate::model::date::Date;
use crate::model::docket::{Docket, Fact, PrintFile};
use crate::model::edition::Edition;
use crate::model::imposition::Scheme;
use crate::model::layout::LayoutKind;
#[cfg(feature = "genpdf-docket")]
use crate::model::origin::Origin;
use crate::press::convert::ConvertError;
use crate::press::finish::{About, Part};
use crate::press::preflight::Examination;
use crate::press::profile::{BlackOverprint, Cover, Inks, Marks, Profile, ShopFolio};
#[cfg(feature = "genpdf-docket")]
use crate::press::settle::{SettleError, Settled};
use crate::press::{self, Press, cover, preflight};
use crate::project::Project;
use crate::project::press::DocketForm;
#[cfg(feature = "genpdf-docket")]
use crate::report;
use crate::say;
use crate::typeset::{self, Placement, TypesetPages, Typesetter};

/// What came of printing pages beside the press file itself.
#[derive(Default)]
pub(super) struct Printed {
    /// The cover, where it is a file of its own.
    pub cover: Option<TypesetPages>,
    /// The inks of the press file; none if there is none.
    pub inks: Option<Vec<String>>,
}

/// The presses that a run needs, by publication.
#[derive(Default)]
pub(super) struct PressRoom(BTreeMap<String, Press>);

impl PressRoom {
    /// Makes the presses ready. A publication whose press is not makes no press edition.
    pub(super) fn open(
        project: &Project,
        publications: &mut [Publication],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut presses = BTreeMap::new();
        for publication in publications.iter_mut().filter(|one| one.edition.pages() == Edition::Press) {
            let name = publication.plan.name.value.clone();
            if presses.contains_key(&name) {
                continue;
            }
            match press::load::press(project, &name) {
                Ok(press) => {
                    presses.insert(name, press);
                }
                Err(fault) => {
                    publication.hold(&say!(
                        "印刷所の条件に直すところがあるため、作りませんでした。",
                        "It was not made: what the manifest says of the press has a fault."
                    ));
                    diagnostics.push(fault);
                }
            }
        }
        Self(presses)
    }

    /// What the press of a publication takes; none if it is not set for a press.
    pub(super) fn profile(&self, publication: &Publication) -> Option<&Profile> {
        let press = self.0.get(&publication.plan.name.value)?;
        (publication.edition == Edition::Press).then_some(&press.profile)
    }

    /// Whether the pages of `publication` go to the press as a body and a cover of its own.
    pub(super) fn parts(&self, publication: &Publication) -> bool {
        let profile = self.0.get(&publication.plan.name.value).map(|press| &press.profile);
        publication.edition == Edition::Press
            && is_bound(publication)
            && profile.is_some_and(|profile| profile.cover == Cover::Spreads)
    }

    /// Puts the press file in the place of the proof's PDF; takes the proof away if that cannot be. With `apart`, the body
    /// takes the place, and the cover is given beside it.
    pub(super) fn print(
        &self,
        project: &Project,
        publication: &Publication,
        job: &Job,
        proof: &mut Option<TypesetPages>,
        apart: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Printed {
        if publication.edition != Edition::Press {
            return Printed::default();
        }
        let press = self.0.get(&publication.plan.name.value);
        let Some((press, set)) = press.zip(proof.take()) else { return Printed::default() };
        diagnostics.extend(unfit(publication, &press.profile, set.pages.len()));
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Printed::default();
        }
        let run = Run { press, project, publication };
        let made = if apart {
            run.parted(set, job, diagnostics).and_then(|(body, cover)| {
                let (cover, _) = run.made(cover, &cover_stem(&job.stem), Part::Cover, diagnostics)?;
                let (body, inks) = run.made(body, &job.stem, Part::Body, diagnostics)?;
                Some((body, Some(cover), inks))
            })
        } else {
            let whole = run.made(set, &job.stem, Part::Whole, diagnostics);
            whole.map(|(whole, inks)| (whole, None, inks))
        };
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Printed::default();
        }
        let Some((pages, cover, inks)) = made else { return Printed::default() };
        *proof = Some(pages);
        Printed { cover, inks: Some(inks) }
    }

    /// The docket of `publication` for `files`, its press files.
    pub(super) fn docket(
        &self,
        project: &Project,
        publication: &Publication,
        files: Vec<PrintFile>,
        typesetter: &Typesetter,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<u8>> {
        let name = &publication.plan.name.value;
        let press = self.0.get(name).filter(|_| !files.is_empty())?;
        let plan = project.press_plan(name);
        let docket = Docket {
            title: publication.plan.title.clone(),
            project: project.title.clone(),
            date: project.date.japanese(),
            facts: facts(publication, &press.profile),
            files,
            notes: plan.map(|plan| plan.notes.clone()).unwrap_or_default(),
            contact: plan
                .map(|plan| plan.contact.clone())
                .filter(|lines| !lines.is_empty())
                .unwrap_or_else(|| project.publisher.clone()),
        };
        let ident = format!("{name}/{}", publication.folder());
        match plan.map_or(&DocketForm::Layout, |plan| &plan.docket) {
            DocketForm::Layout => {
                let laid_out = typeset::lay_out_docket(project, &docket, &ident);
                let set = typesetter.set(&laid_out.input).resolve(&laid_out).collect(diagnostics);
                set.map(|pages| pages.pdf)
            }
            #[cfg(feature = "genpdf-docket")]
            DocketForm::Plain(asked) => {
                let made = plain(&docket, asked, project.date, ident);
                made.map_err(|found| diagnostics.extend(found)).ok()
            }
        }
    }
}

/// The docket without the engine: set by genpdf, then settled, which looks whether all words are there.
#[cfg(feature = "genpdf-docket")]
fn plain(docket: &Docket, asked: &Origin, date: Date, ident: String) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let set = report::docket::plain(docket, asked)?;
    let about = Settled { title: format!("{}　作業指示書", docket.title), date, ident };
    about.settle(&set.pdf, &set.words).map_err(|error| match error {
        SettleError::Pages(_) => vec![report::docket::too_long(asked)],
        error => vec![report::docket::fault(&error, asked)],
    })
}

/// The name of the cover's file beside that of the body.
pub(super) fn cover_stem(stem: &str) -> String {
    format!("{stem}-cover")
}

/// Whether the pages are bound, so that there is a spine and a cover.
fn is_bound(publication: &Publication) -> bool {
    publication.plan.layout.kind == LayoutKind::Booklet
}

/// What the profile asks for and the binding cannot have.
fn unfit(publication: &Publication, profile: &Profile, pages: usize) -> Option<Diagnostic> {
    let plan = &publication.plan;
    let saddle = matches!(plan.imposition.scheme, Scheme::Saddle(_));
    let fault = |what: Say, how: Say| {
        Some(Diagnostic::error(Code::PressBinding, what).at(plan.name.origin.clone()).hint(how))
    };
    let name = &profile.name;
    if !is_bound(publication) {
        return None;
    }
    if profile.folio == ShopFolio::Hidden && saddle {
        return fault(
            say!(
                "印刷プロファイル「{name}」の隠しノンブルは、中綴じではのどに入れられません。見えてしまいます。",
                "The hidden folio of the press profile \"{name}\" cannot be used with saddle stitch: it would be seen."
            ),
            say!(
                "プロファイルの folio を \"none\" か \"outside\" にするか、面付けの scheme を無線綴じ（perfect）にしてください。",
                "Set folio to \"none\" or \"outside\" in the profile, or the scheme of the imposition to one of perfect binding."
            ),
        );
    }
    if profile.cover != Cover::Spreads {
        return None;
    }
    if !saddle {
        return fault(
            say!(
                "印刷プロファイル「{name}」は表紙を見開きで求めていますが、無線綴じの背の絵柄がありません。",
                "The press profile \"{name}\" wants the cover as spreads, but there is no art for the spine of perfect binding."
            ),
            say!(
                "見開きの表紙は中綴じ（背幅0）だけで作れます。プロファイルの cover を \"with-body\" にしてください。",
                "Covers as spreads are made for saddle stitch (no spine) only; set cover to \"with-body\" in the profile."
            ),
        );
    }
    if pages < cover::LEAST || !pages.is_multiple_of(4) {
        return fault(
            say!(
                "表紙を分けるには、4の倍数で{}ページ以上が要ります。いまは{pages}ページです。",
                "A cover of its own needs a multiple of 4 pages, at least {}; there are {pages}.",
                cover::LEAST
            ),
            say!("ページ数をそろえてください。", "Add or take away pages."),
        );
    }
    None
}

/// What every press file of a run is made with.
struct Run<'r> {
    press: &'r Press,
    project: &'r Project,
    publication: &'r Publication,
}

impl Run<'_> {
    /// The press file of a proof and its inks; none if it cannot be made. Findings are those of its final bytes.
    fn made(
        &self,
        set: TypesetPages,
        stem: &str,
        part: Part,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(TypesetPages, Vec<String>)> {
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
        let spread;
        let profile = match part {
            Part::Whole | Part::Body => &press.profile,
            Part::Cover => {
                spread = of_spreads(&press.profile);
                &spread
            }
        };
        // the gate: what is written is what was judged, byte for byte
        let Examination { mut findings, inks, .. } = preflight::examine(&pdf, profile);
        preflight::trace(&mut findings, &set.placements);
        let file = super::path(publication, stem);
        diagnostics.extend(findings.iter().map(|finding| finding.diagnostic(&file)));
        Some((TypesetPages { pdf, ..set }, inks))
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

    /// Body and cover; what landed where goes along.
    fn parted(&self, set: TypesetPages, job: &Job, diagnostics: &mut Vec<Diagnostic>) -> Option<(TypesetPages, TypesetPages)> {
        let binding = self.publication.plan.layout.page.binding;
        let parts = match cover::part(&set.pdf, binding) {
            Ok(parts) => parts,
            Err(error) => {
                diagnostics.push(self.unready(&job.stem, &error));
                return None;
            }
        };
        let (pages, last) = (set.pages, set.placements);
        let total = pages.len();
        let (width, height) = *pages.first()?;
        let spreads = cover::order(total, binding);
        let (mut body, mut cover) = (Vec::new(), Vec::new());
        for placement in last {
            let side = spreads.iter().zip(1..).find_map(|(sides, number)| {
                sides.iter().position(|page| *page == placement.page).map(|side| (number, side))
            });
            match side {
                None => body.push(Placement { page: placement.page - 2, ..placement }),
                Some((number, side)) => {
                    let mut rect = placement.rect;
                    if side == 1 {
                        rect.x = rect.x + width;
                    }
                    cover.push(Placement { page: number, rect, ..placement });
                }
            }
        }
        let inner = pages[2..total - 2].to_vec();
        Some((
            TypesetPages { pdf: parts.body, pages: inner, placements: body },
            TypesetPages { pdf: parts.cover, pages: vec![(width + width, height); 2], placements: cover },
        ))
    }
}

/// The profile that two spreads are judged by: of twice the width, and no number of pages that binding asks for.
fn of_spreads(profile: &Profile) -> Profile {
    let trims = profile.trims.iter().map(|(width, height)| (*width + *width, *height)).collect();
    Profile { trims, page_multiple: 1, ..profile.clone() }
}

/// A press file as the docket names it.
pub(super) fn print_file(path: &str, proof: &TypesetPages) -> PrintFile {
    PrintFile {
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        pages: proof.pages.len(),
        bytes: proof.pdf.len(),
        sha256: press::checksum(&proof.pdf),
    }
}

fn facts(publication: &Publication, profile: &Profile) -> Vec<Fact> {
    let page = &publication.plan.layout.page;
    let binding = match page.binding {
        crate::model::layout::Binding::Left => "左綴じ",
        crate::model::layout::Binding::Right => "右綴じ",
    };
    let inks = match profile.inks {
        Inks::Cmyk => "プロセス4色（CMYK）",
        Inks::Black => "墨1色（K）",
    };
    let overprint = match profile.overprint {
        BlackOverprint::Set => "K100の文字と細い線に設定済み",
        BlackOverprint::LeftToRip => "設定なし（RIPにまかせる）",
        BlackOverprint::Forbidden => "なし",
    };
    let marks = match profile.marks {
        Marks::None => "なし（TrimBoxとBleedBoxで示す）",
        Marks::Crop => "コーナーのみ",
        Marks::Japanese => "内・外・センター",
    };
    let (width, height, bleed) = (page.width.to_mm(), page.height.to_mm(), page.bleed.to_mm());
    let limit = profile.ink_limit;
    let thickness = profile.paper_thickness.to_mm();
    let condition = &profile.condition;
    let cover = match (is_bound(publication), profile.cover) {
        (false, _) => "",
        (true, Cover::WithBody) => "本文と同じファイル",
        (true, Cover::Spreads) => "別ファイル（表4-1・表2-3の見開き、背幅 0 mm）",
    };
    [
        ("仕上がり", format!("{width} × {height} mm、塗り足し {bleed} mm")),
        ("綴じ", binding.to_owned()),
        ("色数", inks.to_owned()),
        ("用紙", format!("{}（厚さ {thickness:.2} mm）", profile.paper)),
        ("出力条件", format!("{}（{}）", condition.identifier, condition.info)),
        ("インキ総量", format!("{limit} % まで")),
        ("スミのせ", overprint.to_owned()),
        ("トンボ", marks.to_owned()),
        ("規格", format!("{}、プロファイル {}（{}）", profile.level.name(), profile.name, profile.title.0)),
        ("表紙", cover.to_owned()),
        ("面付け", "していません（1ページずつ、順に）".to_owned()),
    ]
    .into_iter()
    .filter(|(_, words)| !words.is_empty())
    .map(|(label, words)| Fact { label: label.to_owned(), words })
    .collect()
}
