//! Times whole builds as the number of sheets grows: cold ones, and those after which little or nothing changed. The same list
//! sheets are also set by Python's `typst` and by `ReportLab`, where they are installed, in turn with ours.
//!
//! `cargo bench --bench scale [-- all] [-- program PATH] [-- python PATH]`: writes its table into `benches/RESULTS.md`, in the
//! place of the one before. `all`: with 10,000 contact sheets, some ten minutes. Asserts nothing.

mod example;
mod invented;
mod timing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use timing::{Bench, Run, measure, row};

/// Numbers of sheets of the usual run.
const SHEETS: [usize; 4] = [1, 18, 180, 1_800];
/// The number that asks for patience.
const MANY: usize = 10_000;
/// How many sheets a combined part has.
const COMBINED: &str = "{ sheets = 200 }";
/// Where the table begins and ends in the file of results.
const MARKS: [&str; 2] = ["<!-- scale -->\n", "<!-- /scale -->\n"];

/// What is run, and where.
struct Setting {
    program: PathBuf,
    python: PathBuf,
    root: PathBuf,
    folder: PathBuf,
    /// Whether the longest rows are measured too.
    all: bool,
    table: String,
}

fn main() -> Bench<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir()?;
    let words: Vec<String> = std::env::args().collect();
    let named = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let mut setting = Setting {
        program: named("program").map_or_else(|| env!("CARGO_BIN_EXE_sasshi").into(), PathBuf::from),
        python: named("python").map_or_else(|| "python3".into(), PathBuf::from),
        root,
        folder: folder.path().to_owned(),
        all: words.iter().any(|word| word == "all"),
        table: String::new(),
    };
    setting.say("| what | wall | CPU | peak memory | CPU a sheet |");
    setting.say("|---|---|---|---|---|");
    contact_sheets(&mut setting)?;
    list_sheets(&mut setting)?;
    edits(&mut setting)?;
    booklet(&mut setting)?;
    setting.write()
}

impl Setting {
    /// A line of the table, told at once.
    fn say(&mut self, line: &str) {
        println!("{line}");
        self.table += line;
        self.table.push('\n');
    }

    /// The row of `runs` that made so many sheets each.
    fn tell(&mut self, name: &str, runs: &[Run], sheets: usize) {
        #[allow(clippy::cast_precision_loss)] // a count of sheets
        let each = timing::cpu(runs) / sheets as f64 * 1000.0;
        self.say(&format!("| {name} | {} | {each:.1} ms |", row(runs)));
    }

    /// A build of `project` over what the last one left.
    fn again(&self, project: &Path, words: &[&str]) -> Bench<Run> {
        let mut command = Command::new(&self.program);
        measure(command.arg("build").args(words).arg("--quiet").arg("--project").arg(project))
    }

    /// A build from nothing.
    fn cold(&self, project: &Path, words: &[&str]) -> Bench<Run> {
        match fs::remove_dir_all(project.join("output")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => self.again(project, words),
        }
    }

    /// The script of another program, if what it needs is installed.
    fn peer(&self, package: &str, script: &'static str) -> Bench<Option<PathBuf>> {
        let mut asking = Command::new(&self.python);
        asking.args(["-c", &format!("import {package}")]).stdout(Stdio::null()).stderr(Stdio::null());
        if !asking.status()?.success() {
            return Ok(None);
        }
        let place = self.folder.join(format!("{package}.peer.py"));
        fs::write(&place, script)?;
        Ok(Some(place))
    }

    /// Puts the table into the file of results, with the day and the commit.
    fn write(&self) -> Bench<()> {
        let place = self.root.join("benches/RESULTS.md");
        let known = fs::read_to_string(&place)?;
        let begin =
            known.find(MARKS[0]).map(|at| at + MARKS[0].len()).ok_or("RESULTS.md has no place for it")?;
        let end = known.find(MARKS[1]).ok_or("RESULTS.md has no end of the place for it")?;
        let git = |words: &[&str]| -> Bench<String> {
            let output = Command::new("git").args(words).current_dir(&self.root).output()?;
            Ok(String::from_utf8(output.stdout)?.trim().to_owned())
        };
        let commit = git(&["rev-parse", "--short", "HEAD"])?;
        let days = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs() / 86_400;
        let cores = std::thread::available_parallelism()?;
        let head = format!("{}, commit {commit}, {cores} cores.\n\n", date(days));
        Ok(fs::write(&place, format!("{}{head}{}{}", &known[..begin], self.table, &known[end..]))?)
    }
}

/// The day that is so many days after 1970-01-01, in the calendar of the time before days and months vary: counted.
fn date(days: u64) -> String {
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut rest) = (1970, days);
    while rest >= 365 + u64::from(is_leap(year)) {
        rest -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", rest + 1)
}

/// How often a build of so many sheets is run.
fn rounds(sheets: usize) -> usize {
    if sheets < 100 {
        5
    } else if sheets < 1_000 {
        3
    } else {
        1
    }
}

fn contact_sheets(setting: &mut Setting) -> Bench<()> {
    let many = if setting.all { Some(MANY) } else { None };
    for count in SHEETS.into_iter().chain(many) {
        let project = setting.folder.join(format!("contact-{count}"));
        invented::contact_sheets(&project, count, COMBINED)?;
        let runs = (0..rounds(count)).map(|_| setting.cold(&project, &[])).collect::<Bench<Vec<_>>>()?;
        setting.tell(&format!("{count} contact sheets, and parts of 200"), &runs, count);
        let runs = (0..rounds(count)).map(|_| setting.again(&project, &[])).collect::<Bench<Vec<_>>>()?;
        setting.tell("the same, nothing changed", &runs, count);
    }
    Ok(())
}

fn list_sheets(setting: &mut Setting) -> Bench<()> {
    let typst = setting.peer("typst", include_str!("list-sheet/typst_peer.py"))?;
    let reportlab = setting.peer("reportlab", include_str!("list-sheet/reportlab_peer.py"))?;
    let fonts = setting.root.join("layouts/fonts");
    for count in SHEETS {
        let project = setting.folder.join(format!("list-{count}"));
        invented::list_sheets(&project, count)?;
        let work = setting.folder.join(format!("peer-{count}"));
        invented::peer_data(&work, count)?;
        let run = |script: &Path| measure(Command::new(&setting.python).arg(script).arg(&work).arg(&fonts));
        let (mut ours, mut typsts, mut reportlabs) = (Vec::new(), Vec::new(), Vec::new());
        // in turn, so that a machine that slows down slows all
        for _ in 0..rounds(count) {
            ours.push(setting.cold(&project, &[])?);
            if let Some(script) = &typst {
                typsts.push(run(script)?);
            }
            if let Some(script) = reportlab.as_ref().filter(|_| count <= 180) {
                reportlabs.push(run(script)?);
            }
        }
        setting.tell(&format!("{count} list sheets"), &ours, count);
        for (name, runs) in [("Python's `typst`", typsts), ("ReportLab", reportlabs)] {
            if runs.is_empty() {
                continue;
            }
            let (wall, cpu) =
                (timing::wall(&ours) / timing::wall(&runs), timing::cpu(&ours) / timing::cpu(&runs));
            let name =
                format!("the same by {name}; ours is {wall:.2} of its wall time, {cpu:.2} of its CPU time");
            setting.tell(&name, &runs, count);
        }
    }
    for (name, script) in [("Python's `typst`", typst), ("ReportLab", reportlab)] {
        if script.is_none() {
            setting.say(&format!("| SKIPPED: {name} is not installed | | | | |"));
        }
    }
    Ok(())
}

/// One cell of a thousand sheets.
fn edits(setting: &mut Setting) -> Bench<()> {
    for (name, combined) in [("parts of 200", COMBINED), ("no parts", "false")] {
        let project = setting.folder.join(format!("edit-{}", combined.len()));
        invented::contact_sheets(&project, 1_000, combined)?;
        let cold = vec![setting.cold(&project, &[])?];
        setting.tell(&format!("1,000 contact sheets, {name}"), &cold, 1_000);
        let place = project.join("sources/centers.csv");
        let (mut runs, mut written) = (Vec::new(), 0);
        for round in 0..3 {
            let list = fs::read_to_string(&place)?;
            let line = list.lines().nth(500).ok_or("a row")?;
            let (before, _) = line.rsplit_once(',').ok_or("a cell")?;
            let edited = list.replace(line, &format!("{before},045-999-{round:04}"));
            fs::write(&place, edited)?;
            let known = stamps(&project.join("output"))?;
            runs.push(setting.again(&project, &[])?);
            written = stamps(&project.join("output"))?
                .iter()
                .filter(|(path, time)| known.get(*path) != Some(time))
                .count();
        }
        let part = timing::cpu(&runs) / timing::cpu(&cold) * 100.0;
        setting.tell(
            &format!("one cell of them edited: {part:.1} % of the CPU time, {written} PDFs written"),
            &runs,
            1,
        );
    }
    Ok(())
}

/// The PDFs below `folder`, with the time at which each was written.
fn stamps(folder: &Path) -> Bench<BTreeMap<PathBuf, SystemTime>> {
    let mut stamps = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            // what earlier builds left behind is no output
            if entry.file_name() != ".cache" {
                stamps.extend(self::stamps(&entry.path())?);
            }
        } else if entry.path().extension().is_some_and(|ending| ending == "pdf") {
            stamps.insert(entry.path(), entry.metadata()?.modified()?);
        }
    }
    Ok(stamps)
}

/// The booklet of the example.
fn booklet(setting: &mut Setting) -> Bench<()> {
    let project = setting.folder.join("example");
    example::copy(&setting.root, &project)?;
    let words = ["booklet", "--edition", "screen"];
    let runs = (0..5).map(|_| setting.cold(&project, &words)).collect::<Bench<Vec<_>>>()?;
    setting.tell("booklet of 20 pages", &runs, 20);
    let runs = (0..5).map(|_| setting.again(&project, &words)).collect::<Bench<Vec<_>>>()?;
    setting.tell("the same, nothing changed", &runs, 20);
    let mut chapters = fs::read_dir(project.join("sources/booklet"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Bench<Vec<PathBuf>>>()?;
    chapters.sort();
    let chapter = chapters.iter().find(|path| path.to_string_lossy().contains("11-")).ok_or("a chapter")?;
    let text = fs::read_to_string(chapter)?;
    let line = text.lines().find(|line| line.ends_with('。')).ok_or("a sentence")?;
    let mut runs = Vec::new();
    for round in 0..5 {
        let end = ["春。", "夏。", "秋。", "冬。", "朝。"][round];
        fs::write(chapter, text.replacen(line, &format!("{line}{end}"), 1))?;
        runs.push(setting.again(&project, &words)?);
    }
    setting.tell("one line of it edited, a new process", &runs, 20);
    Ok(())
}
