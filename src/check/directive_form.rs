//! Rule: a directive holds what its layout makes of it, stands where it can be set, and its attributes have values that the
//! layout can use. A template that is handed something else can only stop.
//!
//! In: the blocks of a text and the layout. Out: findings at the directives and attributes.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::layout::{
    AttributeForm, DirectiveContent, DirectiveForm, DirectivePlace, Layout, NumberForm,
};
use crate::model::text::{Attribute, Block, BlockKind, Directive};
use crate::say;

/// Where blocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Chapter,
    Inside,
}

/// Checks the blocks of a chapter.
pub fn of_chapter(layout: &Layout, body: &[Block], diagnostics: &mut Vec<Diagnostic>) {
    blocks(layout, body, Around::Chapter, diagnostics);
}

/// Checks the blocks of a note.
pub fn of_note(layout: &Layout, body: &[Block], diagnostics: &mut Vec<Diagnostic>) {
    blocks(layout, body, Around::Inside, diagnostics);
}

fn blocks(layout: &Layout, body: &[Block], around: Around, diagnostics: &mut Vec<Diagnostic>) {
    for block in body {
        block.kind.bodies(|body| blocks(layout, body, Around::Inside, diagnostics));
    }
    for block in body {
        if let BlockKind::Directive(found) = &block.kind
            // what the layout leaves out, it does not set
            && !layout.leaves_out.directives.contains_key(&found.name)
            && let Some(form) = layout.directives.get(&found.name)
        {
            directive(form, found, around, diagnostics);
            attributes(layout, form, found, diagnostics);
        }
    }
}

fn directive(form: &DirectiveForm, found: &Directive, around: Around, diagnostics: &mut Vec<Diagnostic>) {
    let name = &found.name;
    let mut tell = |message: Say, cure: Say| {
        diagnostics
            .push(Diagnostic::error(Code::DirectiveContent, message).at(found.origin.clone()).hint(cure));
    };
    if form.stands == DirectivePlace::Chapter && around == Around::Inside {
        tell(
            say!(
                "「:::{name}」は、箇条書き・引用・注・ほかの囲みの中には置けません。",
                "\":::{name}\" cannot stand in a list, a quotation, a note or another directive."
            ),
            say!(
                "外に出して、行の頭から書いてください。",
                "Write it by itself, from the beginning of the line."
            ),
        );
    }
    // what stands below a heading is an item
    let lead = found.body.iter().take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
    for content in &form.holds {
        let (is_there, ja, en) = match content {
            DirectiveContent::FirstParagraph => (
                matches!(found.body.first().map(|block| &block.kind), Some(BlockKind::Paragraph(_))),
                "最初の段落（題になります）",
                "a paragraph first, which becomes its title",
            ),
            DirectiveContent::List => (
                lead.clone().any(|block| matches!(block.kind, BlockKind::List { .. })),
                "箇条書き（「1. 文」か「- 文」）",
                "a list (\"1. words\" or \"- words\")",
            ),
            DirectiveContent::Something => (!found.body.is_empty(), "中身", "something"),
        };
        if !is_there {
            tell(
                say!("「:::{name}」の中に、{ja}がありません。", "\":::{name}\" must hold {en}."),
                say!(
                    "「:::{name}」と、閉じる「:::」のあいだに書いてください。要らなければ、囲みごと消してください。",
                    "Write it between \":::{name}\" and the closing \":::\", or delete the directive."
                ),
            );
        }
    }
}

fn attributes(layout: &Layout, form: &DirectiveForm, found: &Directive, diagnostics: &mut Vec<Diagnostic>) {
    let mut check = |written: &[Attribute], own: &BTreeMap<String, AttributeForm>| {
        for attribute in written {
            let wanted = own.get(&attribute.key).or_else(|| layout.attributes.get(&attribute.key));
            diagnostics.extend(wanted.and_then(|wanted| value(attribute, wanted)));
            diagnostics.extend(alone(layout, attribute, written));
        }
    };
    check(&found.attributes, &form.forms);
    for block in &found.body {
        if let BlockKind::Heading(heading) = &block.kind {
            check(&heading.attributes, &form.item_forms);
        }
    }
}

/// An attribute that needs another one beside it, which is not there.
fn alone(layout: &Layout, attribute: &Attribute, beside: &[Attribute]) -> Option<Diagnostic> {
    let Attribute { key, value, origin } = attribute;
    let needed = layout.together.get(key)?;
    if beside.iter().any(|other| other.key == *needed) || layout.leaves_out.attributes.contains_key(key) {
        return None;
    }
    let example = layout.attributes.get(needed).map_or("…", example);
    Some(
        Diagnostic::error(
            Code::DirectiveAttribute,
            say!("「{key}」には「{needed}」も要ります。", "\"{key}\" needs \"{needed}\" beside it."),
        )
        .at(origin.clone())
        .hint(say!(
            "「{key}=\"{value}\" {needed}=\"{example}\"」のように書いてください。",
            "Write {key}=\"{value}\" {needed}=\"{example}\"."
        )),
    )
}

fn value(attribute: &Attribute, form: &AttributeForm) -> Option<Diagnostic> {
    let Attribute { key, value, origin } = attribute;
    let (is_right, hint) = match form {
        AttributeForm::OneOf(words) => {
            let list = words.join(", ");
            let hint = Suggestion::of(value, words.iter().map(String::as_str))
                .or(|| say!("使えるもの：{list}", "There are: {list}"));
            (words.contains(value), hint)
        }
        AttributeForm::Numbers(numbers) => {
            let example = example(form);
            let hint = match numbers {
                NumberForm::WholeNumber => say!(
                    "{key}=\"{example}\" のように整数を書いてください。",
                    "Write a whole number: {key}=\"{example}\"."
                ),
                NumberForm::Number => say!(
                    "{key}=\"{example}\" のように数を書いてください。",
                    "Write a number: {key}=\"{example}\"."
                ),
                NumberForm::Plate => say!(
                    "絵の左上からの横・縦・幅・高さ（ミリ）を、{key}=\"{example}\" のように空白で区切って書いてください。",
                    "Write x, y, width and height in millimetres of the drawing: {key}=\"{example}\"."
                ),
                NumberForm::Points => say!(
                    "点を {key}=\"{example}\" のように並べてください。",
                    "Write points: {key}=\"{example}\"."
                ),
            };
            (are_numbers(value, *numbers), hint)
        }
        // of cells `divisions` knows
        AttributeForm::Cell { .. } | AttributeForm::Words(_) => return None,
    };
    (!is_right).then(|| {
        Diagnostic::error(
            Code::DirectiveAttribute,
            say!("「{key}」に「{value}」は使えません。", "\"{key}\" cannot be \"{value}\"."),
        )
        .at(origin.clone())
        .hint(hint)
    })
}

fn example(form: &AttributeForm) -> &str {
    match form {
        AttributeForm::OneOf(words) => words.first().map_or("…", String::as_str),
        AttributeForm::Numbers(NumberForm::WholeNumber | NumberForm::Number) => "1",
        AttributeForm::Numbers(NumberForm::Plate) => "4 15 26 5",
        AttributeForm::Numbers(NumberForm::Points) => "0,15 22,15",
        AttributeForm::Cell { .. } | AttributeForm::Words(_) => "…",
    }
}

fn are_numbers(value: &str, form: NumberForm) -> bool {
    let is_number =
        |word: &str| word.parse::<f64>().is_ok_and(f64::is_finite) && !word.contains(['e', 'E', '+']);
    match form {
        NumberForm::WholeNumber => value.parse::<u16>().is_ok(),
        NumberForm::Number => is_number(value),
        NumberForm::Plate => {
            let numbers: Vec<&str> = value.split(' ').collect();
            numbers.len() == 4 && numbers.into_iter().all(is_number)
        }
        NumberForm::Points => value.split(';').all(|line| {
            let mut points = line.split(' ').filter(|point| !point.is_empty()).peekable();
            points.peek().is_some()
                && points.all(|point| {
                    let pair: Vec<&str> = point.split(',').collect();
                    pair.len() == 2 && pair.into_iter().all(is_number)
                })
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for (value, form, is_right) in [
            ("1", NumberForm::WholeNumber, true),
            ("1.5", NumberForm::WholeNumber, false),
            ("一", NumberForm::WholeNumber, false),
            ("38.5", NumberForm::Number, true),
            ("inf", NumberForm::Number, false),
            ("4.6 15.4 26.8 5", NumberForm::Plate, true),
            ("4.6 15.4 26.8", NumberForm::Plate, false),
            ("4,6 15 26 5", NumberForm::Plate, false),
            ("21,0 21,110; 0,15 21,15", NumberForm::Points, true),
            ("21,0 21", NumberForm::Points, false),
            ("", NumberForm::Points, false),
        ] {
            assert_eq!(are_numbers(value, form), is_right, "{value}");
        }
    }
}
