//! One file looked at by itself: what it is, and which of the known kinds of directory it comes nearest to.
//!
//! In: a file and what was said of it. Out: [`Survey`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::directory;
use super::grid::{Grid, GridKind};
use super::header::{self, Lines};
use super::kind;
use super::known::KnownHeaders;
use crate::diagnostic::Outcome;
use crate::model::directory::Directory;
use crate::model::origin::Origin;
use crate::model::schema::Schema;
use crate::project::schema;
use crate::project::table_form::TableForm;
use crate::project::{Coverage, DirectoryPlan, Placed};

/// What was found out of a file.
#[derive(Debug)]
pub struct Survey {
    /// What it is.
    pub kind: GridKind,
    /// How it was read, and under which schema: the one that knows most of its headers.
    pub plan: DirectoryPlan,
    /// Its rows.
    pub directory: Directory,
}

/// Under which schema a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaChoice {
    /// The one that knows most of its headers.
    Nearest,
    /// None.
    Plain,
}

/// Looks at the bytes of one file; `path` is how messages call it.
pub fn file(path: &str, bytes: Vec<u8>, form: &TableForm, choice: SchemaChoice) -> Outcome<Option<Survey>> {
    let mut diagnostics = Vec::new();
    let Some(grid) = kind::from_bytes(path, bytes, form, &KnownHeaders::built_in()).collect(&mut diagnostics)
    else {
        return Outcome { value: None, diagnostics };
    };
    let schema = match choice {
        SchemaChoice::Nearest => nearest_schema(&grid),
        SchemaChoice::Plain => Schema::plain(),
    };
    let path = grid.source.path.clone();
    let plan = plan(&path, schema, form);
    let kind = grid.kind.clone();
    let directory = directory::directory(&plan, vec![grid]).collect(&mut diagnostics);
    Outcome { value: Some(Survey { kind, plan, directory }), diagnostics }
}

/// The plan of a directory that no manifest names.
#[must_use]
pub fn plan(path: &str, schema: Arc<Schema>, form: &TableForm) -> DirectoryPlan {
    DirectoryPlan {
        name: path.to_owned(),
        source: Placed { value: path.to_owned(), origin: Origin::path(path) },
        form: form.clone(),
        schema,
        key: None,
        coverage: Coverage::default(),
        every_ward: false,
        optional: Vec::new(),
        title: String::new(),
        help: String::new(),
        short_help: String::new(),
        icon: String::new(),
        asked: BTreeSet::new(),
    }
}

/// The schema that knows most of the headers of a row among the first; the plain one if none knows two.
fn nearest_schema(grid: &Grid) -> Arc<Schema> {
    let lines = Lines { text: &grid.source.text, rows: &grid.rows };
    let known = |schema: &Arc<Schema>| header::most(&KnownHeaders::of_schema(schema), lines);
    // the first of equals
    let best = schema::built_in().iter().rev().max_by_key(|schema| known(schema));
    best.filter(|schema| known(schema) > 1).map_or_else(Schema::plain, Arc::clone)
}
