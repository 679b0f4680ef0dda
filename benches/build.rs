//! Times whole builds of the example from outside, as a user feels them: a cold process each time, and nothing kept of the
//! build before but where a row says so.
//!
//! `cargo bench --bench build`. With Python's `typst` package installed (`pip install typst`), the same 18 sheets are
//! also set by it, in one process, from the same templates and data, in turn with ours. Prints medians and ratios;
//! asserts nothing.

mod example;
mod timing;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use sasshi::merge::{Selection, publications};
use sasshi::project::files::Files;
use sasshi::{check, read, typeset};

use timing::{Bench, Run, measure, row};

const RUNS: usize = 7;

fn main() -> Bench<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir()?;
    let project = folder.path().join("project");
    example::copy(&root, &project)?;

    let cases: [(&str, &[&str]); 3] = [
        ("one ward's sheet", &["contact-sheet", "--only", "港北区", "--edition", "screen"]),
        ("18 sheets and all.pdf", &["contact-sheet", "--edition", "screen"]),
        ("booklet, 20 pages", &["booklet", "--edition", "screen"]),
    ];
    println!("| what | wall, median of {RUNS} | CPU | peak memory |");
    println!("|---|---|---|---|");
    for (name, words) in cases {
        let runs = (0..RUNS).map(|_| run(&project, words)).collect::<Bench<Vec<_>>>()?;
        println!("| {name} | {} |", row(&runs));
        let runs = (0..RUNS).map(|_| run_again(&project, words)).collect::<Bench<Vec<_>>>()?;
        println!("| {name}, nothing changed | {} |", row(&runs));
    }
    press_and_screen(&project)?;
    preflight_and_typesetting(folder.path(), &root)?;
    if let Some(script) = python(folder.path(), &root)? {
        let mut ours = Vec::new();
        let mut theirs = Vec::new();
        // in turn, so that a machine that slows down slows both
        for _ in 0..RUNS {
            ours.push(run(&project, &["contact-sheet", "--edition", "screen"])?);
            theirs.push(measure(Command::new("python3").arg(&script))?);
        }
        let ratio = ratio(&theirs, &ours);
        println!("| the same sheets by Python's typst, one process | {} |", row(&theirs));
        println!("\nPython's typst / sasshi, wall: {ratio:.1}");
    } else {
        println!("\nSKIPPED: Python's typst is not installed");
    }
    Ok(())
}

/// The press edition of all sheets against the screen edition, in turn.
fn press_and_screen(project: &Path) -> Bench<()> {
    let (mut press, mut screen) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        press.push(run(project, &["contact-sheet", "--edition", "press"])?);
        screen.push(run(project, &["contact-sheet", "--edition", "screen"])?);
    }
    println!("| 18 sheets and all.pdf for the press | {} |", row(&press));
    let ratio = ratio(&press, &screen);
    println!("\npress / screen, wall: {ratio:.2} (at most 1.5 is wanted)");
    Ok(())
}

/// Preflight of a press file of 400 pages against typesetting it.
fn preflight_and_typesetting(folder: &Path, root: &Path) -> Bench<()> {
    let project = folder.join("long");
    lengthen(root, &project)?;
    let (mut setting, mut judging) = (Vec::new(), Vec::new());
    run(&project, &["booklet", "--edition", "press"])?;
    let file = folder.join("long.pdf");
    std::fs::copy(project.join("output/booklet/press/booklet.pdf"), &file)?;
    for _ in 0..RUNS.min(3) {
        setting.push(run(&project, &["booklet", "--edition", "screen"])?);
        let mut preflight = Command::new(env!("CARGO_BIN_EXE_sasshi"));
        judging.push(measure(preflight.arg("preflight").arg(&file).arg("--quiet"))?);
    }
    println!("| typesetting 398 pages | {} |", row(&setting));
    println!("| preflight of their press file | {} |", row(&judging));
    println!("\npreflight / typesetting, wall: {:.2} (at most 1 is wanted)", ratio(&judging, &setting));
    Ok(())
}

/// The example's booklet with its inner pages 21 times more, without the page of contents, which would overflow.
fn lengthen(root: &Path, project: &Path) -> Bench<()> {
    example::copy(root, project)?;
    let manifest = std::fs::read_to_string(root.join("sasshi.toml"))?;
    std::fs::write(project.join("sasshi.toml"), manifest.replace("pages = 20\n", ""))?;
    let folder = project.join("sources/booklet");
    let mut chapters: Vec<PathBuf> =
        std::fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    chapters.sort();
    // a cover, the contents and a back cover stay out of it
    let inner: Vec<&PathBuf> = chapters
        .iter()
        .filter(|chapter| {
            !["01-", "04-", "20-"].iter().any(|number| chapter.to_string_lossy().contains(number))
        })
        .collect();
    let single = "17-column-a-ward.md";
    let id = regex::Regex::new(r"#([a-z][a-z0-9-]*)([\s})])")?;
    let renamed = |chapter: &Path, round: usize| -> Bench<String> {
        let text = std::fs::read_to_string(chapter)?;
        Ok(id.replace_all(&text, format!("#${{1}}-r{round}${{2}}")).into_owned())
    };
    for round in 1..=21 {
        for chapter in &inner {
            let name = chapter.file_name().unwrap_or_default().to_string_lossy();
            std::fs::write(folder.join(format!("19{round:03}-{name}")), renamed(chapter, round)?)?;
        }
        // one page more, so that left pages stay left
        std::fs::write(folder.join(format!("19{round:03}-z.md")), renamed(&folder.join(single), round)?)?;
    }
    std::fs::write(folder.join("04-a.md"), renamed(&folder.join(single), 0)?)?;
    std::fs::remove_file(folder.join("04-contents.md"))?;
    Ok(())
}

fn ratio(one: &[Run], other: &[Run]) -> f64 {
    timing::wall(one) / timing::wall(other)
}

/// A build from nothing.
fn run(project: &Path, words: &[&str]) -> Bench<Run> {
    match std::fs::remove_dir_all(project.join("output")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => run_again(project, words),
    }
}

/// A build over what the last one left.
fn run_again(project: &Path, words: &[&str]) -> Bench<Run> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sasshi"));
    command.arg("build").args(words).arg("--quiet").arg("--project").arg(project);
    measure(&mut command)
}

/// A script that sets the same sheets with Python's `typst`, if that is installed.
fn python(folder: &Path, root: &Path) -> Bench<Option<PathBuf>> {
    let there = Command::new("python3").args(["-c", "import typst"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let work = folder.join("python");
    example::copy_folder(&root.join("layouts"), &work.join("layouts"))?;
    let project = sasshi::pipeline::open(Arc::new(Files::in_folder(&folder.join("project"))))?
        .value
        .ok_or("the example has a manifest")?;
    let manuscript = read::manuscript(&project).value;
    let checked = check::all(&project, manuscript).value;
    let selection = Selection { publications: vec!["contact-sheet".to_owned()], ..Selection::default() };
    let screen = publications(&project, &checked, &selection).value.remove(0);
    std::fs::create_dir_all(work.join("data"))?;
    for job in &screen.jobs {
        let data = typeset::lay_out(&project, &screen, job).input.data;
        std::fs::write(work.join("data").join(format!("{}.json", job.stem)), data)?;
    }
    let script = work.join("sheets.py");
    std::fs::write(&script, include_str!("sheets.py"))?;
    Ok(Some(script))
}
