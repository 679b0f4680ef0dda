//! Faults of power, disk and user: each file is whole, old or new, and the next build goes on.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sasshi::merge::Selection;
use sasshi::output::{Cache, Disk, OutputError, Sink};
use sasshi::pipeline::Session;
use sasshi::project::files::Files;

use super::cache::tree;
use super::harness::Sandbox;

const DATE: &str = "date = 2026-04-0";

/// A disk that refuses the file at `at`.
struct Failing {
    at: usize,
    count: std::sync::atomic::AtomicUsize,
    disk: Disk,
}

impl Sink for Failing {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        if self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == self.at {
            let source = std::io::ErrorKind::StorageFull.into();
            return Err(OutputError { path: path.to_owned(), source });
        }
        self.disk.put(path, bytes)
    }

    fn has(&self, path: &str) -> bool {
        self.disk.has(path)
    }

    fn cache(&self) -> Option<&Cache> {
        self.disk.cache()
    }
}

#[test]
fn whichever_write_fails_the_other_files_are_whole_and_the_next_build_goes_on() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0).silent();
    let old = tree(&sandbox);
    sandbox.edit("sasshi.toml", "2026-04-01", "2026-05-01");
    let clean = Sandbox::copy("projects/small");
    clean.edit("sasshi.toml", "2026-04-01", "2026-05-01");
    clean.sasshi("build --quiet").exit(0).silent();
    let new = tree(&clean);
    let mut session = Session::new(Files::in_folder(sandbox.root()));
    // ten files and the report
    for at in 0..new.len() {
        for (path, bytes) in &old {
            sandbox.write(path, bytes);
        }
        std::fs::remove_dir_all(sandbox.root().join("output/.cache")).expect("there");
        let prepared = session.prepare(&Selection::default()).expect("a project");
        let sink = Failing { at, count: 0.into(), disk: Disk::new(sandbox.root()) };
        let error = session.make(&prepared, &sink, &()).expect_err("a write fails");
        assert!(error.to_string().starts_with("output/"), "{error}");
        let now = tree(&sandbox);
        let is_new = |path: &&String| now.get(*path) == new.get(*path);
        assert!(now.iter().all(|(path, bytes)| old.get(path) == Some(bytes) || is_new(&path)), "write {at}");
        let missed = new.keys().filter(|path| !is_new(path)).count();
        // the report tells of all files, and is not written when one is missing
        assert_eq!(
            missed,
            if at + 1 == new.len() { 1 } else { 2 },
            "write {at}: the other files are written"
        );
        sandbox.sasshi("build --quiet").exit(0).silent();
        assert!(tree(&sandbox) == new, "write {at}");
    }
}

fn start(sandbox: &Sandbox, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sasshi"))
        .args(arguments)
        .current_dir(sandbox.root())
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn leftovers(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    super::harness::collect(folder, "", &mut files);
    files.retain(|file| file.contains(".sasshi-"));
    files
}

/// How many builds are killed; `SASSHI_KILLS` asks for more.
fn kills() -> u32 {
    std::env::var("SASSHI_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(24)
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_one_ends_it() {
    let sandbox = Sandbox::copy("projects/small");
    let clean = Sandbox::copy("projects/small");
    let began = Instant::now();
    clean.sasshi("build --quiet").exit(0).silent();
    let whole = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX).max(1_000);
    let mut trees = vec![tree(&clean)];
    for day in 2..=4 {
        clean.edit("sasshi.toml", &format!("{DATE}{}", day - 1), &format!("{DATE}{day}"));
        clean.sasshi("build --quiet").exit(0).silent();
        trees.push(tree(&clean));
    }
    // a simple sequence, so that a failure can be had again
    let mut random = 20_261_127_u64;
    let mut day = 1;
    for round in 0..kills() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let next = (round as usize % trees.len()) + 1;
        if next != day {
            sandbox.edit("sasshi.toml", &format!("{DATE}{day}"), &format!("{DATE}{next}"));
        }
        day = next;
        if round % 3 == 0 {
            sandbox.sasshi("clean --quiet").exit(0);
        }
        let mut child = start(&sandbox, &["build", "--quiet"]);
        std::thread::sleep(Duration::from_micros((random >> 33) % whole));
        // it may have ended by itself
        let _ = child.kill();
        child.wait().expect("it ended");
        for file in sandbox.pdfs() {
            let bytes = sandbox.read(&file);
            let known = trees.iter().any(|tree| tree.get(&file) == Some(&bytes));
            assert!(known || file.contains("/.sasshi-"), "round {round}: {file} is neither old nor new");
        }
        sandbox.sasshi("build --quiet").exit(0).silent();
        assert!(tree(&sandbox) == trees[day - 1], "round {round}");
        assert_eq!(leftovers(sandbox.root()), Vec::<String>::new(), "round {round}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_stops_a_build_within_a_second_and_the_next_one_goes_on() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let sandbox = Sandbox::empty().with_example();
        let mut child = start(&sandbox, &["build", "--lang", "en"]);
        // wait until it says that it made something
        let mut lines =
            std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().expect("a pipe")));
        let _ = lines.next();
        let sent = Instant::now();
        let id = child.id().to_string();
        let status = Command::new("kill").args(["-s", signal, &id]).status().expect("kill");
        assert!(status.success());
        let status = child.wait().expect("it ended");
        // the machine of the tests may be busy
        assert!(sent.elapsed() < Duration::from_secs(4), "{:?}", sent.elapsed());
        assert_eq!(status.code(), Some(code));
        let last = lines.map_while(Result::ok).last().unwrap_or_default();
        assert!(last.contains("stopped"), "{last}");
        sandbox.sasshi("build --quiet --only 鶴見区").exit(0);
        assert_eq!(leftovers(sandbox.root()), Vec::<String>::new());
    }
}

#[test]
fn two_builds_take_turns() {
    let sandbox = Sandbox::copy("projects/small");
    std::fs::create_dir_all(sandbox.root().join("output/.cache")).expect("a folder");
    let lock = std::fs::File::create(sandbox.root().join("output/.cache/lock")).expect("a file");
    lock.lock().expect("a lock");
    sandbox.sasshi("build --no-wait --lang en").exit(2).says("another sasshi is building this project");
    let mut child = start(&sandbox, &["build", "--lang", "en"]);
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().expect("a pipe")));
    let first = lines.next().expect("a line").expect("text");
    assert!(first.contains("waiting"), "{first}");
    assert!(sandbox.pdfs().is_empty(), "it waits");
    drop(lock);
    assert!(child.wait().expect("it ended").success());
    assert_eq!(sandbox.pdfs().len(), 10);
}

#[test]
fn a_folder_in_the_place_of_a_file_keeps_only_that_file() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("output/list/screen/list.pdf/mine.txt", "mine");
    sandbox.sasshi("build --lang en").exit(2).says("output/list/screen/list.pdf");
    assert_eq!(sandbox.pdfs().len(), 9);
    assert_eq!(leftovers(sandbox.root()), Vec::<String>::new());
    std::fs::remove_dir_all(sandbox.root().join("output/list")).expect("there");
    sandbox.sasshi("build --quiet").exit(0).silent();
    assert_eq!(sandbox.pdfs().len(), 10);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_earlier_files() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0).silent();
    let before = tree(&sandbox);
    sandbox.edit("sasshi.toml", "2026-04-01", "2026-05-01");
    // no file may grow beyond 8 blocks of 512 bytes: writing fails as on a full disk
    let script =
        format!("trap '' XFSZ; ulimit -f 8; exec '{}' build --lang en", env!("CARGO_BIN_EXE_sasshi"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(sandbox.root()).output().expect("sh");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("could not run: output/"), "{said}");
    assert!(tree(&sandbox) == before, "earlier files are as they were");
    assert_eq!(leftovers(sandbox.root()), Vec::<String>::new());
    sandbox.sasshi("build --quiet").exit(0).silent();
}

#[test]
fn a_path_that_is_too_long_is_said() {
    let sandbox = Sandbox::copy("projects/small");
    let name = "l".repeat(300);
    sandbox.edit("sasshi.toml", "name = \"list\"", &format!("name = \"{name}\""));
    sandbox.sasshi("build --lang en").exit(2).says("could not run: output/lll");
    assert_eq!(sandbox.pdfs().len(), 9, "the other files are written");
}
