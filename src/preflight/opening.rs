//! Opens the file that is judged.
//!
//! In: bytes. Out: a document, or the finding that ends preflight: too large, encrypted, unreadable.

use lopdf::Document;

use super::finding::Finding;
use crate::diagnostic::{Code, Say};
use crate::pdf::reading::{self, LARGEST_FILE, OpenError, Opened};
use crate::say;

/// Opens `bytes`.
///
/// # Errors
/// The finding that says why there is nothing to judge.
pub fn open(bytes: &[u8]) -> Result<Document, Finding> {
    open_damaged(bytes).map(|opened| opened.document)
}

/// Opens `bytes`, and says which streams had to be recovered.
///
/// # Errors
/// The finding that says why there is nothing to judge.
pub fn open_damaged(bytes: &[u8]) -> Result<Opened, Finding> {
    reading::open_damaged(bytes).map_err(|error| match error {
        OpenError::TooLarge => {
            Finding::error(Code::PdfTooMuch, say!("ファイルが大きすぎます。", "The file is too large."))
                .found(say!("{} MB", "{} MB", bytes.len() >> 20))
                .allowed(say!("{} MBまで", "up to {} MB", LARGEST_FILE >> 20))
        }
        OpenError::Encrypted => Finding::error(
            Code::PdfEncrypted,
            say!(
                "パスワードで暗号化されていて、開けません。",
                "The file is encrypted with a password and cannot be opened."
            ),
        )
        .allowed(say!("暗号化なし", "no encryption")),
        OpenError::Restricted => Finding::error(
            Code::PdfEncrypted,
            say!(
                "印刷や編集を制限する暗号化（権限パスワードだけ）がかかっています。",
                "The file is encrypted by an owner password alone, to limit printing or editing."
            ),
        )
        .allowed(say!("暗号化なし", "no encryption")),
        OpenError::NoPages => unreadable(say!("ページがない", "no page is in it")),
        OpenError::Unreadable(why) => unreadable(say!("{why}", "{why}")),
    })
}

fn unreadable(why: Say) -> Finding {
    let what = say!(
        "PDFとして読めません。途中で切れているか、壊れています。",
        "It cannot be read as a PDF: it is cut short or broken."
    );
    Finding::error(Code::PdfUnreadable, what).found(why)
}
