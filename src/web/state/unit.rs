//! The rows of units with all their versions, and how far each unit has come.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::store::{State, StateError, log};
use crate::web::draft::Draft;

/// How far a unit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Stage {
    /// Nothing was done.
    #[default]
    Untouched,
    /// It is being edited.
    Draft,
    /// It was handed in, and waits for the city.
    Submitted,
    /// The city gave it back.
    Returned,
    /// The city took it over.
    Accepted,
}

impl Stage {
    const ALL: &'static [(&'static str, Self)] = &[
        ("untouched", Self::Untouched),
        ("draft", Self::Draft),
        ("submitted", Self::Submitted),
        ("returned", Self::Returned),
        ("accepted", Self::Accepted),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, stage)| *stage == self).map_or("", |(name, _)| name)
    }

    fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(known, _)| *known == name).map_or(Self::Untouched, |(_, stage)| *stage)
    }

    /// Whether staff may change the rows.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Submitted
    }
}

/// What is known of a unit.
#[derive(Debug, Clone)]
pub struct UnitState {
    /// The unit.
    pub unit: String,
    /// The number of the newest version of its rows.
    pub number: i64,
    /// How far it has come.
    pub stage: Stage,
    /// The newest rows.
    pub draft: Draft,
    /// The rows of the sources when editing began.
    pub base: Draft,
    /// Who saved last; may be empty.
    pub author: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// What the city said when it gave the rows back.
    pub remark: String,
    /// Whether there is a step to take back, and one to do again.
    pub can_undo: bool,
    /// Whether a step that was taken back can be done again.
    pub can_redo: bool,
}

/// One version of a unit's rows.
#[derive(Debug, Clone)]
pub struct Version {
    /// The rows.
    pub draft: Draft,
    /// Who saved them; may be empty.
    pub author: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// Rows to be saved.
#[derive(Debug)]
pub struct Save<'a> {
    /// The unit.
    pub unit: &'a str,
    /// The version that was edited; 0 for the rows of the sources.
    pub from: i64,
    /// The rows.
    pub draft: &'a Draft,
    /// The rows of the sources.
    pub base: &'a Draft,
    /// Who.
    pub author: &'a str,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// A way through the steps of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionStep {
    /// To the version before.
    Undo,
    /// To the version that was taken back.
    Redo,
}

impl State {
    /// What is known of `unit`; none if nothing was done.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn unit(&self, unit: &str) -> Result<Option<UnitState>, StateError> {
        unit_of(&self.lock(), unit)
    }

    /// What is known of all units of which something is.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn units(&self) -> Result<Vec<UnitState>, StateError> {
        let connection = self.lock();
        let mut names = connection.prepare_cached("SELECT unit FROM unit ORDER BY unit")?;
        let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let known = names.iter().map(|name| unit_of(&connection, name));
        Ok(known.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// One version of a unit's rows.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn version(&self, unit: &str, number: i64) -> Result<Option<Version>, StateError> {
        version_of(&self.lock(), unit, number)
    }

    /// Saves rows as a new version; its number. Rows that say what the newest version says are none.
    ///
    /// # Errors
    /// [`StateError::Stale`] when somebody saved since the version that was edited, [`StateError::Locked`] when the rows
    /// were handed in.
    pub fn save(&self, save: &Save<'_>) -> Result<i64, StateError> {
        self.write(|transaction| {
            let known = unit_of(transaction, save.unit)?;
            let number = known.as_ref().map_or(0, |known| known.number);
            if known.as_ref().is_some_and(|known| !known.stage.is_open()) {
                return Err(StateError::Locked);
            }
            if number != save.from {
                return Err(StateError::Stale);
            }
            let before = known.as_ref().map_or(save.base, |known| &known.draft);
            if before == save.draft {
                return Ok(number);
            }
            if known.is_none() {
                // the rows of the sources are what the first step goes back to
                insert(transaction, save, 0, save.base, (None, None))?;
            }
            insert(transaction, save, number + 1, save.draft, (Some(number), None))?;
            point(transaction, save, number + 1)?;
            Ok(number + 1)
        })
    }

    /// Goes one step back or on; the number of the new version, or none if there is no such step.
    ///
    /// # Errors
    /// As [`State::save`] has them.
    pub fn step(&self, unit: &str, step: SubmissionStep, at: i64) -> Result<Option<i64>, StateError> {
        self.write(|transaction| {
            let Some(known) = unit_of(transaction, unit)? else { return Ok(None) };
            if !known.stage.is_open() {
                return Err(StateError::Locked);
            }
            let steps = |number: i64| -> Result<(Option<i64>, Option<i64>), rusqlite::Error> {
                let sql = "SELECT undo, redo FROM version WHERE unit = ?1 AND number = ?2";
                transaction.query_row(sql, params![unit, number], |row| Ok((row.get(0)?, row.get(1)?)))
            };
            let (undo, redo) = steps(known.number)?;
            let target = match step {
                SubmissionStep::Undo => undo,
                SubmissionStep::Redo => redo,
            };
            let Some(target) = target else { return Ok(None) };
            let Some(version) = version_of(transaction, unit, target)? else { return Ok(None) };
            let (before, after) = steps(target)?;
            let links = match step {
                SubmissionStep::Undo => (before, Some(known.number)),
                SubmissionStep::Redo => (Some(known.number), after),
            };
            let author = known.author.as_str();
            let save =
                Save { unit, from: known.number, draft: &version.draft, base: &known.base, author, at };
            insert(transaction, &save, known.number + 1, &version.draft, links)?;
            point(transaction, &save, known.number + 1)?;
            Ok(Some(known.number + 1))
        })
    }

    /// Moves a unit to another stage, if its newest version is `number` and its stage one of `from`; whether it was.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn advance(
        &self,
        (unit, number): (&str, i64),
        from: &[Stage],
        to: Stage,
        (remark, at): (&str, i64),
    ) -> Result<bool, StateError> {
        self.write(|transaction| {
            let Some(known) = unit_of(transaction, unit)? else { return Ok(false) };
            if known.number != number || !from.contains(&known.stage) {
                return Ok(false);
            }
            let sql = "UPDATE unit SET stage = ?2, remark = ?3, at = ?4 WHERE unit = ?1";
            transaction.execute(sql, params![unit, to.name(), remark, at])?;
            log(transaction, unit, to.name(), "", at)?;
            Ok(true)
        })
    }

    /// Hands the rows in as they are; rows of a unit of which nothing is known yet are those of the sources.
    ///
    /// # Errors
    /// As [`State::save`] has them.
    pub fn submit(&self, save: &Save<'_>) -> Result<(), StateError> {
        self.write(|transaction| {
            let known = unit_of(transaction, save.unit)?;
            if known.as_ref().is_some_and(|known| !known.stage.is_open()) {
                return Err(StateError::Locked);
            }
            if known.as_ref().map_or(0, |known| known.number) != save.from {
                return Err(StateError::Stale);
            }
            if known.is_none() {
                insert(transaction, save, 0, save.draft, (None, None))?;
                point(transaction, save, 0)?;
            }
            let sql =
                "UPDATE unit SET stage = 'submitted', remark = '', author = ?2, at = ?3 WHERE unit = ?1";
            transaction.execute(sql, params![save.unit, save.author, save.at])?;
            log(transaction, save.unit, "submitted", &save.from.to_string(), save.at)
        })
    }
}

pub(super) fn unit_of(connection: &Connection, unit: &str) -> Result<Option<UnitState>, StateError> {
    let sql = "SELECT unit.number, stage, base, unit.author, unit.at, remark, rows, undo, redo FROM unit
               JOIN version ON version.unit = unit.unit AND version.number = unit.number WHERE unit.unit = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([unit])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let text = |column: usize| row.get::<_, String>(column);
    let step = |column: usize| row.get::<_, Option<i64>>(column).map(|step| step.is_some());
    Ok(Some(UnitState {
        unit: unit.to_owned(),
        number: row.get(0)?,
        stage: Stage::named(&text(1)?),
        base: serde_json::from_str(&text(2)?)?,
        author: text(3)?,
        at: row.get(4)?,
        remark: text(5)?,
        draft: serde_json::from_str(&text(6)?)?,
        can_undo: step(7)?,
        can_redo: step(8)?,
    }))
}

fn version_of(connection: &Connection, unit: &str, number: i64) -> Result<Option<Version>, StateError> {
    let sql = "SELECT rows, author, at FROM version WHERE unit = ?1 AND number = ?2";
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?));
    let found = connection.query_row(sql, params![unit, number], read).optional()?;
    let Some((rows, author, at)) = found else { return Ok(None) };
    Ok(Some(Version { draft: serde_json::from_str(&rows)?, author, at }))
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    save: &Save<'_>,
    number: i64,
    draft: &Draft,
    (undo, redo): (Option<i64>, Option<i64>),
) -> Result<(), StateError> {
    let sql = "INSERT OR REPLACE INTO version VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let rows = serde_json::to_string(draft)?;
    transaction.execute(sql, params![save.unit, number, rows, save.author, save.at, undo, redo])?;
    Ok(())
}

/// Makes `number` the newest version of the unit, which is a draft then.
fn point(transaction: &Transaction<'_>, save: &Save<'_>, number: i64) -> Result<(), StateError> {
    let sql = "INSERT INTO unit VALUES (?1, ?2, 'draft', ?3, ?4, ?5, '')
               ON CONFLICT (unit) DO UPDATE SET number = ?2, author = ?4, at = ?5,
               base = CASE stage WHEN 'accepted' THEN ?3 ELSE base END,
               stage = CASE stage WHEN 'returned' THEN 'returned' ELSE 'draft' END";
    let base = serde_json::to_string(save.base)?;
    transaction.execute(sql, params![save.unit, number, base, save.author, save.at])?;
    log(transaction, save.unit, "save", &number.to_string(), save.at)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::web::draft::{CellKey, DraftRow, DraftTable};

    pub(in crate::web::state) fn draft(words: &str) -> Draft {
        let row = DraftRow { id: 1, cells: vec![words.to_owned()] };
        Draft { tables: vec![DraftTable { rows: vec![row], ..DraftTable::default() }] }
    }

    pub(in crate::web::state) fn save(state: &State, from: i64, words: &str) -> Result<i64, StateError> {
        let (rows, base) = (draft(words), draft("base"));
        state.save(&Save { unit: "西区", from, draft: &rows, base: &base, author: "", at: 100 })
    }

    pub(in crate::web::state) fn hand_in(state: &State, from: i64) {
        let (rows, base) = (draft("one"), draft("base"));
        let submit = Save { unit: "西区", from, draft: &rows, base: &base, author: "佐藤", at: 102 };
        state.submit(&submit).expect("handed in");
    }

    fn words(state: &State) -> String {
        let known = state.unit("西区").expect("read").expect("known");
        known.draft.cell(CellKey { table: 0, row: 1, column: 0 }).expect("a cell").to_owned()
    }

    #[test]
    fn steps_go_back_to_the_sources_and_on_again() {
        let state = State::in_memory().expect("memory");
        assert_eq!(save(&state, 0, "one").expect("saved"), 1);
        assert_eq!(save(&state, 1, "two").expect("saved"), 2);
        assert_eq!(save(&state, 2, "two").expect("the same"), 2, "nothing changed, no version");
        assert!(matches!(save(&state, 1, "late"), Err(StateError::Stale)));
        for (step, wanted) in [
            (SubmissionStep::Undo, "one"),
            (SubmissionStep::Undo, "base"),
            (SubmissionStep::Undo, "base"),
            (SubmissionStep::Redo, "one"),
            (SubmissionStep::Redo, "two"),
            (SubmissionStep::Redo, "two"),
            (SubmissionStep::Undo, "one"),
        ] {
            state.step("西区", step, 101).expect("a step");
            assert_eq!(words(&state), wanted, "{step:?}");
        }
    }

    #[test]
    fn what_was_handed_in_is_not_changed() {
        let state = State::in_memory().expect("memory");
        let number = save(&state, 0, "one").expect("saved");
        hand_in(&state, number);
        assert!(matches!(save(&state, number, "two"), Err(StateError::Locked)));
        state.advance(("西区", number), &[Stage::Submitted], Stage::Returned, ("?", 103)).expect("returned");
        state.forget(50).expect("nothing is that old");
        assert!(state.unit("西区").expect("read").is_some());
        state.forget(200).expect("forgotten");
        assert!(state.unit("西区").expect("read").is_none());
    }
}
