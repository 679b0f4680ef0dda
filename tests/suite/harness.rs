//! Runs the real binary on a copy of a project, and compares whole texts.
//!
//! ```text
//! Sandbox::copy("projects/small").sasshi("build --lang ja").exit(0).stdout("…");
//! ```
//! `SASSHI_ACCEPT=1` writes what came out into the expected files instead of comparing; look at the difference before
//! it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder `tests/` of the repository.
pub fn tests() -> PathBuf {
    repository().join("tests")
}

/// The repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What is kept between builds.
pub const CACHE: &str = "output/.cache";

/// Whether expected files are to be written.
pub fn accepting() -> bool {
    std::env::var_os("SASSHI_ACCEPT").is_some_and(|value| value == "1")
}

/// A project in a folder of its own that goes away with the test.
pub struct Sandbox {
    /// The folder above the project, for what lies outside of it.
    around: tempfile::TempDir,
    root: PathBuf,
}

impl Sandbox {
    /// An empty folder.
    pub fn empty() -> Self {
        Self::within(tempfile::tempdir().expect("a temporary folder"))
    }

    /// An empty folder for what all tests share. Nothing takes it away when they end, so the next run does.
    pub fn shared() -> Self {
        let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let hour = std::time::Duration::from_hours(1);
        for entry in std::fs::read_dir(tmp).into_iter().flatten().flatten() {
            let age = entry
                .metadata()
                .and_then(|data| data.modified())
                .map(|time| time.elapsed().unwrap_or_default());
            // a younger one may belong to a run that is still going on
            if entry.file_name().to_string_lossy().starts_with("shared-") && age.is_ok_and(|age| age > hour) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        Self::within(tempfile::Builder::new().prefix("shared-").tempdir_in(tmp).expect("a temporary folder"))
    }

    fn within(around: tempfile::TempDir) -> Self {
        let root = around.path().join("project");
        std::fs::create_dir(&root).expect("a folder");
        Self { around, root }
    }

    /// A copy of the folder `path` of `tests/`.
    pub fn copy(path: &str) -> Self {
        let sandbox = Self::empty();
        copy(&tests().join(path), sandbox.root());
        sandbox
    }

    /// The same with the repository's own example in it: manifest and sources, no layouts (the embedded ones are used). Only for
    /// the first readers of its publications: what the others get is built once, for `readers.rs`.
    pub fn with_example(self) -> Self {
        let sandbox = self.with_example_for_all_readers();
        let manifest = text(&sandbox.root().join("sasshi.toml"));
        // what is for further readers alone is a publication of its own
        let alone = "# The first questions for readers of easy Japanese and of English.\n";
        let (before, rest) = manifest.split_once(alone).expect("a publication for further readers");
        let after = rest.split_once("\n\n").map(|(_, after)| after).unwrap_or_default();
        let of_first = [before, after].concat();
        let of_first: String = of_first
            .lines()
            .filter(|line| !line.starts_with("readers = ") && !line.starts_with("readings = "))
            .flat_map(|line| [line, "\n"])
            .collect();
        // their words would be shown nowhere
        let (before, rest) = of_first.split_once("[reader.en]").expect("words for readers");
        let after = rest.split_once("\n[press.default]").map(|(_, after)| after).unwrap_or_default();
        sandbox.write("sasshi.toml", format!("{before}[press.default]{after}"));
        // and their texts are in no publication then
        for entry in std::fs::read_dir(sandbox.root().join("sources/booklet")).expect("the texts") {
            let path = entry.expect("a text").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(".easy.md") || name.ends_with(".en.md") {
                std::fs::remove_file(&path).expect("removed");
            }
        }
        sandbox
    }

    /// The same for all its readers.
    pub fn with_example_for_all_readers(self) -> Self {
        std::fs::copy(repository().join("sasshi.toml"), self.root().join("sasshi.toml"))
            .expect("the manifest");
        copy(&repository().join("sources"), &self.root().join("sources"));
        self
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file beside the project, outside of it.
    pub fn outside(&self, name: &str, bytes: &str) -> PathBuf {
        let file = self.around.path().join(name);
        std::fs::write(&file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        file
    }

    /// The bytes of a file.
    pub fn read(&self, path: &str) -> Vec<u8> {
        read(&self.root().join(path))
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(&file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self
    }

    /// Replaces the one place where `from` stands in a text file.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = String::from_utf8(self.read(path)).unwrap_or_else(|_| panic!("{path} is no text"));
        assert_eq!(text.matches(from).count(), 1, "\"{from}\" must stand once in {path}");
        self.write(path, text.replace(from, to))
    }

    /// The files below the folder `under`, sorted, with `/` on every system. What is kept between builds is not among them,
    /// unless it is asked for.
    pub fn files(&self, under: &str) -> Vec<String> {
        let mut files = Vec::new();
        collect(&self.root().join(under), under, &mut files);
        files.retain(|file| under.contains(CACHE) || !file.contains(CACHE));
        files.sort();
        files
    }

    /// The PDFs below `output/`, sorted.
    pub fn pdfs(&self) -> Vec<String> {
        let mut files = self.files("output");
        files.retain(|file| Path::new(file).extension().is_some_and(|ending| ending == "pdf"));
        files
    }

    /// Runs `sasshi` with `arguments` (parted at spaces) in the folder.
    pub fn sasshi(&self, arguments: &str) -> Run {
        self.sasshi_in("C.UTF-8", "UTC", arguments)
    }

    /// The same under a locale and time zone. Nothing else of the surroundings reaches the program.
    pub fn sasshi_in(&self, locale: &str, zone: &str, arguments: &str) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_sasshi"))
            .args(arguments.split_whitespace())
            .current_dir(self.root())
            .env_clear()
            .env("LANG", locale)
            .env("TZ", zone)
            .output()
            .expect("the program starts");
        Run::new(self.root(), arguments, &output)
    }
}

/// What a run of the program gave.
pub struct Run {
    /// The command line.
    pub command: String,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit code.
    pub code: i32,
}

impl Run {
    fn new(root: &Path, arguments: &str, output: &Output) -> Self {
        // the folder differs from run to run; on some systems its canonical path differs too
        let hidden = |bytes: &[u8]| {
            let mut text = String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
            if let Ok(canonical) = root.canonicalize() {
                text = text.replace(&*canonical.to_string_lossy(), "[FOLDER]");
            }
            text.replace(&*root.to_string_lossy(), "[FOLDER]")
        };
        let run = Self {
            command: format!("sasshi {arguments}"),
            stdout: hidden(&output.stdout),
            stderr: hidden(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.transcript());
        assert!((0..=2).contains(&run.code), "{}", run.transcript());
        run
    }

    /// Command, messages, output and exit code as one text.
    pub fn transcript(&self) -> String {
        let mut text = format!("$ {}\n", self.command);
        for (name, stream) in [("stderr", &self.stderr), ("stdout", &self.stdout)] {
            if !stream.is_empty() {
                let _ = write!(text, "--- {name}\n{stream}");
            }
        }
        let _ = writeln!(text, "--- exit {}", self.code);
        text
    }

    /// Expects an exit code.
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.transcript());
        self
    }

    /// Expects the whole of standard output.
    pub fn stdout(self, expected: &str) -> Self {
        same("standard output", expected, &self.stdout);
        self
    }

    /// Expects the whole of standard error.
    pub fn stderr(self, expected: &str) -> Self {
        same("standard error", expected, &self.stderr);
        self
    }

    /// Expects nothing on standard error: no finding, no warning.
    pub fn silent(self) -> Self {
        self.stderr("")
    }

    /// Expects `words` somewhere in what was printed.
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.stdout.contains(words) || self.stderr.contains(words),
            "no \"{words}\" in:\n{}",
            self.transcript()
        );
        self
    }

    /// The codes of the findings that were printed for people, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.stderr.lines().filter(|line| is_code(line)).collect()
    }
}

/// Whether a line is the head of a finding (`S1004`).
pub fn is_code(line: &str) -> bool {
    line.len() == 5 && line.starts_with('S') && line[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// Compares with the text of an expected file, or writes it.
pub fn golden(file: &Path, actual: &str) {
    if accepting() {
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(file, actual).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        return;
    }
    let expected = std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{}: {error} (SASSHI_ACCEPT=1 writes it)", file.display()));
    same(&file.display().to_string(), &expected, actual);
}

/// Expects two texts to be the same, and shows where they part.
pub fn same(what: &str, expected: &str, actual: &str) {
    if expected == actual {
        return;
    }
    let (wanted, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let line = wanted.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let show = |lines: &[&str]| {
        lines.iter().skip(line).take(12).fold(String::new(), |all, line| all + "  " + line + "\n")
    };
    panic!(
        "{what} is not as expected from line {} on.\nexpected:\n{}found:\n{}\nall that was found:\n{actual}",
        line + 1,
        show(&wanted),
        show(&found)
    );
}

/// The bytes of a file.
pub fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The text of a file.
pub fn text(file: &Path) -> String {
    String::from_utf8(read(file)).unwrap_or_else(|_| panic!("{} is no UTF-8", file.display()))
}

/// All files below `folder`, as paths that begin with `prefix`.
pub fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files);
        } else {
            files.push(path);
        }
    }
}

/// Copies a folder with all that is in it; what tests expect of it stays behind.
pub fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    assert!(from.is_dir(), "{} is there", from.display());
    collect(from, "", &mut files);
    for file in files.iter().filter(|file| !file.starts_with("expected")) {
        let target = to.join(file);
        std::fs::create_dir_all(target.parent().expect("a file has a folder")).expect("a folder");
        std::fs::copy(from.join(file), &target).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
