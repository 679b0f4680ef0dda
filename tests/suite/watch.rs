//! `sasshi watch`: every way of saving a file gives one rebuild, faults do not end it, and what it leaves is what a build makes.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::cache::tree;
use super::harness::Sandbox;

const CENTERS: &str = "sources/centers.csv";
/// Longer than any rebuild of the small project takes on a busy machine.
const LONG: Duration = Duration::from_secs(30);
/// Longer than the moment of quiet after which a second rebuild would begin.
const MOMENT: Duration = Duration::from_millis(700);

/// A running `sasshi watch`.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sasshi"))
            .args(["watch", "--lang", "en"])
            .args(arguments)
            .current_dir(sandbox.root())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (sender, lines) = channel();
        let stderr = child.stderr.take().expect("it is piped");
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let watching = Self { child, lines };
        watching.wait_for("Ctrl-C ends.");
        watching
    }

    /// Waits for a line with `words`, and gives it.
    fn wait_for(&self, words: &str) -> String {
        let end = Instant::now() + LONG;
        let mut seen = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if line.contains(words) {
                return line;
            }
            seen.push(line);
        }
        panic!("no \"{words}\" in {seen:#?}");
    }

    /// How many rebuilds are told within a moment.
    fn rebuilds(&self) -> usize {
        let end = Instant::now() + MOMENT;
        let mut count = 0;
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            count += usize::from(line.contains(" files made in "));
        }
        count
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
}

fn remove(path: &Path) {
    fs::remove_file(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// A way of saving: what it is called, and what an editor does with the file and its new bytes.
type Way = (&'static str, fn(&Path, &[u8]));

const WAYS: &[Way] = &[
    ("in place", |file, bytes| write(file, bytes)),
    ("beside it, then renamed over", |file, bytes| {
        let beside = file.with_extension("tmp");
        write(&beside, bytes);
        rename(&beside, file);
    }),
    ("the old one renamed to a backup, then written", |file, bytes| {
        rename(file, &file.with_extension("csv~"));
        write(file, bytes);
    }),
    ("taken away, then made", |file, bytes| {
        remove(file);
        write(file, bytes);
    }),
    ("in two goes", |file, bytes| {
        let mut open = fs::File::create(file).expect("made");
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        open.write_all(first).expect("written");
        sleep(Duration::from_millis(60));
        open.write_all(rest).expect("written");
    }),
    ("cut to nothing, and written after a pause", |file, bytes| {
        let mut open = fs::File::create(file).expect("made");
        sleep(Duration::from_millis(60));
        open.write_all(bytes).expect("written");
    }),
    ("written over without cutting, then cut", |file, bytes| {
        let mut open = fs::OpenOptions::new().write(true).open(file).expect("there");
        open.write_all(bytes).expect("written");
        open.set_len(bytes.len() as u64).expect("cut");
        open.sync_all().expect("synced");
    }),
    ("as a spreadsheet does", |file, bytes| {
        let folder = file.parent().expect("a folder");
        let (mark, beside) = (folder.join("~$centers.csv"), folder.join("5C3A1F00"));
        write(&mark, b"owner");
        write(&beside, bytes);
        remove(file);
        rename(&beside, file);
        remove(&mark);
    }),
    ("a second name put in its place", |file, bytes| {
        let beside = file.with_extension("new");
        write(&beside, bytes);
        remove(file);
        fs::hard_link(&beside, file).expect("linked");
        remove(&beside);
    }),
    ("with a time long ago", |file, bytes| {
        write(file, bytes);
        let open = fs::File::options().write(true).open(file).expect("there");
        let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        open.set_modified(long_ago).expect("set");
    }),
    ("as a link to another file", |file, bytes| {
        let other = file.with_file_name("other.csv.txt");
        write(&other, bytes);
        let link = file.with_extension("link");
        std::os::unix::fs::symlink("other.csv.txt", &link).expect("linked");
        rename(&link, file);
    }),
    ("by the file that a link leads to", |file, bytes| {
        write(&file.with_file_name("other.csv.txt"), bytes);
    }),
    ("its folder taken away and made anew", |file, bytes| {
        let folder = file.parent().expect("a folder");
        let wards = fs::read(folder.join("wards.csv")).expect("there");
        fs::remove_dir_all(folder).expect("gone");
        fs::create_dir(folder).expect("made");
        write(&folder.join("wards.csv"), &wards);
        write(file, bytes);
    }),
    ("in the folder that was made anew", |file, bytes| write(file, bytes)),
];

#[test]
fn each_way_of_saving_gives_one_rebuild() {
    let sandbox = Sandbox::copy("projects/small");
    let file = sandbox.root().join(CENTERS);
    let text = String::from_utf8(sandbox.read(CENTERS)).expect("a text");
    let watching = Watching::start(&sandbox, &[]);
    for (number, (what, save)) in WAYS.iter().enumerate() {
        save(&file, text.replace("045-510-0002", &format!("045-510-{}", 1000 + number)).as_bytes());
        let line = watching.wait_for(" files made in ");
        assert!(line.contains("6 of 10 files") && line.ends_with("0 errors, 0 warnings."), "{what}: {line}");
        assert_eq!(watching.rebuilds(), 0, "{what}: only one");
    }
    // what changes no byte makes nothing
    let bytes = fs::read(&file).expect("there");
    write(&file, &bytes);
    fs::File::options()
        .write(true)
        .open(&file)
        .expect("there")
        .set_modified(std::time::SystemTime::now())
        .expect("set");
    write(&file.with_file_name("notes.txt"), b"no source");
    write(&sandbox.root().join("output/note.txt"), b"no source");
    assert_eq!(watching.rebuilds(), 0, "a touch");
    drop(watching);
    let watched = tree(&sandbox);
    fs::remove_dir_all(sandbox.root().join("output")).expect("gone");
    sandbox.sasshi("build --quiet").exit(0).silent();
    let mut clean = tree(&sandbox);
    clean.insert("output/note.txt".to_owned(), b"no source".to_vec());
    assert!(watched == clean, "what is left is what a build makes");
}

#[test]
fn faults_are_told_and_the_next_save_is_waited_for() {
    let sandbox = Sandbox::copy("projects/small");
    let mut watching = Watching::start(&sandbox, &["labels"]);
    let manifest = sandbox.read("sasshi.toml");
    sandbox.write("sasshi.toml", "[project\n");
    watching.wait_for(", 1 errors");
    remove(&sandbox.root().join("sasshi.toml"));
    watching.wait_for("sasshi.toml");
    sandbox.write("sasshi.toml", &manifest);
    watching.wait_for("0 errors, 0 warnings.");
    sandbox.edit(CENTERS, "045-510-0002", "045-510-00");
    watching.wait_for(" errors, ");
    sandbox.edit(CENTERS, "045-510-00\n", "045-510-0002\n");
    watching.wait_for("0 errors, 0 warnings.");
    let id = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("it runs").success());
    assert_eq!(watching.child.wait().expect("it ends").code(), Some(130));
}

#[test]
fn where_nobody_tells_of_changes_files_are_looked_at() {
    let sandbox = Sandbox::copy("projects/small");
    let watching = Watching::start(&sandbox, &["--poll", "labels"]);
    sandbox.edit(CENTERS, "にし見本センター", "西見本センター");
    let line = watching.wait_for(" files made in ");
    assert!(line.contains("1 of 1 files"), "{line}");
}

#[test]
fn a_booklet_edited_while_it_is_watched_is_that_of_a_cold_build() {
    let sandbox = Sandbox::empty().with_example();
    let chapter = "sources/booklet/11-cycle.md";
    let text = String::from_utf8(sandbox.read(chapter)).expect("a text");
    let watching = Watching::start(&sandbox, &["booklet", "--edition", "screen"]);
    let edits = [
        // within a paragraph, in a head, a paragraph more, and back
        text.replacen("実践編です。", "実践編で、初めての人にも読めます。", 1),
        text.replacen("### 課題に関する話を聴く", "### 課題についての話をよく聴く", 1),
        text.replacen("+++\n\n", "+++\n\nはじめの段落です。\n\n", 1),
        text.replacen("実践編です。", "実践編ですよ。", 1),
    ];
    for edited in &edits {
        assert_ne!(*edited, text);
        write(&sandbox.root().join(chapter), edited.as_bytes());
        let line = watching.wait_for(" files made in ");
        assert!(line.contains("1 of 1 files"), "{line}");
        let watched = sandbox.read("output/booklet/screen/booklet.pdf");
        let cold = Sandbox::empty().with_example();
        write(&cold.root().join(chapter), edited.as_bytes());
        cold.sasshi("build booklet --edition screen --quiet").exit(0).silent();
        assert!(watched == cold.read("output/booklet/screen/booklet.pdf"), "{line}");
    }
}
