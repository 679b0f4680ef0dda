//! Our phone numbers against an independent judge: the data of libphonenumber, through the crate `phonenumber`.
//! Built with `--features phone-oracle` only, because the crate switches on features of crates below the engine; CI runs it.

use phonenumber::Mode;
use phonenumber::country::Id;
use sasshi::model::phone::Phone;

/// Numbers of every area code and kind, parted by libphonenumber; ours must be parted the same wherever both know one.
#[test]
fn grouping_agrees_with_libphonenumber() {
    let (mut both, mut apart) = (0, Vec::new());
    // each prefix of five digits, so that every area code and exchange of one is met
    for head in 0..100_000_u32 {
        let digits = format!("0{head:05}1234");
        let Ok(ours) = Phone::parse(&digits) else { continue };
        let Ok(theirs) = phonenumber::parse(Some(Id::JP), &digits) else { continue };
        if !phonenumber::is_valid(&theirs) {
            continue;
        }
        both += 1;
        let theirs = theirs.format().mode(Mode::National).to_string();
        if ours.to_string() != theirs {
            apart.push(format!("{ours} {theirs}"));
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
