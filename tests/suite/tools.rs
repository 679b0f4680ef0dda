//! Tools that judge PDFs from outside: poppler and qpdf. A test that needs one is skipped with a visible line where
//! it is not installed; in continuous integration (`CI=true`) its absence is a failure.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// Runs `tool` and gives what it prints; none if it is not installed. A tool that ends with an error fails the test.
pub fn tool(name: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = match Command::new(name)
        .args(arguments)
        .arg(file)
        .args(end(name))
        .env("LC_ALL", "C.UTF-8")
        .output()
    {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(
                std::env::var_os("CI").is_none_or(|value| value != "true"),
                "{name} must be installed in CI"
            );
            // not `eprintln!`: the test harness would keep it to itself
            let _ = writeln!(std::io::stderr(), "SKIPPED: {name} is not installed");
            return None;
        }
        Err(error) => panic!("{name}: {error}"),
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {arguments:?} {}: {text}{errors}", file.display());
    Some(text)
}

/// What a tool wants behind the file's name.
fn end(name: &str) -> &'static [&'static str] {
    // `-`: to standard output
    if name == "pdftotext" { &["-"] } else { &[] }
}

/// The text of the pages of a PDF, page by page.
pub fn pages(file: &Path, arguments: &[&str]) -> Option<Vec<String>> {
    let text = tool("pdftotext", arguments, file)?;
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    // a form feed closes the last page too
    assert_eq!(pages.pop().as_deref(), Some(""), "pdftotext closes each page of {}", file.display());
    Some(pages)
}

/// `text` without white space: words are compared whatever the lines they were broken into.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
