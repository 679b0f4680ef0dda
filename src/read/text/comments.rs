//! Comments of authors (`<!-- … -->`) are passed over before Markdown is read: a line of its own is blank, one within a
//! line is nothing, wherever it stands and however many lines it takes. In code they are code.
//!
//! In: the text of a file. Out: the same, byte for byte as long, and the place of a comment that is never closed.

use std::borrow::Cow;
use std::ops::Range;

/// Stands for a byte of a comment within a line; words are read without it. No valid source holds it.
pub const NOTHING: char = '\u{19}';

/// A text without its comments.
#[derive(Debug, PartialEq, Eq)]
pub struct Uncommented<'t> {
    /// The text; where a comment was, spaces or [`NOTHING`].
    pub text: Cow<'t, str>,
    /// Where a comment opens that is never closed.
    pub open: Option<Range<usize>>,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Takes the comments out of `text`.
#[must_use]
pub fn take_out(text: &str) -> Uncommented<'_> {
    if !text.contains(OPEN) {
        return Uncommented { text: Cow::Borrowed(text), open: None };
    }
    let mut out = text.as_bytes().to_vec();
    let mut scan = Scan { text, at: 0, fence: None };
    let mut open = None;
    while let Some(start) = scan.next_comment() {
        // `<!-->` and `<!--->` are comments too
        let Some(close) = text[start + 2..].find(CLOSE) else {
            open = Some(start..start + OPEN.len());
            break;
        };
        let end = start + 2 + close + CLOSE.len();
        blank(text, start..end, &mut out);
        scan.at = end;
    }
    // whole characters were replaced by as many bytes of ASCII
    let text = String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned);
    Uncommented { text, open }
}

/// Writes spaces or [`NOTHING`] over a comment; line ends stay.
fn blank(text: &str, comment: Range<usize>, out: &mut [u8]) {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at);
    let before = &text[line_start..comment.start];
    let is_last = text[comment.end..line_end].trim().is_empty();
    let is_first = before.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
    // what would end a line of these is not hidden behind something that prints nothing
    let keeps_its_end = before.trim_start().starts_with(['#', '|', ':']);
    let fill = match is_last && (is_first || keeps_its_end) {
        true => b' ',
        false => NOTHING as u8,
    };
    let kept = if is_last && !is_first { before.trim_end().len() } else { before.len() };
    let rest = &text[comment.end..line_end];
    let end = match (is_last, is_first) {
        (true, _) => line_end,
        (false, true) => line_end - rest.trim_start_matches([' ', '\t']).len(),
        (false, false) => comment.end,
    };
    for byte in &mut out[line_start + kept..end] {
        if !matches!(*byte, b'\n' | b'\r') {
            *byte = fill;
        }
    }
}

/// A walk through the text that knows what is code.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The fence of the code that is open: its character and length.
    fence: Option<(u8, usize)>,
}

impl Scan<'_> {
    /// The byte at which the next comment opens.
    fn next_comment(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            if self.at == 0 || bytes[self.at - 1] == b'\n' {
                let end = self.text[self.at..].find('\n').map_or(bytes.len(), |at| self.at + at + 1);
                if self.is_code(self.at..end) {
                    self.at = end;
                    continue;
                }
            }
            match bytes[self.at] {
                b'\\' => self.at += 2,
                b'`' => self.pass_code_span(),
                b'<' if bytes[self.at..].starts_with(OPEN.as_bytes()) => return Some(self.at),
                _ => self.at += 1,
            }
        }
        None
    }

    /// Whether a line is in fenced code, or a fence itself.
    fn is_code(&mut self, line: Range<usize>) -> bool {
        let line = &self.text[line];
        let inner = match self.fence {
            Some(_) => line.trim_start_matches([' ', '\t', '>']),
            None => without_marks(line),
        };
        let Some(mark) = inner.bytes().next().filter(|mark| matches!(mark, b'`' | b'~')) else {
            return self.fence.is_some();
        };
        let length = inner.bytes().take_while(|byte| *byte == mark).count();
        let rest = &inner[length..];
        match self.fence {
            Some((open, least)) => {
                if mark == open && length >= least && rest.trim().is_empty() {
                    self.fence = None;
                }
                true
            }
            None if length >= 3 && !(mark == b'`' && rest.contains('`')) => {
                self.fence = Some((mark, length));
                true
            }
            None => false,
        }
    }

    /// Goes behind a code span, or behind the marks that open none.
    fn pass_code_span(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().take_while(|byte| **byte == b'`').count();
        let end = memchr::memmem::find(rest, b"\n\n").unwrap_or(rest.len());
        let mut at = length;
        while let Some(found) = memchr::memchr(b'`', &rest[at.min(end)..end]) {
            at += found;
            let run = rest[at..].iter().take_while(|byte| **byte == b'`').count();
            at += run;
            if run == length {
                self.at += at;
                return;
            }
        }
        self.at += length;
    }
}

/// A line without the marks of quotations and lists before it.
fn without_marks(line: &str) -> &str {
    let mut line = line.trim_start_matches([' ', '\t']);
    loop {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let mark = match line.as_bytes() {
            [b'>', ..] => 1,
            [b'-' | b'+' | b'*', b' ' | b'\t', ..] => 2,
            bytes if digits > 0 && matches!(bytes.get(digits), Some(b'.' | b')')) => digits + 1,
            _ => return line,
        };
        line = line[mark..].trim_start_matches([' ', '\t']);
    }
}

/// How many marks of quotations and lists a line begins with.
#[must_use]
pub fn marks(line: &str) -> usize {
    let mut rest = line.trim_start_matches([' ', '\t']);
    let mut count = 0;
    loop {
        let next = match rest.as_bytes() {
            [b'>', ..] => &rest[1..],
            [b'-' | b'+' | b'*', b' ' | b'\t', ..] => &rest[2..],
            _ => return count,
        };
        rest = next.trim_start_matches([' ', '\t']);
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> String {
        let taken = take_out(text);
        assert_eq!(taken.text.len(), text.len(), "{text}");
        assert_eq!(taken.text.matches('\n').count(), text.matches('\n').count(), "{text}");
        taken.text.replace(NOTHING, "")
    }

    #[test]
    fn comments_are_nothing_within_a_line_and_blank_on_their_own() {
        assert_eq!(without("前<!-- x -->後\n"), "前後\n");
        assert_eq!(without("前 <!-- x --> \n後\n"), "前\n後\n");
        assert_eq!(without("<!-- x\n\ny -->\n本文\n").trim(), "本文");
        assert_eq!(without("<!-- x --> 本文\n"), "本文\n");
        assert_eq!(without("> <!-- x -->\n> 文\n").replace(' ', ""), ">\n>文\n");
        assert!(without("# 題 {#a} <!-- x -->\n").trim_end().ends_with("{#a}"));
        assert_eq!(without("<!--><!--->a\n"), "a\n");
    }

    #[test]
    fn in_code_comments_are_code() {
        for code in
            ["```\n<!-- x -->\n```\n", "`<!-- x -->` と\n", "- ~~~\n  <!-- x -->\n  ~~~\n", "\\<!-- x -->\n"]
        {
            assert_eq!(take_out(code).text, code);
        }
        assert_eq!(without("` <!-- x --> と\n"), "`  と\n");
        assert_eq!(without("```\n```\n<!-- x -->\n").trim_end(), "```\n```");
    }

    #[test]
    fn a_comment_that_is_never_closed_is_told() {
        assert_eq!(take_out("a <!-- b\nc\n").open, Some(2..6));
        assert_eq!(take_out("a <!-- b --> <!-- c\n").open, Some(13..17));
    }
}
