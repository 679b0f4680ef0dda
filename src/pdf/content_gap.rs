//! What the library does not read of a content stream: it stops without a word where something is no operation.
//!
//! In: bytes, and how many operations were read of them. Out: where the next one lies that was not, and what viewers make of
//! it: they pass over operators that stand within an array (ISO 32000-1, 7.8.2 knows none there).

use std::ops::Range;

use lopdf::content::{Content, Operation};

use super::lexical::{after_comment, after_string, is_delimiter, is_white};

/// Where the operation lies that follows the first `read` ones; none where nothing follows.
pub(super) fn after(bytes: &[u8], read: usize) -> Option<Range<usize>> {
    let mut words = Words { bytes, at: 0, depth: 0 };
    let (mut count, mut start) = (0, 0);
    for word in words.by_ref() {
        if word.depth > 0 {
            continue;
        }
        if count == read {
            return Some(start..word.range.end);
        }
        count += 1;
        start = word.range.end;
    }
    // an array or dictionary without its end hides all that follows
    (words.depth > 0 && count <= read).then_some(start..bytes.len())
}

/// The operation that viewers read in `bytes`: without the words within its arrays.
pub(super) fn repaired(bytes: &[u8]) -> Option<Operation> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for word in (Words { bytes, at: 0, depth: 0 }).filter(|word| word.depth > 0) {
        plain.extend(&bytes[from..word.range.start]);
        from = word.range.end;
    }
    plain.extend(&bytes[from..]);
    let mut read = Content::decode_iter(&plain);
    read.next()?.ok().filter(|_| read.next().is_none())
}

/// A word that is neither a name nor a number.
struct Word {
    range: Range<usize>,
    /// In how many arrays and dictionaries it stands.
    depth: usize,
}

/// The words of a content stream.
struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'(' => self.at = after_string(self.bytes, self.at),
                b'%' => self.at = after_comment(self.bytes, self.at),
                b'[' => self.step(1, 1),
                b']' => self.close(1),
                b'<' if self.follows(b'<') => self.step(2, 1),
                b'<' => self.at = self.behind(|byte| byte == b'>') + 1,
                b'>' => self.close(if self.follows(b'>') { 2 } else { 1 }),
                b'/' => {
                    self.at += 1;
                    self.at = self.behind(is_delimiter);
                }
                byte if is_white(byte) || is_delimiter(byte) => self.at += 1,
                byte if is_of_operators(byte) && !byte.is_ascii_digit() => {
                    let start = self.at;
                    self.at = self.behind(|byte| !is_of_operators(byte));
                    let word = &self.bytes[start..self.at];
                    // these are operands
                    if !matches!(word, b"true" | b"false" | b"null") {
                        return Some(Word { range: start..self.at, depth: self.depth });
                    }
                }
                _ => self.at += 1,
            }
        }
    }
}

impl Words<'_> {
    fn follows(&self, byte: u8) -> bool {
        self.bytes.get(self.at + 1) == Some(&byte)
    }

    fn step(&mut self, by: usize, deeper: usize) {
        self.at += by;
        self.depth += deeper;
    }

    fn close(&mut self, by: usize) {
        self.at += by;
        self.depth = self.depth.saturating_sub(1);
    }

    /// The first place from here that is `wanted`, or the end.
    fn behind(&self, wanted: impl Fn(u8) -> bool) -> usize {
        let found = self.bytes[self.at..].iter().position(|byte| wanted(*byte));
        found.map_or(self.bytes.len(), |way| self.at + way)
    }
}

/// Whether operators are made of such characters, as the library reads them.
fn is_of_operators(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'\'' | b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_the_library_reads_is_counted() {
        let content = b"q 1 0 0 1 .5 -2. cm/Fm Do BT/F1 12 Tf[(A) -120<41>]TJ (b\\)) ' ET % f S\n\
                        /P<</MCID 0/Lang(ja)/A true>>BDC EMC true 0 null d0 f* b*Q";
        let read = Content::decode_iter(content).count();
        assert_eq!(read, 13);
        assert_eq!(after(content, read), None);
    }

    #[test]
    fn what_is_left_out_is_found_and_mended() {
        let content = b"BT [(a) 0 Tc -250 (b)] TJ ET";
        assert_eq!(Content::decode_iter(content).count(), 1, "the library stops without a word");
        let gap = after(content, 1).expect("the rest");
        assert_eq!(&content[gap.clone()], b" [(a) 0 Tc -250 (b)] TJ");
        let operation = repaired(&content[gap]).expect("viewers read it");
        assert_eq!(operation.operator, "TJ");
        assert_eq!(after(b"BT [(a) TJ ET 0 0 5 5 re f", 1).map(|gap| gap.end), Some(26), "without its end");
        assert!(repaired(b" [(a) TJ").is_none());
    }
}
