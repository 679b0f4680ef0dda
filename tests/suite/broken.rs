//! Every way to be wrong, one file each in `tests/broken/`: what to change in a small right project, and what sasshi says
//! about it. `tests/broken/README.md` says how to add one.
//!
//! The transcript is of one run: the command, its messages word for word, the exit code and the files that were
//! written. What no text can hold (links, a megabyte) is made by [`make`].

use std::collections::BTreeSet;

use sasshi::diagnostic::Code;
use sasshi::report::explanations;

use super::case::Case;
use super::harness::{Sandbox, accepting, is_code, same, tests, text};

/// The command of a case whose transcript does not begin with one of its own.
const COMMAND: &str = "build --jobs 1";

macro_rules! cases {
    ($($name:ident)+) => {
        const CASES: &[&str] = &[$(stringify!($name),)+];
        $(
            #[test]
            fn $name() {
                check(&stringify!($name).replace('_', "-"));
            }
        )+
    };
}

cases! {
    address_no_place address_too_long alt_missing attribute_values cell_error cell_of_a_megabyte cell_types check_digit column_missing
    column_renamed columns_not_printed control_character csv_empty csv_header_only
    directive_attributes directive_content directive_nested directive_syntax directive_unclosed directive_unknown
    directory_in_text ditto divisions edition_date editions_not_yet emoji_in_cell encoding encoding_unknown
    file_name_brace file_name_empty file_name_pattern file_name_twice file_skipped footnote     formula_empty front_matter glyph_in_text header_missing header_synonyms header_twice header_unnamed
    heading_skipped html image_broken image_symlink images invisible
    layout_broken layout_makes_words layout_options layout_overfull layout_template link_broken
    manifest_checks manifest_directory_unknown manifest_folder_name manifest_missing_field manifest_references
    manifest_syntax manifest_time_without_date manifest_twice manifest_type_date manifest_type_list
    manifest_unknown_keys manifest_unused manifest_useless many_faults_at_once markup_printed master_list_columns name_too_long not_in_force nul_byte odd_characters office_twice only_unknown
    opening_hours page_count pages_too_many palette part_and_template phone phone_area phone_rest postal_code private_use quote_stray
    quote_unclosed reference required row_after_line_break row_corrected row_ragged row_twice rows_merged
    readers readers_text readers_text_alone readers_unshown readings_missing readings_table romaji rows_skipped ruby schema_broken schema_syntax second_page sheet_missing sheet_skipped source_folder
    source_glob source_missing source_missing_text source_pattern source_unreadable sources_conflict
    table_cells table_rules text_key_unread text_limit text_not_printed text_unfit text_unfit_list text_unshown unfinished url_scheme value_not_allowed
    value_pattern value_refers_to value_twice ward_missing ward_misspelt_and_phone_deleted ward_twice
    workbook_broken workbook_shown zero_lost
}

/// The project of a case, for tests that want more of it than the transcript.
pub fn sandbox(name: &str) -> Sandbox {
    project(&Case::open(name)).expect("a system that can have such files")
}

/// The project of a case; nothing where the system cannot have it.
fn project(case: &Case) -> Option<Sandbox> {
    let sandbox = case.sandbox();
    let made = case.with.as_deref().is_none_or(|name| make(name, &sandbox));
    made.then_some(sandbox)
}

fn check(name: &str) {
    let case = Case::open(name);
    let mut transcripts = Vec::new();
    for language in ["ja", "en"] {
        // a case without a transcript is a new one: its Japanese words are compared, the English ones when it has a place for them
        let expected = match case.transcript(language) {
            Some(expected) => expected,
            None if language == "ja" => "",
            None => continue,
        };
        let Some(sandbox) = project(&case) else { return };
        let default = format!("{COMMAND} --lang {language}");
        let command =
            expected.lines().next().and_then(|line| line.strip_prefix("$ sasshi ")).unwrap_or(&default);
        let run = sandbox.sasshi(command);
        assert_ne!(run.code, 0, "{name} is wrong, and must be said to be:\n{}", run.transcript());
        let files = sandbox.files("output").join("\n");
        let transcript = format!("{}--- files\n{files}\n", run.transcript());
        if !accepting() {
            same(&format!("the transcript ({language}) of tests/broken/{name}.txt"), expected, &transcript);
        }
        transcripts.push((language, transcript));
    }
    if accepting() {
        case.accept(&transcripts);
    }
}

/// Makes what a text cannot hold; false where the system cannot have it.
fn make(name: &str, sandbox: &Sandbox) -> bool {
    let centers = "sources/centers.csv";
    match name {
        // hidden, struck out, in a format that is not understood, with links
        "shown-workbook" => {
            sandbox.write("sources/centers.xlsx", super::workbooks_shown::all_of_it());
        }
        "megabyte-cells" => {
            sandbox.edit(centers, "にし見本センター", &"あ".repeat(350_000));
            sandbox.edit(centers, "つるみ見本センター", &"x".repeat(1_000_000));
        }
        "outside-svg" => {
            sandbox.outside("outside.svg", SVG);
        }
        "linked-svg" => {
            return link(&sandbox.outside("outside.svg", SVG), sandbox, "sources/art/link.svg");
        }
        // one byte more than can be read; the file has holes and takes no room
        "sparse-file" => {
            let file = std::fs::File::create(sandbox.root().join(centers)).expect("a file");
            file.set_len(sasshi::project::files::LARGEST + 1).expect("a file with holes");
        }
        _ => panic!("nothing makes \"{name}\""),
    }
    true
}

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>"#;

#[cfg(target_os = "linux")]
fn link(target: &std::path::Path, sandbox: &Sandbox, path: &str) -> bool {
    let link = sandbox.root().join(path);
    std::fs::create_dir_all(link.parent().expect("a link has a folder")).expect("a folder");
    std::os::unix::fs::symlink(target, link).expect("a link");
    true
}

/// Links need rights on Windows, and there is no such target elsewhere.
#[cfg(not(target_os = "linux"))]
fn link(_: &std::path::Path, _: &Sandbox, path: &str) -> bool {
    eprintln!("SKIPPED: {path} needs Linux");
    false
}

#[test]
fn every_file_is_a_test() {
    let listed: BTreeSet<String> = CASES.iter().map(|name| name.replace('_', "-")).collect();
    let there: BTreeSet<String> = std::fs::read_dir(tests().join("broken"))
        .expect("the folder of wrong projects")
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".txt").map(str::to_owned))
        .collect();
    assert_eq!(listed, there);
}

#[test]
fn every_code_is_shown_by_a_case() {
    if accepting() {
        // the transcripts are being written this very moment
        return;
    }
    let mut shown = BTreeSet::new();
    for name in CASES {
        let case = Case::open(&name.replace('_', "-"));
        let transcript = case.transcript("ja").expect("each case compares its Japanese words");
        shown.extend(transcript.lines().filter(|line| is_code(line)).map(str::to_owned));
    }
    // a row for each fault, with its code first
    let faults = text(&tests().join("projects/fifty-faults/expected.csv"));
    shown.extend(faults.lines().filter_map(|line| line.split(',').next()).map(str::to_owned));
    let missing: Vec<&str> =
        // press and imposition judge PDFs, not sources, and a proofreader pages: their codes are shown by tests of their own
        explanations::codes()
            .iter()
            .map(|definition| definition.code.id())
            .filter(|id| !["S5", "S6", "S8"].contains(&&id[..2]) && !shown.contains(*id))
            // no source can bring about what is a fault of ours: `verify` has a test of it
            .filter(|id| ![Code::FileText.id(), Code::SheetContent.id()].contains(id))
            .collect();
    assert!(missing.is_empty(), "without a case in tests/broken: {missing:?}");
}

#[test]
fn the_bases_are_right() {
    for base in std::fs::read_dir(tests().join("broken/base")).expect("the folder of bases").flatten() {
        let name = base.file_name().to_string_lossy().into_owned();
        Sandbox::copy(&format!("broken/base/{name}")).sasshi("build --strict --quiet").exit(0).silent();
    }
}
