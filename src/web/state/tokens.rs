//! Tokens and the sessions of those who showed one; of either only a digest is stored.

use rusqlite::{OptionalExtension, Row, params};

use super::store::{State, StateError, log};

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenState {
    /// The unit; empty for the coordinator.
    pub unit: String,
    /// Whether it opens nothing any more.
    pub is_revoked: bool,
}

/// Who showed a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSession {
    /// The unit; empty for the coordinator.
    pub unit: String,
    /// What they call themselves; may be empty.
    pub author: String,
}

impl State {
    /// Keeps the digest of a new token for `unit`; for the coordinator, the unit is empty.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn add_token(&self, digest: &[u8], unit: &str, at: i64) -> Result<(), StateError> {
        self.write(|transaction| {
            transaction.execute("INSERT INTO token VALUES (?1, ?2, ?3, NULL)", params![digest, unit, at])?;
            log(transaction, unit, "token", "", at)
        })
    }

    /// Revokes all tokens of `unit` and ends their sessions; how many there were.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn revoke_tokens(&self, unit: &str, at: i64) -> Result<usize, StateError> {
        self.write(|transaction| {
            let sql = "DELETE FROM session WHERE token IN (SELECT digest FROM token WHERE unit = ?1)";
            transaction.execute(sql, [unit])?;
            let sql = "UPDATE token SET revoked = ?2 WHERE unit = ?1 AND revoked IS NULL";
            let count = transaction.execute(sql, params![unit, at])?;
            log(transaction, unit, "revoke", "", at)?;
            Ok(count)
        })
    }

    /// What the token with this digest opens.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn token(&self, digest: &[u8]) -> Result<Option<TokenState>, StateError> {
        let sql = "SELECT unit, revoked FROM token WHERE digest = ?1";
        let state = |row: &Row<'_>| {
            let revoked: Option<i64> = row.get(1)?;
            Ok(TokenState { unit: row.get(0)?, is_revoked: revoked.is_some() })
        };
        Ok(self.lock().query_row(sql, [digest], state).optional()?)
    }

    /// Begins a session of who showed a token.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn begin_session(
        &self,
        digest: &[u8],
        token: &[u8],
        author: &str,
        at: i64,
    ) -> Result<(), StateError> {
        self.write(|transaction| {
            let sql = "INSERT INTO session VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, params![digest, token, author, at])?;
            Ok(())
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be written.
    pub fn end_session(&self, digest: &[u8]) -> Result<(), StateError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM session WHERE digest = ?1", [digest])?;
            Ok(())
        })
    }

    /// The session with this digest, if its token still holds.
    ///
    /// # Errors
    /// [`StateError`] when the file cannot be read.
    pub fn session(&self, digest: &[u8]) -> Result<Option<TokenSession>, StateError> {
        let sql = "SELECT token.unit, session.author FROM session JOIN token ON token.digest = session.token
                   WHERE session.digest = ?1 AND token.revoked IS NULL";
        let session = |row: &Row<'_>| Ok(TokenSession { unit: row.get(0)?, author: row.get(1)? });
        Ok(self.lock().query_row(sql, [digest], session).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_digest_until_it_is_revoked() {
        let state = State::in_memory().expect("memory");
        state.add_token(b"digest", "西区", 1).expect("added");
        state.begin_session(b"session", b"digest", "佐藤", 2).expect("begun");
        let there = Some(TokenSession { unit: "西区".to_owned(), author: "佐藤".to_owned() });
        assert_eq!(state.session(b"session").expect("read"), there);
        assert_eq!(state.revoke_tokens("'; DROP TABLE token; --", 3).expect("words"), 0);
        assert_eq!(state.revoke_tokens("西区", 3).expect("revoked"), 1);
        assert_eq!(state.session(b"session").expect("read"), None);
        assert!(state.token(b"digest").expect("read").is_some_and(|token| token.is_revoked));
    }
}
