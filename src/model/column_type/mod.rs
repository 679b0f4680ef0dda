//! The types that a column may have, as a table: each type is a file beside this one and a line of [`FieldType`].
//!
//! In: the name of a type in a schema file. Out: [`TypeDefinition`]: how a cell of it is read, told at first sight, and called.

mod address;
mod code;
mod date;
mod email;
mod kana;
mod number;
mod opening_hours;
mod phone;
mod postal;
mod romaji;
mod text;
mod url;
mod ward;

use super::locality::Locality;
use super::meaning::{LONGEST, Meaning, MeaningError, Sight};
use super::phone::Phone;
use super::width;

macro_rules! types {
    ($($(#[$meta:meta])+ $variant:ident = $definition:path,)+) => {
        /// The type of a column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum FieldType { $($(#[$meta])+ $variant,)+ }

        impl FieldType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What makes it differ from others.
            #[must_use]
            pub fn definition(self) -> &'static TypeDefinition {
                match self { $(Self::$variant => &$definition,)+ }
            }
        }
    };
}

// a draft of a schema takes the first that all values of a column are of
types! {
    /// Any text, printed as written.
    #[default]
    Text = text::DEFINITION,
    /// Name of a ward of the master list.
    Ward = ward::DEFINITION,
    /// Municipality code with check digit.
    Code = code::DEFINITION,
    /// Phone number.
    Phone = phone::DEFINITION,
    /// Postal code of seven digits.
    Postal = postal::DEFINITION,
    /// Date, also of an era (令和2年7月21日).
    Date = date::DEFINITION,
    /// Address on the web.
    Url = url::DEFINITION,
    /// E-mail address.
    Email = email::DEFINITION,
    /// Reading in kana.
    Kana = kana::DEFINITION,
    /// Name in Latin letters.
    Romaji = romaji::DEFINITION,
    /// Number.
    Number = number::DEFINITION,
    /// Address.
    Address = address::DEFINITION,
    /// Opening hours (月〜金 8:45〜17:00).
    OpeningHours = opening_hours::DEFINITION,
}

impl FieldType {
    /// Its name in schema files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// What a cell of this type means.
    ///
    /// # Errors
    /// [`MeaningError`] if the cell is not of the type.
    pub fn read(self, cell: CellText<'_>) -> Result<Meaning, MeaningError> {
        let trimmed = cell.text.trim();
        if trimmed.len() > LONGEST {
            let length = trimmed.chars().count();
            if length > LONGEST {
                return Err(MeaningError::TooLong(length));
            }
        }
        if trimmed.is_empty() {
            return Ok(Meaning::Empty);
        }
        (self.definition().read)(CellText { text: trimmed, ..cell })
    }

    /// What is told of a cell without reading it whole. Of most cells of a list it tells what [`FieldType::read`] would.
    #[must_use]
    pub fn sight(self, written: &str, locality: &Locality) -> Sight {
        let trimmed = width::trim(written);
        if trimmed.is_empty() {
            return Sight::Plain;
        }
        if trimmed.len() > LONGEST { Sight::Unclear } else { (self.definition().sight)(trimmed, locality) }
    }
}

/// What makes one type differ from another. Functions get cells without blanks around them, and never an empty one.
#[derive(Debug)]
pub struct TypeDefinition {
    /// The name in schema files.
    pub name: &'static str,
    /// What it is called in Japanese.
    pub ja: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// What a cell means.
    pub read: fn(CellText<'_>) -> Result<Meaning, MeaningError>,
    /// What is told of a cell without reading it whole.
    pub sight: fn(&str, &Locality) -> Sight,
    /// Whether a cell is plainly of another type: its row lacks a cell before it.
    pub is_elsewhere: fn(&str) -> bool,
    /// Whether a cell looks like one of this type, in a project of these units: a column without its header is found so.
    pub looks_like: fn(&str, &[String]) -> bool,
    /// Whether a draft may take a column under this header for one of this type by this value.
    pub infers: fn(&str, &str) -> bool,
    /// The digits with the 0 before them that a spreadsheet took away, if they may have had one.
    pub with_zero: fn(&str) -> Option<String>,
    /// When what a workbook stores is read in the place of what it shows.
    pub stored: StoredForm,
    /// What links behind its cells lead to.
    pub link: LinkTarget,
    /// Whether its cells are figures, shown in letters of one width.
    pub has_digits: bool,
}

/// A cell to read.
#[derive(Debug, Clone, Copy)]
pub struct CellText<'a> {
    /// Its text, without blanks around it.
    pub text: &'a str,
    /// The header of its column.
    pub header: &'a str,
    /// The name of its record.
    pub name: &'a str,
    /// Where the project is.
    pub locality: &'a Locality,
}

/// When what a workbook stores in a cell is read in the place of what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoredForm {
    /// Never: what is shown is what people mean.
    Never,
    /// The date, where what is shown is of another day or of none.
    Date,
    /// The date, so that it is found to be no address.
    DateForAddress,
    /// The number, where what is shown is none (and no share of a hundred).
    Number,
    /// The number, where what is shown is not of the type and the number is.
    Digits,
}

/// What links behind cells lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTarget {
    /// Nothing that is part of the cell.
    None,
    /// A page on the web, which is the value where the cell says no address.
    Web,
    /// A mailbox, which is the value where the cell says none.
    Mail,
}

/// What a type does that says nothing else: of cells only [`TypeDefinition::read`] tells, and nothing is taken for it.
const COMMON: TypeDefinition = TypeDefinition {
    name: "",
    ja: "",
    en: "",
    read: |cell| Ok(Meaning::as_text(cell.text)),
    sight: |_, _| Sight::Unclear,
    is_elsewhere: |_| false,
    looks_like: |_, _| false,
    infers: |_, _| false,
    with_zero: |_| None,
    stored: StoredForm::Never,
    link: LinkTarget::None,
    has_digits: false,
};

/// First sight of a cell that is plain or not.
fn plain_if(is_plain: bool) -> Sight {
    if is_plain { Sight::Plain } else { Sight::Unclear }
}

fn is_phone(cell: &str) -> bool {
    Phone::parse(cell).is_ok()
}

fn is_link(cell: &str) -> bool {
    cell.starts_with("http://") || cell.starts_with("https://") || cell.contains('@')
}

fn begins_with_digit(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
}

fn has_digit(cell: &str) -> bool {
    cell.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_called_the_same_in_its_file_and_in_schemas() {
        for kind in FieldType::ALL {
            let read: FieldType = serde_json::from_value(kind.name().into()).expect("a type");
            assert_eq!(read, *kind);
        }
    }
}
