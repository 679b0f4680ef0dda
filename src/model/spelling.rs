//! One name under several characters: width, blanks, ヶ and ケ, old kanji.
//!
//! In: a name as written. Out: the form in which all spellings of it are equal.

use super::width;

/// `name` in one width, without blanks, with the usual one of characters that stand for each other.
#[must_use]
pub fn plain(name: &str) -> String {
    let folded = width::fold(name);
    let plain = folded.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        'ヶ' | 'が' | 'ガ' | 'ヵ' => 'ケ',
        'ノ' | 'の' | '之' => 'ノ',
        c => usual(c),
    });
    plain.collect()
}

/// The usual one of kanji that stand for each other.
#[must_use]
pub fn usual(kanji: char) -> char {
    match kanji {
        '﨑' | '嵜' => '崎',
        '髙' => '高',
        '澤' => '沢',
        '濱' | '濵' => '浜',
        '邊' | '邉' => '辺',
        '區' => '区',
        '戶' => '戸',
        '縣' => '県',
        '舘' => '館',
        '圖' => '図',
        '學' => '学',
        '會' => '会',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (one, other) in [
            ("西　区", "西区"),
            ("保土ヶ谷区", "保土ケ谷区"),
            ("髙田", "高田"),
            ("公民舘", "公民館"),
            ("Ａ棟", "A棟"),
        ] {
            assert_eq!(plain(one), plain(other));
        }
        assert_ne!(plain("西区"), plain("南区"));
    }
}
