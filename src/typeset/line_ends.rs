//! Where lines of a job's words may end, as small files of the world.
//!
//! In: the text of `data.json`. Out: its `phrases`, `unbroken` and `ragged`, parted among files. The engine notes which files a page
//! was made with: a page whose words did not change is not set again when other words of the job do. A template that held the
//! whole list would be another with each edit, and so would all that it says.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;

/// Folder of the files as the world has it.
const FOLDER: &str = "line-ends/";

/// How many files there are. The engine never frees a path and has room for 65,535, so that not each string can have its own; of a
/// thousand strings of a booklet few share one.
pub(super) const FILES: usize = 2048;

/// What is said of lines: of all words of a job, or of those of one file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub phrases: BTreeMap<String, Vec<u8>>,
    pub unbroken: BTreeMap<String, Vec<i64>>,
    pub ragged: BTreeSet<usize>,
}

/// The files of a job, by their numbers; one that says nothing is none of them.
#[derive(Debug, Default)]
pub(super) struct LineEnds(HashMap<usize, Bytes>);

impl LineEnds {
    /// Those of `data.json`; none of what is no such file.
    pub(super) fn of(data: &[u8]) -> Self {
        let Said { phrases, unbroken, ragged } = serde_json::from_slice(data).unwrap_or_default();
        let mut files: HashMap<usize, Said> = HashMap::new();
        for (words, keeps) in phrases {
            files.entry(number(&words)).or_default().phrases.insert(words, keeps);
        }
        for (words, places) in unbroken {
            files.entry(number(&words)).or_default().unbroken.insert(words, places);
        }
        for origin in ragged {
            files.entry(number_of_origin(origin)).or_default().ragged.insert(origin);
        }
        let file = |said: &Said| Bytes::new(serde_json::to_vec(said).expect("the keys of it are texts"));
        Self(files.iter().map(|(number, said)| (*number, file(said))).collect())
    }

    /// The file of a number.
    pub(super) fn file(&self, number: usize) -> Bytes {
        self.0.get(&number).cloned().unwrap_or_else(|| Bytes::new([]))
    }
}

/// The number of the file at `path` of the world, if it is one of these.
pub(super) fn number_at(path: &str) -> Option<usize> {
    path.strip_prefix(FOLDER)?.parse().ok().filter(|number| *number < FILES)
}

/// The path of the file of a number.
pub(super) fn path(number: usize) -> String {
    format!("/{FOLDER}{number}")
}

/// The number of the file that says something of `words`.
pub(super) fn number(words: &str) -> usize {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    usize::try_from(hasher.finish() % FILES as u64).unwrap_or_default()
}

/// The number of the file that says something of the paragraph of an origin.
pub(super) fn number_of_origin(origin: usize) -> usize {
    origin % FILES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(data: &serde_json::Value) -> LineEnds {
        LineEnds::of(data.to_string().as_bytes())
    }

    fn said_of(ends: &LineEnds, number: usize) -> Said {
        serde_json::from_slice(&ends.file(number)).expect("a file that says something")
    }

    #[test]
    fn each_string_is_found_in_its_own_file() {
        let ends = ends(&serde_json::json!({
            "contract": 2, "phrases": {"市民と行政": [0, 3, 3, 0, 5, 0]}, "unbroken": {"西区の会です。": [3, 12]}, "ragged": [17, 4100],
        }));
        assert_eq!(said_of(&ends, number("市民と行政")).phrases["市民と行政"], [0, 3, 3, 0, 5, 0]);
        assert_eq!(said_of(&ends, number("西区の会です。")).unbroken["西区の会です。"], [3, 12]);
        assert!(said_of(&ends, number_of_origin(4100)).ragged.contains(&4100));
        assert_eq!(ends.0.len(), 4);
    }

    #[test]
    fn an_edit_leaves_the_files_of_other_words_as_they_are() {
        let before = ends(&serde_json::json!({"phrases": {"市民と行政": [0, 3], "鶴見区": [0, 1]}}));
        let after = ends(&serde_json::json!({"phrases": {"市民と行政": [0, 3], "鶴見区民": [0, 2]}}));
        let kept = number("市民と行政");
        assert_eq!(before.file(kept), after.file(kept));
        assert!(after.file(number("鶴見区")).is_empty());
    }

    #[test]
    fn only_paths_of_the_folder_are_files() {
        assert_eq!(number_at("line-ends/7"), Some(7));
        assert_eq!(
            [number_at("line-ends/2048"), number_at("line-ends/x"), number_at("data.json")],
            [None; 3]
        );
    }
}
