//! A layout that loops or explodes is stopped, named, and costs the other files nothing.

use super::harness::{Sandbox, repository, text};

const SHEET: &str = "layouts/contact-sheet/layout.typ";

/// A project whose contact sheet of one ward does `what`, under `limits`.
fn runaway(limits: &str, what: &str) -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    let of_one = "repr(data).contains(\"西区\") and not repr(data).contains(\"鶴見区\")";
    let template = text(&repository().join(SHEET));
    sandbox.write(SHEET, format!("{template}\n#if {of_one} {{\n{what}\n}}\n"));
    sandbox.edit("sasshi.toml", "[directory.wards]", &format!("[limits]\n{limits}\n[directory.wards]"));
    sandbox
}

/// Expects that the one sheet is not there, is named once with `words`, and that the others are as ever.
fn stopped(sandbox: &Sandbox, words: &str) {
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang en").exit(1).says(words);
    assert_eq!(run.codes(), ["S4008"], "{}", run.transcript());
    assert!(run.stderr.contains("sources/wards.csv:3"), "{}", run.transcript());
    let clean = Sandbox::copy("projects/small");
    clean.sasshi("build contact-sheet --edition screen --quiet").exit(0);
    let missing = "output/contact-sheet/screen/103-nishi.pdf";
    for file in clean.pdfs() {
        if file == missing {
            assert!(!sandbox.pdfs().contains(&file), "{file} was stopped");
        } else {
            assert!(sandbox.read(&file) == clean.read(&file), "{file} is as ever");
        }
    }
}

#[test]
fn a_layout_that_never_ends_is_stopped_and_the_others_are_made() {
    let sandbox = runaway("seconds = 4", "for i in range(200000) { for j in range(200000) { } }");
    let words = "Setting output/contact-sheet/screen/103-nishi.pdf with the layout \"contact-sheet\" took more than the \
                 limit of 4 s and was stopped.";
    stopped(&sandbox, words);
    // what was stopped is tried again when the layout is mended
    sandbox.write(SHEET, text(&repository().join(SHEET)));
    sandbox.sasshi("build contact-sheet --edition screen --quiet").exit(0).silent();
}

#[cfg(target_os = "linux")]
#[test]
fn a_layout_that_takes_all_memory_is_found_among_those_made_beside_it() {
    let sandbox = runaway(
        "memory-mib = 600",
        "let much = range(30000000)\nfor i in range(200000) { for j in range(200000) { } }\nlet more = much",
    );
    stopped(&sandbox, "took more memory than the limit of 600 MiB and was stopped.");
}

#[test]
fn a_layout_that_makes_pages_without_measure_is_refused_by_their_number() {
    let sandbox = runaway("pages = 20", "for i in range(50) { pagebreak() }");
    stopped(&sandbox, "more than the limit of 20: it was not made.");
    sandbox.edit("sasshi.toml", "pages = 20", "pages = 0");
    sandbox.sasshi("build --lang en").exit(1).says("Write a whole number of at least 1");
}
