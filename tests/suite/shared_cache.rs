//! A cache folder that several builds share (`build --cache`): what one made another finds, and nothing damaged is believed.

use std::fs;
use std::path::Path;

use super::cache::tree;
use super::harness::{Sandbox, collect};

fn project() -> Sandbox {
    Sandbox::copy("projects/small")
}

/// What a build with the cache at `cache` told.
fn build(sandbox: &Sandbox, cache: &Path, more: &str) -> String {
    let arguments = format!("build --why --lang en --cache {} {more}", cache.display());
    sandbox.sasshi(&arguments).exit(0).stderr
}

/// How many files of a build were made, by what it told.
fn made(told: &str) -> usize {
    told.lines().filter(|line| line.contains(".pdf: ") && !line.ends_with(": unchanged")).count()
}

#[test]
fn what_one_made_another_finds() {
    let cache = tempfile::tempdir().expect("a folder");
    let (first, second) = (project(), project());
    assert!(made(&build(&first, cache.path(), "")) > 0);
    assert_eq!(made(&build(&second, cache.path(), "")), 0);
    assert_eq!(tree(&second), tree(&first));
    // what changed is made once, wherever it changes first
    for sandbox in [&second, &first] {
        sandbox.edit("sources/centers.csv", "045-510-0002", "045-510-7777");
    }
    assert!(made(&build(&second, cache.path(), "")) > 0);
    assert_eq!(made(&build(&first, cache.path(), "")), 0);
    assert_eq!(tree(&second), tree(&first));
    // and without the folder all is known where it was found
    fs::remove_dir_all(cache.path()).expect("removed");
    first.sasshi("build --quiet").exit(0).silent();
    assert_eq!(tree(&second), tree(&first));
}

#[test]
fn what_is_damaged_is_made_anew_and_mended() {
    let cache = tempfile::tempdir().expect("a folder");
    let first = project();
    build(&first, cache.path(), "");
    let mut objects = Vec::new();
    collect(cache.path(), "", &mut objects);
    assert!(objects.iter().any(|name| name.starts_with("jobs/")) && objects.len() > 10);
    for name in &objects {
        let place = cache.path().join(name);
        let mut bytes = fs::read(&place).expect("there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(place, bytes).expect("written");
    }
    let second = project();
    assert!(made(&build(&second, cache.path(), "")) > 0);
    assert_eq!(tree(&second), tree(&first));
    let third = project();
    assert_eq!(made(&build(&third, cache.path(), "")), 0);
    assert_eq!(tree(&third), tree(&first));
}

#[test]
fn many_write_at_once() {
    let cache = tempfile::tempdir().expect("a folder");
    let all = [project(), project(), project()];
    std::thread::scope(|scope| {
        for sandbox in &all {
            scope.spawn(|| build(sandbox, cache.path(), ""));
        }
    });
    assert_eq!(tree(&all[1]), tree(&all[0]));
    assert_eq!(tree(&all[2]), tree(&all[0]));
    let mut objects = Vec::new();
    collect(cache.path(), "", &mut objects);
    let is_half = |name: &String| name.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
    assert!(!objects.iter().any(is_half), "{objects:?}");
    assert_eq!(made(&build(&project(), cache.path(), "")), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let sandbox = project();
    let cache = sandbox.outside("cache", "no folder");
    let run = sandbox.sasshi(&format!("build --lang en --cache {}", cache.display())).exit(2);
    assert!(run.stderr.contains("cache"), "{}", run.stderr);
}

#[test]
fn parts_of_shards_are_found_and_joined() {
    let cache = tempfile::tempdir().expect("a folder");
    let first = project();
    build(&first, cache.path(), "");
    let second = project();
    for shard in ["1/2", "2/2"] {
        assert_eq!(made(&build(&second, cache.path(), &format!("--shard {shard}"))), 0, "{shard}");
    }
    second.sasshi("join").exit(0);
    let mut joined = tree(&second);
    joined.retain(|file, _| !file.starts_with("output/.shards"));
    assert_eq!(joined, tree(&first));
}
