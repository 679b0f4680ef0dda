//! `sasshi serve`: the real server over a project of its own, asked as a browser asks, and as attackers do.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::harness::Sandbox;

/// A server that ends with the test.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
    /// Its project.
    pub sandbox: Sandbox,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Its first line and headers.
    pub head: String,
    /// What follows.
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The page of 保土ケ谷区.
pub const UNIT: &str = "/units/%E4%BF%9D%E5%9C%9F%E3%82%B1%E8%B0%B7%E5%8C%BA";

impl Server {
    /// A server over the repository's example.
    pub fn start(arguments: &str) -> Self {
        Self::over(Sandbox::empty().with_example(), arguments)
    }

    pub fn over(sandbox: Sandbox, arguments: &str) -> Self {
        Self::logging(sandbox, arguments, Stdio::inherit())
    }

    /// A server that writes its log there.
    pub fn logging(sandbox: Sandbox, arguments: &str, log: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sasshi"))
            .args(["serve", "--port", "0"])
            .args(arguments.split_whitespace())
            .current_dir(sandbox.root())
            .env_clear()
            .env("LANG", "C.UTF-8")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("it says its address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
        Self { child, address, sandbox }
    }

    /// Sends bytes as they are; the answer, if there is one within a minute.
    pub fn raw(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a time");
        // who is refused early does not read to the end
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head, body: bytes[end + 4..].to_vec() })
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.0\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            let _ = write!(head, "Host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        self.raw(&[head.as_bytes(), b"\r\n", body].concat()).expect("an answer")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let origin = format!("http://{}", self.address);
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", &origin)];
        self.send("POST", path, &headers, form.join("&").as_bytes())
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends the server as a power cut does; its project stays.
    pub fn kill(mut self) -> Sandbox {
        let _ = self.child.kill();
        let _ = self.child.wait();
        std::mem::replace(&mut self.sandbox, Sandbox::empty())
    }

    pub fn upload(&self, name: &str, bytes: &[u8], into: &str) -> Answer {
        let mut body =
            format!("--b\r\nContent-Disposition: form-data; name=\"into\"\r\n\r\n{into}\r\n").into_bytes();
        let head =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let headers = [("Content-Type", "multipart/form-data; boundary=b")];
        self.send("POST", &format!("{UNIT}/upload"), &headers, &body)
    }
}

/// A value as forms send it.
pub fn escaped(value: &str) -> String {
    value.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))
}

/// The value of a field of a page.
pub fn field(page: &str, name: &str) -> String {
    let at =
        page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in\n{page}"));
    let rest = &page[at + name.len() + 15..];
    rest[..rest.find('"').expect("it ends")].to_owned()
}

/// The phone number of its first row.
pub const CENTER: &str = "c-0-1-3";

#[test]
fn a_ward_takes_the_very_sheet_that_the_command_line_makes() {
    let server = Server::start("");
    let start = server.get("/");
    assert_eq!(start.status, 200, "{}", start.head);
    assert!(start.text().contains(&format!("href=\"{UNIT}\"")), "{}", start.text());
    let page = server.get(UNIT).text();
    for edition in ["office", "press", "screen"] {
        let href = format!("{UNIT}/sheet/{edition}/ja");
        assert!(page.contains(&format!("href=\"{href}\"")), "two clicks: {page}");
        let pdf = server.get(&href);
        assert_eq!(pdf.header("content-type"), Some("application/pdf"), "{}", pdf.head);
        server.sandbox.sasshi(&format!("build contact-sheet --only 保土ケ谷区 --edition {edition} --quiet"));
        let made = server.sandbox.files(&format!("output/contact-sheet/{edition}"));
        let made = made.iter().find(|file| file.ends_with("hodogaya.pdf")).expect("made");
        assert!(pdf.body == server.sandbox.read(made), "{edition} is the same, byte for byte");
    }
    let picture = server.get(&format!("{UNIT}/picture/ja"));
    assert!(picture.body.starts_with(b"\x89PNG"), "{}", picture.head);
    assert_eq!(server.get("/healthz").text(), "ok\n");
}

#[test]
fn an_edit_changes_one_cell_and_can_be_taken_back() {
    let server = Server::start("");
    let before = server.get(UNIT).text();
    assert_eq!(field(&before, CENTER), "045-334-6306");
    let bad = server.post(
        &format!("{UNIT}/rows"),
        &[("version", "0"), ("row-0", "1"), ("row-1", "1"), (CENTER, "045-334-630")],
    );
    assert_eq!(bad.status, 303, "{}", bad.head);
    let page = server.get(UNIT).text();
    assert!(page.contains("数字が9けたです"), "{page}");
    assert!(page.contains("<title>要修正1件 保土ケ谷区"), "{page}");
    assert_eq!(server.get(&format!("{UNIT}/sheet/office/ja")).status, 422);
    let other = "/units/%E8%A5%BF%E5%8C%BA";
    assert_eq!(server.get(&format!("{other}/sheet/office/ja")).status, 200, "other wards are as they were");
    // a full-width number is printed otherwise: the fix stands on a button
    let wide = [("version", "1"), ("row-0", "1"), ("row-1", "1"), (CENTER, "０４５－３３４－６３０６")];
    server.post(&format!("{UNIT}/rows"), &wide);
    let page = server.get(UNIT).text();
    assert!(page.contains("value=\"fix-0-1-3=045-334-6306\""), "{page}");
    assert_eq!(field(&page, "version"), "2");
    let undo = [("version", "2"), ("row-0", "1"), ("row-1", "1"), ("do", "undo")];
    assert_eq!(server.post(&format!("{UNIT}/rows"), &undo).status, 303);
    assert_eq!(field(&server.get(UNIT).text(), CENTER), "045-334-630");
    let undo = [("version", "3"), ("row-0", "1"), ("row-1", "1"), ("do", "undo")];
    server.post(&format!("{UNIT}/rows"), &undo);
    assert_eq!(field(&server.get(UNIT).text(), CENTER), "045-334-6306");
}

#[test]
fn two_editors_come_together_and_a_conflict_is_shown() {
    let server = Server::start("");
    let rows = format!("{UNIT}/rows");
    let common = [("version", "0"), ("row-0", "1"), ("row-1", "1")];
    let with = |more: &[(&'static str, &'static str)]| [&common[..], more].concat();
    assert_eq!(server.post(&rows, &with(&[(CENTER, "045-334-6307")])).status, 303);
    assert_eq!(server.post(&rows, &with(&[("c-0-1-1", "あたらしい名前")])).status, 303, "another cell");
    let page = server.get(UNIT).text();
    assert!(page.contains("あたらしい名前") && field(&page, CENTER) == "045-334-6307", "{page}");
    let conflict = server.post(&rows, &with(&[(CENTER, "045-334-6308")]));
    assert_eq!(conflict.status, 409);
    let page = conflict.text();
    assert!(page.contains("045-334-6308") && page.contains("045-334-6307"), "both are there: {page}");
    assert!(page.contains("name=\"c-0-1-1\" value=\"あたらしい名前\""), "{page}");
}

#[test]
fn a_file_is_read_checked_and_taken_over() {
    let server = Server::start("");
    let list = "区,種類,名称,住所,電話番号\r\n保土ヶ谷区,活動センター,ほどがや市民活動センター,保土ケ谷区星川１－２－１,045-334-630\r\n\
                保土ケ谷区,社協,保土ケ谷区社会福祉協議会,保土ケ谷区川辺町5-11,045-341-9876\r\n西区,社協,西区社協,西区1-1,045-450-5005\r\n";
    let sent = server.upload("<script>alert(1)</script>.csv", list.as_bytes(), "auto");
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = server.get(&format!("{UNIT}/upload")).text();
    assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "{page}");
    assert!(page.contains("数字が9けたです") && page.contains("fix-0-1-0=保土ケ谷区"), "{page}");
    for place in ["2行目 A列「区」", "2行目 E列「電話番号」", "<th scope=\"row\">2</th>", "D 住所"]
    {
        assert!(page.contains(place), "as a spreadsheet counts in the file, {place}: {page}");
    }
    assert!(server.get(UNIT).text().contains("045-334-6306"), "nothing is replaced yet");
    let progress = server.get(&format!("{UNIT}/progress")).text();
    assert_eq!(progress, r#"{"place":0,"share":null,"words":""}"#, "nothing waits");
    server.post(&format!("{UNIT}/upload/edit"), &[("do", "fix-all")]);
    let write = [("do", "write"), ("name", "fix-0-1-3"), ("value", "045-334-6306")];
    server.post(&format!("{UNIT}/upload/edit"), &write);
    let page = server.get(&format!("{UNIT}/upload")).text();
    assert!(page.contains("<title>直すところはありません"), "{page}");
    assert!(server.get(&format!("{UNIT}/upload/preview.png")).body.starts_with(b"\x89PNG"));
    assert_eq!(
        server.get(&format!("{UNIT}/upload/original")).body,
        list.as_bytes(),
        "the file as it was sent"
    );
    server.post(&format!("{UNIT}/upload/take"), &[("do", "take")]);
    let page = server.get(UNIT).text();
    assert!(page.contains("ほどがや市民活動センター</textarea>") && page.contains("入力中"), "{page}");
}

#[test]
fn foreign_hosts_and_origins_are_refused() {
    let server = Server::start("");
    let origin = |origin: &str| {
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", origin)];
        server.send("POST", &format!("{UNIT}/rows"), &headers, b"version=0").status
    };
    for host in ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "", "127.0.0.1.evil.example"]
    {
        let named = format!("http://{host}");
        let headers = [("Host", host), ("Origin", named.as_str())];
        assert_eq!(server.send("GET", "/", &headers, b"").status, 421, "{host}");
    }
    let twice = format!("GET / HTTP/1.0\r\nHost: {0}\r\nHost: evil.example\r\n\r\n", server.address);
    assert_ne!(server.raw(twice.as_bytes()).map(|answer| answer.status), Some(200));
    let absolute =
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    assert_eq!(server.raw(absolute.as_bytes()).map(|answer| answer.status), Some(421));
    for foreign in ["http://evil.example", "null", "https://127.0.0.1"] {
        assert_eq!(origin(foreign), 403, "{foreign}");
    }
    let site = [("Sec-Fetch-Site", "cross-site"), ("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(server.send("POST", &format!("{UNIT}/rows"), &site, b"version=0").status, 403);
    let page = server.get("/");
    assert!(
        page.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'"))
    );
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("cache-control", "no-store")]
    {
        assert_eq!(page.header(name), Some(value));
    }
    let text = page.text();
    assert!(
        !text.contains("style=") && !text.contains("<script>") && !text.contains("onclick"),
        "nothing inline"
    );
}

#[test]
fn what_is_stored_is_shown_as_words_and_reaches_no_file() {
    let server = Server::start("");
    let evil = "\"><script>alert(1)</script>{{7*7}}'; DROP TABLE unit;--";
    let rows = format!("{UNIT}/rows");
    for (version, name) in [("0", "c-0-1-1"), ("1", "c-0-1-2"), ("2", CENTER)] {
        let sent = server.post(&rows, &[("version", version), ("row-0", "1"), ("row-1", "1"), (name, evil)]);
        assert_eq!(sent.status, 303, "{}", sent.text());
    }
    let page = server.get(UNIT).text();
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;alert(1)"), "{page}");
    assert_eq!(field(&page, "version"), "3", "the table is still there");
    for path in [
        "/assets/..%2F..%2Fsasshi.toml",
        "/assets/%2e%2e/%2e%2e/sasshi.toml",
        "/units/..%2F..%2Fetc%2Fpasswd",
        "/units/..%2F..%2Fetc%2Fpasswd/sheet/office/ja",
        &format!("{UNIT}/sheet/..%2Foffice/ja"),
        &format!("{UNIT}/sheet/office/..%2F..%2Fja"),
        "/sasshi.toml",
        "/.sasshi/serve.db",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let away = server.get("/language/en?to=%2F%2Fevil.example");
    assert_eq!(away.header("location"), Some("/"), "no way out by the choice of a language");
    let formula = server.post(
        &rows,
        &[
            ("version", "3"),
            ("row-0", "1"),
            ("row-1", "1"),
            ("c-0-1-1", "=1+1"),
            ("c-0-1-2", "西区1-1"),
            (CENTER, "045-334-6306"),
        ],
    );
    assert_eq!(formula.status, 303);
    assert!(server.get(UNIT).text().contains("\n=1+1</textarea>"));
}

#[test]
fn large_and_broken_files_are_refused_with_words() {
    let server = Server::start("");
    let large = server.upload("a.csv", &vec![b'a'; 7 << 20], "0");
    assert_eq!(large.status, 413, "{}", large.head);
    let claimed = format!(
        "POST {UNIT}/upload HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 2147483648\r\n\r\n--b\r\n",
        server.address
    );
    let began = Instant::now();
    assert_eq!(server.raw(claimed.as_bytes()).map(|answer| answer.status), Some(413));
    assert!(began.elapsed() < Duration::from_secs(5), "refused at its first bytes");
    for (bytes, words) in
        [(&b"%PDF-1.7 x"[..], "PDF"), (b"\x89PNG\r\n\x1a\nxxxxxxxx", "画像"), (b"PK\x03\x04xl/ broken", "")]
    {
        let page = server.upload("表.xlsx", bytes, "0");
        assert!(page.status == 422 && page.text().contains(words), "{}", page.text());
    }
    assert!(server.upload("表.xlsx", &super::books::bomb(), "0").text().contains("大きすぎます"), "a bomb");
    assert_eq!(server.upload("a.csv", b"", "0").status, 400);
    assert_eq!(server.get(UNIT).status, 200, "and goes on");
}

/// A body that comes drop by drop holds nobody else up.
#[test]
fn a_slow_body_holds_nobody_up() {
    let server = Server::start("");
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&server.address).expect("it listens");
        let head = format!(
            "POST {UNIT}/rows HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nv",
            server.address
        );
        stream.write_all(head.as_bytes()).expect("sent");
        slow.push(stream);
    }
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get(UNIT).status, 200);
    let mut bytes = Vec::new();
    let stream = &mut slow[0];
    stream.set_read_timeout(Some(Duration::from_secs(40))).expect("a time");
    let _ = stream.read_to_end(&mut bytes);
    let head = String::from_utf8_lossy(&bytes);
    assert!(head.starts_with("HTTP/1.1 4") || head.is_empty(), "given up: {head}");
}
