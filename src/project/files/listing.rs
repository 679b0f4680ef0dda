//! What there is in the folders of a project: lists and patterns.
//!
//! In: folders and patterns of a snapshot. Out: paths in order; what was listed is on its record.

use std::collections::BTreeSet;
use std::path::Path;

use super::paths::{folder, join, normal};
use super::snapshot::{Files, lock};

impl Files {
    /// Names of what stands in a folder, in order; nothing if there is no such folder inside.
    #[must_use]
    pub fn list(&self, folder: &str) -> Vec<String> {
        let Ok(folder) = normal(folder) else { return Vec::new() };
        let mut listed = lock(&self.listed);
        if let Some(names) = listed.get(&folder) {
            return names.iter().cloned().collect();
        }
        let mut names: BTreeSet<String> =
            self.real(&folder).map_or_else(|_| BTreeSet::new(), |real| names(&real));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        for (path, bytes) in &self.overlay {
            let Some(rest) = path.strip_prefix(&prefix) else { continue };
            let name = rest.split('/').next().unwrap_or(rest);
            if bytes.is_some() {
                names.insert(name.to_owned());
            } else if rest == name {
                names.remove(name);
            }
        }
        listed.insert(folder, names.clone());
        names.into_iter().collect()
    }

    /// Names in the folder in which `path` would stand.
    #[must_use]
    pub fn neighbours(&self, path: &str) -> Vec<String> {
        normal(path).map_or_else(|_| Vec::new(), |path| self.list(folder(&path)))
    }

    /// The files that fit `pattern` (`*`, `?`, `[…]` within a name, `**` for folders of any depth), in order.
    ///
    /// # Errors
    /// When `pattern` is no pattern.
    pub fn glob(&self, pattern: &str) -> Result<Vec<String>, glob::PatternError> {
        glob::Pattern::new(pattern)?;
        let mut found = vec![String::new()];
        let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        for part in &parts {
            let is_plain = !part.contains(['*', '?', '[']);
            let fits = glob::Pattern::new(part)?;
            let mut next = Vec::new();
            for folder in found {
                if *part == "**" {
                    self.descend(&folder, &mut next);
                } else if is_plain {
                    next.push(join(&folder, part));
                } else {
                    let names = self.list(&folder).into_iter().filter(|name| fits.matches(name));
                    next.extend(names.map(|name| join(&folder, &name)));
                }
            }
            found = next;
        }
        found.retain(|path| self.is_file(path));
        found.sort_by(|a, b| a.split('/').cmp(b.split('/')));
        found.dedup();
        Ok(found)
    }

    /// `folder` and all folders below it; links are not followed, so that this ends.
    pub(super) fn descend(&self, folder: &str, found: &mut Vec<String>) {
        found.push(folder.to_owned());
        for name in self.list(folder) {
            let path = join(folder, &name);
            let is_link = self.root.as_ref().is_some_and(|root| root.join(&path).is_symlink());
            if !is_link && self.is_folder(&path) {
                self.descend(&path, found);
            }
        }
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}
