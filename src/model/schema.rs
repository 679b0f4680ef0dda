//! The kinds of directory: which columns one has, of what type, and what must hold of them.
//!
//! In: `project::schema` reads schemas from TOML. Out: [`Schema`], [`Field`]; a header finds its field.

use std::sync::Arc;

pub use super::column_type::FieldType;
pub use super::field::{Field, Print, SchemaKind};
use super::header_name::HeaderName;
use super::role::{Role, Roles};
use super::unit::Unit;

/// A kind of directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// The name in the manifest.
    pub name: String,
    /// What it is, in the words of the user.
    pub title: String,
    /// Where its columns come from, and as of when.
    pub origin: String,
    /// What part its directories play.
    pub kind: SchemaKind,
    /// Its columns.
    pub fields: Vec<Arc<Field>>,
    /// The field that names a record; empty if none does.
    pub key: String,
    /// Which columns play which roles.
    pub roles: Roles,
    /// It stands for one that could not be read: what it lacks says nothing.
    pub is_unread: bool,
    /// It is one of those that every project has, not written for this one.
    pub is_built_in: bool,
}

impl Schema {
    /// A table without a schema: every column is text under its own header.
    #[must_use]
    pub fn plain() -> Arc<Self> {
        Arc::new(Self { name: "plain".to_owned(), ..Self::default() })
    }

    /// What is used in the place of a schema that cannot be read.
    #[must_use]
    pub fn unread() -> Arc<Self> {
        Arc::new(Self { is_unread: true, ..Self::default() })
    }

    /// The same schema in a project whose units are called `unit`: the headers 区, 区名 … of a built-in one are those of
    /// the unit. Towns lie in wards whatever else the sheets are for; their column joins nothing then.
    #[must_use]
    pub fn for_unit(&self, unit: &Unit) -> Self {
        let mut schema = self.clone();
        for field in &mut schema.fields {
            let mut own = Field::clone(field);
            let is_master = self.kind == SchemaKind::Ward;
            if self.kind == SchemaKind::Town && field.kind == FieldType::Ward {
                own.kind = FieldType::Text;
            } else if field.kind == FieldType::Ward || (is_master && field.kind != FieldType::Code) {
                // but a municipality's code is no other unit's
                own.headers = own.headers.iter().map(|header| unit.header(header)).collect();
            }
            *field = Arc::new(own);
        }
        schema.roles = Roles::of(schema.kind, &schema.key, &schema.fields);
        schema
    }

    /// The same schema with the column under `header` for the one that joins, where it has none.
    #[must_use]
    pub fn joined_by(&self, header: &str) -> Self {
        let mut schema = self.clone();
        let name = Role::Joins.name();
        schema.fields.retain(|field| field.name != name);
        schema.fields.push(Arc::new(Field {
            name: name.to_owned(),
            kind: FieldType::Ward,
            headers: vec![header.to_owned()],
            ..Field::default()
        }));
        schema.roles = Roles::of(schema.kind, &schema.key, &schema.fields);
        schema
    }

    /// The field that a header stands for; width, case and spaces do not matter, nor does what [`HeaderName`] passes over.
    #[must_use]
    pub fn field_of(&self, header: &str) -> Option<Arc<Field>> {
        let of = |plain: &str| self.fields.iter().position(|field| field.is_called(plain));
        HeaderName::of(header).find(of).map(|at| Arc::clone(&self.fields[at]))
    }

    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Arc<Field>> {
        self.fields.iter().find(|field| field.name == name).cloned()
    }

    /// The field that names the record of the master list that a row belongs to.
    #[must_use]
    pub fn joins(&self) -> Option<&Arc<Field>> {
        self.roles.get(Role::Joins)
    }

    /// The field that names a record: the key, else what prints as the name.
    #[must_use]
    pub fn naming(&self) -> Option<Arc<Field>> {
        self.field(&self.key).or_else(|| self.roles.get(Role::Name).cloned())
    }

    /// The field that a layout asks for as `name`: the one called so, else the one that plays the role called so.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<Arc<Field>> {
        self.field(name).or_else(|| self.roles.get(Role::called(name)?).cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_in_any_width_and_case() {
        let field = Field {
            name: "phone".into(),
            headers: vec!["電話番号".into(), "TEL".into()],
            ..Field::default()
        };
        let schema = Schema { fields: vec![Arc::new(field)], ..Schema::default() };
        for header in
            ["電話番号", "電話 番号", "電話\n番号", "\u{FEFF}電話\u{200B}番号", "ＴＥＬ", "tel", " Tel "]
        {
            assert_eq!(
                schema.field_of(header).map(|field| field.name.clone()),
                Some("phone".into()),
                "{header}"
            );
        }
        assert_eq!(schema.field_of("FAX"), None);
    }
}
