//! ICC profiles as far as a checker needs them: what device they are of and which colours they take.
//!
//! In: the stream of a profile (ICC.1, 7.2; ISO 32000-1, 8.6.5.5). Out: [`IccHeader`], and an [`IccId`] to know a profile again.

use std::hash::{DefaultHasher, Hasher};

use lopdf::Stream;

use super::reading::unpacked;

/// Largest ICC profile.
pub const LARGEST_PROFILE: usize = 32 << 20;

/// A profile, to know it again among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IccId(u64);

/// The colours that a profile takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IccColours {
    /// One component.
    Gray,
    /// Three components: red, green, blue.
    Rgb,
    /// Four components: cyan, magenta, yellow, black.
    Cmyk,
    /// Three components of a colour that no device has.
    Lab,
}

impl IccColours {
    /// Number of components.
    #[must_use]
    pub fn components(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
        }
    }
}

/// What the head of a profile says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IccHeader {
    /// The class of the device: `prtr`, `mntr`, `scnr`, `spac` and others.
    pub class: String,
    /// The colours, where they are among those of PDF.
    pub colours: Option<IccColours>,
    /// The colours as they are written there.
    pub written: String,
    /// The profile.
    pub id: IccId,
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IccError {
    /// Its stream cannot be unpacked.
    #[error("it cannot be unpacked")]
    Packed,
    /// It does not begin as profiles do.
    #[error("it is no ICC profile")]
    NoProfile,
    /// It is longer than its data.
    #[error("it is cut short")]
    Short,
}

impl IccHeader {
    /// Reads the head of the profile in a stream.
    ///
    /// # Errors
    /// [`IccError`] when it is none.
    pub fn read(stream: &Stream) -> Result<Self, IccError> {
        let bytes = if stream.dict.has(b"Filter") {
            &unpacked(stream, LARGEST_PROFILE).ok_or(IccError::Packed)?
        } else {
            &stream.content
        };
        Self::of(bytes)
    }

    /// Reads the head of a profile.
    ///
    /// # Errors
    /// [`IccError`] when it is none.
    pub fn of(bytes: &[u8]) -> Result<Self, IccError> {
        let field =
            |at: usize| bytes.get(at..at + 4).map(|field| String::from_utf8_lossy(field).trim().to_owned());
        if field(36).as_deref() != Some("acsp") {
            return Err(IccError::NoProfile);
        }
        let size = bytes.first_chunk::<4>().map(|size| u32::from_be_bytes(*size) as usize);
        if size.is_some_and(|size| size > bytes.len()) {
            return Err(IccError::Short);
        }
        let written = field(16).unwrap_or_default();
        let colours = match written.as_str() {
            "GRAY" => Some(IccColours::Gray),
            "RGB" => Some(IccColours::Rgb),
            "CMYK" => Some(IccColours::Cmyk),
            "Lab" => Some(IccColours::Lab),
            _ => None,
        };
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Ok(Self { class: field(12).unwrap_or_default(), colours, written, id: IccId(hasher.finish()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_a_profile_is() {
        let mut bytes = vec![0_u8; 128];
        bytes[3] = 128;
        bytes[12..16].copy_from_slice(b"prtr");
        bytes[16..20].copy_from_slice(b"CMYK");
        bytes[36..40].copy_from_slice(b"acsp");
        let header = IccHeader::of(&bytes).expect("a profile");
        assert_eq!((header.class.as_str(), header.colours), ("prtr", Some(IccColours::Cmyk)));
        assert_eq!(IccHeader::of(&bytes[..100]), Err(IccError::Short));
        assert_eq!(IccHeader::of(b"a profile"), Err(IccError::NoProfile));
    }
}
