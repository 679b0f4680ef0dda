//! Packs the press files of a publication for a shop: the files, their docket, pictures of their pages, checksums.
//!
//! In: what a build of the press edition wrote. Out: the bytes of a ZIP, every name in it plain ASCII.

use std::fmt::Write as _;
use std::path::Path;

use crate::output::FOLDER;
use crate::output::zip::{self, Entry};
use crate::press;
use crate::report::facts::Facts;
use crate::report::preview;

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A file cannot be called so.
    #[error("\"{0}\" is no ASCII name")]
    Name(String),
    /// No press edition was written.
    #[error("no press edition of \"{0}\"")]
    NoEdition(String),
    /// There is more than a ZIP holds.
    #[error(transparent)]
    TooLarge(#[from] zip::TooLarge),
}

/// The package of `publication` in the project at `root`, which `facts` say was just built.
///
/// # Errors
/// [`PackageError`] when a name is not ASCII, or a file is not there.
pub fn pack(root: &Path, publication: &str, facts: &Facts) -> Result<Vec<u8>, PackageError> {
    let docket = format!("{FOLDER}/{publication}/press/docket.pdf");
    let mut entries = Vec::new();
    for path in facts.files.iter().map(|file| file.path.as_str()).chain([docket.as_str()]) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !name.is_ascii() {
            return Err(PackageError::Name(name.to_owned()));
        }
        let bytes =
            std::fs::read(root.join(path)).map_err(|_| PackageError::NoEdition(publication.to_owned()))?;
        let stem = name.strip_suffix(".pdf").unwrap_or(name);
        let pictures = if path == docket { Vec::new() } else { preview::pages(&bytes, |_| true) };
        entries.push(Entry { name: name.to_owned(), bytes });
        for (number, picture) in (1_usize..).zip(pictures) {
            if let Some(picture) = picture {
                let name = format!("previews/{stem}-{number:03}.png");
                entries.push(Entry { name, bytes: picture.png });
            }
        }
    }
    let sums = entries.iter().fold(String::new(), |mut sums, entry| {
        let _ = writeln!(sums, "{}  {}", press::checksum(&entry.bytes), entry.name);
        sums
    });
    entries.push(Entry { name: "SHA256SUMS".to_owned(), bytes: sums.into_bytes() });
    for entry in &mut entries {
        entry.name = format!("{publication}/{}", entry.name);
    }
    Ok(zip::archive(&entries)?)
}
