//! Our phone numbers against an independent judge: `tests/reference/phones.txt` says how libphonenumber parts them. CI
//! makes that table anew with `tests/phone-oracle`, a program of its own, and compares.

use sasshi::model::phone::Phone;

use super::harness::{repository, text};

/// A line of the table: the first and the last beginning after the 0, and the lengths of the groups.
fn line(line: &str) -> Option<(u32, u32, Vec<usize>)> {
    let mut cells = line.split(' ');
    let (first, last) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let lengths: Option<Vec<usize>> = cells.next()?.split('-').map(|length| length.parse().ok()).collect();
    Some((first, last, lengths?))
}

/// The digits in groups of these lengths.
fn parted(digits: &str, lengths: &[usize]) -> String {
    let mut rest = digits;
    let groups = lengths.iter().map(|length| {
        let (group, others) = rest.split_at(*length);
        rest = others;
        group
    });
    groups.collect::<Vec<_>>().join("-")
}

/// Numbers of every area code and kind, parted by libphonenumber; ours must be parted the same wherever both know one.
#[test]
fn grouping_agrees_with_libphonenumber() {
    let table = text(&repository().join("tests/reference/phones.txt"));
    let (mut both, mut apart) = (0, Vec::new());
    for (first, last, lengths) in table.lines().map(|one| line(one).expect("a line of the table")) {
        for head in first..=last {
            let digits = format!("0{head:05}1234");
            let Ok(ours) = Phone::parse(&digits) else { continue };
            both += 1;
            let theirs = parted(&digits, &lengths);
            if ours.to_string() != theirs {
                apart.push(format!("{ours} {theirs}"));
            }
        }
    }
    assert!(both > 30_000, "{both} numbers were compared");
    assert!(
        apart.len() * 200 < both,
        "{} of {both} differ, such as {:?}",
        apart.len(),
        &apart[..apart.len().min(40)]
    );
}

#[test]
fn the_table_is_read() {
    assert_eq!(line("03000 03199 2-4-4"), Some((3000, 3199, vec![2, 4, 4])));
    assert_eq!(line("03000 03199"), None);
    assert_eq!(parted("0312341234", &[2, 4, 4]), "03-1234-1234");
}
