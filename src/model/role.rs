//! The parts that columns play whatever they are called: which one joins to the master list, names, is called, is visited.
//!
//! In: the columns of a schema. Out: [`Roles`], decided once when the schema is read. This is the only place that knows
//! the names by which layouts ask for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column_type::FieldType;
use super::field::{Field, SchemaKind};

/// Words in headers of columns of people.
const PEOPLE: &[&str] = &["氏名", "会長", "代表者", "担当者"];

/// Whether what stands under a header are names of people, who are addressed as such.
#[must_use]
pub fn is_of_people(header: &str) -> bool {
    PEOPLE.iter().any(|word| header.contains(word))
}

/// A part that one column of a directory plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Names the record of the master list that the row belongs to.
    Joins,
    /// The name that is printed.
    Name,
    /// A shorter name, printed in its place where there is one: a legal name is nobody's to shorten in its own cell.
    ShortName,
    /// The municipality code.
    Code,
    /// The reading of the name.
    Reading,
    /// The name in Latin letters.
    Romaji,
    /// The number to call.
    Phone,
    /// The place to visit.
    Address,
    /// The building, floor and room behind the address, in a column of their own (方書).
    Building,
    /// The extension behind the number, in a column of its own (内線番号).
    Extension,
    /// The postal code.
    Postal,
    /// The place of the record in its list.
    Order,
}

impl Role {
    /// Every role with the name by which layouts ask for it, and the type of its columns where one type is for it alone.
    pub const ALL: &'static [(Self, &'static str, Option<FieldType>)] = &[
        (Self::Joins, "ward", Some(FieldType::Ward)),
        (Self::Name, "name", None),
        (Self::ShortName, "short-name", None),
        (Self::Code, "code", Some(FieldType::Code)),
        (Self::Reading, "kana", Some(FieldType::Kana)),
        (Self::Romaji, "romaji", None),
        (Self::Phone, "phone", Some(FieldType::Phone)),
        (Self::Address, "address", Some(FieldType::Address)),
        (Self::Building, "building", None),
        (Self::Extension, "extension", None),
        (Self::Postal, "postal", Some(FieldType::Postal)),
        (Self::Order, "order", None),
    ];

    /// The name by which layouts ask for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(role, ..)| *role == self).map_or("", |(_, name, _)| name)
    }

    /// The type of its columns, where one type is for it alone.
    #[must_use]
    pub fn kind(self) -> Option<FieldType> {
        Self::ALL.iter().find(|(role, ..)| *role == self).and_then(|(.., kind)| *kind)
    }

    /// The role that layouts ask for as `name`.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(role, ..)| *role)
    }
}

/// Which columns of a schema play which roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles(BTreeMap<Role, Arc<Field>>);

impl Roles {
    /// Decides the roles of `fields`. A role is that of the column of its type: of several the one with the role's name,
    /// else none. Without a column of the type it is that of the column with the role's name; what prints as the name may
    /// be the `key` too. To join takes the type, and the master list joins to nothing.
    #[must_use]
    pub fn of(kind: SchemaKind, key: &str, fields: &[Arc<Field>]) -> Self {
        let mut roles = BTreeMap::new();
        for (role, name, kind_of_cells) in Role::ALL {
            let called = |name: &str| fields.iter().find(|field| field.name == name);
            let typed: Vec<&Arc<Field>> =
                fields.iter().filter(|field| Some(field.kind) == *kind_of_cells && !is_fax(field)).collect();
            let named = typed.iter().copied().find(|field| field.name == *name);
            let field = match (role, &typed[..]) {
                (Role::Joins, _) if kind == SchemaKind::Ward => None,
                (_, [only]) => Some(*only),
                (_, [_, _, ..]) => named,
                (Role::Joins, []) => None,
                (Role::Name, []) => called(name).or_else(|| called(key)),
                (_, []) => called(name),
            };
            roles.extend(field.map(|field| (*role, Arc::clone(field))));
        }
        Self(roles)
    }

    /// The column that plays `role`.
    #[must_use]
    pub fn get(&self, role: Role) -> Option<&Arc<Field>> {
        self.0.get(&role)
    }
}

/// Whether the numbers of a column are for faxes: of the type of phone numbers, and nobody answers them.
fn is_fax(field: &Field) -> bool {
    std::iter::once(&field.name).chain(&field.headers).any(|word| {
        let word = super::width::fold(word).to_lowercase();
        ["fax", "ファクス", "ファックス", "ファクシミリ"].iter().any(|fax| word.contains(fax))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(kind: SchemaKind, key: &str, fields: &[(&str, FieldType)]) -> Vec<(Role, String)> {
        let field = |(name, kind): &(&str, FieldType)| {
            Arc::new(Field { name: (*name).to_owned(), kind: *kind, ..Field::default() })
        };
        let fields: Vec<Arc<Field>> = fields.iter().map(field).collect();
        Roles::of(kind, key, &fields).0.into_iter().map(|(role, field)| (role, field.name.clone())).collect()
    }

    fn roles(wanted: &[(Role, &str)]) -> Vec<(Role, String)> {
        wanted.iter().map(|(role, name)| (*role, (*name).to_owned())).collect()
    }

    #[test]
    fn a_type_of_its_own_decides() {
        let office = [("district", FieldType::Ward), ("title", FieldType::Text), ("tel", FieldType::Phone)];
        let wanted = [(Role::Joins, "district"), (Role::Name, "title"), (Role::Phone, "tel")];
        assert_eq!(schema(SchemaKind::Facility, "title", &office), roles(&wanted));
    }

    #[test]
    fn of_several_the_name_decides_and_nothing_else() {
        let two = [("tel", FieldType::Phone), ("mobile", FieldType::Phone)];
        assert_eq!(schema(SchemaKind::Facility, "", &two), []);
        let named = [("mobile", FieldType::Phone), ("phone", FieldType::Phone)];
        assert_eq!(schema(SchemaKind::Facility, "", &named), roles(&[(Role::Phone, "phone")]));
        let fax = [("tel", FieldType::Phone), ("fax", FieldType::Phone)];
        assert_eq!(schema(SchemaKind::Facility, "", &fax), roles(&[(Role::Phone, "tel")]));
    }

    #[test]
    fn a_column_of_another_type_keeps_its_name_but_does_not_join() {
        let text = [("ward", FieldType::Text), ("phone", FieldType::Text)];
        assert_eq!(schema(SchemaKind::Facility, "", &text), roles(&[(Role::Phone, "phone")]));
    }

    #[test]
    fn a_master_list_joins_to_nothing() {
        let wards = [("borough", FieldType::Ward), ("number", FieldType::Code)];
        let wanted = [(Role::Name, "borough"), (Role::Code, "number")];
        assert_eq!(schema(SchemaKind::Ward, "borough", &wards), roles(&wanted));
    }
}
