//! A case of `tests/broken/`: what to change in a base project and what sasshi says then, in one text file.
//!
//! The form is that of Go's txtar (golang.org/x/tools/txtar): lines about the case, then sections that begin with a
//! marker `-- PATH --`. `tests/broken/README.md` says how to write one. In: the name of a case. Out: a [`Sandbox`] and
//! the transcripts that are expected.

use std::fmt::Write as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::harness::{Sandbox, tests, text};

/// What stands before the text of a CSV file that a spreadsheet is to open as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A case, taken apart.
pub struct Case {
    /// Its file.
    file: PathBuf,
    /// The folder of `tests/broken/base/` that it changes.
    base: String,
    /// What no text can say, by the name under which `broken.rs` makes it.
    pub with: Option<String>,
    /// The sections in order; the transcripts are the ones whose path begins with `expected.`.
    sections: Vec<Section>,
}

/// A marker and the lines below it.
struct Section {
    path: String,
    options: Vec<String>,
    body: String,
}

impl Case {
    /// Reads `tests/broken/NAME.txt`.
    pub fn open(name: &str) -> Self {
        let file = tests().join("broken").join(format!("{name}.txt"));
        let whole = text(&file);
        let mut case = Self { file, base: String::new(), with: None, sections: Vec::new() };
        for line in whole.split_inclusive('\n') {
            if let Some((path, options)) = marker(line.trim_end()) {
                case.sections.push(Section { path, options, body: String::new() });
            } else if let Some(section) = case.sections.last_mut() {
                section.body.push_str(line);
            } else {
                case.head(line.trim_end());
            }
        }
        assert!(!case.base.is_empty(), "{name}: a line \"base: …\" comes first");
        case
    }

    fn head(&mut self, line: &str) {
        match line.split_once(": ") {
            _ if line.is_empty() || line.starts_with('#') => {}
            Some(("base", name)) => name.clone_into(&mut self.base),
            Some(("with", name)) => self.with = Some(name.to_owned()),
            _ => panic!("{}: \"{line}\" is no line of a head", self.file.display()),
        }
    }

    /// The base with the changes of the case in it; not what `with` names.
    pub fn sandbox(&self) -> Sandbox {
        let sandbox = Sandbox::copy(&format!("broken/base/{}", self.base));
        for section in self.sections.iter().filter(|section| !section.is_transcript()) {
            section.apply(&sandbox, &self.file.display().to_string());
        }
        sandbox
    }

    /// The transcript that is expected in a language; none where the case does not compare it.
    pub fn transcript(&self, language: &str) -> Option<&str> {
        let path = format!("expected.{language}");
        self.sections.iter().find(|section| section.path == path).map(|section| &*section.body)
    }

    /// Writes the transcripts (language and text) into the file of the case; all else stays.
    pub fn accept(&self, transcripts: &[(&str, String)]) {
        let mut whole = text(&self.file);
        let end = whole.find("-- expected.").unwrap_or(whole.len());
        whole.truncate(end);
        for (language, transcript) in transcripts {
            let _ = write!(whole, "-- expected.{language} --\n{transcript}");
        }
        std::fs::write(&self.file, whole).unwrap_or_else(|error| panic!("{}: {error}", self.file.display()));
    }
}

/// The path of a marker line and the options behind it: `-- sources/a.csv (bom, edit) --`.
fn marker(line: &str) -> Option<(String, Vec<String>)> {
    let words = line.strip_prefix("-- ")?.strip_suffix(" --")?;
    let (path, options) =
        words.strip_suffix(')').and_then(|words| words.split_once(" (")).unwrap_or((words, ""));
    let options = options.split(", ").filter(|option| !option.is_empty()).map(str::to_owned).collect();
    Some((path.to_owned(), options))
}

impl Section {
    fn is_transcript(&self) -> bool {
        self.path.starts_with("expected.")
    }

    /// Brings about in `sandbox` what the section says.
    fn apply(&self, sandbox: &Sandbox, file: &str) {
        let mut bytes = self.body.clone().into_bytes();
        let mut mark = "";
        for option in &self.options {
            match &**option {
                "bom" => mark = BYTE_ORDER_MARK,
                "base64" => {
                    let digits: String = self.body.split_whitespace().collect();
                    bytes = STANDARD
                        .decode(digits)
                        .unwrap_or_else(|error| panic!("{file}: {}: {error}", self.path));
                }
                "escapes" => bytes = unescape(&self.body, file),
                "edit" => {
                    let old = String::from_utf8(sandbox.read(&self.path)).expect("what is edited is text");
                    bytes = edit(&old, &self.body, &format!("{file}: {}", self.path)).into_bytes();
                }
                "removed" => {
                    assert!(self.body.is_empty(), "{file}: {} is to be removed", self.path);
                    let path = sandbox.root().join(&self.path);
                    return std::fs::remove_file(path).unwrap_or_else(|error| panic!("{file}: {error}"));
                }
                _ => panic!("{file}: no option \"{option}\""),
            }
        }
        sandbox.write(&self.path, [mark.as_bytes(), &bytes].concat());
    }
}

/// `old` with the hunks of `hunks` in it. A hunk is lines that begin with a blank (stays), `-` (goes) or `+` (comes);
/// `@@` parts hunks. The lines that stay and go must stand once in the text.
fn edit(old: &str, hunks: &str, file: &str) -> String {
    let (mark, text) = old.strip_prefix(BYTE_ORDER_MARK).map_or(("", old), |text| (BYTE_ORDER_MARK, text));
    let mut lines: Vec<&str> = text.lines().collect();
    for hunk in hunks.split("@@\n") {
        let part = |sign: char| -> Vec<&str> {
            hunk.lines()
                .filter_map(|line| match line.chars().next() {
                    None => Some(""),
                    Some(first) if first == ' ' || first == sign => Some(&line[1..]),
                    Some('+' | '-') => None,
                    Some(_) => panic!("{file}: \"{line}\" begins with neither a blank, \"-\" nor \"+\""),
                })
                .collect()
        };
        let (from, to) = (part('-'), part('+'));
        assert!(!from.is_empty(), "{file}: a hunk names a line of the base:\n{hunk}");
        let places: Vec<usize> = lines
            .windows(from.len())
            .enumerate()
            .filter(|(_, part)| *part == from)
            .map(|(at, _)| at)
            .collect();
        let [at] = places[..] else {
            panic!("{file}: the lines of a hunk stand {} times in the base:\n{hunk}", places.len())
        };
        lines.splice(at..at + from.len(), to);
    }
    lines.iter().fold(mark.to_owned(), |text, line| text + line + "\n")
}

/// Bytes written in text: `\xFF` is a byte, `\u{202E}` a character, `\0` a NUL, `\\` a backslash; one at the end of a
/// line takes the line's end away.
fn unescape(text: &str, file: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let (value, length): (Vec<u8>, usize) = if let Some(digits) = after.strip_prefix('x') {
            let byte = digits.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            (vec![byte.unwrap_or_else(|| panic!("{file}: \\x needs two digits"))], 3)
        } else if let Some((digits, _)) = after.strip_prefix("u{").and_then(|after| after.split_once('}')) {
            let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            let character = character.unwrap_or_else(|| panic!("{file}: \\u{{{digits}}} is no character"));
            (character.to_string().into_bytes(), digits.len() + 3)
        } else {
            match after.chars().next() {
                Some('0') => (vec![0], 1),
                Some('\\') => (vec![b'\\'], 1),
                Some('\n') => (Vec::new(), 1),
                other => panic!("{file}: no escape \\{other:?}"),
            }
        };
        bytes.extend(value);
        rest = &after[length..];
    }
    bytes.extend(rest.bytes());
    bytes
}

#[test]
fn a_hunk_is_put_where_its_lines_stand() {
    let old = "\u{FEFF}a\nb\nc\nb\n";
    assert_eq!(edit(old, " a\n-b\n+B\n@@\n c\n+d\n", "t"), "\u{FEFF}a\nB\nc\nd\nb\n");
    for wrong in ["-b\n+B\n", "-x\n", "+x\n", "*x\n"] {
        assert!(std::panic::catch_unwind(|| edit(old, wrong, "t")).is_err(), "{wrong}");
    }
}

#[test]
fn bytes_are_written_as_escapes() {
    let right: &[u8] = b"a\x90\xE2\x80\xAE\0\\b";
    assert_eq!(unescape("a\\x90\\u{202E}\\0\\\\b\\\n", "t"), right);
    for wrong in ["\\x9", "\\xZZ", "\\u{D800}", "\\n"] {
        assert!(std::panic::catch_unwind(|| unescape(wrong, "t")).is_err(), "{wrong}");
    }
}
