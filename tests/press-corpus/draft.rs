//! Drafts of small press files: a clean one, which the corpus spoils in one way at a time.
//!
//! In: changes to a [`Draft`]. Out: the bytes of a PDF. The same draft gives the same bytes.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A page to be.
pub struct Page {
    /// Operators.
    pub content: String,
    /// Boxes and whatever else stands in the page's dictionary.
    pub entries: Dictionary,
}

/// A file to be.
pub struct Draft {
    /// Objects so far.
    pub doc: Document,
    /// The pages.
    pub pages: Vec<Page>,
    /// Resources of all pages.
    pub resources: Dictionary,
    /// The catalog.
    pub catalog: Dictionary,
    /// The output intents.
    pub intents: Vec<Dictionary>,
    /// Info.
    pub info: Dictionary,
    /// XMP.
    pub xmp: String,
}

/// A rectangle in millimetres from the lower left corner of the trim, as four operands.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("{:.3} {:.3} {:.3} {:.3}", (x + 6.0) * MM, (y + 6.0) * MM, width * MM, height * MM)
}

/// A box at the same origin.
pub fn page_box(x0: f64, y0: f64, x1: f64, y1: f64) -> Object {
    // as text and back: the library's numbers are narrower than ours
    let place = |value: f64| Object::Real(format!("{:.3}", (value + 6.0) * MM).parse().expect("a number"));
    Object::Array(vec![place(x0), place(y0), place(x1), place(y1)])
}

/// A page of A4 with 3 mm of bleed and 6 mm of margin, art to the bleed and one line of text.
pub fn page() -> Page {
    Page {
        content: format!(
            "0 0 0 0.1 k {} re f\nBT 0 0 0 1 k /F1 10 Tf 100 400 Td <000100020003> Tj ET\n",
            rect(-3.0, -3.0, 216.0, 303.0)
        ),
        entries: dictionary! {
            "MediaBox" => page_box(-6.0, -6.0, 216.0, 303.0),
            "BleedBox" => page_box(-3.0, -3.0, 213.0, 300.0),
            "TrimBox" => page_box(0.0, 0.0, 210.0, 297.0),
        },
    }
}

const XMP: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" pdfxid:GTS_PDFXVersion="PDF/X-4"
 xmp:CreateDate="2026-04-01T09:00:00+09:00" xmp:ModifyDate="2026-04-01T09:00:00+09:00"
 xmp:MetadataDate="2026-04-01T09:00:00+09:00" xmpMM:DocumentID="uuid:1" xmpMM:InstanceID="uuid:2"
 xmpMM:VersionID="1" xmpMM:RenditionClass="default" pdf:Trapped="False">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Corpus</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#;

impl Draft {
    /// A clean file of one page, whose intent holds `icc`.
    pub fn clean(icc: &[u8]) -> Self {
        let mut doc = Document::with_version("1.6");
        let profile = doc.add_object(Stream::new(dictionary! { "N" => 4 }, icc.to_vec()));
        let program = doc.add_object(Stream::new(dictionary! {}, super::font::program()));
        let descriptor = doc.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => "ABCDEF+Corpus", "Flags" => 4, "FontFile2" => program,
        });
        let font = composite_font(&mut doc, descriptor);
        Self {
            doc,
            pages: vec![page()],
            resources: dictionary! {
                "Font" => dictionary! { "F1" => font },
                "XObject" => dictionary! {}, "ExtGState" => dictionary! {}, "ColorSpace" => dictionary! {},
                "Pattern" => dictionary! {}, "Shading" => dictionary! {},
            },
            catalog: dictionary! { "Type" => "Catalog" },
            intents: vec![dictionary! {
                "Type" => "OutputIntent", "S" => "GTS_PDFX",
                "OutputConditionIdentifier" => Object::string_literal("FOGRA39"),
                "RegistryName" => Object::string_literal("http://www.color.org"),
                "Info" => Object::string_literal("Coated paper"),
                "DestOutputProfile" => profile,
            }],
            info: dictionary! {
                "Title" => Object::string_literal("Corpus"),
                "CreationDate" => Object::string_literal("D:20260401090000+09'00'"),
                "ModDate" => Object::string_literal("D:20260401090000+09'00'"),
                "Trapped" => "False",
            },
            xmp: XMP.to_owned(),
        }
    }

    /// More operators on the first page.
    pub fn draw(&mut self, operators: impl AsRef<str>) -> &mut Self {
        self.pages[0].content.push_str(operators.as_ref());
        self.pages[0].content.push('\n');
        self
    }

    /// A resource of the pages.
    pub fn resource(&mut self, kind: &str, name: &str, object: impl Into<Object>) -> &mut Self {
        let family = self
            .resources
            .get_mut(kind.as_bytes())
            .and_then(Object::as_dict_mut)
            .expect("a family of the draft");
        family.set(name, object);
        self
    }

    /// A stream of its own.
    pub fn stream(&mut self, dict: Dictionary, content: impl Into<Vec<u8>>) -> ObjectId {
        self.doc.add_object(Stream::new(dict, content.into()))
    }

    /// A clean file with forms each of which draws the next one ten times: ten to the twentieth in all.
    pub fn of_multiplying_forms(icc: &[u8]) -> Self {
        let mut draft = Self::clean(icc);
        let mut inner = draft.stream(dictionary! { "Subtype" => "Form" }, "0 0 9 9 re f");
        for _ in 0..20 {
            let resources = dictionary! { "XObject" => dictionary! { "Fm" => inner } };
            let form = dictionary! { "Subtype" => "Form", "Resources" => resources };
            inner = draft.stream(form, "/Fm Do ".repeat(10));
        }
        draft.resource("XObject", "Fm", inner).draw("/Fm Do");
        draft
    }

    /// An image of one value, as a resource; drawn into `place` (millimetres).
    pub fn image(&mut self, pixels: (u16, u16), space: Object, sample: &[u8], place: [f64; 4]) -> &mut Self {
        let (width, height) = pixels;
        let image = self.stream(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(width), "Height" => i64::from(height),
                "BitsPerComponent" => 8, "ColorSpace" => space,
            },
            sample.repeat(usize::from(width) * usize::from(height)),
        );
        self.resource("XObject", "Im", image);
        let [x, y, w, h] = place;
        let (x, y) = ((x + 6.0) * MM, (y + 6.0) * MM);
        self.draw(format!("q {:.3} 0 0 {:.3} {x:.3} {y:.3} cm /Im Do Q", w * MM, h * MM))
    }

    /// A form with `content`, as a resource named `Fm`, drawn.
    pub fn form(&mut self, entries: &Dictionary, content: &str) -> &mut Self {
        let mut dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 700.into(), 900.into()],
        };
        dict.extend(entries);
        let form = self.stream(dict, content);
        self.resource("XObject", "Fm", form).draw("/Fm Do")
    }

    /// The document.
    pub fn document(mut self) -> Document {
        let xmp = self.stream(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, self.xmp.clone());
        let pages = self.doc.new_object_id();
        let resources = self.doc.add_object(self.resources);
        let mut kids = Vec::new();
        for page in self.pages {
            let content = self.doc.add_object(Stream::new(dictionary! {}, page.content.into_bytes()));
            let mut dict = page.entries;
            dict.set("Type", "Page");
            dict.set("Parent", pages);
            if !dict.has(b"Resources") {
                dict.set("Resources", resources);
            }
            dict.set("Contents", content);
            kids.push(Object::Reference(self.doc.add_object(dict)));
        }
        let count = i64::try_from(kids.len()).expect("few pages");
        self.doc.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
        self.catalog.set("Pages", pages);
        if !self.xmp.is_empty() {
            self.catalog.set("Metadata", xmp);
        }
        if !self.intents.is_empty() {
            let intents = self.intents.into_iter().map(Object::Dictionary).collect::<Vec<_>>();
            self.catalog.set("OutputIntents", intents);
        }
        let catalog = self.doc.add_object(self.catalog);
        let info = self.doc.add_object(self.info);
        self.doc.trailer.set("Root", catalog);
        self.doc.trailer.set("Info", info);
        let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
        self.doc.trailer.set("ID", vec![id.clone(), id]);
        self.doc
    }

    /// The bytes.
    pub fn bytes(self) -> Vec<u8> {
        save(self.document())
    }
}

/// A font of two bytes a character with a descriptor.
pub fn composite_font(doc: &mut Document, descriptor: impl Into<Object>) -> ObjectId {
    let descendant = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "ABCDEF+Corpus", "DW" => 1000,
        "CIDToGIDMap" => "Identity", "FontDescriptor" => descriptor,
    });
    doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Corpus", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
    })
}

/// The bytes of a document.
pub fn save(mut doc: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("memory takes every byte");
    bytes
}
