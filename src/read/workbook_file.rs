//! What kind of file it is that bears a workbook's name, and whether it is safe to open.
//!
//! In: the bytes of a file. Out: the names of its parts once it was measured, or the finding that says what it is instead:
//! broken, locked, a bomb, a list.

use std::io::{Cursor, Read};

use super::compound::{self, Compound, WorkbookStream};
use super::xls_extent;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::Origin;
use crate::say;

/// A ZIP archive (XLSX, XLSB, ODS).
const ZIP: &[u8] = b"PK\x03\x04";
/// A compound file (XLS, and XLSX with a password).
pub const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Unpacked, a workbook may take this many bytes.
const MOST_UNPACKED: u64 = 1 << 30;
/// From this size on, …
const SUSPECT_SIZE: u64 = 64 << 20;
/// … a workbook that unpacks to more than this many times its size is no honest one (sheets come to 50).
const SUSPECT_RATIO: u64 = 100;
/// All sheets of an XLS file together may take this many cells: its reader takes room for each, filled or not.
const MOST_CELLS: u64 = 20_000_000;

/// Whether the bytes are those of a workbook.
#[must_use]
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// The finding for a file that bears a workbook's name and is something else.
#[must_use]
pub fn false_name(path: &str, bytes: &[u8]) -> Diagnostic {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if bytes.is_empty() {
        let empty = finding(path, say!("ファイルが空です（0バイト）。", "The file is empty (0 bytes)."));
        return empty.hint(say!(
            "もとのファイルをもう一度もらうか、コピーし直してください。",
            "Copy it again from where it came."
        ));
    }
    // a NUL stands in no text but UTF-16, which begins with its mark
    let text = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || !bytes.contains(&0);
    if text {
        let other = finding(
            path,
            say!(
                "名前の終わりは「.{ending}」ですが、中身は文字だけのファイル（CSVなど）です。",
                "It is named .{ending}, but holds plain text, such as CSV."
            ),
        );
        return other.hint(say!(
            "CSVなら、名前の終わりを「.csv」に変えてください。",
            "If it is CSV, rename it to .csv."
        ));
    }
    broken(path, "not a workbook")
}

fn finding(path: &str, message: crate::diagnostic::Say) -> Diagnostic {
    Diagnostic::error(Code::WorkbookBroken, message).at(Origin::path(path))
}

/// The finding for a workbook that cannot be opened.
#[must_use]
pub fn broken(path: &str, detail: &str) -> Diagnostic {
    finding(
        path,
        say!(
            "ファイルがこわれているようです。表計算のファイルとして読めません。",
            "It seems to be broken; it cannot be read as a workbook."
        ),
    )
    .hint(say!(
        "Excelで開けるか確かめ、開けたら保存し直してください。",
        "See whether a spreadsheet opens it, and save it again."
    ))
    .hint(say!("詳しい理由（英語）：{detail}", "In detail: {detail}"))
}

/// The finding for a workbook with a password.
#[must_use]
pub fn locked(path: &str) -> Diagnostic {
    finding(path, say!("パスワードがかかっているので読めません。", "It is protected by a password."))
        .hint(say!("パスワードを外して保存し直してください。", "Save it again without the password."))
}

/// The finding for a workbook in Excel's binary form.
#[must_use]
pub fn xlsb(path: &str) -> Diagnostic {
    finding(
        path,
        say!("Excelバイナリブック（.xlsb）は読めません。", "A binary workbook (.xlsb) cannot be read."),
    )
    .hint(say!(
        "Excelで開き、「Excelブック（.xlsx）」を選んで保存し直してください。",
        "Open it in a spreadsheet and save it as XLSX."
    ))
}

/// The finding for a workbook that would take all memory.
#[must_use]
pub fn too_large(path: &str) -> Diagnostic {
    finding(
        path,
        say!(
            "ファイルの大きさの割に、中身が大きすぎます。安全のため読みません。",
            "What is packed in it is far too large; for safety it is not read."
        ),
    )
    .hint(say!(
        "使っていない行・列・シートを消して、保存し直してください。",
        "Delete rows, columns and sheets that are not used, and save it again."
    ))
}

/// The names of the parts of an archive, after all of it was unpacked once to see how large it is: what its table of
/// contents says of that may be a lie.
///
/// # Errors
/// A finding when it is broken or too large.
pub fn parts(path: &str, bytes: &[u8]) -> Result<Vec<String>, Diagnostic> {
    let failed = |error: zip::result::ZipError| broken(path, &error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut left = MOST_UNPACKED.min((size * SUSPECT_RATIO).max(SUSPECT_SIZE));
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(failed)?;
        let name = entry.name().map_err(failed)?.replace('\\', "/");
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|error| broken(path, &error.to_string()))?;
        names.push(name);
        left = left.checked_sub(unpacked).ok_or_else(|| too_large(path))?;
    }
    Ok(names)
}

/// The workbook of an XLS file, once it is seen that it can be read without taking all memory.
///
/// # Errors
/// A finding when it is broken, locked or too large.
pub fn xls(path: &str, bytes: &[u8]) -> Result<WorkbookStream, Diagnostic> {
    let workbook = match compound::open(bytes) {
        Ok(Compound::Workbook(workbook)) => workbook,
        Ok(Compound::Locked) => return Err(locked(path)),
        Ok(Compound::Other) => return Err(broken(path, "it holds no workbook")),
        Err(error) => return Err(broken(path, &error.to_string())),
    };
    match xls_extent::measure(&workbook.records) {
        Ok(cells) if cells > MOST_CELLS => Err(too_large(path)),
        Ok(_) => Ok(workbook),
        Err(detail) => Err(broken(path, detail)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_no_workbook() {
        let said = |path, bytes: &[u8]| {
            let finding = false_name(path, bytes);
            assert_eq!(finding.code, Code::WorkbookBroken);
            finding.message.en
        };
        let says = |path, bytes: &[u8], words: &str| {
            let said = said(path, bytes);
            assert!(said.contains(words), "{path}: {said}");
        };
        says("a.xlsx", "区,名称".as_bytes(), "plain text");
        says("a.ods", b"\xFF\xFE\x3A\x53", "plain text");
        says("a.xlsx", b"", "empty");
        says("a.xlsx", b"\x01\0\x02", "broken");
    }
}
