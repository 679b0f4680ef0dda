//! Finds the files that a source names: a file, a folder of files or a glob; and reads them as UTF-8 text.
//!
//! In: a path of the manifest. Out: paths relative to the project, in order of their names, and [`Source`]s.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Outcome, nearest};
use crate::model::origin::{Origin, Source, saturate};
use crate::project::Placed;
use crate::say;

/// The files below `root` that `source` names and that end in one of `endings`.
pub fn find(root: &Path, source: &Placed, endings: &[&str]) -> Outcome<Vec<PathBuf>> {
    let wanted = &source.value;
    let is_glob = wanted.contains(['*', '?', '[']);
    let path = root.join(wanted);
    let mut found: Vec<PathBuf> = if is_glob {
        // the folder is data: only the user's own words are a pattern
        let pattern = format!("{}/{wanted}", glob::Pattern::escape(&root.to_string_lossy()));
        match glob::glob(&pattern) {
            Ok(paths) => paths.flatten().filter(|path| path.is_file()).collect(),
            Err(error) => {
                let detail = error.msg;
                return nothing(
                    Diagnostic::error(
                        Code::SourceMissing,
                        say!(
                            "「{wanted}」の書き方が正しくありません：{detail}",
                            "\"{wanted}\" is no pattern: {detail}"
                        ),
                    )
                    .at(source.origin.clone()),
                );
            }
        }
    } else if path.is_dir() {
        std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    } else if path.is_file() {
        vec![path.clone()]
    } else {
        return nothing(missing(root, source));
    };
    let by_name = path.is_dir() || is_glob;
    found.retain(|path| !by_name || (is_wanted(path, endings) && path.is_file()));
    found.sort();
    if found.is_empty() {
        let list = endings.join(", ");
        return nothing(
            Diagnostic::error(
                Code::SourceMissing,
                say!(
                    "「{wanted}」に読めるファイルがありません。",
                    "There is no file to read in \"{wanted}\"."
                ),
            )
            .at(source.origin.clone())
            .hint(say!("読めるもの：{list}", "It can be: {list}")),
        );
    }
    Outcome::clean(found)
}

fn nothing(diagnostic: Diagnostic) -> Outcome<Vec<PathBuf>> {
    Outcome { value: Vec::new(), diagnostics: vec![diagnostic] }
}

/// Files that office programs leave beside the real ones are no sources.
fn is_wanted(path: &Path, endings: &[&str]) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    !name.starts_with(['.', '~']) && endings.contains(&ending.as_str())
}

fn missing(root: &Path, source: &Placed) -> Diagnostic {
    let wanted = &source.value;
    let diagnostic = Diagnostic::error(
        Code::SourceMissing,
        say!("「{wanted}」がありません。", "\"{wanted}\" is not there."),
    )
    .at(source.origin.clone());
    let path = root.join(wanted);
    let neighbours: Vec<String> = path
        .parent()
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match nearest(name, neighbours.iter().map(String::as_str)) {
        Some(like) => diagnostic.hint(say!(
            "同じフォルダーに「{like}」があります。それのことですか。",
            "There is \"{like}\" in that folder. Is it meant?"
        )),
        None => diagnostic.hint(say!(
            "ファイルを置くか、{0} の source を直してください。",
            "Put the file there, or correct the path in {0}.",
            crate::project::MANIFEST
        )),
    }
}

/// The path of `file` relative to `root`, with `/` on every system.
#[must_use]
pub fn relative(root: &Path, file: &Path) -> String {
    let inner = file.strip_prefix(root).unwrap_or(file);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The bytes of a file; `path` is how messages call it.
///
/// # Errors
/// A finding when it cannot be read.
pub fn bytes(file: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(file).map_err(|error| {
        Diagnostic::error(
            Code::SourceUnreadable,
            say!("読み込めません：{error}", "It cannot be read: {error}"),
        )
        .at(Origin::path(path))
    })
}

/// Reads a file as UTF-8, a mark of the byte order taken off. Bytes that are not UTF-8 are findings, each at its line.
pub fn text(root: &Path, file: &Path) -> Outcome<Option<Arc<Source>>> {
    let path = relative(root, file);
    let bytes = match bytes(file, &path) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Outcome { value: None, diagnostics: vec![diagnostic] },
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Outcome::clean(Some(Source::new(path, text))),
        Err(_) => Outcome { diagnostics: invalid(&path, bytes), value: None },
    }
}

/// At most this many places are named in one file that is not UTF-8: more say nothing new.
const PLACES: usize = 3;

fn invalid(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    // the words are shown as far as they can be; the place is counted in the bytes
    let source = Source::new(path, String::from_utf8_lossy(bytes));
    let mut diagnostics = Vec::new();
    let mut line = 1;
    let mut column = 1;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        if chunk.invalid().is_empty() {
            continue;
        }
        if diagnostics.len() < PLACES {
            let (line, column) = (saturate(line), saturate(column));
            let byte = chunk.invalid()[0];
            let origin = Origin {
                source: Arc::clone(&source),
                place: crate::model::origin::Place::Text { line, column },
                span: None,
            };
            diagnostics.push(
                Diagnostic::error(
                    Code::Encoding,
                    say!(
                        "UTF-8として読めないバイト（0x{byte:02X}）があります。",
                        "There is a byte (0x{byte:02X}) that is not UTF-8."
                    ),
                )
                .at(origin)
                .hint(say!(
                    "Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。",
                    "Save the file again as UTF-8 (in Excel: \"CSV UTF-8\")."
                )),
            );
        }
        column += 1;
    }
    diagnostics
}
