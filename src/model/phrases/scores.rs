//! The scores of the model of phrases, added up.
//!
//! In: characters and a place between two of them. Out: whether a phrase begins there. The model is a sum over single characters,
//! pairs and triples around the place; a phrase begins where it is more than half of the sum over all of the model (`BudouX`).

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

const MODEL: &str = include_str!("budoux/ja.json");

/// A run of characters near the place that has a score: its name in the model, where it begins, how many it is of.
struct Feature {
    name: &'static str,
    from: isize,
    count: usize,
}

const fn feature(name: &'static str, from: isize, count: usize) -> Feature {
    Feature { name, from, count }
}

static FEATURES: [Feature; 13] = [
    feature("UW1", -3, 1),
    feature("UW2", -2, 1),
    feature("UW3", -1, 1),
    feature("UW4", 0, 1),
    feature("UW5", 1, 1),
    feature("UW6", 2, 1),
    feature("BW1", -2, 2),
    feature("BW2", -1, 2),
    feature("BW3", 0, 2),
    feature("TW1", -3, 3),
    feature("TW2", -2, 3),
    feature("TW3", -1, 3),
    feature("TW4", 0, 3),
];

type ScoreMap = HashMap<u64, i64, FxBuildHasher>;

/// The scores of runs of characters, by feature; a run of three characters at most is one number: every name on every sheet is
/// looked up some hundred times.
struct Scores {
    of: Vec<ScoreMap>,
    sum: i64,
}

static SCORES: LazyLock<Scores> = LazyLock::new(|| {
    let mut model: HashMap<String, HashMap<String, i64>> =
        serde_json::from_str(MODEL).expect("the model that comes with sasshi is read by its tests");
    let of: Vec<ScoreMap> = FEATURES
        .iter()
        .map(|feature| model.remove(feature.name).unwrap_or_default())
        .map(|scores| scores.into_iter().map(|(run, score)| (packed(run.chars()), score)).collect())
        .collect();
    let sum = of.iter().flat_map(ScoreMap::values).sum();
    Scores { of, sum }
});

/// Three characters at most as one number: a character takes 21 bits.
fn packed(run: impl Iterator<Item = char>) -> u64 {
    run.fold(0, |packed, character| packed << 21 | u64::from(u32::from(character)))
}

/// Whether a phrase begins at `place` of `characters`.
pub(super) fn is_boundary(characters: &[char], place: usize) -> bool {
    score(characters, place) > 0
}

/// How much speaks for a phrase that begins at `place`: more than 0 if it does.
pub(super) fn score(characters: &[char], place: usize) -> i64 {
    let mut score = 0;
    for (feature, scores) in FEATURES.iter().zip(&SCORES.of) {
        let Some(start) = place.checked_add_signed(feature.from) else { continue };
        if let Some(run) = characters.get(start..start + feature.count) {
            score += scores.get(&packed(run.iter().copied())).copied().unwrap_or_default();
        }
    }
    2 * score - SCORES.sum
}
