//! A session that lives: many runs in one process give the bytes of as many processes, on one snapshot each, and stay small.

use std::collections::BTreeMap;
use std::process::Command;

use sasshi::merge::Selection;
use sasshi::output::{Memory, Nowhere, OutputError, Sink};
use sasshi::pipeline::Session;
use sasshi::project::files::{FileSight, Files};

use super::harness::Sandbox;

const CENTERS: &str = "sources/centers.csv";

/// The files of a run into memory.
fn make(session: &mut Session) -> BTreeMap<String, Vec<u8>> {
    let memory = Memory::default();
    let prepared = session.prepare(&Selection::default()).expect("a project");
    let facts = session.make(&prepared, &memory, &()).expect("memory takes everything");
    assert!(facts.diagnostics.is_empty(), "{:?}", facts.diagnostics);
    memory.into_files()
}

/// The files that the program writes for the same project.
fn build(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    sandbox.sasshi("build --quiet").exit(0);
    let files = sandbox.files("output").into_iter();
    files.map(|path| (path.clone(), sandbox.read(&path))).collect()
}

fn edit(sandbox: &Sandbox) -> Vec<u8> {
    let text = String::from_utf8(sandbox.read(CENTERS)).expect("UTF-8");
    assert!(text.contains("にし見本センター"), "{text}");
    text.replace("にし見本センター", "新しい見本センター").into_bytes()
}

/// Memory of this process, in kilobytes.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = text.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
}

#[test]
fn twenty_runs_with_overlays_give_the_bytes_of_as_many_processes() {
    let sandbox = Sandbox::copy("projects/small");
    let plain = build(&sandbox);
    let draft = edit(&sandbox);
    let other = Sandbox::copy("projects/small");
    other.write(CENTERS, &draft);
    let changed = build(&other);
    assert_ne!(plain, changed);
    let original = sandbox.read(CENTERS);
    let mut session = Session::new(Files::in_folder(sandbox.root()));
    for _ in 0..10 {
        session.replace(CENTERS, Some(draft.clone()));
        assert!(make(&mut session) == changed, "a run with the draft");
        session.replace(CENTERS, Some(original.clone()));
        assert!(make(&mut session) == plain, "a run without it");
    }
}

/// In a process of its own, so that no other test's memory counts.
#[cfg(target_os = "linux")]
#[test]
fn a_session_stays_as_large_as_its_runs() {
    const CHILD: &str = "SASSHI_TEST_SESSION";
    if std::env::var_os(CHILD).is_none() {
        let own = std::env::current_exe().expect("this program");
        let name = "session::a_session_stays_as_large_as_its_runs";
        let run = Command::new(own).args([name, "--exact"]).env(CHILD, "1").output().expect("it starts");
        assert!(
            run.status.success(),
            "the memory of twenty runs grows: {}",
            String::from_utf8_lossy(&run.stdout)
        );
        return;
    }
    let sandbox = Sandbox::copy("projects/small");
    let draft = edit(&sandbox);
    let original = sandbox.read(CENTERS);
    let mut session = Session::new(Files::in_folder(sandbox.root()));
    let mut sizes = Vec::new();
    for run in 0..20 {
        let rows = if run % 2 == 0 { &draft } else { &original };
        session.replace(CENTERS, Some(rows.clone()));
        make(&mut session);
        sizes.push(resident());
    }
    // a tenth for what the allocator keeps at hand; of several runs, since threads leave more at hand in one than in another
    let (first, last) = (sizes[..5].iter().max(), sizes[15..].iter().min());
    let first = *first.expect("twenty runs");
    assert!(last.is_some_and(|last| *last <= first + first / 10), "{sizes:?}");
}

#[test]
fn a_run_sees_one_snapshot() {
    let sandbox = Sandbox::copy("projects/small");
    let plain = build(&sandbox);
    let draft = edit(&sandbox);
    let mut session = Session::new(Files::in_folder(sandbox.root()));
    let prepared = session.prepare(&Selection::default()).expect("a project");
    // all that a run may read changes before its files are made
    sandbox.write(CENTERS, &draft);
    sandbox.write("sasshi.toml", "no manifest");
    sandbox.write("layouts/contact-sheet/layout.typ", "#panic()");
    let memory = Memory::default();
    let facts = session.make(&prepared, &memory, &()).expect("memory takes everything");
    assert!(facts.diagnostics.is_empty(), "{:?}", facts.diagnostics);
    assert!(memory.into_files() == plain, "all that a run reads is of one moment");
    session.refresh();
    let later = session.prepare(&Selection::default()).expect("there is a manifest");
    assert!(later.project().is_none(), "what changed is seen by the next run");
}

#[test]
fn what_a_run_read_is_on_record() {
    let sandbox = Sandbox::copy("projects/small");
    let mut session = Session::new(Files::in_folder(sandbox.root()));
    let prepared = session.prepare(&Selection::default()).expect("a project");
    session.make(&prepared, &Nowhere::new(sandbox.root()), &()).expect("nothing is written");
    let record = prepared.project().expect("a manifest").files.record();
    let seen = |path: &str| record.iter().find(|(seen, _)| seen == path).map(|(_, sight)| *sight);
    assert!(matches!(seen("sasshi.toml"), Some(FileSight::Read(_))), "{record:?}");
    assert!(matches!(seen(CENTERS), Some(FileSight::Read(_))), "{record:?}");
    assert!(matches!(seen("layouts"), Some(FileSight::Listed(_))), "{record:?}");
    assert_eq!(seen("layouts/contact-sheet/layout.typ"), Some(FileSight::Missed), "{record:?}");
    assert!(!sandbox.root().join("output/report.json").exists());
}

/// A sink that refuses the file at `at`.
struct Full<'s> {
    at: usize,
    count: std::sync::atomic::AtomicUsize,
    inner: &'s Memory,
}

impl Sink for Full<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        if self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == self.at {
            return Err(OutputError {
                path: path.to_owned(),
                source: std::io::ErrorKind::StorageFull.into(),
            });
        }
        self.inner.put(path, bytes)
    }

    fn has(&self, _: &str) -> bool {
        false
    }
}

#[test]
fn a_sink_that_is_full_ends_the_run_with_the_file_named() {
    let sandbox = Sandbox::copy("projects/small");
    let mut session = Session::new(Files::in_folder(sandbox.root())).with_jobs(1);
    let count = make(&mut session).len();
    for at in 0..count {
        let memory = Memory::default();
        let sink = Full { at, count: 0.into(), inner: &memory };
        let prepared = session.prepare(&Selection::default()).expect("a project");
        let error = session.make(&prepared, &sink, &()).expect_err("it is full");
        assert!(error.to_string().starts_with("output/"), "{error}");
    }
}

/// A reader that goes away (`| head -1`) is no fault of the run.
#[cfg(target_os = "linux")]
#[test]
fn closed_streams_are_no_panic() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit(CENTERS, "にし見本センター", "");
    for command in ["build", "check --message-format json", "build --lang en", "layouts", "none"] {
        let script = format!(
            "\"$0\" {command} 2>&1 >&- | true; echo ${{PIPESTATUS[0]}}; \"$0\" {command} >&- 2>&-; echo $?"
        );
        let output = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_sasshi")])
            .current_dir(sandbox.root())
            .output();
        let text = String::from_utf8(output.expect("a shell").stdout).expect("numbers");
        let codes: Vec<&str> = text.lines().collect();
        assert!(codes.iter().all(|code| ["0", "1", "2"].contains(code)), "{command}: {codes:?}");
    }
}
