mod house; mod house_shape;
mod embedded { pub static FILES: &[(&str, &[u8])] = &[]; pub fn fonts() -> impl Iterator<Item = &'static [u8]> { std::iter::empty() } pub fn file(_: &str) -> Option<&'static [u8]> { None } }
mod harness {
use std::path::{Path, PathBuf};
pub fn repository() -> PathBuf { PathBuf::from("/root/wt/f11") }
pub fn read(file: &Path) -> Vec<u8> { std::fs::read(file).unwrap() }
pub fn text(file: &Path) -> String { String::from_utf8(read(file)).unwrap() }
pub fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() { collect(&entry.path(), &path, files); } else { files.push(path); }
    } }
}
