//! Packs files into one ZIP (APPNOTE.TXT 6.3), stored as they are: what goes in is packed already.
//!
//! In: names and bytes. Out: the bytes of the archive; the same files give the same bytes.

/// A file of the archive.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An archive that cannot be: more than 4 GB or 65,535 files would need another form of ZIP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a ZIP file holds at most 4 GB and 65,535 files")]
pub struct TooLarge;

/// The date that every entry bears, as MS-DOS writes it: 1980-01-01. No clock gets in.
const DATE: u16 = 0x0021;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Version of the form that a reader needs.
const NEEDS: u16 = 20;

/// The archive of `entries`, in their order.
///
/// # Errors
/// [`TooLarge`].
pub fn archive(entries: &[Entry]) -> Result<Vec<u8>, TooLarge> {
    let size = |length: usize| u32::try_from(length).map_err(|_| TooLarge);
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = size(out.len())?;
        let length = size(entry.bytes.len())?;
        let name = u16::try_from(entry.name.len()).map_err(|_| TooLarge)?;
        let mut shared = Vec::new();
        for field in [NEEDS, UTF8, 0, 0, DATE] {
            shared.extend(field.to_le_bytes());
        }
        for field in [crc32fast::hash(&entry.bytes), length, length] {
            shared.extend(field.to_le_bytes());
        }
        shared.extend(name.to_le_bytes());
        shared.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(entry.name.as_bytes());
        out.extend(&entry.bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(NEEDS.to_le_bytes());
        directory.extend(&shared);
        // no comment, first disk, no attributes
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let count = u16::try_from(entries.len()).map_err(|_| TooLarge)?;
    let (begin, length) = (size(out.len())?, size(directory.len())?);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(begin.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directory_finds_each_file() {
        let entry = |name: &str, bytes: &[u8]| Entry { name: name.to_owned(), bytes: bytes.to_vec() };
        let zip = archive(&[entry("a.pdf", b"one"), entry("b/c.txt", b"second")]).expect("small");
        let end = zip.len() - 22;
        assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
        let number =
            |at: usize| u32::from_le_bytes([zip[at], zip[at + 1], zip[at + 2], zip[at + 3]]) as usize;
        let first = number(end + 16);
        let second = first + 46 + "a.pdf".len();
        for (at, name, bytes) in [(first, "a.pdf", b"one".as_slice()), (second, "b/c.txt", b"second")] {
            assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
            assert_eq!(&zip[at + 46..at + 46 + name.len()], name.as_bytes());
            let local = number(at + 42);
            let data = local + 30 + name.len();
            assert_eq!(&zip[local..local + 4], b"PK\x03\x04");
            assert_eq!(&zip[data..data + bytes.len()], bytes);
            assert_eq!(number(at + 16), crc32fast::hash(bytes) as usize);
        }
    }
}
