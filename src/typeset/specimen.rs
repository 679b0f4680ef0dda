//! Lays out the specimen of a layout: what the family's type, distances and colours are in a project, and what the layout takes.
//!
//! In: a [`Layout`] and the project, whose own files under `layouts/shared` count. Out: [`SetInput`] for a template that has
//! no `layout.toml`, as the docket's has none: nobody publishes it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::lay_out::{PageRule, PdfForm, SetInput, Standard};
use crate::diagnostic::Language;
use crate::model::layout::{DirectiveForm, Layout, LayoutOption};
use crate::model::palette::PaletteColour;
use crate::project::Project;

/// The name of the specimen's template.
const SPECIMEN: &str = "specimen";

/// Lays out the specimen of `layout`, with its words in `language`.
#[must_use]
pub fn lay_out_specimen(project: &Project, layout: &Layout, language: Language) -> SetInput {
    let palette = project.palette.colours.iter();
    let palette: serde_json::Map<String, Value> =
        palette.map(|colour| (colour.name.clone(), inks_and_screen(colour))).collect();
    let data = json!({
        "edition": "screen",
        "reader": "ja",
        "language": match language {
            Language::Japanese => "ja",
            Language::English => "en",
        },
        "palette": palette,
        "layout": about(layout, language),
    });
    SetInput {
        layout: SPECIMEN.to_owned(),
        data: data.to_string(),
        images: BTreeSet::new(),
        pdf: PdfForm {
            standard: Standard::Ua1,
            tagged: true,
            date: project.date,
            ident: format!("sasshi/specimen/{}", layout.name),
        },
        rule: PageRule::default(),
        has_running_text: false,
    }
}

fn inks_and_screen(colour: &PaletteColour) -> Value {
    let [c, m, y, k] = colour.inks;
    json!({ "c": c, "m": m, "y": y, "k": k, "screen": colour.screen_text })
}

fn about(layout: &Layout, language: Language) -> Value {
    let option = |(name, option): (&String, &LayoutOption)| {
        let help = option.help.in_language(language);
        json!({ "name": name, "default": option.default.to_string(), "help": help })
    };
    let directive =
        |(name, form): (&String, &DirectiveForm)| json!({ "name": name, "takes": form.written() });
    json!({
        "name": layout.name,
        "title": layout.title.in_language(language),
        "summary": layout.summary.in_language(language),
        "width": layout.page.width.to_string(),
        "height": layout.page.height.to_string(),
        "bleed": layout.page.bleed.to_string(),
        "options": layout.options.iter().map(option).collect::<Vec<Value>>(),
        "directives": layout.directives.iter().map(directive).collect::<Vec<Value>>(),
    })
}
