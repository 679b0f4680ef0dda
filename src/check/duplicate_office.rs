//! Rule: no office stands twice under two spellings: the same phone (of just two, or with a like name), or the same
//! address and a like name.
//!
//! In: directories of facilities, normalised. Out: a finding at the later name, naming the first.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::aside::Aside;
use super::findings::Findings;
use super::parts::{self, RepeatedRecord};
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::directory::Record;
use crate::model::meaning::Meaning;
use crate::model::phone::Phone;
use crate::model::role::Role;
use crate::model::rule::{Level, Rule};
use crate::model::schema::SchemaKind;
use crate::model::typed::TypedDirectory;
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "duplicate-office",
        words: "No office stands twice under two spellings.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// An office that stands twice under two spellings.
    OfficeTwice = "S2017" {
        ja: "電話番号か住所が同じで、名前の書き方が違う行があります。同じ窓口が2回載るかもしれません。（規則名 duplicate-office）",
        en: "Two rows share a phone number or address and differ in the name's spelling: perhaps one office stands twice. (rule: duplicate-office)",
    }
}

/// Looks for offices that stand twice.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(&RULE.rule) || directory.schema.kind != SchemaKind::Facility {
        return;
    }
    let Some(name) = directory.column(&directory.schema.key) else { return };
    let address = directory.role(Role::Address);
    let (by_phone, by_address) = (by_phone(directory), by_address(directory));
    let mut sharing: BTreeMap<usize, usize> = BTreeMap::new();
    for first in by_phone.values() {
        *sharing.entry(*first).or_default() += 1;
    }
    let records: BTreeSet<usize> = by_phone.keys().chain(by_address.keys()).copied().collect();
    for index in records {
        let record = &directory.records[index];
        let own = spelling(&directory.text(record, name));
        let alike = |other: &usize| {
            let others = spelling(&directory.text(&directory.records[*other], name));
            nearest(&own, [others.as_str()]).is_some()
        };
        // a number of three offices or more is a switchboard's: there the names tell
        let is_pair = |first: &usize| sharing.get(first).is_some_and(|others| *others == 1);
        let same_phone = by_phone.get(&index).copied().filter(|first| is_pair(first) || alike(first));
        // 同上 is meant: the cell is the other's own
        let is_repeated = |first: &usize| {
            let first = &directory.records[*first];
            let is_same = |column: usize| first.cells.get(column) == record.cells.get(column);
            Arc::ptr_eq(&first.table, &record.table) && address.is_some_and(is_same)
        };
        let same_address =
            by_address.get(&index).copied().filter(|first| alike(first) && !is_repeated(first));
        let (what, english, other) = match (same_phone, same_address) {
            (Some(other), _) => ("電話番号", "phone number", other),
            (None, Some(other)) => ("住所", "address", other),
            (None, None) => continue,
        };
        let other = &directory.records[other];
        // a row that stands twice cell by cell is another rule's
        if (0..directory.columns.len()).all(|at| other.written(at).trim() == record.written(at).trim()) {
            continue;
        }
        let (row, known) = (other.row, directory.text(other, name));
        let finding = Diagnostic::error(
            Code::OfficeTwice,
            say!(
                "{row}行目の「{known}」と同じ{what}です。同じ窓口が2回あるのかもしれません。",
                "The same {english} as \"{known}\" in row {row}: is it the same office?"
            ),
        )
        .at(record.origin(name))
        .hint(say!(
            "同じ窓口なら片方の行を消し、別の窓口なら{what}を確かめてください。",
            "If it is, delete one of the rows; if not, check the {english}."
        ));
        findings.of_record(&RULE.rule, finding, aside, index);
    }
}

fn is_named(directory: &TypedDirectory, record: &Record) -> bool {
    !directory.key_of(record).is_empty()
}

/// Records with the number of an earlier one, and that one.
fn by_phone(directory: &TypedDirectory) -> BTreeMap<usize, usize> {
    let phone = directory.role(Role::Phone);
    same(directory, phone, |_, record, column| {
        if !is_named(directory, record) {
            return None;
        }
        // what most cells hold is a number as it is printed
        let written = width::trim(record.written(column));
        if Phone::is_plain(written) {
            return Some(Cow::Borrowed(written));
        }
        match directory.meaning(record, column) {
            Meaning::Phone(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    })
}

/// Records with the address of an earlier one, and that one.
fn by_address(directory: &TypedDirectory) -> BTreeMap<usize, usize> {
    let address = directory.role(Role::Address);
    // one address has one row of digits, in whatever width: only those that share theirs are read
    let digits = parts::twice(&directory.records, |_, record| {
        address.and_then(|column| digits_of(record.written(column)))
    });
    let shared: BTreeSet<usize> = digits.into_iter().flat_map(|pair| [pair.record, pair.first]).collect();
    same(directory, address, |index, record, column| {
        if !shared.contains(&index) {
            return None;
        }
        match directory.meaning(record, column) {
            // without a house number it is a street, not an office
            Meaning::Address(place, _) if place.short.contains(|c: char| c.is_ascii_digit()) => {
                is_named(directory, record).then(|| Cow::Owned(place.line()))
            }
            _ => None,
        }
    })
}

/// Records whose `text` of `column` an earlier one has, with the first of these.
fn same<'r>(
    directory: &'r TypedDirectory,
    column: Option<usize>,
    text: impl Fn(usize, &'r Record, usize) -> Option<Cow<'r, str>> + Sync,
) -> BTreeMap<usize, usize> {
    let Some(column) = column else { return BTreeMap::new() };
    let pairs =
        parts::twice(&directory.records, |index, record| text(index, record, column).map(parts::key_of));
    let equal = |pair: &RepeatedRecord| {
        let text = |index: usize| text(index, &directory.records[index], column);
        text(pair.record) == text(pair.first)
    };
    pairs.into_iter().filter(equal).map(|pair| (pair.record, pair.first)).collect()
}

/// A key of the digits of an address, ASCII or full-width; none without digits.
fn digits_of(address: &str) -> Option<u64> {
    // one factor and one addend a digit, as in Knuth's multiplicative hashing
    let mut key = None;
    for (at, byte) in address.bytes().enumerate() {
        let before = |back: usize| at.checked_sub(back).map(|at| address.as_bytes()[at]);
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            // U+FF10..U+FF19 are the bytes EF BC 90 to EF BC 99
            0x90..=0x99 if before(1) == Some(0xBC) && before(2) == Some(0xEF) => byte - 0x90,
            _ => continue,
        };
        key = Some(
            (key.unwrap_or(0x9E37_79B9_7F4A_7C15_u64) ^ u64::from(digit)).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        );
    }
    key
}

/// A name without what two spellings of it differ in.
fn spelling(name: &str) -> String {
    width::fold(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
