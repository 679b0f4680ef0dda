//! Tools that judge PDFs from outside: poppler, qpdf, Ghostscript, Little CMS. A test that needs one is skipped with a visible line where
//! it is not installed; in continuous integration (`CI=true`) its absence is a failure.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `tool` and gives what it prints; none if it is not installed. A tool that ends with an error fails the test.
pub fn tool(name: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(name);
    command.args(arguments).arg(file).args(end(name)).env("LC_ALL", "C.UTF-8");
    let output = started(name, command.output())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {arguments:?} {}: {text}{errors}", file.display());
    Some(text)
}

/// The same for a tool that reads `input` instead of a file.
pub fn filter(name: &str, arguments: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new(name);
    command.args(arguments).env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = started(name, command.spawn())?;
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // apart, so that neither side waits for the other with a full pipe
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap_or_else(|error| panic!("{name}: {error}"));
    writer.join().expect("no panic").unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{name} {arguments:?}: {text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(text)
}

fn started<T>(name: &str, result: std::io::Result<T>) -> Option<T> {
    match result {
        Ok(started) => Some(started),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(
                std::env::var_os("CI").is_none_or(|value| value != "true"),
                "{name} must be installed in CI"
            );
            // not `eprintln!`: the test harness would keep it to itself
            let _ = writeln!(std::io::stderr(), "SKIPPED: {name} is not installed");
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
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
