//! What the engine does not tag of itself, so that who reads aloud hears the pages as they are seen.
//!
//! In: a document that is to be a tagged file. Out: the same pages with more tags. Nothing that is seen changes.

mod insertion;
mod notes;
mod paragraphs;

use typst_layout::PagedDocument;

/// A document that says what its parts are.
pub(super) struct Tagged {
    /// The document.
    pub document: PagedDocument,
    /// For each mark of a note in the text, in order, the note that it leads to, counted from 0.
    pub references: Vec<Option<usize>>,
}

/// `document` with paragraphs and notes.
#[must_use]
pub(super) fn tagged(document: PagedDocument) -> Tagged {
    let mut insertion = paragraphs::paragraphs(&document);
    let references = notes::notes(&document, &mut insertion);
    Tagged { document: insertion.into(document), references }
}
