//! The shape of the house: who may use whom, what stands where, how long a file may be.
//!
//! The rules are those of the design; here they are read off the source text, with tests and comments taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use sasshi::project::embedded;

use super::harness::{collect, read, repository, text};

/// The stages in the order in which they run.
const STAGES: &[&str] = &[
    "read",
    "check",
    "merge",
    "typeset",
    "verify",
    "proofread",
    "press",
    "preflight",
    "impose",
    "proofing",
    "docket",
    "report",
];

/// What stands at the top of the repository beside names that begin with a dot, and `target` where it is built in place.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches",
    "build.rs",
    "deny.toml",
    "layouts",
    "output",
    "rustfmt.toml",
    "sasshi.toml",
    "sources",
    "src",
    "target",
    "tests",
];

/// What every stage may use.
const COMMON: &[&str] = &["pdf", "model", "diagnostic", "say", "project", "table"];

/// The longest file.
const LINES: usize = 600;

/// Crates and the only places of `src/` that may use them.
const CRATES: &[(&str, &str)] = &[
    ("typst", "typeset/"),
    ("comemo", "typeset/"),
    ("qrcode", "typeset/"),
    ("comrak", "read/"),
    ("csv", "table"),
    ("glob", "project/files/listing.rs"),
    ("typst_kit", "typeset/"),
    ("notify", "watch.rs"),
    ("rayon", "typeset/threads.rs"),
    ("rustix", "watch.rs"),
    ("rustix", "main.rs"),
    ("rustix", "web/worker.rs"),
    ("mimalloc", "main.rs"),
    ("lopdf", "pdf/"),
    ("lopdf", "press/"),
    ("lopdf", "preflight/"),
    ("lopdf", "impose/"),
    ("printpdf", "impose/"),
    ("calamine", "read/"),
    ("encoding_rs", "read/"),
    ("encoding_rs", "pdf/objects.rs"),
    ("chardetng", "read/"),
    ("zip", "read/"),
    ("zip", "output/zip.rs"),
    ("cfb", "read/compound.rs"),
    ("percent_encoding", "read/"),
    ("percent_encoding", "report/sarif.rs"),
    ("percent_encoding", "web/"),
    ("askama", "report/html/"),
    ("base64", "report/html/"),
    ("base64", "proofing/thumbnails.rs"),
    ("quick_xml", "read/xml.rs"),
    ("quick_xml", "typeset/drawing.rs"),
    ("clap", "command/"),
    ("indicatif", "command/"),
    ("sys_locale", "command/"),
    ("miette", "report/"),
    ("rustix", "output/"),
    ("rustix", "main.rs"),
    ("rustix", "web/worker.rs"),
    ("ciborium", "pipeline/kept.rs"),
    ("tokio", "command/signal.rs"),
    ("tokio", "web/"),
    ("tempfile", "output/"),
    ("genpdf", "docket/plain/"),
    ("allsorts", "docket/plain/"),
    ("hayro", "pdf/raster.rs"),
    ("hayro_jpeg2000", "pdf/samples.rs"),
    ("zune_jpeg", "pdf/samples.rs"),
    ("lcms2", "press/"),
    ("ttf_parser", "press/"),
    ("ttf_parser", "pdf/font_program.rs"),
    ("ttf_parser", "impose/font.rs"),
    ("subsetter", "impose/font.rs"),
    ("printpdf", "impose/"),
    ("mimalloc", "main.rs"),
    ("regex", "check/"),
    ("regex", "proofread/"),
    ("regex", "project/schema.rs"),
    ("schemars", "project/"),
    ("schemars", "model/"),
    ("axum", "web/"),
    ("tower_http", "web/"),
    ("askama", "web/"),
    ("rusqlite", "web/state"),
    ("tracing", "web/"),
    ("tracing_subscriber", "web/"),
    ("rust_xlsxwriter", "web/workbook.rs"),
    ("getrandom", "web/"),
];

/// Words that write to the disk.
const WRITES: &[&str] = &[
    "fs::write",
    "fs::create_dir",
    "fs::remove",
    "fs::rename",
    "fs::copy",
    "fs::set_permissions",
    "File::create",
    "OpenOptions",
    ".persist(",
];

/// Words that read the disk, or ask what is on it.
const READS: &[&str] = &[
    "fs::read",
    "fs::metadata",
    "fs::symlink_metadata",
    "fs::canonicalize",
    "File::open",
    ".canonicalize()",
    ".is_file()",
    ".is_dir()",
    ".is_symlink()",
    ".metadata()",
    ".read_dir()",
    ".try_exists()",
    "glob::glob",
];

/// Words that bring in the clock, the surroundings or chance.
const SURROUNDINGS: &[&str] =
    &["std::time", "SystemTime", "Instant::", "std::env::", "env::var", "env::args", "RandomState", "rand::"];

/// A file of `src/`.
pub(super) struct SourceFile {
    /// Path below `src/`.
    pub(super) path: String,
    /// All of it.
    whole: String,
    /// Its code: no comments, no texts, no tests.
    pub(super) code: String,
}

pub(super) fn sources() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&repository().join("src"), "", &mut paths);
    paths.sort();
    let files: Vec<SourceFile> = paths
        .into_iter()
        .filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "rs"))
        // tests that have a file of their own may call who they like
        .filter(|path| !path.ends_with("/tests.rs"))
        .map(|path| {
            let whole = text(&repository().join("src").join(&path));
            let code = code(&whole);
            SourceFile { path, whole, code }
        })
        .collect();
    assert!(files.len() > 40, "the sources are found");
    files
}

/// The code above the tests, without comments and the insides of texts.
fn code(whole: &str) -> String {
    let mut code = String::new();
    for line in whole.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().lines() {
        let mut quoted = false;
        let mut last = ' ';
        for (at, c) in line.char_indices() {
            if !quoted && line[at..].starts_with("//") {
                break;
            }
            if c == '"' && last != '\\' && last != '\'' {
                quoted = !quoted;
            }
            if !quoted || c == '"' {
                code.push(c);
            }
            last = c;
        }
        code.push('\n');
    }
    code
}

/// Fails with one line for each fault.
pub(super) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What a file takes from the other modules of the crate: `crate::read::Manuscript` gives `("read", "Manuscript")`.
fn uses(code: &str) -> Vec<(String, String)> {
    let mut uses = Vec::new();
    for part in code.split("crate::").skip(1) {
        let mut depth = 0;
        let end = part.find(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth < 0 || (depth == 0 && !(c.is_alphanumeric() || matches!(c, '_' | ':' | '}')))
        });
        let path = &part[..end.unwrap_or(part.len())];
        let (module, rest) = path.split_once("::").unwrap_or((path, ""));
        uses.extend(leaves(rest).into_iter().map(|leaf| (module.to_owned(), leaf)));
    }
    uses
}

/// The last names of a path that may branch: `a::{B, c::{D, E as F}}` has `B`, `D` and `E`.
fn leaves(path: &str) -> Vec<String> {
    let Some((_, list)) = path.split_once('{') else {
        let name = path.split(" as ").next().unwrap_or_default();
        return vec![name.rsplit("::").next().unwrap_or_default().trim().to_owned()];
    };
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    let mut depth = 0;
    let parts = list.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && c == ','
    });
    parts.filter(|part| !part.trim().is_empty()).flat_map(leaves).collect()
}

/// The stage or module that a file belongs to.
fn module(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn nothing_else_stands_at_the_top() {
    let entries = std::fs::read_dir(repository()).expect("the repository").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let faults: Vec<String> =
        names.filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str())).collect();
    none(&faults);
}

#[test]
fn a_stage_takes_only_types_of_earlier_stages() {
    let mut faults = Vec::new();
    for file in sources() {
        let own = module(&file.path);
        let Some(order) = STAGES.iter().position(|stage| *stage == own) else { continue };
        for (from, name) in uses(&file.code) {
            let common = COMMON.contains(&from.as_str()) || from == own;
            let earlier = STAGES[..order].contains(&from.as_str()) && name.starts_with(char::is_uppercase);
            // the judge is asked by the pipeline, and its verdict shown by the report; its plates are drawn for proofing
            let earlier = earlier && (from != "preflight" || ["proofing", "report"].contains(&own));
            if !common && !earlier {
                faults.push(format!("src/{} uses {from}::{name}", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_ground_floor_knows_nothing_above_it() {
    let mut faults = Vec::new();
    for file in sources() {
        let allowed: &[&str] = match module(&file.path) {
            "model" | "diagnostic" => &["model", "diagnostic", "say", "table"],
            "pdf" => &["pdf", "model"],
            "project" => &["model", "diagnostic", "say", "project", "table"],
            "table" | "output" => &[],
            _ => continue,
        };
        for (from, name) in uses(&file.code).into_iter().filter(|(from, _)| !allowed.contains(&from.as_str()))
        {
            faults.push(format!("src/{} uses {from}::{name}", file.path));
        }
    }
    none(&faults);
}

#[test]
fn only_commands_call_the_pipeline_and_only_main_the_commands() {
    let mut faults = Vec::new();
    for file in sources() {
        let own = module(&file.path);
        for (from, _) in uses(&file.code) {
            if (from == "pipeline" && !["command", "web"].contains(&own))
                || (from == "command" && !["main", "command"].contains(&own))
            {
                faults.push(format!("src/{} uses {from}", file.path));
            }
            // a command sees what the pipeline gives, and types; it runs no stage itself
            if ["command", "web"].contains(&own) && ["read", "check"].contains(&from.as_str()) {
                faults.push(format!("src/{} runs the stage {from}", file.path));
            }
        }
    }
    none(&faults);
}

/// Whether `code` names the crate `name` in a path.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let after = &code[at + name.len()..];
        let family = after.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        let starts = !(before.is_alphanumeric() || matches!(before, '_' | ':' | '.'));
        // a crate of the family that has lines of its own is held by those
        let whole = &code[at..at + name.len() + family.len()];
        let is_own =
            family.is_empty() || (family.starts_with('_') && CRATES.iter().all(|(other, _)| *other != whole));
        starts && is_own && after[family.len()..].starts_with("::")
    })
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut faults = Vec::new();
    for file in sources() {
        for (name, room) in CRATES.iter().filter(|(name, _)| names_crate(&file.code, name)) {
            // a crate with several rooms stands in several lines
            let mut rooms = CRATES.iter().filter(|(other, _)| other == name);
            if !rooms.any(|(_, room)| file.path.starts_with(room)) {
                faults.push(format!("src/{} uses {name}, which belongs to src/{room}", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn only_output_and_new_write() {
    let allowed = |path: &str| module(path) == "output" || path == "command/new.rs";
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !allowed(&file.path)) {
        for word in WRITES.iter().filter(|word| file.code.contains(**word)) {
            faults.push(format!("src/{} writes with {word}", file.path));
        }
    }
    none(&faults);
}

/// One door for reading. `output` may ask whether an earlier result is there.
#[test]
fn only_the_door_reads() {
    let mut faults = Vec::new();
    for file in sources()
        .iter()
        .filter(|file| !file.path.starts_with("project/files") && module(&file.path) != "output")
    {
        for word in READS.iter().filter(|word| file.code.contains(**word)) {
            faults.push(format!("src/{} reads with {word}", file.path));
        }
    }
    none(&faults);
}

/// The folder of `src/` that a file belongs to; a file beside a folder of its name belongs to it.
#[test]
fn folders_import_in_no_circle() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        let own = module(&file.path).to_owned();
        let used: Vec<String> = uses(&file.code)
            .into_iter()
            .map(|(from, _)| from)
            .filter(|from| *from != own && from != "say")
            .collect();
        edges.entry(own).or_default().extend(used);
    }
    // what is above `diagnostic` names places, which is all that it takes of `model`
    if let Some(below) = edges.get_mut("diagnostic") {
        below.remove("model");
    }
    let mut faults = Vec::new();
    for start in edges.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(one) = open.pop() {
            for next in edges.get(one).into_iter().flatten() {
                if next == start {
                    faults.push(format!("src/{start} comes back to itself by {one}"));
                } else if seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }
    none(&faults);
}

/// The file of `src/` that a module is: `a/b` is `a/b.rs` or `a/b/mod.rs`.
fn file_of<'f>(files: &'f BTreeSet<String>, module: &str) -> Option<&'f String> {
    files.get(&format!("{module}.rs")).or_else(|| files.get(&format!("{module}/mod.rs")))
}

/// The files of the same folder that a file imports; a name of the folder itself stands in its `mod.rs`.
fn neighbours(file: &SourceFile, files: &BTreeSet<String>) -> BTreeSet<String> {
    let own = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
    let above = |module: &str| module.rsplit_once('/').map_or(String::new(), |(above, _)| above.to_owned());
    let mut found = BTreeSet::new();
    for import in file.code.split("use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let (mut module, mut rest) = (own.to_owned(), import.trim());
        if let Some(after) = rest.strip_prefix("crate::") {
            (module, rest) = (String::new(), after);
        }
        while let Some(after) = rest.strip_prefix("super::") {
            (module, rest) = (above(&module), after);
        }
        rest = rest.strip_prefix("self::").unwrap_or(rest);
        // `super::{a::B, C}` is of `a` and of what is above
        let parts = rest.strip_prefix('{').map_or_else(|| vec![rest], |list| list.split(',').collect());
        for part in parts.iter().filter(|part| part.contains(char::is_alphanumeric)) {
            let mut here = module.clone();
            for name in part.split("::").map(|name| name.trim_matches(['{', '}', ' ', '\n'])) {
                let deeper = if here.is_empty() { name.to_owned() } else { format!("{here}/{name}") };
                if file_of(files, &deeper).is_none() {
                    break;
                }
                here = deeper;
            }
            found.extend(file_of(files, &here).cloned());
        }
    }
    found.remove(&file.path);
    found
}

#[test]
fn files_of_a_folder_import_in_no_circle() {
    let all = sources();
    let files: BTreeSet<String> = all.iter().map(|file| file.path.clone()).collect();
    let edges: BTreeMap<&str, BTreeSet<String>> =
        all.iter().map(|file| (file.path.as_str(), neighbours(file, &files))).collect();
    assert!(edges["preflight/walk.rs"].contains("preflight/paint.rs"), "imports are seen");
    let mut faults = Vec::new();
    for start in edges.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(one) = open.pop() {
            for next in edges.get(one).into_iter().flatten() {
                if next == start {
                    faults.push(format!("src/{start} comes back to itself by {one}"));
                } else if seen.insert(next.as_str()) {
                    open.push(next);
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn no_clock_surroundings_or_chance_below_the_commands() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !["command", "web", "watch"].contains(&module(&file.path))) {
        for word in SURROUNDINGS.iter().filter(|word| file.code.contains(**word)) {
            faults.push(format!("src/{} uses {word}", file.path));
        }
    }
    none(&faults);
}

/// Which column joins, names or is called is a role (`model/role.rs`), whatever the user's schema calls it.
#[test]
fn no_column_is_found_by_a_name_in_the_code() {
    let words = [".column(\"", ".field(\"", ".asked(\""];
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|file| words.iter().filter(|word| file.code.contains(**word)).map(move |word| (file, word)))
        .map(|(file, word)| format!("src/{} asks for a column by its name: {word}…", file.path))
        .collect();
    none(&faults);
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    let mut faults = Vec::new();
    let mut files: Vec<(String, String)> =
        sources().into_iter().map(|file| (format!("src/{}", file.path), file.whole)).collect();
    let mut tests = Vec::new();
    collect(&repository().join("tests/suite"), "tests/suite", &mut tests);
    files.extend(tests.into_iter().map(|path| (path.clone(), text(&repository().join(path)))));
    for (path, whole) in files {
        if !whole.starts_with("//! ") {
            faults.push(format!("{path} does not begin with //!"));
        }
        let lines = whole.lines().count();
        let most = if path == "src/main.rs" { 60 } else { LINES };
        if lines > most {
            faults.push(format!("{path} has {lines} lines, more than {most}"));
        }
    }
    none(&faults);
}

#[test]
fn nothing_unwraps_without_saying_why() {
    let files = sources();
    let faults: Vec<String> = files
        .iter()
        .filter(|file| {
            file.code.contains(".unwrap()") || file.code.contains("todo!") || file.code.contains("dbg!")
        })
        .map(|file| format!("src/{}", file.path))
        .collect();
    none(&faults);
}

#[test]
fn every_file_of_the_layouts_is_embedded() {
    let mut there = Vec::new();
    collect(&repository().join("layouts"), "", &mut there);
    let there: BTreeSet<&str> =
        there.iter().map(String::as_str).filter(|path| !path.ends_with("README.md")).collect();
    let table: BTreeSet<&str> = embedded::FILES.iter().map(|(path, _)| *path).collect();
    let missing: Vec<_> = there.difference(&table).collect();
    let more: Vec<_> = table.difference(&there).collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "not embedded: {missing:?}; embedded but not there: {more:?}"
    );
    let mut sorted: Vec<&str> = embedded::FILES.iter().map(|(path, _)| *path).collect();
    sorted.sort_unstable();
    let order: Vec<&str> = embedded::FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(order, sorted, "the table is searched by halves");
    for (path, bytes) in embedded::FILES {
        assert!(
            read(&repository().join("layouts").join(path)) == *bytes,
            "{path} was changed since it was embedded"
        );
        assert_eq!(embedded::file(path), Some(*bytes));
    }
}

#[test]
fn fonts_come_with_their_licence() {
    assert_eq!(embedded::fonts().count(), 5);
    let licence = text(&repository().join("layouts/fonts/OFL.txt"));
    assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
}

#[test]
fn a_built_in_layout_has_a_picture_and_the_contract_its_description() {
    let contract = text(&repository().join("layouts/shared/README.md"));
    for word in ["layout.toml", "data.json", "\"contract\": 2", "CHAPTER", "RECORD", "traced", "slot"] {
        assert!(contract.contains(word), "layouts/shared/README.md does not say what {word} is");
    }
    let mut references = Vec::new();
    collect(&repository().join("tests/reference"), "", &mut references);
    for path in embedded::FILES.iter().filter_map(|(path, _)| path.strip_suffix("/layout.toml")) {
        let first = path.split('-').next().unwrap_or(path);
        let shown = references.iter().any(|file| {
            file.starts_with(first) && Path::new(file).extension().is_some_and(|ending| ending == "png")
        });
        assert!(shown, "tests/reference has no picture of the layout {path}");
    }
}

#[test]
fn the_rules_see_what_they_forbid() {
    let sample = "use crate::merge::{Job, join::{Entry, Place as P}};\nlet a = crate::read::csv::directory(1); // crate::web::x\n";
    let found = uses(&code(sample)).into_iter().fold(String::new(), |mut all, (from, name)| {
        let _ = write!(all, "{from}::{name} ");
        all
    });
    assert_eq!(found, "merge::Job merge::Entry merge::Place read::directory ");
    let files = ["press/mod.rs", "press/marks.rs", "press/about.rs", "model/mod.rs", "model/date.rs"]
        .map(str::to_owned)
        .into();
    let imports = "use super::{\n    about::About,\n};\nuse crate::model::date::Date;\n".to_owned();
    let marks = SourceFile { path: "press/marks.rs".to_owned(), whole: String::new(), code: imports };
    let found: Vec<String> = neighbours(&marks, &files).into_iter().collect();
    assert_eq!(found, ["model/date.rs", "press/about.rs"]);
    assert!(names_crate("use typst_pdf::PdfOptions;", "typst") && names_crate("typst::compile(x)", "typst"));
    assert!(!names_crate("super::csv::directory(a)", "csv") && !names_crate("my_typst::a", "typst"));
    assert_eq!(code("a // b\nc(\"// d\")\n#[cfg(test)]\nmod tests { e }"), "a \nc(\"\")\n");
}
