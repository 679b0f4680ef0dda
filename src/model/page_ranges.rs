//! Which pages of a file are meant. In: "4-9", "1,3-5,8-". Out: [`PageRanges`], and from it the pages, in that order.

use std::fmt;
use std::str::FromStr;

/// A page, or all from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PageRange {
    /// The first page, counted from 1.
    first: usize,
    /// The last page; none: the last of the file.
    last: Option<usize>,
}

/// Pages of a file, in the order they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRanges(Vec<PageRange>);

/// Words that are no pages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pages are numbers and ranges from 1 on, such as 4-9 or 1,3-5,8-")]
pub struct PageRangesError;

/// A page that the file does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchPage {
    /// The page, counted from 1.
    pub wanted: usize,
    /// How many pages there are.
    pub pages: usize,
}

impl PageRanges {
    /// The pages, counted from 0, of a file that has `pages`.
    ///
    /// # Errors
    /// The first page that the file does not have.
    pub fn of(&self, pages: usize) -> Result<Vec<usize>, NoSuchPage> {
        let mut all = Vec::new();
        for range in &self.0 {
            let last = range.last.unwrap_or(pages);
            let beyond = range.first.max(last);
            if beyond > pages {
                return Err(NoSuchPage {
                    wanted: if range.first > pages { range.first } else { last },
                    pages,
                });
            }
            all.extend(range.first - 1..last);
        }
        Ok(all)
    }
}

impl FromStr for PageRanges {
    type Err = PageRangesError;

    fn from_str(text: &str) -> Result<Self, PageRangesError> {
        let number = |word: &str| match word.trim().parse() {
            Ok(0) | Err(_) => Err(PageRangesError),
            Ok(number) => Ok(number),
        };
        let range = |word: &str| match word.trim().split_once('-') {
            None => number(word).map(|page| PageRange { first: page, last: Some(page) }),
            Some(("", "")) => Err(PageRangesError),
            Some((first, last)) => {
                let first = if first.trim().is_empty() { 1 } else { number(first)? };
                let last = if last.trim().is_empty() { None } else { Some(number(last)?) };
                if last.is_some_and(|last| last < first) {
                    return Err(PageRangesError);
                }
                Ok(PageRange { first, last })
            }
        };
        text.split(',').map(range).collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Display for PageRanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, range) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { "," } else { "" })?;
            match range.last {
                Some(last) if last == range.first => write!(f, "{last}")?,
                Some(last) => write!(f, "{}-{last}", range.first)?,
                None => write!(f, "{}-", range.first)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_as_they_are_written() {
        for (text, shown, pages) in [
            ("4-6", "4-6", vec![3, 4, 5]),
            ("2", "2", vec![1]),
            (" 1, 3 - 4 ,8-", "1,3-4,8-", vec![0, 2, 3, 7, 8]),
            ("-2", "1-2", vec![0, 1]),
            ("3,1", "3,1", vec![2, 0]),
        ] {
            let ranges: PageRanges = text.parse().expect(text);
            assert_eq!(ranges.to_string(), shown, "{text}");
            assert_eq!(ranges.of(9), Ok(pages), "{text}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for text in ["", "0", "a", "3-1", "-", "1,,2", "1-2-3", "-0", "4.5", "99999999999999999999999"] {
            assert_eq!(text.parse::<PageRanges>(), Err(PageRangesError), "{text}");
        }
        let wanted = |text: &str| text.parse::<PageRanges>().expect(text).of(4);
        assert_eq!(wanted("3-9"), Err(NoSuchPage { wanted: 9, pages: 4 }));
        assert_eq!(wanted("7-"), Err(NoSuchPage { wanted: 7, pages: 4 }));
    }
}
