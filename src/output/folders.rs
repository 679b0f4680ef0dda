//! The folders and names below `output/` that belong to sasshi.

/// The folder for results.
pub const FOLDER: &str = "output";

/// The folder of the cache within the project.
pub(super) const CACHE: &str = "output/.cache";

/// The folder of parts of shards within the output of a project.
pub const PARTS: &str = "output/.shards";

/// How the names of temporary files begin.
pub(super) const TEMPORARY: &str = ".sasshi-";
