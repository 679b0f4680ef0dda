//! What one job may take before it is stopped: pages, time, memory.
//!
//! In: nothing; `[limits]` of the manifest makes other values. Out: [`JobLimits`], and which of them a job broke.

use serde::{Deserialize, Serialize};

/// What one job may take: a job is the pages that become one file, or the same file in several editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLimits {
    /// Pages of a file.
    pub pages: u32,
    /// Seconds of work on a file.
    pub seconds: u32,
    /// Mebibytes of memory of the process while it works on a file.
    pub memory_mib: u32,
}

impl Default for JobLimits {
    /// Ten times what the largest books that were tried take.
    fn default() -> Self {
        Self { pages: 20_000, seconds: 600, memory_mib: 4_096 }
    }
}

impl JobLimits {
    /// The smaller of each.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self {
            pages: self.pages.min(other.pages),
            seconds: self.seconds.min(other.seconds),
            memory_mib: self.memory_mib.min(other.memory_mib),
        }
    }
}

/// A limit that a job broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BrokenLimit {
    /// It has more pages: so many.
    Pages(usize),
    /// It took longer.
    Time,
    /// It took more memory.
    Memory,
    /// The process that worked on it fell over.
    Process,
}
