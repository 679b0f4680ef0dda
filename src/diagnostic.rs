//! What sasshi has to say about the user's sources: typed findings in two languages, collected and never printed here.
//!
//! In: the stages make [`Diagnostic`]s where they know most. Out: an [`Outcome`] carries them beside the value;
//! `report` renders them.

pub mod system;

use std::collections::BTreeMap;

use crate::model::origin::Origin;

/// A sentence in both languages of the messages. Written side by side so that neither is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Say {
    /// Japanese, as a ward clerk would read it.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Say {
    /// Builds a sentence from its two versions.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Say`] from two format strings with inline arguments.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::diagnostic::Say::new(format!($ja $(, $argument)*), format!($en $(, $argument)*))
    };
}

/// The language of messages (not of the documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 日本語.
    #[default]
    Japanese,
    /// English.
    English,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Worth a look; the output is written.
    Warning,
    /// Wrong: what depends on it is not written.
    Error,
}

impl Severity {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)+) => {
        /// The stable code of a kind of finding. S0 manifest, S1 reading, S2 checks, S3 merging, S4 typesetting, S50 press, S51
        /// preflight, S60 imposition, S70 conservation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The printed form, such as `S1004`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)+ }
            }
        }
    };
}

codes! {
    /// The manifest is not TOML.
    ManifestSyntax = "S0001",
    /// A key that the manifest does not have.
    ManifestUnknownKey = "S0002",
    /// A value of the wrong type or form.
    ManifestValue = "S0003",
    /// A name in the manifest that leads nowhere (layout, directory, part).
    ManifestReference = "S0004",
    /// Two entries of the manifest with one name.
    ManifestTwice = "S0005",
    /// Asked for something that this version does not make yet.
    NotYet = "S0006",
    /// A layout that is broken: its `layout.toml` cannot be read.
    LayoutBroken = "S0007",
    /// A schema file that cannot be read.
    SchemaBroken = "S0008",
    /// An option that the layout does not have, or a value of another type.
    LayoutOption = "S0009",
    /// A line of the palette that is no colour.
    Palette = "S0010",
    /// A source file or folder that is not there, or matches nothing.
    SourceMissing = "S1001",
    /// A source that cannot be read (a folder where a file should be, no permission).
    SourceUnreadable = "S1002",
    /// Bytes that are not valid in the encoding.
    Encoding = "S1003",
    /// A directory file without any row, or with a header only.
    TableEmpty = "S1004",
    /// A row with more or fewer cells than the header.
    RowRagged = "S1005",
    /// Two columns with one header.
    HeaderTwice = "S1006",
    /// A control character in a cell or text.
    ControlCharacter = "S1007",
    /// A quotation mark that opens a cell and is never closed.
    QuoteUnclosed = "S1008",
    /// Characters after the quotation mark that closes a cell.
    QuoteStray = "S1009",
    /// Cells under a column without a header.
    HeaderUnnamed = "S1010",
    /// The header row that the manifest names is not there.
    HeaderMissing = "S1011",
    /// Rows above the header or below the records that are no records.
    RowsSkipped = "S1012",
    /// A workbook that is broken, encrypted, too large or none at all.
    WorkbookBroken = "S1013",
    /// A sheet that the workbook does not have.
    SheetMissing = "S1014",
    /// Sheets that are not read: hidden ones, and those after the first.
    SheetSkipped = "S1015",
    /// A formula without a stored result.
    FormulaEmpty = "S1016",
    /// A cell that shows an error of the spreadsheet (`#REF!`).
    CellError = "S1017",
    /// A number that stands for digits and lost its leading zero.
    ZeroLost = "S1018",
    /// Rows of two files with one key and different values.
    SourcesConflict = "S1019",
    /// A row that a correction replaces.
    RowCorrected = "S1020",
    /// Rows that stand in two files, the same in both.
    RowsMerged = "S1021",
    /// Files beside the lists of a directory that may be lists and are not read.
    FileSkipped = "S1022",
    /// A number format that is not understood.
    FormatUnknown = "S1023",
    /// Rows or columns that are hidden and read.
    HiddenRead = "S1024",
    /// Letters that are struck out and read.
    StruckOut = "S1025",
    /// A link behind a cell that is read, or that is another than the cell says.
    LinkUsed = "S1026",
    /// Words that stand for the cell above (同上).
    Ditto = "S1027",
    /// The front matter of a text is not TOML.
    FrontMatter = "S1101",
    /// A directive that is never closed.
    DirectiveUnclosed = "S1102",
    /// A directive whose line cannot be read.
    DirectiveSyntax = "S1103",
    /// Ruby that cannot be read.
    RubySyntax = "S1104",
    /// Markup that sasshi does not set (raw HTML, for one).
    MarkupUnknown = "S1105",
    /// A footnote mark without its note.
    FootnoteMissing = "S1106",
    /// A footnote that nothing refers to, or two of one name.
    FootnoteUnused = "S1107",
    /// Text that no page can hold: marks within marks, a paragraph of a megabyte.
    TextLimit = "S1108",
    /// A link that leads nowhere, or words that are read as the target of one.
    LinkBroken = "S1109",
    /// A column that a layout needs is not there.
    ColumnMissing = "S2001",
    /// A cell that must not be empty is.
    Required = "S2002",
    /// A ward that the master list does not know.
    WardUnknown = "S2003",
    /// A ward without a row in a directory that must have one.
    WardMissing = "S2004",
    /// A phone number that cannot be one.
    Phone = "S2005",
    /// A municipality code whose check digit is wrong.
    MunicipalityCode = "S2006",
    /// A cell too long for any place on paper.
    CellTooLong = "S2007",
    /// Two records of the master list with one key.
    KeyTwice = "S2008",
    /// A postal code that is not seven digits.
    PostalCode = "S2009",
    /// An address on the web that cannot be one.
    Url = "S2010",
    /// An e-mail address that cannot be one.
    Email = "S2011",
    /// A date that cannot be one.
    Date = "S2012",
    /// A reading that is not kana.
    Kana = "S2013",
    /// A number that is none.
    Number = "S2014",
    /// A value that stands twice where each is the only one.
    ValueTwice = "S2015",
    /// A row that stands twice, cell by cell.
    RowTwice = "S2016",
    /// An office that stands twice under two spellings.
    OfficeTwice = "S2017",
    /// A phone number with another area code than its neighbours.
    PhoneArea = "S2018",
    /// An address on the web without http:// or https://.
    UrlScheme = "S2019",
    /// A character for private use (外字).
    PrivateUse = "S2020",
    /// An invisible character in a name.
    Invisible = "S2021",
    /// Data that is younger than the edition.
    EditionDate = "S2022",
    /// A value that is none of those allowed.
    OneOf = "S2023",
    /// A value that does not fit the schema's pattern.
    Pattern = "S2024",
    /// A value that names no record of the directory it refers to.
    RefersTo = "S2025",
    /// A date or number in the place of an address.
    Address = "S2026",
    /// A part of a cell that is read and not printed, such as a fax beside a phone number.
    UnprintedPart = "S2027",
    /// Opening hours that are not understood.
    OpeningHours = "S2028",
    /// A directive that the layout does not know.
    DirectiveUnknown = "S2101",
    /// An attribute that the directive does not take, or one that it needs.
    DirectiveAttribute = "S2102",
    /// An image that is not there, or lies outside the project.
    ImageMissing = "S2103",
    /// A cross reference to nothing.
    ReferenceBroken = "S2104",
    /// Two headings or directives with one id.
    IdTwice = "S2105",
    /// A text that names a template its layout does not have.
    PartUnknown = "S2106",
    /// An entry of front matter, or an attribute of a heading, that no layout reads.
    TextKeyUnread = "S2107",
    /// A table that breaks a rule of machine readability.
    TableRule = "S2201",
    /// Two outputs with one file name.
    FileNameTwice = "S3001",
    /// A file name pattern that cannot be filled.
    FileNamePattern = "S3002",
    /// `--only` names a ward that is not there.
    OnlyUnknown = "S3004",
    /// Typst found a fault in a template.
    Template = "S4001",
    /// A character that no font of the layout has.
    GlyphMissing = "S4002",
    /// Text that leaves its box.
    Overfull = "S4003",
    /// A sheet that runs to a second page.
    SecondPage = "S4004",
    /// Not the number of pages that the manifest promises.
    PageCount = "S4005",
    /// An image that Typst cannot read.
    ImageBroken = "S4006",
    /// A heading that skips a level.
    HeadingSkipped = "S4007",
    /// A press profile that is not there, or cannot be read.
    PressProfile = "S5001",
    /// The ICC profile of a printing condition that is missing or cannot be used.
    PressIcc = "S5002",
    /// A colour that cannot be converted for the press, or that the level of PDF/X does not allow.
    PressColour = "S5003",
    /// A press profile asks for what the binding or the number of pages does not allow.
    PressBinding = "S5004",
    /// The plain docket is not built into this sasshi, or does not fit on its page.
    PlainDocket = "S5005",
    /// A PDF that cannot be read.
    PdfUnreadable = "S5101",
    /// A PDF that is encrypted.
    PdfEncrypted = "S5102",
    /// A version of PDF that the level does not allow.
    PdfVersion = "S5103",
    /// A PDF that unpacks to more than any press file does.
    PdfTooMuch = "S5104",
    /// A page without `TrimBox` or `BleedBox`.
    BoxMissing = "S5105",
    /// Page boxes that do not lie in one another.
    BoxNesting = "S5106",
    /// A page of another size.
    PageSize = "S5107",
    /// A page that is turned or scaled.
    PageRotated = "S5108",
    /// A number of pages that the binding cannot use.
    PageMultiple = "S5109",
    /// A page without anything on it.
    PageBlank = "S5110",
    /// A colour that is not of the press: RGB, Lab, profiled gray.
    ColourForeign = "S5111",
    /// A process ink that the job does not print.
    ColourInk = "S5112",
    /// A spot colour where none is taken.
    SpotColour = "S5113",
    /// A spot colour or colour space whose definition is broken.
    ColourSpaceBroken = "S5114",
    /// More ink on a spot than the paper takes.
    InkLimit = "S5115",
    /// An image with too few pixels for its size.
    ImageResolution = "S5116",
    /// A line too thin to print.
    LineThin = "S5117",
    /// Small text in several inks.
    TextInInks = "S5118",
    /// White that is set to overprint, and so vanishes.
    WhiteOverprint = "S5119",
    /// Overprint where the shop forbids it.
    Overprint = "S5120",
    /// A transfer function or halftone in the file.
    TransferFunction = "S5121",
    /// `PostScript` or OPI in the file.
    PostScript = "S5122",
    /// Transparency that is blended in another colour space than the press's.
    BlendSpace = "S5123",
    /// Transparency where the level allows none.
    Transparency = "S5124",
    /// A font that is not in the file.
    FontNotEmbedded = "S5125",
    /// Text set with the box for a missing character.
    PressGlyphMissing = "S5126",
    /// No output intent for PDF/X, or more than one.
    IntentMissing = "S5127",
    /// An output intent whose ICC profile is not one of a CMYK press.
    IntentProfile = "S5128",
    /// Metadata (XMP, Info) that PDF/X asks for and that is missing.
    MetadataMissing = "S5129",
    /// XMP and Info that contradict each other.
    MetadataDisagrees = "S5130",
    /// Neither trapped nor said not to be.
    Trapped = "S5131",
    /// An annotation on the printed area.
    Annotation = "S5132",
    /// An action or `JavaScript`.
    Action = "S5133",
    /// A file within the file.
    Attachment = "S5134",
    /// Layers that switch themselves.
    Layers = "S5135",
    /// Text too near to the edge of the trimmed page.
    SafeArea = "S5136",
    /// Something at the edge of the page that does not reach the end of the bleed.
    BleedShort = "S5137",
    /// An image whose data cannot be read.
    PressImageBroken = "S5138",
    /// A page whose content cannot be read to the end.
    ContentBroken = "S5139",
    /// A PDF without the identifier in its trailer.
    FileId = "S5140",
    /// A file name that is not ASCII.
    FileNameAscii = "S5141",
    /// Ink whose amount could not be measured.
    InkUnmeasured = "S5142",
    /// Registration colour inside the trimmed page.
    RegistrationColour = "S5143",
    /// A thin line in a tint or in several inks.
    LineInInks = "S5144",
    /// A colour that comes with a profile of another press, or that a default space replaces.
    ColourProfiled = "S5145",
    /// A stream whose length is missing or wrong, and that was recovered.
    StreamRecovered = "S5146",
    /// Black text that knocks out of colour where it is to overprint.
    BlackKnockout = "S5147",
    /// A spot colour with two names or two looks.
    SpotColourTwice = "S5148",
    /// A PDF that cannot be read.
    PdfDamaged = "S6001",
    /// A PDF that is locked with a password.
    PdfLocked = "S6002",
    /// Pages of different sizes where all must be of one.
    PdfMixedSizes = "S6003",
    /// Pages that do not fit on the sheet, or an order that contradicts itself.
    ImposeUnfit = "S6004",
    /// Form fields or notes on the page that would be lost.
    PdfNotes = "S6005",
    /// Pages without a trim box or bleed.
    PdfBoxes = "S6006",
    /// Links that do not come along to press sheets.
    PdfLinks = "S6007",
    /// Sheets that fail preflight though their pages pass it.
    SheetsFail = "S6008",
    /// PDFs made for different printing conditions on one sheet.
    ImposeConditions = "S6009",
    /// Hidden layers that would be printed.
    PdfLayers = "S6010",
    /// Sheets that do not read back as the pages were when they are folded.
    ImposeUnproved = "S6011",
    /// Words of the user that are on no page.
    Unprinted = "S7001",
    /// A column or directory that is on no page of a publication.
    ColumnUnprinted = "S7002",
    /// A picture of the text that is on no page.
    PictureUnprinted = "S7003",
    /// Characters of the pages that cannot be read out of the finished file.
    FileText = "S7004",
    /// Words on a page that neither the sources nor the layout say.
    WordsForeign = "S7005",
    /// A QR code on a page that stands for nothing of the data.
    CodeForeign = "S7006",
    /// Sheets that do not hold the pages as they are.
    SheetContent = "S7007",
}

/// One finding: what is wrong, where, and what to do.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, as one sentence.
    pub message: Say,
    /// The place in the user's sources, when there is one.
    pub origin: Option<Origin>,
    /// What to do, most useful first.
    pub hints: Vec<Say>,
    /// What the cell should say, where that is all but certain: the page of ward staff offers it as a button.
    pub fix: Option<String>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, message: Say) -> Self {
        Self { code, severity: Severity::Error, message, origin: None, hints: Vec::new(), fix: None }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, message: Say) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same finding, placed.
    #[must_use]
    pub fn at(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// The same finding, mended when its cell says `words`.
    #[must_use]
    pub fn mended_by(mut self, words: impl Into<String>) -> Self {
        self.fix = Some(words.into());
        self
    }

    /// The same finding with one more piece of advice.
    #[must_use]
    pub fn hint(mut self, hint: Say) -> Self {
        self.hints.push(hint);
        self
    }
}

/// Findings of one kind that are kept one by one (of each directory, or file); more are counted.
pub const MOST_OF_A_KIND: usize = 1_000;

/// How many findings were counted and not kept.
pub type LeftOut = BTreeMap<(Code, Severity), usize>;

/// Keeps the first [`MOST_OF_A_KIND`] findings of each kind in each file and counts the others in `left_out`.
pub fn keep_first(diagnostics: &mut Vec<Diagnostic>, left_out: &mut LeftOut) {
    let mut kept: BTreeMap<(Code, Option<String>), usize> = BTreeMap::new();
    diagnostics.retain(|one| {
        let file = one.origin.as_ref().map(|origin| origin.source.path.clone());
        let count = kept.entry((one.code, file)).or_default();
        *count += 1;
        let keeps = *count <= MOST_OF_A_KIND;
        if !keeps {
            *left_out.entry((one.code, one.severity)).or_default() += 1;
        }
        keeps
    });
}

/// A value and what was found on the way to it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Outcome<T> {
    /// The value; parts that have errors are absent from it or marked in it.
    pub value: T,
    /// The findings, in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without findings.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Gives the value and moves the findings to `into`.
    pub fn collect(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }
}

/// The candidate most like `given`, if one is like it: for "did you mean".
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(given, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        // the first of equals: `max_by` would take the last
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(held) if held.0 >= next.0 => Some(held),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}
