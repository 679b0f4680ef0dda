//! Reads the PDF that is imposed: its pages with their boxes, whatever page tree, turn or unit they come in.
//!
//! In: bytes. Out: [`Source`], or findings that name what is damaged, locked or would be lost (ISO 32000-1, 7.7.3,
//! 12.5, 14.11.2).

use lopdf::{Dictionary, Document, Error, Object, ObjectId};

use super::identity;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::length::Length;
use crate::model::sheet::{Size, Turn};
use crate::say;

/// A box of a page in its own units: left, bottom, right, top.
pub(super) type PageBox = [f64; 4];

/// A page of the input.
#[derive(Debug, Clone)]
pub(super) struct SourcePage {
    pub id: ObjectId,
    pub trim: PageBox,
    /// What may be shown.
    pub bleed: PageBox,
    /// How it is turned for reading.
    pub turn: Turn,
    /// Points in a unit of the page.
    pub unit: f64,
}

impl SourcePage {
    /// The trimmed page as it is read.
    pub fn size(&self) -> Size {
        let [left, bottom, right, top] = self.trim;
        let points = |length: f64| Length::pt(length * self.unit);
        let size = Size { width: points(right - left), height: points(top - bottom) };
        if self.turn.lies() { size.turned() } else { size }
    }

    /// The smallest bleed of its four sides.
    fn bleeds(&self) -> Length {
        let most = [0, 1].map(|at| self.trim[at] - self.bleed[at]).into_iter();
        let most = most.chain([2, 3].map(|at| self.bleed[at] - self.trim[at]));
        Length::pt(most.fold(f64::MAX, f64::min) * self.unit)
    }
}

/// The PDF and its pages.
pub(super) struct Source {
    pub document: Document,
    pub pages: Vec<SourcePage>,
}

/// Reads one PDF. `name` is how findings call it.
pub(super) fn read(bytes: &[u8], name: &str, found: &mut Vec<Diagnostic>) -> Option<Source> {
    let document = match Document::load_mem(bytes) {
        Ok(document) if document.is_encrypted() || document.was_encrypted() => {
            found.push(locked(name));
            return None;
        }
        Ok(document) => document,
        Err(Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_)) => {
            found.push(locked(name));
            return None;
        }
        Err(error) => {
            found.push(damaged(name, &error.to_string()));
            return None;
        }
    };
    let ids: Vec<ObjectId> = document.page_iter().collect();
    if ids.is_empty() {
        found.push(damaged(name, "no page"));
        return None;
    }
    let mut pages = Vec::new();
    for (index, id) in ids.into_iter().enumerate() {
        let Some(page) = page(&document, id) else {
            found.push(damaged(name, &format!("page {} has no sound box", index + 1)));
            return None;
        };
        pages.push(page);
    }
    let sound = look(&document, &pages, name, found);
    sound.then_some(Source { document, pages })
}

fn locked(name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::PdfLocked,
        say!("{name} はパスワードで保護されています。", "{name} is locked with a password."),
    )
    .hint(say!(
        "作成した人に、保護を外したPDFをもらってください。",
        "Ask its author for a copy without protection."
    ))
}

fn damaged(name: &str, detail: &str) -> Diagnostic {
    Diagnostic::error(
        Code::PdfDamaged,
        say!("{name} をPDFとして読めません（{detail}）。", "{name} cannot be read as a PDF ({detail})."),
    )
    .hint(say!(
        "もとのソフトから、もう一度PDFを書き出してください。",
        "Export it again from where it was made."
    ))
}

/// Value of a key of a page, or of the nodes above it where it may be inherited.
pub(super) fn inherited<'a>(document: &'a Document, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(id).ok()?;
    // a tree deeper than this is a loop
    for _ in 0..64 {
        if let Ok(value) = node.get(key) {
            return Some(value);
        }
        node = document.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn page_box(document: &Document, id: ObjectId, key: &[u8]) -> Option<PageBox> {
    let array = resolved(document, inherited(document, id, key)?)?.as_array().ok()?;
    let mut numbers: PageBox = [0.0; 4];
    if array.len() != 4 {
        return None;
    }
    for (number, object) in numbers.iter_mut().zip(array) {
        *number = f64::from(resolved(document, object)?.as_float().ok()?);
    }
    let [a, b, c, d] = numbers;
    // corners may come in any order
    let sorted = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (sorted.iter().all(|one| one.is_finite()) && sorted[2] - sorted[0] > 1.0 && sorted[3] - sorted[1] > 1.0)
        .then_some(sorted)
}

/// The common part of two boxes, if it is more than a sliver.
fn within(inner: PageBox, outer: PageBox) -> Option<PageBox> {
    let both =
        [inner[0].max(outer[0]), inner[1].max(outer[1]), inner[2].min(outer[2]), inner[3].min(outer[3])];
    (both[2] - both[0] > 1.0 && both[3] - both[1] > 1.0).then_some(both)
}

fn page(document: &Document, id: ObjectId) -> Option<SourcePage> {
    let media = page_box(document, id, b"MediaBox")?;
    let boxed = |key: &[u8]| page_box(document, id, key).and_then(|one| within(one, media));
    let crop = boxed(b"CropBox").unwrap_or(media);
    let trim = boxed(b"TrimBox").or_else(|| boxed(b"ArtBox")).unwrap_or(crop);
    // a page without a bleed box (as Typst writes it) bleeds to the edge of its medium
    let bleed = boxed(b"BleedBox").unwrap_or(media);
    let bleed = [bleed[0].min(trim[0]), bleed[1].min(trim[1]), bleed[2].max(trim[2]), bleed[3].max(trim[3])];
    let number = |key: &[u8]| inherited(document, id, key).and_then(|one| resolved(document, one));
    let turn = match number(b"Rotate").and_then(|one| one.as_i64().ok()).unwrap_or(0).rem_euclid(360) {
        90 => Turn::ThreeQuarters,
        180 => Turn::Half,
        270 => Turn::Quarter,
        _ => Turn::None,
    };
    let unit = document.get_dictionary(id).ok()?.get(b"UserUnit").ok();
    let unit = unit.and_then(|one| resolved(document, one)).and_then(|one| one.as_float().ok());
    let unit = f64::from(unit.unwrap_or(1.0));
    let sound = unit.is_finite() && unit > 0.0;
    sound.then_some(SourcePage { id, trim, bleed, turn, unit })
}

/// Names what would be lost. Gives false where that is more than links.
fn look(document: &Document, pages: &[SourcePage], name: &str, found: &mut Vec<Diagnostic>) -> bool {
    let mut sound = true;
    let mut links = false;
    for (index, page) in pages.iter().enumerate() {
        let number = index + 1;
        for annotation in annotations(document, page.id) {
            let subtype = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
            let (ja, en) = match subtype {
                b"Link" => {
                    links = true;
                    continue;
                }
                b"Popup" => continue,
                b"Widget" => ("フォームの入力欄", "a form field"),
                _ => ("注釈", "an annotation"),
            };
            let kind = String::from_utf8_lossy(subtype);
            found.push(
                Diagnostic::error(
                    Code::PdfNotes,
                    say!(
                        "{name} の{number}ページに{ja}（{kind}）があり、面付けすると失われます。",
                        "{name}, page {number}, has {en} ({kind}) that would be lost."
                    ),
                )
                .hint(say!(
                    "PDFのソフトで「統合（フラット化）」してから、もう一度実行してください。",
                    "Flatten the PDF first, then run this again."
                )),
            );
            sound = false;
        }
    }
    if links {
        found.push(Diagnostic::warning(
            Code::PdfLinks,
            say!(
                "{name} のリンクは、紙にするので外しました。",
                "Links of {name} are left out: paper has none."
            ),
        ));
    }
    sound
}

fn annotations(document: &Document, id: ObjectId) -> Vec<&Dictionary> {
    let array = document
        .get_dictionary(id)
        .ok()
        .and_then(|page| page.get(b"Annots").ok())
        .and_then(|object| resolved(document, object))
        .and_then(|object| object.as_array().ok());
    let entries = array.into_iter().flatten();
    entries.filter_map(|entry| resolved(document, entry)?.as_dict().ok()).collect()
}

/// Whether the pages of `second` may lie on sheets with those of `first`, whose catalog the sheets get.
pub(super) fn may_join(first: &Document, second: &Document, name: &str, found: &mut Vec<Diagnostic>) -> bool {
    if let (Some(one), Some(other)) = (identity::condition(first), identity::condition(second))
        && one != other
    {
        found.push(
            Diagnostic::error(
                Code::ImposeConditions,
                say!(
                    "{name} は、ほかのPDFとちがう印刷条件（{other}）のために作られています（ほかは {one}）。",
                    "{name} is made for another printing condition ({other}) than the first PDF ({one})."
                ),
            )
            .hint(say!(
                "同じ印刷条件で作り直してから、いっしょに面付けしてください。",
                "Make them for one condition, then impose them together."
            )),
        );
        return false;
    }
    if identity::hides_layers(second) {
        found.push(
            Diagnostic::error(
                Code::PdfLayers,
                say!(
                    "{name} には隠れたレイヤーがあり、ほかのPDFといっしょに面付けすると刷られてしまいます。",
                    "{name} has hidden layers that would be printed when it is imposed with other PDFs."
                ),
            )
            .hint(say!(
                "レイヤーを統合してから、もう一度実行してください。",
                "Merge its layers first, then run this again."
            )),
        );
        return false;
    }
    true
}

/// Pages must be of one size, but for n-up, where each is fitted to its cell. Gives that size.
pub(super) fn one_size(
    pages: &[SourcePage],
    name: &str,
    may_differ: bool,
    found: &mut Vec<Diagnostic>,
) -> Option<Size> {
    let size = pages.first()?.size();
    // half a millimetre is rounding of an office program, not another size
    let odd = pages.iter().position(|page| !page.size().is_about(size, Length::mm(0.5)));
    match odd {
        Some(odd) if !may_differ => {
            let (number, other) = (odd + 1, pages[odd].size());
            found.push(
                Diagnostic::error(
                    Code::PdfMixedSizes,
                    say!(
                        "{name} のページの大きさがそろっていません（1ページは {size}、{number}ページは {other}）。",
                        "Pages of {name} differ in size: page 1 is {size}, page {number} is {other}."
                    ),
                )
                .hint(say!(
                    "すべてのページを同じ大きさで書き出してください。",
                    "Export all pages at one size."
                )),
            );
            None
        }
        _ => Some(size),
    }
}

/// Says so when bleed is wanted and the pages have none.
pub(super) fn check_bleed(pages: &[SourcePage], name: &str, wanted: Length, found: &mut Vec<Diagnostic>) {
    let least = pages.iter().map(SourcePage::bleeds).fold(Length::pt(f64::MAX), Length::min);
    if least + Length::mm(0.05) < wanted {
        found.push(
            Diagnostic::warning(
                Code::PdfBoxes,
                say!(
                    "{name} の塗り足しは {least} で、{wanted} に足りません。",
                    "{name} bleeds by {least}, less than the {wanted} that are wanted."
                ),
            )
            .hint(say!(
                "縁まで色や写真のあるページでは、断ったときに白い線が出ることがあります。",
                "Where colour runs to the edge, a white line may show after trimming."
            )),
        );
    }
}
