//! A small XLS for tests: one sheet of texts and numbers, written record by record (MS-XLS), the workbook as the only stream of
//! a compound file.

use std::io::{Cursor, Write as _};

/// A sheet to be written.
#[derive(Default)]
pub struct Sheet {
    /// Its cells, row by row; digits alone are numbers.
    pub rows: Vec<Vec<String>>,
    /// Merged cells: first and last row, first and last column, from 0.
    pub merged: Option<[u16; 4]>,
    /// A cell that is the sum of one and one, by row and column from 0.
    pub formula: Option<[u16; 2]>,
}

impl Sheet {
    /// A sheet of these cells.
    pub fn rows(rows: Vec<Vec<String>>) -> Self {
        Self { rows, ..Self::default() }
    }

    /// The file; the sheet is called 表.
    pub fn bytes(&self) -> Vec<u8> {
        let mut globals = Vec::new();
        record(&mut globals, 0x0809, &words(&[0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0, 6, 0]));
        // the code page of texts that are none of Unicode: UTF-16
        record(&mut globals, 0x0042, &words(&[1200]));
        // the sheet begins behind the globals: this record and their end
        let name = unicode("表", Length::Byte);
        let begin = globals.len() + 4 + 6 + name.len() + 4;
        let place = u32::try_from(begin).expect("small").to_le_bytes();
        record(&mut globals, 0x0085, &[&place[..], &[0, 0], &name].concat());
        record(&mut globals, 0x000A, &[]);
        let mut stream = globals;
        record(&mut stream, 0x0809, &words(&[0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0, 6, 0]));
        for (row, cells) in (0_u16..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                self.cell(&mut stream, [row, column], cell);
            }
        }
        if let Some(merged) = self.merged {
            record(&mut stream, 0x00E5, &[words(&[1]), words(&merged)].concat());
        }
        record(&mut stream, 0x000A, &[]);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
        file.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("memory");
        file.flush().expect("memory");
        file.into_inner().into_inner()
    }

    fn cell(&self, stream: &mut Vec<u8>, place: [u16; 2], cell: &str) {
        let head = words(&[place[0], place[1], 0]);
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
        let number: f64 = if is_number { cell.parse().expect("digits") } else { 0.0 };
        if self.formula == Some(place) {
            // its value, flags, and the sum of two numbers as tokens (PtgInt, PtgInt, PtgAdd)
            let tokens = [0x1E, 1, 0, 0x1E, 1, 0, 0x03];
            let body = [&head[..], &number.to_le_bytes(), &[0; 6], &[7, 0], &tokens].concat();
            record(stream, 0x0006, &body);
        } else if is_number {
            record(stream, 0x0203, &[&head[..], &number.to_le_bytes()].concat());
        } else {
            record(stream, 0x0204, &[head, unicode(cell, Length::Word)].concat());
        }
    }
}

/// How the length of a text is written.
#[derive(Clone, Copy)]
enum Length {
    Byte,
    Word,
}

/// A text of two bytes a character.
fn unicode(text: &str, length: Length) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u16::try_from(units.len()).expect("short");
    let mut bytes = match length {
        Length::Byte => vec![u8::try_from(count).expect("short")],
        Length::Word => count.to_le_bytes().to_vec(),
    };
    bytes.push(1);
    bytes.extend(words(&units));
    bytes
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn record(stream: &mut Vec<u8>, kind: u16, body: &[u8]) {
    let length = u16::try_from(body.len()).expect("short");
    stream.extend([kind.to_le_bytes(), length.to_le_bytes()].concat());
    stream.extend(body);
}
