//! A list of a million rows of twelve columns in CP932: read, and read and checked, against the `csv` crate alone that
//! collects the same rows out of UTF-8. `cargo bench --bench read [ROWS]`. Each is a process of its own, so that the
//! memory of one is not counted with the other's; all rounds are of one run, and the best of each is
//! compared: by the clock, and by the time that the cores gave to each.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use sasshi::check;
use sasshi::check::changes::changes;
use sasshi::read;

const ROUNDS: usize = 5;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["csv", folder] => csv_alone(Path::new(folder)),
        ["sasshi", folder] => sasshi(Path::new(folder)),
        [] => compare(1_000_000),
        [rows] => compare(rows.parse().expect("a number of rows")),
        _ => panic!("[ROWS]"),
    }
}

fn compare(rows: usize) {
    let folder = std::env::temp_dir().join(format!("sasshi-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let text = list(rows);
    let bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let size = bytes.len();
    println!("{rows} rows, {} MB as CP932, {} MB as UTF-8", size >> 20, text.len() >> 20);
    std::fs::write(folder.join("list.csv"), &bytes).expect("room");
    std::fs::write(folder.join("list.utf8"), &text).expect("room");
    std::fs::write(folder.join("sasshi.toml"), MANIFEST).expect("room");
    drop((text, bytes));
    let (mut alone, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(part("csv", &folder));
        ours.push(part("sasshi", &folder));
    }
    let best =
        |parts: &[Vec<f64>], at: usize| parts.iter().map(|part| part[at]).fold(f64::INFINITY, f64::min);
    let (csv, of_cores) = (best(&alone, 0), best(&alone, 1));
    println!("csv crate, all cores:     {csv:6.2} s, of the cores {of_cores:6.2} s");
    for (at, what) in ["sasshi, read:        ", "sasshi, read, checked:"].iter().enumerate() {
        let (took, also) = (best(&ours, at * 2), best(&ours, at * 2 + 1));
        let (times, of_cores) = (took / csv, also / of_cores);
        println!(
            "{what}    {took:6.2} s, of the cores {also:6.2} s: {times:.2} and {of_cores:.2} times the csv crate"
        );
    }
    #[allow(clippy::cast_precision_loss)] // a ratio with one decimal
    let times = best(&ours, 4) / size as f64;
    println!("memory at its highest: {times:.1} times the file");
    std::fs::remove_dir_all(&folder).expect("the folder of this run");
}

/// Runs one part as a process of its own; the numbers that it prints.
fn part(name: &str, folder: &Path) -> Vec<f64> {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new(own).arg(name).arg(folder).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("numbers");
    text.split_whitespace().map(|word| word.parse().expect("a number")).collect()
}

fn sasshi(folder: &Path) {
    let project =
        sasshi::pipeline::open(std::sync::Arc::new(sasshi::project::files::Files::in_folder(folder)))
            .expect("a project")
            .value
            .expect("a manifest");
    let rows = std::fs::metadata(folder.join("list.utf8")).expect("a list").len();
    let start = Instant::now();
    let manuscript = read::manuscript(&project);
    let read = (start.elapsed(), cores());
    assert!(manuscript.diagnostics.is_empty(), "{:?}", manuscript.diagnostics);
    let checked = check::all(&project, manuscript.value);
    let (_, changed) = changes(&checked.value);
    let all = (start.elapsed(), cores());
    let found = checked.diagnostics.first().map(|finding| finding.message.en.as_str());
    assert!(checked.diagnostics.is_empty(), "{} findings, such as {found:?}", checked.diagnostics.len());
    assert!(changed >= checked.value.directories["list"].records().count() && rows > 0);
    let (read, of_read, all, of_all) = (read.0.as_secs_f64(), read.1, all.0.as_secs_f64(), all.1);
    println!("{read} {of_read} {all} {of_all} {}", peak());
}

const MANIFEST: &str = r#"
[project]
title = "一覧"
municipality = "横浜市"
date = 2026-11-23

[directory.list]
source = "list.csv"
schema = "facility"
every-ward = false
"#;

/// The same rows, parted among the cores (no cell of the list holds a line end).
fn csv_alone(folder: &Path) {
    let start = Instant::now();
    let text = std::fs::read_to_string(folder.join("list.utf8")).expect("a list");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    for left in (1..=threads).rev() {
        let end = rest.floor_char_boundary(rest.len() / left);
        let end = rest[end..].find('\n').map_or(rest.len(), |at| end + at + 1);
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    let all: Vec<Vec<csv::StringRecord>> = std::thread::scope(|scope| {
        let running: Vec<_> = parts
            .into_iter()
            .map(|part| {
                scope.spawn(|| {
                    let mut reader =
                        csv::ReaderBuilder::new().has_headers(false).from_reader(part.as_bytes());
                    reader.records().map(|record| record.expect("a record")).collect()
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let (took, of_cores) = (start.elapsed().as_secs_f64(), cores());
    println!("{took} {of_cores} {}", all.iter().map(Vec::len).sum::<usize>());
}

/// The list: twelve columns as wards keep them.
fn list(rows: usize) -> String {
    let mut text =
        String::from("区,名称,住所,電話番号,FAX,郵便番号,開館時間,休館日,担当,メール,ウェブ,備考\r\n");
    let wards = ["鶴見区", "神奈川区", "西区", "中区", "南区", "港南区"];
    for row in 0..rows {
        let ward = wards[row % wards.len()];
        let (a, b, c) = (row % 10, 200 + row / 10_000, row % 10_000);
        let _ = write!(
            text,
            "{ward},市民活動センター№{row},{ward}中央{a}－{b}－{c}　総合庁舎５階,045-{b:03}-{c:04},045-{b:03}-{a:04},"
        );
        let _ = write!(text, "230-{c:04},午前９時から午後５時,\"月曜日,祝日\",地域振興課,a{row}@example.jp,");
        let _ = write!(text, "https://example.jp/{row}/,要予約\r\n");
    }
    text
}

/// The time in seconds that the cores gave to the process, where the system tells it; else 0. On a machine that does other
/// work too it tells more than the clock.
fn cores() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // behind the name, which may hold anything: the times of the process and of the system for it, in hundredths
    let behind = status.rsplit_once(')').map_or("", |(_, behind)| behind);
    let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The highest memory of the process in bytes, where the system tells it; else 0.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes: Option<u64> = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|words| words.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0) << 10
}
