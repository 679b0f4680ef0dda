//! The headers that are looked for in a file: those of its schema, or of all that are built in where it has none.
//!
//! In: the plan of a directory, or nothing. Out: [`KnownHeaders`], which counts how many of them stand in a row.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::model::header_name::HeaderName;
use crate::model::header_name::plain_header;
use crate::model::schema::{Field, Schema};
use crate::project::DirectoryPlan;
use crate::project::schema;

/// Headers that schemas know.
#[derive(Debug, Default)]
pub struct KnownHeaders {
    /// For each schema its headers, without what people do not see in them, and the number of the field that each names.
    schemas: Vec<HashMap<String, usize>>,
    /// The same headers as the schemas write them; asked of each row, so by a quick hash.
    written: HashSet<String, FxBuildHasher>,
}

impl KnownHeaders {
    /// The headers of a directory's schema and the column that its `key` names. A schema without columns knows none: then
    /// those of all built-in schemas tell where the header is.
    #[must_use]
    pub fn of_plan(plan: &DirectoryPlan) -> Self {
        if plan.schema.fields.is_empty() {
            return Self::built_in();
        }
        let mut known = Self::of_schema(&plan.schema);
        if let Some(key) = &plan.key {
            // the column that joins, whatever it is called here
            let joins = plan.schema.joins().map(|field| field.name.clone());
            let at = plan.schema.fields.iter().position(|field| Some(&field.name) == joins.as_ref());
            known.written.insert(key.clone());
            known.schemas[0].insert(plain_header(key), at.unwrap_or(plan.schema.fields.len()));
        }
        known
    }

    /// The headers of all built-in schemas.
    #[must_use]
    pub fn built_in() -> Self {
        Self::of(schema::built_in())
    }

    /// The headers of one schema.
    #[must_use]
    pub fn of_schema(schema: &Arc<Schema>) -> Self {
        Self::of(std::slice::from_ref(schema))
    }

    fn of(schemas: &[Arc<Schema>]) -> Self {
        let written = schemas.iter().flat_map(|schema| &schema.fields).flat_map(|field| &field.headers);
        Self { schemas: schemas.iter().map(headers).collect(), written: written.cloned().collect() }
    }

    /// How many fields the words of a row name, of the schema that knows most of them.
    #[must_use]
    pub fn count<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> usize {
        // a header is short; a title of a hundred letters is none
        let words = words.into_iter().filter(|word| word.len() <= LONGEST);
        let names: Vec<HeaderName> = words.filter(|word| !word.is_empty()).map(HeaderName::of).collect();
        let fields = |schema: &HashMap<String, usize>| {
            let of = |name: &HeaderName| name.find(|plain| schema.get(plain).copied());
            names.iter().filter_map(of).collect::<BTreeSet<_>>().len()
        };
        self.schemas.iter().map(fields).max().unwrap_or(0)
    }

    /// Whether a word is a header just as a schema writes it: a quick look at rows of which few are headers.
    #[must_use]
    pub fn is_written(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.written.contains(word)
    }
}

/// The field of the directory's schema that a header names.
#[must_use]
pub fn field_of(plan: &DirectoryPlan, header: &str) -> Option<Arc<Field>> {
    match &plan.key {
        // the manifest names the column that joins to the master list: no other one does
        Some(key) if plain_header(key) == plain_header(header) => plan.schema.joins().cloned(),
        Some(_) => {
            let joins = plan.schema.joins().map(|field| &field.name);
            plan.schema.field_of(header).filter(|field| Some(&field.name) != joins)
        }
        None => plan.schema.field_of(header),
    }
}

/// Bytes of the longest header that is looked for.
const LONGEST: usize = 120;

fn headers(schema: &Arc<Schema>) -> HashMap<String, usize> {
    let mut headers = HashMap::new();
    for (index, field) in schema.fields.iter().enumerate() {
        for header in &field.headers {
            // the first field that knows it has it, as in `Schema::field_of`
            headers.entry(plain_header(header)).or_insert(index);
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_once_and_by_one_schema() {
        let known = KnownHeaders::built_in();
        assert_eq!(known.count(["地域の相談室一覧", "令和8年4月1日現在"]), 0);
        assert_eq!(known.count(["区", "名称", "電話\n番号", "ＴＥＬ"]), 3, "two headers of one field");
        assert_eq!(known.count(["\u{FEFF}電話 番号", "", "045-510-0001"]), 1);
        assert!(known.is_written("電話番号") && !known.is_written("電話 番号"));
    }
}
