//! Where lines of running text end, on pages of invented text that nobody looked at: names, numbers and dates are whole, no line is
//! stretched by more than 3 %, none begins or ends with what must not, no last line has a letter or two, and no reading
//! runs into another one.
//!
//! The text is put together of words at random, the same at each run. What is measured is measured here, not by the rules of
//! `sasshi proofread`.

use std::fmt::Write as _;
use std::sync::Arc;

use sasshi::merge::{self, Selection};
use sasshi::model::composition::{Composition, TextLine, TextParagraph};
use sasshi::project::files::Files;
use sasshi::typeset::fonts::Fonts;
use sasshi::typeset::{Typesetter, lay_out};
use sasshi::{check, read};

use super::fuzz::Random;
use super::harness::Sandbox;

const PUBLICATIONS: &str = r#"
[[publication]]
name = "booklet"
layout = "booklet"
text = ["sources/text/*.md"]
directories = ["centers"]

[[publication]]
name = "handout"
layout = "handout"
text = ["sources/text/*.md"]
directories = ["centers"]
"#;

const OPENINGS: [&str; 6] = ["また、", "そして、", "たとえば、", "このように、", "その結果、", ""];
const SUBJECTS: [&str; 10] = [
    "市民活動団体が",
    "自治会町内会と行政の職員は、",
    "地域のボランティアが",
    "{協働|きょうどう}を担う人たちが",
    "{協|きょう}{働|どう}の{志|こころざし}{承|うけたまわ}る人は、",
    "{相乗効果|そう|じょう|こう|か}を知る{公募|こうぼ}の人が",
    "NPO法人と企業が、",
    "学校は",
    "商店街の人たちや親子が、",
    "高齢者が",
];
const MANNERS: [&str; 6] =
    ["ていねいに", "みんなで、", "話し合いながら", "互いの立場を尊重して", "まず、", ""];
const OBJECTS: [&str; 8] = [
    "話し合いの場を",
    "「防災訓練」の計画を",
    "**コミュニティカフェ**を",
    "アンケートの結果について",
    "役割分担を",
    "スケジュールに向けたワークショップを",
    "課題を",
    "空き家の活用を",
];
const ENDS: [&str; 6] = [
    "考えます。",
    "開きました。",
    "始めることになりました。",
    "支えています（電話 045-510-0003）。",
    "まとめました（https://www.example.jp/kyodo/katsudo/index.html）。",
    "聴きました。",
];
/// What no line may part.
const NAMES: [&str; 5] = ["鶴見区", "西区", "港北区", "つるみ見本センター", "こうほく見本センター"];
const NUMBERS: [&str; 9] = [
    "12月25日",
    "2024年3月31日",
    "平成25年4月",
    "令和6年度",
    "1,200世帯",
    "352か所",
    "83ページ",
    "午後3時30分",
    "2万5千人",
];

fn one<'w>(random: &mut Random, words: &[&'w str]) -> &'w str {
    words[random.next(words.len())]
}

fn sentence(random: &mut Random) -> String {
    let mut words = one(random, &OPENINGS).to_owned();
    match random.next(3) {
        0 => words.extend([one(random, &NAMES), "では、"]),
        1 => words.extend([one(random, &NUMBERS), "に、"]),
        _ => {}
    }
    words.extend([one(random, &SUBJECTS), one(random, &MANNERS)]);
    if random.next(3) == 0 {
        words.extend([one(random, &NUMBERS), "の"]);
    }
    words.extend([one(random, &OBJECTS), one(random, &ENDS)]);
    words
}

/// A chapter of paragraphs, lists and quotations.
fn chapter(random: &mut Random, number: usize) -> String {
    let mut text = format!("+++\ntitle = \"第{number}の話\"\n+++\n\n");
    for _ in 0..24 {
        let start = ["", "", "", "- ", "1. ", "> "][random.next(6)];
        let words: String = (0..=random.next(4)).map(|_| sentence(random)).collect();
        let _ = writeln!(text, "{start}{words}\n");
    }
    text
}

/// The pages of both publications, in a project of invented text.
fn pages() -> Vec<Composition> {
    let sandbox = Sandbox::copy("projects/small");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
    sandbox.write("sasshi.toml", format!("{manifest}{PUBLICATIONS}"));
    let mut random = Random(0x0005_EED5);
    for number in 1..=4 {
        sandbox.write(&format!("sources/text/{number:02}.md"), chapter(&mut random, number));
    }
    let files = Arc::new(Files::in_folder(sandbox.root()));
    let project = sasshi::pipeline::open(files).expect("a manifest").value.expect("a project");
    let checked = check::all(&project, read::manuscript(&project).value).value;
    let publications = merge::publications(&project, &checked, &Selection::default()).value;
    let typesetter = Typesetter::new(&project, Fonts::built_in());
    let texts =
        publications.iter().filter(|one| matches!(one.plan.name.value.as_str(), "booklet" | "handout"));
    texts
        .map(|publication| {
            let laid_out = lay_out(&project, publication, &publication.jobs[0]);
            typesetter.compose(&laid_out.input)
        })
        .collect()
}

/// The usual air between two kana or ideographs of a line, in per cent of an em.
fn stretch(line: &TextLine) -> Option<f64> {
    let is_square = |text: &str| text.chars().all(|c| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿'));
    let pairs = line.characters.windows(2).filter(|pair| pair.iter().all(|one| is_square(&one.text)));
    let mut airs: Vec<f64> = pairs
        .filter(|pair| pair[0].style == pair[1].style)
        .filter(|pair| pair.iter().all(|one| line.reading_above(one).is_none()))
        .map(|pair| ((pair[1].x - pair[0].x).to_pt() / pair[0].style.size.to_pt() - 1.0) * 100.0)
        .collect();
    airs.sort_by(f64::total_cmp);
    airs.get(airs.len() / 2).copied().filter(|_| airs.len() > 1)
}

/// The readings of a line that run into one another.
fn collisions(line: &TextLine) -> Vec<String> {
    let mut readings: Vec<(f64, f64, String)> = Vec::new();
    for reading in &line.readings {
        let (Some(first), Some(last)) = (reading.first(), reading.last()) else { continue };
        let words = reading.iter().map(|one| one.text.as_str()).collect();
        readings.push((first.x.to_pt(), (last.x + last.advance).to_pt(), words));
    }
    readings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pairs = readings.windows(2).filter(|pair| pair[1].0 < pair[0].1 - 0.05);
    pairs.map(|pair| format!("{} runs into {}", pair[0].2, pair[1].2)).collect()
}

/// What is wrong with a paragraph.
fn faults(paragraph: &TextParagraph) -> Vec<String> {
    let mut faults = Vec::new();
    let words = paragraph.words();
    let lines: Vec<String> = paragraph.lines.iter().map(TextLine::words).collect();
    let mut breaks = Vec::new();
    for line in &lines[..lines.len() - 1] {
        breaks.push(breaks.last().unwrap_or(&0) + line.len());
    }
    for whole in NAMES.iter().chain(&NUMBERS) {
        for (start, _) in words.match_indices(whole) {
            let parted = breaks.iter().find(|at| start < **at && **at < start + whole.len());
            faults.extend(parted.map(|_| format!("{whole} is parted")));
        }
    }
    for (line, words) in paragraph.lines.iter().zip(&lines).rev().skip(1) {
        let stretch = stretch(line).filter(|stretch| stretch.abs() > 3.05);
        faults.extend(stretch.map(|stretch| format!("{words} is stretched by {stretch:.1} %")));
        faults.extend(words.ends_with(['（', '「']).then(|| format!("{words} ends with a bracket")));
    }
    faults.extend(paragraph.lines.iter().flat_map(collisions));
    for words in lines.iter().skip(1) {
        let wrong =
            words.starts_with(['。', '、', '）', '」', 'ー', 'っ', 'ゃ', 'ュ', 'ョ', 'ッ', 'ァ', 'ィ', 'ェ']);
        faults.extend(wrong.then(|| format!("{words} begins with what no line begins with")));
    }
    if let [_, .., last] = lines.as_slice()
        && last.trim_matches('。').chars().count() < 3
    {
        faults.push(format!("{last} is a last line"));
    }
    faults
}

#[test]
fn lines_of_invented_pages_end_where_they_may() {
    let files = pages();
    let pages: usize = files.iter().map(|file| file.pages.len()).sum();
    let paragraphs: Vec<&TextParagraph> = files.iter().flat_map(Composition::body).collect();
    let lines: usize = paragraphs.iter().map(|paragraph| paragraph.lines.len()).sum();
    assert!(pages >= 12 && lines >= 400, "{pages} pages with {lines} lines");
    let faults: Vec<String> = paragraphs.into_iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
