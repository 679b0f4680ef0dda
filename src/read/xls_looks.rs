//! What an XLS file says of the looks of its cells: number formats, letters that are struck out, rows and columns that are
//! hidden (MS-XLS 2.4). Its general reader gives values alone.
//!
//! In: the records of a workbook that was measured before (`xls_extent`). Out: [`XlsLooks`]; of what it cannot make sense
//! of it says nothing, and the cell is read by its value.

use std::collections::HashMap;

use super::number_format::{Epoch, NamedFormat, NumberFormat};
use super::sheet_content::Area;
use super::xls_extent::{Records, record};

/// The version of files from Excel 97 on.
const BIFF8: u16 = 0x0600;

/// The looks of a workbook.
#[derive(Debug, Default)]
pub struct XlsLooks {
    /// From when it counts days.
    pub epoch: Epoch,
    /// Formats with their codes, by number.
    formats: HashMap<u16, NamedFormat>,
    styles: Vec<Style>,
    /// Its sheets, in the order of the workbook.
    sheets: Vec<SheetLooks>,
}

#[derive(Debug, Clone, Copy)]
struct Style {
    format: u16,
    struck: bool,
}

/// The looks of a sheet.
#[derive(Debug, Default)]
pub struct SheetLooks {
    styles: HashMap<(u16, u16), u16>,
    /// Rows that are not shown, from 0.
    pub hidden_rows: Vec<u32>,
    /// Columns that are not shown.
    pub hidden_columns: Vec<Area>,
}

/// The look of a cell.
#[derive(Debug, Clone, Copy)]
pub struct CellLook<'a> {
    /// Its format; none for General and where it is not known.
    pub format: Option<&'a NamedFormat>,
    /// Whether its letters are struck out.
    pub struck: bool,
}

impl XlsLooks {
    /// Reads the looks.
    #[must_use]
    pub fn read(stream: &[u8]) -> Self {
        let mut looks = Self::default();
        let (mut codes, mut fonts, mut places) = (HashMap::new(), Vec::new(), Vec::new());
        for (kind, data) in Records::of(stream) {
            match kind {
                record::BEGIN if short(data, 0) != Some(BIFF8) => return looks,
                record::DATE_MODE if short(data, 0) == Some(1) => looks.epoch = Epoch::Year1904,
                record::FONT => fonts.push(short(data, 2).is_some_and(|flags| flags & 0x0008 != 0)),
                record::FORMAT => {
                    if let (Some(id), Some(code)) = (short(data, 0), text(data.get(2..).unwrap_or_default()))
                    {
                        codes.insert(id, code);
                    }
                }
                record::STYLE => {
                    // there is no font 4
                    let font = short(data, 0).map(|font| if font > 4 { font - 1 } else { font });
                    let struck = font.and_then(|font| fonts.get(usize::from(font))).copied().unwrap_or(false);
                    looks.styles.push(Style { format: short(data, 2).unwrap_or(0), struck });
                }
                record::SHEET => {
                    let place =
                        data.get(..4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
                    places.push(place.unwrap_or(u32::MAX) as usize);
                }
                record::END => break,
                _ => {}
            }
        }
        for style in &looks.styles {
            let id = style.format;
            if id == 0 || looks.formats.contains_key(&id) {
                continue;
            }
            let format = match codes.get(&id) {
                Some(code) => Some(NumberFormat::parse(code)),
                None => NumberFormat::built_in(u32::from(id)),
            };
            if let Some(format) = format {
                let code = codes.get(&id).cloned().unwrap_or_else(|| id.to_string());
                looks.formats.insert(id, NamedFormat { code, format });
            }
        }
        looks.sheets =
            places.into_iter().map(|place| sheet(stream.get(place..).unwrap_or_default())).collect();
        looks
    }

    /// The looks of the sheet at `index` of the workbook.
    #[must_use]
    pub fn sheet(&self, index: usize) -> Option<&SheetLooks> {
        self.sheets.get(index)
    }

    /// The look of a cell of a sheet, row and column from 0.
    #[must_use]
    pub fn cell(&self, sheet: &SheetLooks, row: u32, column: u32) -> CellLook<'_> {
        let place = (u16::try_from(row), u16::try_from(column));
        let style = match place {
            (Ok(row), Ok(column)) => sheet.styles.get(&(row, column)),
            _ => None,
        };
        let style = style.and_then(|style| self.styles.get(usize::from(*style)));
        CellLook {
            format: style.and_then(|style| self.formats.get(&style.format)),
            struck: style.is_some_and(|style| style.struck),
        }
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

/// A text (MS-XLS 2.5.294): its length, how wide its characters are, the characters.
fn text(data: &[u8]) -> Option<String> {
    let length = usize::from(short(data, 0)?);
    let (flags, rest) = (*data.get(2)?, data.get(3..)?);
    if flags & 1 == 0 {
        return rest.get(..length).map(|bytes| bytes.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = rest.get(..length * 2)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

fn sheet(stream: &[u8]) -> SheetLooks {
    let mut looks = SheetLooks::default();
    // charts within the sheet have records of the same kinds
    let mut depth = 0_u32;
    for (kind, data) in Records::of(stream) {
        let number = |at: usize| short(data, at);
        match kind {
            record::BEGIN => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            _ if depth > 1 => {}
            record::ROW => {
                if let (Some(row), Some(flags)) = (number(0), number(12))
                    && flags & 0x0020 != 0
                {
                    looks.hidden_rows.push(u32::from(row));
                }
            }
            record::COLUMNS => {
                if let (Some(first), Some(last), Some(flags)) = (number(0), number(2), number(8))
                    && flags & 0x0001 != 0
                {
                    looks.hidden_columns.push(Area::of_columns(u32::from(first), u32::from(last)));
                }
            }
            record::NUMBERS => {
                let (Some(row), Some(first)) = (number(0), number(2)) else { continue };
                // each cell has its style and its number in four bytes; the last column stands at the end
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, cell) in (first..=u16::MAX).zip(cells.chunks_exact(6)) {
                    looks.styles.insert((row, column), u16::from_le_bytes([cell[0], cell[1]]));
                }
            }
            record::NUMBER
            | record::LABEL
            | record::RICH
            | record::TRUTH
            | record::SHORT_NUMBER
            | record::SHARED
            | record::FORMULA => {
                if let (Some(row), Some(column), Some(style)) = (number(0), number(2), number(4)) {
                    looks.styles.insert((row, column), style);
                }
            }
            _ => {}
        }
    }
    looks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_both_widths() {
        assert_eq!(text(&[2, 0, 0, b'0', b'%']).as_deref(), Some("0%"));
        assert_eq!(text(&[1, 0, 1, 0x74, 0x5E]).as_deref(), Some("年"));
        assert_eq!(text(&[9, 0, 1, 0x74]), None);
        assert_eq!(text(&[]), None);
    }
}
