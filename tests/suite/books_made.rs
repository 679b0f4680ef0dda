//! Workbooks that tests make themselves: XLSX with the parts that a case is about, the same bytes each time.

use std::fmt::Write as _;
use std::io::Write as _;

/// An XLSX to be.
#[derive(Default)]
pub struct Book {
    sheets: Vec<Sheet>,
    styles: String,
    strings: String,
}

struct Sheet {
    name: String,
    state: String,
    xml: String,
    links: String,
}

/// Cells of text, one line for each row; empty ones are left out.
pub fn text_rows(rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (row, cells) in rows.iter().enumerate() {
        let number = row + 1;
        let _ = write!(xml, "<row r=\"{number}\">");
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            xml.push_str(&text_cell(&format!("{}{number}", letter(column)), text));
        }
        xml.push_str("</row>");
    }
    xml
}

/// A cell of text at an address.
pub fn text_cell(address: &str, text: &str) -> String {
    format!("<c r=\"{address}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text))
}

fn letter(column: usize) -> char {
    char::from(b'A' + u8::try_from(column).expect("few columns"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

impl Book {
    /// A sheet of cells of text.
    pub fn rows(self, name: &str, rows: &[&[&str]]) -> Self {
        self.sheet(name, &format!("<sheetData>{}</sheetData>", text_rows(rows)))
    }

    /// A sheet with this within its `worksheet`.
    pub fn sheet(mut self, name: &str, xml: &str) -> Self {
        let (name, xml) = (name.to_owned(), xml.to_owned());
        self.sheets.push(Sheet { name, state: String::new(), xml, links: String::new() });
        self
    }

    /// Hides the last sheet.
    pub fn hidden(mut self) -> Self {
        self.sheets.last_mut().expect("a sheet").state = " state=\"hidden\"".to_owned();
        self
    }

    /// The address to which a hyperlink `r:id="link1"` of the last sheet leads.
    pub fn link(mut self, target: &str) -> Self {
        let links = &mut self.sheets.last_mut().expect("a sheet").links;
        let number = links.matches("<Relationship ").count() + 1;
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
        let target = escaped(target);
        let _ = write!(
            links,
            "<Relationship Id=\"link{number}\" Type=\"{kind}\" Target=\"{target}\" TargetMode=\"External\"/>"
        );
        self
    }

    /// What stands within `sst`.
    pub fn strings(mut self, xml: &str) -> Self {
        self.strings = xml.to_owned();
        self
    }

    /// Number formats, one for each style from 1 on; style 0 is General.
    pub fn formats(mut self, formats: &[&str]) -> Self {
        let mut codes = String::new();
        let mut styles = "<xf numFmtId=\"0\" fontId=\"0\"/>".to_owned();
        for (index, format) in formats.iter().enumerate() {
            let id = 164 + index;
            let _ = write!(codes, "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>", escaped(format));
            let _ = write!(styles, "<xf numFmtId=\"{id}\" fontId=\"0\"/>");
        }
        self.styles = format!(
            "<numFmts>{codes}</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs>{styles}<xf numFmtId=\"0\" fontId=\"1\"/></cellXfs>"
        );
        self
    }

    /// The file, its parts under their usual names.
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_named("workbook", "sheet", "sharedStrings", "styles")
    }

    /// The file with other names for the workbook, its sheets, strings and styles.
    pub fn bytes_named(&self, workbook: &str, sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relations = |list: &str| {
            format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
            )
        };
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>")
        };
        let (mut names, mut list, mut parts) = (String::new(), String::new(), Vec::new());
        for (index, one) in self.sheets.iter().enumerate() {
            let number = index + 1;
            let (name, state, xml) = (escaped(&one.name), &one.state, &one.xml);
            let _ = write!(names, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"r{number}\"/>");
            list.push_str(&relation(
                &format!("r{number}"),
                "worksheet",
                &format!("worksheets/{sheet}{number}.xml"),
            ));
            parts.push((
                format!("xl/worksheets/{sheet}{number}.xml"),
                format!(
                    "<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\">{xml}</worksheet>"
                ),
            ));
            if !one.links.is_empty() {
                parts.push((format!("xl/worksheets/_rels/{sheet}{number}.xml.rels"), relations(&one.links)));
            }
        }
        list.push_str(&relation("strings", "sharedStrings", &format!("{strings}.xml")));
        list.push_str(&relation("styles", "styles", &format!("{styles}.xml")));
        let document = relation("r1", "officeDocument", &format!("xl/{workbook}.xml"));
        let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
        let whole = format!(
            "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\"><sheets>{names}</sheets></workbook>"
        );
        parts.extend([
            ("[Content_Types].xml".to_owned(), types.to_owned()),
            ("_rels/.rels".to_owned(), relations(&document)),
            (format!("xl/{workbook}.xml"), whole),
            (format!("xl/_rels/{workbook}.xml.rels"), relations(&list)),
            (
                format!("xl/{strings}.xml"),
                format!("<?xml version=\"1.0\"?><sst xmlns=\"{MAIN}\">{}</sst>", self.strings),
            ),
            (
                format!("xl/{styles}.xml"),
                format!("<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\">{}</styleSheet>", self.styles),
            ),
        ]);
        archive(&parts)
    }
}

/// A ZIP archive of these parts.
pub fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}
