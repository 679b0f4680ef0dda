//! SHA-256 as text: by it files are told apart, named and trusted.

use std::fmt::Write as _;
use std::io;

use sha2::{Digest, Sha256};

/// The SHA-256 checksum of `bytes`, as `sha256sum` prints it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The checksum of all that is written to it; the bytes go on to `to`.
pub(super) struct Summing<W> {
    to: W,
    digest: Sha256,
}

impl<W: io::Write> Summing<W> {
    /// Of nothing yet.
    pub fn new(to: W) -> Self {
        Self { to, digest: Sha256::new() }
    }

    /// The checksum, once all is written.
    pub fn finish(self) -> String {
        hexadecimal(&self.digest.finalize())
    }
}

impl<W: io::Write> io::Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.digest.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
