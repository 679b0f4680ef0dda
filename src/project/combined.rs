//! `combined`: whether all sheets of a publication are one document too, or several of so many sheets each.
//!
//! In: `true`, `false` or `{ sheets = 200 }` of the manifest. Out: [`Combined`], and the names and ranges of the documents.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// The name of the document of all sheets.
const ALL: &str = "all";

/// What is wanted of all sheets beside a file for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combined {
    /// Nothing.
    Nothing,
    /// One document.
    One,
    /// One document of up to so many sheets; several, if there are more.
    Of(NonZeroU32),
}

/// A document of sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CombinedRange {
    /// Its name without ending: `all`, or `all-0001-0200`.
    pub stem: String,
    /// Its sheets, from 0.
    pub sheets: Range<usize>,
}

impl Combined {
    /// The documents of `total` sheets.
    #[must_use]
    pub fn ranges(self, total: usize) -> Vec<CombinedRange> {
        let most = match self {
            Self::Nothing => return Vec::new(),
            Self::One => total,
            Self::Of(sheets) => sheets.get() as usize,
        };
        if total <= most {
            return vec![CombinedRange { stem: ALL.to_owned(), sheets: 0..total }];
        }
        // names of equal length stand in their order in a folder
        let digits = total.to_string().len().max(4);
        let range = |start: usize| {
            let sheets = start..total.min(start + most);
            let stem = format!("{ALL}-{:0digits$}-{:0digits$}", sheets.start + 1, sheets.end);
            CombinedRange { stem, sheets }
        };
        (0..total).step_by(most).map(range).collect()
    }
}

/// As it is written, for editors.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "a form that is described and never made")]
pub(super) enum CombinedForm {
    /// One document, or none.
    Whole(bool),
    /// Documents of so many sheets.
    Parts(CombinedTable),
}

/// `combined = { sheets = 200 }`.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct CombinedTable {
    /// How many sheets a document has at most.
    #[schemars(with = "u32")]
    sheets: NonZeroU32,
}

impl<'de> Deserialize<'de> for Combined {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CombinedVisitor)
    }
}

struct CombinedVisitor;

impl<'de> Visitor<'de> for CombinedVisitor {
    type Value = Combined;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("true, false or { sheets = 200 }")
    }

    fn visit_bool<E: Error>(self, is_wanted: bool) -> Result<Combined, E> {
        Ok(if is_wanted { Combined::One } else { Combined::Nothing })
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Combined, A::Error> {
        let table = CombinedTable::deserialize(MapAccessDeserializer::new(table))?;
        Ok(Combined::Of(table.sheets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(sheets: u32, total: usize) -> Vec<String> {
        let combined = NonZeroU32::new(sheets).map_or(Combined::One, Combined::Of);
        let ranges = combined.ranges(total);
        // each sheet stands in one document
        let all: Vec<usize> = ranges.iter().flat_map(|range| range.sheets.clone()).collect();
        assert_eq!(all, (0..total).collect::<Vec<_>>());
        ranges.into_iter().map(|range| range.stem).collect()
    }

    #[test]
    fn documents_are_called_by_their_sheets() {
        assert_eq!(stems(0, 1_000), ["all"]);
        assert_eq!(stems(200, 200), ["all"]);
        assert_eq!(stems(200, 401), ["all-0001-0200", "all-0201-0400", "all-0401-0401"]);
        assert_eq!(stems(9_000, 10_000), ["all-00001-09000", "all-09001-10000"]);
        assert_eq!(Combined::Nothing.ranges(5), []);
    }
}
