//! `--only`: the units that are asked for, by whatever a person calls them.
//!
//! In: the words of the command line, one or several in each, parted by commas. Out: names of units; a word that is no
//! unit's, or several units', is a finding.

use std::collections::BTreeSet;

use super::join::Join;
use crate::diagnostic::{Code, Diagnostic, Outcome, Suggestion};
use crate::model::unit::Unit;
use crate::model::width;
use crate::say;

/// A unit with all that it answers to: its name first, then code and Latin name.
type Names = (String, Vec<String>);

/// The names of the units that `wanted` asks for.
pub(super) fn units(join: &Join<'_>, unit: &Unit, wanted: &[String]) -> Outcome<BTreeSet<String>> {
    let mut diagnostics = Vec::new();
    let mut units = BTreeSet::new();
    let known = if wanted.is_empty() { Vec::new() } else { join.ward_names() };
    for words in wanted {
        // a name may hold a comma
        let whole = exact(words, &known);
        let parts: Vec<&str> = match whole {
            Some(_) => vec![words.as_str()],
            None => words.split([',', '、', '，']).map(str::trim).filter(|word| !word.is_empty()).collect(),
        };
        for word in parts {
            match find(word, &known, unit) {
                Ok(name) => _ = units.insert(name),
                Err(finding) => diagnostics.push(*finding),
            }
        }
        if words.split([',', '、', '，']).all(|word| word.trim().is_empty()) {
            diagnostics.push(*unknown(words, &known, unit));
        }
    }
    Outcome { value: units, diagnostics }
}

fn plain(word: &str) -> String {
    width::fold(word).trim().to_lowercase()
}

fn exact(word: &str, known: &[Names]) -> Option<String> {
    let wanted = plain(word);
    let is_it = |(_, names): &&Names| names.iter().any(|name| plain(name) == wanted);
    known.iter().find(is_it).map(|(name, _)| name.clone())
}

/// The unit called `word`, with or without 区 behind it, or the one of whose name it is a part.
fn find(word: &str, known: &[Names], unit: &Unit) -> Result<String, Box<Diagnostic>> {
    let with_unit = format!("{word}{}", unit.ja());
    if let Some(name) = exact(word, known).or_else(|| exact(&with_unit, known)) {
        return Ok(name);
    }
    let wanted = plain(word);
    let holds = |(_, names): &&Names| names.iter().any(|name| plain(name).contains(&wanted));
    let found: Vec<&str> = known.iter().filter(holds).map(|(name, _)| name.as_str()).collect();
    match found[..] {
        [] => Err(unknown(word, known, unit)),
        [only] => Ok(only.to_owned()),
        _ => {
            let (ja, en) = (found.join("・"), found.join(", "));
            let finding = Diagnostic::error(
                Code::OnlyUnknown,
                say!(
                    "「{word}」だけでは、{ja}のどれか分かりません。",
                    "\"{word}\" is a part of several names: {en}."
                ),
            );
            Err(Box::new(finding.hint(say!(
                "1つに決まるところまで書いてください。いくつかなら「,」でつなぎます。",
                "Write as much as tells them apart; several are parted by commas."
            ))))
        }
    }
}

fn unknown(word: &str, known: &[Names], unit: &Unit) -> Box<Diagnostic> {
    let (ja, en) = (unit.ja(), unit.en());
    let diagnostic = Diagnostic::error(
        Code::OnlyUnknown,
        say!("「{word}」という{ja}はありません。", "There is no {en} \"{word}\"."),
    );
    let names = known.iter().flat_map(|(_, names)| names).map(String::as_str);
    Box::new(diagnostic.suggest(Suggestion::of(word, names)))
}
