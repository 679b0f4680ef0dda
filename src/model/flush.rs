//! How far lines that are flush on both sides are stretched or squeezed between their letters.
//!
//! In: a paragraph as it was set. Out: the air between the letters of its lines, and the air that was asked for.

use super::composition::{TextLine, TextParagraph};
use super::jlreq::is_japanese;

/// A line with fewer pairs of Japanese characters tells nothing.
const PAIRS: usize = 2;
/// Rounding, in ems.
const TOLERANCE: f64 = 0.0005;
/// Lines whose air differs by less, in ems, are alike.
const ALIKE: f64 = 0.002;

/// A line that may be stretched or squeezed.
#[derive(Debug, Clone, Copy)]
pub struct FlushLine<'p> {
    /// The line.
    pub line: &'p TextLine,
    /// The air between two of its letters, in ems; of a squeezed line less than nothing.
    pub air: f64,
}

impl FlushLine<'_> {
    /// Whether its air differs from `own` by more than `limit`, in ems.
    #[must_use]
    pub fn is_beyond(&self, own: f64, limit: f64) -> bool {
        (self.air - own).abs() > limit + TOLERANCE
    }
}

/// The lines of `paragraph` that may have been made flush: all but the last one.
#[must_use]
pub fn flush_lines(paragraph: &TextParagraph) -> Vec<FlushLine<'_>> {
    let Some((last, lines)) = paragraph.lines.split_last() else { return Vec::new() };
    // what stands apart on the last line is no line that was made flush
    let flush = lines.iter().filter(|line| line.page != last.page || line.baseline != last.baseline);
    flush.filter_map(|line| Some(FlushLine { line, air: air(line, PAIRS)? })).collect()
}

/// The air of letters that are spaced on purpose, in ems: that of the last line, which is not justified, or the same air of all
/// others. Nothing where neither is known.
#[must_use]
pub fn own_air(paragraph: &TextParagraph) -> f64 {
    let alike = || {
        let airs: Vec<f64> = flush_lines(paragraph).iter().map(|line| line.air).collect();
        let least = airs.iter().copied().reduce(f64::min)?;
        let most = airs.iter().copied().reduce(f64::max)?;
        (airs.len() > 1 && most - least < ALIKE).then_some(least)
    };
    // a last line that is full may be squeezed like the others
    paragraph.lines.last().and_then(|last| air(last, 1)).or_else(alike).unwrap_or(0.0).max(0.0)
}

/// The usual air between two Japanese characters of a line, in ems; none where there are fewer than `least` pairs of them. What is
/// below a reading that is wider stands apart for it.
fn air(line: &TextLine, least: usize) -> Option<f64> {
    let mut airs: Vec<f64> = line
        .characters
        .windows(2)
        .filter(|pair| pair.iter().all(|one| is_japanese(one.first())))
        .filter(|pair| pair[0].style == pair[1].style)
        .filter(|pair| pair.iter().all(|one| line.reading_above(one).is_none()))
        .map(|pair| (pair[1].x - pair[0].x - pair[0].natural).to_pt() / pair[0].style.size.to_pt())
        .collect();
    airs.sort_by(f64::total_cmp);
    (airs.len() >= least).then(|| airs[airs.len() / 2])
}
