//! Paragraphs of running text that cannot be flush on both sides: what must stay whole on a line leaves too little to fill the one
//! before it, so that its letters would stand apart. They are set once more, ragged.
//!
//! In: finished pages. Out: the origins of such paragraphs, and the data of the job that tells the template of them (`data.ragged`).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::composition::{Composition, ParagraphKind, TextParagraph};
use crate::model::flush::flush_lines;

/// How far letters of a line may be moved, in ems: 3 %, as the profiles of proofreading have it.
const LIMIT: f64 = 0.03;

/// The origins of paragraphs with a line that is stretched or squeezed too far.
pub(super) fn ragged(composition: &Composition) -> BTreeSet<usize> {
    let text = composition.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Text);
    // letters of running text are not spaced on purpose
    let torn = text.filter(|paragraph| flush_lines(paragraph).iter().any(|line| line.is_beyond(0.0, LIMIT)));
    torn.filter_map(|paragraph| TextParagraph::characters(paragraph).find_map(|one| one.origin)).collect()
}

/// The data of a job with the origins of its ragged paragraphs.
pub(super) fn with_ragged(data: &str, ragged: &BTreeSet<usize>) -> String {
    let mut told = data.strip_suffix('}').unwrap_or(data).to_owned();
    let list: Vec<String> = ragged.iter().map(usize::to_string).collect();
    let _ = write!(told, ",\"ragged\":[{}]}}", list.join(","));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_tells_of_ragged_paragraphs() {
        let told = with_ragged(r#"{"contract":2}"#, &BTreeSet::from([3, 17]));
        let value: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(value, serde_json::json!({"contract": 2, "ragged": [3, 17]}));
    }
}
