//! A column that a schema knows, and the part that the whole directory plays.

use super::column_type::FieldType;
use super::header_name::plain_header;

/// Which form of a value layouts print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Print {
    /// The one form of its type.
    #[default]
    Normalised,
    /// As it stands in the file.
    AsWritten,
}

/// A column that a schema knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// The name in `data.json` and in `[needs]` of layouts.
    pub name: String,
    /// Its type.
    pub kind: FieldType,
    /// Headers under which it is found; the first is the one that messages name.
    pub headers: Vec<String>,
    /// Whether no cell may be empty, also where no layout prints it.
    pub required: bool,
    /// Whether no value may stand twice.
    pub unique: bool,
    /// The only values, if there are such.
    pub one_of: Vec<String>,
    /// A regular expression that the whole value fits.
    pub pattern: Option<String>,
    /// The directory whose key its values name.
    pub refers_to: Option<String>,
    /// Which form is printed.
    pub print: Print,
    /// Whether the header was seen in a published file (of the national sets).
    pub confirmed: bool,
}

impl Field {
    /// Whether `plain` (a [`plain_header`]) is one of its headers.
    #[must_use]
    pub fn is_called(&self, plain: &str) -> bool {
        self.headers.iter().any(|known| plain_header(known) == plain)
    }
}

/// What part a directory plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SchemaKind {
    /// The master list of wards that others join to.
    Ward,
    /// Offices and facilities, one row each.
    Facility,
    /// Towns with readings and postal codes.
    Town,
    /// Any other table.
    #[default]
    Table,
}
