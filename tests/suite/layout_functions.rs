//! What the functions of the built-in layouts name. A function that names all data of a job is another function with each edit of a
//! text, and the engine sets anew all that it had a part in: `sasshi watch` would be as slow as a build from nothing.

use std::fs;
use std::path::PathBuf;

use super::harness::repository;

/// Functions that are called once for a file, while its templates are read: no page is made with them.
const CALLED_ONCE: &[&str] = &["book", "_is-of-wards", "_is-city-wide", "kind-of"];

/// The templates of texts, and what all layouts share.
fn templates() -> Vec<PathBuf> {
    let layouts = repository().join("layouts");
    let folders = ["shared", "booklet", "booklet/pages", "handout"].map(|name| layouts.join(name));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder of templates"));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "typ")).collect()
}

/// The names of functions at the top of a template, or of what is set in a context there, whose words name `data`.
fn naming_data(template: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut name = None;
    for line in template.lines() {
        if line.starts_with('#') {
            let defined = line.strip_prefix("#let ").unwrap_or_default();
            let end = defined.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).unwrap_or_default();
            let is_function = defined[end..].starts_with('(') || defined[end..].starts_with(" = context");
            name = is_function.then(|| &defined[..end]);
        }
        let code = line.split("//").next().unwrap_or_default();
        let names_data = code.match_indices("data").any(|(at, _)| {
            let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_\"".contains(c));
            !is_name(code[..at].chars().next_back()) && !is_name(code[at + "data".len()..].chars().next())
        });
        if let Some(name) = name.filter(|_| names_data) {
            found.push(name);
        }
    }
    found.dedup();
    found
}

#[test]
fn functions_name_values_and_not_all_data() {
    let templates = templates();
    assert!(templates.len() > 40, "{}", templates.len());
    for path in templates {
        let text = fs::read_to_string(&path).expect("a template");
        let found: Vec<&str> =
            naming_data(&text).into_iter().filter(|name| !CALLED_ONCE.contains(name)).collect();
        assert!(found.is_empty(), "{}: {found:?} name `data`", path.display());
    }
}

#[test]
fn a_function_that_names_data_is_found() {
    let template = "#let data = json(\"/data.json\")\n#let a = data.title\n#let b(x) = x + data.title\n\
                    #let c(x) = {\n  // of data.json\n  x\n}\n#let d = context data.title\n#let e(x) = x.data";
    assert_eq!(naming_data(template), ["b", "d", "e"]);
}
