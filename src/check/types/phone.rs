//! What is said of a phone's cell that holds no number to print.
//!
//! In: the cell and what is wrong with it. Out: the finding, which names the part that is not understood and the cure.

use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::phone::{Phone, PhoneError};
use crate::model::width;
use crate::say;

/// The finding about a phone's cell.
pub(super) fn finding(written: &str, error: &PhoneError) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::Phone, message(written, error));
    if let Some(likely) = lost_zero(written) {
        return diagnostic.mended_by(likely.clone()).hint(say!(
            "先頭の0が抜けたのなら「{likely}」です（表計算ソフトは、数字の先頭の0を消すことがあります）。",
            "If the leading 0 was lost, it is {likely} (spreadsheets drop it)."
        ));
    }
    match error {
        PhoneError::FaxOnly => diagnostic.hint(say!(
            "電話番号を書いてください。電話がない所は「なし」と書きます。",
            "Write the phone number, or \"なし\" if there is none."
        )),
        PhoneError::UnknownArea => diagnostic
            .hint(say!("番号を元の資料で確かめてください。", "Check the number where it was taken from.")),
        PhoneError::NoNumber => diagnostic.hint(say!(
            "番号を書いてください。番号のない所は「なし」と書き、曜日や時刻は別の列に移します。",
            "Write the number, or \"なし\" if there is none; days and hours go into a column of their own."
        )),
        PhoneError::Part(part) => {
            let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
            if part.starts_with('〜') {
                return diagnostic.hint(say!(
                    "続いた番号は印刷できません。代表の番号だけを残すか、番号ごとに行を分けてください。",
                    "A range of numbers cannot be printed: keep the first alone, or give each a row of its own."
                ));
            }
            diagnostic.hint(say!(
                "内線なら、番号のあとに「内線{digits}」と書きます。続きの番号なら消すか、番号の全部を別の行に書いてください。内線のある番号は、1つのセルに1つまでです。",
                "If it is an extension, write 内線{digits} behind the number; if it is another number, delete it or give it a row of its own. A cell holds one number with an extension."
            ))
        }
        PhoneError::Digits { wanted: 4, .. } => diagnostic.hint(say!(
            "「#」で始まる番号は、「#7119」のように4けたです。",
            "A number behind # has four digits, such as #7119."
        )),
        PhoneError::Several => diagnostic.hint(say!(
            "1つだけにするか、「TEL …　FAX …」のように区別を書いてください。",
            "Keep one, or label them: TEL … FAX …."
        )),
        _ => diagnostic.hint(say!("「045-671-3624」のように書いてください。", "Write it as 045-671-3624.")),
    }
}

/// What is wrong with a cell.
fn message(written: &str, error: &PhoneError) -> Say {
    match error {
        PhoneError::Digits { found: 0, .. } => {
            say!("「{written}」に電話番号の数字がありません。", "\"{written}\" holds no number.")
        }
        PhoneError::Digits { found, wanted } => say!(
            "電話番号「{written}」の数字が{found}けたです（{wanted}けたのはずです）。",
            "The phone number \"{written}\" has {found} digits, not {wanted}."
        ),
        PhoneError::NoZero => say!(
            "電話番号「{written}」が0で始まっていません（市外局番が抜けているかもしれません）。",
            "The phone number \"{written}\" does not begin with 0."
        ),
        PhoneError::UnknownArea => {
            let head = six_digits(written);
            say!(
                "電話番号「{written}」の「{head}」は、どの地域の市外局番・市内局番でもありません。",
                "\"{head}\" of the phone number \"{written}\" is no area code with an exchange."
            )
        }
        PhoneError::Several => say!(
            "「{written}」に電話番号が2つ以上あります。どちらを印刷するか決められません。",
            "\"{written}\" holds several phone numbers; which is to be printed?"
        ),
        PhoneError::FaxOnly => say!(
            "「{written}」はファクスの番号です。電話番号がありません。",
            "\"{written}\" is a fax number; there is no phone number."
        ),
        PhoneError::NoNumber => {
            say!("「{written}」に電話番号がありません。", "\"{written}\" holds no phone number.")
        }
        PhoneError::Part(part) => say!(
            "「{written}」の「{part}」が、何の番号か分かりません。",
            "What \"{part}\" in \"{written}\" is the number of is not clear."
        ),
        PhoneError::Character(c) => say!(
            "電話番号「{written}」に、数字ではない「{c}」があります。",
            "The phone number \"{written}\" holds \"{c}\", which is no digit."
        ),
    }
}

/// Area code and exchange as written: what stands from the first digit to the sixth.
fn six_digits(written: &str) -> &str {
    let mut digits = written.char_indices().filter(|(_, c)| c.is_ascii_digit() || ('０'..='９').contains(c));
    let start = digits.next().map_or(0, |(at, _)| at);
    let end = digits.nth(4).map_or(written.len(), |(at, c)| at + c.len_utf8());
    &written[start..end]
}

/// The number that it would be with the 0 that spreadsheets drop, if it is one then.
fn lost_zero(written: &str) -> Option<String> {
    let folded = width::fold(written);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let plain = folded.chars().all(|c| c.is_ascii_digit() || width::is_dash(c));
    (plain && digits >= 9 && folded.starts_with(|c: char| matches!(c, '1'..='9')))
        .then(|| Phone::parse(&format!("0{folded}")).ok())
        .flatten()
        .map(|phone| phone.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_area_is_named_as_written() {
        for (written, head) in [
            ("045-010-0003", "045-010"),
            ("TEL（０４６）５１０－０００５", "０４６）５１０"),
            ("0212345678", "021234"),
        ] {
            assert_eq!(six_digits(written), head);
        }
    }
}
