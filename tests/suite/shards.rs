//! Builds in shards: whatever the order and whatever was repeated, parts that are joined are the tree of one machine; parts
//! that do not fit are named.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::cache::tree;
use super::harness::{Run, Sandbox};

const MANIFEST: &str = "sasshi.toml";
const CENTERS: &str = "sources/centers.csv";
const SHARDS: &str = "output/.shards";

/// A project of sheets with press files, a docket, and the file of all in parts.
fn project() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit(
        MANIFEST,
        "editions = [\"screen\", \"office\"]",
        "editions = [\"screen\", \"office-2up\", \"press\"]\ncombined = { sheets = 2 }",
    );
    sandbox
}

/// The outputs without the parts.
fn outputs(sandbox: &Sandbox) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut tree = tree(sandbox);
    tree.retain(|file, _| !file.starts_with(SHARDS));
    tree
}

fn build(sandbox: &Sandbox, shard: &str) {
    sandbox.sasshi(&format!("build --quiet --shard {shard}")).exit(0).silent();
}

fn with_parts() -> Sandbox {
    let sandbox = project();
    for shard in ["2/3", "3/3", "1/3"] {
        build(&sandbox, shard);
    }
    sandbox
}

fn files_of(sandbox: &Sandbox, part: &str) -> Vec<String> {
    let files = sandbox.files(&format!("{SHARDS}/{part}"));
    files.into_iter().filter(|file| !file.contains("/.cache/")).collect()
}

#[test]
fn parts_that_are_joined_are_the_tree_of_one_machine() {
    let alone = project();
    alone.sasshi("build --quiet").exit(0).silent();
    let wanted = outputs(&alone);
    assert!(wanted.contains_key("output/contact-sheet/press/docket.pdf"), "{:?}", wanted.keys());
    assert!(wanted.contains_key("output/contact-sheet/screen/all-0001-0002.pdf"), "{:?}", wanted.keys());
    let sandbox = project();
    for shard in ["3/3", "1/3", "2/3"] {
        build(&sandbox, shard);
    }
    assert!(outputs(&sandbox).is_empty(), "a shard writes its part and nothing else");
    let sizes = ["1-of-3", "2-of-3", "3-of-3"].map(|part| files_of(&sandbox, part).len());
    assert!(sizes.iter().all(|size| *size >= 3), "{sizes:?}");
    // one was killed when it had begun, and is repeated by the scheduler
    std::fs::remove_file(sandbox.root().join(SHARDS).join("2-of-3/part")).expect("there");
    sandbox.sasshi("join --lang en").exit(2).says("2-of-3 holds no finished part");
    assert!(outputs(&sandbox).is_empty(), "nothing is taken of parts that do not fit");
    build(&sandbox, "2/3");
    let one = sandbox.sasshi("join --lang en").exit(0);
    assert_eq!(outputs(&sandbox), wanted);
    assert!(one.stdout.contains("0 errors, 0 warnings"), "{}", one.transcript());
    // what was joined is known: nothing is made again, and joining once more changes nothing
    sandbox.sasshi("build --why --lang en").exit(0).says("unchanged");
    sandbox.sasshi("join --quiet").exit(0).silent();
    assert_eq!(outputs(&sandbox), wanted);
    sandbox.sasshi("clean --quiet").exit(0);
    assert!(!sandbox.root().join(SHARDS).exists());
}

#[test]
fn parts_of_another_folder_and_of_a_part_of_the_project_are_joined() {
    let alone = project();
    alone.sasshi("build contact-sheet --edition screen --quiet").exit(0).silent();
    let sandbox = project();
    let parts = sandbox.outside("parts", "");
    std::fs::remove_file(&parts).expect("there");
    for (task, shard) in [("1", "auto/2"), ("0", "auto/2")] {
        let status = Command::new(env!("CARGO_BIN_EXE_sasshi"))
            .args(["build", "contact-sheet", "--edition", "screen", "--quiet", "--shard", shard, "--shards"])
            .arg(&parts)
            .current_dir(sandbox.root())
            .env("SLURM_ARRAY_TASK_ID", task)
            .status();
        assert!(status.expect("it runs").success());
    }
    let join = |rest: &str| {
        let paths = ["2-of-2", "1-of-2"].map(|folder| parts.join(folder).to_string_lossy().into_owned());
        sandbox.sasshi(&format!("join --quiet {} {rest}", paths.join(" ")))
    };
    let other = project();
    join(&format!("--output {}/output", other.root().display())).exit(0).silent();
    assert!(outputs(&sandbox).is_empty(), "the project's own output is left alone");
    assert_eq!(outputs(&other), outputs(&alone));
    let root = sandbox.root().display();
    join(&format!("--lang en --output {root}")).exit(2).says("wants a folder that is no project");
    join("").exit(0).silent();
    assert_eq!(outputs(&sandbox), outputs(&alone));
}

/// Spoils parts, and what is said of it.
type Spoil = fn(&Path) -> String;

#[test]
fn parts_that_do_not_fit_are_named() {
    let sandbox = with_parts();
    let copy = |to: &Path| copy_folder(&sandbox.root().join(SHARDS), to);
    let spoils: [(&str, Spoil); 6] = [
        ("missing", |parts| {
            std::fs::remove_dir_all(parts.join("2-of-3")).expect("there");
            "part 2/3 is missing".to_owned()
        }),
        ("twice", |parts| {
            copy_folder(&parts.join("2-of-3"), &parts.join("2-of-3-again"));
            "are the same part".to_owned()
        }),
        ("an output is altered", |parts| {
            let file = first_file(&parts.join("3-of-3/output"), "pdf");
            let mut bytes = std::fs::read(&file).expect("there");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(&file, bytes).expect("written");
            format!("{} of", file.strip_prefix(parts.join("3-of-3")).expect("inside").display())
        }),
        ("an output is gone", |parts| {
            let file = first_file(&parts.join("1-of-3/output"), "pdf");
            std::fs::remove_file(&file).expect("there");
            format!("{} of", file.strip_prefix(parts.join("1-of-3")).expect("inside").display())
        }),
        ("what is kept of a job is altered", |parts| {
            let file = first_file(&parts.join("1-of-3/output/.cache/jobs"), "");
            let mut bytes = std::fs::read(&file).expect("there");
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            std::fs::write(&file, bytes).expect("written");
            "is gone or was changed".to_owned()
        }),
        ("the record is altered", |parts| {
            std::fs::write(parts.join("1-of-3/part"), "{}").expect("written");
            "the record of".to_owned()
        }),
    ];
    for (what, spoil) in spoils {
        let other = project();
        let parts = other.root().join(SHARDS);
        copy(&parts);
        let words = spoil(&parts);
        other.sasshi("join --lang en").exit(2).says(&words);
        assert!(outputs(&other).is_empty(), "{what}: nothing is taken");
    }
    // of a part of another build, and of sources that have changed since
    let other = project();
    copy(&other.root().join(SHARDS));
    other.edit(CENTERS, "045-510-0002", "045-510-0012");
    other.sasshi("join --lang en").exit(2).says("the sources have changed");
    build(&other, "2/3");
    let run: Run = other.sasshi("join --lang en").exit(2);
    assert!(run.stderr.contains("is of another build than the first part"), "{}", run.transcript());
}

#[test]
fn the_job_file_is_a_script_that_numbers_from_zero() {
    let sandbox = project();
    let script = sandbox.sasshi("cluster slurm --shards 4 --lang en").exit(0).stdout;
    assert!(script.starts_with("#!/bin/bash\n") && script.contains("#SBATCH --array=0-3\n"), "{script}");
    assert!(script.contains("--shard auto/4"), "{script}");
    sandbox.sasshi("cluster slurm --shards 0").exit(2);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("known").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The first file below `folder` with this ending.
fn first_file(folder: &Path, ending: &str) -> PathBuf {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for entry in entries {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().unwrap_or_default() == ending {
                return entry;
            }
        }
    }
    panic!("no file");
}
