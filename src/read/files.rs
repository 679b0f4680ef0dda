//! Finds the files that a source names: a file, a folder of files or a glob; and reads them as UTF-8 text.
//!
//! In: a path of the manifest. Out: paths within the project, in order of their names, and [`Source`]s.

use std::sync::Arc;

use super::encoding;
use crate::diagnostic::{Code, Diagnostic, Outcome, Say, nearest, system};
use crate::model::encoding::Encoding;
use crate::model::origin::{Origin, Source, saturate};
use crate::project::Placed;
use crate::project::files::{Bytes, FileError, Files};
use crate::say;

/// The files that `source` names and that end in one of `endings`.
pub fn find(files: &Files, source: &Placed, endings: &[&str]) -> Outcome<Vec<String>> {
    let wanted = source.value.as_str();
    let mut skipped = Vec::new();
    let mut within = Vec::new();
    let found: Vec<String> = if wanted.contains(['*', '?', '[']) {
        match files.glob(wanted) {
            Ok(mut found) => {
                skipped = found.iter().filter(|path| is_like(files, path, endings)).cloned().collect();
                found.retain(|path| is_wanted(path, endings));
                found
            }
            Err(error) => return nothing(no_pattern(source, error.msg)),
        }
    } else if files.is_folder(wanted) {
        let folder = wanted.trim_end_matches('/');
        let names = files.list(wanted).into_iter();
        let paths = names.map(|name| if folder == "." { name } else { format!("{folder}/{name}") });
        let (of_files, folders): (Vec<String>, Vec<String>) = paths.partition(|path| files.is_file(path));
        let (list, others): (Vec<String>, Vec<String>) =
            of_files.into_iter().partition(|path| is_wanted(path, endings));
        within = folders.into_iter().filter(|path| holds_lists(files, path, endings)).collect();
        skipped = others.into_iter().filter(|path| is_like(files, path, endings)).collect();
        list
    } else if files.is_file(wanted) {
        vec![wanted.to_owned()]
    } else {
        return nothing(missing(files, source));
    };
    if found.is_empty() {
        let list = endings.join(", ");
        let mut diagnostics = vec![
            Diagnostic::error(
                Code::SourceMissing,
                say!(
                    "「{wanted}」に読めるファイルがありません。",
                    "There is no file to read in \"{wanted}\"."
                ),
            )
            .at(source.origin.clone())
            .hint(say!("読めるもの：{list}", "It can be: {list}")),
        ];
        diagnostics.extend(unread(&skipped, &within));
        return Outcome { value: Vec::new(), diagnostics };
    }
    Outcome { value: found, diagnostics: unread(&skipped, &within).collect() }
}

/// What is said of files and of folders within a folder that are not read.
fn unread<'a>(files: &'a [String], folders: &'a [String]) -> impl Iterator<Item = Diagnostic> + 'a {
    files.iter().map(|path| not_read(path)).chain(folders.iter().map(|path| not_entered(path)))
}

/// Whether a folder within a folder of lists holds some itself.
fn holds_lists(files: &Files, folder: &str, endings: &[&str]) -> bool {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    endings.contains(&"csv")
        && !name.starts_with(['.', '~', '_'])
        && files.is_folder(folder)
        && files.list(folder).iter().any(|name| is_wanted(name, endings))
}

fn not_entered(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::warning(
        Code::FileSkipped,
        say!(
            "フォルダー「{name}」の中の名簿は読んでいません。",
            "The lists in the folder \"{name}\" are not read."
        ),
    )
    .at(Origin::path(path))
    .hint(say!(
        "載せるなら、名簿をその上のフォルダーに移してください。載せないなら、ほかのフォルダーに移すか、名前を「_」で始めると、この注意は出ません。",
        "To print them, move them to the folder above. If not, keep them elsewhere or begin the folder's name with \"_\"."
    ))
}

/// Endings of files that may be lists as well, in a form that is not read.
const LIKE_TABLES: &[&str] = &[
    "numbers", "fods", "xml", "slk", "dif", "mht", "mhtml", "htm", "html", "xlt", "xltx", "xltm", "xlw",
    "et", "gsheet", "prn", "tab", "jtd", "wk1", "wk3", "wk4", "123", "dbf", "mdb", "accdb", "json", "vcf",
    "zip", "lzh", "pdf", "doc", "docx",
];

/// Whether a file that stands beside lists may be one, in a form that is not read. A text may be one if its first line
/// holds a tab or several commas: spreadsheets write such texts.
fn is_like(files: &Files, path: &str, endings: &[&str]) -> bool {
    let is_text = || {
        let text = is_wanted(path, &["txt"]).then(|| files.read(path).ok()).flatten();
        text.is_some_and(|text| {
            let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
            line.contains(&b'\t') || memchr::memchr_iter(b',', line).count() > 1
        })
    };
    endings.contains(&"csv") && (is_wanted(path, LIKE_TABLES) || is_text())
}

fn not_read(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::warning(
        Code::FileSkipped,
        say!(
            "「{name}」は読んでいません。名簿として読めない種類のファイルです。",
            "\"{name}\" is not read: it is no kind of file that can be read as a list."
        ),
    )
    .at(Origin::path(path))
    .hint(say!(
        "名簿なら、Excelブック（.xlsx）か CSV で保存し直してください。名簿でなければ、ほかのフォルダーに移すと、この注意は出ません。",
        "If it is a list, save it as XLSX or CSV. If not, keep it in another folder, and this is not said."
    ))
}

fn nothing(diagnostic: Diagnostic) -> Outcome<Vec<String>> {
    Outcome { value: Vec::new(), diagnostics: vec![diagnostic] }
}

fn no_pattern(source: &Placed, detail: &str) -> Diagnostic {
    let wanted = &source.value;
    Diagnostic::error(
        Code::SourceMissing,
        say!("「{wanted}」の書き方が正しくありません：{detail}", "\"{wanted}\" is no pattern: {detail}"),
    )
    .at(source.origin.clone())
}

/// Files that office programs leave beside the real ones are no sources.
fn is_wanted(path: &str, endings: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    !name.starts_with(['.', '~']) && endings.contains(&ending.as_str())
}

fn missing(files: &Files, source: &Placed) -> Diagnostic {
    let wanted = &source.value;
    if matches!(files.locate(wanted), Err(FileError::Outside)) {
        return Diagnostic::error(
            Code::SourceMissing,
            say!("「{wanted}」は、プロジェクトの外にあります。", "\"{wanted}\" lies outside the project."),
        )
        .at(source.origin.clone())
        .hint(say!("プロジェクトの中に置いてください。", "Put it inside the project folder."));
    }
    let diagnostic = Diagnostic::error(
        Code::SourceMissing,
        say!("「{wanted}」がありません。", "\"{wanted}\" is not there."),
    )
    .at(source.origin.clone());
    let neighbours = files.neighbours(wanted);
    let name = wanted.rsplit('/').next().unwrap_or_default();
    match nearest(name, neighbours.iter().map(String::as_str)) {
        Some(like) => diagnostic.hint(say!(
            "同じフォルダーに「{like}」があります。それのことですか。",
            "There is \"{like}\" in that folder. Is it meant?"
        )),
        None => diagnostic.hint(say!(
            "ファイルを置くか、{0} に書いた場所を直してください。",
            "Put the file there, or correct the path in {0}.",
            crate::project::MANIFEST
        )),
    }
}

/// The bytes of a file.
///
/// # Errors
/// A finding when it cannot be read.
pub fn bytes(files: &Files, path: &str) -> Result<Bytes, Diagnostic> {
    files.read(path).map_err(|error| unreadable(path, &error))
}

/// What is said of a file that is there and cannot be read.
#[must_use]
pub fn unreadable(path: &str, error: &FileError) -> Diagnostic {
    let diagnostic = match error {
        FileError::TooLarge(length) => {
            let megabytes = length >> 20;
            Diagnostic::error(
                Code::SourceUnreadable,
                say!("ファイルが大きすぎます（{megabytes} MB）。", "The file is too large ({megabytes} MB)."),
            )
            .hint(say!("1024 MBまでのファイルに分けてください。", "Part it into files up to 1024 MB."))
        }
        FileError::Outside => Diagnostic::error(
            Code::SourceUnreadable,
            say!("プロジェクトの外にあります。", "It lies outside the project."),
        )
        .hint(say!("プロジェクトの中に置いてください。", "Put it inside the project folder.")),
        FileError::Changed => Diagnostic::error(
            Code::SourceUnreadable,
            say!(
                "読み込んでいる間に、ファイルが書きかえられました。",
                "The file was changed while it was read."
            ),
        )
        .hint(say!("もう一度実行してください。", "Run the command again.")),
        FileError::Io(error) => {
            let words = system::words(error);
            Diagnostic::error(
                Code::SourceUnreadable,
                Say::new(format!("読み込めません：{}", words.ja), format!("It cannot be read: {}", words.en)),
            )
        }
    };
    diagnostic.at(Origin::path(path))
}

/// Reads a file as UTF-8, a mark of the byte order taken off. Bytes that are not UTF-8 are findings, each at its line.
pub fn text(files: &Files, path: &str) -> Outcome<Option<Arc<Source>>> {
    let bytes = match bytes(files, path) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Outcome { value: None, diagnostics: vec![diagnostic] },
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Outcome::clean(Some(Source::new(path, text))),
        Err(_) => Outcome { diagnostics: invalid(path, bytes), value: None },
    }
}

/// At most this many places are named in one file that is not UTF-8: more say nothing new.
const PLACES: usize = 3;

fn invalid(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    // a text that is whole in another encoding has one fault
    let other = encoding::decode(bytes.to_vec(), None);
    if other.encoding != Encoding::Utf8 && other.faults.is_empty() {
        return vec![other_encoding(other.encoding).at(Origin::path(path))];
    }
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
                .hint(say!("その字を書き直してください。", "Type the character again.")),
            );
        }
        column += 1;
    }
    diagnostics
}

fn other_encoding(encoding: Encoding) -> Diagnostic {
    Diagnostic::error(
        Code::Encoding,
        say!(
            "このファイルの文字コードは{encoding}です。文書はUTF-8で書きます。",
            "This file is {encoding}; texts are UTF-8."
        ),
    )
    .hint(say!(
        "「名前を付けて保存」で、文字コードに「UTF-8」を選んで保存し直してください。",
        "Save the file again, and choose UTF-8 as its encoding."
    ))
}
