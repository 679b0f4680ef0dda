//! What a file is that is neither a list nor a workbook: a web page, a mail, a table in a form that is not read.
//!
//! In: the bytes of a file. Out: the finding that names it and says what to do. Names of files are not believed: what
//! offices call `.xls` or `.csv` is often a web page or XML that Excel opens without a word.

use memchr::memmem;

use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::Origin;
use crate::say;

/// Bytes at the beginning of a file in which its kind is looked for.
const HEAD: usize = 8 << 10;

/// A kind of file that is not read, and what can be done about it.
struct Kind {
    name: Say,
    cure: Cure,
}

/// What to do with a file.
enum Cure {
    /// Save it as a workbook or list with the program that opens it.
    Save,
    /// Export it from the program that it belongs to.
    Export,
    /// Take the list out of it.
    Unpack,
    /// Get the list itself: this only leads to it, or shows it.
    Fetch,
}

/// The finding for a file that is known to be no list and no workbook.
#[must_use]
pub fn foreign(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let kind = of_bytes(bytes).or_else(|| of_text(bytes))?;
    let Say { ja, en } = kind.name;
    let finding = Diagnostic::error(
        Code::WorkbookBroken,
        say!(
            "中身は{ja}です。名簿として読めるのは、CSV と Excel・LibreOffice の表（.xlsx .xls .ods）です。",
            "This is {en}. What can be read are CSV and workbooks (XLSX, XLS, ODS)."
        ),
    )
    .at(Origin::path(path));
    Some(finding.hint(match kind.cure {
        Cure::Save => say!(
            "Excelで開き、「Excelブック（.xlsx）」を選んで保存し直してください。",
            "Open it in a spreadsheet and save it as XLSX."
        ),
        Cure::Export => say!(
            "もとのソフトで開き、Excelブック（.xlsx）か CSV に書き出してください。",
            "Open it in its own program and export it as XLSX or CSV."
        ),
        Cure::Unpack => {
            say!("中の名簿を取り出して、それを置いてください。", "Unpack it and put the list there.")
        }
        Cure::Fetch => say!(
            "もとの表を、Excelブック（.xlsx）か CSV でもらってください。",
            "Ask for the table itself, as XLSX or CSV."
        ),
    }))
}

fn kind(ja: &str, en: &str, cure: Cure) -> Kind {
    Kind { name: Say::new(ja, en), cure }
}

/// Kinds with a signature of their own, and archives and compound files by what is in them.
fn of_bytes(bytes: &[u8]) -> Option<Kind> {
    let has = |words: &[u8]| memmem::find(bytes, words).is_some();
    let has_wide = |name: &str| has(&name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    match bytes {
        [b'P', b'K', 3, 4, ..] => of_archive(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] if has_wide("WordDocument") => {
            Some(kind("Wordの文書", "a Word document", Cure::Export))
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] if has_wide("PowerPoint Document") => {
            Some(kind("PowerPointの資料", "a PowerPoint presentation", Cure::Export))
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] if has_wide("__substg1.0_") => {
            Some(kind("Outlookのメール", "an Outlook message", Cure::Unpack))
        }
        [b'%', b'P', b'D', b'F', ..] => Some(kind("PDF", "a PDF", Cure::Fetch)),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some(kind("画像", "an image", Cure::Fetch))
        }
        [0x1F, 0x8B, ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [b'R', b'a', b'r', b'!', ..] => {
            Some(kind("まとめて圧縮したファイル", "a packed archive", Cure::Unpack))
        }
        [_, _, b'-', b'l', b'h', _, b'-', ..] => {
            Some(kind("まとめて圧縮したファイル（LZH）", "a packed archive (LZH)", Cure::Unpack))
        }
        // the stream of Excel 2, 3 and 4, which was no compound file
        [9, 0 | 2 | 4, 4 | 6, 0, ..] => {
            Some(kind("Excel 4.0 より古い表", "a workbook of Excel 4 or older", Cure::Save))
        }
        [0, 0, 2 | 0x1A, 0, ..] => Some(kind("Lotus 1-2-3 の表", "a Lotus 1-2-3 worksheet", Cure::Save)),
        [0, 1, 0, 0, b'S', b't', b'a', b'n', b'd', ..] => {
            Some(kind("Access のデータベース", "an Access database", Cure::Export))
        }
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => {
            Some(kind("SQLite のデータベース", "an SQLite database", Cure::Export))
        }
        _ => None,
    }
}

/// An archive without a workbook in it.
fn of_archive(bytes: &[u8]) -> Option<Kind> {
    let has = |words: &[u8]| memmem::find(bytes, words).is_some();
    let head = &bytes[..bytes.len().min(HEAD)];
    if memmem::find(head, b"mimetypeapplication/vnd.oasis.opendocument.text").is_some() {
        return Some(kind("文書（ODT）", "a text document (ODT)", Cure::Export));
    }
    if has(b".iwa") || has(b"Index.zip") {
        return Some(kind(
            "Apple の Numbers（または Pages・Keynote）のファイル",
            "a file of Apple's Numbers (or Pages, Keynote)",
            Cure::Export,
        ));
    }
    if has(b"xl/") || has(b"content.xml") {
        return None;
    }
    if has(b"word/document.xml") {
        return Some(kind("Wordの文書", "a Word document", Cure::Export));
    }
    if has(b"ppt/presentation.xml") {
        return Some(kind("PowerPointの資料", "a PowerPoint presentation", Cure::Export));
    }
    if has(b"[Content_Types].xml") {
        return None;
    }
    // the list of what is in an archive stands at its end: without it the file is a broken one, whatever it was
    has(b"PK\x05\x06").then_some(())?;
    Some(kind("ZIPでまとめたファイル", "a ZIP archive", Cure::Unpack))
}

/// Kinds of text, told from the first kilobytes in whatever encoding.
fn of_text(bytes: &[u8]) -> Option<Kind> {
    let head: Vec<u8> = bytes[..bytes.len().min(HEAD)]
        .iter()
        .filter(|byte| !matches!(byte, 0xEF | 0xBB | 0xBF | 0 | 0xFE | 0xFF))
        .map(u8::to_ascii_lowercase)
        .collect();
    let head = head.trim_ascii_start();
    let begins = |words: &str| head.starts_with(words.as_bytes());
    let has = |words: &str| memmem::find(head, words.as_bytes()).is_some();
    if begins("<") {
        return of_markup(&has, begins("<?xml") || begins("<!doctype"));
    }
    if begins("mime-version:")
        || (begins("from:") && has("mime-version:"))
        || begins("content-type: multipart/")
    {
        return Some(kind(
            "1つにまとめたウェブページ（MHTML）",
            "a web page in one file (MHTML)",
            Cure::Save,
        ));
    }
    // a list may begin with a column `ID` and semicolons: the records of SYLK follow after it
    if begins("id;p") && (has("\nc;") || has("\nb;") || has("\np;") || has("\nf;")) {
        return Some(kind("SYLK（.slk）の表", "a table in SYLK form (.slk)", Cure::Save));
    }
    if begins("table\r\n0,1") || begins("table\n0,1") {
        return Some(kind("DIF（.dif）の表", "a table in DIF form (.dif)", Cure::Save));
    }
    if begins("{\\rtf") {
        return Some(kind("文書（RTF）", "a text document (RTF)", Cure::Export));
    }
    if begins("begin:vcard") || begins("begin:vcalendar") {
        return Some(kind(
            "住所録や予定表（vCard・iCalendar）",
            "an address card or calendar (vCard, iCalendar)",
            Cure::Export,
        ));
    }
    if begins("{") && has("\"doc_id\"") || begins("[internetshortcut]") {
        return Some(kind("表へのリンク", "a link to a table", Cure::Fetch));
    }
    if begins("{\"") || begins("[{\"") || begins("[\"") || begins("[[\"") || (begins("{") && has("\": ")) {
        return Some(kind("JSON", "JSON", Cure::Fetch));
    }
    None
}

fn of_markup(has: &dyn Fn(&str) -> bool, prolog: bool) -> Option<Kind> {
    if has("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(kind("「XMLスプレッドシート2003」の表", "an XML spreadsheet of Excel 2003", Cure::Save));
    }
    if has("urn:oasis:names:tc:opendocument") {
        return Some(kind(
            "XML形式のOpenDocument（.fods など）",
            "a flat OpenDocument file (.fods)",
            Cure::Save,
        ));
    }
    if has("<html") || has("<table") || has("<head") || has("<meta") || has("<!doctype html") {
        return Some(kind(
            "表計算のファイルではなく、ウェブページ（HTML）",
            "not a table, but a web page (HTML)",
            Cure::Save,
        ));
    }
    if prolog { Some(kind("XML", "XML", Cure::Fetch)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_no_list() {
        let said =
            |bytes: &[u8]| foreign("a.xls", bytes).map(|finding| finding.message.en).unwrap_or_default();
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let zip = |name: &str| format!("PK\x03\x04......{name}......PK\x05\x06");
        for (bytes, words) in [
            (b"\xEF\xBB\xBF <HTML><table>".to_vec(), "web page"),
            (b"<!DOCTYPE html>".to_vec(), "web page"),
            (b"<style>td{}</style>\n<table><tr>".to_vec(), "web page"),
            (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(), "2003"),
            (wide("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"), "2003"),
            (b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">".to_vec(), "OpenDocument"),
            (b"<?xml version=\"1.0\"?><list/>".to_vec(), "XML"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related".to_vec(), "MHTML"),
            (b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"a\"".to_vec(), "SYLK"),
            (b"TABLE\r\n0,1\r\n\"EXCEL\"".to_vec(), "DIF"),
            (b"{\\rtf1".to_vec(), "RTF"),
            (b"[{\"name\": 1}]".to_vec(), "JSON"),
            (b"{\"url\": \"x\", \"doc_id\": \"y\"}".to_vec(), "link"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (zip("Index/Document.iwa").into_bytes(), "Numbers"),
            (zip("[Content_Types].xml word/document.xml").into_bytes(), "Word"),
            (zip("list.csv").into_bytes(), "ZIP"),
            (b"\x09\x04\x06\0\0\0".to_vec(), "Excel 4"),
        ] {
            assert!(said(&bytes).contains(words), "{words}: {}", said(&bytes));
        }
    }

    #[test]
    fn a_list_is_none_of_them() {
        for text in [
            "区,名称\n",
            "ID;名称\n1;あ\n",
            "",
            "<区>,名\n",
            "TABLE,1\n",
            "[区],名\n",
            "\"{a\",b\n",
            "From:,a\n",
        ] {
            assert!(foreign("a.csv", text.as_bytes()).is_none(), "{text}");
        }
        assert!(foreign("a.xlsx", b"PK\x03\x04 xl/workbook.xml [Content_Types].xml PK\x05\x06").is_none());
        assert!(foreign("a.xlsx", b"PK\x03\x04 broken").is_none());
    }
}
