//! The folders and names below `output/` that belong to sasshi, and where `output/` lies.

use std::path::{Path, PathBuf};

/// The folder for results.
pub const FOLDER: &str = "output";

/// The folder of the cache within the project.
pub(super) const CACHE: &str = "output/.cache";

/// The folder of parts of shards within the output of a project.
pub const PARTS: &str = "output/.shards";

/// How the names of temporary files begin.
pub(super) const TEMPORARY: &str = ".sasshi-";

/// Where a project's files lie: those whose path begins with `output/`, and the others.
#[derive(Debug, Clone)]
pub struct OutputTree {
    root: PathBuf,
    /// In the place of `output/`.
    output: PathBuf,
}

impl OutputTree {
    /// Of the project at `root`.
    #[must_use]
    pub fn of_project(root: &Path) -> Self {
        Self { root: root.to_owned(), output: root.join(FOLDER) }
    }

    /// The same with `folder` in the place of its `output/`.
    #[must_use]
    pub fn in_place_of_output(self, folder: PathBuf) -> Self {
        Self { output: folder, ..self }
    }

    /// Where `path` lies; it is relative to the project, with `/`.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        match Path::new(path).strip_prefix(FOLDER) {
            // a bare `join` of nothing would end in a slash
            Ok(rest) if rest.as_os_str().is_empty() => self.output.clone(),
            Ok(rest) => self.output.join(rest),
            Err(_) => self.root.join(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_below_output_lies_elsewhere() {
        let tree = OutputTree::of_project(Path::new("p"));
        assert_eq!(tree.place("output/a.pdf"), Path::new("p/output/a.pdf"));
        let tree = tree.in_place_of_output(PathBuf::from("elsewhere"));
        let places = ["output", CACHE, "output/a/b.pdf", "sources/output/c.csv", "outputs/d"];
        let lie =
            ["elsewhere", "elsewhere/.cache", "elsewhere/a/b.pdf", "p/sources/output/c.csv", "p/outputs/d"];
        assert_eq!(places.map(|path| tree.place(path)), lie.map(PathBuf::from));
    }
}
