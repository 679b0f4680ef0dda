//! Why a document cannot be made ready for the press.
//!
//! In: what conversion, boxes, marks and covers come upon. Out: [`ConvertError`], with its words in both languages.

use crate::diagnostic::Say;
use crate::say;

/// A document that cannot be made ready for the press.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// The PDF cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(#[from] lopdf::Error),
    /// The ICC profile of the press is of no use.
    #[error("{}", .0.say().en)]
    Ink(#[from] InkError),
    /// Something on its pages has no conversion.
    #[error("{}", .0.say().en)]
    Page(#[from] PageFault),
}

impl ConvertError {
    /// The fault in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Pdf(error) => say!("PDFを読めません（{error}）", "the PDF cannot be read: {error}"),
            Self::Ink(error) => error.say(),
            Self::Page(fault) => fault.say(),
        }
    }
}

/// An ICC profile that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say().en)]
pub enum InkError {
    /// No ICC profile, or a broken one.
    Unreadable,
    /// Not one of a printing condition.
    NotOfAPress,
    /// Little CMS cannot convert with it.
    Transform,
}

impl InkError {
    /// The error in both languages.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::Unreadable => say!("ICCプロファイルを読めません", "the ICC profile cannot be read"),
            Self::NotOfAPress => say!(
                "ICCプロファイルが、4色の印刷機（class prtr、CMYK）のものではありません",
                "the ICC profile is not of a printing press with four inks (class prtr, CMYK)"
            ),
            Self::Transform => {
                say!("ICCプロファイルで色を変換できません", "the ICC profile cannot be converted with")
            }
        }
    }
}

/// Something on the pages that a press file cannot be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say().en)]
pub enum PageFault {
    /// Graphics states are saved and never restored.
    EndlessStates,
    /// An image stands in the content of a page.
    InlineImage,
    /// The level knows no transparency.
    Transparency,
    /// A gradient that is neither linear nor radial.
    Gradient,
    /// An image in a space that is neither of a device nor of inks.
    ImageSpace,
    /// An image whose samples mean something else than by default.
    ImageDecode,
    /// An indexed image without its colours.
    ImageTable,
    /// An image of a depth that PDF does not have.
    ImageDepth,
    /// An image with another number of pixels than it says.
    PixelCount,
    /// A photograph in two filters.
    PackedTwice,
    /// A photograph that cannot be decoded.
    Photograph,
    /// So many pages are too few for a cover of its own.
    FewPages(usize),
    /// The pages of a cover are of different sizes.
    CoverSizes,
    /// A page without a media box.
    NoMediaBox,
    /// A page without a trim or a bleed box.
    NoTrim,
}

impl PageFault {
    /// The fault in both languages.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::EndlessStates => {
                say!("保存したまま戻さないグラフィックス状態があります", "graphics states saved without end")
            }
            Self::InlineImage => {
                say!("ページの記述の中に、じかに書かれた画像があります", "an image within a content stream")
            }
            Self::Transparency => say!(
                "透明があります。PDF/X-1aでは使えないので、PDF/X-4のプロファイルにしてください",
                "transparency, which PDF/X-1a does not allow; use a profile of PDF/X-4"
            ),
            Self::Gradient => say!(
                "変換できない種類のグラデーション（円錐形、メッシュ）があります",
                "a gradient of a kind that cannot be converted (conic, or a mesh)"
            ),
            Self::ImageSpace => {
                say!("特殊な色空間の画像があります", "an image in a special colour space")
            }
            Self::ImageDecode => say!(
                "値を読みかえる指定（Decode）のある画像があります",
                "an image with a Decode array of its own"
            ),
            Self::ImageTable => {
                say!("色の表がない画像があります", "an image without its table of colours")
            }
            Self::ImageDepth => {
                say!("PDFにないビット数の画像があります", "an image of a depth that PDF does not have")
            }
            Self::PixelCount => say!(
                "画素の数が大きさと合わない画像があります",
                "an image with fewer or more pixels than it says"
            ),
            Self::PackedTwice => {
                say!("二重に圧縮された写真があります", "a photograph that is packed twice")
            }
            Self::Photograph => {
                say!("データを読めない写真があります", "a photograph that cannot be decoded")
            }
            Self::FewPages(count) => say!(
                "全部で{count}ページでは、表紙を別にできません",
                "a cover of its own with {count} pages in all"
            ),
            Self::CoverSizes => {
                say!("表紙のページの大きさがそろっていません", "a cover whose pages are of different sizes")
            }
            Self::NoMediaBox => say!("大きさのないページがあります", "a page without a size"),
            Self::NoTrim => {
                say!("仕上がりと塗り足しの枠がないページがあります", "a page without trim and bleed boxes")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_both_languages() {
        let error = ConvertError::from(PageFault::FewPages(2));
        assert_eq!(error.say().ja, "全部で2ページでは、表紙を別にできません");
        assert_eq!(error.to_string(), "a cover of its own with 2 pages in all");
        assert!(ConvertError::from(InkError::NotOfAPress).say().ja.starts_with("ICCプロファイル"));
    }
}
