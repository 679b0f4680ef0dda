//! Spot colours of one name: spelt in two ways, or looking different, they come out as two plates or as the wrong ink.
//!
//! In: the objects of a file and the names of the inks that it prints. Out: findings.

use std::collections::BTreeMap;

use lopdf::{Document, Object};
use unicode_normalization::UnicodeNormalization;

use super::finding::{Finding, PreflightFindings};
use crate::diagnostic::Code;
use crate::pdf::colour_space::Space;
use crate::pdf::objects::{array, dictionary_of, name_of, numbers, read_name, resolved};
use crate::pdf::process_inks;
use crate::say;

/// Arrays and dictionaries in one another: spaces stand in resources, which stand in pages and forms.
const DEEPEST: usize = 6;
/// The most colour spaces that are compared; no press file has more.
const MOST: usize = 4_096;
/// Solid colours that differ by less, in parts of the whole, look the same.
const SAME: f64 = 0.02;

/// A spot colour as the file has it.
#[derive(Debug, Clone, PartialEq)]
struct SpotColour {
    name: String,
    /// What stands for it on screens, solid: the components in its alternate space.
    look: Option<Vec<f64>>,
}

/// Judges the spot colours among `inks`.
pub fn judge(doc: &Document, inks: &[String], findings: &mut PreflightFindings) {
    if !inks.iter().any(|ink| process_inks::is_spot(ink) && !process_inks::LETTERS.contains(&ink.as_str())) {
        return;
    }
    let mut spots = Vec::new();
    for object in doc.objects.values() {
        read(doc, object, &mut spots, 0);
    }
    spots.retain(|spot| inks.contains(&spot.name));
    let mut by_name: BTreeMap<String, Vec<&SpotColour>> = BTreeMap::new();
    for spot in &spots {
        by_name.entry(plain(&spot.name)).or_default().push(spot);
    }
    for same in by_name.values() {
        let mut names: Vec<&str> = same.iter().map(|spot| spot.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() > 1 {
            two_spellings(&names.join(" / "), findings);
        }
        let looks: Vec<&Vec<f64>> = same.iter().filter_map(|spot| spot.look.as_ref()).collect();
        if looks.iter().any(|look| !is_same(look, looks[0])) {
            two_looks(names[0], findings);
        }
    }
}

fn two_spellings(found: &str, findings: &mut PreflightFindings) {
    let what = say!(
        "1つの特色に、2とおりの名前があります。別々の版になります。",
        "One spot colour goes by two names: it becomes two plates."
    );
    findings.add(
        Finding::error(Code::SpotColourTwice, what)
            .found(say!("{found}", "{found}"))
            .allowed(say!("1色に1つの名前", "one name for each ink")),
    );
}

fn two_looks(name: &str, findings: &mut PreflightFindings) {
    let what = say!(
        "同じ名前の特色に、ちがう色が決められています。どちらのインキか分かりません。",
        "A spot colour is defined with two looks: it is not known which ink is meant."
    );
    findings.add(
        Finding::warning(Code::SpotColourTwice, what)
            .found(say!("{name}", "{name}"))
            .allowed(say!("1色に1つの定義", "one definition for each ink")),
    );
}

/// The name without what people write differently: width of letters, capitals, spaces and hyphens.
fn plain(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '‐' | '−'))
        .collect()
}

fn is_same(one: &[f64], other: &[f64]) -> bool {
    // looks in different spaces are not compared
    one.len() != other.len() || one.iter().zip(other).all(|(one, other)| (one - other).abs() <= SAME)
}

/// Finds Separation spaces (ISO 32000-1, 8.6.6.4).
fn read(doc: &Document, object: &Object, found: &mut Vec<SpotColour>, depth: usize) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    if let Object::Array(parts) = object {
        if let [family, name, alternate, tint, ..] = parts.as_slice()
            && name_of(family) == Some(b"Separation")
            && let Some(name) = resolved(doc, name).and_then(name_of)
        {
            let components = Space::read(doc, alternate, None).components();
            let spot = SpotColour { name: read_name(name).into_owned(), look: solid(doc, tint, components) };
            if process_inks::is_spot(&spot.name) && !found.contains(&spot) {
                found.push(spot);
            }
            return;
        }
        for part in parts {
            read(doc, part, found, depth + 1);
        }
    } else if let Some(dictionary) = dictionary_of(object) {
        for (_, value) in dictionary {
            read(doc, value, found, depth + 1);
        }
    }
}

/// What a tint transformation makes of a solid ink: the end of an exponential function, of others nothing is known.
fn solid(doc: &Document, tint: &Object, components: usize) -> Option<Vec<f64>> {
    let function = resolved(doc, tint).and_then(dictionary_of)?;
    let end = numbers(doc, array(doc, function, b"C1"));
    (end.len() == components && components > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_ink_are_one() {
        for name in ["DIC 156", "DIC156", "dic-156", "ＤＩＣ　１５６"] {
            assert_eq!(plain(name), "dic156", "{name}");
        }
        assert_ne!(plain("DIC 156"), plain("DIC 157"));
    }
}
