//! A judge beside the stages: the final bytes of a press file or of sheets, ours or anybody's, judged as a print shop would.
//!
//! In: the bytes of a PDF and a [`Profile`]. Out: [`Finding`]s with page and place. Bytes that are cut short, loop,
//! unpack without end or are encrypted give one finding, within bounded time and memory.

mod annotation;
mod bleed;
mod boxes;
mod by_kind;
mod colour;
mod doubt;
mod examination;
mod external;
mod fault;
mod file;
pub mod finding;
mod gstate;
mod image;
mod ink_bound;
mod ink_sum;
mod ink_use;
mod intent;
mod layer;
mod line;
mod metadata;
mod opening;
mod page_size;
mod paint;
mod painted;
pub mod plates;
mod plates_judge;
mod resolution;
mod shading;
mod show;
mod spot;
mod structure;
mod text;
mod tiling;
mod walk;

use lopdf::Document;

pub use self::by_kind::by_kind;
pub use self::examination::Examination;
use self::file::FileJudge;
pub use self::finding::Finding;
use self::finding::PreflightFindings;
pub use self::opening::open;
use self::page_size::MOST_PAGES;
pub use self::page_size::PageSize;
use crate::press::profile::Profile;

/// What a shop with this profile would stumble over in `bytes`.
#[must_use]
pub fn check(bytes: &[u8], profile: &Profile) -> Vec<Finding> {
    examine(bytes, profile).findings
}

/// The same, with the sizes of the pages.
#[must_use]
pub fn examine(bytes: &[u8], profile: &Profile) -> Examination {
    match opening::open_damaged(bytes) {
        Ok(opened) => {
            let mut seen = examine_document(&opened.document, profile);
            let mut findings = PreflightFindings::default();
            structure::recovered(&opened.recovered, &mut findings);
            seen.findings.splice(0..0, findings.finish());
            seen
        }
        Err(finding) => finding.into(),
    }
}

/// The same, of a file that is open: whoever reads it for other reasons opens it once.
#[must_use]
pub fn examine_document(doc: &Document, profile: &Profile) -> Examination {
    let mut judge = FileJudge::new(doc, profile);
    for (id, number) in doc.page_iter().take(MOST_PAGES).zip(1_u32..) {
        match doc.get_dictionary(id) {
            Ok(page) => judge.page(page, number),
            Err(_) => judge.broken_page(number),
        }
    }
    judge.finish()
}
