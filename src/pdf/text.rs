//! The text of pages as a reader would take it out of a file: what glyphs stand for, and where they are.
//!
//! In: a page of a final PDF. Out: [`TextRun`]s in the order of painting. Text is taken from `ActualText` (ISO 32000-1,
//! 14.9.4) where content is marked with it, else from the `ToUnicode` of the font (9.10). Forms are gone into; annotations
//! are not. Nothing is guessed: glyphs without a map are told apart from text.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::boxes::WrittenBoxes;
use super::content::operations;
use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::graphics_state::GraphicsState;
use super::objects::{dictionary, dictionary_of, matrix, name, rectangle, resolved, text, value};
use super::operators::Op;
use super::page::{PageContent, resources};
use super::reading::{self, Budget, LARGEST_CONTENT, unpacked};
use super::scope::{Extent, Scope, Step};
use super::to_unicode::ToUnicode;

pub use super::page_text::{PageText, TextError, TextRun, TextSource, UNKNOWN};

/// How deep forms may lie in each other; deeper ones are broken.
const DEEPEST: usize = 24;
/// Largest table from codes to characters.
const LARGEST_MAP: usize = 8 << 20;

/// The text of all pages of a file.
///
/// # Errors
/// [`TextError`] when one of them cannot be read to its end.
pub fn text_of(bytes: &[u8]) -> Result<Vec<PageText>, TextError> {
    document_text(&reading::open(bytes)?)
}

/// The text of all pages of a file that is open.
///
/// # Errors
/// [`TextError`] when one of them cannot be read to its end.
pub fn document_text(doc: &Document) -> Result<Vec<PageText>, TextError> {
    let mut reader = Reader::new(doc);
    doc.page_iter().map(|page| reader.page(page)).collect()
}

/// The text of one page.
///
/// # Errors
/// [`TextError`] when it cannot be read to its end.
pub fn page_text(doc: &Document, page: ObjectId) -> Result<PageText, TextError> {
    Reader::new(doc).page(page)
}

/// A font with what its codes stand for.
struct ReadFont<'d> {
    font: Rc<Font<'d>>,
    map: ToUnicode,
}

/// Reads text; keeps fonts from page to page.
struct Reader<'d> {
    doc: &'d Document,
    fonts: HashMap<ObjectId, Rc<ReadFont<'d>>>,
    budget: Budget,
    /// Forms that are being walked.
    open: Vec<ObjectId>,
    runs: Vec<TextRun>,
    /// For each marked part that is open, whether it is the one whose text counts.
    marks: Vec<bool>,
    /// The text that stands for all that is shown.
    actual: Option<ActualText>,
}

/// A text that stands for glyphs, and the run that they are.
struct ActualText {
    text: String,
    shown: Option<TextRun>,
}

/// Kept in the graphics state: the font with its map.
type Own<'d> = Option<Rc<ReadFont<'d>>>;

impl<'d> Reader<'d> {
    fn new(doc: &'d Document) -> Self {
        Self {
            doc,
            fonts: HashMap::new(),
            budget: Budget::default(),
            open: Vec::new(),
            runs: Vec::new(),
            marks: Vec::new(),
            actual: None,
        }
    }

    fn page(&mut self, page: ObjectId) -> Result<PageText, TextError> {
        let page = self.doc.get_dictionary(page).map_err(|_| TextError::NoPage)?;
        let content = PageContent::read(self.doc, page);
        if content.unread > 0 {
            return Err(TextError::Broken("a stream that cannot be unpacked"));
        }
        let boxes = WrittenBoxes::read(self.doc, page);
        let clip = boxes.media.unwrap_or(Rect::EVERYTHING);
        let state = GraphicsState::new(Matrix::IDENTITY, clip, None);
        self.content(&content.bytes, resources(self.doc, page), state)?;
        Ok(PageText { boxes, runs: std::mem::take(&mut self.runs) })
    }

    fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dictionary>,
        state: GraphicsState<'d, Own<'d>>,
    ) -> Result<(), TextError> {
        if !self.budget.spend_bytes(bytes.len()) {
            return Err(TextError::TooMuch);
        }
        let mut scope = Scope::new(state, resources);
        let outer = self.marks.len();
        for operation in operations(bytes) {
            if !self.budget.spend_operations(1) {
                return Err(TextError::TooMuch);
            }
            let operation = operation.map_err(|_| TextError::Broken("characters that are no operator"))?;
            self.operation(&mut scope, &Op::read(&operation))?;
        }
        // a mark ends with its stream
        while self.marks.len() > outer {
            self.end_marked();
        }
        Ok(())
    }

    fn operation(&mut self, scope: &mut Scope<'d, Own<'d>>, op: &Op<'_>) -> Result<(), TextError> {
        match scope.apply(op) {
            Step::Done | Step::NothingSaved => return Ok(()),
            Step::TooManySaved => return Err(TextError::TooMuch),
            Step::Open => {}
        }
        match *op {
            Op::Paint(_) => scope.end_path(),
            Op::GraphicsState(name) => {
                let states = scope.graphics_state(self.doc, name);
                if let Some(Object::Array(font)) = states.and_then(|states| value(self.doc, states, b"Font"))
                    && let [font, size] = font.as_slice()
                {
                    self.set_font(scope, font, super::objects::number_of(size).unwrap_or(0.0));
                }
            }
            Op::Font(name, size) => match scope.resource(self.doc, b"Font", name) {
                Some(font) => self.set_font(scope, font, size),
                None => return Err(TextError::Broken("a font that the resources do not have")),
            },
            Op::Show(showing) => self.show(scope, showing.parts),
            Op::Draw(name) => return self.form(scope, name),
            Op::BeginMarked(_, properties) => self.begin_marked(scope, properties),
            Op::EndMarked => self.end_marked(),
            _ => {}
        }
        Ok(())
    }

    fn set_font(&mut self, scope: &mut Scope<'d, Own<'d>>, object: &'d Object, size: f64) {
        let id = object.as_reference().ok();
        let known = id.and_then(|id| self.fonts.get(&id)).cloned();
        let font = known.or_else(|| {
            let font = resolved(self.doc, object).and_then(dictionary_of)?;
            let map = match value(self.doc, font, b"ToUnicode") {
                Some(Object::Stream(map)) => unpacked(map, LARGEST_MAP).unwrap_or_default(),
                _ => Vec::new(),
            };
            let font = Rc::new(Font::read(self.doc, font));
            Some(Rc::new(ReadFont { font, map: ToUnicode::read(&map) }))
        });
        if let (Some(id), Some(font)) = (id, &font) {
            self.fonts.insert(id, Rc::clone(font));
        }
        scope.state.text.size = size;
        scope.state.own = font;
    }

    fn show(&mut self, scope: &mut Scope<'d, Own<'d>>, parts: &[Object]) {
        let Some(font) = scope.state.own.clone() else { return };
        let extent = scope.show(&font.font, parts);
        let (mut characters, mut source) = (String::new(), TextSource::ToUnicode);
        let strings = parts.iter().filter_map(|part| part.as_str().ok());
        for code in strings.flat_map(|string| font.font.codes(string)) {
            if let Some(known) = font.map.characters(code) {
                characters.push_str(known);
            } else {
                characters.push(UNKNOWN);
                source = TextSource::Unknown;
            }
        }
        if characters.is_empty() {
            return;
        }
        let Extent { whole, area, size, missing, .. } = extent;
        let run = TextRun {
            text: characters,
            source,
            area,
            start: whole.point(0.0, scope.state.text.rise),
            font: font.font.name.clone(),
            size,
            missing,
            invisible: matches!(scope.state.text.mode, 3 | 7),
        };
        let Some(actual) = &mut self.actual else {
            self.runs.push(run);
            return;
        };
        match &mut actual.shown {
            Some(shown) => {
                shown.area = shown.area.joined(run.area);
                shown.missing += run.missing;
                shown.invisible &= run.invisible;
            }
            shown => *shown = Some(run),
        }
    }

    fn begin_marked(&mut self, scope: &Scope<'d, Own<'d>>, properties: Option<&Object>) {
        let actual = match properties {
            Some(Object::Name(name)) => {
                let named = scope.resource(self.doc, b"Properties", name);
                let named = named.and_then(|named| resolved(self.doc, named)).and_then(dictionary_of);
                named.and_then(|named| self.actual_text(named))
            }
            Some(Object::Dictionary(properties)) => self.actual_text(properties),
            _ => None,
        };
        // what stands for the whole stands for its parts too
        let counts = self.actual.is_none() && actual.is_some();
        self.marks.push(counts);
        if let Some(text) = actual.filter(|_| counts) {
            self.actual = Some(ActualText { text, shown: None });
        }
    }

    fn actual_text(&self, properties: &Dictionary) -> Option<String> {
        value(self.doc, properties, b"ActualText")?.as_str().ok().map(text)
    }

    fn end_marked(&mut self) {
        if self.marks.pop() == Some(true) {
            let Some(ActualText { text, shown: Some(shown) }) = self.actual.take() else { return };
            self.runs.push(TextRun { text, source: TextSource::ActualText, ..shown });
        }
    }

    fn form(&mut self, scope: &Scope<'d, Own<'d>>, wanted: &[u8]) -> Result<(), TextError> {
        let object = scope.resource(self.doc, b"XObject", wanted);
        let object = object.ok_or(TextError::Broken("a form or image that the resources do not have"))?;
        let Some(Object::Stream(form)) = resolved(self.doc, object) else {
            return Err(TextError::Broken("a form or image that is not there"));
        };
        if name(self.doc, &form.dict, b"Subtype") != Some(b"Form") {
            return Ok(());
        }
        let id = object.as_reference().ok();
        if self.open.len() >= DEEPEST || id.is_some_and(|id| self.open.contains(&id)) {
            return Err(TextError::Broken("forms within forms without end"));
        }
        let bytes =
            unpacked(form, LARGEST_CONTENT).ok_or(TextError::Broken("a form that cannot be unpacked"))?;
        let resources = dictionary(self.doc, &form.dict, b"Resources").or(scope.resources);
        let mut state = scope.state.clone();
        state.ctm = matrix(self.doc, &form.dict, b"Matrix").then(state.ctm);
        if let Some(bounds) = rectangle(self.doc, &form.dict, b"BBox") {
            state.clip = state.clip.both(state.ctm.rect(bounds));
        }
        self.open.push(id.unwrap_or_default());
        let read = self.content(&bytes, resources, state);
        self.open.pop();
        read
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;
    use crate::pdf::geometry::Point;

    const MAP: &[u8] = b"beginbfchar <0001> <6A2A> <0002> <6D5C> <0003> <D842DFB7> <0004> <0041> endbfchar";

    /// A page of `content` with the font F, the form X (if any) and the properties P.
    fn page(content: &str, form: &str) -> Result<PageText, TextError> {
        let mut doc = Document::with_version("1.6");
        let map = doc.add_object(Stream::new(Dictionary::new(), MAP.to_vec()));
        let descendant = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 1000 };
        let font = doc
            .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Gothic",
            "Encoding" => "Identity-H", "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map });
        let mut resources = dictionary! { "Font" => dictionary! { "F" => font },
        "Properties" => dictionary! { "P" => dictionary! {
            "ActualText" => Object::String(vec![0xFE, 0xFF, 0x8F, 0xBB, 0xDB, 0x40, 0xDD, 0x00],
                lopdf::StringFormat::Hexadecimal) } } };
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone(),
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 100.into(), 0.into()] };
        let id = doc.new_object_id();
        doc.objects.insert(id, Stream::new(dict, form.as_bytes().to_vec()).into());
        resources.set("XObject", dictionary! { "X" => id });
        // a form may draw itself
        if let Ok(stream) = doc.get_object_mut(id).and_then(Object::as_stream_mut) {
            stream.dict.set("Resources", resources.clone());
        }
        let content = doc.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let page = doc
            .add_object(dictionary! { "Type" => "Page", "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()] });
        page_text(&doc, page)
    }

    fn runs(content: &str, form: &str) -> Vec<TextRun> {
        page(content, form).expect("it can be read").runs
    }

    fn texts(content: &str) -> Vec<(String, TextSource)> {
        runs(content, "").into_iter().map(|run| (run.text, run.source)).collect()
    }

    #[test]
    fn glyphs_are_what_their_font_says() {
        let run = &runs("BT /F 10 Tf 1 0 0 1 20 30 Tm [<0001> -500 <00020003>] TJ ET", "")[0];
        assert_eq!((run.text.as_str(), run.source), ("横浜𠮷", TextSource::ToUnicode));
        assert_eq!((run.font.as_str(), run.start), ("Gothic", Point { x: 20.0, y: 30.0 }));
        assert!((run.size - 10.0).abs() < 1e-9 && (run.area.width() - 35.0).abs() < 1e-9, "{run:?}");
        assert_eq!(
            texts("BT /F 9 Tf <00010009> Tj ET"),
            [("横\u{FFFD}".to_owned(), TextSource::Unknown)],
            "nobody says what the second is"
        );
    }

    #[test]
    fn actual_text_stands_for_its_glyphs() {
        let expected = [
            ("A".to_owned(), TextSource::ToUnicode),
            ("辻\u{E0100}".to_owned(), TextSource::ActualText),
            ("横".to_owned(), TextSource::ToUnicode),
        ];
        let inline = "BT /F 9 Tf <0004> Tj /Span <</ActualText <FEFF8FBBDB40DD00>>> BDC <0001> Tj <0002> Tj EMC <0001> Tj ET";
        let named = "BT /F 9 Tf <0004> Tj /Span /P BDC /Span <</ActualText (x)>> BDC <0001> Tj EMC <0002> Tj EMC <0001> Tj ET";
        assert_eq!(texts(inline), expected);
        assert_eq!(texts(named), expected, "the outer text stands for the inner one too");
        let area = runs(inline, "")[1].area;
        assert!((area.width() - 18.0).abs() < 1e-9, "both glyphs: {area:?}");
        assert_eq!(texts("/Span /P BDC EMC"), [], "what has no glyph is not shown");
    }

    #[test]
    fn forms_are_gone_into_but_not_for_ever() {
        let found = runs("2 0 0 2 0 0 cm /X Do", "BT /F 5 Tf 3 4 Td <0001> Tj ET");
        assert_eq!((found[0].text.as_str(), found[0].start), ("横", Point { x: 206.0, y: 8.0 }));
        assert!(found[0].area.is_empty(), "it lies beside the page");
        assert!(matches!(page("/X Do", "/X Do"), Err(TextError::Broken(_))));
    }

    #[test]
    fn what_cannot_be_read_is_no_text() {
        assert!(matches!(page("BT /G 9 Tf ET", ""), Err(TextError::Broken(_))));
        assert!(matches!(page("/Y Do", ""), Err(TextError::Broken(_))));
        assert!(matches!(text_of(b"no PDF"), Err(TextError::Open(_))));
    }

    #[test]
    fn hidden_text_says_so() {
        let run = &runs("BT 3 Tr /F 9 Tf <0001> Tj ET", "")[0];
        assert!(run.invisible);
    }
}
