//! Codes of imposition, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// A PDF that cannot be read.
    PdfDamaged = "S6001" {
        ja: "PDFがこわれていて読めません。",
        en: "The PDF is damaged.",
    }
    /// A PDF that is locked with a password.
    PdfLocked = "S6002" {
        ja: "PDFにパスワードがかかっています。",
        en: "The PDF is locked with a password.",
    }
    /// Pages of different sizes where all must be of one.
    PdfMixedSizes = "S6003" {
        ja: "ページの大きさがそろっていません。",
        en: "The pages are of different sizes.",
    }
    /// Pages that do not fit on the sheet, or an order that contradicts itself.
    ImposeUnfit = "S6004" {
        ja: "ページが紙に入らないか、面付けの指定が合いません。",
        en: "The pages do not fit on the sheet, or the order contradicts itself.",
    }
    /// Form fields or notes on the page that would be lost.
    PdfNotes = "S6005" {
        ja: "面付けすると失われる記入欄や注釈があります。",
        en: "Form fields or notes would be lost.",
    }
    /// Pages without a trim box or bleed.
    PdfBoxes = "S6006" {
        ja: "仕上がりの枠や塗り足しのないページがあります。",
        en: "Pages have no trim box or bleed.",
    }
    /// Links that do not come along to press sheets.
    PdfLinks = "S6007" {
        ja: "リンクは、面付けした紙には残りません。",
        en: "Links do not come along to press sheets.",
    }
    /// Sheets that fail preflight though their pages pass it.
    SheetsFail = "S6008" {
        ja: "ページは検査に合格していますが、面付けした用紙が合格しません。縮小や塗り足しの指定を見直してください。",
        en: "The pages pass preflight, the sheets do not: look at what the order scales or cuts.",
    }
    /// PDFs made for different printing conditions on one sheet.
    ImposeConditions = "S6009" {
        ja: "ちがう印刷条件のPDFは、1枚の用紙に刷れません。",
        en: "PDFs for different printing conditions do not go on one sheet.",
    }
    /// Hidden layers that would be printed.
    PdfLayers = "S6010" {
        ja: "隠れたレイヤーが、面付けすると刷られてしまいます。",
        en: "Hidden layers would be printed on the sheets.",
    }
    /// Sheets that do not read back as the pages were when they are folded.
    ImposeUnproved = "S6011" {
        ja: "面付けした用紙を折って確かめると、もとのページの順や向きになりません。刷ればむだになるので、作りません。",
        en: "Folded by the simulator, the sheets do not read as the pages did: printed, they would be waste.",
    }
}
