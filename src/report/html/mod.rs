//! Findings as one page without any other file, to mail or print. There is no script.
//!
//! In: facts. Out: HTML. One style for all such pages; every text of the user's is escaped.

pub mod check;
pub mod preflight;

use std::fmt::Write as _;

use crate::diagnostic::Severity;

const STYLE: &str = "\
:root{--blue:#0a5f86;--red:#c5412c;--gold:#a87900;--line:#d5dde3;--pale:#e8eef2;--help:#e9f2f8}\
*{box-sizing:border-box}body{margin:0;background:#f6f8fa;color:#1c2329;line-height:1.6;\
font-family:'BIZ UDPGothic','BIZ UDGothic','Yu Gothic UI','Hiragino Sans','Noto Sans CJK JP',sans-serif}\
header{background:var(--blue);color:#fff;padding:1.1rem 2.6rem;display:flex;flex-wrap:wrap;gap:0 2rem;align-items:baseline}\
h1{font-size:1.6rem;margin:0}header span:last-child{margin-left:auto}main{max-width:74rem;margin:0 auto;padding:1.6rem}\
.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1.2rem;margin-bottom:1.4rem}\
.sum,.one{background:#fff;border:1px solid var(--line);border-left:.7rem solid var(--line);border-radius:.4rem;padding:1rem 1.3rem}\
.sum b{font-size:2.4rem;line-height:1;margin-right:.4rem}.sum small{display:block}.made{border-left-color:var(--blue)}.made b{color:var(--blue)}\
.error{border-left-color:var(--red)}.error b.n,.error .what{color:var(--red)}.warning{border-left-color:var(--gold)}.warning b.n,.warning .what{color:var(--gold)}\
.one{margin-bottom:.9rem;break-inside:avoid}.head{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:center}\
.tag{background:var(--red);color:#fff;border-radius:.3rem;padding:.1rem 1rem;font-weight:bold}.warning .tag{background:var(--gold)}\
h2{font-size:1.15rem;margin:0;flex:1 1 20rem}.place{color:#4a5964;overflow-wrap:anywhere}\
.body{display:grid;grid-template-columns:minmax(0,2fr) minmax(14rem,1fr);gap:.6rem;margin-top:.7rem}\
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem}th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left}\
th{background:var(--pale);font-weight:normal;color:#4a5964}td.cell{background:#fdecea;outline:2px solid var(--red);font-weight:bold;\
text-decoration:underline wavy var(--red)}.warning td.cell{background:#fff6df;outline-color:var(--gold);text-decoration-color:var(--gold)}\
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}.help{background:var(--help);border-radius:.3rem;padding:.6rem 1rem}.help b{color:var(--blue)}\
.help code{float:right;color:#5b6b76}.help p{margin:.2rem 0}ul{margin:.2rem 0;padding-left:1.2rem}footer{margin-top:1.4rem}\
@media(max-width:50rem){.body{grid-template-columns:1fr}header{padding:1rem}main{padding:1rem}}\
@media print{body{background:#fff}header{color:#000;background:none;border-bottom:2px solid}}";

/// The class and the tag of a finding.
fn verdict(severity: Severity, ja: bool) -> (&'static str, &'static str) {
    match (severity, ja) {
        (Severity::Error, true) => ("error", "要修正"),
        (Severity::Error, false) => ("error", "mend"),
        (Severity::Warning, true) => ("warning", "確かめる"),
        (Severity::Warning, false) => ("warning", "look"),
    }
}

fn short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// A text for HTML: nothing of it is markup, and control and direction characters are shown as what they are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control()
                || matches!(u32::from(c), 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF) =>
            {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Bytes as text for a `data:` address (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let word =
            part.iter().chain(&[0; 2]).take(3).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = char::from(LETTERS[word >> (18 - 6 * place) & 63]);
            out.push(if place > part.len() { '=' } else { letter });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, 10
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
