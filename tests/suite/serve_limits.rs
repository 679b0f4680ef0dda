//! The server's limits: a sheet that never ends, a worker that falls over, too many requests, too many rows.

#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::harness::{Sandbox, repository, text};
use super::serve::{Server, UNIT};

/// The page of 西区.
const OTHER: &str = "/units/%E8%A5%BF%E5%8C%BA";
const SHEET: &str = "layouts/contact-sheet/layout.typ";

/// The processes that the server started.
fn workers(server: &Server) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", server.process())).expect("it runs");
    let children =
        tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    children
        .flat_map(|all| all.split_whitespace().filter_map(|one| one.parse().ok()).collect::<Vec<_>>())
        .collect()
}

fn is_there(process: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // one that ended and is not waited for yet is gone
    !state.is_empty() && !state.contains(") Z ")
}

#[test]
fn a_sheet_that_never_ends_is_stopped_and_keeps_no_other_ward_waiting() {
    let sandbox = Sandbox::empty().with_example();
    let endless =
        "#if repr(data).contains(\"保土ケ谷区\") { for i in range(200000) { for j in range(200000) { } } }";
    sandbox.write(SHEET, format!("{}\n{endless}\n", text(&repository().join(SHEET))));
    sandbox.edit("sasshi.toml", "[project]\n", "[limits]\nseconds = 4\n\n[project]\n");
    let server = Server::over(sandbox, "");
    std::thread::scope(|scope| {
        let endless = scope.spawn(|| server.get(UNIT));
        std::thread::sleep(Duration::from_secs(1));
        let began = Instant::now();
        assert!(server.get(OTHER).text().contains("/picture/"), "its sheet is shown");
        assert!(began.elapsed() < Duration::from_secs(3), "it did not wait: {:?}", began.elapsed());
        let page = endless.join().expect("an answer");
        assert_eq!(page.status, 200);
        assert!(page.text().contains("限りの4秒を超えた"), "{}", page.text());
    });
    let began = Instant::now();
    assert!(server.get(UNIT).text().contains("限りの4秒を超えた"));
    assert!(began.elapsed() < Duration::from_secs(3), "it is not tried again: {:?}", began.elapsed());
}

#[test]
fn a_worker_that_falls_over_is_replaced_and_none_outlives_the_server() {
    let server = Server::start("");
    let shown = |page: &str| server.get(page).text().contains("/picture/");
    assert!(shown(UNIT));
    let first = workers(&server);
    assert!(!first.is_empty(), "the engine is in a process of its own");
    for worker in &first {
        Command::new("kill").args(["-9", &worker.to_string()]).status().expect("kill is there");
    }
    assert!(shown(OTHER), "another worker made it");
    let second = workers(&server);
    assert!(second.iter().any(|worker| !first.contains(worker)), "{first:?} {second:?}");
    server.kill();
    let began = Instant::now();
    while second.iter().any(|worker| is_there(*worker)) {
        assert!(began.elapsed() < Duration::from_secs(5), "a worker outlives its server");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn who_sends_too_much_is_told_to_wait() {
    let server = Server::start("");
    let refused = (0..3_000).map(|_| server.get("/leave")).find(|answer| answer.status != 405);
    let refused = refused.expect("more than a person sends");
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("10")));
    assert!(refused.text().contains("10秒ほど待って"), "{}", refused.text());
    assert_eq!(server.get("/healthz").status, 200, "this is for everybody");
    assert_eq!(server.get("/assets/style.css").status, 200, "and the page that says so has its looks");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(server.get("/").status, 200, "and goes on");
}

#[test]
fn a_log_that_nobody_reads_stops_nobody() {
    let server = Server::logging(Sandbox::empty().with_example(), "", Stdio::piped());
    // a pipe holds 64 KiB, a line of the log has some 60 bytes: 1,000 requests are let through, the rest are logged
    let refused = (0..4_000).filter(|_| server.get("/leave").status == 429).count();
    assert!(refused > 2_000, "{refused} lines are more than the pipe holds");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_list_of_more_rows_than_a_ward_has_is_refused_whole() {
    let server = Server::start("");
    let rows: Vec<String> =
        (0..600).map(|row| format!("保土ケ谷区,見本{row},見本町1-1,045-334-0000")).collect();
    let page =
        server.upload("表.csv", format!("区,名称,住所,電話番号\n{}\n", rows.join("\n")).as_bytes(), "0");
    assert!(page.status == 422 && page.text().contains("500行までです。100行多い"), "{}", page.text());
}
