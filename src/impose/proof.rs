//! The proof of all schemes: whatever is planned folds, cuts and reads back as the pages were.

use super::cells::Unfit;
use super::fault::{ImpositionError, ImpositionFault};
use super::plan::plan;
use super::prove::prove;
use super::proved;
use super::simulate::read_back;
use crate::diagnostic::{Code, Severity};
use crate::model::imposition::{Backing, CellRows, Creep, Imposition, Order, Work};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::{Blanks, Scheme};
use crate::model::sheet::Size;

const CARD: (f64, f64) = (91.0, 55.0);

fn scheme(name: &str) -> Scheme {
    Scheme::named(name).expect("a scheme of the table")
}

/// Every order that is sound for a scheme, on a sheet that is large enough.
fn orders(scheme: Scheme) -> Vec<Order> {
    // a large sheet for signatures of 32 pages on half of it; cards on a smaller one, or there are too many
    let sheet = if scheme.signature().is_some() { "788x1600mm" } else { "sra3" };
    let base = Order { sheet: sheet.parse().ok(), paper: Length::mm(0.1), ..Order::new(scheme) };
    let mut orders = Vec::new();
    for binding in [Binding::Left, Binding::Right] {
        for backing in [Backing::HeadToHead, Backing::HeadToFoot] {
            let order = Order { binding, backing, ..base.clone() };
            if scheme.is_read_flat() {
                orders.push(Order { both_sides: false, ..order.clone() });
                orders.push(order);
                continue;
            }
            for work in [Work::Sheetwise, Work::Turn, Work::Tumble] {
                orders.push(Order { work, ..order.clone() });
            }
            if scheme.signature().is_none() {
                orders.push(Order { both_sides: false, ..order.clone() });
                continue;
            }
            for creep in [Creep::None, Creep::Outer, Creep::Scale] {
                orders.push(Order { creep, ..order.clone() });
            }
            orders.push(Order { blanks: Blanks::Few, creep: Creep::Outer, ..order.clone() });
            orders.push(Order { blanks: Blanks::Few, work: Work::Turn, ..order.clone() });
            orders.push(Order { rows: CellRows::Feet, gripper: Length::mm(12.0), ..order.clone() });
            orders.push(Order { blanks: Blanks::After(vec![1, 2]), ..order });
        }
    }
    orders
}

fn planned(order: &Order, pages: usize) -> Imposition {
    let card = order.scheme.is_cut();
    let page = if card { Size::mm(CARD.0, CARD.1) } else { Size::mm(105.0, 148.0) };
    plan(order, pages, page).unwrap_or_else(|unfit| panic!("{order:?} {pages}: {unfit:?}"))
}

#[test]
fn all_schemes_read_back_for_1_to_200_pages() {
    for (name, scheme) in Scheme::all() {
        for order in orders(scheme) {
            for pages in 1..=200 {
                if let Err(fault) = prove(&planned(&order, pages)) {
                    panic!("{name}, {pages} pages, {order:?}: {}", fault.say().en);
                }
            }
        }
    }
}

#[test]
fn pieces_of_work_begin_on_leaves_of_their_own() {
    for scheme in ["gang", "cut-and-stack", "step-and-repeat"].map(scheme) {
        for parts in [vec![1; 18], vec![1, 2, 3, 4], vec![3, 1]] {
            let pages = parts.iter().sum();
            let order = orders(scheme).swap_remove(0).of_parts(parts.clone());
            assert_eq!(order.both_sides, parts[0] != parts[1]);
            let imposition = planned(&order, pages);
            assert_eq!(prove(&imposition), Ok(()), "{scheme:?} {parts:?}");
            let mut first = 0;
            let firsts: Vec<usize> = parts.iter().map(|part| (first, first += part).0).collect();
            for back in imposition.sheets.iter().filter_map(|sheet| sheet.back.as_ref()) {
                let begins =
                    back.placements.iter().find(|one| one.page.is_some_and(|page| firsts.contains(&page)));
                assert_eq!(begins, None, "{scheme:?} {parts:?}: no work begins on a back");
            }
        }
    }
}

#[test]
fn a_cover_of_its_own_reads_first_and_last() {
    for binding in [Binding::Left, Binding::Right] {
        for pages in 6..=200 {
            let order = Order { cover: true, binding, ..orders(scheme("perfect")).swap_remove(0) };
            let imposition = planned(&order, pages);
            assert_eq!(prove(&imposition), Ok(()), "{pages} pages");
            let leaves = (pages - 4).div_ceil(16) * 8;
            let wanted = 0.1 * f64::from(u32::try_from(leaves).expect("few"));
            assert!((imposition.spine.to_mm() - wanted).abs() < 1e-9);
        }
    }
}

/// 8＋4: no more blanks than to a multiple of four, and the page as large on the small signature.
#[test]
fn a_rest_becomes_smaller_signatures() {
    let order = Order { blanks: Blanks::Few, ..orders(scheme("saddle-8")).swap_remove(0) };
    let imposition = planned(&order, 11);
    assert_eq!((imposition.blanks, imposition.sheets.len()), (1, 2));
    let pages = |at: usize| imposition.sheets[at].front.placements.len();
    assert_eq!([pages(0), pages(1)], [4, 2]);
    assert!(imposition.notes.iter().any(|note| note.en == "Signatures of 8 + 4 pages."));
    let filled = planned(&Order { blanks: Blanks::End, ..order }, 11);
    assert_eq!((filled.blanks, filled.sheets.len()), (5, 2));
}

/// The oracle is worth something only if it sees faults.
#[test]
fn the_simulator_sees_what_is_wrong() {
    let good = planned(&orders(scheme("saddle-8"))[0], 24);
    assert_eq!(prove(&good), Ok(()));
    let spoil = |change: &dyn Fn(&mut Imposition)| {
        let mut bad = good.clone();
        change(&mut bad);
        prove(&bad).expect_err("seen").say().en
    };
    let swapped = spoil(&|bad| {
        let side = &mut bad.sheets[0].front.placements;
        let page = side[0].page;
        side[0].page = side[1].page;
        side[1].page = page;
    });
    assert!(swapped.contains("read back"), "{swapped}");
    let turned = spoil(&|bad| {
        let one = &mut bad.sheets[1].front.placements[2];
        one.turn = one.turn.half_more();
    });
    assert!(turned.contains("upright"), "{turned}");
    let moved = spoil(&|bad| {
        let one = &mut bad.sheets[1].front.placements[2];
        one.image = one.image.moved(Length::mm(0.06), Length::ZERO);
    });
    assert!(moved.contains("off"), "{moved}");
    let thicker = spoil(&|bad| bad.paper = Length::mm(0.2));
    assert!(thicker.contains("off"), "{thicker}");
    // in the gap between two pages, half of it is each one's
    let shown = spoil(&|bad| {
        let one = &mut bad.sheets[0].front.placements[0];
        one.clip.width = one.clip.width + Length::mm(3.5);
        bad.bleed = Length::mm(9.0);
    });
    assert!(shown.contains("lies on"), "{shown}");
    let wide = spoil(&|bad| {
        let one = &mut bad.sheets[0].front.placements[0];
        one.clip.height = one.clip.height + Length::mm(9.0);
    });
    assert!(wide.contains("beyond its bleed"), "{wide}");
    let held = spoil(&|bad| bad.gripper = Length::mm(700.0));
    assert!(held.contains("press holds"), "{held}");
    let one_sided = Order { both_sides: false, ..orders(scheme("gang")).swap_remove(0) };
    let mut bad = planned(&one_sided, 8);
    assert_eq!(prove(&bad), Ok(()));
    let one = &mut bad.sheets[0].front.placements[0];
    one.image = one.image.moved(Length::ZERO, Length::mm(0.06));
    let off = prove(&bad).expect_err("seen").say().en;
    assert!(off.contains("off its place"), "{off}");
}

/// A plan that is wrong is a finding of that one job, and no end of the program.
#[test]
fn what_cannot_be_proved_is_refused() {
    let good = planned(&orders(scheme("saddle-8"))[0], 24);
    assert_eq!(proved(good.clone()), Ok(good.clone()));
    let mut forged = good;
    forged.sheets[0].front.placements[1].page = Some(7);
    let error = proved(forged).expect_err("a page is there twice, another is not there");
    assert!(
        matches!(&error, ImpositionError::Unproved(ImpositionFault::Order(pages)) if pages.contains(&7)),
        "{error:?}"
    );
    let finding = error.diagnostic();
    assert_eq!((finding.code, finding.severity), (Code::ImposeUnproved, Severity::Error));
    assert!(finding.message.en.contains("read back as 1, "), "{}", finding.message.en);
    assert!(finding.message.ja.contains("順が 1, "), "{}", finding.message.ja);
}

#[test]
fn right_binding_mirrors_the_booklet() {
    let order = |binding| Order { binding, sheet: "sra3".parse().ok(), ..Order::new(scheme("saddle")) };
    let page = Size::mm(210.0, 297.0);
    let left = plan(&order(Binding::Left), 20, page).expect("fits");
    let right = plan(&order(Binding::Right), 20, page).expect("fits");
    let pages = |imposition: &Imposition| -> Vec<Vec<usize>> {
        let mut sides = Vec::new();
        for sheet in &imposition.sheets {
            for side in std::iter::once(&sheet.front).chain(&sheet.back) {
                let mut row = side.placements.clone();
                row.sort_by(|one, other| one.cell.left.to_pt().total_cmp(&other.cell.left.to_pt()));
                sides.push(row.iter().filter_map(|one| one.page).map(|page| page + 1).collect());
            }
        }
        sides
    };
    assert_eq!(left.sides(), 10);
    assert_eq!(pages(&left)[..3], [[20, 1], [2, 19], [18, 3]]);
    assert_eq!(pages(&right)[..3], [[1, 20], [19, 2], [3, 18]]);
}

#[test]
fn blanks_go_where_they_are_wanted() {
    let faces = |blanks: Blanks| -> Vec<Option<usize>> {
        let order = Order { blanks, ..orders(scheme("saddle")).swap_remove(0) };
        let readings = read_back(&planned(&order, 6)).expect("folds");
        readings[0].iter().map(|face| face.page.map(|page| page + 1)).collect()
    };
    let numbers =
        |words: &str| -> Vec<Option<usize>> { words.split(' ').map(|word| word.parse().ok()).collect() };
    assert_eq!(faces(Blanks::BeforeBackCover), numbers("1 2 3 4 5 - - 6"));
    assert_eq!(faces(Blanks::End), numbers("1 2 3 4 5 6 - -"));
    assert_eq!(faces(Blanks::After(vec![1, 5])), numbers("1 - 2 3 4 5 - 6"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let order = Order { sheet: "a4".parse().ok(), ..Order::new(scheme("saddle")) };
    let unfit = plan(&order, 20, Size::mm(210.0, 297.0)).expect_err("too large");
    let Unfit::TooLarge { enough, .. } = unfit else { panic!("{unfit:?}") };
    assert_eq!(enough.map(|sheet| sheet.name), Some("sra3"));
    let thick = Order { paper: Length::mm(1.0), ..Order::new(scheme("saddle")) };
    assert!(plan(&thick, 400, Size::mm(210.0, 297.0)).is_err());
}

#[test]
fn office_sheets_are_found() {
    for (page, scheme, sheet, pages) in [
        (Size::mm(210.0, 297.0), scheme("saddle"), Size::mm(420.0, 297.0), 210.0),
        (Size::mm(148.0, 210.0), scheme("saddle"), Size::mm(297.0, 210.0), 148.0),
        (Size::mm(210.0, 297.0), scheme("2up"), Size::mm(297.0, 210.0), 141.4),
        (Size::mm(210.0, 297.0), scheme("4up"), Size::mm(210.0, 297.0), 100.0),
    ] {
        let found = plan(&Order::office(scheme, Binding::Left), 8, page).expect("fits");
        assert!(found.sheet.is_about(sheet, Length::mm(0.6)), "{scheme:?} of {page} on {}", found.sheet);
        assert!((found.page.width.to_mm() - pages).abs() < 1.0, "{}", found.page);
    }
}
