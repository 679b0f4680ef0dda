//! The facts of a docket (作業指示書): what a print shop must know of a publication's press files.
//!
//! In: a project and a [`PressRun`]: a publication, the profile of its press, its files. Out: [`Docket`]; what sets it on paper is the matter of
//! `typeset` or, behind the feature `genpdf-docket`, of `plain`.

#[cfg(feature = "genpdf-docket")]
pub mod plain;

mod layout;

use crate::merge::Publication;
use crate::model::docket::{Docket, Fact, FactGroup, InkCoverage, PrintFile, PrintOrder};
use crate::model::imposition::Imposition;
use crate::model::layout::Binding;
use crate::model::scheme::{Arrangement, Gather};
use crate::press::profile::{BlackOverprint, Cover, Marks, Profile, ProfileInks};
use crate::project::Project;

/// A press run, as its docket tells of it.
#[derive(Debug)]
pub struct PressRun<'r> {
    /// What is printed.
    pub publication: &'r Publication,
    /// The profile of its press.
    pub profile: &'r Profile,
    /// Its press files.
    pub files: Vec<PrintFile>,
    /// How its pages may lie on sheets, if it is bound.
    pub imposition: Option<Imposition>,
}

/// The docket of a press run.
#[must_use]
pub fn docket(project: &Project, run: PressRun<'_>) -> Docket {
    let name = &run.publication.plan.name.value;
    let plan = project.press_plan(name);
    let order = plan.map(|plan| plan.job.clone()).unwrap_or_default();
    Docket {
        title: run.publication.plan.title.clone(),
        project: project.title.clone(),
        date: project.date.japanese(),
        number: format!("{:04}-{:02}-{name}", project.date.year, project.date.month),
        notice: project.notice.clone(),
        facts: facts(project, &run, &order),
        layout: run.imposition.as_ref().map(layout::layout),
        files: run.files,
        notes: plan.map(|plan| plan.notes.clone()).unwrap_or_default(),
        contact: plan
            .map(|plan| plan.contact.clone())
            .filter(|lines| !lines.is_empty())
            .unwrap_or_else(|| project.publisher.clone()),
    }
}

fn facts(project: &Project, run: &PressRun<'_>, order: &PrintOrder) -> Vec<Fact> {
    let groups = [
        (FactGroup::Goods, goods(project, run, order)),
        (FactGroup::Making, making(run, order)),
        (FactGroup::Data, data(run)),
        (FactGroup::Delivery, delivery(project, order)),
    ];
    let fact = |group, (label, words): (&str, String)| Fact { group, label: label.to_owned(), words };
    groups.into_iter().flat_map(|(group, facts)| facts.into_iter().map(move |one| fact(group, one))).collect()
}

/// 品物.
fn goods(project: &Project, run: &PressRun<'_>, order: &PrintOrder) -> Vec<(&'static str, String)> {
    let page = &run.publication.plan.layout.page;
    let (width, height, bleed) = (page.width.to_mm(), page.height.to_mm(), page.bleed.to_mm());
    let form = match (width, height) {
        (210.0, 297.0) => "A4縦　",
        (297.0, 420.0) => "A3縦　",
        (148.0, 210.0) => "A5縦　",
        (182.0, 257.0) => "B5縦　",
        _ => "",
    };
    // what gathers the others in one file is no further piece of work
    let gathers = |file: &&PrintFile| {
        run.publication
            .jobs
            .iter()
            .any(|job| job.combined && file.name.strip_suffix(".pdf") == Some(job.stem.as_str()))
    };
    let (gathered, single): (Vec<&PrintFile>, Vec<&PrintFile>) = run.files.iter().partition(gathers);
    let pages: usize = single.iter().map(|file| file.pages).sum();
    let amount = match (run.publication.is_bound(), gathered.first()) {
        (true, _) => format!("{pages}ページ"),
        (false, None) => format!("{}点（のべ{pages}ページ）", single.len()),
        (false, Some(one)) => format!("{}点（のべ{pages}ページ）。{} は同じ内容", single.len(), one.name),
    };
    vec![
        ("件名", run.publication.plan.title.clone()),
        ("仕上がり", format!("{form}{width} × {height} mm")),
        ("版", format!("{}版", project.date.japanese())),
        ("ページ", amount),
        ("部数", order.copies.map_or_else(String::new, |copies| format!("各{copies}部"))),
        ("塗り足し", format!("四辺 {bleed} mm")),
    ]
}

/// 刷り・紙・製本.
fn making(run: &PressRun<'_>, order: &PrintOrder) -> Vec<(&'static str, String)> {
    let profile = run.profile;
    let plates = match profile.inks {
        ProfileInks::Cmyk => 4,
        ProfileInks::Black => 1,
    };
    let inks = match profile.inks {
        ProfileInks::Cmyk => "プロセス4色（CMYK）",
        ProfileInks::Black => "墨1色（K）",
    };
    // a leaf of its own with one page has a white back
    let sides = if run.files.iter().any(|file| file.pages == 1) {
        format!("片面（{plates}／0）")
    } else {
        format!("両面（{plates}／{plates}）")
    };
    let spots = if profile.spots { "なし（使うファイルには版名あり）" } else { "なし" };
    let overprint = match profile.overprint {
        BlackOverprint::Set => "K100の文字と細い線に設定済み",
        BlackOverprint::LeftToRip => "設定なし（RIPにまかせる）",
        BlackOverprint::Forbidden => "なし",
    };
    let cover = match (run.publication.is_bound(), profile.cover) {
        (false, _) => "なし",
        (true, Cover::WithBody) => "共紙（本文と同じファイル）",
        (true, Cover::Spreads) => "別ファイル（表4-1・表2-3の見開き、背幅 0 mm）",
    };
    let thickness = profile.paper_thickness.to_mm();
    let paper = if order.paper.is_empty() {
        format!("{}（厚さ {thickness:.2} mm）", profile.paper)
    } else {
        order.paper.clone()
    };
    vec![
        ("製本", finishing(run, order)),
        ("色数", format!("{inks}、{sides}")),
        ("用紙", paper),
        ("特色", spots.to_owned()),
        ("表紙", cover.to_owned()),
        ("スミノセ", overprint.to_owned()),
    ]
}

/// 製本: how the pages become one piece of work.
fn finishing(run: &PressRun<'_>, order: &PrintOrder) -> String {
    if !run.publication.is_bound() {
        return if order.finishing.is_empty() {
            "なし（断裁のみ）".to_owned()
        } else {
            order.finishing.clone()
        };
    }
    let bound = match run.publication.plan.layout.page.binding {
        Binding::Left => "左綴じ",
        Binding::Right => "右綴じ",
    };
    let how = match run.publication.plan.imposition.scheme.definition().arrangement {
        _ if !order.finishing.is_empty() => order.finishing.as_str(),
        Arrangement::Folded(Gather::Nest) => "中綴じ（針金2か所）",
        Arrangement::Folded(Gather::Stack) => "無線綴じ",
        Arrangement::Flat(_) => "ペラ",
    };
    format!("{how}、{bound}")
}

/// 色とデータの形式.
fn data(run: &PressRun<'_>) -> Vec<(&'static str, String)> {
    let profile = run.profile;
    let marks = match profile.marks {
        Marks::None => "なし（TrimBoxとBleedBoxで示す）",
        Marks::Crop => "コーナーのみ",
        Marks::Japanese => "内・外・センター",
    };
    let (limit, condition) = (profile.ink_limit, &profile.condition);
    vec![
        ("形式", format!("{}。当方の入稿前検査に合格（認証ではありません）", profile.level.name())),
        ("出力条件", format!("{}（{}）", condition.identifier, condition.info)),
        (
            "総インキ量",
            format!("{limit} % 以下（全ページ、検査済み）{}", ink_amounts(run).unwrap_or_default()),
        ),
        ("プロファイル", format!("{}（{}）", profile.name, profile.title.ja)),
        ("トンボ", marks.to_owned()),
        ("フォント", "すべて埋め込み".to_owned()),
        ("面付け", "なし（単ページ、1から順に）".to_owned()),
    ]
}

/// The highest sum of inks and the mean amount of each on the pages that the docket shows; none where they were not measured.
fn ink_amounts(run: &PressRun<'_>) -> Option<String> {
    let file = run.files.iter().find(|file| !file.inks.coverage.is_empty())?;
    let pages = file.inks.coverage.first().map_or(0, |ink| ink.percent.len());
    let amount = |ink: &InkCoverage| format!("{} {:.0}%", ink_name(&ink.ink), ink.mean());
    let amounts: Vec<String> = file.inks.coverage.iter().map(amount).collect();
    let most = file.inks.heaviest.iter().copied().fold(0.0, f64::max);
    let name = if run.files.len() > 1 { format!("{} の", file.name) } else { String::new() };
    let first = if pages < file.pages { format!("はじめの{pages}ページの") } else { String::new() };
    Some(format!("。{name}{first}最大 {most:.0} %、平均は {}", amounts.join("　")))
}

/// An ink in the words of the trade.
fn ink_name(ink: &str) -> &str {
    match ink {
        "Cyan" => "C",
        "Magenta" => "M",
        "Yellow" => "Y",
        "Black" => "K",
        spot => spot,
    }
}

/// 確認と納品.
fn delivery(project: &Project, order: &PrintOrder) -> Vec<(&'static str, String)> {
    vec![
        ("校正", order.proofs.clone()),
        ("発注", project.publisher.join("、")),
        ("納期", order.due.clone()),
        ("納品先", order.deliver_to.clone()),
    ]
}
