//! Paths below the root of a project, written with `/`.
//!
//! In: paths as people, manifests and the system write them. Out: the one way that [`super::Files`] names a file.

use std::path::Path;

use super::error::FileError;

/// `path` without `.` and `..`; what begins above the root is outside.
pub(super) fn normal(path: &str) -> Result<String, FileError> {
    let is_absolute = path.starts_with('/') || Path::new(path).is_absolute() || Path::new(path).has_root();
    if is_absolute {
        return Err(FileError::Outside);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', std::path::MAIN_SEPARATOR]) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(FileError::Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

pub(super) fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
