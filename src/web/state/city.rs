//! What the city decides: the deadline, and acceptances that can still be taken back.

use rusqlite::{OptionalExtension, params};

use super::store::{State, StateError, log};
use super::unit::{Save, Stage, UnitState, insert, unit_of};
use crate::web::draft::Draft;

/// Rows that the city took over, as long as that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The rows of the sources before.
    pub before: Draft,
    /// The rows that were accepted, under the numbers of those before.
    pub accepted: Draft,
    /// When they were handed in, in seconds since 1970.
    pub handed_in: i64,
}

impl State {
    /// Marks the rows of version `number`, which were handed in, as accepted: `rows`, as the sources have them now, are the
    /// newest version and what later changes are counted from.
    ///
    /// # Errors
    /// [`StateError::Stale`] when that version was not handed in.
    pub fn accept(
        &self,
        (unit, number): (&str, i64),
        rows: &Draft,
        acceptance: &Acceptance,
        at: i64,
    ) -> Result<(), StateError> {
        self.write(|transaction| {
            let known = unit_of(transaction, unit)?;
            let is_it = |known: &UnitState| known.number == number && known.stage == Stage::Submitted;
            let known = known.filter(is_it).ok_or(StateError::Stale)?;
            let author = known.author.as_str();
            let save = Save { unit, from: number, draft: rows, base: rows, author, at };
            insert(transaction, &save, number + 1, rows, (None, None))?;
            let sql = "UPDATE unit SET number = ?2, stage = 'accepted', base = ?3, at = ?4 WHERE unit = ?1";
            transaction.execute(sql, params![unit, number + 1, serde_json::to_string(rows)?, at])?;
            let Acceptance { before, accepted, handed_in } = acceptance;
            let (before, accepted) = (serde_json::to_string(before)?, serde_json::to_string(accepted)?);
            let sql = "INSERT OR REPLACE INTO acceptance VALUES (?1, ?2, ?3, ?4, ?5)";
            transaction.execute(sql, params![unit, before, accepted, handed_in, at])?;
            log(transaction, unit, "accepted", &number.to_string(), at)
        })
    }

    /// The acceptance of `unit`, if it can be taken back.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn acceptance(&self, unit: &str) -> Result<Option<Acceptance>, StateError> {
        let sql =
            "SELECT before, accepted, handed_in FROM acceptance JOIN unit ON unit.unit = acceptance.unit
                   WHERE acceptance.unit = ?1 AND unit.stage = 'accepted'";
        let read = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        };
        let Some((before, accepted, handed_in)) = self.lock().query_row(sql, [unit], read).optional()? else {
            return Ok(None);
        };
        let (before, accepted) = (serde_json::from_str(&before)?, serde_json::from_str(&accepted)?);
        Ok(Some(Acceptance { before, accepted, handed_in }))
    }

    /// Takes the acceptance of `unit` back, whose newest version is `number`: what was accepted waits for the city again, and
    /// `base`, as the sources have the rows now, is what its changes are counted from.
    ///
    /// # Errors
    /// [`StateError::Stale`] when it is not accepted any more.
    pub fn take_back(
        &self,
        (unit, number): (&str, i64),
        acceptance: &Acceptance,
        base: &Draft,
        at: i64,
    ) -> Result<(), StateError> {
        self.write(|transaction| {
            let known = unit_of(transaction, unit)?;
            let is_it = |known: &UnitState| known.number == number && known.stage == Stage::Accepted;
            let known = known.filter(is_it).ok_or(StateError::Stale)?;
            let (draft, author) = (&acceptance.accepted, known.author.as_str());
            let save = Save { unit, from: number, draft, base, author, at };
            insert(transaction, &save, number + 1, draft, (None, None))?;
            let sql = "UPDATE unit SET number = ?2, stage = 'submitted', base = ?3, at = ?4 WHERE unit = ?1";
            let base = serde_json::to_string(base)?;
            transaction.execute(sql, params![unit, number + 1, base, acceptance.handed_in])?;
            transaction.execute("DELETE FROM acceptance WHERE unit = ?1", [unit])?;
            log(transaction, unit, "taken back", &number.to_string(), at)
        })
    }

    /// The deadline as it was set; none if there is none.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn deadline(&self) -> Result<Option<String>, StateError> {
        let sql = "SELECT value FROM setting WHERE name = 'deadline'";
        Ok(self.lock().query_row(sql, [], |row| row.get(0)).optional()?)
    }

    /// Sets the deadline; without one there is none.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn set_deadline(&self, day: Option<&str>, at: i64) -> Result<(), StateError> {
        self.write(|transaction| {
            match day {
                Some(day) => {
                    transaction.execute("INSERT OR REPLACE INTO setting VALUES ('deadline', ?1)", [day])?;
                }
                None => {
                    transaction.execute("DELETE FROM setting WHERE name = 'deadline'", [])?;
                }
            }
            log(transaction, "", "deadline", day.unwrap_or_default(), at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::unit::tests::{draft, hand_in, save};
    use super::*;

    #[test]
    fn what_was_accepted_is_a_new_base_until_it_is_taken_back() {
        let state = State::in_memory().expect("memory");
        let number = save(&state, 0, "one").expect("saved");
        let (one, base) = (draft("one"), draft("base"));
        hand_in(&state, number);
        let acceptance = Acceptance { before: base.clone(), accepted: one.clone(), handed_in: 102 };
        let accept = |number| state.accept(("西区", number), &one, &acceptance, 103);
        assert!(matches!(accept(number + 1), Err(StateError::Stale)));
        assert_eq!(state.acceptance("西区").expect("read"), None);
        accept(number).expect("accepted");
        let known = state.unit("西区").expect("read").expect("known");
        assert_eq!((known.stage, known.base == one, known.can_undo), (Stage::Accepted, true, false));
        assert_eq!(state.acceptance("西区").expect("read").as_ref(), Some(&acceptance));
        state.take_back(("西区", known.number), &acceptance, &base, 104).expect("taken back");
        let known = state.unit("西区").expect("read").expect("known");
        assert_eq!((known.stage, known.at), (Stage::Submitted, 102));
        assert!(known.draft == one && known.base == base);
        assert_eq!(state.acceptance("西区").expect("read"), None);
        let again = state.take_back(("西区", known.number), &acceptance, &base, 105);
        assert!(matches!(again, Err(StateError::Stale)));
    }

    #[test]
    fn a_deadline_is_kept_until_it_is_taken_away() {
        let state = State::in_memory().expect("memory");
        assert_eq!(state.deadline().expect("read"), None);
        state.set_deadline(Some("2026-12-10"), 1).expect("set");
        state.set_deadline(Some("2026-12-11"), 2).expect("set");
        assert_eq!(state.deadline().expect("read").as_deref(), Some("2026-12-11"));
        state.set_deadline(None, 3).expect("taken away");
        assert_eq!(state.deadline().expect("read"), None);
    }
}
