//! Whether a piece landed: looks for its words in what the pages show.
//!
//! In: [`Pieces`] and [`Landed`]. Out: for each piece, nothing or the first of its words that is not there. Compared are
//! code points as they are, without any normalisation; white space is passed over, and hyphens that the engine put at line
//! ends too.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use crate::model::piece::{Landed, Piece, PieceKind, Pieces, Run};
use crate::model::unseen;

/// What became of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is on the pages.
    Landed(Proof),
    /// It is not; these of its words are missing.
    Lost(String),
    /// The template says that another file of the publication shows it.
    Elsewhere,
    /// The template says that it is left out.
    LeftOut,
}

/// How sure it is that what was found is the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// It stands within its own mark.
    Marked,
    /// The same words stand around it or outside of all marks; short ones may be somebody else's.
    Words,
}

/// What the pages show, by origin.
pub struct Landings<'l> {
    landed: &'l Landed,
    /// For each number of the data, what holds it.
    holders: Vec<Option<usize>>,
    /// The text within all marks of an origin, without white space.
    by_origin: HashMap<usize, String, FxBuildHasher>,
    unmarked: String,
}

impl<'l> Landings<'l> {
    /// Sorts what landed by the origins of `pieces`.
    #[must_use]
    pub fn new(pieces: &'l Pieces, landed: &'l Landed) -> Self {
        let mut by_origin: HashMap<usize, String, FxBuildHasher> = HashMap::default();
        for mark in &landed.marks {
            push_solid(by_origin.entry(mark.origin).or_default(), &mark.text);
        }
        let mut unmarked = String::new();
        push_solid(&mut unmarked, &landed.unmarked);
        Self { landed, holders: holders(&pieces.ends), by_origin, unmarked }
    }

    /// What became of `piece`.
    #[must_use]
    pub fn fate(&self, piece: &Piece) -> Fate {
        let found = match &piece.kind {
            PieceKind::Picture(path) if self.landed.pictures.contains(path) => Ok(Proof::Marked),
            PieceKind::Picture(path) => Err(path.clone()),
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Option(_)
            | PieceKind::Manifest(_)
            | PieceKind::Cell(_) => self.find(piece),
        };
        match found {
            Ok(proof) => Fate::Landed(proof),
            // without its ruby in the title of the document, or at the margin
            Err(_) if self.is_said_plainly(piece) => Fate::Landed(Proof::Words),
            Err(_) if self.is_left_out(piece) => Fate::LeftOut,
            Err(_) if self.is_inside(&self.landed.elsewhere, piece.origin) => Fate::Elsewhere,
            Err(words) => Fate::Lost(words),
        }
    }

    /// Whether the words of a value of the manifest, without readings, are in the title of the document or outside of all
    /// marks.
    fn is_said_plainly(&self, piece: &Piece) -> bool {
        if !matches!(piece.kind, PieceKind::Manifest(_)) {
            return false;
        }
        let (mut words, mut title) = (String::new(), String::new());
        push_solid(&mut words, &piece.words());
        push_solid(&mut title, &self.landed.title);
        title.contains(&words) || self.unmarked.contains(&words)
    }

    /// Looks for a piece within its own marks, then those around it, then what stands outside of all marks; if it is
    /// nowhere, the words that are missing.
    fn find(&self, piece: &Piece) -> Result<Proof, String> {
        let mut missing = String::new();
        if let Some(own) = self.by_origin.get(&piece.origin) {
            match missing_of(piece, own) {
                None => return Ok(Proof::Marked),
                Some(words) => missing = words,
            }
        }
        for text in self.around(piece.origin).chain([self.unmarked.as_str()]) {
            match missing_of(piece, text) {
                None => return Ok(Proof::Words),
                Some(words) if missing.is_empty() => missing = words,
                Some(_) => {}
            }
        }
        Err(missing)
    }

    /// The texts within marks of what holds `origin`, inner before outer.
    fn around(&self, origin: usize) -> impl Iterator<Item = &str> {
        self.holders_of(origin).filter_map(|holder| self.by_origin.get(&holder)).map(String::as_str)
    }

    /// What holds `origin`, inner before outer.
    fn holders_of(&self, origin: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.holder(origin), |inner| self.holder(*inner))
    }

    fn holder(&self, origin: usize) -> Option<usize> {
        self.holders.get(origin).copied().flatten()
    }

    fn is_left_out(&self, piece: &Piece) -> bool {
        let key = match &piece.kind {
            PieceKind::Attribute(key) | PieceKind::FrontMatter(key) => Some(key.as_str()),
            PieceKind::Title => Some("title"),
            PieceKind::Words
            | PieceKind::Option(_)
            | PieceKind::Manifest(_)
            | PieceKind::Picture(_)
            | PieceKind::Cell(_) => None,
        };
        let left_out = |key: &str| self.landed.keys_left_out.contains(&(piece.origin, key.to_owned()));
        key.is_some_and(left_out) || self.is_inside(&self.landed.left_out, piece.origin)
    }

    /// Whether `origin` is one of `outer`, or inside one.
    fn is_inside(&self, outer: &BTreeSet<usize>, origin: usize) -> bool {
        outer.contains(&origin) || self.holders_of(origin).any(|holder| outer.contains(&holder))
    }
}

/// For each number, the innermost one that it is inside of. A list of a million cells asks this of each.
fn holders(ends: &[usize]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut holders = Vec::with_capacity(ends.len());
    for (origin, end) in ends.iter().enumerate() {
        while open.last().is_some_and(|last| ends[*last] <= origin) {
            open.pop();
        }
        holders.push(open.last().copied());
        if *end > origin + 1 {
            open.push(origin);
        }
    }
    holders
}

/// The first words of `piece` that are not in `text`, by the way of printing it that comes furthest.
fn missing_of(piece: &Piece, text: &str) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for form in &piece.forms {
        let Err((at, words)) = follow(form, text) else { return None };
        // a template may set a table by its columns: each of its words must still be there
        if form.len() > 1 && form.iter().all(|run| find(run, text).is_some()) {
            return None;
        }
        if best.as_ref().is_none_or(|(furthest, _)| at > *furthest) {
            best = Some((at, words));
        }
    }
    best.map(|(_, words)| words)
}

/// Follows `runs` through `text` in their order; the index of the first that is not there, and its words.
fn follow(runs: &[Run], text: &str) -> Result<(), (usize, String)> {
    let mut rest = text;
    for (index, run) in runs.iter().enumerate() {
        let Some(end) = find(run, rest) else {
            return Err((index, missing_words(run, rest)));
        };
        rest = &rest[end..];
    }
    Ok(())
}

fn missing_words(run: &Run, text: &str) -> String {
    match run {
        Run::Words(words) => words.clone(),
        Run::Ruby { base, reading } if find_words(base, text).is_some() => reading.clone(),
        Run::Ruby { base, .. } => base.clone(),
    }
}

/// Where `run` ends in `text`.
fn find(run: &Run, text: &str) -> Option<usize> {
    match run {
        Run::Words(words) => find_words(words, text),
        // the reading stands before or behind its base in the frame
        Run::Ruby { base, reading } => Some(find_words(base, text)?.max(find_words(reading, text)?)),
    }
}

/// Where `words` end in `text`, which has no white space.
fn find_words(words: &str, text: &str) -> Option<usize> {
    let solid = solid(words);
    if let Some(at) = text.find(&*solid) {
        return Some(at + solid.len());
    }
    if !text.contains(HYPHENS) {
        return None;
    }
    text.char_indices().find_map(|(at, _)| end_of_hyphenated(&solid, &text[at..]).map(|end| at + end))
}

/// Hyphens that a line end may bring.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// Where `words` end at the beginning of `text`, hyphens that only the text has passed over.
fn end_of_hyphenated(words: &str, text: &str) -> Option<usize> {
    let mut wanted = words.chars().peekable();
    for (at, character) in text.char_indices() {
        match wanted.peek() {
            None => return Some(at),
            Some(next) if *next == character => drop(wanted.next()),
            Some(_) if HYPHENS.contains(&character) && at > 0 => {}
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

/// Adds `words` without white space and without marks that only say where a line may end.
fn push_solid(solid: &mut String, words: &str) {
    if !unseen::may_have_gaps(words.as_bytes()) {
        solid.push_str(words);
        return;
    }
    let is_seen = |character: &char| !character.is_whitespace() && !unseen::steers_lines(*character);
    solid.extend(words.chars().filter(is_seen));
}

/// `words` without them.
fn solid(words: &str) -> Cow<'_, str> {
    if !unseen::may_have_gaps(words.as_bytes()) {
        return Cow::Borrowed(words);
    }
    let mut solid = String::with_capacity(words.len());
    push_solid(&mut solid, words);
    Cow::Owned(solid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::piece::LandedMark;

    fn piece(origin: usize, forms: &[&[&str]]) -> Piece {
        let form = |runs: &&[&str]| runs.iter().map(|run| Run::Words((*run).to_owned())).collect();
        Piece { origin, place: origin, kind: PieceKind::Words, forms: forms.iter().map(form).collect() }
    }

    fn landed(marks: &[(usize, &str)], unmarked: &str) -> Landed {
        let mark = |(origin, text): &(usize, &str)| LandedMark { origin: *origin, text: (*text).to_owned() };
        Landed { marks: marks.iter().map(mark).collect(), unmarked: unmarked.to_owned(), ..Landed::default() }
    }

    fn fate(piece: &Piece, landed: &Landed) -> Fate {
        // 0 holds 1 and 2; 3 stands beside it
        let pieces = Pieces { ends: vec![3, 2, 3, 4], ..Pieces::default() };
        Landings::new(&pieces, landed).fate(piece)
    }

    const MARKED: Fate = Fate::Landed(Proof::Marked);

    #[test]
    fn a_number_is_held_by_the_innermost_around_it() {
        // 0 holds 1 to 4, 2 holds 3; 5 stands beside; a leaf says nothing of its end
        assert_eq!(holders(&[5, 2, 4, 0, 0, 6]), [None, Some(0), Some(0), Some(2), Some(0), None]);
        assert_eq!(holders(&[]), []);
    }

    #[test]
    fn words_land_within_their_mark_in_parts_or_around_it_or_without_one() {
        let words = piece(1, &[&["声を", "力に"]]);
        assert_eq!(fate(&words, &landed(&[(1, "声　を※1力に。")], "")), MARKED);
        assert_eq!(fate(&words, &landed(&[(1, "声を"), (2, "ほか"), (1, "力に")], "")), MARKED);
        assert_eq!(fate(&words, &landed(&[(0, "題声を力に")], "")), Fate::Landed(Proof::Words));
        assert_eq!(fate(&words, &landed(&[], "目次 声を力に")), Fate::Landed(Proof::Words));
    }

    #[test]
    fn marks_that_steer_lines_need_not_land() {
        let words = piece(1, &[&["声\u{2060}を\u{200B}力\u{AD}に"]]);
        assert_eq!(fate(&words, &landed(&[(1, "声を力に")], "")), MARKED);
    }

    #[test]
    fn words_of_others_are_not_taken_for_ones_own() {
        let words = piece(1, &[&["声を力に"]]);
        assert_eq!(fate(&words, &landed(&[(3, "声を力に")], "")), Fate::Lost("声を力に".to_owned()));
        assert_eq!(fate(&words, &landed(&[(1, "声を力")], "に")), Fate::Lost("声を力に".to_owned()));
        let rest = piece(1, &[&["声を", "力に"]]);
        assert_eq!(fate(&rest, &landed(&[(1, "声を")], "")), Fate::Lost("力に".to_owned()));
    }

    #[test]
    fn a_cell_lands_in_one_of_its_forms() {
        let cell = piece(1, &[&["横浜市中区港町1-1 ビル"], &["中区港町1-1", "ビル"]]);
        assert_eq!(fate(&cell, &landed(&[(1, "中区港町1-1"), (1, "ビル")], "")), MARKED);
        assert_eq!(fate(&cell, &landed(&[(1, "中区港町1-1")], "")), Fate::Lost("ビル".to_owned()));
    }

    #[test]
    fn code_points_count_as_they_are() {
        let compatible = piece(1, &[&["\u{FA19}"]]);
        assert_eq!(fate(&compatible, &landed(&[(1, "神")], "")), Fate::Lost("\u{FA19}".to_owned()));
        let selector = piece(1, &[&["葛\u{E0100}"]]);
        assert_eq!(fate(&selector, &landed(&[(1, "葛")], "")), Fate::Lost("葛\u{E0100}".to_owned()));
    }

    #[test]
    fn hyphens_of_line_ends_are_passed_over_and_those_of_the_text_are_not() {
        let words = piece(1, &[&["collaboration"]]);
        assert_eq!(fate(&words, &landed(&[(1, "of collab-oration")], "")), MARKED);
        let number = piece(1, &[&["045-671"]]);
        assert_eq!(fate(&number, &landed(&[(1, "045671")], "")), Fate::Lost("045-671".to_owned()));
    }

    #[test]
    fn a_reading_must_land_too() {
        let mut words = piece(1, &[]);
        words.forms =
            vec![vec![Run::Ruby { base: "協働".to_owned(), reading: "きょうどう".to_owned() }]];
        assert_eq!(fate(&words, &landed(&[(1, "協働きょうどう")], "")), MARKED);
        assert_eq!(fate(&words, &landed(&[(1, "協働")], "")), Fate::Lost("きょうどう".to_owned()));
    }

    #[test]
    fn what_a_template_leaves_out_is_no_loss_with_all_that_is_inside() {
        let inner = piece(2, &[&["注"]]);
        let mut pages = landed(&[], "");
        pages.elsewhere.insert(0);
        assert_eq!(fate(&inner, &pages), Fate::Elsewhere);
        pages.left_out.insert(0);
        assert_eq!(fate(&inner, &pages), Fate::LeftOut);
        assert_eq!(fate(&piece(3, &[&["注"]]), &pages), Fate::Lost("注".to_owned()));
    }
}
