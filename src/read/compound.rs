//! The compound file (MS-CFB) in which an XLS lies: its one stream, found along chains that are seen to end.
//!
//! In: the bytes of a file. Out: the bytes of its workbook, or why they cannot be had. The reader of workbooks follows the
//! same chains without asking where they lead; what was gone through here cannot lead it in circles.

/// What is wrong with a file.
pub type Broken = &'static str;

const END: u32 = 0xFFFF_FFFE;
/// From here on, numbers are marks and no sectors.
const MARKS: u32 = 0xFFFF_FFFA;
/// Shorter streams lie in sectors of 64 bytes within another stream.
const SHORT: usize = 4096;
/// Bytes of an entry of the folder.
const ENTRY: usize = 128;

struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
}

/// The stream called `Workbook`, or `Book` as older programs call it.
///
/// # Errors
/// What is wrong with the file.
pub fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let sector = match bytes.get(30..32) {
        Some([9, 0]) => 512,
        Some([12, 0]) => 4096,
        _ => return Err("the size of its sectors"),
    };
    let mut file = File { bytes, sector, fat: Vec::new() };
    file.read_table()?;
    let folder = file.chain(number(bytes, 48)?, usize::MAX)?;
    let entries: Vec<&[u8]> = folder.chunks_exact(ENTRY).collect();
    let root = entries.first().ok_or("its folder is empty")?;
    // the stream of short streams, and its table
    let small = file.chain(number(root, 116)?, length(root, sector)?);
    let count = number(bytes, 64)? as usize;
    let table =
        if count > 0 { file.chain(number(bytes, 60)?, count.saturating_mul(sector))? } else { Vec::new() };
    let table: Vec<u32> = words(&table).collect();
    if let (Err(wrong), true) = (&small, count > 0) {
        return Err(wrong);
    }
    let named = |name: &str| entries.iter().find(|entry| entry_name(entry).eq_ignore_ascii_case(name));
    let entry = named("Workbook").or_else(|| named("Book")).ok_or("it holds no workbook")?;
    let (start, length) = (number(entry, 116)?, length(entry, sector)?);
    if length < SHORT {
        return follow(&small?, 64, &table, start, length);
    }
    file.chain(start, length)
}

impl File<'_> {
    /// The table that says for each sector which one comes after it.
    fn read_table(&mut self) -> Result<(), Broken> {
        let mut places: Vec<u32> = words(self.bytes.get(76..512).ok_or("it breaks off")?).collect();
        let mut next = number(self.bytes, 68)?;
        let mut more = 0;
        while next < MARKS {
            more += 1;
            if more > self.bytes.len() / self.sector {
                return Err("its table runs in a circle");
            }
            places.extend(words(sector(self.bytes, self.sector, self.sector, next)?));
            next = places.pop().unwrap_or(END);
        }
        for place in places.into_iter().filter(|place| *place < MARKS) {
            if self.fat.len() > self.bytes.len() {
                return Err("its table is longer than the file");
            }
            self.fat.extend(words(sector(self.bytes, self.sector, self.sector, place)?));
        }
        Ok(())
    }

    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, Broken> {
        let body = self.bytes.get(self.sector..).unwrap_or_default();
        follow(body, self.sector, &self.fat, start, length)
    }
}

/// The sectors from `start` on, until the chain or `length` ends.
fn follow(body: &[u8], size: usize, table: &[u32], start: u32, length: usize) -> Result<Vec<u8>, Broken> {
    let mut found = Vec::new();
    let mut next = start;
    while next != END && found.len() < length {
        if found.len() > body.len() {
            return Err("a chain of sectors runs in a circle");
        }
        let part = sector(body, size, 0, next)?;
        found.extend_from_slice(&part[..part.len().min(length - found.len())]);
        next = *table.get(next as usize).ok_or("a chain of sectors leads out of its table")?;
    }
    Ok(found)
}

/// One sector; the last may be cut short.
fn sector(bytes: &[u8], size: usize, before: usize, index: u32) -> Result<&[u8], Broken> {
    let start = before + (index as usize).saturating_mul(size);
    let part = bytes.get(start..bytes.len().min(start.saturating_add(size))).unwrap_or_default();
    if part.is_empty() { Err("a sector lies beyond its end") } else { Ok(part) }
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Broken> {
    let four = bytes.get(at..at + 4).ok_or("it breaks off")?;
    Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn length(entry: &[u8], sector: usize) -> Result<usize, Broken> {
    let high = if sector == 512 { 0 } else { u64::from(number(entry, 124)?) << 32 };
    usize::try_from(u64::from(number(entry, 120)?) | high).map_err(|_| "a stream is too long")
}

fn entry_name(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_chains_to_their_end_and_no_further() {
        let body = b"aabbccd";
        assert_eq!(follow(body, 2, &[2, END, 3, END], 0, 99), Ok(b"aaccd".to_vec()));
        assert_eq!(follow(body, 2, &[2, END, 3, END], 0, 3), Ok(b"aac".to_vec()));
        assert_eq!(follow(body, 2, &[0], 0, 3), Ok(b"aaa".to_vec()));
        assert!(follow(body, 2, &[0], 0, usize::MAX).is_err(), "a circle");
        assert!(follow(body, 2, &[9], 0, 9).is_err(), "beyond the end");
        assert!(follow(body, 2, &[1], 0, 9).is_err(), "beyond the table");
        assert!(workbook(b"").is_err() && workbook(&[0; 600]).is_err());
    }
}
