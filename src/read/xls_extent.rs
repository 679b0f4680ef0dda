//! How many cells the sheets of an XLS file take: its reader takes room for each between the first and the last, and
//! believes whatever stands in the file.
//!
//! In: the records of a workbook. Out: the cells, or what is wrong with the file.

/// What is wrong with a file.
type Broken = &'static str;

/// Rows and columns of the largest sheet.
const ROWS: u32 = 1 << 16;
const COLUMNS: u32 = 1 << 8;

/// Kinds of record (MS-XLS 2.3), for all who read a workbook's stream.
pub(super) mod record {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FONT: u16 = 0x0031;
    pub const COLUMNS: u16 = 0x007D;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00BD;
    pub const RICH: u16 = 0x00D6;
    pub const STYLE: u16 = 0x00E0;
    pub const SHARED: u16 = 0x00FD;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const TRUTH: u16 = 0x0205;
    pub const ROW: u16 = 0x0208;
    pub const SHORT_NUMBER: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// The cells of all sheets, filled or not.
///
/// # Errors
/// What is wrong with the file.
pub fn measure(stream: &[u8]) -> Result<u64, Broken> {
    let sheets = Records(stream).take_while(|(kind, _)| *kind != record::END);
    let mut cells = 0_u64;
    for (_, data) in sheets.filter(|(kind, _)| *kind == record::SHEET) {
        let four = data.get(..4).ok_or("a sheet without a place")?;
        let at = u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize;
        let sheet = stream.get(at..).ok_or("a sheet beyond the end")?;
        cells = cells.saturating_add(self::sheet(sheet)?);
    }
    Ok(cells)
}

/// The records of a stream: kind and content. It ends where they break off, which the reader says.
pub struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// The records of `stream`.
    #[must_use]
    pub fn of(stream: &'a [u8]) -> Self {
        Self(stream)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let [a, b, c, d, rest @ ..] = self.0 else { return None };
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let data = rest.get(..length)?;
        self.0 = &rest[length..];
        Some((u16::from_le_bytes([*a, *b]), data))
    }
}

/// The rectangle around cells.
#[derive(Default)]
struct Extent(Option<(u32, u32, u32, u32)>);

impl Extent {
    fn take(&mut self, row: u32, first: u32, last: u32) {
        let (top, bottom, left, right) = self.0.unwrap_or((row, row, first, last));
        self.0 = Some((top.min(row), bottom.max(row), left.min(first), right.max(last)));
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |(top, bottom, left, right)| {
            u64::from(bottom - top + 1) * u64::from(right.saturating_sub(left) + 1)
        })
    }
}

fn sheet(stream: &[u8]) -> Result<u64, Broken> {
    let (mut values, mut formulas) = (Extent::default(), Extent::default());
    // charts within the sheet have records of the same kinds
    let mut depth = 0_u32;
    for (kind, data) in Records(stream) {
        let short = |at: usize| match data.get(at..at + 2) {
            Some(two) => Ok(u32::from(u16::from_le_bytes([two[0], two[1]]))),
            None => Err("a record breaks off"),
        };
        match kind {
            record::BEGIN => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            _ if depth > 1 => {}
            record::DIMENSIONS => {
                // first and last row, then columns; in 32 bits from Excel 97 on
                let wide = data.len() >= 14;
                let (first, last) = if wide {
                    (short(0)? | short(2)? << 16, short(4)? | short(6)? << 16)
                } else {
                    (short(0)?, short(2)?)
                };
                let columns = short(if wide { 10 } else { 6 })?;
                // an empty sheet has 0 for both
                if first > last || last > ROWS || columns > COLUMNS {
                    return Err("a sheet larger than any");
                }
            }
            record::NUMBER
            | record::LABEL
            | record::RICH
            | record::TRUTH
            | record::SHORT_NUMBER
            | record::SHARED
            | record::NUMBERS
            | record::FORMULA => {
                let (row, first) = (short(0)?, short(2)?);
                let last = match kind {
                    record::NUMBERS => short(data.len().saturating_sub(2))?,
                    _ => first,
                };
                if first >= COLUMNS || last >= COLUMNS {
                    return Err("a cell beyond the last column");
                }
                values.take(row, first, last);
                if kind == record::FORMULA {
                    formulas.take(row, first, last);
                }
            }
            _ => {}
        }
    }
    Ok(values.cells() + formulas.cells())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn label(row: u16, column: u16) -> Vec<u8> {
        record(record::LABEL, &[row.to_le_bytes(), column.to_le_bytes()].concat())
    }

    #[test]
    fn counts_what_lies_between_the_first_cell_and_the_last() {
        let begin = record(record::BEGIN, &[0; 16]);
        let end = record(record::END, &[]);
        let chart = [begin.clone(), label(9, 999), end.clone()].concat();
        let all = [begin.clone(), label(1, 2), chart, label(4, 1), end.clone(), label(9, 9)].concat();
        assert_eq!(sheet(&all), Ok(8));
        assert_eq!(sheet(&[begin.clone(), label(1, 256)].concat()), Err("a cell beyond the last column"));
        let dimensions = record(record::DIMENSIONS, &[9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(sheet(&[begin.clone(), dimensions].concat()), Err("a sheet larger than any"));
        let empty = record(record::DIMENSIONS, &[0; 14]);
        assert_eq!(sheet(&[begin, empty, end].concat()), Ok(0));
        assert_eq!(measure(&record(record::SHEET, &[9; 8])), Err("a sheet beyond the end"));
    }
}
