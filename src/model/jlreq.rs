//! Classes of characters, by "Requirements for Japanese Text Layout" (`JLReq`, W3C Note of 2020-08-11, Appendix A; the same as those
//! of JIS X 4051:2004).
//!
//! In: a character. Out: whether it is of a class.

/// Opening brackets and quotation marks (cl-01).
const OPENING: &str = "「『（〔［｛〈《【〘〖｟«〝“‘([{";
/// Closing brackets and quotation marks (cl-02).
const CLOSING: &str = "」』）〕］｝〉》】〙〗｠»〟”’)]}";
/// Hyphens (cl-03), dividing marks (cl-04), middle dots (cl-05), full stops (cl-06) and commas (cl-07).
const STOPS: &str = "‐゠–〜～！？‼⁇⁈⁉!?・：；:;。．、，.,";
/// Iteration marks (cl-09), the prolonged sound mark (cl-10) and small kana (cl-11).
const SMALL: &str =
    "ヽヾゝゞ々〻ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォヵヶッャュョヮㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ";
/// Characters that stand in pairs (cl-08).
pub const INSEPARABLE: &str = "—―…‥";

/// Whether a bracket opens.
#[must_use]
pub fn is_opening(c: char) -> bool {
    OPENING.contains(c)
}

/// Whether a bracket closes.
#[must_use]
pub fn is_closing(c: char) -> bool {
    CLOSING.contains(c)
}

/// Whether no line begins with it (`JLReq` 3.1.7).
#[must_use]
pub fn cannot_begin(c: char) -> bool {
    is_closing(c) || STOPS.contains(c) || SMALL.contains(c)
}

/// Whether no line ends with it (`JLReq` 3.1.8).
#[must_use]
pub fn cannot_end(c: char) -> bool {
    is_opening(c)
}

/// Whether it is a mark and no letter, digit or ideograph.
#[must_use]
pub fn is_mark(c: char) -> bool {
    is_opening(c) || is_closing(c) || STOPS.contains(c) || INSEPARABLE.contains(c)
}

/// Hiragana.
#[must_use]
pub fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')
}

/// Katakana in full width.
#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// Ideographs.
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Kana and ideographs: what stands in full squares.
#[must_use]
pub fn is_japanese(c: char) -> bool {
    is_hiragana(c) || is_katakana(c) || is_ideograph(c)
}
