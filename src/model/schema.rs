//! The kinds of directory that sasshi knows: which columns they have and of what type.
//!
//! In: the name of a schema from the manifest, a header from a file. Out: [`Schema`], [`Field`].

use super::width;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Any text, printed as written.
    Text,
    /// Name of a ward of the master list.
    Ward,
    /// Municipality code with check digit.
    Code,
    /// Reading in kana.
    Kana,
    /// Phone number.
    Phone,
    /// Address.
    Address,
    /// Postal code of seven digits.
    Postal,
}

/// A column that a schema knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in `data.json` and in `[needs]` of layouts.
    pub name: &'static str,
    /// Its type.
    pub kind: FieldType,
    /// Headers under which it is found; the first is the one that messages name.
    pub headers: &'static [&'static str],
}

/// A kind of directory.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The name in the manifest.
    pub name: &'static str,
    /// Its columns.
    pub fields: &'static [Field],
    /// The field that names a record.
    pub key: &'static str,
}

const fn field(name: &'static str, kind: FieldType, headers: &'static [&'static str]) -> Field {
    Field { name, kind, headers }
}

/// The wards of a city: the master list that others join to.
pub static WARD: Schema = Schema {
    name: "ward",
    key: "name",
    fields: &[
        field("code", FieldType::Code, &["全国地方公共団体コード", "団体コード", "区コード"]),
        field("name", FieldType::Text, &["区", "区名"]),
        field("kana", FieldType::Kana, &["区_カナ（ひらがな）", "区_カナ", "よみ", "ふりがな"]),
        field("romaji", FieldType::Text, &["区_英語", "ローマ字", "英語"]),
    ],
};

/// Offices and facilities, one row each.
pub static FACILITY: Schema = Schema {
    name: "facility",
    key: "name",
    fields: &[
        field("ward", FieldType::Ward, &["区", "区名"]),
        field("name", FieldType::Text, &["名称", "施設名", "名前"]),
        field("address", FieldType::Address, &["住所", "所在地"]),
        field("phone", FieldType::Phone, &["電話番号", "電話", "TEL"]),
    ],
};

/// Towns with readings and postal codes.
pub static TOWN: Schema = Schema {
    name: "town",
    key: "name",
    fields: &[
        field("ward", FieldType::Ward, &["区", "区名"]),
        field("name", FieldType::Text, &["町名", "町"]),
        field("kana", FieldType::Kana, &["よみ", "ふりがな"]),
        field("romaji", FieldType::Text, &["ローマ字", "英語"]),
        field("postal", FieldType::Postal, &["郵便番号"]),
    ],
};

/// A table without a schema: every column is text under its own header.
pub static PLAIN: Schema = Schema { name: "plain", key: "", fields: &[] };

/// All built-in schemas.
pub static SCHEMAS: &[&Schema] = &[&WARD, &FACILITY, &TOWN, &PLAIN];

impl Schema {
    /// The built-in schema called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SCHEMAS.iter().copied().find(|schema| schema.name == name)
    }

    /// The field that a header stands for; width and spaces around do not matter.
    #[must_use]
    pub fn field_of(&self, header: &str) -> Option<&'static Field>
    where
        Self: 'static,
    {
        let wanted = width::fold(header.trim());
        let fields: &'static [Field] = self.fields;
        fields.iter().find(|field| field.headers.iter().any(|known| width::fold(known) == wanted))
    }

    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let fields: &'static [Field] = self.fields;
        fields.iter().find(|field| field.name == name)
    }
}
