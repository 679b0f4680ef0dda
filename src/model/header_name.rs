//! A header as people write it around the name of its column: numbered, bracketed, with a remark, with the same name once
//! more in other words.
//!
//! In: a header. Out: [`HeaderName`], which is asked with what a schema knows. What makes a column another one (カナ, 英語,
//! FAX, 夜間, 緯度 …) is never passed over.

use super::{unseen, width};

/// The ways to read a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderName {
    /// All of it.
    plain: String,
    /// Without what decorates it, if anything does.
    bare: Option<String>,
    /// Names that stand side by side for one column (所在地（住所）, 電話番号/TEL).
    twins: Vec<String>,
}

/// Words of remarks behind a header that say how to fill the column in, or which of several numbers it has. All others
/// (カナ, 英語, FAX, 夜間, 緯度 …) make it another column.
const REMARKS: &[&str] = &[
    "代表",
    "直通",
    "必須",
    "任意",
    "半角",
    "全角",
    "ハイフン",
    "市外局番",
    "記入",
    "入力",
    "記載",
    "文字以内",
    "例",
    "公開用",
    "印刷用",
    "掲載用",
    "正式名称",
    "町名から",
    "区から",
    "番地まで",
    "都道府県から",
];
/// Brackets around a remark or a name, folded.
const BRACKETS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('【', '】'),
    ('〔', '〕'),
    ('<', '>'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
];
/// Marks before a name.
const BULLETS: &[char] = &['●', '○', '◎', '■', '□', '◆', '◇', '▼', '▽', '▲', '△', '・', '※', '*', '★', '☆'];
/// Words beside the name of a number that say nothing of their own.
const CONTACTS: &[&str] =
    &["連絡先", "問い合わせ先", "問合せ先", "問合わせ先", "お問い合わせ先", "お問合せ先", "お問い合わせ"];

/// A header without what people do not see in it (spaces, line breaks, invisible characters), in one width and case: two
/// headers that are the same to a reader are equal.
#[must_use]
pub fn plain_header(header: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && !unseen::is_unseen(*c) && !c.is_control();
    width::compose_kana(&width::fold(header)).chars().filter(seen).flat_map(char::to_lowercase).collect()
}

impl HeaderName {
    /// Reads a header.
    #[must_use]
    pub fn of(header: &str) -> Self {
        let plain = plain_header(header);
        let bare = bare(&plain);
        let twins = twins(bare.unwrap_or(&plain));
        Self { bare: bare.map(str::to_owned), twins, plain }
    }

    /// What `look` knows of the header: as it is, else without its decoration, else by the names in it, which must all be of
    /// one column; a name in Latin letters beside a known one may be any.
    pub fn find<T: PartialEq>(&self, look: impl Fn(&str) -> Option<T>) -> Option<T> {
        look(&self.plain).or_else(|| look(self.bare.as_ref()?)).or_else(|| {
            let mut one: Option<T> = None;
            for twin in &self.twins {
                match (look(twin), &one) {
                    (Some(found), Some(first)) if found != *first => return None,
                    (Some(found), _) => one = Some(found),
                    (None, _) if twin.is_ascii() || CONTACTS.contains(&twin.as_str()) => {}
                    (None, _) => return None,
                }
            }
            one
        })
    }
}

/// A header of [`plain_header`] without what decorates it; none if nothing does.
fn bare(plain: &str) -> Option<&str> {
    // 電話番号※2
    let noted = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut rest = if noted.ends_with('※') { noted } else { plain };
    loop {
        let ends = rest.trim_end_matches(['※', '*', '★', '☆', ':', '、', '。', '.']);
        let next = without_remark(ends).or_else(|| in_brackets(ends)).unwrap_or(ends);
        let next = next.trim_start_matches(BULLETS);
        let next = without_number(next).unwrap_or(next);
        if next == rest {
            break;
        }
        rest = next;
    }
    (!rest.is_empty() && rest != plain).then_some(rest)
}

fn without_remark(rest: &str) -> Option<&str> {
    BRACKETS.iter().find_map(|(open, close)| {
        let inner = rest.strip_suffix(*close)?;
        let at = inner.rfind(*open)?;
        let words = &inner[at + open.len_utf8()..];
        let is_remark = words == "代" || words == "直" || REMARKS.iter().any(|remark| words.contains(remark));
        is_remark.then(|| &rest[..at])
    })
}

/// 【区】
fn in_brackets(rest: &str) -> Option<&str> {
    BRACKETS.iter().find_map(|(open, close)| {
        let inner = rest.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    })
}

/// ①区, 1.区, (1)区, 1 区
fn without_number(rest: &str) -> Option<&str> {
    let first = rest.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some(rest[first.len_utf8()..].trim_start_matches(['.', ':', '、']));
    }
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let name = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = name.len() < inner.len() && (inner.len() == rest.len() || name.starts_with(')'));
    is_numbered.then(|| name.trim_start_matches(['.', ':', '、', ')', '-', '_']))
}

/// The names in a header that has several.
fn twins(name: &str) -> Vec<String> {
    let marks = |c: char| {
        matches!(c, '/' | '・' | '|') || BRACKETS.iter().any(|(open, close)| c == *open || c == *close)
    };
    let parts: Vec<&str> = name.split(marks).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 { Vec::new() } else { parts.into_iter().map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column of a few that a header names.
    fn column(header: &str) -> Option<&'static str> {
        const KNOWN: &[(&str, &str)] = &[
            ("区", "区"),
            ("電話番号", "電話"),
            ("電話", "電話"),
            ("tel", "電話"),
            ("fax", "ファクス"),
            ("fax番号", "ファクス"),
            ("住所", "住所"),
            ("所在地", "住所"),
            ("名称", "名称"),
        ];
        let look = |plain: &str| KNOWN.iter().find(|(name, _)| *name == plain).map(|(_, column)| *column);
        HeaderName::of(header).find(look)
    }

    #[test]
    fn what_decorates_a_header_is_no_part_of_it() {
        for (header, right) in [
            ("電話番号（代表）", "電話"),
            ("電話番号 (代)", "電話"),
            ("電話番号【必須】", "電話"),
            ("電話番号※2", "電話"),
            ("*電話番号*（市外局番から）［半角］", "電話"),
            ("区：", "区"),
            ("①区", "区"),
            ("【区】", "区"),
            ("「区」", "区"),
            ("１　区", "区"),
            ("2．名称", "名称"),
            ("（４）電話番号（代表）", "電話"),
            ("●住所", "住所"),
            ("【名称】（必須）", "名称"),
        ] {
            assert_eq!(column(header), Some(right), "{header}");
        }
    }

    #[test]
    fn names_side_by_side_are_of_one_column() {
        for (header, right) in [
            ("所在地（住所）", "住所"),
            ("所在地・住所", "住所"),
            ("電話番号／TEL", "電話"),
            ("区/Ward", "区"),
            ("連絡先（電話）", "電話"),
            ("電話番号(Phone)", "電話"),
        ] {
            assert_eq!(column(header), Some(right), "{header}");
        }
    }

    #[test]
    fn another_column_is_another() {
        for header in [
            "電話番号（FAX）",
            "電話・FAX",
            "名称（カナ）",
            "住所（緯度）",
            "電話番号（夜間）",
            "（必須）",
            "電話番号2",
            "区（英語）",
            "担当区",
            "名称・通称",
            "Ward/City",
        ] {
            assert_eq!(column(header), None, "{header}");
        }
    }
}
