//! The example of the repository, copied to where a bench may change it.

use std::fs;
use std::path::Path;

use super::timing::Bench;

/// Sources and manifest of the repository at `root`, to the folder `project`.
pub fn copy(root: &Path, project: &Path) -> Bench<()> {
    copy_folder(&root.join("sources"), &project.join("sources"))?;
    fs::copy(root.join("sasshi.toml"), project.join("sasshi.toml"))?;
    Ok(())
}

/// A folder with all that is below it.
pub fn copy_folder(from: &Path, to: &Path) -> Bench<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
