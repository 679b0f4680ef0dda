//! What the system tells of a process.

use std::path::PathBuf;

use super::snapshot::{Files, load};

impl Files {
    /// The memory that a process holds, in mebibytes: that of the number `process`, or this one. None where the system does
    /// not tell.
    #[must_use]
    pub fn resident_mib(process: Option<u32>) -> Option<u64> {
        let name = process.map_or_else(|| "self".to_owned(), |process| process.to_string());
        let told = load(&PathBuf::from(format!("/proc/{name}/status"))).ok()?;
        let told = String::from_utf8_lossy(&told);
        let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kib / 1_024)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_this_process_is_known_and_that_of_none_is_not() {
        let own = Files::resident_mib(None).expect("it runs");
        assert!((1..100_000).contains(&own), "{own}");
        assert!(Files::resident_mib(Some(std::process::id())).is_some());
        assert_eq!(Files::resident_mib(Some(u32::MAX)), None);
    }
}
