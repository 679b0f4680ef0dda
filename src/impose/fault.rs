//! Why no sheets are made: pages that do not fit, and sheets that do not read back as the pages were.
//!
//! In: what `plan` refuses and what the fold simulator finds. Out: [`ImpositionError`], which makes its own finding.

use super::cells::Unfit;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::length::Length;
use crate::model::sheet::{NamedSheet, Size};
use crate::say;

/// Why pages are not imposed.
#[derive(Debug, Clone, PartialEq)]
pub enum ImpositionError {
    /// The pages do not fit on the sheet, or the order contradicts itself.
    Unfit(Unfit),
    /// The sheets cannot be proved: printed, they would be waste.
    Unproved(ImpositionFault),
}

impl ImpositionError {
    /// The finding of it.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        let fault = match self {
            Self::Unfit(Unfit::Order(what)) => return Diagnostic::error(Code::ImposeUnfit, what),
            Self::Unfit(Unfit::TooLarge { block, sheet, enough }) => return too_large(block, sheet, enough),
            Self::Unproved(fault) => fault.say(),
        };
        let message = Say::new(
            format!("面付けした用紙を折って読み直すと、もとのページになりません（{}）。", fault.ja),
            format!("Folded and read back, the sheets do not give the pages as they were: {}.", fault.en),
        );
        Diagnostic::error(Code::ImposeUnproved, message).hint(say!(
            "sasshi の不具合です。面付けの指定を添えて知らせてください。ほかの方式（--scheme）なら作れることがあります。",
            "This is a fault of sasshi: report it with the order. Another scheme may work."
        ))
    }
}

fn too_large(block: Size, sheet: Size, enough: Option<&NamedSheet>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::ImposeUnfit,
        say!(
            "用紙（{sheet}）に入りません。並べたページは {block} で、そのほかに塗り足しとくわえの余白が要ります。",
            "It does not fit on the sheet ({sheet}): the pages together are {block}, and bleed and gripper come to that."
        ),
    );
    let diagnostic = match enough {
        Some(enough) => diagnostic.hint(say!(
            "用紙を {}（{}）にすると入ります。",
            "It fits on {} ({}).",
            enough.japanese,
            enough.size()
        )),
        None => diagnostic,
    };
    diagnostic.hint(say!(
        "sasshi impose では、--fit を付けると用紙に合わせて縮めます。",
        "With sasshi impose, --fit makes the pages smaller."
    ))
}

/// What the fold simulator finds wrong. Pages are counted from 0; `None` is a blank.
#[derive(Debug, Clone, PartialEq)]
pub enum ImpositionFault {
    /// The machine cannot finish the sheet.
    Jam(Jam),
    /// The pages read back in this order.
    Order(Vec<usize>),
    /// A page stands on its head or lies on its side.
    Turned(Option<usize>),
    /// A page lies this far from where the knife falls.
    Off(Option<usize>, Length),
    /// A page is not where it should be on its side.
    Astray(Option<usize>, Astray),
    /// What is shown of the first page lies on the second.
    Overlap(Option<usize>, Option<usize>),
}

/// What the machine cannot do. Sheets are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Jam {
    /// A folded layer does not carry one page on each face: how many are above and below.
    Layer(usize, usize, usize),
    /// A piece has no page on its back.
    Back(usize),
    /// Cells of a sheet that should hold copies do not.
    Copies(usize),
}

impl Jam {
    /// The jam in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Layer(sheet, above, below) => say!(
                "{}枚目の用紙で、折った1枚の表に{above}ページ、裏に{below}ページある",
                "on sheet {}, a folded layer carries {above} pages above and {below} below",
                sheet + 1
            ),
            Self::Back(sheet) => {
                say!(
                    "{}枚目の用紙で、裏にページがない",
                    "on sheet {}, a piece has nothing behind it",
                    sheet + 1
                )
            }
            Self::Copies(sheet) => {
                say!(
                    "{}枚目の用紙で、同じはずの面が違う",
                    "on sheet {}, cells that are copies differ",
                    sheet + 1
                )
            }
        }
    }
}

/// How a page is not where it should be on its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Astray {
    /// It leaves the sheet.
    Sheet,
    /// It is not shown to where it is cut.
    Cut,
    /// It is shown beyond its bleed.
    Bleed,
    /// It is printed where the press holds the sheet.
    Gripper,
    /// It is not in its cell.
    Place,
}

impl ImpositionFault {
    /// The fault in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Jam(jam) => jam.say(),
            Self::Order(pages) => {
                let pages: Vec<String> = pages.iter().map(|page| (page + 1).to_string()).collect();
                let list = pages.join(", ");
                say!("順が {list} になる", "the pages read back as {list}")
            }
            Self::Turned(page) => {
                let page = name(*page);
                Say::new(format!("{}の向きが違う", page.ja), format!("{} is not upright", page.en))
            }
            Self::Off(page, by) => {
                let (page, by) = (name(*page), by.to_mm());
                Say::new(format!("{}が{by:.3} mmずれる", page.ja), format!("{} is {by:.3} mm off", page.en))
            }
            Self::Astray(page, how) => {
                let (page, how) = (name(*page), how.say());
                Say::new(format!("{}{}", page.ja, how.ja), format!("{} {}", page.en, how.en))
            }
            Self::Overlap(one, other) => {
                let (one, other) = (name(*one), name(*other));
                Say::new(
                    format!("{}の見える部分が{}にかかる", one.ja, other.ja),
                    format!("what is shown of {} lies on {}", one.en, other.en),
                )
            }
        }
    }
}

impl Astray {
    fn say(self) -> Say {
        match self {
            Self::Sheet => say!("が用紙からはみ出す", "leaves the sheet"),
            Self::Cut => say!("が切る位置まで見えない", "is not shown to where it is cut"),
            Self::Bleed => say!("が塗り足しの外まで見える", "is shown beyond its bleed"),
            Self::Gripper => say!("がくわえの上に刷られる", "is printed where the press holds the sheet"),
            Self::Place => say!("の位置が違う", "is off its place"),
        }
    }
}

fn name(page: Option<usize>) -> Say {
    match page {
        Some(page) => say!("{}ページ", "page {}", page + 1),
        None => say!("白ページ", "a blank page"),
    }
}
