//! Kinds of places at which no phrase begins, whatever the model says: before particles, within verbs and nouns that are put together
//! of verbs, behind honorifics and prefixes.
//!
//! In: characters and a place between two of them. Out: whether the two belong together. What is joined without need only leaves
//! one place less to choose from.

use super::super::jlreq::{is_hiragana, is_ideograph, is_katakana};

/// Whether the characters before and behind `place` are of one phrase by their kind.
pub(super) fn is_one_phrase(characters: &[char], place: usize) -> bool {
    begins_with_particle(characters, place)
        || begins_with_weak_word(characters, place)
        || is_behind_honorific(characters, place)
        || asks_politely(characters, place)
        || is_within_verb(characters, place)
}

/// を begins nothing, で only できる; other particles begin nothing before a noun: みんな｜で進める.
fn begins_with_particle(characters: &[char], place: usize) -> bool {
    let next = characters.get(place + 1).copied();
    let is_noun = |c: char| is_ideograph(c) || is_katakana(c) || c.is_ascii_alphanumeric();
    match characters[place] {
        'を' => true,
        'で' => next != Some('き'),
        'が' | 'は' | 'に' | 'と' | 'も' | 'の' | 'へ' | 'や' => next.is_none_or(is_noun),
        _ => false,
    }
}

/// Whether a word begins at `place` that means nothing by itself: it stays with what is before it as long as the column is wide enough.
pub(super) fn begins_with_weak_word(characters: &[char], place: usize) -> bool {
    begins_with_formal_noun(characters, place) || begins_with_compound_particle(characters, place)
}

/// Nouns that mean nothing by themselves (形式名詞): 始める｜とき, 守る｜ため, 続ける｜こと. Written in kana, and behind what they stand for.
pub(super) fn begins_with_formal_noun(characters: &[char], place: usize) -> bool {
    const NOUNS: [&str; 9] = ["とき", "ため", "こと", "もの", "ところ", "うえ", "ほか", "まま", "ほう"];
    let is_behind_kana =
        is_hiragana(characters[place - 1]) && !"をにがはでへもと".contains(characters[place - 1]);
    is_behind_kana && NOUNS.iter().any(|noun| is_whole_word(characters, place, noun))
}

/// Particles of several parts: 協働に｜ついて, 地域に｜おいて; 障害の｜ある人, where の is a が; and 成人の｜日.
fn begins_with_compound_particle(characters: &[char], place: usize) -> bool {
    const BEHIND_NI: [&str; 5] = ["ついて", "おいて", "よって", "とって", "わたって"];
    match characters[place - 1] {
        'に' => BEHIND_NI.iter().any(|word| is_whole_word(characters, place, word)),
        'の' => {
            let noun = characters.get(place + 2);
            let has_noun = noun.is_some_and(|c| is_ideograph(*c));
            characters[place..].starts_with(&['あ', 'る']) && has_noun
                || characters[place] == '日' && characters.get(place + 1).is_none_or(|c| !is_ideograph(*c))
        }
        _ => false,
    }
}

/// Whether `word` stands at `place` and no longer word begins with it: a particle, a stop or another script follows.
fn is_whole_word(characters: &[char], place: usize, word: &str) -> bool {
    let mut behind = characters[place..].iter();
    word.chars().all(|c| behind.next() == Some(&c))
        && behind.next().is_none_or(|c| !is_hiragana(*c) || "をがはにでともへやのだなかま".contains(*c))
}

/// ご案内, お知らせ.
fn is_behind_honorific(characters: &[char], place: usize) -> bool {
    matches!(characters[place - 1], 'お' | 'ご') && is_ideograph(characters[place])
}

/// お寄せください: behind a verb, not behind a noun with its particle.
fn asks_politely(characters: &[char], place: usize) -> bool {
    let polite = ['く', 'だ', 'さ'];
    characters[place..].starts_with(&polite) && characters[place - 1] != 'を'
}

/// Whether a place is within a verb of two, or a noun made of a verb: 読み｜聞かせ, 話し｜合い, 使い｜方, 担い｜手.
pub(super) fn is_within_verb(characters: &[char], place: usize) -> bool {
    // the end of a verb to which another word is joined; に, て and へ are particles mostly
    let is_stem = |c: char| "いきぎしちびみりえけげせべめれ".contains(c);
    let has_stem = place >= 2 && is_ideograph(characters[place - 2]) && is_stem(characters[place - 1]);
    if !has_stem || !is_ideograph(characters[place]) {
        return false;
    }
    let next = characters.get(place + 1).copied();
    let is_particle = |c: char| "をがはにともへやの".contains(c);
    let is_verb = next.is_some_and(|c| is_hiragana(c) && !is_particle(c));
    let is_noun = matches!(characters[place], '方' | '手') && next.is_none_or(|c| !is_ideograph(c));
    is_verb || is_noun
}

/// Whether a character is a prefix of the compound behind it: 非営利, 未成年, 再利用.
pub(super) fn is_prefix(c: char) -> bool {
    matches!(c, '非' | '未' | '不' | '無' | '再' | '各' | '全' | '第' | '約')
}
