//! A list of a million rows in CP932: read, and read and checked, against the `csv` crate alone on the same rows in
//! UTF-8. `cargo bench --bench read [ROWS]`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sasshi::check::{Aside, values};
use sasshi::model::schema::FACILITY;
use sasshi::project::table_form::TableForm;
use sasshi::read::{directory, grid, survey};

fn main() {
    let rows = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let text = list(rows);
    let bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let size = bytes.len();
    println!("{rows} rows, {} MB as CP932, {} MB as UTF-8", size >> 20, text.len() >> 20);
    let start = Instant::now();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let owned: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let alone = start.elapsed();
    println!("csv crate, owned records:    {alone:>8.2?}  {} records", owned.len());
    drop(owned);
    let both = parallel_csv(&text);
    println!("csv crate, all cores:        {both:>8.2?}");
    drop(text);
    let form = TableForm::default();
    let plan = survey::plan("list.csv", &FACILITY, &form);
    let start = Instant::now();
    let grid = grid::from_bytes("list.csv", bytes, &form).value.expect("a list");
    let decoded = start.elapsed();
    let read = directory::directory(&plan, vec![grid]);
    let took = start.elapsed();
    assert!(read.diagnostics.is_empty() && read.value.records.len() == rows);
    println!("sasshi, decoded:             {decoded:>8.2?}");
    println!(
        "sasshi, read:                {took:>8.2?}  {:.2} times the csv crate on all cores",
        ratio(took, both)
    );
    println!("memory at its highest after reading: {}", memory(size));
    let mut aside = Aside { records: BTreeSet::new(), ..Aside::default() };
    let mut findings = Vec::new();
    let typed = values::typed(&plan, &read.value, "横浜市", &mut aside, &mut findings);
    let took = start.elapsed();
    println!(
        "sasshi, read and checked:    {took:>8.2?}  {:.2} times the csv crate on all cores",
        ratio(took, both)
    );
    println!("memory at its highest in all:        {}", memory(size));
    println!("{} records, {} findings", typed.records.len(), findings.len());
}

/// The same rows, parted among the cores (no cell of the list holds a line end).
fn parallel_csv(text: &str) -> Duration {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let mut parts = Vec::new();
    let mut rest = text;
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
    let took = start.elapsed();
    drop(all);
    took
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The list: twelve columns as wards keep them.
fn list(rows: usize) -> String {
    let mut text =
        String::from("区,名称,住所,電話番号,FAX,郵便番号,開館時間,休館日,担当,メール,ウェブ,備考\r\n");
    let wards = ["鶴見区", "神奈川区", "西区", "中区", "南区", "港南区"];
    for row in 0..rows {
        let ward = wards[row % wards.len()];
        let (a, b, c) = (row % 10, row / 10 % 1000, row / 10_000 % 10_000);
        let _ = write!(
            text,
            "{ward},市民活動センター№{row},{ward}中央{a}－{b}－{c}　総合庁舎５階,045-{b:03}-{c:04},045-{b:03}-{a:04},"
        );
        let _ = write!(text, "230-{c:04},午前９時から午後５時,\"月曜日,祝日\",地域振興課,a{row}@example.jp,");
        let _ = write!(text, "https://example.jp/{row}/,要予約\r\n");
    }
    text
}

/// The highest memory of the process so far, where the system tells it.
fn memory(size: usize) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak: Option<usize> = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|words| words.split_whitespace().next()?.parse().ok());
    peak.map_or_else(
        || "unknown".to_owned(),
        |kilobytes| {
            format!("{} MB ({:.1} times the file, what the measuring holds included)", kilobytes >> 10, {
                #[allow(clippy::cast_precision_loss)] // a ratio with one decimal
                let times = (kilobytes << 10) as f64 / size as f64;
                times
            })
        },
    )
}
