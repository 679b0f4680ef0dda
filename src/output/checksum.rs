//! SHA-256 as text: by it files are told apart, named and trusted.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The SHA-256 checksum of `bytes`, as `sha256sum` prints it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
