//! Changes of single cells, as strangers make them: of each kind several by a seed, on paper as a careful person would print
//! them, or told at their cell. None is silent.
//!
//! Many changes stand in one list, each behind a row that marks where it begins. A row that is an error is taken out and the
//! list is made again; what then stands on paper is compared with the whole of what is right, so that nothing may be added
//! either.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::harness::Sandbox;
use super::single_cells_kinds::{
    ABOVE_ADDRESS, ABOVE_PHONE, Kind, OFFICES, Printed, Right, Seed, TYPED, Told,
};
use super::tools::{pages, squeezed};

/// How many of each kind.
const EACH: u64 = 5;

struct Change {
    what: &'static str,
    column: usize,
    cells: Vec<String>,
    right: Right,
}

/// A cell of CSV.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// What a row is on paper: name, number, address.
fn on_paper(cells: &[String]) -> String {
    squeezed(&[&*cells[0], &*cells[2], &*cells[1]].concat())
}

const COLUMNS: [&str; 3] = ["名称", "住所", "電話番号"];

/// The columns of the list of [`TYPED`].
const TYPED_COLUMNS: [&str; 8] = ["名称", "日付", "数", "ホームページ", "メール", "よみ", "郵便番号", "時間"];

/// Several changes of each kind; `base` gives the cells of a row that is right.
fn changes(
    kinds: &[Kind],
    columns: &[&str],
    base: fn(&mut Seed) -> Vec<String>,
    on_paper: fn(&[String]) -> String,
) -> Vec<Change> {
    let mut seed = Seed(0x5A55_4849_2026_0401);
    let mut changes = Vec::new();
    for kind in kinds {
        for _ in 0..EACH {
            let base = base(&mut seed);
            let column = columns.iter().position(|column| *column == kind.column).expect("a column");
            let (written, right) = (kind.make)(&mut seed);
            let mut cells = base.clone();
            let right = match right {
                Told => Told,
                Printed(words) => {
                    let mut paper = base.clone();
                    paper[column] = words;
                    Printed(on_paper(&paper))
                }
            };
            cells[column] = written;
            changes.push(Change { what: kind.what, column, cells, right });
        }
    }
    changes
}

/// The mark before a change.
fn mark(index: usize) -> String {
    format!("境{index:03}界")
}

/// The list with the changes that are in `kept`, and for each row from 2 the change that stands in it. `above` is what
/// stands in a row before each, behind its name.
fn list(
    columns: &[&str],
    above: &str,
    changes: &[Change],
    kept: &BTreeSet<usize>,
) -> (String, Vec<Option<usize>>) {
    let mut list = format!("{}\n", columns.join(","));
    let mut rows = Vec::new();
    for index in kept {
        let _ = writeln!(list, "{}{above}", mark(*index));
        let cells: Vec<String> = changes[*index].cells.iter().map(|cell| quoted(cell)).collect();
        let _ = writeln!(list, "{}", cells.join(","));
        rows.extend([None, Some(*index)]);
    }
    (list, rows)
}

/// Changes at whose cell something is told, and those that keep the list from being made.
fn told(sandbox: &Sandbox, changes: &[Change], rows: &[Option<usize>]) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("a report");
    let (mut told, mut errors) = (BTreeSet::new(), BTreeSet::new());
    for finding in report["findings"].as_array().into_iter().flatten() {
        let origin = &finding["origin"];
        let number = |key: &str| origin[key].as_u64().and_then(|number| usize::try_from(number).ok());
        let (Some(row), Some(column)) = (number("row"), number("column")) else { continue };
        let Some(index) = row.checked_sub(2).and_then(|row| rows.get(row).copied().flatten()) else {
            continue;
        };
        if changes[index].column + 1 == column {
            told.insert(index);
        }
        if finding["severity"] == "error" {
            errors.insert(index);
        }
    }
    (told, errors)
}

/// What was found of a list of changes.
struct Found {
    /// Changes at whose cell something is told.
    told: BTreeSet<usize>,
    /// All that stands on the pages of the others, without spaces.
    paper: String,
}

/// Builds a list until it is on paper: rows that are errors are taken out.
fn build(
    sandbox: &Sandbox,
    changes: &[Change],
    list: impl Fn(&BTreeSet<usize>) -> (String, Vec<Option<usize>>),
    area: &[&str],
) -> Option<Found> {
    let mut kept: BTreeSet<usize> = (0..changes.len()).collect();
    let mut all_told = BTreeSet::new();
    for build in 0.. {
        assert!(build < 8, "more and more is told");
        let (text, rows) = list(&kept);
        sandbox.write("sources/centers.csv", text);
        let run = sandbox.sasshi("build list --quiet");
        let (told, errors) = told(sandbox, changes, &rows);
        all_told.extend(told);
        if run.code == 0 {
            break;
        }
        assert!(!errors.is_empty(), "{}", run.transcript());
        kept.retain(|index| !errors.contains(index));
    }
    let pages = pages(&sandbox.root().join("output/list/screen/list.pdf"), area)?;
    Some(Found { told: all_told, paper: squeezed(&pages.concat()) })
}

/// Compares what is on paper with what is right; `above` is what the row of a mark has on paper behind its name.
fn judge(changes: &[Change], found: &Found, above: &str) {
    let mut wrong = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let is_told = found.told.contains(&index);
        let paper = found.paper.split_once(&mark(index)).map(|(_, rest)| {
            let next = (index + 1..changes.len()).find_map(|next| rest.find(&mark(next)));
            let own = &rest[..next.unwrap_or(rest.len())];
            own.strip_prefix(above).unwrap_or(own)
        });
        let is_right = match &change.right {
            Told => is_told,
            Printed(words) => paper == Some(words),
        };
        if !is_right {
            let Change { what, cells, right, .. } = change;
            wrong.push(format!("{what}: {cells:?}\n  right: {right:?}\n  told: {is_told}, paper: {paper:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), changes.len(), wrong.join("\n"));
}

#[test]
fn a_change_of_a_cell_is_printed_as_a_person_would_or_told_at_it() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\nfor = \"all\"");
    let base = |seed: &mut Seed| {
        vec![format!("{}窓口", seed.word()), format!("西区見本町{}", seed.house()), seed.phone()]
    };
    let changes = changes(OFFICES, &COLUMNS, base, on_paper);
    assert!(OFFICES.len() >= 40 && changes.len() >= 200);
    let above = format!(",{ABOVE_ADDRESS},{ABOVE_PHONE}");
    let list = |kept: &BTreeSet<usize>| list(&COLUMNS, &above, &changes, kept);
    // the columns alone: what stands above and below them is the list's own
    let area = ["-raw", "-r", "72", "-x", "0", "-y", "88", "-W", "600", "-H", "706"];
    let Some(found) = build(&sandbox, &changes, list, &area) else { return };
    judge(&changes, &found, &format!("{ABOVE_PHONE}{ABOVE_ADDRESS}"));
}

/// A layout that prints every column of a list.
const TABLE: [(&str, &str); 2] = [
    (
        "layouts/table/layout.toml",
        "kind = \"list\"\ntitle = { ja = \"表\", en = \"Table\" }\nsummary = { ja = \"すべての列。\", en = \"All columns.\" }\n\
         [page]\ntrim = [\"210mm\", \"297mm\"]\nbleed = \"3mm\"\nbinding = \"left\"\n[needs]\noffices = [\"name\"]\n",
    ),
    (
        "layouts/table/layout.typ",
        "#import \"/layouts/shared/data.typ\": data\n#import \"/layouts/shared/type.typ\": type\n\
         #import \"/layouts/shared/trace.typ\": traced\n#set document(title: \"表\")\n\
         #set page(width: 210mm, height: 297mm, margin: 20mm)\n#show: type.with(9pt, 5mm)\n\
         #for record in data.directories.at(\"centers\").records {\n  for name in COLUMNS {\n    \
         let field = record.fields.at(name)\n    if field.v != \"\" { par(traced(field.o, field.v)) }\n  }\n}\n",
    ),
];

#[test]
fn dates_numbers_and_addresses_are_printed_or_told() {
    let sandbox = Sandbox::copy("projects/small");
    let names = ["name", "date", "count", "url", "email", "kana", "postal", "hours"];
    let kinds = ["text", "date", "number", "url", "email", "kana", "postal", "text"];
    let mut schema = String::from("title = \"表\"\nkind = \"facility\"\nkey = \"name\"\n");
    for ((name, kind), header) in names.iter().zip(kinds).zip(TYPED_COLUMNS) {
        let _ =
            write!(schema, "\n[[column]]\nname = \"{name}\"\ntype = \"{kind}\"\nheaders = [\"{header}\"]\n");
    }
    sandbox.write("schemas/typed.toml", schema);
    for (path, text) in TABLE {
        sandbox
            .write(path, text.replace("COLUMNS", &format!("{names:?}").replace('[', "(").replace(']', ")")));
    }
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"typed\"\nfor = \"all\"");
    sandbox.edit("sasshi.toml", "layout = \"directory-list\"", "layout = \"table\"");
    let base = |seed: &mut Seed| {
        let mut cells = vec![String::new(); TYPED_COLUMNS.len()];
        cells[0] = format!("{}窓口", seed.word());
        cells
    };
    let changes = changes(TYPED, &TYPED_COLUMNS, base, |cells| squeezed(&cells.concat()));
    let list = |kept: &BTreeSet<usize>| list(&TYPED_COLUMNS, ",,,,,,,", &changes, kept);
    let Some(found) = build(&sandbox, &changes, list, &["-raw"]) else { return };
    judge(&changes, &found, "");
}

#[test]
fn a_field_that_is_printed_is_the_words_behind_their_mark() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "layout = \"directory-list\"", "layout = \"table\"");
    let made = |template: &str| {
        for (path, text) in TABLE {
            sandbox.write(path, text.replace("COLUMNS", "(\"name\", \"address\", \"fax\", \"phone\")"));
        }
        sandbox.edit("layouts/table/layout.typ", "traced\n", "traced, printed\n");
        let own =
            "let field = record.fields.at(name)\n    if field.v != \"\" { par(traced(field.o, field.v)) }";
        sandbox.edit("layouts/table/layout.typ", own, template);
        let run = sandbox.sasshi("build list --quiet");
        assert_eq!(run.code, 0, "{}", run.transcript());
        ["list/screen/list.pdf", "report.json"].map(|path| sandbox.read(&format!("output/{path}")))
    };
    let by_hand = made(
        "let field = record.fields.at(name, default: none)\n    \
         if field != none and field.v != \"\" { par(traced(field.o, field.v)) }",
    );
    let printed = made("let field = printed(record, name)\n    if field != none { par(field) }");
    assert!(by_hand == printed, "the same pages, and the same places in the report");
}

#[test]
fn an_office_is_on_the_sheet_of_its_own_ward_or_told() {
    let sandbox = Sandbox::copy("projects/small");
    let list = String::from_utf8(sandbox.read("sources/centers.csv")).expect("UTF-8");
    for (written, right) in [
        ("横浜市西区", Some("103-nishi")),
        ("神奈川県横浜市西区", Some("103-nishi")),
        ("　西区 ", Some("103-nishi")),
        ("同上", Some("101-tsurumi")),
        ("西区（仮）", None),
        ("西区・鶴見区", None),
        ("全区", None),
        ("ﾆｼｸ", None),
        ("西\u{200B}区", None),
        ("―", None),
        ("", None),
    ] {
        let row = format!("{written},見本相談室,西区見本町9-8,045-510-0099");
        // behind the first office, so that 同上 has one above it
        let mut lines: Vec<&str> = list.lines().collect();
        lines.insert(2, &row);
        sandbox.write("sources/centers.csv", lines.join("\n") + "\n");
        let run = sandbox.sasshi("build contact-sheet --edition screen --quiet");
        let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("a report");
        let findings = report["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_told = findings.iter().any(|finding| finding["origin"]["row"] == 3);
        let Some(right) = right else {
            assert!(is_told && run.code == 1, "{written:?}: {}", run.transcript());
            continue;
        };
        assert_eq!(run.code, 0, "{written:?}: {}", run.transcript());
        for sheet in ["101-tsurumi", "103-nishi", "109-kohoku"] {
            let file = sandbox.root().join(format!("output/contact-sheet/screen/{sheet}.pdf"));
            let Some(pages) = pages(&file, &["-raw"]) else { return };
            let is_there = squeezed(&pages.concat()).contains("見本相談室");
            assert_eq!(is_there, sheet == right, "{written:?} on {sheet}");
        }
    }
}
