//! QR codes: each that is drawn on a page is one that the template was handed, and what it stands for is on that page.
//!
//! In: the codes of the data and those on the pages, module by module. Out: a finding for each that is wrong. That a code
//! says what it stands for is the matter of `typeset::qr`, which makes it of the value.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::typeset::LaidOut;
use crate::typeset::trace::Trace;

/// Looks at every code on the pages.
#[must_use]
pub fn check(laid_out: &LaidOut, trace: &Trace) -> Vec<Diagnostic> {
    let mut handed: HashMap<&str, Vec<usize>> = HashMap::new();
    for code in &laid_out.pieces.codes {
        handed.entry(code.modules.as_str()).or_default().push(code.origin);
    }
    let landed: BTreeSet<(usize, usize)> =
        trace.landings.iter().map(|landing| (landing.origin, landing.page)).collect();
    let mut diagnostics = Vec::new();
    for code in &trace.landed.codes {
        let page = code.page;
        match handed.get(code.modules.as_str()).map(Vec::as_slice) {
            None | Some([]) => diagnostics.push(of_nobody(page, &laid_out.input.layout)),
            Some([first, ..])
                if !handed[code.modules.as_str()].iter().any(|origin| landed.contains(&(*origin, page))) =>
            {
                diagnostics.push(without_number(page).at(laid_out.origins.get(*first).cloned()));
            }
            Some(_) => {}
        }
    }
    diagnostics
}

fn of_nobody(page: usize, layout: &str) -> Diagnostic {
    Diagnostic::error(
        Code::CodeForeign,
        say!(
            "{page}ページのQRコードは、名簿のどの値のものでもありません（レイアウト「{layout}」）。",
            "The QR code on page {page} is that of no value of the data (layout \"{layout}\")."
        ),
    )
    .hint(say!(
        "ひな形は、渡されたQRコードをそのまま描きます。変えたり、足したりしません。",
        "A template draws the codes that it is handed, and neither changes them nor adds any."
    ))
}

fn without_number(page: usize) -> Diagnostic {
    Diagnostic::error(
        Code::CodeForeign,
        say!(
            "{page}ページにこの値のQRコードがありますが、値そのものは印刷されていません。",
            "The QR code of this value is on page {page}, and the value itself is not."
        ),
    )
    .hint(say!("QRコードのそばに、その番号も印刷してください。", "Print the number beside its code."))
}
