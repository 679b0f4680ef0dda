//! What resolving the manifest has in its hands: the places of its values, the files of the project, the findings.
//!
//! In: the text of the manifest and the files beside it. Out: [`Resolver`]; each table of the manifest is resolved in the file
//! that describes it.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;

use super::files::Files;
use super::layout::LayoutFiles;
use super::text::{Placed, Text};
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::{Origin, Source};

/// Turns typed tables into a project and collects what leads nowhere.
pub(super) struct Resolver<'a> {
    pub(super) source: Arc<Source>,
    pub(super) files: Arc<Files>,
    pub(super) layout_files: LayoutFiles,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Layouts with options that cannot be used.
    pub(super) faulty_layouts: BTreeSet<String>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(source: Arc<Source>, files: Arc<Files>, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let layout_files = LayoutFiles::new(Arc::clone(&files));
        Self { source, files, layout_files, diagnostics, faulty_layouts: BTreeSet::new() }
    }
}

impl Resolver<'_> {
    pub(super) fn origin<T>(&self, value: &Spanned<T>) -> Origin {
        let mut span = value.span();
        // a text's span holds its quotes; the words alone are underlined
        if self.source.text.get(span.clone()).is_some_and(|text| text.starts_with('"') && text.len() > 2) {
            span = span.start + 1..span.end - 1;
        }
        Origin::text(&self.source, span)
    }

    pub(super) fn placed(&self, text: &Text) -> Placed {
        Placed { value: text.get_ref().clone(), origin: self.origin(text) }
    }

    pub(super) fn push<T>(&mut self, code: Code, message: Say, at: &Spanned<T>) {
        let origin = self.origin(at);
        self.diagnostics.push(Diagnostic::error(code, message).at(origin));
    }
}
