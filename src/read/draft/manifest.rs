//! The texts of a draft: the manifest and, where the built-in schema does not know the headers, a schema.
//!
//! In: the roles of the columns and the units. Out: TOML that builds as it is. Words of the file stand in it as quoted texts
//! or in comments, never as anything else.

use std::fmt::Write as _;

use super::DraftRequest;
use super::roles::{ColumnRole, ColumnRoles};
use super::units::Units;
use crate::model::directory::Directory;
use crate::model::role::Role;
use crate::model::unit::Unit;
use crate::project::schema;
use crate::read::survey::Survey;

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Words of the file in a comment: one line.
fn remark(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The columns of offices, by role, with the type of each.
const OFFICE: &[(Role, &str)] = &[
    (Role::Joins, "ward"),
    (Role::Name, ""),
    (Role::Address, "address"),
    (Role::Phone, "phone"),
    (Role::Postal, "postal"),
];

/// A schema of the list's own; none if the built-in one of offices finds every column that plays a role.
pub(super) fn schema(directory: &Directory, roles: &ColumnRoles) -> Option<String> {
    let facility = schema::built_in().iter().find(|schema| schema.name == "facility")?;
    let header = |found: ColumnRole| directory.columns[found.column].header.as_str();
    let is_known = |(role, found): (Role, ColumnRole)| {
        let field = facility.field_of(header(found));
        // the manifest names the column of units itself
        role == Role::Joins || field.is_some_and(|field| facility.roles.get(role) == Some(&field))
    };
    if roles.all().all(is_known) {
        return None;
    }
    let mut text = String::from(
        "# もとの名簿の見出しと、その役割です。見出しを変えたら headers も直します。ここにない列は印刷に使いません。\n\
         title = \"窓口\"\nkind = \"facility\"\nkey = \"name\"\n",
    );
    for (role, kind) in OFFICE {
        let Some(found) = roles.get(*role) else {
            if *role == Role::Name {
                // a key must be there; its cells are not
                text.push_str("\n[[column]]\nname = \"name\"\nheaders = [\"名称\"]\n");
            }
            continue;
        };
        let _ = write!(text, "\n[[column]]\nname = {}\n", quoted(role.name()));
        if !kind.is_empty() {
            let _ = writeln!(text, "type = \"{kind}\"");
        }
        let _ = writeln!(text, "headers = [{}]", quoted(header(found)));
    }
    Some(text)
}

/// Writes the manifest.
pub(super) struct Writer<'a> {
    pub survey: &'a Survey,
    pub request: &'a DraftRequest,
    pub roles: &'a ColumnRoles,
    pub units: &'a Units,
    /// What is not sure.
    pub questions: Vec<String>,
}

impl Writer<'_> {
    fn header(&self, role: Role) -> Option<&str> {
        let found = self.roles.get(role)?;
        Some(self.survey.directory.columns[found.column].header.as_str())
    }

    /// The manifest; the list has a schema of its own if `own_schema`, and stands on `sheet` of a workbook.
    pub(super) fn manifest(&mut self, own_schema: bool, sheet: Option<&str>) -> String {
        let above = Above::of(&self.survey.directory);
        let has_units = self.roles.get(Role::Joins).is_some() && !self.units.names.is_empty();
        let mut text = String::from(
            "# sasshi の設定ファイルです。「#」から右は説明で、動きには関係しません。「？」の行を見直してください。\n",
        );
        self.project(&above, &mut text);
        if has_units {
            self.master_list(&mut text);
        }
        self.list(own_schema, sheet, &mut text);
        self.publications(&above, &mut text);
        text
    }

    fn ask(&mut self, question: String, text: &mut String) {
        let _ = writeln!(text, "# ？ {question}");
        self.questions.push(question);
    }

    fn project(&mut self, above: &Above, text: &mut String) {
        let title = above.title.as_deref().unwrap_or("連絡先");
        let (city, date) = (&self.units.city, self.request.date);
        let _ = writeln!(text, "\n[project]\ntitle = {}", quoted(title));
        let _ = writeln!(text, "municipality = {}", quoted(city));
        if city.is_empty() {
            self.ask(
                "municipality に市町村の名前を書くと、住所の前に付きます（横浜市 など）。".to_owned(),
                text,
            );
        }
        let _ = writeln!(text, "date = {date}            # この版の日付。刷られるのはこの日付だけです");
        if let Some(as_of) = &above.as_of {
            let _ = writeln!(text, "as-of = {}            # 名簿がいつのものか", quoted(as_of));
        }
    }

    fn master_list(&mut self, text: &mut String) {
        let (word, count) = (&self.units.word, self.units.names.len());
        let word = remark(word);
        let order = if self.units.are_known() {
            "並びは市の順です。".to_owned()
        } else {
            "並べたい順に行を入れかえられます。「よみ」「ローマ字」の列を足すと、それも出ます。".to_owned()
        };
        let _ = write!(
            text,
            "\n# {word}の一覧。名簿に出てきた{count}件です。{order}\n[directory.units]\n\
             source = \"sources/units.csv\"\nschema = \"ward\"\nunit = {}\n",
            quoted(&self.units.word)
        );
    }

    fn list(&mut self, own_schema: bool, sheet: Option<&str>, text: &mut String) {
        let directory = &self.survey.directory;
        let count = directory.records.len();
        let _ = writeln!(text, "\n# もとの名簿（{count}件）。\n[directory.list]");
        let _ = writeln!(text, "source = {}", quoted(&self.request.source));
        let _ = writeln!(text, "schema = \"{}\"", if own_schema { "list" } else { "facility" });
        if let Some(sheet) = sheet {
            let _ = writeln!(text, "sheet = {}", quoted(sheet));
        }
        if let Some(row) = directory.tables.first().map(|table| table.head.number).filter(|row| *row > 1) {
            let _ = writeln!(text, "header-row = {row}");
        }
        // what stands below the records: notes, totals
        if let Some(count) = directory.tables.first().map(|table| table.below).filter(|count| *count > 0) {
            let _ = writeln!(text, "skip-below = {count}");
        }
        match self.header(Role::Joins) {
            Some(header) if !self.joins_by_itself(own_schema, header) => {
                let _ = writeln!(text, "key = {}", quoted(header));
            }
            Some(_) => {}
            None => {
                text.push_str("for = \"all\"\n");
                self.ask(
                    "区や町内会ごとに紙を作るなら、その名前の列を名簿に足してから、もう一度 sasshi new してください。"
                        .to_owned(),
                    text,
                );
            }
        }
        if own_schema && self.roles.get(Role::Joins).is_some() {
            text.push_str("every-ward = true\n");
        }
        let optional = self.optional();
        if !optional.is_empty() {
            let list: Vec<String> = optional.iter().map(|name| quoted(name)).collect();
            let _ = writeln!(text, "optional = [{}]            # 空でもよい列", list.join(", "));
        }
        text.push_str("title = \"窓口\"\nicon = \"people\"\n");
        self.ask(
            "title は、紙の帯に出る、この名簿の窓口の呼び名です（活動センター など）。".to_owned(),
            text,
        );
        self.doubts(text);
    }

    /// Whether the schema finds the column of units by its header.
    fn joins_by_itself(&self, own_schema: bool, header: &str) -> bool {
        let unit = Unit::new(&self.units.word);
        own_schema || ["区", "区名"].iter().any(|known| unit.header(known) == header)
    }

    /// Columns of offices that are not there or have empty cells.
    fn optional(&self) -> Vec<String> {
        let directory = &self.survey.directory;
        let mut optional = Vec::new();
        for role in [Role::Name, Role::Address, Role::Phone] {
            let Some(found) = self.roles.get(role) else {
                optional.push(role.name().to_owned());
                continue;
            };
            let is_empty =
                directory.records.iter().any(|record| record.written(found.column).trim().is_empty());
            if is_empty {
                optional.push(role.name().to_owned());
            }
        }
        optional
    }

    /// What was told by the cells and not by the header.
    fn doubts(&mut self, text: &mut String) {
        let words = |role: Role| match role {
            Role::Joins => "用紙を分ける名前",
            Role::Name => "窓口の名前",
            Role::Address => "住所",
            Role::Phone => "電話番号",
            _ => "郵便番号",
        };
        for (role, _) in OFFICE {
            match self.roles.get(*role) {
                Some(found) if !found.is_sure => {
                    let header = remark(&self.survey.directory.columns[found.column].header);
                    let what = words(*role);
                    self.ask(
                        format!("{what}は「{header}」の列とみました。ちがうときは見出しを直してください。"),
                        text,
                    );
                }
                None if matches!(role, Role::Name | Role::Phone | Role::Address) => {
                    let what = words(*role);
                    self.ask(format!("{what}の列が見つかりませんでした。"), text);
                }
                _ => {}
            }
        }
    }

    /// The headers of columns that play no role, as publications leave them out.
    fn left_out(&self) -> String {
        let directory = &self.survey.directory;
        let taken: Vec<usize> = self.roles.all().map(|(_, found)| found.column).collect();
        let rest = (0..directory.columns.len()).filter(|column| !taken.contains(column));
        let rest: Vec<String> = rest.map(|column| quoted(&directory.columns[column].header)).collect();
        match rest.is_empty() {
            true => String::new(),
            false => format!("leaves-out = [{}]            # 紙に出さない列\n", rest.join(", ")),
        }
    }

    fn publications(&self, above: &Above, text: &mut String) {
        let has_units = self.roles.get(Role::Joins).is_some() && !self.units.names.is_empty();
        let left_out = self.left_out();
        if has_units {
            let word = remark(&self.units.word);
            let _ = write!(
                text,
                "\n# {word}ごとに1枚のシート。output/contact-sheet/ にできます。\n[[publication]]\n\
                 name = \"contact-sheet\"\nlayout = \"contact-sheet\"\nper = \"units\"\ndirectories = [\"list\"]\n\
                 editions = [\"screen\", \"office\"]\n"
            );
            if !self.units.are_known() {
                text.push_str("file-name = \"{number}-{name}\"\n");
            }
            text.push_str(&left_out);
        }
        text.push_str(
            "\n# 全部をまとめた一覧。\n[[publication]]\nname = \"directory-list\"\nlayout = \"directory-list\"\n\
             directories = [\"list\"]\neditions = [\"screen\", \"office\"]\n",
        );
        text.push_str(&left_out);
        // an office without an address has no label
        if self.roles.get(Role::Address).is_some()
            && !self.optional().contains(&Role::Address.name().to_owned())
        {
            text.push_str(
                "\n# 宛名ラベル。\n[[publication]]\nname = \"labels\"\nlayout = \"labels\"\ndirectories = [\"list\"]\n\
                 editions = [\"office\"]\n",
            );
            text.push_str(&left_out);
        }
        // longer ones have no room there
        let title = above.title.as_deref().unwrap_or("連絡先");
        let length = title.chars().count();
        if has_units {
            let heading = if length <= 24 { title } else { "連絡先" };
            let _ = writeln!(text, "\n[layout.contact-sheet]\nheading = {}", quoted(heading));
        }
        if length <= 26 {
            let _ = writeln!(text, "\n[layout.directory-list]\nsubheading = {}", quoted(title));
        }
    }
}

/// What stands above the header.
struct Above {
    /// The title: the first words.
    title: Option<String>,
    /// As of when the list is: the words before 現在.
    as_of: Option<String>,
}

impl Above {
    fn of(directory: &Directory) -> Self {
        let Some(table) = directory.tables.first() else { return Self { title: None, as_of: None } };
        let text = &table.source.text;
        let mut above = Self { title: None, as_of: None };
        for row in &table.above {
            let mut cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| cell.of(text, &table.unquoted).split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|cell| !cell.is_empty())
                .collect();
            // merged cells repeat their words
            cells.dedup();
            // a row of several words is an upper header
            if cells.len() > 2 {
                continue;
            }
            for cell in cells {
                let plain = cell.trim_matches(['（', '）', '(', ')', '【', '】', ' ']).to_owned();
                if let Some((before, _)) = plain.split_once("現在") {
                    above.as_of.get_or_insert_with(|| before.trim().to_owned());
                } else if above.title.is_none() && plain.chars().count() > 2 {
                    above.title = Some(plain);
                }
            }
        }
        above.as_of = above.as_of.filter(|words| !words.is_empty() && words.chars().count() <= 30);
        above.title = above.title.filter(|words| words.chars().count() <= 60);
        above
    }
}
