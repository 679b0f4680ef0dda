//! `sasshi fonts`, and fonts that a user brings.

use super::broken;
use super::harness::{Sandbox, read, repository};

const BUILT_IN: &str = "BIZ UDGothic  700  built in
BIZ UDGothic  400  built in
BIZ UDMincho  400  built in
BIZ UDPGothic  700  built in
BIZ UDPGothic  400  built in
";

#[test]
fn lists_the_built_in_ones() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("fonts --lang en").exit(0).silent().stdout(BUILT_IN);
    sandbox.sasshi("fonts --lang ja").exit(0).stdout(&BUILT_IN.replace("built in", "組み込み"));
}

#[test]
fn a_file_that_is_no_font_is_refused() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("fonts/broken.ttf", "これは書体ではありません");
    for command in ["fonts", "build", "check"] {
        sandbox.sasshi(&format!("{command} --font-path fonts")).exit(2).says("broken.ttf: not a font");
        sandbox.sasshi(&format!("{command} --font-path nowhere.ttf")).exit(2).says("nowhere.ttf");
    }
    assert_eq!(sandbox.files("output"), Vec::<String>::new());
}

#[test]
fn the_projects_own_come_first() {
    let sandbox = Sandbox::copy("projects/small");
    let bytes = read(&repository().join("layouts/fonts/BIZUDMincho-Regular.ttf"));
    sandbox.write("layouts/fonts/own.ttf", &bytes);
    // byte for byte a built-in one: it is that one
    sandbox.sasshi("fonts --lang en").exit(0).stdout(BUILT_IN);
    // a byte more, and it is a font of its own
    sandbox.write("layouts/fonts/own.ttf", [bytes, vec![0]].concat());
    let own = "BIZ UDMincho  400  layouts/fonts/own.ttf\n";
    sandbox.sasshi("fonts --lang en").exit(0).stdout(&format!("{own}{BUILT_IN}"));
}

#[test]
fn the_machines_fonts_are_never_used() {
    // a glyph that some font of nearly every machine has
    let sandbox = broken::sandbox("emoji-in-cell");
    let run = sandbox.sasshi("build").exit(1);
    assert_eq!(run.codes(), ["S4002"]);
}
