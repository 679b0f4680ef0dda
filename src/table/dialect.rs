//! The delimiter of a text.
//!
//! In: the text. Out: the [`Dialect`]: what parts its cells, and where its first row begins.

use super::lines::line_end;
use super::parts::scan;

/// How a text is parted into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The character between cells.
    pub delimiter: u8,
    /// The byte at which the first row begins (after a line `sep=;`).
    pub start: usize,
}

/// Delimiters that are looked for, the most likely first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Bytes and rows that are looked at to find the delimiter.
const SAMPLE: usize = 64 << 10;
const ROWS: usize = 100;

impl Dialect {
    /// The dialect of `text`, whose delimiter is `wanted` if that is known.
    #[must_use]
    pub fn of(text: &str, wanted: Option<u8>) -> Self {
        let first_line = text.split(['\r', '\n']).next().unwrap_or_default();
        if let Some(separator) = first_line.to_ascii_lowercase().strip_prefix("sep=")
            && let [byte] = separator.as_bytes()
            && DELIMITERS.contains(byte)
        {
            let start = first_line.len() + line_end(&text.as_bytes()[first_line.len()..]);
            return Self { delimiter: wanted.unwrap_or(*byte), start };
        }
        Self { delimiter: wanted.unwrap_or_else(|| likely(text)), start: 0 }
    }
}

/// The delimiter that gives the largest share of rows the same number of cells, and more than one: a wrong one parts what
/// stands in quotation marks into rows of its own, some of which agree by chance.
fn likely(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE);
    if end < text.len() {
        end = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
        if end == 0 {
            end = text.floor_char_boundary(SAMPLE);
        }
    }
    let sample = &text[..end];
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| {
        let part = scan(sample, *delimiter, 0..sample.len());
        let mut counts: Vec<usize> = part.widths().take(ROWS).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == middle).count();
        let share = if middle > 1 { same * 1000 / counts.len().max(1) } else { 0 };
        (middle > 1, share, same, middle)
    });
    best.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, wanted: Option<u8>) -> (u8, usize) {
        let dialect = Dialect::of(text, wanted);
        (dialect.delimiter, dialect.start)
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(of("a\tb,c\n1\t2\n", None), (b'\t', 0));
        assert_eq!(of("a;b\n1;2,3\n", None), (b';', 0));
        assert_eq!(of("a|b\n1|2,3\n", None), (b'|', 0));
        assert_eq!(of("sep=;\r\na;b\n", None), (b';', 7));
        assert_eq!(of("a\nb\n", None), (b',', 0));
        assert_eq!(of("a,b;c\n1,2\n", Some(b';')), (b';', 0));
    }

    #[test]
    fn a_delimiter_within_quotation_marks_is_none() {
        let text = "列0,列1,列2\r\n\"'@3@\n'\",\";#\t=@\",\"'\r=\t@ \"\"\"\r\n\"\n\t@\",\"を\n\t\",x\r\n";
        assert_eq!(of(text, None), (b',', 0));
        assert_eq!(of("a\tb\n1,5\t2\n3,5\t4\n", None), (b'\t', 0));
    }
}
