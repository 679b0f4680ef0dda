//! The copies of a text: what stands in one and not in another.
//!
//! In: chapters as they were read. Out: those of one copy, so that no template can show words of another by mistake.

use std::sync::Arc;

use crate::model::text::{Block, BlockKind, Chapter};

/// For whom a handout is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Copy {
    /// For everybody.
    Learner,
    /// With hints and answers.
    Trainer,
}

/// The trainer's words are in the trainer's copy only: taken out here, so that no template can show them by mistake.
pub(super) fn for_copy<'c>(
    chapters: impl Iterator<Item = &'c Arc<Chapter>>,
    copy: Copy,
) -> Vec<Arc<Chapter>> {
    fn strip(blocks: &[Block]) -> Vec<Block> {
        blocks
            .iter()
            .filter(|block| !matches!(&block.kind, BlockKind::Directive(directive) if directive.name == "trainer"))
            .cloned()
            .map(|mut block| {
                match &mut block.kind {
                    BlockKind::Directive(directive) => directive.body = strip(&directive.body),
                    BlockKind::Quote(body) => *body = strip(body),
                    BlockKind::List { items, .. } => items.iter_mut().for_each(|item| *item = strip(item)),
                    _ => {}
                }
                block
            })
            .collect()
    }
    if copy == Copy::Trainer {
        return chapters.cloned().collect();
    }
    chapters
        .map(|chapter| {
            let mut chapter = chapter.as_ref().clone();
            chapter.body = strip(&chapter.body);
            Arc::new(chapter)
        })
        .collect()
}
