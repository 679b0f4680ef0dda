//! The README keeps its word: its headings, the pictures it shows, the commands and the message it quotes.

use sasshi::check::rules;
use sasshi::model::rule::{Level, Rule};

use super::harness::{Sandbox, repository, same, text};

fn readme() -> String {
    text(&repository().join("README.md"))
}

#[test]
fn headings_in_order() {
    let readme = readme();
    let mut fenced = false;
    let mut headings = Vec::new();
    for line in readme.lines() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with('#') {
            headings.push(line);
        }
    }
    assert_eq!(
        headings,
        [
            "# sasshi 冊子",
            "## Two commands",
            "## はじめての方へ（区の担当者）",
            "## 区のページ（`sasshi serve`）",
            "### For an administrator",
            "## For a print shop",
            "## For a trainer",
            "## The project folder",
            "## Readers",
            "## 名簿",
            "## Commands",
            "## What is checked",
            "## How to add a layout",
            "## Where things go",
            "## How fast",
            "## Why not …",
            "## Licence",
        ]
    );
}

#[test]
fn what_it_links_is_there() {
    let readme = readme();
    let targets: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!targets.is_empty());
    for target in targets.iter().filter(|target| !target.starts_with("http") && !target.starts_with('#')) {
        assert!(repository().join(target).exists(), "README.md links {target}, which is not there");
    }
}

#[test]
fn every_rule_stands_in_it_with_its_level() {
    let readme = readme();
    let listed: Vec<String> =
        readme.lines().filter(|line| line.starts_with("| `")).map(str::to_owned).collect();
    for Rule { name, level, .. } in rules::known() {
        let level = match level {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        };
        let head = format!("| `{name}` | {level} | ");
        assert_eq!(listed.iter().filter(|line| line.starts_with(&head)).count(), 1, "{head}");
    }
}

#[test]
fn both_commands_stand_in_it() {
    let readme = readme();
    for command in ["cargo run --release -- build", "cargo test --release"] {
        assert!(readme.contains(command), "{command}");
    }
    for command in ["build", "check", "new", "open", "layouts", "fonts", "data", "completions"] {
        assert!(readme.contains(&format!("sasshi {command}")), "README.md does not show sasshi {command}");
    }
}

/// The five minutes of a ward clerk, up to the slip of the pen that the README shows.
#[test]
fn the_lines_of_a_layout_that_it_shows_are_the_starters() {
    let readme = readme();
    let shown =
        readme.split("```typst\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a layout");
    let starter = text(&repository().join("src/command/new/layout/layout.typ"));
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let lines: Vec<&str> = starter.lines().filter(is_code).collect();
    assert!(lines.len() <= 30, "{} lines", lines.len());
    same("the lines in README.md", &lines.join("\n"), shown.trim_end());
}

#[test]
fn the_message_it_quotes_is_the_one_that_is_printed() {
    let readme = readme();
    let quoted =
        readme.split("```\n").find(|block| block.starts_with("S2005")).expect("a quoted message").trim_end();
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new 連絡先 --lang ja").exit(0);
    sandbox.edit("連絡先/sources/centers.csv", "045-320-8396", "045-320-839");
    let run = sandbox.sasshi("build --project 連絡先 --lang ja --quiet").exit(1);
    same("the message in README.md", quoted, run.stderr.trim_end());
}
