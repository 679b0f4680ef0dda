//! The facts of a docket (作業指示書): what a print shop must know of a publication's press files.
//!
//! In: a project, a publication, the profile of its press, its files. Out: [`Docket`]; what sets it on paper is the matter of
//! `typeset` or, behind the feature `genpdf-docket`, of `plain`.

#[cfg(feature = "genpdf-docket")]
pub mod plain;

use crate::merge::Publication;
use crate::model::docket::{Docket, Fact, PrintFile};
use crate::model::layout::Binding;
use crate::press::profile::{BlackOverprint, Cover, Inks, Marks, Profile};
use crate::project::Project;

/// The docket of `publication` for `files`, its press files.
#[must_use]
pub fn docket(
    project: &Project,
    publication: &Publication,
    profile: &Profile,
    files: Vec<PrintFile>,
) -> Docket {
    let plan = project.press_plan(&publication.plan.name.value);
    Docket {
        title: publication.plan.title.clone(),
        project: project.title.clone(),
        date: project.date.japanese(),
        facts: facts(publication, profile),
        files,
        notes: plan.map(|plan| plan.notes.clone()).unwrap_or_default(),
        contact: plan
            .map(|plan| plan.contact.clone())
            .filter(|lines| !lines.is_empty())
            .unwrap_or_else(|| project.publisher.clone()),
    }
}

fn facts(publication: &Publication, profile: &Profile) -> Vec<Fact> {
    let page = &publication.plan.layout.page;
    let binding = match page.binding {
        Binding::Left => "左綴じ",
        Binding::Right => "右綴じ",
    };
    let inks = match profile.inks {
        Inks::Cmyk => "プロセス4色（CMYK）",
        Inks::Black => "墨1色（K）",
    };
    let overprint = match profile.overprint {
        BlackOverprint::Set => "K100の文字と細い線に設定済み",
        BlackOverprint::LeftToRip => "設定なし（RIPにまかせる）",
        BlackOverprint::Forbidden => "なし",
    };
    let marks = match profile.marks {
        Marks::None => "なし（TrimBoxとBleedBoxで示す）",
        Marks::Crop => "コーナーのみ",
        Marks::Japanese => "内・外・センター",
    };
    let (width, height, bleed) = (page.width.to_mm(), page.height.to_mm(), page.bleed.to_mm());
    let limit = profile.ink_limit;
    let thickness = profile.paper_thickness.to_mm();
    let condition = &profile.condition;
    let cover = match (publication.is_bound(), profile.cover) {
        (false, _) => "",
        (true, Cover::WithBody) => "本文と同じファイル",
        (true, Cover::Spreads) => "別ファイル（表4-1・表2-3の見開き、背幅 0 mm）",
    };
    [
        ("仕上がり", format!("{width} × {height} mm、塗り足し {bleed} mm")),
        ("綴じ", binding.to_owned()),
        ("色数", inks.to_owned()),
        ("用紙", format!("{}（厚さ {thickness:.2} mm）", profile.paper)),
        ("出力条件", format!("{}（{}）", condition.identifier, condition.info)),
        ("インキ総量", format!("{limit} % まで")),
        ("スミのせ", overprint.to_owned()),
        ("トンボ", marks.to_owned()),
        ("規格", format!("{}、プロファイル {}（{}）", profile.level.name(), profile.name, profile.title.0)),
        ("表紙", cover.to_owned()),
        ("面付け", "していません（1ページずつ、順に）".to_owned()),
    ]
    .into_iter()
    .filter(|(_, words)| !words.is_empty())
    .map(|(label, words)| Fact { label: label.to_owned(), words })
    .collect()
}
