//! Forty kinds of change to what a build is made of, one after the other: each makes just the jobs that depend on it, each
//! reason is named, and now and then the tree is compared with one of a build that knows nothing.

use std::collections::BTreeMap;

use super::cache::{clean_tree, tree};
use super::harness::{Sandbox, repository, text};

const MANIFEST: &str = "sasshi.toml";
const CENTERS: &str = "sources/centers.csv";
const WARDS: &str = "sources/wards.csv";

/// Which jobs are made.
#[derive(Debug, Clone, Copy)]
enum Made {
    All,
    Nothing,
    /// Those whose path begins so.
    Below(&'static str),
    /// Those that hold one of these in their path.
    Holding(&'static [&'static str]),
}

impl Made {
    fn takes(self, job: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Below(start) => job.starts_with(start),
            Self::Holding(parts) => parts.iter().any(|part| job.contains(part)),
        }
    }
}

/// How a project is changed.
enum Change {
    /// In a file one text becomes another.
    Edit(&'static str, &'static str, &'static str),
    /// All of a text file.
    Text(&'static str, fn(&str) -> String),
    /// A file of ours becomes the project's, with something added.
    Own(&'static str, &'static str),
    /// A file goes.
    Remove(&'static str),
}

use Change::{Edit, Own, Remove, Text};

impl Change {
    fn make(&self, sandbox: &Sandbox) {
        match self {
            Edit(file, from, to) => {
                sandbox.edit(file, from, to);
            }
            Text(file, change) => {
                let old = String::from_utf8(sandbox.read(file)).expect("a text");
                sandbox.write(file, change(&old));
            }
            Own(file, more) => {
                sandbox.write(file, text(&repository().join(file)) + more);
            }
            Remove(file) => std::fs::remove_file(sandbox.root().join(file)).expect("there"),
        }
    }
}

/// The sheet of the ward whose rows change, the part of all sheets with it, and the lists.
const NISHI: Made = Made::Holding(&["103-nishi", "/all-0001-0002", "labels", "list"]);
const SHEETS: Made = Made::Below("contact-sheet/");
const LABELS: Made = Made::Below("labels/");
const LIST: Made = Made::Below("list/");
const NEW: &str = "made for the first time";

/// What is changed, how, which jobs that makes, and what is said of each.
type Mutation = (&'static str, Change, Made, &'static str);

const MUTATIONS: &[Mutation] = &[
    (
        "title",
        Edit(MANIFEST, "title = \"地域の相談先\"", "title = \"地域の窓口\""),
        Made::All,
        "project.title",
    ),
    ("municipality", Edit(MANIFEST, "横浜市", "川崎市"), Made::All, "changed"),
    ("what was before", Edit(MANIFEST, "川崎市", "横浜市"), Made::Nothing, ""),
    ("date", Edit(MANIFEST, "2026-04-01", "2026-05-01"), Made::All, "changed"),
    (
        "language, as it is by default",
        Edit(MANIFEST, "date =", "language = \"ja\"\ndate ="),
        Made::Nothing,
        "",
    ),
    (
        "publisher",
        Edit(MANIFEST, "date =", "publisher = [\"市民局\"]\ndate ="),
        Made::All,
        "project.publisher",
    ),
    ("notice", Edit(MANIFEST, "date =", "notice = \"見本\"\ndate ="), Made::All, "project.notice"),
    ("as-of", Edit(MANIFEST, "date =", "as-of = \"今年\"\ndate ="), Made::All, "project.as-of"),
    (
        "checked links",
        Edit(MANIFEST, "date =", "checked-links = [\"https://example.jp/\"]\ndate ="),
        Made::Nothing,
        "",
    ),
    ("a directory's title", Edit(MANIFEST, "\"活動センター\"", "\"センター\""), Made::All, "centers.title"),
    ("its help", Edit(MANIFEST, "始めたいときに", "始めるときに"), Made::All, "centers.help"),
    ("its short help", Edit(MANIFEST, "活動の相談", "相談"), Made::All, "centers.short-help"),
    ("its icon", Edit(MANIFEST, "\"people\"", "\"heart\""), Made::All, "centers.icon"),
    ("optional columns", Edit(MANIFEST, "icon =", "optional = [\"住所\"]\nicon ="), Made::Nothing, ""),
    ("every-ward", Edit(MANIFEST, "icon =", "every-ward = true\nicon ="), Made::Nothing, ""),
    ("encoding", Edit(MANIFEST, "icon =", "encoding = \"utf-8\"\nicon ="), Made::Nothing, ""),
    ("delimiter", Edit(MANIFEST, "icon =", "delimiter = \",\"\nicon ="), Made::Nothing, ""),
    ("a header row", Edit(MANIFEST, "icon =", "header-row = 1\nicon ="), Made::Nothing, ""),
    (
        "a title of a publication",
        Edit(MANIFEST, "\"labels\"\nlayout", "\"labels\"\ntitle = \"宛名\"\nlayout"),
        LABELS,
        "publication.title",
    ),
    (
        "an edition more",
        Edit(
            MANIFEST,
            "layout = \"directory-list\"",
            "layout = \"directory-list\"\neditions = [\"screen\", \"office\"]",
        ),
        Made::Below("list/office/"),
        NEW,
    ),
    (
        "a reader as it is by default",
        Edit(MANIFEST, "layout = \"directory-list\"", "layout = \"directory-list\"\nreaders = [\"ja\"]"),
        Made::Nothing,
        "",
    ),
    (
        "files of all in parts",
        Edit(MANIFEST, "per = \"wards\"", "per = \"wards\"\ncombined = { sheets = 2 }"),
        Made::Holding(&["/all-"]),
        NEW,
    ),
    (
        "a layout's option",
        Edit(MANIFEST, "[directory.wards]", "[layout.contact-sheet]\ntag = \"見本版\"\n[directory.wards]"),
        SHEETS,
        "options.tag",
    ),
    (
        "another layout's option",
        Edit(
            MANIFEST,
            "[directory.wards]",
            "[layout.directory-list]\nheading = \"相談先\"\n[directory.wards]",
        ),
        LIST,
        "options.heading",
    ),
    (
        "a level of checks",
        Edit(MANIFEST, "[directory.wards]", "[checks]\nincomplete = \"warn\"\n[directory.wards]"),
        Made::Nothing,
        "",
    ),
    (
        "the limit of the cache",
        Edit(MANIFEST, "[directory.wards]", "[cache]\nmegabytes = 100\n[directory.wards]"),
        Made::Nothing,
        "",
    ),
    (
        "what a job may take",
        Edit(MANIFEST, "[directory.wards]", "[limits]\nseconds = 500\n[directory.wards]"),
        Made::Nothing,
        "",
    ),
    (
        "columns left out",
        Edit(MANIFEST, "layout = \"labels\"", "layout = \"labels\"\nleaves-out = [\"電話番号\"]"),
        Made::Nothing,
        "",
    ),
    (
        "a press edition",
        Edit(
            MANIFEST,
            "editions = [\"screen\", \"office\"]\n\n[[publication]]\nname = \"list\"",
            "editions = [\"screen\", \"office\", \"press\"]\n\n[[publication]]\nname = \"list\"",
        ),
        Made::Below("contact-sheet/press/"),
        NEW,
    ),
    (
        "a profile that is the default",
        Edit(MANIFEST, "[directory.wards]", "[press.default]\nprofile = \"x4-generic\"\n[directory.wards]"),
        Made::Nothing,
        "",
    ),
    (
        "another profile",
        Edit(MANIFEST, "x4-generic", "digital-office"),
        Made::Below("contact-sheet/press/"),
        "changed",
    ),
    ("a phone number", Edit(CENTERS, "045-510-0002", "045-510-0012"), NISHI, "sources/centers.csv:3:4"),
    ("a name", Edit(CENTERS, "にし見本センター", "西見本センター"), NISHI, "sources/centers.csv:3:2"),
    ("an address", Edit(CENTERS, "4-5", "4-6"), NISHI, "sources/centers.csv:3:3"),
    (
        "a space behind a cell",
        Edit(CENTERS, "045-510-0012", "045-510-0012 "),
        NISHI,
        "sources/centers.csv:3:4",
    ),
    ("a reading of a ward", Edit(WARDS, "にしく", "にし"), NISHI, "sources/wards.csv:3:3"),
    (
        "rows in another order",
        Text(CENTERS, |old| {
            let lines: Vec<&str> = old.lines().collect();
            [lines[0], lines[3], lines[1], lines[2], ""].join("\n")
        }),
        Made::Nothing,
        "",
    ),
    ("a blank line at the end", Text(CENTERS, |old| format!("{old}\n")), Made::Nothing, ""),
    (
        "no byte order mark",
        Text(CENTERS, |old| old.trim_start_matches('\u{feff}').to_owned()),
        Made::Nothing,
        "",
    ),
    ("other line ends", Text(CENTERS, |old| old.replace('\n', "\r\n")), Made::Nothing, ""),
    (
        "a shared template",
        Own("layouts/shared/trace.typ", "\n// x\n"),
        Made::All,
        "layouts/shared/trace.typ changed",
    ),
    ("a template", Own("layouts/labels/layout.typ", "\n// x\n"), LABELS, "layouts/labels/layout.typ changed"),
    (
        "a colour of the palette",
        Own("layouts/shared/palette.csv", "mine,1,2,3,4,#aabbcc,,x\n"),
        Made::All,
        "palette changed",
    ),
    (
        "a picture of the layouts",
        Own("layouts/shared/art/icon-heart.svg", "<!-- x -->"),
        Made::All,
        "icon-heart.svg changed",
    ),
    ("a picture as it is built in", Remove("layouts/shared/art/icon-heart.svg"), Made::Nothing, ""),
    ("a note beside the sources", Text(WARDS, str::to_owned), Made::Nothing, ""),
    ("a comment", Edit(MANIFEST, "[project]", "# x\n[project]"), Made::Nothing, ""),
];

/// The jobs of a build, each with why it is made.
fn reasons(sandbox: &Sandbox, what: &str) -> BTreeMap<String, String> {
    let run = sandbox.sasshi("build --why --lang en");
    assert_eq!(run.code, 0, "{what}: {}", run.transcript());
    let lines = run.stderr.lines().filter_map(|line| line.strip_prefix("output/")?.split_once(".pdf: "));
    lines.map(|(job, why)| (job.to_owned(), why.to_owned())).collect()
}

#[test]
fn each_change_makes_just_what_depends_on_it() {
    let sandbox = Sandbox::copy("projects/small");
    assert_eq!(reasons(&sandbox, "the first build").len(), 10);
    for (number, (what, change, made, why)) in MUTATIONS.iter().enumerate() {
        change.make(&sandbox);
        let jobs = reasons(&sandbox, what);
        assert!(jobs.len() >= 10, "{what}: {jobs:?}");
        for (job, reason) in &jobs {
            let is_made = reason != "unchanged";
            assert_eq!(is_made, made.takes(job), "{what}: {job}: {reason}");
            assert!(!is_made || reason.contains(why), "{what}: {job}: {reason}");
        }
        // other surroundings change nothing
        if number % 10 == 0 {
            sandbox.sasshi_in("ja_JP.UTF-8", "Asia/Tokyo", "build --prune --quiet").exit(0);
            assert!(tree(&sandbox) == clean_tree(&sandbox), "{what}");
        }
    }
    sandbox.sasshi("build --prune --quiet").exit(0);
    assert!(tree(&sandbox) == clean_tree(&sandbox), "all of them");
}
