//! Packs files into one ZIP, stored as they are: what goes in is packed already.
//!
//! In: names and bytes. Out: the bytes of the archive; the same files give the same bytes, on any day and system.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// A file of the archive.
#[derive(Debug, Clone)]
pub struct ZipEntry {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An archive that cannot be: two files of one name, or a name that is longer than a ZIP holds.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ArchiveError(#[from] zip::result::ZipError);

/// The archive of `entries`, in their order. Each bears the first day that a ZIP knows (1980-01-01), and the rights
/// that a Unix gives to a plain file.
///
/// # Errors
/// [`ArchiveError`].
pub fn archive(entries: &[ZipEntry]) -> Result<Vec<u8>, ArchiveError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new())).set_auto_large_file();
    for entry in entries {
        archive.start_file(entry.name.as_str(), options)?;
        archive.write_all(&entry.bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn entry(name: &str, bytes: &[u8]) -> ZipEntry {
        ZipEntry { name: name.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn files_come_out_as_they_went_in() {
        let entries = [entry("a.pdf", b"one"), entry("b/冊子.txt", b"second")];
        let bytes = archive(&entries).expect("small");
        assert_eq!(bytes, archive(&entries).expect("small"), "twice the same");
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
        assert_eq!(read.len(), entries.len());
        for (index, wanted) in entries.iter().enumerate() {
            let mut file = read.by_index(index).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            assert_eq!((file.name().expect("UTF-8").as_ref(), &bytes), (wanted.name.as_str(), &wanted.bytes));
            assert_eq!(file.last_modified(), Some(DateTime::DEFAULT));
            assert_eq!((file.compression(), file.unix_mode()), (CompressionMethod::Stored, Some(0o100_644)));
        }
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        assert!(archive(&[entry("a", b"1"), entry("a", b"2")]).is_err());
    }
}
