//! What the city decides: the deadline, and taking an acceptance back, cell by cell.

use super::harness::Sandbox;
use super::serve::{CENTER, Server, UNIT};

const NAME: &str = "保土ケ谷区";
const LIST: &str = "sources/directories/centers.csv";

fn rows(server: &Server, version: &str, more: &[(&str, &str)]) {
    let form = [&[("version", version), ("row-0", "1"), ("row-1", "1")], more].concat();
    assert_eq!(server.post(&format!("{UNIT}/rows"), &form).status, 303);
}

fn decide(server: &Server, path: &str, version: &str, more: &[(&str, &str)]) -> super::serve::Answer {
    server.post(path, &[&[("unit", NAME), ("version", version)], more].concat())
}

fn accepted(server: &Server, version: &str) {
    let answer = decide(server, "/coordinator", version, &[("do", "accept")]);
    assert_eq!(answer.header("location"), Some("/coordinator?said=accepted"), "{}", answer.text());
}

#[test]
fn an_acceptance_is_taken_back_cell_by_cell() {
    let server = Server::start("");
    let list = server.sandbox.read(LIST);
    rows(&server, "0", &[(CENTER, "045-334-6307")]);
    assert_eq!(server.post(&format!("{UNIT}/submit"), &[("version", "1")]).status, 303);
    let early = decide(&server, "/coordinator/take-back", "1", &[]);
    assert_eq!(early.status, 409, "nothing was accepted yet");
    accepted(&server, "1");
    assert!(server.sandbox.read(LIST) != list);
    let unit = UNIT.trim_start_matches("/units/");
    let page = server.get(&format!("/coordinator?unit={unit}")).text();
    assert!(page.contains("受理を取り消す"), "{page}");
    let back = decide(&server, "/coordinator/take-back", "2", &[]);
    assert_eq!(back.status, 303, "{}", back.text());
    assert!(server.sandbox.read(LIST) == list, "the bytes are as they were");
    let page = server.get(&format!("/coordinator?unit={unit}")).text();
    assert!(
        page.contains("提出済み") && page.contains("<ins>"),
        "it waits again with what it changes: {page}"
    );
    assert!(!page.contains("受理を取り消す"));
    accepted(&server, "3");
    // the city changes the same cell, and one of another ward
    let text = String::from_utf8(server.sandbox.read(LIST)).expect("UTF-8");
    let mended = text.replace("045-334-6307", "045-334-6399").replace("045-510-1234", "045-510-1235");
    server.sandbox.write(LIST, &mended);
    let asked = decide(&server, "/coordinator/take-back", "4", &[]);
    let page = asked.text();
    assert_eq!(asked.status, 409, "{page}");
    assert!(page.contains("045-334-6306") && page.contains("<b>045-334-6399</b>"), "{page}");
    assert!(server.sandbox.read(LIST) == mended.as_bytes(), "nothing was changed unasked");
    let back = decide(&server, "/coordinator/take-back", "4", &[("leave", "yes")]);
    assert_eq!(back.status, 303, "{}", back.text());
    assert!(server.sandbox.read(LIST) == mended.as_bytes(), "what was changed since stays");
    assert_eq!(
        decide(&server, "/coordinator/take-back", "5", &[]).status,
        409,
        "it waits for the city again"
    );
}

#[test]
fn rows_that_came_since_are_left_to_people() {
    let server = Server::start("");
    rows(&server, "0", &[(CENTER, "045-334-6307")]);
    server.post(&format!("{UNIT}/submit"), &[("version", "1")]);
    accepted(&server, "1");
    let text = String::from_utf8(server.sandbox.read(LIST)).expect("UTF-8");
    let line = text.lines().find(|line| line.contains("045-334-6307")).expect("its row").to_owned();
    let more = text.replace(&line, &format!("{line}\r\n{}", line.replace("045-334-6307", "045-334-6308")));
    server.sandbox.write(LIST, &more);
    let asked = decide(&server, "/coordinator/take-back", "2", &[("leave", "yes")]);
    assert!(asked.status == 409 && asked.text().contains(".sasshi/history"), "{}", asked.text());
    assert!(server.sandbox.read(LIST) == more.as_bytes());
}

#[test]
fn after_the_deadline_rows_are_still_handed_in_and_the_city_sees_that_they_are_late() {
    let server = Server::start("");
    assert!(!server.get("/").text().contains("しめきり"));
    let set = |day: &str| server.post("/coordinator/deadline", &[("deadline", day)]).status;
    assert_eq!((set("soon"), set("2026-02-30"), set("2020-01-10")), (400, 400, 303));
    for page in ["/", UNIT, "/coordinator"] {
        assert!(server.get(page).text().contains("しめきり（2020年1月10日（金））を過ぎました"), "{page}");
    }
    rows(&server, "0", &[(CENTER, "045-334-6307")]);
    assert_eq!(server.post(&format!("{UNIT}/submit"), &[("version", "1")]).status, 303);
    assert!(server.get("/coordinator").text().contains("<small>しめきり後</small>"));
    assert_eq!(set("9999-12-31"), 303);
    assert!(!server.get("/coordinator").text().contains("<small>しめきり後</small>"));
    assert_eq!(set(""), 303);
    assert!(!server.get(UNIT).text().contains("しめきり"));
    let server = Server::over(Sandbox::empty().with_example(), "--read-only");
    assert_eq!(server.post("/coordinator/deadline", &[("deadline", "2030-01-10")]).status, 403);
}
