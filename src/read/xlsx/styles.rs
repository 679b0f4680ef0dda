//! The styles of an XLSX, as far as they change what a reader sees: number formats and struck-out letters.
//!
//! In: the part of styles. Out: [`Styles`] by the number that a cell names.

use std::collections::HashMap;

use super::super::number_format::{NamedFormat, NumberFormat};
use super::super::xml::{Event, attribute};
use super::package::PackagePart;

/// The styles.
#[derive(Debug, Default)]
pub struct Styles {
    /// Codes and formats; many styles have one.
    formats: Vec<NamedFormat>,
    styles: Vec<Style>,
}

/// A style of cells.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// The place of its format in the list; none for a number that stands for no known format.
    format: Option<usize>,
    id: u32,
    struck: bool,
}

/// What a style makes of a cell.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The format; none for General.
    pub format: Option<&'a NamedFormat>,
    /// The number of a format that is not known.
    pub unknown: Option<u32>,
    /// Whether letters are struck out.
    pub struck: bool,
}

impl Styles {
    /// Reads the part.
    pub fn read(xml: &mut PackagePart) -> Result<Self, String> {
        let mut styles = Self::default();
        let mut codes: HashMap<u32, String> = HashMap::new();
        let mut places: HashMap<u32, Option<usize>> = HashMap::new();
        let mut fonts: Vec<bool> = Vec::new();
        let mut within = String::new();
        loop {
            let event = xml.next_event()?;
            match &event {
                Event::Start(element) => {
                    let local = element.local_name();
                    let name: &str = local.as_ref();
                    let number =
                        |key: &str| attribute(element, key).and_then(|value| value.parse::<u32>().ok());
                    match (name, within.as_str()) {
                        ("fonts" | "cellXfs" | "cellStyleXfs" | "dxfs", "") => name.clone_into(&mut within),
                        ("numFmt", "") => {
                            if let (Some(id), Some(code)) =
                                (number("numFmtId"), attribute(element, "formatCode"))
                            {
                                codes.insert(id, code);
                            }
                        }
                        ("font", "fonts") => fonts.push(false),
                        ("strike", "fonts") => {
                            let off = attribute(element, "val")
                                .is_some_and(|value| value == "0" || value == "false");
                            if let Some(font) = fonts.last_mut() {
                                *font = !off;
                            }
                        }
                        ("xf", "cellXfs") => {
                            let id = number("numFmtId").unwrap_or(0);
                            let format =
                                *places.entry(id).or_insert_with(|| styles.format(id, codes.get(&id)));
                            let font =
                                number("fontId").and_then(|font| fonts.get(usize::try_from(font).ok()?));
                            styles.styles.push(Style { format, id, struck: font.copied().unwrap_or(false) });
                        }
                        _ => {}
                    }
                }
                Event::End(element) if element.local_name().as_ref() == within => within.clear(),
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// Keeps a format and gives its place.
    fn format(&mut self, id: u32, code: Option<&String>) -> Option<usize> {
        let format = match code {
            Some(code) => NumberFormat::parse(code),
            None => NumberFormat::built_in(id)?,
        };
        let code = code.cloned().unwrap_or_else(|| id.to_string());
        self.formats.push(NamedFormat { code, format });
        Some(self.formats.len() - 1)
    }

    /// What style `number` makes of a cell; a number beyond the list is General, as without a style.
    pub fn look(&self, number: usize) -> Look<'_> {
        let Some(style) = self.styles.get(number) else {
            return Look { format: None, unknown: None, struck: false };
        };
        let format = style.format.and_then(|at| self.formats.get(at));
        Look { format, unknown: format.is_none().then_some(style.id), struck: style.struck }
    }
}
