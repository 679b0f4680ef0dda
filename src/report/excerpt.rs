//! An excerpt of a source, with the place of a finding in it, as terminals show it.
//!
//! In: an [`Origin`]. Out: [`Excerpt`], which `miette` draws. A line of a megabyte is cut; a character that
//! nobody sees is shown by a symbol.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::diagnostic::Language;
use crate::model::origin::{Origin, Place};

/// One line of a source, cut to what a terminal shows, with what is underlined in it.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The path, with the address of the cell in a workbook.
    pub(super) name: String,
    /// Whether the name has such an address.
    pub(super) is_addressed: bool,
    /// The line.
    text: String,
    /// What is underlined.
    pub(super) span: SourceSpan,
    /// The header of the column, beside the underlining.
    pub(super) label: Option<String>,
    /// The row (or line) from 1, as the head of the excerpt shows it.
    pub(super) row: usize,
    /// The column from 1, as the head shows it.
    pub(super) column: usize,
    /// The number beside the line, from 0.
    line: usize,
}

/// Characters of a line shown on each side of what is underlined.
const AROUND: usize = 40;

impl Excerpt {
    pub(super) fn new(origin: &Origin, language: Language) -> Option<Self> {
        let text = &origin.source.text;
        let span = origin.span.clone()?;
        let (row, column, label) = match &origin.place {
            Place::File => return None,
            Place::Text { line, column } => (*line, *column, None),
            Place::Cell { row, column, header, .. } => (*row, *column, Some(header.clone())),
        };
        let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
        let end = text.get(span.start..)?.find(['\n', '\r']).map_or(text.len(), |at| span.start + at);
        let before: Vec<char> = text.get(start..span.start)?.chars().collect();
        let inside: Vec<char> = text.get(span.start..span.end.min(end).max(span.start))?.chars().collect();
        let after: Vec<char> = text.get(span.end.min(end).max(span.start)..end)?.chars().collect();
        let mut line = String::new();
        let skipped = before.len().saturating_sub(AROUND);
        if skipped > 0 {
            line.push('…');
        }
        line.extend(before[skipped..].iter().map(|c| symbol(*c)));
        let from = line.len();
        line.extend(inside.iter().take(AROUND * 2).map(|c| symbol(*c)));
        if inside.len() > AROUND * 2 {
            line.push('…');
        }
        let length = line.len() - from;
        // an empty cell at the end of its line: there must be something to point at
        if inside.is_empty() && after.is_empty() {
            line.push(' ');
        }
        line.extend(after.iter().take(AROUND).map(|c| symbol(*c)));
        if after.len() > AROUND {
            line.push('…');
        }
        let physical = origin.source.line_column(span.start).line;
        // rows are counted as a spreadsheet counts them, in the head and beside the line; an editor counts otherwise
        let (line_number, label) = match label {
            Some(header) if physical != row && origin.source.sheet.is_none() => {
                let of_file = match language {
                    Language::Japanese => format!("（ファイルの{physical}行目）"),
                    Language::English => format!(" (line {physical} of the file)"),
                };
                (row, Some(format!("{header}{of_file}")))
            }
            Some(header) => (row, Some(header)),
            None => (physical, None),
        };
        let is_addressed = origin.address().is_some();
        Some(Self {
            name: if is_addressed { visible(&origin.to_string()) } else { origin.source.path.clone() },
            is_addressed,
            text: line,
            span: SourceSpan::new(from.into(), length),
            label: label.filter(|label| !label.is_empty()),
            row: row as usize,
            column: column as usize,
            line: (line_number as usize).saturating_sub(1),
        })
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // asked without context, miette wants the numbers of the head; with it, those beside the lines
        let (line, column) = if before == 0 { (self.row - 1, self.column - 1) } else { (self.line, 0) };
        let whole = if before == 0 { *span } else { SourceSpan::new(0.into(), self.text.len()) };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            whole,
            line,
            column,
            1,
        )))
    }
}

/// Control characters as their pictures, so that none reaches the terminal.
fn symbol(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1F => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        0x7F => '\u{2421}',
        // nor characters that nobody sees or that turn the direction of the line
        0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF => '\u{FFFD}',
        _ if c.is_control() => '\u{FFFD}',
        _ => c,
    }
}

/// A text without control characters; line ends stay.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { symbol(c) }).collect()
}
