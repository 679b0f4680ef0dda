//! Stage 5: a typeset PDF to a file for a print shop.
//!
//! In: the bytes of a proof, a [`Press`] (profile, its ICC profile, the palette) and what the file says about itself. Out:
//! the bytes of a press file. Colours first ([`convert`]), then boxes, marks and the output intent ([`finish`]).

mod content;
pub mod convert;
pub mod finish;
mod image;
pub mod ink;
pub mod load;
mod marks;
pub mod profile;

use std::fmt::Write as _;

use lopdf::Document;
use sha2::{Digest, Sha256};

use convert::{ConvertError, Options};
use finish::About;
use ink::{InkError, Palette, Separator};
use profile::{BlackOverprint, Profile};

/// A profile with all that is needed to make files for it; shared by all files.
pub struct Press {
    /// The profile.
    pub profile: Profile,
    icc: Vec<u8>,
    separator: Separator,
}

impl Press {
    /// A press for `profile` with the bytes of its ICC profile.
    ///
    /// # Errors
    /// [`InkError`] when the ICC profile is none of a press.
    pub fn new(profile: Profile, icc: Vec<u8>, palette: Palette) -> Result<Self, InkError> {
        let separator = Separator::new(&profile, &icc, palette)?;
        Ok(Self { profile, icc, separator })
    }

    /// Makes a press file of a typeset one.
    ///
    /// # Errors
    /// [`ConvertError`] when a colour cannot be converted or the level does not allow what is on the pages.
    pub fn make(&self, pdf: &[u8], about: &About) -> Result<Vec<u8>, ConvertError> {
        let mut document = Document::load_mem(pdf)?;
        let options = Options { overprint: self.profile.overprint == BlackOverprint::Set };
        convert::colours(&mut document, &self.separator, options)?;
        finish::finish(document, pdf, &self.profile, &self.icc, about)
    }
}

/// The SHA-256 checksum of a file, as `sha256sum` prints it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
