//! The authors' preview of `sasshi serve`: pages anew at every save, the places of the sources on them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::serve::Server;

const BOOKLET: &str = "/preview/booklet/screen";
const CHAPTER: &str = "sources/booklet/12-step-1.md";

/// The line of the stream of events that says what was made.
fn next_number(events: &mut BufReader<TcpStream>) -> u64 {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).expect("the stream goes on") > 0, "it ended");
        if let Some(number) = line.strip_prefix("data: ").or(line.strip_prefix("data:")) {
            return number.trim().parse().expect("a number");
        }
    }
}

fn events(server: &Server) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(&server.address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_mins(1))).expect("set");
    write!(stream, "GET {BOOKLET}/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.address).expect("sent");
    BufReader::new(stream)
}

/// The page at `path` once its pages are made; until then it says so, and comes again by itself.
fn made(server: &Server, path: &str) -> String {
    for _ in 0..60 {
        let page = server.get(path);
        if !page.text().contains("data-number=\"0\"") {
            assert_eq!(page.header("refresh"), None);
            return page.text();
        }
        assert!(page.text().contains("はじめの組版をしています") && page.header("refresh") == Some("2"));
        std::thread::sleep(Duration::from_millis(500));
    }
    panic!("{path} is never made");
}

#[test]
fn pages_come_anew_at_every_save() {
    let server = Server::start("");
    let first = server.get("/preview");
    assert!(first.header("location").is_some_and(|to| to.starts_with("/preview/")), "{}", first.head);
    let page = made(&server, BOOKLET);
    assert!(page.contains("id=\"page-20\"") && !page.contains("id=\"page-21\""), "{page}");
    let picture = server.get(&format!("{BOOKLET}/0/1"));
    assert!(picture.body.starts_with(b"\x89PNG"), "{}", picture.head);
    let mut events = events(&server);
    let file = CHAPTER;
    let places = server.get(&format!("{BOOKLET}/0/places")).text();
    assert!(places.contains(&format!("\"at\":\"{file}:")), "{places:.300}");
    let text = String::from_utf8(server.sandbox.read(file)).expect("UTF-8");
    // a place of the file leads to its line, with those around it
    let known: Vec<serde_json::Value> = serde_json::from_str(&places).expect("places");
    let is_of_it = |place: &serde_json::Value| place["at"].as_str().is_some_and(|at| at.starts_with(file));
    let spot = known.iter().position(is_of_it).expect("a place of the chapter");
    let line = known[spot]["at"].as_str().and_then(|at| at.split(':').nth(1)?.parse::<u64>().ok());
    let shown = server.get(&format!("{BOOKLET}/0/source/{spot}")).text();
    let shown: Vec<serde_json::Value> = serde_json::from_str(&shown).expect("lines");
    let here = shown.iter().find(|line| line["is_here"] == true).expect("the line itself");
    let written = text.lines().zip(1..).find(|(_, number)| Some(*number) == line).map(|(words, _)| words);
    assert_eq!((here["number"].as_u64(), here["words"].as_str()), (line, written));
    assert!(shown.len() > 1, "lines around it");
    assert!(server.get(&format!("{BOOKLET}/0/pdf")).body.starts_with(b"%PDF-"));
    let changed = text.replacen("地域の課題", "町の課題", 1);
    assert_ne!(text, changed);
    server.sandbox.write(file, changed.as_bytes());
    let number = next_number(&mut events);
    assert!(number >= 2, "{number}");
    assert!(server.get(BOOKLET).text().contains(&format!("data-number=\"{number}\"")));
    // a fault is told, and the page goes on
    server.sandbox.write(file, b"\xFF\xFE broken");
    next_number(&mut events);
    let page = server.get(BOOKLET).text();
    assert!(page.contains("href=\"#findings\"") && page.contains("UTF-8"), "{page:.600}");
    server.sandbox.write(file, text.as_bytes());
    next_number(&mut events);
    assert!(server.get(BOOKLET).text().contains("id=\"page-20\""));
    assert!(!server.sandbox.root().join("output").exists(), "nothing is written");
}

#[test]
fn what_there_is_not_is_no_page_and_bleed_is_of_the_press() {
    let server = Server::start("");
    for path in ["/preview/nowhere/screen", "/preview/booklet/imposed", "/preview/booklet/nothing"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for path in ["0/99", "0/0", "7/1", "7/places", "7/pdf", "0/source/999999", "7/source/0"] {
        assert_eq!(server.get(&format!("{BOOKLET}/{path}")).status, 404, "{path}");
    }
    assert!(!made(&server, BOOKLET).contains("show-bleed"));
    assert!(made(&server, "/preview/booklet/press").contains("show-bleed"));
}
