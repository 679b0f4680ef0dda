//! Characters of content streams (ISO 32000-1, 7.2): white space, delimiters, comments and strings.
//!
//! In: bytes and a place in them. Out: the place behind.

/// Whether it is white space.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// Whether a word ends before it.
pub(super) fn is_delimiter(byte: u8) -> bool {
    is_white(byte) || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The place behind a comment.
pub(super) fn after_comment(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |end| at + end + 1)
}

/// The place behind a string in parentheses, which may hold more of them.
pub(super) fn after_string(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth <= 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
