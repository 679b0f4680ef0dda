//! Opens a PDF within bounded memory and time, whatever the bytes are.
//!
//! In: bytes. Out: a `lopdf` document, or the finding that says why there is none; unpacked streams; the [`Budget`].

use lopdf::{Document, LoadOptions, Stream};

use super::finding::Finding;
use crate::diagnostic::Code;
use crate::say;

/// Largest file that is looked at.
const LARGEST_FILE: usize = 1 << 31;
/// Most bytes that one structural stream (objects, cross references) may unpack to.
const LARGEST_STRUCTURE: usize = 64 << 20;
/// Most bytes of the content of a page or form.
pub const LARGEST_CONTENT: usize = 64 << 20;
/// Most bytes of the pixels of an image.
pub const LARGEST_IMAGE: usize = 512 << 20;

/// Opens `bytes`.
///
/// # Errors
/// The finding that ends preflight: unreadable, encrypted.
pub fn open(bytes: &[u8]) -> Result<Document, Finding> {
    if bytes.len() > LARGEST_FILE {
        return Err(Finding::error(
            Code::PdfTooMuch,
            say!("ファイルが大きすぎます。", "The file is too large."),
        )
        .found(say!("{} MB", "{} MB", bytes.len() >> 20))
        .allowed(say!("{} MBまで", "up to {} MB", LARGEST_FILE >> 20)));
    }
    let options = LoadOptions::with_max_decompressed_size(LARGEST_STRUCTURE);
    let doc = Document::load_mem_with_options(bytes, options).map_err(|error| refused(bytes, &error))?;
    if doc.trailer.has(b"Encrypt") || doc.was_encrypted() {
        return Err(encrypted());
    }
    if doc.catalog().is_err() || doc.page_iter().next().is_none() {
        return Err(unreadable("no page is in it"));
    }
    Ok(doc)
}

fn refused(bytes: &[u8], error: &lopdf::Error) -> Finding {
    match error {
        lopdf::Error::Decryption(_)
        | lopdf::Error::InvalidPassword
        | lopdf::Error::UnsupportedSecurityHandler(_) => encrypted(),
        // where the trailer is readable only with the password, the word itself is still in it
        _ if bytes.windows(9).any(|window| window == b"/Encrypt ") => encrypted(),
        _ => unreadable(&error.to_string()),
    }
}

fn encrypted() -> Finding {
    Finding::error(
        Code::PdfEncrypted,
        say!(
            "暗号化されています（パスワードや印刷・編集の制限）。",
            "The file is encrypted (a password, or limits on printing or editing)."
        ),
    )
    .allowed(say!("暗号化なし", "no encryption"))
}

fn unreadable(why: &str) -> Finding {
    Finding::error(
        Code::PdfUnreadable,
        say!(
            "PDFとして読めません。途中で切れているか、壊れています。",
            "It cannot be read as a PDF: it is cut short or broken."
        ),
    )
    .found(say!("{}", "{}", why))
}

/// The unpacked bytes of a stream; none if it cannot be unpacked or is larger than `most`.
#[must_use]
pub fn unpacked(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    stream.decompressed_content_with_limit(most).ok()
}

/// What a preflight may spend: forms in forms can multiply without end.
#[derive(Debug)]
pub struct Budget {
    operations: u64,
    bytes: u64,
}

impl Budget {
    /// Enough for a book of a thousand rich pages.
    #[must_use]
    pub fn new() -> Self {
        Self { operations: 20_000_000, bytes: 4 << 30 }
    }

    /// Takes operations; false when there are none left.
    #[must_use]
    pub fn spend_operations(&mut self, count: usize) -> bool {
        spend(&mut self.operations, count)
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
}

fn spend(left: &mut u64, count: usize) -> bool {
    *left = left.saturating_sub(count as u64);
    *left > 0
}
