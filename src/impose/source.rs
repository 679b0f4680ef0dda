//! Reads the PDF that is imposed: its pages with their boxes, whatever page tree, turn or unit they come in.
//!
//! In: bytes. Out: [`Source`], or findings that name what is damaged, locked or would be lost (ISO 32000-1, 7.7.3,
//! 12.5, 14.11.2).

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::identity;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::length::Length;
use crate::model::page_ranges::{NoSuchPage, PageRanges};
use crate::model::sheet::{Size, Turn, paper_near};
use crate::pdf::boxes::WrittenBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{array, resolved};
use crate::pdf::page::is_content_lost;
use crate::pdf::reading::{self, OpenError};
use crate::say;

/// A page of the input.
#[derive(Debug, Clone)]
pub(super) struct SourcePage {
    pub id: ObjectId,
    /// Which page of its file it is, counted from 0.
    pub index: usize,
    /// In units of the page.
    pub trim: Rect,
    /// What may be shown.
    pub bleed: Rect,
    /// How it is turned for reading.
    pub turn: Turn,
    /// Points in a unit of the page.
    pub unit: f64,
}

impl SourcePage {
    /// The same page, lying with its head to the left.
    pub fn head_to_left(self) -> Self {
        Self { turn: self.turn.quarter_more(), ..self }
    }

    /// The trimmed page as it is read.
    pub fn size(&self) -> Size {
        let points = |length: f64| Length::pt(length * self.unit);
        let size = Size { width: points(self.trim.width()), height: points(self.trim.height()) };
        if self.turn.lies() { size.turned() } else { size }
    }

    /// The smallest bleed of its four sides.
    fn bleeds(&self) -> Length {
        let least = self.bleed.margins(self.trim).into_iter().fold(f64::MAX, f64::min);
        Length::pt(least * self.unit)
    }
}

/// The PDF and its pages.
pub(super) struct Source {
    pub document: Document,
    pub pages: Vec<SourcePage>,
}

/// Reads one PDF, all of it or the pages that are `wanted`. `name` is how findings call it.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    wanted: Option<&PageRanges>,
    found: &mut Vec<Diagnostic>,
) -> Option<Source> {
    let document = match reading::open(bytes) {
        Ok(document) => document,
        Err(error) => {
            found.push(match error {
                OpenError::Encrypted | OpenError::Restricted => locked(name),
                OpenError::NoPages => damaged(name, &say!("ページがない", "no page is in it")),
                OpenError::Unreadable(why) => damaged(name, &say!("{why}", "{why}")),
                OpenError::TooLarge => damaged(name, &say!("{} MB", "{} MB", bytes.len() >> 20)),
            });
            return None;
        }
    };
    let ids: Vec<ObjectId> = document.page_iter().collect();
    let taken = match wanted.map_or_else(|| Ok((0..ids.len()).collect()), |wanted| wanted.of(ids.len())) {
        Ok(taken) => taken,
        Err(NoSuchPage { wanted, pages }) => {
            let what = say!(
                "{name} に{wanted}ページはありません（全{pages}ページ）。",
                "{name} has no page {wanted}: it has {pages}."
            );
            found.push(Diagnostic::error(Code::ImposeUnfit, what));
            return None;
        }
    };
    let mut pages = Vec::new();
    for index in taken {
        let Some(page) = page(&document, ids[index], index) else {
            found.push(damaged(
                name,
                &say!("{}ページに正しい枠がない", "page {} has no sound box", index + 1),
            ));
            return None;
        };
        if document.get_dictionary(ids[index]).is_ok_and(|page| is_content_lost(&document, page)) {
            found.push(damaged(
                name,
                &say!("{}ページの中身が失われている", "the content of page {} is lost", index + 1),
            ));
            return None;
        }
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

fn damaged(name: &str, detail: &Say) -> Diagnostic {
    let message = Say::new(
        format!("{name} をPDFとして読めません（{}）。", detail.ja),
        format!("{name} cannot be read as a PDF ({}).", detail.en),
    );
    Diagnostic::error(Code::PdfDamaged, message).hint(say!(
        "もとのソフトから、もう一度PDFを書き出してください。",
        "Export it again from where it was made."
    ))
}

fn page(document: &Document, id: ObjectId, index: usize) -> Option<SourcePage> {
    let written = WrittenBoxes::read(document, document.get_dictionary(id).ok()?);
    // less than a point is no page, and no part of one
    let sound = |one: Rect| Some(one).filter(|one| one.width() > 1.0 && one.height() > 1.0);
    let media = written.media.and_then(sound)?;
    let within = |one: Option<Rect>| one.and_then(|one| sound(one.both(media)));
    let crop = within(written.crop).unwrap_or(media);
    let trim = within(written.trim).or_else(|| within(written.art)).unwrap_or(crop);
    // a page without a bleed box (as Typst writes it) bleeds to the edge of its medium
    let bleed = within(written.bleed).unwrap_or(media).joined(trim);
    let turns = [(90.0, Turn::ThreeQuarters), (180.0, Turn::Half), (270.0, Turn::Quarter)];
    let angle = written.turn.rem_euclid(360.0);
    let turn = turns.into_iter().find(|(turned, _)| (turned - angle).abs() < 1e-6);
    let turn = turn.map_or(Turn::None, |(_, turn)| turn);
    (written.unit > 0.0).then_some(SourcePage { id, index, trim, bleed, turn, unit: written.unit })
}

/// Names what would be lost. Returns false where that is more than links.
fn look(document: &Document, pages: &[SourcePage], name: &str, found: &mut Vec<Diagnostic>) -> bool {
    let mut sound = true;
    let mut links = false;
    for page in pages {
        let number = page.index + 1;
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
    let page = document.get_dictionary(id).ok();
    let entries = page.into_iter().flat_map(|page| array(document, page, b"Annots"));
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

/// Pages must be of one size, but for n-up, where each is fitted to its cell. Returns that size.
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

/// The size of the paper that pages are meant for, where they are as good as that large; else their own.
pub(super) fn paper(size: Size) -> Size {
    match paper_near(size) {
        Some(paper) if !paper.is_about(size, Length::mm(0.05)) => paper,
        _ => size,
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
