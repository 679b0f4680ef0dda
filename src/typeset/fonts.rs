//! Fonts: the project's own first, then `--font-path`, then the built-in BIZ UD faces. Never the machine's: a build is the same
//! everywhere.
//!
//! In: files and embedded bytes. Out: [`Fonts`], loaded once for all jobs.

use std::path::PathBuf;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::project::embedded;
use crate::project::files::{Bytes as FileBytes, Digest, FileError, Files};
use crate::project::layout::{LayoutFiles, is_font};

/// Where a font came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontOrigin {
    /// Built in.
    BuiltIn,
    /// A file.
    File(PathBuf),
}

/// Why fonts cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// A file or folder that cannot be read.
    #[error("{0}: {1}")]
    Io(PathBuf, FileError),
    /// A file that is no font.
    #[error("{0}: not a font")]
    NotAFont(PathBuf),
}

/// All fonts that templates can use.
pub struct Fonts {
    /// What the engine searches.
    pub book: LazyHash<FontBook>,
    /// The faces, in the order of the book.
    pub faces: Vec<Font>,
    /// Where each face came from.
    pub origins: Vec<FontOrigin>,
    /// The project's own font files.
    own: Vec<(String, FileBytes)>,
    /// The digests of the files that are not built in, in the order of the book.
    pub digests: Vec<Digest>,
}

impl Fonts {
    /// Loads the fonts of a project and of `extra` files or folders.
    ///
    /// # Errors
    /// [`FontError`] when a named file cannot be read or is no font.
    pub fn load(files: &Files, extra: &[PathBuf]) -> Result<Self, FontError> {
        let mut faces: Vec<Font> = Vec::new();
        let mut origins = Vec::new();
        let mut digests = Vec::new();
        let own = own(files)?;
        let named = own.iter().map(|(path, bytes)| (PathBuf::from(path), Ok(bytes.clone())));
        for (path, bytes) in named.chain(further(extra)?) {
            let bytes = bytes.map_err(|error| FontError::Io(path.clone(), error))?;
            // a font of the project that is byte for byte a built-in one is the built-in one
            if embedded::fonts().any(|built_in| built_in == &*bytes) {
                continue;
            }
            digests.push(Digest::of(&bytes));
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(bytes)));
            if faces.len() == before {
                return Err(FontError::NotAFont(path));
            }
            origins.resize(faces.len(), FontOrigin::File(path));
        }
        for bytes in embedded::fonts() {
            faces.extend(Font::iter(Bytes::new(bytes)));
        }
        origins.resize(faces.len(), FontOrigin::BuiltIn);
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Ok(Self { book, faces, origins, own, digests })
    }

    /// The fonts of a project that brings none.
    #[must_use]
    pub fn built_in() -> Self {
        let faces: Vec<Font> = embedded::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
        Self {
            book: LazyHash::new(FontBook::from_fonts(&faces)),
            origins: vec![FontOrigin::BuiltIn; faces.len()],
            faces,
            own: Vec::new(),
            digests: Vec::new(),
        }
    }

    /// Whether `files` hold these fonts of a project and no others.
    #[must_use]
    pub fn are_of(&self, files: &Files) -> bool {
        own(files).is_ok_and(|own| own == self.own)
    }

    /// Family, variant and origin of each face.
    pub fn list(&self) -> impl Iterator<Item = (&FontInfo, &FontOrigin)> {
        self.faces.iter().map(Font::info).zip(&self.origins)
    }
}

type Read = Result<FileBytes, FileError>;

/// The project's own fonts.
fn own(files: &Files) -> Result<Vec<(String, FileBytes)>, FontError> {
    let read = |path: String| match files.read(&path) {
        Ok(bytes) => Ok((path, bytes)),
        Err(error) => Err(FontError::Io(PathBuf::from(path), error)),
    };
    LayoutFiles::own_fonts(files).into_iter().map(read).collect()
}

/// The fonts of files and folders that the user names.
fn further(named: &[PathBuf]) -> Result<impl Iterator<Item = (PathBuf, Read)>, FontError> {
    let mut paths = Vec::new();
    for path in named {
        let found = Files::argument_files(path).map_err(|error| FontError::Io(path.clone(), error))?;
        let is_wanted = |one: &PathBuf| {
            one == path || one.file_name().is_some_and(|name| is_font(&name.to_string_lossy()))
        };
        paths.extend(found.into_iter().filter(is_wanted));
    }
    Ok(paths.into_iter().map(|path| {
        let bytes = Files::argument(&path).map(FileBytes::from);
        (path, bytes)
    }))
}
