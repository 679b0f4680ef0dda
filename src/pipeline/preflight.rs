//! Judges a finished PDF: preflight, then the pictures and tables that were asked for.
//!
//! In: the bytes of a file and a profile. Out: findings, amounts of ink, and what was written.

use std::path::PathBuf;

use crate::diagnostic::{Code, Language};
use crate::output::{OutputError, write_for_user};
use crate::pdf::raster::Gray;
use crate::preflight::plates::Plates;
use crate::preflight::{Examination, examine};
use crate::press::profile::Profile;
use crate::proofing::inks::{self, InkTable};
use crate::proofing::previews;
use crate::report::html::preflight::{JudgedSubject, page};

/// What is wanted of a file.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The file, as it is named in messages.
    pub file: String,
    /// Where the findings are written as a page.
    pub html: Option<PathBuf>,
    /// Whether the inks are measured.
    pub inks: bool,
    /// The folder for pictures of the plates.
    pub pictures: Option<PathBuf>,
    /// The language of the page.
    pub language: Language,
}

/// What came of it.
#[derive(Debug)]
pub struct Judged {
    /// Findings and pages.
    pub seen: Examination,
    /// The inks, if they were asked for and the file can be walked.
    pub inks: Option<InkTable>,
}

/// Judges `bytes`.
///
/// # Errors
/// [`OutputError`] when what was asked for cannot be written.
pub fn run(bytes: &[u8], profile: &Profile, wish: &Wish) -> Result<Judged, OutputError> {
    let seen = examine(bytes, profile);
    // what would take the rules for ever would take whoever draws it for ever
    let endless = seen.findings.iter().any(|one| matches!(one.code, Code::PdfTooMuch | Code::PdfUnreadable));
    if let Some(file) = &wish.html {
        let pictures = if endless { Vec::new() } else { previews::pages(bytes) };
        let subject = JudgedSubject { file: &wish.file, profile, seen: &seen, pictures: &pictures };
        write_for_user(file, page(&subject, wish.language).as_bytes())?;
    }
    let measured = (wish.inks || wish.pictures.is_some()) && !endless;
    let inks = match Plates::open(bytes) {
        Ok(plates) if measured => Some(match &wish.pictures {
            Some(folder) => {
                let mut keep = |name: &str, plate: &Gray| match plate.png() {
                    Some(png) => write_for_user(&folder.join(name), &png),
                    None => Ok(()),
                };
                inks::table(&plates, Some(&mut keep))?
            }
            None => inks::table::<OutputError>(&plates, None)?,
        }),
        _ => None,
    };
    Ok(Judged { seen, inks })
}
