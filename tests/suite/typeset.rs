//! The three steps of typesetting: what decides a file is told apart from where its pieces stand today.

use sasshi::merge::{self, Publication, Selection};
use std::sync::Arc;

use sasshi::project::Project;
use sasshi::project::files::Files;
use sasshi::typeset::fonts::Fonts;
use sasshi::typeset::{LaidOut, SetPages, Typesetter, lay_out};
use sasshi::{check, read};

use super::harness::Sandbox;

const CENTERS: &str = "sources/centers.csv";

fn project(sandbox: &Sandbox) -> Project {
    let opened = sasshi::pipeline::open(Arc::new(Files::in_folder(sandbox.root()))).expect("a manifest");
    opened.value.expect("a project")
}

fn publications(project: &Project) -> Vec<Publication> {
    let manuscript = read::manuscript(project).value;
    let checked = check::all(project, manuscript).value;
    merge::publications(project, &checked, &Selection::default()).value
}

/// The sheet of 西区 for the screen.
fn sheet(project: &Project) -> LaidOut {
    let publications = publications(project);
    let publication = &publications[0];
    let job =
        publication.jobs.iter().find(|job| job.key.as_deref() == Some("西区")).expect("a sheet of 西区");
    lay_out(project, publication, job)
}

/// The small project with a line before the row of 西区.
fn with_a_line_more() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit(CENTERS, "西区,", "鶴見区,つるみ第二センター,鶴見区見本町9,045-510-0009\n西区,");
    sandbox
}

#[test]
fn a_row_that_moved_gives_the_same_input() {
    let before = sheet(&project(&Sandbox::copy("projects/small")));
    let after = sheet(&project(&with_a_line_more()));
    assert_eq!(before.input.bytes(), after.input.bytes());
    assert_eq!(before.input, after.input);
    assert_ne!(before.origins, after.origins);
}

#[test]
fn a_changed_cell_gives_another_input() {
    let sandbox = Sandbox::copy("projects/small");
    let before = sheet(&project(&sandbox));
    sandbox.edit(CENTERS, "西区見本町4-5", "西区見本町4-6");
    assert_ne!(before.input.bytes(), sheet(&project(&sandbox)).input.bytes());
}

#[test]
fn what_decides_a_file_beside_its_data_is_in_the_input() {
    let sandbox = Sandbox::copy("projects/small");
    let project = project(&sandbox);
    let publications = publications(&project);
    let inputs: Vec<Vec<u8>> = publications
        .iter()
        .flat_map(|publication| {
            publication.jobs.iter().map(|job| lay_out(&project, publication, job).input.bytes())
        })
        .collect();
    // no two files of a project have one input: edition, layout and identifier are part of it
    for (index, input) in inputs.iter().enumerate() {
        assert!(!inputs[..index].contains(input));
    }
}

#[test]
fn pages_that_were_kept_are_resolved_to_todays_lines() {
    let sandbox = Sandbox::copy("projects/small");
    let project_before = project(&sandbox);
    let fonts = Fonts::load(&project_before.files, &[]).expect("built-in fonts");
    let typesetter = Typesetter::new(&project_before, fonts);
    let set = typesetter.set(&sheet(&project_before).input, u32::MAX);
    // as a cache keeps them: the bytes of the PDF as they are, the rest in a form of its own
    let kept = serde_json::to_string(&set).expect("pages can be kept");
    let kept = SetPages { pdf: set.pdf.clone(), ..serde_json::from_str(&kept).expect("and read again") };
    let lines = |set: SetPages, today: &LaidOut| -> Vec<String> {
        let made = set.resolve(today);
        assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
        let placements = made.value.expect("a file").placements.into_iter();
        placements.map(|placement| placement.origin.to_string()).collect()
    };
    let before = lines(set, &sheet(&project_before));
    let moved = with_a_line_more();
    let after = lines(kept, &sheet(&project(&moved)));
    assert_eq!(before.iter().filter(|at| at.starts_with("sources/centers.csv:3:")).count(), 3);
    let expected: Vec<String> =
        before.iter().map(|at| at.replace("centers.csv:3:", "centers.csv:4:")).collect();
    assert_eq!(after, expected);
}
