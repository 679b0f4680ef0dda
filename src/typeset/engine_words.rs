//! The engine's own messages in Japanese: it has English ones only, and who writes a layout may not read them.
//!
//! In: a message. Out: the same in Japanese, for those that people meet most; the others stay as they are.

/// Messages by how they begin and end; what stands between takes the place of `{}`.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("dictionary does not contain key \"", "\"", "項目「{}」がありません"),
    (
        "dictionary does not contain key \"",
        "\" and no default value was specified",
        "項目「{}」がなく、ないときの値（default）もありません",
    ),
    ("unknown variable: ", "", "変数や関数「{}」がありません"),
    ("missing argument: ", "", "引数「{}」がありません"),
    ("unexpected argument: ", "", "引数「{}」はありません"),
    ("unexpected argument", "", "引数が多すぎます"),
    ("file not found (searched at ", ")", "ファイルがありません（{}）"),
    ("array index out of bounds (", ")", "配列に、その番号のものはありません（{}）"),
    ("array is empty", "", "配列が空です"),
    ("unclosed delimiter", "", "かっこが閉じていません"),
    ("unclosed string", "", "文字列の「\"」が閉じていません"),
    ("unclosed raw text", "", "「`」が閉じていません"),
    ("label `<", ">` does not exist in the document", "ラベル「{}」がありません"),
    ("label `<", ">` occurs multiple times in the document", "ラベル「{}」がいくつもあります"),
    ("assertion failed: ", "", "ひな形の条件に合いません：{}"),
    ("assertion failed", "", "ひな形の条件に合いません"),
    ("panicked with: ", "", "ひな形が止めました：{}"),
    ("cannot divide by zero", "", "0で割っています"),
    ("maximum function call depth exceeded", "", "関数の呼び出しが終わりません"),
    ("maximum show rule depth exceeded", "", "show の規則が終わりません"),
    ("maximum layout depth exceeded", "", "組版の入れ子が深すぎます"),
    ("unknown font family: ", "", "書体「{}」がありません"),
];

/// Kinds of values.
const KINDS: &[(&str, &str)] = &[
    ("alignment", "位置"),
    ("array", "配列"),
    ("auto", "auto"),
    ("boolean", "真偽値"),
    ("color", "色"),
    ("content", "内容"),
    ("dictionary", "辞書"),
    ("float", "小数"),
    ("fraction", "割り合い（fr）"),
    ("function", "関数"),
    ("integer", "整数"),
    ("label", "ラベル"),
    ("length", "長さ"),
    ("none", "none"),
    ("relative length", "長さか割合"),
    ("string", "文字列"),
];

/// The message `detail` in Japanese; none of what is not known.
#[must_use]
pub fn in_japanese(detail: &str) -> Option<String> {
    let known = |(start, end, words): &(&str, &str, &str)| {
        let inner = detail.strip_prefix(start)?.strip_suffix(end)?;
        // a message that names nothing is that one alone
        let is_whole = words.contains("{}") || inner.is_empty();
        // what one names ends at its quotation mark
        let is_named = end.is_empty() || !inner.contains('"');
        (is_whole && is_named).then(|| words.replace("{}", inner))
    };
    MESSAGES.iter().find_map(known).or_else(|| of_kinds(detail))
}

/// `expected length, found string`.
fn of_kinds(detail: &str) -> Option<String> {
    let (wanted, found) = detail.strip_prefix("expected ")?.split_once(", found ")?;
    let wanted = wanted.replace(", or ", ", ").replace(" or ", ", ");
    let wanted: Vec<&str> = wanted.split(", ").map(kind).collect();
    Some(format!("{}が要るところに、{}があります", wanted.join("・"), kind(found)))
}

fn kind(name: &str) -> &str {
    KINDS.iter().find(|(kind, _)| *kind == name).map_or(name, |(_, ja)| ja)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_messages_are_said_in_japanese() {
        let said = |detail: &str| in_japanese(detail).unwrap_or_default();
        assert_eq!(said("dictionary does not contain key \"titel\""), "項目「titel」がありません");
        let without_default = "dictionary does not contain key \"a\" and no default value was specified";
        assert_eq!(said(without_default), "項目「a」がなく、ないときの値（default）もありません");
        assert_eq!(said("unknown variable: palete"), "変数や関数「palete」がありません");
        assert_eq!(said("unexpected argument"), "引数が多すぎます");
        assert_eq!(said("unexpected argument: colour"), "引数「colour」はありません");
        assert_eq!(
            said("expected length, auto, or none, found string"),
            "長さ・auto・noneが要るところに、文字列があります"
        );
        assert_eq!(said("panicked with: \"no such page\""), "ひな形が止めました：\"no such page\"");
        assert_eq!(in_japanese("something new"), None);
    }
}
