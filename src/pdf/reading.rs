//! Opens a PDF within bounded memory and time, whatever the bytes are.
//!
//! In: bytes. Out: a `lopdf` document, or why there is none; unpacked streams; the [`Budget`].

use lopdf::{Document, LoadOptions, ObjectId, Stream};

use super::recovery::recover;

/// Largest file that is looked at.
pub const LARGEST_FILE: usize = 1 << 31;
/// Most bytes that one structural stream (objects, cross references) may unpack to.
const LARGEST_STRUCTURE: usize = 64 << 20;
/// Most bytes of the content of a page or form.
pub const LARGEST_CONTENT: usize = 64 << 20;
/// Most operations of a page, those of its forms counted as often as they are drawn: a dense map has a tenth of it.
const MOST_ON_A_PAGE: u64 = 3_000_000;
/// Most bytes of the pixels of an image.
pub const LARGEST_IMAGE: usize = 512 << 20;

/// Why bytes are not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// More bytes than are looked at.
    #[error("it is larger than 2 GB")]
    TooLarge,
    /// Encrypted: nobody reads it without the password.
    #[error("it is encrypted")]
    Encrypted,
    /// Encrypted for the rights of its readers only: it opens without a password, and asks not to be changed.
    #[error("it is encrypted to limit what may be done with it")]
    Restricted,
    /// No page is in it.
    #[error("no page is in it")]
    NoPages,
    /// No PDF, or a broken one; in the words of the library.
    #[error("{0}")]
    Unreadable(String),
}

/// A document, and what had to be found again in it.
#[derive(Debug)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// The streams whose length is missing or wrong.
    pub recovered: Vec<ObjectId>,
}

/// Opens `bytes`.
///
/// # Errors
/// [`OpenError`] when there are no pages to be had.
pub fn open(bytes: &[u8]) -> Result<Document, OpenError> {
    open_damaged(bytes).map(|opened| opened.document)
}

/// Opens `bytes`, and says which streams had to be recovered.
///
/// # Errors
/// [`OpenError`] when there are no pages to be had.
pub fn open_damaged(bytes: &[u8]) -> Result<Opened, OpenError> {
    if bytes.len() > LARGEST_FILE {
        return Err(OpenError::TooLarge);
    }
    let options = LoadOptions::with_max_decompressed_size(LARGEST_STRUCTURE);
    let mut doc = Document::load_mem_with_options(bytes, options).map_err(|error| refused(bytes, &error))?;
    if doc.was_encrypted() && !doc.trailer.has(b"Encrypt") {
        return Err(OpenError::Restricted);
    }
    if doc.trailer.has(b"Encrypt") || doc.was_encrypted() {
        return Err(OpenError::Encrypted);
    }
    let recovered = recover(&mut doc, bytes);
    if doc.catalog().is_err() || doc.page_iter().next().is_none() {
        return Err(OpenError::NoPages);
    }
    Ok(Opened { document: doc, recovered })
}

fn refused(bytes: &[u8], error: &lopdf::Error) -> OpenError {
    match error {
        lopdf::Error::Decryption(_)
        | lopdf::Error::InvalidPassword
        | lopdf::Error::UnsupportedSecurityHandler(_) => OpenError::Encrypted,
        // where the trailer is readable only with the password, the word itself is still in it
        _ if bytes.windows(9).any(|window| window == b"/Encrypt ") => OpenError::Encrypted,
        _ => OpenError::Unreadable(error.to_string()),
    }
}

/// The unpacked bytes of a stream; none if it cannot be unpacked or is larger than `most`.
#[must_use]
pub fn unpacked(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    stream.decompressed_content_with_limit(most).ok()
}

/// What a walk through content may spend: forms in forms can multiply without end.
#[derive(Debug)]
pub struct Budget {
    operations: u64,
    /// Of the page that is walked.
    on_page: u64,
    bytes: u64,
}

impl Default for Budget {
    /// Enough for a book of a thousand rich pages.
    fn default() -> Self {
        Self { operations: 20_000_000, on_page: MOST_ON_A_PAGE, bytes: 4 << 30 }
    }
}

impl Budget {
    /// Begins a page: it has a share of its own, so that one page cannot spend all.
    pub fn begin_page(&mut self) {
        self.on_page = MOST_ON_A_PAGE;
    }

    /// Takes operations; false when there are none left, for the page or at all.
    #[must_use]
    pub fn spend_operations(&mut self, count: usize) -> bool {
        spend(&mut self.on_page, count) & spend(&mut self.operations, count)
    }

    /// Takes unpacked bytes; false when there are none left.
    #[must_use]
    pub fn spend_bytes(&mut self, count: usize) -> bool {
        spend(&mut self.bytes, count)
    }

    /// Whether all is spent.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.operations == 0 || self.bytes == 0
    }

    /// Whether what the page may spend is spent.
    #[must_use]
    pub fn is_page_spent(&self) -> bool {
        self.on_page == 0 || self.is_spent()
    }
}

fn spend(left: &mut u64, count: usize) -> bool {
    *left = left.saturating_sub(count as u64);
    *left > 0
}
