//! What preflight finds broken or cannot measure, each kind with its words in both languages.
//!
//! In: faults of this stage and of `pdf`, which knows no messages. Out: the words for the value that was found.

use crate::diagnostic::Say;
use crate::pdf::icc::{IccColours, IccError};
use crate::pdf::samples::SampleFault;
use crate::pdf::space_fault::SpaceDefect;
use crate::say;

/// What cannot be read in the content of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentFault {
    /// A stream that cannot be unpacked.
    StreamPacked,
    /// Forms within forms without end.
    EndlessForms,
    /// Characters that are no operator.
    NoOperator,
    /// `q` without `Q`.
    NotRestored,
    /// `Q` without `q`.
    NotSaved,
    /// A graphics state that the resources do not have.
    MissingState,
    /// A soft mask without its group.
    NoMaskGroup,
    /// A shading that the resources do not have.
    MissingShading,
    /// A pattern that cannot be unpacked.
    PatternPacked,
    /// A form or image that the resources do not have.
    MissingObject,
    /// A form or image that is not there.
    LostObject,
    /// Neither form nor image.
    UnknownObject,
    /// A form within itself.
    FormInItself,
    /// A form that cannot be unpacked.
    FormPacked,
    /// A font that the resources do not have.
    MissingFont,
    /// A character that cannot be unpacked.
    CharacterPacked,
    /// An operator that PDF does not have, or with other operands: its name and how many it has.
    UnknownOperator(String, usize),
}

impl ContentFault {
    /// The fault in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::StreamPacked => say!("展開できないストリーム", "a stream that cannot be unpacked"),
            Self::EndlessForms => say!("終わりなく入れ子になったフォーム", "forms within forms without end"),
            Self::NoOperator => say!("命令ではない文字", "characters that are no operator"),
            Self::NotRestored => say!("Qのないq", "q without Q"),
            Self::NotSaved => say!("qのないQ", "Q without q"),
            Self::MissingState => {
                say!("リソースにないグラフィックス状態", "a graphics state that the resources do not have")
            }
            Self::NoMaskGroup => say!("グループのないソフトマスク", "a soft mask without its group"),
            Self::MissingShading => {
                say!("リソースにないグラデーション", "a shading that the resources do not have")
            }
            Self::PatternPacked => say!("展開できないパターン", "a pattern that cannot be unpacked"),
            Self::MissingObject => {
                say!("リソースにないフォームか画像", "a form or image that the resources do not have")
            }
            Self::LostObject => say!("実体のないフォームか画像", "a form or image that is not there"),
            Self::UnknownObject => say!("フォームでも画像でもないもの", "neither form nor image"),
            Self::FormInItself => say!("自分自身を含むフォーム", "a form within itself"),
            Self::FormPacked => say!("展開できないフォーム", "a form that cannot be unpacked"),
            Self::MissingFont => say!("リソースにないフォント", "a font that the resources do not have"),
            Self::CharacterPacked => say!("展開できない文字", "a character that cannot be unpacked"),
            Self::UnknownOperator(operator, operands) => {
                say!("{operator}（引数{operands}個）", "{operator} ({operands} operands)")
            }
        }
    }
}

/// Why the pixels of an image are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelFault {
    /// No width or height.
    NoSize,
    /// No colour space.
    NoSpace,
    /// JBIG2 with the head of a file, which readers do not expect in a stream.
    Jbig2File,
    /// Data that cannot be unpacked.
    Packed,
    /// Fewer pixels than its size asks for.
    FewPixels,
    /// Pixels of a number of bits that PDF does not have.
    OddDepth,
    /// A photograph whose samples are not known.
    Samples(SampleFault),
}

impl PixelFault {
    /// The fault in both languages.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::NoSize => say!("幅か高さがない", "no width or height"),
            Self::NoSpace => say!("色空間がない", "no colour space"),
            Self::Jbig2File => say!("ファイルの見出しがついたJBIG2", "JBIG2 with the head of a file"),
            Self::Packed => say!("展開できないデータ", "data that cannot be unpacked"),
            Self::FewPixels => say!("大きさより少ない画素", "fewer pixels than its size asks for"),
            Self::OddDepth => say!("PDFにないビット数の画素", "pixels of an odd number of bits"),
            Self::Samples(fault) => samples(fault),
        }
    }
}

impl From<SampleFault> for PixelFault {
    fn from(fault: SampleFault) -> Self {
        Self::Samples(fault)
    }
}

/// What of a page cannot be measured on its plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unmeasured {
    /// A tiling pattern larger than is drawn.
    LargeTile,
    /// A tiling pattern of more than is drawn.
    DenseTile,
    /// An image whose inks are not told apart.
    Image,
    /// More inks than are drawn.
    ManyInks,
    /// No ink at all.
    NoInk,
    /// A page of more than is drawn.
    DensePage,
    /// Plates that cannot be written as a PDF.
    Unwritten,
    /// Plates that cannot be drawn.
    Undrawn,
}

impl Unmeasured {
    /// What it is, in both languages.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::LargeTile => {
                say!("描ける大きさを超えるタイリングパターン", "a tiling pattern larger than is drawn")
            }
            Self::DenseTile => {
                say!("描ける量を超えるタイリングパターン", "a tiling pattern of more than is drawn")
            }
            Self::Image => say!("画像", "an image"),
            Self::ManyInks => say!("描ける数を超えるインキ", "more inks than are drawn"),
            Self::NoInk => say!("インキがない", "no ink"),
            Self::DensePage => say!("描ける量を超えるページ", "more than is drawn"),
            Self::Unwritten => say!("版を書き出せない", "it cannot be written"),
            Self::Undrawn => say!("版を描けない", "it cannot be drawn"),
        }
    }
}

/// A kind of transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transparency {
    /// Opacity below 100 %.
    Opacity,
    /// A blend mode.
    BlendMode,
    /// A soft mask.
    SoftMask,
    /// A transparency group.
    Group,
}

impl Transparency {
    /// What it is, in both languages.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::Opacity => say!("100%より低い不透明度", "opacity below 100 %"),
            Self::BlendMode => say!("描画モード", "blend mode"),
            Self::SoftMask => say!("ソフトマスク", "soft mask"),
            Self::Group => say!("透明グループ", "transparency group"),
        }
    }
}

/// Why the samples of a photograph are not known.
fn samples(fault: SampleFault) -> Say {
    match fault {
        SampleFault::Jpeg => say!("読めないJPEGのデータ", "JPEG data that cannot be read"),
        SampleFault::JpegColours => {
            say!("色空間と色の数が違うJPEG", "a JPEG with another number of colours than its colour space")
        }
        SampleFault::JpegTooLarge => say!("大きすぎるJPEG", "a JPEG that is too large"),
        SampleFault::Jpeg2000 => say!("読めないJPEG 2000のデータ", "JPEG 2000 data that cannot be read"),
        SampleFault::Jpeg2000TooLarge => {
            say!("大きすぎるJPEG 2000の画像", "a JPEG 2000 image that is too large")
        }
    }
}

/// What is wrong with a colour space.
#[must_use]
pub fn space(defect: SpaceDefect) -> Say {
    match defect {
        SpaceDefect::TooDeep => say!("入れ子が深すぎる", "too deep"),
        SpaceDefect::NoSpace => say!("名前でも配列でもない", "neither a name nor an array"),
        SpaceDefect::NoName => say!("名前がない", "no name"),
        SpaceDefect::MissingName => say!("リソースにない名前", "a name that the resources do not have"),
        SpaceDefect::NoBase => say!("もとになる色空間がない", "no base or alternate space"),
        SpaceDefect::NoFamily => say!("種類の名前がない", "no family"),
        SpaceDefect::UnknownFamily => say!("PDFにない種類", "an unknown family"),
        SpaceDefect::NoProfile => say!("プロファイルのないICCBased", "ICCBased without a profile"),
        SpaceDefect::UnreadableProfile => {
            say!("読めないICCプロファイル", "an ICC profile that cannot be read")
        }
        SpaceDefect::ForeignProfile => {
            say!("PDFにない色のICCプロファイル", "an ICC profile of colours that PDF does not have")
        }
        SpaceDefect::NoTable => say!("色の表がない", "no colour table"),
        SpaceDefect::UnreadableTable => say!("読めない色の表", "a colour table that cannot be read"),
        SpaceDefect::NoColorants => say!("色材の名前がない", "no colorants"),
        SpaceDefect::NoTint => say!("濃度の変換がない", "no tint transformation"),
        SpaceDefect::NoAlternate => say!("代わりの色空間がない", "no alternate space"),
        SpaceDefect::BadAlternate => say!("代わりにできない色空間", "an alternate space that cannot be one"),
        SpaceDefect::NoImageSpace => say!("色空間がない", "no colour space"),
        SpaceDefect::ShadingSpace => say!("色のないグラデーション", "a shading without colours"),
        SpaceDefect::MissingPattern => {
            say!("リソースにないパターン", "a pattern that the resources do not have")
        }
        SpaceDefect::NoPattern => say!("パターンでないもの", "a pattern that is none"),
        SpaceDefect::Jpeg2000Channels => {
            say!("チャンネル数の分からないJPEG 2000", "JPEG 2000 with an unknown number of channels")
        }
        SpaceDefect::Jpeg2000Colours => say!("色の分からないJPEG 2000", "JPEG 2000 with unknown colours"),
        SpaceDefect::Jpeg2000Profile => {
            say!("色の分からないプロファイルつきのJPEG 2000", "JPEG 2000 with a profile of unknown colours")
        }
        SpaceDefect::Components(colours) => {
            let colours = match colours {
                IccColours::Gray => say!("グレー", "gray"),
                IccColours::Rgb => say!("RGB", "RGB"),
                IccColours::Cmyk => say!("CMYK", "CMYK"),
                IccColours::Lab => say!("Lab", "Lab"),
            };
            Say::new(
                format!("成分の数が違う{}のICCプロファイル", colours.ja),
                format!("an ICC profile of {} with another number of components", colours.en),
            )
        }
    }
}

/// Why an ICC profile cannot be used.
#[must_use]
pub fn icc(error: IccError) -> Say {
    match error {
        IccError::Packed => say!("展開できない", "it cannot be unpacked"),
        IccError::NoProfile => say!("ICCプロファイルではない", "it is no ICC profile"),
        IccError::Short => say!("途中で切れている", "it is cut short"),
    }
}
