//! Which column of a list plays which role, by its header, else by what stands in it.
//!
//! In: a directory read without a schema. Out: [`ColumnRoles`]; each says whether it is sure.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::directory::Directory;
use crate::model::phone::Phone;
use crate::model::role::{Role, is_of_people};
use crate::model::width;
use crate::project::schema;

/// Rows that are looked at.
const ROWS: usize = 1_000;

/// What units are called in the headers of lists.
const UNITS: &[&str] = &[
    "区",
    "行政区",
    "分区",
    "町内会",
    "町会",
    "自治会",
    "自治区",
    "町",
    "町丁",
    "大字",
    "集落",
    "地区",
    "地域",
    "学区",
    "校区",
    "学校",
    "小学校",
    "中学校",
    "支部",
    "支所",
    "病棟",
    "棟",
    "圏域",
    "ブロック",
    "エリア",
    "方面",
    "班",
    "組",
    "市町村",
    "市区町村",
];

/// Words in headers, by role; those that a built-in schema does not have.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Name,
        &["名称", "施設名", "機関名", "団体名", "事業所名", "会館名", "センター名", "窓口", "相談先"],
    ),
    (Role::Address, &["住所", "所在地", "address"]),
    (Role::Phone, &["電話", "tel", "連絡先", "phone"]),
    (Role::Postal, &["郵便番号", "〒", "postal", "zip"]),
];

/// Words in headers of columns that go on with another one.
const BEHIND: &[(Role, Role, &[&str])] = &[
    (Role::Building, Role::Address, &["方書", "建物名", "建物等"]),
    (Role::Extension, Role::Phone, &["内線"]),
];

/// Words in headers of columns that say how a name is read, or something beside it.
const BESIDE: &[&str] = &[
    "かな",
    "がな",
    "ガナ",
    "カナ",
    "よみ",
    "読み",
    "ヨミ",
    "ローマ字",
    "英語",
    "mail",
    "メール",
    "url",
    "http",
    "ホームページ",
    "担当",
    "備考",
    "説明",
    "摘要",
    "更新",
    "note",
    "remark",
    "description",
    "comment",
];
/// Words in headers of telephone numbers that are somebody's own, or not always answered.
const PERSONAL: &[&str] = &["自宅", "携帯", "個人", "緊急", "夜間", "休日", "時間外"];

/// Words in headers of columns that tell of who runs an office, not of the office.
const OWNERS: &[&str] = &[
    "法人",
    "事業者",
    "設置者",
    "設置主体",
    "運営",
    "経営",
    "開設者",
    "申請者",
    "管理者",
    "本社",
    "本部",
    "所有者",
    "送付先",
];
/// Words in headers of columns of numbers that are none to call and none of letters.
const NUMBERS: &[&str] =
    &["tel", "phone", "電話", "fax", "ファ", "id", "コード", "code", "連番", "番号", "no"];

/// A column that was taken for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnRole {
    /// The column of the directory.
    pub column: usize,
    /// Whether its header says so.
    pub is_sure: bool,
}

/// The columns of a list by role.
#[derive(Debug, Default)]
pub(super) struct ColumnRoles(BTreeMap<Role, ColumnRole>);

impl ColumnRoles {
    /// The column of a role.
    pub(super) fn get(&self, role: Role) -> Option<ColumnRole> {
        self.0.get(&role).copied()
    }

    /// Every role that was found.
    pub(super) fn all(&self) -> impl Iterator<Item = (Role, ColumnRole)> {
        self.0.iter().map(|(role, column)| (*role, *column))
    }

    /// Whether the offices of `directory` are people, by the header of their names.
    pub(super) fn names_people(&self, directory: &Directory) -> bool {
        self.get(Role::Name).is_some_and(|found| Columns(directory).is_of_people(found.column))
    }

    fn is_taken(&self, column: usize) -> bool {
        self.0.values().any(|taken| taken.column == column)
    }

    fn take(&mut self, role: Role, column: Option<usize>, is_sure: bool) {
        if let Some(column) = column.filter(|column| !self.is_taken(*column)) {
            self.0.entry(role).or_insert(ColumnRole { column, is_sure });
        }
    }

    /// Finds the roles of the columns of `directory`.
    pub(super) fn find(directory: &Directory) -> Self {
        let columns = Columns(directory);
        let mut roles = Self::default();
        for role in [Role::Joins, Role::Name, Role::Address, Role::Phone, Role::Postal] {
            let column = columns.by_schema(role);
            roles.take(role, column.filter(|column| role != Role::Joins || columns.parts(*column)), true);
        }
        roles.take(Role::Joins, columns.of_units(&roles), true);
        // as lists with English headers call it (schema.org)
        roles.take(Role::Name, columns.called(&roles, "name"), true);
        for (role, words) in WORDS {
            roles.take(*role, columns.by_words(&roles, *role, words), true);
            // better than none, and asked for
            if *role == Role::Phone {
                roles.take(*role, columns.by_personal_number(&roles, words), false);
            }
            roles.take(*role, columns.of_owners(&roles, *role, words), false);
        }
        roles.take(Role::Joins, columns.by_endings(&roles), false);
        for role in [Role::Phone, Role::Address, Role::Postal] {
            roles.take(role, columns.by_values(&roles, role), false);
        }
        roles.take(Role::Name, columns.of_names(&roles), false);
        // what goes on with an address or a number has a column of its own only where that is there
        for (role, before, words) in BEHIND {
            if roles.get(*before).is_some() {
                roles.take(*role, columns.by_words(&roles, *role, words), true);
            }
        }
        roles
    }
}

/// The columns of a directory as they are looked at.
struct Columns<'a>(&'a Directory);

impl<'a> Columns<'a> {
    fn header(&self, column: usize) -> String {
        width::fold(&self.0.columns[column].header).to_lowercase().replace(char::is_whitespace, "")
    }

    /// The filled cells of a column.
    fn values(&self, column: usize) -> Vec<&'a str> {
        let records = self.0.records.iter().take(ROWS);
        let cells = records.map(|record| record.written(column).trim());
        cells.filter(|cell| !cell.is_empty()).collect()
    }

    fn free(&self, roles: &'a ColumnRoles) -> impl Iterator<Item = usize> {
        (0..self.0.columns.len()).filter(|column| !roles.is_taken(*column))
    }

    /// The column under a header of the built-in schema of offices.
    fn by_schema(&self, role: Role) -> Option<usize> {
        let facility = schema::built_in().iter().find(|schema| schema.name == "facility")?;
        let field = facility.roles.get(role)?;
        let named = |column: &crate::model::directory::Column| {
            facility.field_of(&column.header).is_some_and(|known| known.name == field.name)
        };
        self.0.columns.iter().position(named)
    }

    /// The column whose header is the word for a unit: 町内会, 学校名, 行政区別.
    fn of_units(&self, roles: &ColumnRoles) -> Option<usize> {
        let fits = |column: &usize| {
            is_unit(&unit_word(&self.header(*column)))
                && self.values(*column).len() > 1
                && self.parts(*column)
        };
        self.free(roles).find(fits)
    }

    /// Whether a column may part the rows: a city's list that names the city in every row has no units.
    fn parts(&self, column: usize) -> bool {
        let values = self.values(column);
        let is_city = ["市区町村", "市町村"].contains(&unit_word(&self.header(column)).as_str());
        !is_city || values.iter().any(|value| *value != values[0])
    }

    fn by_words(&self, roles: &ColumnRoles, role: Role, words: &[&str]) -> Option<usize> {
        let is_of_owner = |column: &usize| OWNERS.iter().any(|word| self.header(*column).contains(word));
        self.all_by_words(roles, role, words).into_iter().find(|column| !is_of_owner(column))
    }

    /// The first column of a role that tells of who runs the offices.
    fn of_owners(&self, roles: &ColumnRoles, role: Role, words: &[&str]) -> Option<usize> {
        self.all_by_words(roles, role, words).into_iter().next()
    }

    fn all_by_words(&self, roles: &ColumnRoles, role: Role, words: &[&str]) -> Vec<usize> {
        let fits = |column: &usize| {
            let header = self.header(*column);
            let has_word = words.iter().any(|word| header.contains(word));
            let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
            // TEL/FAX holds telephone numbers, FAX none
            let is_fax = has(&["fax", "ファ"]) && !(role == Role::Phone && has(&["tel", "電話"]));
            let is_personal = role == Role::Phone && has(PERSONAL);
            let is_other = is_fax || is_personal || has(BESIDE);
            // 所在地 is the head of columns of codes, degrees and floors too
            let holds = match role {
                Role::Phone => self.share(*column, is_phone_or_part) >= HALF,
                Role::Address => self.share(*column, is_place) >= HALF,
                // a name that hardly any row has names no office, nor does one that all rows have
                Role::Name => self.share(*column, |_| true) >= HALF && self.is_various(*column),
                _ => true,
            };
            has_word && !is_other && holds
        };
        self.free(roles).filter(fits).collect()
    }

    /// The first column of telephone numbers that are somebody's own: those at home before those in a pocket.
    fn by_personal_number(&self, roles: &ColumnRoles, words: &[&str]) -> Option<usize> {
        let has = |column: usize, words: &[&str]| {
            let header = self.header(column);
            words.iter().any(|word| header.contains(word))
        };
        let fits = |column: &usize| {
            let is_number = has(*column, words) || has(*column, &["携帯"]);
            is_number && has(*column, PERSONAL) && self.share(*column, is_phone) >= HALF
        };
        self.free(roles).filter(fits).min_by_key(|column| has(*column, &["携帯"]))
    }

    /// The column under just this header.
    fn called(&self, roles: &ColumnRoles, header: &str) -> Option<usize> {
        self.free(roles).find(|column| self.header(*column) == header)
    }

    /// The column whose cells end as names of units do, several in one unit or the header saying so.
    fn by_endings(&self, roles: &ColumnRoles) -> Option<usize> {
        self.free(roles).filter(|column| !self.has(*column, BESIDE)).find(|column| {
            let values = self.values(*column);
            let Some(ending) = common_ending(&values) else { return false };
            let different: BTreeSet<&str> = values.iter().copied().collect();
            let short = values.iter().all(|cell| cell.chars().count() <= 16 && !has_digit(cell));
            short && (different.len() < values.len() || self.header(*column).contains(ending))
        })
    }

    /// Whether the cells are not all the same; two prove nothing.
    fn is_various(&self, column: usize) -> bool {
        let values = self.values(column);
        values.len() < 3 || values.iter().any(|value| *value != values[0])
    }

    fn has(&self, column: usize, words: &[&str]) -> bool {
        let header = self.header(column);
        words.iter().any(|word| header.contains(word))
    }

    fn is_of_people(&self, column: usize) -> bool {
        is_of_people(&self.header(column))
    }

    fn by_values(&self, roles: &ColumnRoles, role: Role) -> Option<usize> {
        let fits = |cell: &str| match role {
            // 無 says that there is no number only where numbers are
            Role::Phone => is_phone(cell) && !Phone::is_unlisted(cell),
            Role::Address => cell.contains(['区', '市', '町', '村', '丁']) && has_digit(cell),
            _ => is_postal(cell),
        };
        self.free(roles).find(|column| {
            let header = self.header(*column);
            let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
            let is_other = match role {
                Role::Phone => has(&["fax", "ファ", "id", "コード", "code"]),
                Role::Address => has(BESIDE) || has(OWNERS),
                _ => has(NUMBERS),
            };
            !is_other && self.share(*column, fits) >= MOST
        })
    }

    /// The first column of words that tell the rows apart; of people last.
    fn of_names(&self, roles: &ColumnRoles) -> Option<usize> {
        let telling = self.free(roles).filter(|column| self.tells_rows_apart(*column));
        telling.min_by_key(|column| self.is_of_people(*column))
    }

    fn tells_rows_apart(&self, column: usize) -> bool {
        let header = self.header(column);
        if BESIDE.iter().any(|word| header.contains(word)) {
            return false;
        }
        let values = self.values(column);
        let different: BTreeSet<&str> = values.iter().copied().collect();
        // T-101 is a number that somebody gave it
        let is_word = |cell: &str| {
            let length = cell.chars().count();
            let has_word = cell.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
                || cell.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 3);
            let is_of_net = cell.contains('@') || cell.contains("://");
            (2..=40).contains(&length) && has_word && !is_phone(cell) && !is_of_net
        };
        different.len() * 10 >= values.len() * 8 && self.share(column, is_word) >= MOST
    }

    /// How many of a hundred filled cells fit; none where hardly any is filled.
    fn share(&self, column: usize, fits: impl Fn(&str) -> bool) -> usize {
        let rows = self.0.records.len().clamp(1, ROWS);
        let values = self.values(column);
        let filled = values.len();
        if filled * 100 < rows * HALF {
            return 0;
        }
        values.into_iter().filter(|cell| fits(cell)).count() * 100 / filled
    }
}

const HALF: usize = 40;
const MOST: usize = 70;

fn is_phone(cell: &str) -> bool {
    // telephone and fax in one cell
    let first = cell.split(['/', '／', '、', '\n']).next().unwrap_or(cell);
    Phone::parse(cell).is_ok() || Phone::parse(first).is_ok() || Phone::is_unlisted(cell)
}

/// A telephone number or one without its area code: under a header that says so it is to be mended, not passed over.
fn is_phone_or_part(cell: &str) -> bool {
    let folded = width::fold(cell);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let is_plain = folded.chars().all(|c| c.is_ascii_digit() || "-() ".contains(c));
    is_phone(cell) || ((6..=8).contains(&digits) && is_plain && folded.contains('-'))
}

/// A place in words, with or without its number; no code and no degree.
fn is_place(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    letters > 1 && !is_phone(cell) && !cell.starts_with("http")
}

fn has_digit(cell: &str) -> bool {
    width::fold(cell).contains(|c: char| c.is_ascii_digit())
}

fn is_postal(cell: &str) -> bool {
    let digits: String = width::narrow(cell).trim_start_matches('〒').replace('-', "");
    digits.len() == 7 && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a word is known as one for units.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// The word for the unit in a header: 町内会名 and 町内会別 are 町内会.
pub(super) fn unit_word(header: &str) -> String {
    let word = header.strip_suffix("名称").or_else(|| header.strip_suffix(['名', '別'])).unwrap_or(header);
    if word == "行政区" { "区".to_owned() } else { word.to_owned() }
}

/// The ending that most of the names have, the longest that is the word for a unit.
pub(super) fn common_ending(names: &[&str]) -> Option<&'static str> {
    let endings = [
        "町内会",
        "自治会",
        "町会",
        "地区",
        "学区",
        "校区",
        "小学校",
        "中学校",
        "学校",
        "支部",
        "支所",
        "病棟",
        "区",
    ];
    let ends = |ending: &&&str| {
        let count = names.iter().filter(|name| name.ends_with(**ending) && **name != **ending).count();
        count > 1 && count * 10 >= names.len() * 8
    };
    endings.iter().find(ends).copied()
}
