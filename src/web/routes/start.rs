//! The first page: which unit; and the pages of words.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Here, answer, html};
use crate::model::width;
use crate::web::clock;
use crate::web::frame::Frame;
use crate::web::refusal::Refusal;
use crate::web::site::Site;
use crate::web::state::UnitState;
use crate::web::view::Pill;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "start.html", config = "src/web/askama.toml")]
struct StartPage {
    frame: Frame,
    notice: String,
    /// What is said of the deadline; empty if there is none.
    due: String,
    query: String,
    last: Option<Last>,
    units: Vec<UnitLink>,
}

/// The unit that was edited last.
struct Last {
    name: String,
    saved: String,
    href: String,
}

/// A unit of the list.
struct UnitLink {
    name: String,
    reading: String,
    romaji: String,
    href: String,
    pill: Pill,
}

/// What may stand behind the address of the first page.
#[derive(serde::Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// The list of units.
pub async fn page(State(site): Here, headers: HeaderMap, Query(search): Query<Search>) -> Response {
    answer(&site, &headers, units(&site, &headers, &search.q).await).await
}

async fn units(site: &Arc<Site>, headers: &HeaderMap, query: &str) -> Result<Response, Refusal> {
    let visitor = site.visitor(headers)?;
    let overview = site.overview().await?;
    let heading = Frame::new(&overview, &visitor, "/")
        .of_unit("どの{}のシートを作りますか", "Which {} is the sheet for?");
    let frame = Frame::new(&overview, &visitor, "/").headed(heading);
    let known = site.state.units()?;
    let state = |name: &str| known.iter().find(|state| state.unit == name);
    let open = overview.units.iter().filter(|unit| visitor.may_see(&unit.name));
    let found = open.filter(|unit| is_found(query, &[&unit.name, &unit.reading, &unit.romaji]));
    let link = |unit: &crate::pipeline::edit::UnitName| {
        let reached = state(&unit.name).map(|state| state.stage).unwrap_or_default();
        UnitLink {
            name: unit.name.clone(),
            reading: unit.reading.clone(),
            romaji: unit.romaji.clone(),
            href: crate::web::href(&unit.name),
            pill: Pill::new(reached, 0, &frame),
        }
    };
    let links = found.map(link).collect();
    let last = last(&known, &visitor, &frame);
    let deadline = site.deadline()?;
    let due = deadline.map(|deadline| deadline.words(clock::now(), frame.language())).unwrap_or_default();
    html(&StartPage { frame, notice: String::new(), due, query: query.to_owned(), last, units: links })
}

/// The unit that was saved last, of those that are open to the visitor.
fn last(known: &[UnitState], visitor: &Visitor, frame: &Frame) -> Option<Last> {
    let mine = known.iter().filter(|state| state.stage.is_open() && visitor.may_see(&state.unit));
    let last = mine.max_by_key(|state| state.at)?;
    let moment = clock::moment(last.at, clock::now(), frame.language());
    let saved = frame.w("{}に保存", "saved {}").replace("{}", &moment);
    Some(Last { name: last.unit.clone(), saved, href: crate::web::href(&last.unit) })
}

/// Whether one of `names` holds what is looked for, in whatever kana, width and case.
fn is_found(query: &str, names: &[&str]) -> bool {
    // katakana stand 0x60 above their hiragana
    let hiragana = |c: char| match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        c => c,
    };
    let plain = |words: &str| -> String {
        width::fold(words.trim()).chars().map(hiragana).flat_map(char::to_lowercase).collect()
    };
    let query = plain(query);
    names.iter().any(|name| plain(name).contains(&query))
}

#[derive(Template)]
#[template(path = "text.html", config = "src/web/askama.toml")]
struct TextPage {
    frame: Frame,
    parts: Vec<(&'static str, Vec<&'static str>)>,
}

/// How the page is used.
pub async fn help(State(site): Here, headers: HeaderMap) -> Response {
    let page = words(&site, &headers, "/help", |frame| {
        let parts = vec![
            (
                frame.w("シートを受け取る", "To take the sheet"),
                vec![frame.w(
                    "区を選び、「事務所で印刷 PDF」を押します。印刷の画面では「実際のサイズ」を選びます。",
                    "Choose your unit and press the first button under Take. Print at actual size.",
                )],
            ),
            (
                frame.w("直す", "To mend"),
                vec![
                    frame.w(
                        "欄を書きかえると、赤い欄（直すまで作れない）と黄色い欄（確かめる）が分かります。",
                        "Red fields are to be mended before the sheet is made; yellow ones are to be checked.",
                    ),
                    frame.w(
                        "直し方が決まっているときは、ボタンに直した後の内容が書いてあります。押すと、その欄だけが変わります。",
                        "Where the fix is certain, a button says it; it changes that field alone.",
                    ),
                    frame.w("まちがえたら「もとに戻す」を押します。", "Undo takes the last step back."),
                ],
            ),
            (
                frame.w("キーボードで", "By keyboard"),
                vec![frame.w(
                    "Enter で下の行の同じ欄、Shift+Enter で上の行。F8 で次の直すところ。Ctrl+Enter で直し方を受け入れ、Esc で欄をもとに戻し、Alt+↑↓ で行を動かします。",
                    "Enter and Shift+Enter go to the same column below and above, F8 to the next fault, Ctrl+Enter takes the fix of a field, Esc takes the field back, Alt+↑↓ moves the row.",
                )],
            ),
        ];
        (frame.w("使い方", "Help").to_owned(), parts)
    });
    answer(&site, &headers, page.await).await
}

type Parts = Vec<(&'static str, Vec<&'static str>)>;

async fn words(
    site: &Arc<Site>,
    headers: &HeaderMap,
    path: &str,
    parts: impl FnOnce(&Words) -> (String, Parts),
) -> Result<Response, Refusal> {
    let visitor = site.visitor(headers).unwrap_or_else(|_| Visitor::stranger(headers, site.language));
    let overview = site.overview().await?;
    let frame = Frame::new(&overview, &visitor, path);
    let (heading, parts) = parts(&Words { ja: frame.code() == "ja" });
    html(&TextPage { frame: frame.headed(heading), parts })
}

/// Picks words that are in the program.
struct Words {
    ja: bool,
}

impl Words {
    fn w(&self, ja: &'static str, en: &'static str) -> &'static str {
        if self.ja { ja } else { en }
    }
}

/// Where to go after choosing a language.
#[derive(serde::Deserialize)]
pub struct Back {
    #[serde(default)]
    to: String,
}

/// Chooses a language.
pub async fn language(Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    let code = if code == "en" { "en" } else { "ja" };
    // a page of ours, whatever is asked for
    let is_own =
        back.to.starts_with('/') && !back.to.starts_with("//") && !back.to.contains(['\\', '\r', '\n']);
    let to = if is_own { back.to.as_str() } else { "/" };
    let cookie = format!("language={code}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

/// No such page.
pub async fn nothing(State(site): Here, headers: HeaderMap) -> Response {
    site.refuse(&headers, Refusal::NoPage).await
}
