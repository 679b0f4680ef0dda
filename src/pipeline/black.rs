//! Pages that go to no press: as the engine wrote them, or in black for a reader who has no colours.
//!
//! In: typeset pages. Out: the pages of the edition. What is written anew is read back, as press files are.

use super::build_context::BuildContext;
use super::press::PressPages;
use super::task::Task;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::edition::Colours;
use crate::pdf::text::document_text;
use crate::preflight;
use crate::say;
use crate::typeset::TypesetPages;

/// The pages in the colours of their reader; none if that cannot be, which is then a finding.
pub(super) fn in_colours(
    context: &BuildContext<'_>,
    task: &Task<'_>,
    pages: TypesetPages,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PressPages> {
    let as_it_is = |pages, text| PressPages { pages, cover: None, inks: Vec::new(), text, parts: Vec::new() };
    if task.publication.reader.colours() == Colours::All {
        return Some(as_it_is(pages, Vec::new()));
    }
    match context.presses.in_black(&pages.pdf) {
        Ok(pdf) => {
            let text =
                preflight::open(&pdf).map_or_else(|_| Ok(Vec::new()), |document| document_text(&document));
            Some(as_it_is(TypesetPages { pdf, ..pages }, vec![text]))
        }
        Err(error) => {
            let stem = &task.job.stem;
            let what = say!(
                "「{stem}」を墨1色にできません：{error}",
                "\"{stem}\" cannot be made in black only: {error}"
            );
            diagnostics.push(
                Diagnostic::error(Code::PressColour, what).at(task.publication.plan.name.origin.clone()),
            );
            None
        }
    }
}
