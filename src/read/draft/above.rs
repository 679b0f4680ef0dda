//! What stands above the header of a list: its title, and as of when it is.
//!
//! In: the rows above the header. Out: [`Above`]; a day within the title is parted from it.

use crate::model::directory::Directory;

/// What one cell above the header says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    title: Option<String>,
    as_of: Option<String>,
}

/// Pairs of brackets.
const BRACKETS: &[(char, char)] = &[('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']')];
/// Words that number a paper and name nothing.
const PAPERS: &[&str] = &["別紙", "別添", "別表", "様式", "資料", "参考", "添付"];

impl Head {
    /// Parts 施設一覧（R8.4.1現在） into the title and the day.
    fn of(cell: &str) -> Self {
        let cell = cell.trim();
        let inner = BRACKETS.iter().find_map(|(open, close)| {
            let inner = cell.strip_prefix(*open)?.strip_suffix(*close)?;
            (!inner.contains([*open, *close])).then_some(inner)
        });
        let plain = inner.unwrap_or(cell).trim();
        let Some((before, behind)) = plain.split_once("現在") else { return Self::titled(plain) };
        // the day stands behind the last bracket or blank before it
        let open = before.rfind(|c: char| c.is_whitespace() || BRACKETS.iter().any(|(open, _)| *open == c));
        let (head, day) = match open {
            Some(at) => {
                let end = at + before[at..].chars().next().map_or(0, char::len_utf8);
                (&before[..at], &before[end..])
            }
            None => ("", before),
        };
        // 現在の窓口 tells no day
        if !day.contains(char::is_numeric) {
            return Self::titled(plain);
        }
        let behind = behind.trim_start_matches(|c: char| BRACKETS.iter().any(|(_, close)| *close == c));
        let title = format!("{}{}", head.trim(), behind.trim_end());
        let as_of = Some(day.trim().to_owned()).filter(|day| !day.is_empty());
        Self { as_of, ..Self::titled(title.trim()) }
    }

    fn titled(words: &str) -> Self {
        let core = words.trim_end_matches(|c: char| c.is_numeric() || "－-ー（）()".contains(c));
        let is_title = words.chars().count() > 2 && !PAPERS.contains(&core);
        Self { title: is_title.then(|| words.to_owned()), as_of: None }
    }
}

/// What stands above the header.
#[derive(Debug)]
pub(super) struct Above {
    /// The title: the first words.
    pub title: Option<String>,
    /// As of when the list is: the words before 現在.
    pub as_of: Option<String>,
}

impl Above {
    pub(super) fn of(directory: &Directory) -> Self {
        let Some(table) = directory.tables.first() else { return Self { title: None, as_of: None } };
        let text = &table.source.text;
        let mut above = Self { title: None, as_of: None };
        for row in &table.above {
            let mut cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| cell.of(text, &table.unquoted).split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|cell| !cell.is_empty())
                .collect();
            // merged cells repeat their words
            cells.dedup();
            // a row of several words is an upper header
            if cells.len() > 2 {
                continue;
            }
            for cell in cells {
                let Head { title, as_of } = Head::of(&cell);
                above.as_of = above.as_of.or(as_of);
                above.title = above.title.or(title);
            }
        }
        above.as_of = above.as_of.filter(|words| !words.is_empty() && words.chars().count() <= 30);
        above.title = above.title.filter(|words| words.chars().count() <= 60);
        above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_keeps_its_brackets_and_loses_its_day() {
        for (cell, title, as_of) in [
            ("学校連絡先一覧（令和8年5月）", "学校連絡先一覧（令和8年5月）", ""),
            ("施設一覧（R8.4.1現在）", "施設一覧", "R8.4.1"),
            ("令和8年度　連絡先一覧（4月1日現在）", "令和8年度　連絡先一覧", "4月1日"),
            ("連絡先（令和8年4月1日現在）※抜粋", "連絡先※抜粋", "令和8年4月1日"),
            ("（令和8年4月1日現在）", "", "令和8年4月1日"),
            ("令和8年4月1日現在", "", "令和8年4月1日"),
            ("【窓口の一覧】", "窓口の一覧", ""),
            ("別紙1", "", ""),
            ("現在の窓口", "現在の窓口", ""),
        ] {
            let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
            assert_eq!(Head::of(cell), Head { title: some(title), as_of: some(as_of) }, "{cell}");
        }
    }
}
