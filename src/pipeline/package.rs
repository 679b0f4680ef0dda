//! Packs the press files of a publication for a shop: the files, their docket, pictures of their pages, checksums.
//!
//! In: the files that a run of the press edition made. Out: the bytes of a ZIP, every name in it plain ASCII.

use std::fmt::Write as _;

use crate::output::FOLDER;
use crate::output::zip::{ArchiveError, ZipEntry, archive};
use crate::press;
use crate::project::files::Files;
use crate::proofing::previews;
use crate::report::facts::Facts;

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A file cannot be called so.
    #[error("\"{0}\" is no ASCII name")]
    Name(String),
    /// No press edition was written.
    #[error("no press edition of \"{0}\"")]
    NoEdition(String),
    /// No ZIP holds it.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// The package of `publication`, whose press files and docket stand among `files`.
///
/// # Errors
/// [`PackageError`] when a name is not ASCII, or no press edition was made.
pub fn pack(publication: &str, facts: &Facts, files: &Files) -> Result<Vec<u8>, PackageError> {
    let docket = format!("{FOLDER}/{publication}/press/docket.pdf");
    let mut entries = Vec::new();
    for path in facts.files.iter().map(|file| file.path.as_str()).chain([docket.as_str()]) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !name.is_ascii() {
            return Err(PackageError::Name(name.to_owned()));
        }
        let bytes = files.read(path).map_err(|_| PackageError::NoEdition(publication.to_owned()))?;
        let stem = name.strip_suffix(".pdf").unwrap_or(name);
        let pictures = if path == docket { Vec::new() } else { previews::pages(&bytes) };
        entries.push(ZipEntry { name: name.to_owned(), bytes: bytes.into_vec() });
        for (number, picture) in (1_usize..).zip(pictures) {
            if let Some(picture) = picture {
                let name = format!("previews/{stem}-{number:03}.png");
                entries.push(ZipEntry { name, bytes: picture.png });
            }
        }
    }
    let sums = entries.iter().fold(String::new(), |mut sums, entry| {
        let _ = writeln!(sums, "{}  {}", press::checksum(&entry.bytes), entry.name);
        sums
    });
    entries.push(ZipEntry { name: "SHA256SUMS".to_owned(), bytes: sums.into_bytes() });
    for entry in &mut entries {
        entry.name = format!("{publication}/{}", entry.name);
    }
    Ok(archive(&entries)?)
}
