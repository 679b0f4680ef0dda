//! Who asks: by the session of a token, or anybody where the server is for this machine alone.
//!
//! In: the headers of a request. Out: [`Visitor`], and whether a unit's pages are theirs.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use super::state::{State, StateError, TokenSession};
use crate::diagnostic::Language;

/// Who may use the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever reaches it: every unit, and the coordinator's pages.
    Open,
    /// Who has a token: of a unit for that unit, of the coordinator for all.
    Tokens,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The only unit whose pages are open to them; all of them if none.
    pub unit: Option<String>,
    /// Whether the coordinator's pages are open to them.
    pub is_coordinator: bool,
    /// What they call themselves; may be empty.
    pub author: String,
    /// The language of their pages.
    pub language: Language,
    /// Whether they had to show a token.
    pub has_token: bool,
}

/// The name of the cookie of a session without TLS.
pub const COOKIE: &str = "session";
/// Its name with TLS: one that no other host can set.
pub const SECURE_COOKIE: &str = "__Host-session";

/// The value of a cookie.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// The language that a visitor chose, by the cookie.
fn language(headers: &HeaderMap, usual: Language) -> Language {
    match cookie(headers, "language").as_deref() {
        Some("en") => Language::English,
        Some("ja") => Language::Japanese,
        _ => usual,
    }
}

/// The digest of a secret: what is stored of it.
#[must_use]
pub fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

impl Visitor {
    /// Who sent these headers; none if a token is needed and none was shown.
    ///
    /// # Errors
    /// [`StateError`] when sessions cannot be read.
    pub fn of(
        headers: &HeaderMap,
        (state, access): (&State, Access),
        (session, usual): (&str, Language),
    ) -> Result<Option<Self>, StateError> {
        let language = language(headers, usual);
        let author = String::new();
        if access == Access::Open {
            let all = Self { unit: None, is_coordinator: true, author, language, has_token: false };
            return Ok(Some(all));
        }
        let Some(secret) = cookie(headers, session) else { return Ok(None) };
        let Some(TokenSession { unit, author }) = state.session(&digest(&secret))? else { return Ok(None) };
        let is_coordinator = unit.is_empty();
        let unit = Some(unit).filter(|_| !is_coordinator);
        Ok(Some(Self { unit, is_coordinator, author, language, has_token: true }))
    }

    /// Nobody yet.
    #[must_use]
    pub fn stranger(headers: &HeaderMap, usual: Language) -> Self {
        let language = language(headers, usual);
        Self { unit: None, is_coordinator: false, author: String::new(), language, has_token: false }
    }

    /// Whether the pages of `unit` are open to them.
    #[must_use]
    pub fn may_see(&self, unit: &str) -> bool {
        self.unit.as_deref().is_none_or(|own| own == unit)
    }

    /// How the page calls them; empty where nobody needs to say who they are.
    #[must_use]
    pub fn shown(&self) -> String {
        let ja = self.language == Language::Japanese;
        match &self.unit {
            _ if !self.has_token => String::new(),
            Some(unit) if ja => format!("{unit}の担当"),
            Some(unit) => unit.clone(),
            None if ja => "市の担当".to_owned(),
            None => "Coordinator".to_owned(),
        }
    }
}
