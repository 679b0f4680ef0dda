//! The shape of the code: lengths of functions, what they take, names of types, no wildcard over a family.
//!
//! The rules are those of the design; they are read off the source text as those of `house` are.

use std::collections::BTreeMap;

use super::house::{none, sources};

/// The lines of the longest function.
const LINES: usize = 69;
/// The most things that a function takes beside `self`.
const PARAMETERS: usize = 5;

/// Functions with more parameters: a trait of a crate asks for them.
const WIDE: &[&str] = &["press/marks.rs curve_to"];

/// Types of which two in a tuple are easily confused.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64",
];

/// Families: each is a table of things of one kind, to which one may be added.
const FAMILIES: &[&str] = &[
    "Applies",
    "Arrangement",
    "Blanks",
    "Cells",
    "Check",
    "Edition",
    "FieldType",
    "Finishing",
    "Gather",
    "GridKind",
    "LayoutKind",
    "Leaves",
    "Level",
    "Odd",
    "PieceKind",
    "Reader",
    "SchemaKind",
];

/// A function of the sources.
struct Function {
    /// File and name.
    name: String,
    /// Whether all may call it.
    is_public: bool,
    /// What it takes, beside `self`.
    parameters: Vec<String>,
    /// What it gives back, with the arrow before it.
    gives: String,
    /// Its lines.
    lines: usize,
}

/// The place behind the bracket that closes the one at `open`.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_i32;
    let mut before = ' ';
    for (at, c) in code[open..].char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' && before != '=' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + at + c.len_utf8();
        }
        before = c;
    }
    code.len()
}

/// The place behind the brace that closes the one at `open`; angle brackets do not count in a body.
fn body_end(code: &str, open: usize) -> usize {
    let mut depth = 0_i32;
    for (at, c) in code[open..].char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return open + at + 1;
        }
    }
    code.len()
}

/// The parts of a list, at its commas.
fn parts(list: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut before = ' ';
    let mut parts = vec![String::new()];
    for c in list.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' && before != '=' => depth -= 1,
            _ => {}
        }
        before = c;
        match parts.last_mut() {
            Some(_) if c == ',' && depth == 0 => parts.push(String::new()),
            Some(part) => part.push(c),
            None => {}
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Code whose braces all belong to it.
fn balanced(code: &str) -> String {
    ["'{'", "'}'", "'('", "')'", "'['", "']'", "'<'", "'>'"]
        .iter()
        .fold(code.to_owned(), |code, brace| code.replace(brace, "' '"))
}

/// The functions of a file.
fn functions(path: &str, code: &str) -> Vec<Function> {
    let code = &balanced(code);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let line = code[..at].rfind('\n').map_or(0, |line| line + 1);
        let head = code[line..at].trim();
        let words = ["pub", "const", "async", "unsafe", "extern"];
        let is_head = head.split_whitespace().all(|word| words.iter().any(|known| word.starts_with(known)));
        let rest = &code[at + 3..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(0);
        if !is_head || end == 0 {
            continue;
        }
        let mut open = at + 3 + end;
        if code[open..].starts_with('<') {
            open = closing(code, open);
        }
        if !code[open..].starts_with('(') {
            continue;
        }
        let close = closing(code, open);
        let body = code[close..].find(['{', ';']).map_or(code.len(), |body| close + body);
        let last = if code[body..].starts_with('{') { body_end(code, body) } else { body };
        let is_self = |part: &String| {
            let name = part.split(':').next().unwrap_or_default();
            name.split([' ', '&']).next_back() == Some("self")
        };
        found.push(Function {
            name: format!("{path} {}", &rest[..end]),
            is_public: head == "pub" || head.starts_with("pub "),
            parameters: parts(&code[open + 1..close - 1]).into_iter().filter(|part| !is_self(part)).collect(),
            gives: code[close..body].trim().to_owned(),
            lines: code[line..last].lines().count(),
        });
    }
    found
}

fn all_functions() -> Vec<Function> {
    let functions: Vec<Function> =
        sources().iter().flat_map(|file| functions(&file.path, &file.code)).collect();
    assert!(functions.len() > 2_000, "the functions are found");
    functions
}

/// Faults of functions that are not `excused`, and names that need no excuse any more.
fn beyond(excused: &[&str], is_fault: impl Fn(&Function) -> Option<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    for function in all_functions() {
        let Some(fault) = is_fault(&function) else { continue };
        if excused.contains(&function.name.as_str()) {
            seen.push(function.name);
        } else {
            faults.push(format!("src/{} {fault}", function.name));
        }
    }
    let idle = excused.iter().filter(|name| !seen.iter().any(|seen| seen == *name));
    faults.extend(idle.map(|name| format!("{name} needs no excuse any more")));
    faults
}

#[test]
fn functions_are_short() {
    none(&beyond(&[], |function| {
        (function.lines > LINES).then(|| format!("has {} lines, more than {LINES}", function.lines))
    }));
}

#[test]
fn functions_take_few_things() {
    none(&beyond(WIDE, |function| {
        let count = function.parameters.len();
        (count > PARAMETERS).then(|| format!("takes {count} things, more than {PARAMETERS}"))
    }));
}

#[test]
fn no_public_function_takes_a_switch() {
    none(&beyond(&[], |function| {
        let switch = function.parameters.iter().find(|part| part.ends_with(": bool"))?;
        function.is_public.then(|| format!("takes a switch: {switch}"))
    }));
}

/// The first tuple in a type that should be a struct: one of three or more things, or of two of the same primitive type.
/// What a function that is passed takes has no names.
fn nameless(kind: &str) -> Option<&str> {
    let bare = |part: &String| {
        let part = part.trim_start_matches('&');
        let named = part.split_once(' ').filter(|(lifetime, _)| lifetime.starts_with('\''));
        named.map_or(part, |(_, rest)| rest).to_owned()
    };
    kind.match_indices('(').find_map(|(open, _)| {
        if ["fn", "Fn", "FnMut", "FnOnce"].iter().any(|name| kind[..open].ends_with(name)) {
            return None;
        }
        let tuple = &kind[open..closing(kind, open)];
        let things: Vec<String> = parts(&tuple[1..tuple.len() - 1]).iter().map(bare).collect();
        let is_pair =
            matches!(&things[..], [one, other] if one == other && PRIMITIVES.contains(&one.as_str()));
        (things.len() > 2 || is_pair).then_some(tuple)
    })
}

/// Public fields of the public structs of a file, each with its type.
fn public_fields(path: &str, code: &str) -> Vec<(String, String)> {
    let code = &balanced(code);
    let mut found = Vec::new();
    for (at, keyword) in code.match_indices("pub struct ") {
        let rest = &code[at + keyword.len()..];
        let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let Some(open) = rest.find(['{', '(', ';']).filter(|open| !rest[*open..].starts_with(';')) else {
            continue;
        };
        let body = &rest[open..closing(rest, open)];
        for part in parts(&body[1..body.len() - 1]) {
            let Some((_, field)) = part.split_once("pub ") else { continue };
            let (field, kind) = field.split_once(": ").unwrap_or(("0", field));
            found.push((format!("{path} {name}.{field}"), kind.to_owned()));
        }
    }
    found
}

#[test]
fn what_has_names_is_no_tuple() {
    let mut tuples: Vec<(String, String)> = Vec::new();
    for function in all_functions().into_iter().filter(|function| function.is_public) {
        // a pattern before the type is no type
        let kinds = function.parameters.iter().filter_map(|part| Some(part.rsplit_once(": ")?.1));
        let tuple = kinds.chain([function.gives.as_str()]).find_map(nameless).map(str::to_owned);
        tuples.extend(tuple.map(|tuple| (function.name.clone(), tuple)));
    }
    for file in sources() {
        for (name, kind) in public_fields(&file.path, &file.code) {
            tuples.extend(nameless(&kind).map(|tuple| (name, tuple.to_owned())));
        }
    }
    none(&tuples.iter().map(|(name, tuple)| format!("src/{name}: {tuple} has no names")).collect::<Vec<_>>());
}

#[test]
fn no_two_public_types_have_one_name() {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources() {
        for keyword in ["pub struct ", "pub enum ", "pub trait ", "pub type "] {
            for (at, _) in file.code.match_indices(keyword) {
                let rest = &file.code[at + keyword.len()..];
                let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                known.entry(name.to_owned()).or_default().push(file.path.clone());
            }
        }
    }
    assert!(known.len() > 500, "the types are found");
    let twice = known.into_iter().filter(|(_, files)| files.len() > 1);
    none(&twice.map(|(name, files)| format!("{name} stands in {}", files.join(", "))).collect::<Vec<_>>());
}

/// The patterns of the arms of each `match`, without their guards.
fn arms(code: &str) -> Vec<Vec<String>> {
    let code = &balanced(code);
    let mut all = Vec::new();
    for (at, _) in code.match_indices("match ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let Some(open) = code[at..].find('{').map(|open| at + open) else { continue };
        let body = &code[open + 1..body_end(code, open).saturating_sub(1)];
        let mut patterns = Vec::new();
        let (mut depth, mut start) = (0_i32, 0);
        for (at, c) in body.char_indices() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth -= 1;
                    if depth == 0 && c == '}' {
                        start = at + 1;
                    }
                }
                ',' if depth == 0 => start = at + 1,
                '=' if depth == 0 && body[at..].starts_with("=>") => {
                    let pattern = body[start..at].split(" if ").next().unwrap_or_default();
                    let guarded = body[start..at].contains(" if ");
                    let pattern = pattern.trim().trim_start_matches(',').trim();
                    patterns.push(if guarded { format!("{pattern} if") } else { pattern.to_owned() });
                }
                _ => {}
            }
        }
        all.push(patterns);
    }
    all
}

#[test]
fn no_wildcard_arm_stands_over_a_family() {
    let mut faults = Vec::new();
    let mut matches = 0;
    for file in sources() {
        for patterns in arms(&file.code) {
            matches += 1;
            let names = |family: &&&str| {
                let path = format!("{family}::");
                patterns
                    .iter()
                    .any(|pattern| pattern.split([' ', '(', '&', ',']).any(|word| word.starts_with(&path)))
            };
            if let Some(family) =
                FAMILIES.iter().find(names).filter(|_| patterns.iter().any(|one| one == "_"))
            {
                faults.push(format!("src/{}: a wildcard arm over {family}", file.path));
            }
        }
    }
    assert!(matches > 500, "matches are found");
    none(&faults);
}

#[test]
fn these_rules_see_what_they_forbid() {
    let code = "impl A {\n    pub fn b<T: Fn(u8) -> u8>(&self, c: bool, (d, e): (u8, u8)) -> u8 {\n        1\n    }\n}\n";
    let found = functions("a.rs", code);
    assert_eq!(found.len(), 1);
    let b = &found[0];
    assert_eq!((b.name.as_str(), b.is_public, b.lines), ("a.rs b", true, 3));
    assert_eq!(b.parameters, ["c: bool", "(d, e): (u8, u8)"]);
    assert_eq!(nameless("impl Fn(u8, u8, u8) -> Vec<(&'static str, &str)>"), Some("(&'static str, &str)"));
    assert_eq!(nameless("Option<(Say, (u8, u32))>"), None);
    let found = public_fields(
        "a.rs",
        "pub struct A<T> {\n    b: (u8, u8),\n    pub c: Vec<(u8, u8)>,\n}\npub struct D(pub u8);",
    );
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.rs A.c", "a.rs D.0"]);
    let code = "match a {\n    Edition::Press if b => { x }\n    Edition::Screen | Edition::Office => y(match c { _ => 1 }),\n    _ => z,\n}";
    let found = arms(code);
    assert_eq!(found[0], ["Edition::Press if", "Edition::Screen | Edition::Office", "_"]);
    assert_eq!(found[1], ["_"]);
}
