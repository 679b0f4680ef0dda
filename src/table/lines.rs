//! Line ends of all systems, and a line whose quotation marks are wrong.
//!
//! In: bytes of a text. Out: lengths and counts of line ends, and what can be told of a line.

/// The pieces of the line from byte `from` on between its delimiters, quotation marks around them left out: what can be told
/// of a line whose marks are wrong.
pub fn pieces(text: &str, from: usize, delimiter: u8) -> impl Iterator<Item = &str> {
    let rest = text.get(from..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    line.split(char::from(delimiter)).map(|piece| piece.trim_matches(['"', ' ']))
}

/// The length of the line end that `rest` begins with; 0 if it begins with none.
pub(super) fn line_end(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// How many line ends are in `inside`.
pub(super) fn breaks(inside: &[u8]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'\n', b'\r', &inside[at..]) {
        count += 1;
        at += found + line_end(&inside[at + found..]);
    }
    count
}
