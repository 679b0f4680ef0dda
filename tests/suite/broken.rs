//! Every way to be wrong, one folder each in `tests/broken/`: a whole small project and what sasshi says about it.
//!
//! `expected.txt` (and `expected.en.txt` where the English words are compared too) is the transcript of one run: the
//! command, its messages word for word, the exit code and the files that were written. What cannot be committed as a
//! file (bytes that are no text, links, a megabyte) is made by [`prepare`].

use std::collections::BTreeSet;

use sasshi::diagnostic::Code;

use super::harness::{Sandbox, accepting, golden, is_code, tests, text};

/// The command of a folder that does not name its own in the first line of what it expects.
const COMMAND: &str = "build --jobs 1";

macro_rules! folders {
    ($($name:ident)+) => {
        const FOLDERS: &[&str] = &[$(stringify!($name),)+];
        $(
            #[test]
            fn $name() {
                check(&stringify!($name).replace('_', "-"));
            }
        )+
    };
}

folders! {
    address_no_place address_too_long cell_error cell_of_a_megabyte cell_types check_digit column_missing
    column_renamed columns_not_printed comment_unclosed control_character csv_empty csv_header_only
    directive_attributes directive_nested directive_syntax directive_unclosed directive_unknown
    directory_in_text ditto edition_date editions_not_yet emoji_in_cell encoding encoding_unknown
    file_name_brace file_name_empty file_name_pattern file_name_twice file_skipped footnote footnote_unused
    formula_empty front_matter glyph_in_text header_missing header_synonyms header_twice header_unnamed
    heading_skipped html id_twice image_broken image_broken_png image_outside image_symlink images invisible
    layout_broken layout_makes_words layout_options layout_overfull layout_template link_broken
    manifest_checks manifest_directory_unknown manifest_folder_name manifest_missing_field manifest_references
    manifest_syntax manifest_time_without_date manifest_twice manifest_type_date manifest_type_list
    manifest_unknown_keys many_faults_at_once name_too_long nul_byte odd_characters office_twice only_unknown
    page_count palette part_and_template phone phone_area phone_rest postal_code private_use quote_stray
    quote_unclosed reference required row_after_line_break row_corrected row_ragged row_twice rows_merged
    rows_skipped ruby schema_broken schema_syntax second_page sheet_missing sheet_skipped source_folder
    source_glob source_missing source_missing_text source_pattern source_unreadable sources_conflict
    table_cells table_rules text_key_unread text_limit text_not_printed url_scheme value_not_allowed
    value_pattern value_refers_to value_twice ward_missing ward_misspelt_and_phone_deleted ward_twice
    workbook_broken workbook_shown zero_lost
}

fn check(name: &str) {
    for (language, file) in [("ja", "expected.txt"), ("en", "expected.en.txt")] {
        let expected = tests().join("broken").join(name).join(file);
        if language == "en" && !expected.is_file() {
            continue;
        }
        let sandbox = Sandbox::copy(&format!("broken/{name}"));
        if !prepare(name, &sandbox) {
            return;
        }
        let first = if expected.is_file() { text(&expected) } else { String::new() };
        let default = format!("{COMMAND} --lang {language}");
        let command =
            first.lines().next().and_then(|line| line.strip_prefix("$ sasshi ")).unwrap_or(&default);
        let run = sandbox.sasshi(command);
        assert_ne!(run.code, 0, "{name} is wrong, and must be said to be:\n{}", run.transcript());
        let files = sandbox.files("output").join("\n");
        golden(&expected, &format!("{}--- files\n{files}\n", run.transcript()));
    }
}

/// Makes what cannot be a committed file; false where the system cannot have it.
fn prepare(name: &str, sandbox: &Sandbox) -> bool {
    let centers = "sources/centers.csv";
    match name {
        // 西区 in Shift_JIS, as an old spreadsheet saves it, in a file that is UTF-8 elsewhere
        "encoding" => {
            let (before, after) = ("\n".as_bytes(), ",にし".as_bytes());
            let right = [before, "西区".as_bytes(), after].concat();
            let wrong = [before, b"\x90\xBC\x8B\xE6", after].concat();
            replace_bytes(sandbox, centers, &right, &wrong);
        }
        // hidden, struck out, in a format that is not understood, with links
        "workbook-shown" => {
            sandbox.write("sources/centers.xlsx", super::workbooks_shown::all_of_it());
        }
        "nul-byte" => replace_bytes(sandbox, centers, "にし".as_bytes(), "に\0し".as_bytes()),
        "invisible" => {
            sandbox.edit(centers, "鶴見区,", "鶴見\u{200B}区,");
            sandbox.edit(centers, "にし見本", "にし\u{202E}見本");
        }
        "control-character" => {
            sandbox.write("sources/guide.md", "# 題\n\nまちの\u{1b}魅力と、\u{0}ひとつの空白。\n");
        }
        "cell-of-a-megabyte" => {
            sandbox.edit(centers, "にし見本センター", &"あ".repeat(350_000));
            sandbox.edit(centers, "つるみ見本センター", &"x".repeat(1_000_000));
        }
        "image-outside" => {
            sandbox.outside("outside.svg", SVG);
        }
        "image-symlink" => {
            return link(&sandbox.outside("outside.svg", SVG), sandbox, "sources/art/link.svg");
        }
        // a file that is there and cannot be read, whoever runs the test
        // one byte more than can be read; the file has holes and takes no room
        "source-unreadable" => {
            let file = std::fs::File::create(sandbox.root().join(centers)).expect("a file");
            file.set_len(sasshi::project::files::LARGEST + 1).expect("a file with holes");
        }
        // the head of a PNG and nothing behind it
        "image-broken-png" => {
            sandbox.write("sources/art/logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFF");
        }
        _ => {}
    }
    true
}

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>"#;

fn replace_bytes(sandbox: &Sandbox, path: &str, from: &[u8], to: &[u8]) {
    let bytes = sandbox.read(path);
    let at = bytes.windows(from.len()).position(|part| part == from).expect("the bytes to replace");
    sandbox.write(path, [&bytes[..at], to, &bytes[at + from.len()..]].concat());
}

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
fn every_folder_is_a_test() {
    let listed: BTreeSet<String> = FOLDERS.iter().map(|name| name.replace('_', "-")).collect();
    let there: BTreeSet<String> = std::fs::read_dir(tests().join("broken"))
        .expect("the folder of wrong projects")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(listed, there);
}

#[test]
fn every_code_is_shown_by_a_folder() {
    if accepting() {
        // the transcripts are being written this very moment
        return;
    }
    let mut shown = BTreeSet::new();
    for name in FOLDERS {
        let folder = tests().join("broken").join(name.replace('_', "-"));
        let transcript = text(&folder.join("expected.txt"));
        shown.extend(transcript.lines().filter(|line| is_code(line)).map(str::to_owned));
    }
    // a row for each fault, with its code first
    let faults = text(&tests().join("projects/fifty-faults/expected.csv"));
    shown.extend(faults.lines().filter_map(|line| line.split(',').next()).map(str::to_owned));
    let missing: Vec<&str> =
        // press and imposition judge PDFs, not sources: their codes are shown by the corpus and by their own tests
        Code::ALL
            .iter()
            .map(|code| code.id())
            .filter(|id| !id.starts_with("S5") && !id.starts_with("S6") && !shown.contains(*id))
            // no source can bring about what is a fault of ours: `verify` has a test of it
            .filter(|id| ![Code::FileText.id(), Code::SheetContent.id()].contains(id))
            .collect();
    assert!(missing.is_empty(), "without a folder in tests/broken: {missing:?}");
}
