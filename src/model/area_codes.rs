//! Area codes of Japan and the digits after them: how a number that begins with 0 is parted into its groups.
//!
//! In: the ten digits of a geographic number (0AB-J). Out: the length of its area code. Source: 市外局番の一覧 and
//! 電気通信番号指定状況 of the Ministry of Internal Affairs and Communications, as of 1 August 2025
//! (<https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/shigai_list.html>). Exchanges are only listed where
//! they decide between a short area code and a longer one; a newly assigned exchange is not refused.

use std::cmp::Ordering;

/// Area codes of five digits: one digit of exchange follows.
const FIVE: &str = "\
01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587 01632 01634 01635 01648 \
01654 01655 01656 01658 04992 04994 04996 04998 05769 05979 07468 08387 08388 08396 08477 08512 08514 09802 09912 \
09913 09969";

/// Area codes of four digits: two digits of exchange follow.
const FOUR: &str = "\
0123 0124 0125 0126 0133 0134 0135 0136 0137 0138 0139 0142 0143 0144 0145 0146 0152 0153 0154 0155 0156 0157 0158 \
0162 0163 0164 0165 0166 0167 0172 0173 0174 0175 0176 0178 0179 0182 0183 0184 0185 0186 0187 0191 0192 0193 0194 \
0195 0197 0198 0220 0223 0224 0225 0226 0228 0229 0233 0234 0235 0237 0238 0240 0241 0242 0243 0244 0246 0247 0248 \
0250 0254 0255 0256 0257 0258 0259 0260 0261 0263 0264 0265 0266 0267 0268 0269 0270 0274 0276 0277 0278 0279 0280 \
0282 0283 0284 0285 0287 0288 0289 0291 0293 0294 0295 0296 0297 0299 0422 0428 0436 0438 0439 0460 0463 0465 0466 \
0467 0470 0475 0476 0478 0479 0480 0493 0494 0495 0531 0532 0533 0536 0537 0538 0539 0544 0545 0547 0548 0550 0551 \
0553 0554 0555 0556 0557 0558 0561 0562 0563 0564 0565 0566 0567 0568 0569 0572 0573 0574 0575 0576 0577 0578 0581 \
0584 0585 0586 0587 0594 0595 0596 0597 0598 0599 0721 0725 0735 0736 0737 0738 0739 0740 0742 0743 0744 0745 0746 \
0747 0748 0749 0761 0763 0765 0766 0767 0768 0770 0771 0772 0773 0774 0776 0778 0779 0790 0791 0794 0795 0796 0797 \
0798 0799 0820 0823 0824 0826 0827 0829 0833 0834 0835 0836 0837 0838 0845 0846 0847 0848 0852 0853 0854 0855 0856 \
0857 0858 0859 0863 0865 0866 0867 0868 0869 0875 0877 0879 0880 0883 0884 0885 0887 0889 0892 0893 0894 0895 0896 \
0897 0898 0920 0930 0940 0942 0943 0944 0946 0947 0948 0949 0950 0952 0954 0955 0956 0957 0959 0964 0965 0966 0967 \
0968 0969 0972 0973 0974 0977 0978 0979 0980 0982 0983 0984 0985 0986 0987 0993 0994 0995 0996 0997";

/// Area codes of two and three digits with the exchanges (four or three digits) that belong to them and not to a
/// longer area code with the same beginning.
const SHORT: &[(&str, &[(u16, u16)])] = &[
    ("011", &[(200, 999)]),
    ("015", &[(410, 419), (480, 489), (510, 519), (570, 579)]),
    ("017", &[(700, 799)]),
    ("018", &[(800, 899)]),
    ("019", &[(600, 699), (900, 929)]),
    ("022", &[(200, 309), (340, 399), (700, 799)]),
    ("023", &[(600, 699)]),
    ("024", &[(500, 599), (900, 999)]),
    ("025", &[(200, 399), (500, 569), (590, 609), (700, 719), (750, 809)]),
    ("026", &[(200, 299), (400, 409), (460, 499)]),
    ("027", &[(200, 399), (800, 809), (880, 899)]),
    ("028", &[(300, 309), (330, 349), (600, 699), (900, 909), (920, 959)]),
    ("029", &[(200, 309), (350, 399), (800, 899)]),
    ("03", &[(2000, 9999)]),
    ("04", &[(2000, 2009), (2900, 2999), (7000, 7199)]),
    (
        "042",
        &[(200, 209), (300, 599), (610, 799), (810, 819), (840, 869), (900, 900), (910, 919), (970, 989)],
    ),
    ("043", &[(200, 499)]),
    ("044", &[(200, 999)]),
    ("045", &[(200, 999)]),
    ("046", &[(200, 299), (400, 419), (800, 899)]),
    ("047", &[(300, 499), (700, 729), (750, 779)]),
    ("048", &[(200, 299), (400, 999)]),
    ("049", &[(200, 299)]),
    ("052", &[(200, 999)]),
    ("053", &[(400, 599), (920, 959), (964, 973), (975, 976), (978, 989)]),
    ("054", &[(200, 399), (600, 699), (900, 909)]),
    ("055", &[(200, 299), (900, 999)]),
    ("058", &[(200, 399)]),
    ("059", &[(200, 299), (310, 399), (990, 999)]),
    ("06", &[(2000, 9999)]),
    ("072", &[(200, 499), (600, 999)]),
    ("073", &[(400, 499)]),
    ("075", &[(200, 999)]),
    ("076", &[(200, 299), (400, 499)]),
    ("077", &[(500, 599)]),
    ("078", &[(200, 999)]),
    ("079", &[(200, 339), (400, 409), (420, 459), (490, 509), (550, 569), (590, 609), (660, 679)]),
    (
        "082",
        &[
            (200, 299),
            (400, 409),
            (420, 439),
            (490, 599),
            (800, 909),
            (921, 929),
            (941, 943),
            (960, 969),
            (990, 999),
        ],
    ),
    (
        "083",
        &[(220, 299), (600, 609), (766, 768), (770, 789), (900, 960), (963, 963), (966, 966), (970, 999)],
    ),
    ("084", &[(900, 999)]),
    (
        "086",
        &[
            (200, 299),
            (362, 365),
            (367, 369),
            (420, 489),
            (520, 529),
            (552, 553),
            (600, 609),
            (691, 691),
            (697, 698),
            (722, 724),
            (726, 726),
            (728, 728),
            (737, 738),
            (800, 809),
            (890, 909),
            (940, 959),
            (994, 999),
        ],
    ),
    ("087", &[(800, 899)]),
    ("088", &[(600, 699), (800, 899)]),
    ("089", &[(900, 999)]),
    ("092", &[(200, 999)]),
    ("093", &[(200, 999)]),
    ("095", &[(800, 899)]),
    ("096", &[(200, 399)]),
    ("097", &[(500, 599)]),
    ("098", &[(800, 999)]),
    ("099", &[(200, 299), (331, 331), (343, 347), (400, 409), (470, 489), (800, 839)]),
];

/// For each number, the place in [`SHORT`] of the area code of `LENGTH` digits that it is, counted from 1; else 0.
const fn places<const LENGTH: usize, const NUMBERS: usize>() -> [u8; NUMBERS] {
    let mut places = [0; NUMBERS];
    let mut at: u8 = 0;
    while (at as usize) < SHORT.len() {
        let code = SHORT[at as usize].0.as_bytes();
        at += 1;
        if code.len() == LENGTH {
            let (mut number, mut digit) = (0, 0);
            while digit < LENGTH {
                number = number * 10 + (code[digit] - b'0') as usize;
                digit += 1;
            }
            places[number] = at;
        }
    }
    places
}

static OF_TWO: [u8; 100] = places::<2, 100>();
static OF_THREE: [u8; 1000] = places::<3, 1000>();

/// The number that `digits` are; none if one of them is no digit.
fn number(digits: &[u8]) -> Option<u16> {
    let add = |number: u16, byte: &u8| byte.is_ascii_digit().then(|| number * 10 + u16::from(byte - b'0'));
    digits.iter().try_fold(0, add)
}

/// The area code at the head of ten digits that begin with 0; none if no area has it, or if the exchange after it
/// begins with 0 or 1, which none does.
///
/// A longer code with the same beginning goes first unless the exchange is known to be the shorter one's.
#[must_use]
pub fn area_code(digits: &str) -> Option<&str> {
    let short = |length: usize, places: &[u8]| {
        let code = usize::from(number(digits.as_bytes().get(..length)?)?);
        let exchange = number(digits.as_bytes().get(length..6)?)?;
        let at = usize::from(places[code]).checked_sub(1)?;
        let (code, ranges) = SHORT[at];
        ranges.iter().any(|(first, last)| (*first..=*last).contains(&exchange)).then_some(code)
    };
    let long = |length: usize, codes: &'static str| {
        let code = digits.get(..length)?;
        let exchange_follows =
            digits.as_bytes().get(length).is_some_and(|digit| (b'2'..=b'9').contains(digit));
        // every code stands at a multiple of its length and a space, in their order
        let (mut from, mut to) = (0, (codes.len() + 1) / (length + 1));
        while from < to {
            let middle = from.midpoint(to);
            let at = middle * (length + 1);
            match codes.as_bytes()[at..at + length].cmp(code.as_bytes()) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(code).filter(|_| exchange_follows),
            }
        }
        None
    };
    let short = short(2, &OF_TWO).or_else(|| short(3, &OF_THREE));
    short.or_else(|| long(5, FIVE)).or_else(|| long(4, FOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_numbers_of_all_lengths() {
        for (digits, code) in [
            ("0335811111", "03"),
            ("0455101694", "045"),
            ("0422231234", "0422"),
            ("0428201234", "0428"),
            ("0428401234", "042"),
            ("0429201234", "04"),
            ("0471234567", "04"),
            ("0475201234", "0475"),
            ("0499221234", "04992"),
            ("0126721234", "01267"),
            ("0126221234", "0126"),
            ("0154221234", "0154"),
            ("0154821234", "015"),
            ("0980221234", "09802"),
            ("0980431234", "0980"),
            ("0837221234", "0837"),
            ("0838722345", "08387"),
        ] {
            assert_eq!(area_code(digits), Some(code), "{digits}");
        }
    }

    #[test]
    fn knows_what_is_no_area() {
        for digits in ["0451234567", "0212345678", "0012345678", "0999123456"] {
            assert_eq!(area_code(digits), None, "{digits}");
        }
    }

    #[test]
    fn the_lists_are_regular() {
        for (codes, length) in [(FIVE, 5), (FOUR, 4)] {
            let all: Vec<&str> = codes.split(' ').collect();
            assert!(all.iter().all(|code| code.len() == length && code.starts_with('0')));
            assert!(all.is_sorted());
        }
        assert!(SHORT.is_sorted_by_key(|(code, _)| code));
    }
}
