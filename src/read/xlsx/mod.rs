//! XLSX: a package of parts that name one another (ECMA-376 part 2), of which one sheet is read as Excel shows it.
//!
//! In: the bytes of a file that was measured before (`workbook_file`). Out: [`XlsxBook`] and its sheets. The general reader
//! (`calamine`) gives values: not the words that formats make of them, nor what is hidden or struck out, nor parts under
//! other names than the usual ones.

mod package;
mod rich;
mod sheet;
mod styles;

use super::number_format::Epoch;
use super::sheet_choice::SheetName;
use super::sheet_content::SheetContent;
use package::Package;
use rich::RichText;
use styles::Styles;

/// An open XLSX.
pub struct XlsxBook {
    package: Package,
    sheets: Vec<SheetPart>,
    strings: Vec<RichText>,
    styles: Styles,
    epoch: Epoch,
}

struct SheetPart {
    name: SheetName,
    part: String,
}

impl XlsxBook {
    /// Opens the package; none where it holds no workbook.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(bytes: Vec<u8>, parts: Vec<String>) -> Result<Option<Self>, String> {
        let mut package = Package::open(bytes, parts)?;
        let Some(document) = package.document()? else { return Ok(None) };
        let relations = package.relations(&document)?;
        let of_kind =
            |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
        let (strings, styles) = (of_kind("sharedStrings"), of_kind("styles"));
        let whole = package.workbook(&document)?;
        let sheets = whole
            .sheets
            .into_iter()
            .filter_map(|sheet| {
                let relation = relations.iter().find(|one| one.id == sheet.relation)?;
                // a sheet of charts has no cells
                (relation.kind == "worksheet")
                    .then(|| SheetPart { name: sheet.name, part: relation.target.clone() })
            })
            .collect();
        let strings = match strings {
            Some(part) if package.has(&part) => rich::shared(&mut package.part(&part)?)?,
            _ => Vec::new(),
        };
        let styles = match styles {
            Some(part) if package.has(&part) => Styles::read(&mut package.part(&part)?)?,
            _ => Styles::default(),
        };
        Ok(Some(Self { package, sheets, strings, styles, epoch: whole.epoch }))
    }

    /// Its sheets of cells.
    #[must_use]
    pub fn sheets(&self) -> Vec<SheetName> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    /// The sheet called `name`: its first `rows`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn sheet(&mut self, name: &str, rows: u32) -> Result<SheetContent, SheetFault> {
        let sheet = self.sheets.iter().find(|sheet| sheet.name.name == name).ok_or("no such sheet")?;
        let part = sheet.part.clone();
        let relations = self.package.relations(&part)?;
        let book = sheet::Book { strings: &self.strings, styles: &self.styles, epoch: self.epoch };
        sheet::read(&mut self.package.part(&part)?, &book, &relations, rows)
    }
}

/// Why a sheet cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetFault {
    /// It is broken.
    Broken(String),
    /// It takes too much memory.
    TooLarge,
}

impl From<String> for SheetFault {
    fn from(detail: String) -> Self {
        Self::Broken(detail)
    }
}

impl From<&str> for SheetFault {
    fn from(detail: &str) -> Self {
        Self::Broken(detail.to_owned())
    }
}
