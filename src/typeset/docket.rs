//! Sets the job docket: a layout that gets facts of a press run instead of a publication's data.
//!
//! In: a [`Docket`]. Out: a PDF.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst_layout::PagedDocument;

use super::world::JobWorld;
use super::{Typesetter, explain, pdf_options};
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::date::Date;
use crate::model::docket::Docket;
use crate::say;

use typst_pdf::PdfStandard;

/// The layout's name; it has no `layout.toml`.
const LAYOUT: &str = "docket";

impl Typesetter {
    /// Sets a docket. The value is none if the layout has errors.
    pub fn docket(&self, docket: &Docket, edition: Date, ident: &str) -> Outcome<Option<Vec<u8>>> {
        let bytes = match serde_json::to_vec(docket) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = say!("作業指示書が作れません：{error}", "The docket cannot be made: {error}");
                return Outcome {
                    value: None,
                    diagnostics: vec![Diagnostic::error(Code::Template, message)],
                };
            }
        };
        let world = JobWorld::new(&self.shared, LAYOUT, bytes, Arc::new(BTreeSet::new()));
        let compiled = typst::compile::<PagedDocument>(&world);
        let mut diagnostics = explain::engine(&world, LAYOUT, &compiled.warnings);
        let options = pdf_options(edition, format!("sasshi/{ident}/docket"), PdfStandard::V_1_7, false);
        let made = compiled.output.and_then(|document| typst_pdf::pdf(&document, &options));
        let value = match made {
            Ok(pdf) => Some(pdf),
            Err(errors) => {
                diagnostics.extend(explain::engine(&world, LAYOUT, &errors));
                None
            }
        };
        Outcome { value, diagnostics }
    }
}
