//! The press editions of a run: which press prints what, the press files, and the docket beside them.
//!
//! In: publications and proofs. Out: press files in the place of the proofs' PDFs, and dockets.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::merge::{Job, Publication};
use crate::model::edition::Edition;
use crate::press::finish::About;
use crate::press::profile::{BlackOverprint, Inks, Marks, Profile};
use crate::press::{self, Press, preflight};
use crate::project::Project;
use crate::say;
use crate::typeset::docket::{Docket, Fact, PrintFile};
use crate::typeset::{Proof, Typesetter};

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

    /// Puts the press file in the place of the proof's PDF; takes the proof away if that cannot be. Gives the inks of the
    /// file.
    pub(super) fn print(
        &self,
        project: &Project,
        publication: &Publication,
        job: &Job,
        proof: &mut Option<Proof>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<String>> {
        if publication.edition != Edition::Press {
            return None;
        }
        let (press, set) = self.0.get(&publication.plan.name.value).zip(proof.as_mut())?;
        let plan = &publication.plan;
        let about = About {
            title: plan.title.clone(),
            date: project.date,
            ident: format!("{}/{}/{}", plan.name.value, publication.folder(), job.stem),
            binding: plan.layout.page.binding,
        };
        let inks = match press.make(&set.pdf, &about) {
            Ok(pdf) => {
                // the gate: what is written is what was judged, byte for byte
                let preflight::Examination { mut findings, inks, .. } =
                    preflight::examine(&pdf, &press.profile);
                preflight::trace(&mut findings, &set.placements);
                let file = super::path(publication, &job.stem);
                diagnostics.extend(findings.iter().map(|finding| finding.diagnostic(&file)));
                set.pdf = pdf;
                Some(inks)
            }
            Err(error) => {
                let file = &job.stem;
                diagnostics.push(
                    Diagnostic::error(
                        Code::PressColour,
                        say!(
                            "「{file}」を印刷用にできません：{error}",
                            "\"{file}\" cannot be made ready for the press: {error}"
                        ),
                    )
                    .at(plan.name.origin.clone()),
                );
                None
            }
        };
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            *proof = None;
        }
        inks
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
        typesetter.docket(&docket, project.date, &ident).collect(diagnostics)
    }
}

/// A press file as the docket names it.
pub(super) fn print_file(path: &str, proof: &Proof) -> PrintFile {
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
        ("面付け", "していません（1ページずつ、順に）".to_owned()),
    ]
    .into_iter()
    .map(|(label, words)| Fact { label: label.to_owned(), words })
    .collect()
}
