//! Why a document cannot be made ready for the press.

use super::ink::InkError;

/// A document that cannot be made ready for the press.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// The PDF cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(#[from] lopdf::Error),
    /// The ICC profile of the press is of no use.
    #[error(transparent)]
    Ink(#[from] InkError),
    /// A kind of colour that is not converted.
    #[error("{0}")]
    Colour(String),
}
