//! The specimen of a layout as a PDF: type scale, distances, colours, options and directives.
//!
//! In: a project, one of its layouts. Out: the bytes of the file, which the command writes.

use crate::diagnostic::Language;
use crate::model::layout::Layout;
use crate::project::Project;
use crate::typeset::fonts::{FontError, Fonts};
use crate::typeset::{self, Typesetter};

/// More pages than a specimen has.
const MOST_PAGES: u32 = 50;

/// Why there is no specimen.
#[derive(Debug, thiserror::Error)]
pub enum SpecimenError {
    /// A font of the project that cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A file of the project under `layouts/shared` does not go with the template: the engine's words.
    #[error("a file of this project under layouts/shared has a fault: {0}")]
    Template(String),
}

/// Makes the specimen of `layout`.
///
/// # Errors
/// [`SpecimenError`] when a font or a file of the project's own layouts cannot be used.
pub fn specimen(project: &Project, layout: &Layout, language: Language) -> Result<Vec<u8>, SpecimenError> {
    let typesetter = Typesetter::new(project, Fonts::load(&project.files, &[])?);
    let set = typesetter.set(&typeset::lay_out_specimen(project, layout, language), MOST_PAGES);
    set.pdf.ok_or_else(|| {
        let said = set.messages.into_iter().map(|message| message.detail).collect::<Vec<_>>();
        SpecimenError::Template(said.join("; "))
    })
}
