//! The presses of a run: which press prints what, and what it asks of a publication's pages.
//!
//! In: a project and its publications. Out: [`Presses`]; a publication whose press cannot be had is held.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::black::BlackCopier;
use super::fault::{ConvertError, InkError};
use super::profile::{Cover, Profile, ShopFolio};
use super::{Press, cover, load};
use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::merge::Publication;
use crate::model::edition::{Colours, Edition};
use crate::model::palette::Palette;
use crate::model::scheme::Gather;
use crate::project::Project;
use crate::say;

/// The presses that a run needs, by publication.
#[derive(Default)]
pub struct Presses {
    all: BTreeMap<(String, Colours), Press>,
    palette: Arc<Palette>,
    /// Made for the first file that wants it.
    black: OnceLock<Result<BlackCopier, InkError>>,
}

impl Presses {
    /// Makes the presses ready. A publication whose press is not makes no press edition.
    pub fn open(project: &Project, publications: &mut [Publication]) -> Outcome<Self> {
        let mut all = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for publication in publications.iter_mut().filter(|one| one.edition.pages() == Edition::Press) {
            let key = key(publication);
            if all.contains_key(&key) {
                continue;
            }
            match load::press(project, &key.0, key.1) {
                Ok(press) => {
                    all.insert(key, press);
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
        let palette = Arc::clone(&project.palette);
        Outcome { value: Self { all, palette, black: OnceLock::new() }, diagnostics }
    }

    /// The press of a publication, whatever its edition.
    #[must_use]
    pub fn of(&self, publication: &Publication) -> Option<&Press> {
        self.all.get(&key(publication))
    }

    /// The document `pdf`, which goes to no press, in black.
    ///
    /// # Errors
    /// [`ConvertError`] for colours that have no conversion.
    pub fn in_black(&self, pdf: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let copier = self.black.get_or_init(|| BlackCopier::new(&self.palette));
        copier.as_ref().map_err(|error| *error)?.copy(pdf)
    }

    /// What the press of a publication takes; none if it is not set for a press.
    #[must_use]
    pub fn profile(&self, publication: &Publication) -> Option<&Profile> {
        let press = self.of(publication)?;
        (publication.edition == Edition::Press).then_some(&press.profile)
    }

    /// Whether the pages of `publication` go to the press as a body and a cover of its own.
    #[must_use]
    pub fn takes_cover_apart(&self, publication: &Publication) -> bool {
        publication.is_bound()
            && self.profile(publication).is_some_and(|profile| profile.cover == Cover::Spreads)
    }
}

/// What has a press of its own: a publication, and its copies in black.
fn key(publication: &Publication) -> (String, Colours) {
    (publication.plan.name.value.clone(), publication.reader.colours())
}

/// What the profile asks for and the binding cannot have.
#[must_use]
pub fn unfit(publication: &Publication, profile: &Profile, pages: usize) -> Option<Diagnostic> {
    let plan = &publication.plan;
    let saddle = plan.imposition.scheme.gather() == Some(Gather::Nest);
    let fault = |what: Say, how: Say| {
        Some(Diagnostic::error(Code::PressBinding, what).at(plan.name.origin.clone()).hint(how))
    };
    let name = &profile.name;
    if !publication.is_bound() {
        return None;
    }
    if profile.folio == ShopFolio::Hidden && saddle {
        return fault(
            say!(
                "印刷プロファイル「{name}」の隠しノンブルは、中綴じではノドに入れられません。見えてしまいます。",
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
