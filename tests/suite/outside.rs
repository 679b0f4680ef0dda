//! Nothing outside of the project is read, however it is named: the door for reading is one for all.

use super::harness::{Run, Sandbox};

/// Of `tests/projects/small`, with a secret beside it.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.outside("secret.csv", "区,名称,住所,電話番号\n西区,ひみつ,西区見本町1,045-320-8396\n");
    sandbox.outside("secret.md", "# ひみつ\n\nひみつの文。\n");
    sandbox.outside("secret.toml", "title = \"ひみつ\"\n");
    sandbox
}

fn refused(run: &Run, path: &str) {
    assert!(!run.stdout.contains("ひみつ") && !run.stderr.contains("ひみつ"), "{}", run.transcript());
    assert!(
        run.stderr.contains(path) && run.stderr.contains("lies outside the project"),
        "{path}: {}",
        run.transcript()
    );
}

#[test]
fn a_source_outside_is_refused() {
    for wanted in ["../secret.csv", "sources/../../secret.csv", "./../secret.csv"] {
        let sandbox = sandbox();
        sandbox.edit("sasshi.toml", "sources/centers.csv", wanted);
        refused(&sandbox.sasshi("build --lang en").exit(1), wanted);
        let report = String::from_utf8(sandbox.read("output/report.json")).expect("JSON");
        assert!(!report.contains("ひみつ"));
    }
    let sandbox = sandbox();
    sandbox.edit("sasshi.toml", "sources/centers.csv", "../*.csv");
    let run = sandbox.sasshi("build --lang en").exit(1).says("There is no file to read");
    assert!(!run.stderr.contains("secret"), "{}", run.transcript());
}

#[test]
fn an_absolute_source_is_refused() {
    let sandbox = sandbox();
    let secret = sandbox.outside("absolute.csv", "区,名称\n西区,ひみつ\n");
    let path = secret.to_string_lossy().replace('\\', "/");
    sandbox.edit("sasshi.toml", "sources/centers.csv", &path);
    refused(&sandbox.sasshi("build --lang en").exit(1), &path);
}

#[test]
fn a_text_outside_is_refused() {
    let sandbox = sandbox();
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
    let text = "\n[[publication]]\nname = \"notes\"\nlayout = \"handout\"\ntext = [\"../secret.md\"]\neditions = [\"screen\"]\n";
    sandbox.write("sasshi.toml", manifest + text);
    refused(&sandbox.sasshi("build notes --lang en").exit(1), "../secret.md");
}

#[test]
fn an_icc_profile_outside_is_refused() {
    let sandbox = sandbox();
    sandbox.outside("press.icc", "no profile");
    sandbox.edit("sasshi.toml", "editions = [\"screen\", \"office\"]", "editions = [\"press\"]");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
    sandbox.write(
        "sasshi.toml",
        manifest + "\n[press.default]\nprofile = \"japan-coated\"\nicc = \"../press.icc\"\n",
    );
    refused(&sandbox.sasshi("build --lang en").exit(1), "../press.icc");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_project_are_refused() {
    let link = |sandbox: &Sandbox, to: &str, at: &str| {
        let at = sandbox.root().join(at);
        std::fs::create_dir_all(at.parent().expect("a link has a folder")).expect("a folder");
        let _ = std::fs::remove_file(&at);
        std::os::unix::fs::symlink(to, at).expect("a link");
    };
    let source = sandbox();
    link(&source, "../../secret.csv", "sources/centers.csv");
    refused(&source.sasshi("build --lang en").exit(1), "sources/centers.csv");
    // a layout file that cannot be had is as if it were not there: the built-in one is used
    let layout = sandbox();
    link(&layout, "../../../secret.toml", "layouts/labels/layout.toml");
    layout.sasshi("build labels --lang en").exit(0);
    let schema = sandbox();
    link(&schema, "../../secret.toml", "schemas/facility.toml");
    let run = schema.sasshi("schema facility").exit(0);
    assert!(!run.stdout.contains("ひみつ"), "{}", run.transcript());
}
