//! Notes that are marked only in what a copy or a layout leaves out are left out with it, and are no loss.

use sasshi::pdf::text::text_of;

use super::harness::Sandbox;

const MANIFEST: &str = "[project]\ntitle = \"題\"\ndate = 2026-04-01\n\n\
    [[publication]]\nname = \"handout\"\nlayout = \"handout\"\ntext = [\"a.md\"]\neditions = [\"screen\"]\ntrainer = true\n\n\
    [[publication]]\nname = \"booklet\"\nlayout = \"booklet\"\ntext = [\"a.md\"]\neditions = [\"screen\"]\n";

const TEXT: &str = "+++\ntitle = \"題名\"\ntemplate = \"plain\"\n+++\n\n# 見出し\n\n本文[^a]です。\n\n\
    :::trainer\n講師の文[^b]です。\n:::\n\nあとの文[^c]です。\n\n\
    [^a]: 一つ目の注。\n\n[^b]: 講師だけの注。\n\n[^c]: 三つ目の注。\n";

#[test]
fn a_note_of_the_trainer_stands_in_the_trainers_copy_only() {
    let sandbox = Sandbox::empty();
    sandbox.write("sasshi.toml", MANIFEST).write("a.md", TEXT);
    let run = sandbox.sasshi("build --lang en").exit(0);
    assert_eq!(run.codes(), Vec::<&str>::new(), "{}", run.transcript());
    for (file, is_trainers) in [
        ("output/handout/screen/handout.pdf", false),
        ("output/handout/screen/handout-trainer.pdf", true),
        ("output/booklet/screen/booklet.pdf", false),
    ] {
        let pages = text_of(&sandbox.read(file)).expect("a PDF");
        let words: String = pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
        assert_eq!(words.contains("講師だけの注"), is_trainers, "{file}");
        assert!(words.contains("一つ目の注") && words.contains("三つ目の注"), "{file}");
    }
}
