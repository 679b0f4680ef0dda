//! The texts of a draft: the manifest and, where the built-in schema does not know the headers, a schema.
//!
//! In: the roles of the columns and the units. Out: TOML that builds as it is. Words of the file stand in it as quoted texts
//! or in comments, never as anything else.

use std::fmt::Write as _;

use super::DraftRequest;
use super::above::Above;
use super::corrections::DraftCorrections;
use super::roles::{ColumnRole, ColumnRoles};
use super::units::{Spelling, Units};
use crate::diagnostic::Say;
use crate::model::directory::Directory;
use crate::model::role::Role;
use crate::model::unit::Unit;
use crate::model::width;
use crate::project::schema;
use crate::read::grid::GridKind;
use crate::read::survey::Survey;
use crate::say;

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
    (Role::Building, ""),
    (Role::Extension, ""),
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

/// What a column of a role holds.
fn words_of(role: Role) -> Say {
    match role {
        Role::Joins => say!("用紙を分ける名前", "the names by which sheets are made"),
        Role::Name => say!("窓口の名前", "names of offices"),
        Role::Address => say!("住所", "addresses"),
        Role::Phone => say!("電話番号", "telephone numbers"),
        Role::Building => say!("建物", "buildings"),
        Role::Extension => say!("内線番号", "extensions"),
        _ => say!("郵便番号", "postal codes"),
    }
}

/// Writes the manifest.
pub(super) struct Writer<'a> {
    pub survey: &'a Survey,
    pub request: &'a DraftRequest,
    pub roles: &'a ColumnRoles,
    pub units: &'a Units,
    /// Numbers that got their 0.
    pub corrections: Option<&'a DraftCorrections>,
    /// What is not sure.
    pub questions: Vec<Say>,
}

impl Writer<'_> {
    fn header(&self, role: Role) -> Option<&str> {
        let found = self.roles.get(role)?;
        Some(self.survey.directory.columns[found.column].header.as_str())
    }

    /// The manifest; the list has a schema of its own if `own_schema`.
    pub(super) fn manifest(&mut self, own_schema: bool) -> String {
        let above = Above::of(&self.survey.directory);
        let has_units = self.roles.get(Role::Joins).is_some() && !self.units.names.is_empty();
        let mut text = String::from(
            "# sasshi の設定ファイルです。「#」から右は説明で、動きには関係しません。「？」の行を見直してください。\n",
        );
        self.project(&above, &mut text);
        if has_units {
            self.master_list(&mut text);
        }
        self.list(own_schema, &mut text);
        self.publications(&above, &mut text);
        text
    }

    fn ask(&mut self, question: Say, text: &mut String) {
        let _ = writeln!(text, "# ？ {}", question.ja);
        self.questions.push(question);
    }

    fn project(&mut self, above: &Above, text: &mut String) {
        let title = above.title.as_deref().unwrap_or("連絡先");
        let (city, date) = (&self.units.city, self.request.date);
        let _ = writeln!(text, "\n[project]\ntitle = {}", quoted(title));
        let _ = writeln!(text, "municipality = {}", quoted(city));
        if city.is_empty() {
            let question = say!(
                "municipality に市町村の名前を書くと、区や町の名前で始まる住所の前に付きます（横浜市 など）。",
                "The name of the city under municipality is put before addresses that begin with a unit or a known town."
            );
            self.ask(question, text);
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

    fn list(&mut self, own_schema: bool, text: &mut String) {
        let directory = &self.survey.directory;
        let count = directory.records.len();
        let _ = writeln!(text, "\n# もとの名簿（{count}件）。\n[directory.list]");
        let _ = writeln!(text, "source = {}", quoted(&self.request.source));
        let _ = writeln!(text, "schema = \"{}\"", if own_schema { "list" } else { "facility" });
        self.sheet(text);
        if let Some(row) = directory.tables.first().map(|table| table.head.number).filter(|row| *row > 1) {
            let _ = writeln!(text, "header-row = {row}");
        }
        // what stands below the records: notes, totals
        if let Some(count) = directory.tables.first().map(|table| table.below).filter(|_| self.below() > 0) {
            let _ = writeln!(text, "skip-below = {}", count as usize + self.below());
        }
        match self.header(Role::Joins) {
            Some(header) if !self.joins_by_itself(own_schema, header) => {
                let _ = writeln!(text, "key = {}", quoted(header));
            }
            Some(_) => {}
            None => {
                text.push_str("for = \"all\"\n");
                let question = say!(
                    "区や町内会ごとに紙を作るなら、その名前の列を名簿に足してから、もう一度 sasshi new してください。",
                    "For a sheet of each ward or association add a column with its name to the list, and run sasshi new again."
                );
                self.ask(question, text);
            }
        }
        if own_schema && self.roles.get(Role::Joins).is_some() {
            text.push_str("every-ward = true\n");
        }
        let optional = self.optional();
        if !optional.is_empty() {
            let list: Vec<String> = optional.iter().map(|name| quoted(name)).collect();
            let _ = writeln!(text, "optional = [{}]            # 空でもよい列", list.join(", "));
            let (ja, en) = Self::named(&optional);
            let question = say!(
                "{ja}が空の行も、そのまま紙に出します（optional）。空では困る列は、optional から消してください。",
                "Rows without {en} are printed as they are (optional); take a column out of it if none may be empty."
            );
            self.ask(question, text);
        }
        text.push_str("title = \"窓口\"\nicon = \"people\"\n");
        let question = say!(
            "title は、紙の帯に出る、この名簿の窓口の呼び名です（活動センター など）。",
            "title is what the offices of this list are called on the sheets."
        );
        self.ask(question, text);
        self.doubts(text);
        self.rows(text);
    }

    /// The sheet of a workbook. Where others have a table of the same kind it is not written, so that each build says what is
    /// not read.
    fn sheet(&mut self, text: &mut String) {
        let GridKind::Workbook { sheet, alike, .. } = &self.survey.kind else { return };
        if alike.is_empty() {
            let _ = writeln!(text, "sheet = {}", quoted(sheet));
            return;
        }
        let (sheet, alike) = (remark(sheet), remark(&alike.join("、")));
        let question = say!(
            "シート「{alike}」にも、同じような見出しの表があります。読んだのは「{sheet}」だけで、ほかの窓口は紙に出ません。1枚のシートにまとめてから sasshi new をやり直すか、読まなくてよければ sheet = \"{sheet}\" と書いてください。",
            "There are tables with such headers on {alike} too. Only \"{sheet}\" is read, the other offices are not printed: put them on one sheet and run sasshi new again, or write sheet = \"{sheet}\" if they are not wanted."
        );
        self.ask(question, text);
    }

    /// Names of roles as people call them.
    fn named(names: &[String]) -> (String, String) {
        let known = names.iter().filter_map(|name| OFFICE.iter().find(|(role, _)| role.name() == name));
        let words: Vec<Say> = known.map(|(role, _)| words_of(*role)).collect();
        let ja: Vec<&str> = words.iter().map(|word| word.ja.as_str()).collect();
        let en: Vec<&str> = words.iter().map(|word| word.en.as_str()).collect();
        (ja.join("・"), en.join(", "))
    }

    /// How many rows at the end of the list are remarks in the column of units.
    fn below(&self) -> usize {
        let count = self.survey.directory.records.len();
        (0..count).rev().take_while(|index| self.units.remarks.contains(index)).count()
    }

    /// What is to be known of single rows: corrections, remarks among them, names that are written in several ways.
    fn rows(&mut self, text: &mut String) {
        if let Some(DraftCorrections { path, count, is_named, .. }) = self.corrections {
            if *is_named {
                let _ = writeln!(text, "corrections = {}", quoted(path));
            }
            let question = say!(
                "電話番号が数値になっていて、先頭の0が消えている行が{count}行あります。0を補った行を {path} に書き、そちらを刷ります。正しいか確かめてください。",
                "{count} telephone numbers are stored as numbers and have lost their 0. Rows with it are in {path} and are printed: see whether they are right."
            );
            self.ask(question, text);
        }
        let directory = &self.survey.directory;
        let unit = self.roles.get(Role::Joins).map(|found| found.column);
        let remarks: Vec<String> = self
            .units
            .remarks
            .iter()
            .filter_map(|index| Some(remark(directory.records.get(*index)?.written(unit?).trim())))
            .collect();
        if !remarks.is_empty() {
            let (ja, en) = (remarks.join("」「"), remarks.join("\", \""));
            let question = say!(
                "「{ja}」は注とみて、一覧に入れませんでした。紙には出ません。",
                "\"{en}\" was taken for a remark and is not in the list: it is not printed."
            );
            self.ask(question, text);
        }
        if !self.units.several.is_empty() {
            let cells: Vec<String> = self.units.several.iter().map(|cell| remark(cell)).collect();
            let (ja, en) = (cells.join("」「"), cells.join("\", \""));
            let word = remark(&self.units.word);
            let question = say!(
                "「{ja}」は、1つの{word}の名前ではないとみて、{word}の一覧に入れませんでした。{word}ごとに行を分けるまで、その行は紙に出ません。どの{word}にも載せる窓口は、別のファイルに移して for = \"all\" と書きます。",
                "\"{en}\" was not taken for the name of one unit and is not in the list: until there is a row for each, it is not printed. Offices of all units go into a file of their own, with for = \"all\"."
            );
            self.ask(question, text);
        }
        for Spelling { written, name } in &self.units.spellings.clone() {
            let (written, name) = (remark(written), remark(name));
            let question = say!(
                "「{written}」は「{name}」のことですか。そうなら、名簿のほうを「{name}」に直してください（直すまで、その行は載りません）。",
                "Is \"{written}\" meant to be \"{name}\"? If so, write \"{name}\" in the list; until then its rows are not printed."
            );
            self.ask(question, text);
        }
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
            let mut records = directory.records.iter().enumerate();
            let is_empty = records.any(|(index, record)| {
                !self.units.remarks.contains(&index) && record.written(found.column).trim().is_empty()
            });
            if is_empty {
                optional.push(role.name().to_owned());
            }
        }
        optional
    }

    /// What was told by the cells and not by the header.
    fn doubts(&mut self, text: &mut String) {
        for (role, _) in OFFICE {
            match self.roles.get(*role) {
                Some(found) if !found.is_sure => {
                    let header = remark(&self.survey.directory.columns[found.column].header);
                    let Say { ja, en } = words_of(*role);
                    let question = say!(
                        "{ja}は「{header}」の列とみました。ちがうときは見出しを直してください。",
                        "The column \"{header}\" was taken for {en}; if it is not, mend the header."
                    );
                    self.ask(question, text);
                }
                None if matches!(role, Role::Name | Role::Phone | Role::Address) => {
                    let Say { ja, en } = words_of(*role);
                    self.ask(say!("{ja}の列が見つかりませんでした。", "There is no column of {en}."), text);
                }
                _ => {}
            }
        }
    }

    /// The headers of columns that play no role, as publications leave them out; it is said that they are.
    fn left_out(&mut self, text: &mut String) -> String {
        let directory = &self.survey.directory;
        let taken: Vec<usize> = self.roles.all().map(|(_, found)| found.column).collect();
        let rest = (0..directory.columns.len()).filter(|column| !taken.contains(column));
        let rest: Vec<&str> = rest.map(|column| directory.columns[column].header.as_str()).collect();
        if rest.is_empty() {
            return String::new();
        }
        let lines: Vec<String> = rest.iter().map(|header| quoted(header)).collect();
        let named: Vec<String> = rest.iter().map(|header| remark(header)).collect();
        let (ja, en) = (named.join("」「"), named.join("\", \""));
        let question = say!(
            "「{ja}」の列は、紙に出ません（leaves-out）。出したいときは、それを印刷するレイアウトが要ります。",
            "The columns \"{en}\" are not printed (leaves-out). To print them a layout that has them is needed."
        );
        self.ask(question, text);
        // parts of an address or a number that stand in columns of their own
        let parts_address = self.roles.get(Role::Address).is_none();
        for header in &named {
            let goes_on = |header: &str| {
                let stem = |header: &str| width::fold(header).trim_end_matches(char::is_numeric).to_owned();
                let address = self.header(Role::Address).map(stem);
                address.is_some_and(|address| address == stem(header) && !address.is_empty())
            };
            let is_building = ["方書", "建物名", "建物等"].iter().any(|word| header.contains(word));
            let question = if is_building || goes_on(header) {
                say!(
                    "「{header}」は、住所の続き（建物・階・部屋）のようです。宛名などに要るなら、住所の列に書き足してください。",
                    "\"{header}\" seems to go on with the address: write it into the column of addresses where letters need it."
                )
            } else if parts_address
                && ["番地", "町名", "丁目", "町丁", "町字"].iter().any(|word| header.contains(word))
            {
                say!(
                    "「{header}」は、住所の一部のようです。住所を1つの列にまとめてから sasshi new をやり直すと、紙に出ます。",
                    "\"{header}\" seems to be a part of the address: put it into one column and run sasshi new again to print it."
                )
            } else if ["市外局番", "市内局番", "局番"].iter().any(|word| header.contains(word)) {
                say!(
                    "「{header}」は、電話番号の一部のようです。番号を1つの列にまとめてから sasshi new をやり直すと、紙に出ます。",
                    "\"{header}\" seems to be a part of the telephone number: put it into one column and run sasshi new again to print it."
                )
            } else if header.contains("続き") {
                say!(
                    "「{header}」は、前の列の続きのようです。1つの列にまとめないと、紙では途中で切れます。",
                    "\"{header}\" seems to go on with the column before it: unless they are one column, the words end in the middle."
                )
            } else if header.contains("内線") {
                say!(
                    "「{header}」は、電話番号の続きのようです。要るなら、電話番号の列に「内線12」のように書き足してください。",
                    "\"{header}\" seems to go on with the telephone number: write it there as 内線12 if it is needed."
                )
            } else {
                continue;
            };
            self.ask(question, text);
        }
        format!("leaves-out = [{}]            # 紙に出さない列\n", lines.join(", "))
    }

    fn publications(&mut self, above: &Above, text: &mut String) {
        let has_units = self.roles.get(Role::Joins).is_some() && !self.units.names.is_empty();
        text.push('\n');
        let left_out = self.left_out(text);
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
            if self.roles.names_people(&self.survey.directory) {
                text.push_str(
                    "\n[layout.labels]\nhonorific = \"様\"            # 窓口の名前は、人の名前とみました\n",
                );
            }
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
