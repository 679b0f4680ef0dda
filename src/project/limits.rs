//! `[limits]` of the manifest: what one job may take before it is stopped.
//!
//! In: the table as it is typed. Out: [`JobLimits`]; what is not said is the default.

use std::num::NonZeroU32;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::limits::JobLimits;

/// `[limits]`.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LimitsTable {
    /// Pages that a file may have (default 20000).
    #[serde(default)]
    #[schemars(with = "NonZeroU32")]
    pub pages: Option<NonZeroU32>,
    /// Seconds that a file may take (default 600).
    #[serde(default)]
    #[schemars(with = "NonZeroU32")]
    pub seconds: Option<NonZeroU32>,
    /// Mebibytes of memory that sasshi may take while it makes a file (default 4096); on Linux only.
    #[serde(default)]
    #[schemars(with = "NonZeroU32")]
    pub memory_mib: Option<NonZeroU32>,
}

impl LimitsTable {
    /// The limits.
    #[must_use]
    pub fn limits(self) -> JobLimits {
        let default = JobLimits::default();
        let or = |asked: Option<NonZeroU32>, default: u32| asked.map_or(default, NonZeroU32::get);
        JobLimits {
            pages: or(self.pages, default.pages),
            seconds: or(self.seconds, default.seconds),
            memory_mib: or(self.memory_mib, default.memory_mib),
        }
    }
}
