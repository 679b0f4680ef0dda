//! Sets the job docket: a layout that gets facts of a press run instead of a publication's data.
//!
//! In: a [`Docket`]. Out: a PDF.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst_layout::PagedDocument;

use super::world::JobWorld;
use super::{Typesetter, explain, pdf_options, trace};
use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::model::date::Date;
use crate::model::docket::Docket;
use crate::model::origin::{Origin, Source};
use crate::say;

use typst_pdf::PdfStandard;

/// The layout's name; it has no `layout.toml`.
const LAYOUT: &str = "docket";

impl Typesetter {
    /// Sets a docket of words of `manifest`. The value is none if the layout has errors, or a character no glyph.
    pub fn docket(
        &self,
        docket: &Docket,
        manifest: &Arc<Source>,
        edition: Date,
        ident: &str,
    ) -> Outcome<Option<Vec<u8>>> {
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
        let made = compiled.output.and_then(|document| {
            let mut trace = trace::trace(document.pages());
            let mut origins = Vec::new();
            for missing in &mut trace.missing {
                let place = Origin::of_character(manifest, missing.character);
                missing.origin = Some(origins.len());
                origins.push(place.unwrap_or_else(|| Origin::file(manifest)));
            }
            diagnostics.extend(explain::pages(&trace, &origins, LAYOUT));
            typst_pdf::pdf(&document, &options)
        });
        let value = match made {
            Ok(pdf) => Some(pdf).filter(|_| diagnostics.iter().all(|one| one.severity != Severity::Error)),
            Err(errors) => {
                diagnostics.extend(explain::engine(&world, LAYOUT, &errors));
                None
            }
        };
        Outcome { value, diagnostics }
    }
}
