//! `sasshi serve` between wards and city: tokens, handing in, accepting into the sources; and what must outlive a power cut.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::harness::Sandbox;
use super::serve::{Answer, CENTER, Server, UNIT, field};

const ROWS: [(&str, &str); 2] = [("row-0", "1"), ("row-1", "1")];

fn with(version: &'static str, more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    [&[("version", version)], &ROWS[..], more].concat()
}

fn token(sandbox: &Sandbox, whose: &str) -> String {
    sandbox.sasshi(&format!("serve token {whose}")).exit(0).stdout.trim().to_owned()
}

/// Asks with a session.
fn ask(server: &Server, session: &str, method: &str, path: &str, body: &str) -> Answer {
    let cookie = format!("session={session}");
    let origin = format!("http://{}", server.address);
    let kind = "application/x-www-form-urlencoded";
    server.send(
        method,
        path,
        &[("Cookie", &cookie), ("Origin", &origin), ("Content-Type", kind)],
        body.as_bytes(),
    )
}

fn enter(server: &Server, token: &str) -> Option<String> {
    let answer = server.post("/enter", &[("token", token), ("author", "佐藤")]);
    let cookie = answer.header("set-cookie")?;
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    Some(cookie.split(['=', ';']).nth(1).expect("a value").to_owned())
}

#[test]
fn a_token_opens_its_ward_and_nothing_else() {
    let sandbox = Sandbox::empty().with_example();
    let (own, city) = (token(&sandbox, "保土ケ谷区"), token(&sandbox, "--coordinator"));
    assert_eq!(own.replace('-', "").len(), 52, "256 bits: {own}");
    let database = sandbox.read(".sasshi/serve.db");
    assert!(
        !database.windows(52).any(|part| part == own.replace('-', "").as_bytes()),
        "only its digest is stored"
    );
    let server = Server::over(sandbox, "--public-url http://sheets.example.jp");
    assert_eq!(server.get("/").header("location"), Some("/enter"));
    assert_eq!(server.get("/healthz").status, 200);
    assert!(enter(&server, "0000-0000").is_none());
    let session = enter(&server, &own.to_uppercase()).expect("case does not matter");
    assert_eq!(ask(&server, &session, "GET", UNIT, "").status, 200);
    let list = ask(&server, &session, "GET", "/", "").text();
    assert!(list.contains("保土ケ谷区") && !list.contains("港北区"), "only its own ward is listed");
    let other = "/units/%E6%B8%AF%E5%8C%97%E5%8C%BA";
    for path in [
        "",
        "/progress",
        "/picture/ja",
        "/sheet/office/ja",
        "/all.zip",
        "/rows.xlsx",
        "/upload",
        "/upload/original",
        "/upload/preview.png",
    ] {
        assert_eq!(ask(&server, &session, "GET", &format!("{other}{path}"), "").status, 403, "{path}");
    }
    for path in ["/rows", "/upload", "/upload/edit", "/upload/take", "/submit", "/withdraw"] {
        assert_eq!(
            ask(&server, &session, "POST", &format!("{other}{path}"), "version=0").status,
            403,
            "{path}"
        );
    }
    assert_eq!(ask(&server, &session, "GET", "/coordinator", "").status, 403);
    assert_eq!(ask(&server, &session, "POST", "/coordinator", "unit=x&version=0&do=accept").status, 403);
    for path in ["/coordinator/deadline", "/coordinator/take-back"] {
        let body = "unit=x&version=0&deadline=2030-01-10";
        assert_eq!(ask(&server, &session, "POST", path, body).status, 403, "{path}");
    }
    let all = enter(&server, &city).expect("the coordinator's");
    assert_eq!(ask(&server, &all, "GET", "/coordinator", "").status, 200);
    server.sandbox.sasshi("serve token 保土ケ谷区 --revoke").exit(0);
    assert_eq!(ask(&server, &session, "GET", UNIT, "").status, 303, "a session ends with its token");
    assert!(enter(&server, &own).is_none(), "nor does the token open anything again");
    assert_eq!(ask(&server, &all, "GET", UNIT, "").status, 200, "others hold on");
    let fresh = token(&server.sandbox, "保土ケ谷区");
    let session = enter(&server, &fresh).expect("a new one");
    ask(&server, &session, "POST", "/leave", "");
    assert_eq!(ask(&server, &session, "GET", UNIT, "").status, 303, "left");
}

#[test]
fn accepted_rows_are_written_as_the_file_is() {
    let sandbox = Sandbox::empty().with_example();
    let list = String::from_utf8(sandbox.read("sources/directories/centers.csv")).expect("UTF-8");
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(list.trim_start_matches('\u{FEFF}'));
    assert!(!lossy);
    sandbox.write("sources/directories/centers.csv", &bytes);
    let server = Server::over(sandbox, "");
    server.post(&format!("{UNIT}/rows"), &with("0", &[(CENTER, "045-334-6307")]));
    let early = server.post("/coordinator", &[("unit", "保土ケ谷区"), ("version", "1"), ("do", "accept")]);
    assert_eq!(early.status, 409, "it was not handed in");
    assert_eq!(server.post(&format!("{UNIT}/submit"), &[("version", "1")]).status, 303);
    assert_eq!(
        server.post(&format!("{UNIT}/rows"), &with("1", &[(CENTER, "0")])).status,
        409,
        "it is with the city"
    );
    let page = server.get("/coordinator").text();
    assert!(page.contains("<del>") && page.contains("提出済み"), "{page}");
    let bare = server.post("/coordinator", &[("unit", "保土ケ谷区"), ("version", "1"), ("do", "return")]);
    assert_eq!(bare.status, 422, "a remark is needed");
    let accepted = server.post("/coordinator", &[("unit", "保土ケ谷区"), ("version", "1"), ("do", "accept")]);
    assert_eq!(accepted.header("location"), Some("/coordinator?said=accepted"), "{}", accepted.text());
    let (wanted, _, _) = encoding_rs::SHIFT_JIS.encode(&list[3..]);
    let at = wanted.windows(12).position(|part| part == b"045-334-6306").expect("there");
    let mut wanted = wanted.to_vec();
    wanted[at + 11] = b'7';
    assert!(server.sandbox.read("sources/directories/centers.csv") == wanted, "one byte is another");
    let history = server.sandbox.files(".sasshi/history");
    assert_eq!(history.len(), 1, "{history:?}");
    assert!(server.sandbox.read(&history[0]) == *bytes);
    assert!(server.get(UNIT).text().contains("受理済み"));
    // a character that CP932 lacks is refused by name
    server.post(&format!("{UNIT}/rows"), &with("2", &[("c-0-1-1", "😀の家")]));
    let page = server.get(UNIT).text();
    assert!(page.contains("「😀」は、市の表の文字コード"), "{page}");
    assert_eq!(server.post(&format!("{UNIT}/submit"), &[("version", "3")]).status, 422);
}

#[test]
fn a_workbook_comes_back_with_comments_and_is_read_as_it_was() {
    let server = Server::start("");
    server.post(&format!("{UNIT}/rows"), &with("0", &[(CENTER, "045-334-630"), ("c-0-1-1", "=1+1")]));
    let book = server.get(&format!("{UNIT}/rows.xlsx"));
    assert!(book.body.starts_with(b"PK"), "{}", book.head);
    assert_eq!(server.upload("rows.xlsx", &book.body, "0").status, 303);
    let page = server.get(&format!("{UNIT}/upload")).text();
    assert!(page.contains("数字が9けたです") && page.contains("<td>=1+1</td>"), "{page}");
    let zip = server.get(&format!("{UNIT}/all.zip"));
    assert_eq!(zip.status, 422, "no ZIP while there is a fault");
    server.post(&format!("{UNIT}/rows"), &with("1", &[(CENTER, "045-334-6306"), ("c-0-1-1", "家")]));
    let zip = server.get(&format!("{UNIT}/all.zip"));
    assert_eq!(zip.header("content-type"), Some("application/zip"));
    assert!(zip.body.windows(9).filter(|part| part == b"%PDF-1.7\n" || part == b"%PDF-1.6\n").count() >= 1);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let mut sandbox = Sandbox::empty().with_example();
    for round in 0..5 {
        let server = Server::over(sandbox, "");
        let number = format!("045-334-{:04}", 6300 + round);
        let version = round.to_string();
        let form = [("version", version.as_str()), ROWS[0], ROWS[1], (CENTER, number.as_str())];
        assert_eq!(server.post(&format!("{UNIT}/rows"), &form).status, 303);
        sandbox = server.kill();
    }
    sandbox.sasshi("serve backup copy.db").exit(0);
    sandbox.sasshi("serve backup copy.db").exit(2);
    assert!(sandbox.read("copy.db").starts_with(b"SQLite format 3"));
    let server = Server::over(sandbox, "--read-only");
    let page = server.get(UNIT).text();
    assert_eq!((field(&page, CENTER), field(&page, "version")), ("045-334-6304".to_owned(), "5".to_owned()));
    assert_eq!(server.post(&format!("{UNIT}/rows"), &with("5", &[(CENTER, "0")])).status, 403, "read only");
}

/// Connections that say nothing, as many as one process may open here.
#[test]
fn silent_connections_keep_nobody_out() {
    let server = Server::start("");
    let mut silent = Vec::new();
    for count in 0..4_000 {
        let Ok(mut stream) = TcpStream::connect(&server.address) else { break };
        if count % 2 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
        }
        silent.push(stream);
    }
    assert!(silent.len() >= 900, "{}", silent.len());
    // room for the connection that asks
    silent.truncate(silent.len() - 10);
    let began = Instant::now();
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get("/").status, 200);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    // the first ones made room
    let first = &mut silent[0];
    first.set_read_timeout(Some(Duration::from_secs(5))).expect("a time");
    let ended = first.read(&mut [0; 100]);
    assert!(
        silent.len() < 800 || !matches!(&ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "{ended:?}"
    );
}
