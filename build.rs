//! Gives the program an identity: what a program of other sources, layouts or libraries kept is not used by this one.
//!
//! In: the sources, the built-in layouts and fonts, the list of libraries, the features. Out: `SASSHI_PROGRAM`, 32
//! hexadecimal digits; equal for equal inputs, on every machine.

use std::path::{Path, PathBuf};

fn main() {
    let mut files = Vec::new();
    for root in ["src", "layouts", "build.rs", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        collect(Path::new(root), &mut files);
    }
    files.sort();
    let mut sum = Sum::default();
    for file in &files {
        sum.add(file.to_string_lossy().replace('\\', "/").as_bytes());
        sum.add(&std::fs::read(file).unwrap_or_default());
    }
    let mut features: Vec<String> =
        std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CARGO_FEATURE_")).collect();
    features.sort();
    sum.add(features.join(" ").as_bytes());
    println!("cargo::rustc-env=SASSHI_PROGRAM={:016x}{:016x}", sum.0[0], sum.0[1]);
}

/// All files at and below `path`; what is not there (a list of libraries, in a package) is none.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    }
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}

/// Two sums of 64 bits, a word at a time. Who would alter a source on purpose can alter the program as well.
struct Sum([u64; 2]);

impl Default for Sum {
    fn default() -> Self {
        Self([0, 0x243F_6A88_85A3_08D3])
    }
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    fn word(&mut self, word: u64) {
        let [one, other] = &mut self.0;
        *one = (one.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        *other = (other.rotate_left(23) ^ word).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    }
}
