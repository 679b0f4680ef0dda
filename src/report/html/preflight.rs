//! What preflight found, with each page's picture and the spot of each finding on it.
//!
//! In: an [`Examination`], pictures of the pages. Out: HTML in one piece; the pictures are in it.

use std::fmt::Write as _;

use super::{STYLE, base64, check, escaped, short, verdict};
use crate::diagnostic::{Language, Severity};
use crate::model::region::Region;
use crate::pdf::raster::{MOST_PICTURES, Picture};
use crate::preflight::{Examination, Finding, PageSize};
use crate::press::profile::Profile;

/// Findings of a page that are listed; more are counted.
const MOST: usize = 60;
/// Characters of a value that come from the file.
const CHARACTERS: usize = 200;

/// What this page has beyond the style of all.
const OWN_STYLE: &str = "\
.page{display:grid;grid-template-columns:minmax(16rem,28rem) minmax(0,1fr);gap:1.2rem;margin-bottom:1.6rem;align-items:start}\
.look{position:sticky;top:1rem}\
.sheet{position:relative;background:#fff;border:1px solid var(--line);line-height:0}.sheet img{width:100%}\
.trim{position:absolute;border:1px dashed #7c93a3}\
.mark{position:absolute;border:2px solid var(--red);min-width:6px;min-height:6px}\
.mark.warning{border-color:var(--gold)}\
.mark b,.number{font-size:.72rem;line-height:1.3;background:var(--red);color:#fff;border-radius:.2rem;padding:0 .35em}\
.mark b{position:absolute;left:-2px;bottom:100%}.mark.low b{bottom:auto;top:100%}\
.mark.warning b,.warning .number{background:var(--gold)}\
h3{margin:0 0 .5rem;font-size:1.05rem}.values{margin:.4rem 0 0}.values span{color:#4a5964;margin-right:.4em}.values .number{color:#fff}\
.clean{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:1rem;text-align:center}\
.none{color:#4a5964}@media(max-width:50rem){.page{grid-template-columns:1fr}}";

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// The profile it was judged by.
    pub profile: &'a Profile,
    /// Findings, and sizes of the pages.
    pub seen: &'a Examination,
    /// Pictures of the pages, in order.
    pub pictures: &'a [Option<Picture>],
}

/// The page.
#[must_use]
pub fn page(subject: &Subject<'_>, language: Language) -> String {
    let ja = language == Language::Japanese;
    let words = |japanese: &'static str, english: &'static str| if ja { japanese } else { english };
    let title = words("印刷前の点検（プリフライト）", "Preflight");
    let Subject { file, profile, seen, .. } = subject;
    let count = seen.pages.len();
    let mut out = String::with_capacity(65_536);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}{OWN_STYLE}</style></head>\n\
         <body><header><h1>{title}</h1><span>{}</span><span>{}</span></header>\n<main>",
        words("ja", "en"),
        escaped(file),
        escaped(&match ja {
            true => format!("{}（{}）、{count}ページ", profile.title.0, profile.name),
            false => format!("{} ({}), {count} pages", profile.title.1, profile.name),
        }),
    );
    sums(&mut out, seen, ja);
    let about_file: Vec<&Finding> = seen.findings.iter().filter(|one| one.page.is_none()).collect();
    if !about_file.is_empty() {
        let _ = write!(out, "<h3>{}</h3>", words("ファイル全体", "The whole file"));
        for one in by_kind(&about_file) {
            kind(&mut out, &one, false, language);
        }
        rest(&mut out, about_file.len(), ja);
    }
    let mut clean = String::new();
    for (number, size) in (1_u32..).zip(&seen.pages) {
        let picture = subject.pictures.get(number as usize - 1).and_then(Option::as_ref);
        let found: Vec<&Finding> = seen.findings.iter().filter(|one| one.page == Some(number)).collect();
        match picture {
            Some(picture) if found.is_empty() => {
                clean.push_str("<div>");
                sheet(&mut clean, number, *size, picture, &found);
                let _ = write!(clean, "{number}</div>");
            }
            None if found.is_empty() => {}
            picture => one_page(&mut out, number, *size, picture, &found, language),
        }
    }
    if !clean.is_empty() {
        let title = words("問題のないページ", "Pages with nothing found");
        let _ = write!(out, "<h3>{title}</h3><div class=\"clean\">{clean}</div>");
    }
    if count > MOST_PICTURES {
        let _ = match ja {
            true => write!(out, "<p>ページの絵は{MOST_PICTURES}ページまでです。</p>"),
            false => write!(out, "<p>The first {MOST_PICTURES} pages have pictures.</p>"),
        };
    }
    let _ = writeln!(
        out,
        "<footer><b>{}</b></footer></main></body></html>",
        words(
            "破線は仕上がりの位置です。場所は、仕上がりの左上からの距離です。",
            "The broken line is the trim; places are counted from its upper left corner."
        )
    );
    out
}

fn sums(out: &mut String, seen: &Examination, ja: bool) {
    let of = |severity: Severity| seen.findings.iter().filter(|one| one.severity == severity).count();
    let boxes = [
        ("error", of(Severity::Error), "件", "直さないと刷れません", "to mend before it is printed"),
        ("warning", of(Severity::Warning), "件", "念のため確かめてください", "to have a look at"),
        ("made", seen.pages.len(), "ページ", "を調べました", "pages judged"),
    ];
    out.push_str("<div class=\"sums\">");
    for (class, count, unit, japanese, english) in boxes {
        let (unit, words) = if ja { (unit, japanese) } else { ("", english) };
        let _ = write!(
            out,
            "<div class=\"sum {class}\"><b class=\"n\">{count}</b>{unit}<small>{words}</small></div>"
        );
    }
    out.push_str("</div>\n");
}

fn one_page(
    out: &mut String,
    number: u32,
    size: PageSize,
    picture: Option<&Picture>,
    found: &[&Finding],
    language: Language,
) {
    let ja = language == Language::Japanese;
    let _ = write!(out, "<section class=\"page\" id=\"page-{number}\"><div class=\"look\">");
    if let Some(picture) = picture {
        sheet(out, number, size, picture, found);
    } else {
        let words = if ja { "絵にできません" } else { "no picture" };
        let _ = write!(out, "<p class=\"none\">{words}</p>");
    }
    let (width, height) = (size.width.to_mm(), size.height.to_mm());
    let _ = match ja {
        true => write!(out, "</div><div><h3>{number}ページ（仕上がり {width:.1} × {height:.1} mm）</h3>"),
        false => write!(out, "</div><div><h3>Page {number} ({width:.1} × {height:.1} mm trimmed)</h3>"),
    };
    if found.is_empty() {
        let _ =
            write!(out, "<p class=\"none\">{}</p>", if ja { "問題はありません。" } else { "Nothing found." });
    }
    for one in by_kind(found) {
        kind(out, &one, true, language);
    }
    rest(out, found.len(), ja);
    out.push_str("</div></section>\n");
}

/// The picture with the trim and the spots of findings on it.
fn sheet(out: &mut String, number: u32, size: PageSize, picture: &Picture, found: &[&Finding]) {
    let _ = write!(
        out,
        "<div class=\"sheet\"><img alt=\"{number}\" src=\"data:image/png;base64,{}\">",
        base64(&picture.png)
    );
    // on a turned picture the places would be wrong
    if !picture.turned {
        let trim = Region::page(size.width, size.height);
        let _ = write!(out, "<div class=\"trim\" style=\"{}\"></div>", place(trim, size, picture).0);
        for (index, one) in (1_usize..).zip(found.iter().take(MOST)) {
            let Some(spot) = one.spot else { continue };
            let (style, top) = place(spot, size, picture);
            let low = if top < 4.0 { " low" } else { "" };
            let _ = write!(
                out,
                "<div class=\"mark {}{low}\" style=\"{style}\"><b>{index}</b></div>",
                verdict(one.severity, false).0
            );
        }
    }
    out.push_str("</div>");
}

/// Where a spot is on the picture, and how far from its top in per cent.
fn place(spot: Region, size: PageSize, picture: &Picture) -> (String, f64) {
    let [left, top, width, height] = picture.shows;
    let share = |value: f64, whole: f64| (value / whole * 100.0).clamp(-5.0, 105.0);
    let x = share(size.left.to_pt() + spot.x.to_pt() - left, width);
    let y = share(size.top.to_pt() + spot.y.to_pt() - top, height);
    let (w, h) = (share(spot.width.to_pt(), width), share(spot.height.to_pt(), height));
    (format!("left:{x:.2}%;top:{y:.2}%;width:{w:.2}%;height:{h:.2}%"), y)
}

/// The findings of one kind: what is wrong and what is allowed once, then each place.
fn kind(out: &mut String, found: &[(usize, &Finding)], numbered: bool, language: Language) {
    let Some((_, one)) = found.first() else { return };
    let ja = language == Language::Japanese;
    let (class, tag) = verdict(one.severity, ja);
    let text = |say: &crate::diagnostic::Say| escaped(&short(say.in_language(language), CHARACTERS));
    let _ = write!(
        out,
        "<div class=\"one {class}\"><div class=\"head\"><span class=\"tag\">{tag}</span><h2>{}</h2><code>{}</code></div>",
        text(&one.what),
        one.code.id(),
    );
    let allowed = text(&one.allowed);
    if !allowed.is_empty() {
        let label = if ja { "基準" } else { "allowed" };
        let _ = write!(out, "<p class=\"values\"><span>{label}</span>{allowed}</p>");
    }
    for (number, one) in found {
        let mut parts = Vec::new();
        if numbered && one.spot.is_some() {
            parts.push(format!("<span class=\"number\">{number}</span>"));
        }
        parts.extend([text(&one.found), text(&one.place())]);
        parts.extend(one.origin.as_ref().map(|origin| escaped(&check::place(origin, ja))));
        parts.retain(|part| !part.is_empty());
        if !parts.is_empty() {
            let _ = write!(out, "<p class=\"values\">{}</p>", parts.join("　"));
        }
        if one.more > 0 {
            let _ = match ja {
                true => write!(out, "<p class=\"values\">このページに、ほかに{}件あります。</p>", one.more),
                false => write!(out, "<p class=\"values\">{} more on this page.</p>", one.more),
            };
        }
    }
    out.push_str("</div>\n");
}

/// Findings by kind, in the order in which the kinds come first.
fn by_kind<'f>(found: &[&'f Finding]) -> Vec<Vec<(usize, &'f Finding)>> {
    let mut kinds: Vec<Vec<(usize, &Finding)>> = Vec::new();
    for (index, one) in (1_usize..).zip(found.iter().take(MOST)) {
        let same = |kind: &&mut Vec<(usize, &Finding)>| {
            let first = kind[0].1;
            (first.code, first.severity, &first.what.en, &first.allowed.en)
                == (one.code, one.severity, &one.what.en, &one.allowed.en)
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push((index, *one)),
            None => kinds.push(vec![(index, *one)]),
        }
    }
    kinds
}

fn rest(out: &mut String, count: usize, ja: bool) {
    let rest = count.saturating_sub(MOST);
    if rest > 0 {
        let _ = match ja {
            true => write!(out, "<p>ほかに {rest} 件あります。</p>"),
            false => write!(out, "<p>{rest} more.</p>"),
        };
    }
}
