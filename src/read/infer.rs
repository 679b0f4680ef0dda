//! Drafts a schema from a file: a column for each header, its type where the values leave no doubt.
//!
//! In: a directory read without a schema. Out: the text of a schema, to be looked through and kept as `schemas/NAME.toml`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::model::directory::Directory;
use crate::model::schema::{Field, FieldType};
use crate::project::schema;

/// Rows that are looked at.
const ROWS: usize = 1_000;
/// Values that a column may have for `one-of`, and how often each must stand on average.
const FEW: usize = 6;
const OFTEN: usize = 5;

/// The draft.
#[must_use]
pub fn draft(directory: &Directory) -> String {
    let headers: Vec<&str> = directory.columns.iter().map(|column| column.header.as_str()).collect();
    let rows = &directory.records[..directory.records.len().min(ROWS)];
    let mut out = String::from(
        "# 下書きです。type・required・one-of を見直してから schemas/名前.toml として保存してください。\n",
    );
    let facility = schema::built_in().iter().find(|schema| schema.name == "facility");
    let known = |header: &str| facility.and_then(|schema| schema.field_of(header));
    let naming = facility.and_then(|schema| schema.naming());
    let titled = headers.iter().copied().find(|header| naming.is_some() && known(header) == naming);
    let key =
        titled.or_else(|| headers.first().copied()).map(|header| name_of(known(header).as_ref(), header));
    let kind = if titled.is_some() { "facility" } else { "table" };
    let _ = writeln!(out, "title = \"\"\nkind = \"{kind}\"");
    if let Some(key) = key {
        let _ = writeln!(out, "key = {}", quoted(&key));
    }
    let mut names = BTreeSet::new();
    for (index, header) in headers.into_iter().enumerate() {
        let values: Vec<&str> =
            rows.iter().map(|row| row.written(index).trim()).filter(|cell| !cell.is_empty()).collect();
        let field = known(header);
        let mut name = name_of(field.as_ref(), header);
        if !names.insert(name.clone()) {
            header.clone_into(&mut name);
        }
        let kind = field.map_or_else(|| kind_of(header, &values), |field| field.kind);
        let _ = write!(out, "\n[[column]]\nname = {}\n", quoted(&name));
        if kind != FieldType::Text {
            let _ = writeln!(out, "type = \"{}\"", kind.name());
        }
        if name != header {
            let _ = writeln!(out, "headers = [{}]", quoted(header));
        }
        if !rows.is_empty() && values.len() == rows.len() {
            out.push_str("required = true\n");
        }
        let different: BTreeSet<&str> = values.iter().copied().collect();
        if kind == FieldType::Text
            && (2..=FEW).contains(&different.len())
            && values.len() >= different.len() * OFTEN
        {
            let list: Vec<String> = different.into_iter().map(quoted).collect();
            let _ = writeln!(out, "one-of = [{}]", list.join(", "));
        }
    }
    out
}

fn name_of(field: Option<&Arc<Field>>, header: &str) -> String {
    field.map_or_else(|| header.to_owned(), |field| field.name.clone())
}

/// The type of a column by its values: all of them must be of it.
fn kind_of(header: &str, values: &[&str]) -> FieldType {
    let all = |fits: &dyn Fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| fits(value));
    let fits = |kind: &FieldType| all(&|value| (kind.definition().infers)(header, value));
    FieldType::ALL.iter().copied().find(fits).unwrap_or_default()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::Source;
    use crate::model::schema::Schema;
    use crate::project::table_form::TableForm;
    use crate::read::known::KnownHeaders;
    use crate::read::{directory, kind, survey};

    fn draft_of(text: &str) -> String {
        let form = TableForm::default();
        let grid =
            kind::from_bytes("x.csv", text.as_bytes().to_vec(), &form, &KnownHeaders::built_in()).value;
        let plan = survey::plan("x.csv", Schema::plain(), &form);
        draft(&directory::directory(&plan, grid.into_iter().collect()).value)
    }

    #[test]
    fn a_draft_is_a_schema() {
        let csv = "\u{FEFF}施設名,TEL,開設日,〒,サイト,かな,有無\n\
            a,045-671-2121,R2.4.1,231-0005,https://a.jp/,あ,有\n\
            b,045-671-2122,2020/4/2,231-0006,https://b.jp/,い,無\n";
        let text = draft_of(csv);
        let schema = schema::read("x", &Source::new("x.toml", text.clone())).value.expect("a schema");
        let kinds: Vec<&str> = schema.fields.iter().map(|field| field.kind.name()).collect();
        assert_eq!(kinds, ["text", "phone", "date", "postal", "url", "kana", "text"], "{text}");
        assert_eq!(schema.key, "name");
        assert!(schema.fields.iter().all(|field| field.required));
        assert!(
            schema::read("x", &Source::new("x.toml", draft_of(""))).value.is_some(),
            "of an empty file too"
        );
    }
}
