//! The compound file (MS-CFB) in which an XLS lies, and an XLSX that has a password.
//!
//! In: the bytes of a file. Out: the bytes of its workbook, or why they cannot be had; and a file that holds nothing but
//! them. The reader of workbooks follows the chains of a file wherever they lead, in circles too; so it gets a file that
//! was written here, in which they lead to the end.

use std::io::{Cursor, Error, Read as _, Write as _};

use cfb::{CompoundFile as Container, Version};

/// What may be in a compound file that bears a workbook's name.
#[derive(Debug, PartialEq, Eq)]
pub enum Compound {
    /// A workbook: records from Excel 97 on or before.
    Workbook(WorkbookStream),
    /// Something that a password opens.
    Locked,
    /// Anything else: a text, a mail.
    Other,
}

/// The stream of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub struct WorkbookStream {
    /// What it is called: `WorkbookStream`, or `Book` as older programs call it.
    name: &'static str,
    /// Its records.
    pub records: Vec<u8>,
}

/// Opens a compound file.
///
/// # Errors
/// When its tables contradict themselves.
pub fn open(bytes: &[u8]) -> Result<Compound, Error> {
    let mut file = Container::open(Cursor::new(bytes))?;
    if file.is_stream("/EncryptedPackage") {
        return Ok(Compound::Locked);
    }
    let Some(name) = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name)) else {
        return Ok(Compound::Other);
    };
    let mut records = Vec::new();
    file.open_stream(name)?.read_to_end(&mut records)?;
    Ok(Compound::Workbook(WorkbookStream { name, records }))
}

impl WorkbookStream {
    /// A compound file with the workbook and nothing else.
    ///
    /// # Errors
    /// When the workbook is larger than such a file holds.
    pub fn alone(&self) -> Result<Vec<u8>, Error> {
        // sectors of 512 bytes, as Excel writes: the reader takes larger ones for an empty file where no stream is short
        let mut file = Container::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
        file.create_stream(self.name)?.write_all(&self.records)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one stream.
    fn file(name: &'static str, length: usize) -> Vec<u8> {
        let records = (0..length).map(|at| u8::try_from(at % 251).expect("less than 251")).collect();
        WorkbookStream { name, records }.alone().expect("in memory")
    }

    #[test]
    fn a_workbook_comes_out_as_it_went_in() {
        // short streams lie within another one
        for (name, length) in [("Workbook", 0), ("Book", 100), ("Workbook", 4_096), ("Workbook", 100_000)] {
            let bytes = file(name, length);
            let Ok(Compound::Workbook(book)) = open(&bytes) else { panic!("{name} of {length}") };
            assert_eq!((book.name, book.records.len()), (name, length));
            assert_eq!(book.alone().expect("in memory").len(), bytes.len());
        }
        assert_eq!(open(&file("WordDocument", 9)).expect("sound"), Compound::Other);
        assert_eq!(open(&file("EncryptedPackage", 9)).expect("sound"), Compound::Locked);
    }

    #[test]
    fn chains_that_lead_in_circles_are_refused() {
        let sound = file("Workbook", 100_000);
        // the table of sectors is the one whose entries count up
        let table =
            sound.windows(12).position(|part| part == [3_u32, 4, 5].map(u32::to_le_bytes).as_flattened());
        let table = table.expect("a table");
        for target in [2_u32, 3, 90] {
            let mut broken = sound.clone();
            broken[table + 80..table + 84].copy_from_slice(&target.to_le_bytes());
            assert!(open(&broken).is_err(), "{target}");
        }
        for bytes in [&b""[..], &[0; 600], &sound[..700]] {
            assert!(open(bytes).is_err());
        }
    }
}
