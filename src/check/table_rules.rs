//! The rules of 機械可読性ルール (Digital Agency of Japan, 2026-03-31) that are about tables: one line of [`RULES`] each. The
//! official text of a rule is at github.com/digital-go-jp/machine_readability_rule; the words here are our own.
//!
//! In: a file's tables as they are stored. Out: a verdict for each rule, and a finding for each way in which one is broken:
//! the rule, the places, what to do. A new rule is one line here and one function in a file below.

mod breach;
mod cells;
mod choices;
mod columns;
mod number_words;
mod numbers;
mod several;
mod shape;
mod sheets;
mod time_words;
mod times;
mod words;

use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::model::origin::{Origin, Place};
use crate::model::raw_table::{RawBook, RawSheet};
use crate::say;

use breach::{Breach, Question};
use shape::Shape;

/// To which files a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Applies {
    /// To all.
    Any,
    /// To workbooks.
    Workbook,
    /// To workbooks of which more than the values is read: not to XLS.
    Looks,
    /// To CSV.
    Text,
}

type Judge = fn(&Question<'_>) -> Vec<Breach>;

/// A rule.
pub struct TableRule {
    /// Its number: level and place.
    pub id: &'static str,
    /// Its name in Japanese.
    pub ja: &'static str,
    /// Its name in English.
    pub en: &'static str,
    applies: Applies,
    /// How it is judged; none where the table alone does not tell.
    judge: Option<Judge>,
    cure_ja: &'static str,
    cure_en: &'static str,
}

macro_rules! rules {
    ($($id:literal $applies:ident $judge:expr, $ja:literal $en:literal, $cure_ja:literal $cure_en:literal;)+) => {
        /// Every rule, in the order of its number.
        pub static RULES: &[TableRule] = &[$(TableRule {
            id: $id, ja: $ja, en: $en, applies: Applies::$applies, judge: $judge, cure_ja: $cure_ja, cure_en: $cure_en,
        },)+];
    };
}

rules! {
    "L1-01" Any Some(sheets::format), "機械が読めるファイル形式" "A format that programs read",
        "Excel（.xlsx）かCSVで保存し直してください。" "Save it as XLSX or CSV.";
    "L1-02" Any Some(sheets::one_table), "1シートに表は1つ" "One table on a sheet",
        "表ごとに、シート（CSVならファイル）を分けてください。" "Give each table its own sheet, or its own file of CSV.";
    "L1-03" Any Some(sheets::undivided), "表が分断されていない" "A table that is not divided",
        "表の中や前の、空の行・列を削除してください。" "Delete the empty rows and columns in and before the table.";
    "L1-04" Any Some(sheets::nothing_beside), "表の外に何も書かれていない" "Nothing beside the table",
        "表の外の題名・メモ・注を、別のシートか説明の文書に移してください。" "Move titles and notes to another sheet or document.";
    "L1-05" Any Some(columns::named), "すべての列に項目名がある" "A name for every column",
        "中身が分かる項目名を付けてください。" "Give the column a name that says what it holds.";
    "L1-06" Any Some(cells::no_padding), "体裁のための空白や改行がない" "No blanks or line breaks for looks",
        "空白と改行を削除してください。" "Delete the blanks and line breaks.";
    "L1-07" Any Some(cells::one_value), "1セルに1データ" "One value in a cell",
        "列か行を分けて、1つのセルに1つだけ書いてください。" "Part it into columns or rows.";
    "L1-08" Any Some(cells::no_odd_characters), "機種依存文字がない" "No characters of one system only",
        "「①」は「1」、「㈱」は「株式会社」のように書きかえてください（人名・地名の字はそのままでかまいません）。" "Write 1 for ①, 株式会社 for ㈱ (names may keep their characters).";
    "L1-09" Any Some(numbers::blank_or_zero), "空白とゼロの区別" "Blank is not zero",
        "値がない所に何が入るのかを決め、0なら「0」と書いてください。" "Decide what a blank means, and write 0 where it is zero.";
    "L1-10" Looks Some(sheets::no_objects), "図形・画像に情報が載っていない" "No pictures or shapes",
        "図形・テキストボックス・コメントの文をセルに書き、それらを削除してください。" "Write their words into cells, and delete them.";
    "L1-11" Looks Some(cells::no_meaning_in_looks), "書式だけで違いを示していない" "No meaning in looks alone",
        "色や太字の意味を、列を1つ加えて文字で書いてください。" "Add a column that says in words what the looks mean.";
    "L1-12" Workbook Some(sheets::no_merged_cells), "セルの結合がない" "No merged cells",
        "結合を解除し、それぞれのセルに同じ値を書いてください。" "Unmerge them and write the value into each.";
    "L1-13" Looks Some(sheets::nothing_hidden), "非表示の行・列がない" "Nothing hidden",
        "いらない行・列・シートは削除し、いるものは表示してください。" "Delete hidden rows, columns and sheets, or show them.";
    "L1-14" Text Some(cells::one_line), "1件が1行" "One record on one line",
        "セルの中の改行を削除してください。" "Delete the line breaks within cells.";
    "L1-15" Text Some(sheets::quoted_commas), "カンマを含む値が「\"」で囲まれている" "Commas within quotation marks",
        "カンマを含む値を「\"」で囲んでください（Excelで開いてCSV UTF-8で保存し直すと付きます）。" "Put values with commas into quotation marks.";
    "L2-01" Any Some(numbers::numbers_only), "数値の列に文字が混じっていない" "Nothing but numbers among numbers",
        "数字だけにし、単位は項目名に、注記は別の列に移してください。" "Leave digits only; put units into the name of the column, notes into another column.";
    "L2-02" Any Some(cells::nothing_omitted), "値の省略がない" "Nothing left out",
        "「同上」や空白にせず、どの行にも値を書いてください。" "Write the value into every row.";
    "L2-03" Any Some(columns::unique), "項目名が1行で、列ごとに違う" "One row of names, each of its own",
        "項目名を1行にまとめ、列ごとに違う名前にしてください。" "Put the names into one row, each different.";
    "L2-04" Any Some(choices::of_one_spelling), "選択肢の書き方が統一されている" "One spelling for a choice",
        "同じ意味の値を、1つの書き方にそろえてください。" "Write what means the same in one way.";
    "L2-05" Any Some(choices::others_apart), "「その他」の内容が別の列にある" "Words on \"other\" in their own column",
        "「その他」とだけ書き、内容は別の列に移してください。" "Write その他 only, and its words into another column.";
    "L2-06" Workbook Some(cells::no_formulas), "数式が値になっている" "Values in the place of formulas",
        "コピーして「値の貼り付け」をしてください。" "Copy the cells and paste their values.";
    "L3-01" Any Some(sheets::begins_with_names), "1行目が項目名、2行目からデータ" "Names in row 1, data from row 2",
        "項目名の行より上を削除してください。" "Delete what stands above the row of names.";
    "L3-02" Any None, "コードの意味の表が別に添えられている" "A list of what the codes mean", "" "";
    "L3-03" Any Some(numbers::symbols_defined), "特殊記号に定義がある" "Symbols that are defined",
        "記号の意味を、別のシートか説明の文書に書いてください。" "Say on another sheet what the symbol means.";
    "L3-04" Any Some(columns::units), "単位が書かれている" "Units are named",
        "項目名に「人口（人）」のように単位を書いてください。" "Write the unit into the name of the column, such as 人口（人）.";
    "L3-05" Any Some(times::of_one_form), "時間の書き方がそろっている" "One form of time",
        "「2026-04-01」のような西暦か、「令和8年（2026年）」のように西暦を併記した形にそろえてください。" "Write years of the common era, or both: 令和8年（2026年）.";
    "L3-06" Any Some(words::regions), "地域コードか正式な地域名がある" "Codes or full names of regions",
        "「東京」は「東京都」のように正式な名前で書くか、地域コードの列を加えてください。" "Write full names (東京都), or add a column of codes.";
    "L3-07" Any None, "年によって形が大きく違わない" "The same form every year", "" "";
    "L3-08" Any None, "定義・更新履歴・文字コードが書かれている" "Definitions, history and encoding are documented", "" "";
    "L3-09" Any Some(columns::long_form), "縦持ちになっている" "One observation in a row",
        "年や月を列の名前にせず、「年」「値」のような列にして縦に並べてください。" "Make the year a column of its own, and one row for each value.";
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is kept.
    Kept,
    /// It is broken.
    Broken,
    /// The table alone does not tell.
    NotJudged,
    /// It is about files of another kind.
    OtherKind,
}

/// The verdicts, in the order of the rules.
pub struct Verdicts(pub Vec<(&'static TableRule, Verdict)>);

/// Judges a file by every rule.
pub fn judge(path: &str, book: &RawBook) -> Outcome<Verdicts> {
    let shapes: Vec<Shape> = book.sheets.iter().map(Shape::of).collect();
    let mut diagnostics = Vec::new();
    let mut verdicts = Vec::new();
    for rule in RULES {
        let applies = match rule.applies {
            Applies::Any => true,
            Applies::Workbook => !book.format.is_text,
            Applies::Looks => book.format.tells_looks,
            Applies::Text => book.format.is_text,
        };
        let verdict = match (rule.judge, applies) {
            (None, _) => Verdict::NotJudged,
            // what hides in an XLS is not read
            (_, false) if rule.applies == Applies::Looks && !book.format.is_text => Verdict::NotJudged,
            (_, false) => Verdict::OtherKind,
            (Some(judge), true) => {
                let before = diagnostics.len();
                for (sheet, shape) in book.sheets.iter().zip(&shapes) {
                    let breaches = judge(&Question { book, sheet, shape });
                    diagnostics.extend(breaches.into_iter().map(|breach| finding(rule, sheet, breach)));
                }
                if diagnostics.len() > before { Verdict::Broken } else { Verdict::Kept }
            }
        };
        verdicts.push((rule, verdict));
    }
    if book.cut {
        diagnostics.push(
            Diagnostic::warning(
                Code::TableRule,
                say!(
                    "表が大きいので、はじめの部分だけを調べました。",
                    "The table is large; only its first part was judged."
                ),
            )
            .at(Origin::path(path)),
        );
    }
    Outcome { value: Verdicts(verdicts), diagnostics }
}

/// The verdicts and the finding for a file that holds no table at all.
pub fn no_table(path: &str) -> Outcome<Verdicts> {
    let verdict = |rule: &'static TableRule| match rule.id {
        "L1-01" => (rule, Verdict::Broken),
        _ => (rule, Verdict::NotJudged),
    };
    let broken = &RULES[0];
    let breach = Breach::whole(say!(
        "機械が読める表のファイルではありません。",
        "This is no file of tables that programs read."
    ));
    let finding = worded(broken, breach).at(Origin::path(path));
    Outcome { value: Verdicts(RULES.iter().map(verdict).collect()), diagnostics: vec![finding] }
}

/// Places that a finding names.
const MOST_PLACES: usize = 5;

fn finding(rule: &TableRule, sheet: &RawSheet, breach: Breach) -> Diagnostic {
    let place = breach.first.map(|spot| Place::Cell {
        row: spot.row,
        column: spot.column,
        line: spot.row,
        header: String::new(),
    });
    let source = std::sync::Arc::clone(&sheet.source);
    let origin = place.map_or_else(
        || Origin::file(&source),
        |place| Origin { source: std::sync::Arc::clone(&source), place, span: None },
    );
    worded(rule, breach).at(origin)
}

fn worded(rule: &TableRule, breach: Breach) -> Diagnostic {
    let Breach { what: Say { ja, en }, places, .. } = breach;
    let id = rule.id;
    let named = places.iter().take(MOST_PLACES).cloned().collect::<Vec<_>>();
    let rest = places.len().saturating_sub(MOST_PLACES);
    let (list_ja, list_en) = match (named.len(), rest) {
        (0 | 1, _) => (String::new(), String::new()),
        (_, 0) => (format!("（{}）", named.join("、")), format!(" ({})", named.join(", "))),
        _ => (
            format!("（{} ほか{rest}か所）", named.join("、")),
            format!(" ({} and {rest} more)", named.join(", ")),
        ),
    };
    Diagnostic::error(Code::TableRule, say!("{id} {ja}{list_ja}", "{id} {en}{list_en}"))
        .hint(Say::new(rule.cure_ja, rule.cure_en))
}
