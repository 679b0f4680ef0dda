//! Into which signatures the pages of a book are folded.
//!
//! In: how many pages there are, and how many a full signature has. Out: the pages of each signature.

use crate::diagnostic::Say;
use crate::model::scheme::Gather;
use crate::say;

/// The least that folds.
pub(super) const SMALLEST: u32 = 4;

/// The pages of each signature, in their order: as many full ones as there are, then smaller ones for the rest, innermost
/// where they nest, before the last one where they lie on each other (a thin one would come loose at the end).
pub(super) fn signatures(pages: usize, full: u32, gather: Gather) -> Vec<u32> {
    let mut sizes = vec![full; pages / full as usize];
    let mut rest = pages % full as usize;
    let mut smaller = Vec::new();
    let mut size = full / 2;
    while size >= SMALLEST {
        if rest >= size as usize {
            smaller.push(size);
            rest -= size as usize;
        }
        size /= 2;
    }
    let at = match gather {
        Gather::Stack if sizes.len() > 1 => sizes.len() - 1,
        Gather::Nest | Gather::Stack => sizes.len(),
    };
    sizes.splice(at..at, smaller);
    sizes
}

/// How many leaves lie around the deepest one.
pub(super) fn deepest(sizes: &[u32], gather: Gather) -> usize {
    let half_leaves = sizes.iter().map(|size| *size as usize / 4);
    let most: usize = match gather {
        Gather::Nest => half_leaves.sum(),
        Gather::Stack => half_leaves.max().unwrap_or(0),
    };
    most.saturating_sub(1)
}

/// Which signatures there are, if they are not all alike.
pub(super) fn sizes_note(sizes: &[u32], full: u32) -> Option<Say> {
    if sizes.iter().all(|size| *size == full) {
        return None;
    }
    let words = sizes.iter().map(u32::to_string).collect::<Vec<String>>();
    let (ja, en) = (words.join("＋"), words.join(" + "));
    Some(say!("折りの組み合わせ：{ja} ページ。", "Signatures of {en} pages."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_signatures_hold_the_rest() {
        assert_eq!(signatures(12, 8, Gather::Nest), [8, 4]);
        assert_eq!(signatures(60, 16, Gather::Nest), [16, 16, 16, 8, 4]);
        assert_eq!(signatures(60, 16, Gather::Stack), [16, 16, 8, 4, 16], "none of them at the end");
        assert_eq!(signatures(4, 16, Gather::Stack), [4]);
        assert_eq!(signatures(32, 16, Gather::Stack), [16, 16]);
    }
}
