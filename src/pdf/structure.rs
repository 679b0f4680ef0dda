//! The structure tree of a tagged file, finished where the engine has no word for what a page holds: ruby, contents, and words
//! that stand in a box of their own.
//!
//! In: a tagged PDF of the engine. Out: the same pages, to the byte, with another tree (ISO 32000-1, 14.7 and 14.8):
//! a quotation of quotations, which templates write for it, is `Ruby` with `RB` and `RT`; words directly in a grouping element
//! are `P`; entries of contents stand in `TOC`; a list within a list stands in the body of its item; a label in the text is a
//! `Reference` that leads to its `Note`, and that of a note stands first in it. Nothing is added to what is read aloud, and nothing
//! changes its place in the order.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions};

/// Elements stand in one another at most so deep; more are a loop.
const MOST_NESTED: usize = 256;

/// Elements that group others and hold no words themselves (14.8.4.2).
const GROUPING: &[&[u8]] =
    &[b"Document", b"Part", b"Art", b"Sect", b"Div", b"BlockQuote", b"Caption", b"NonStruct"];
/// Elements of the line (14.8.4.4), and those of the engine that its role map makes ones.
const INLINE: &[&[u8]] = &[b"Span", b"Quote", b"Ruby", b"Code", b"Link", b"Strong", b"Em", b"Reference"];

/// Why a tree cannot be finished.
#[derive(Debug, thiserror::Error)]
pub enum StructureError {
    /// The file is not one that can be read or written.
    #[error("the tagged file cannot be read: {0}")]
    Pdf(#[from] lopdf::Error),
    /// Elements within elements without an end.
    #[error("the structure tree has a loop")]
    Loop,
}

/// The file `pdf` with its tree finished. `references` tells of each mark of a note in the text, in order, the note that it leads to,
/// counted from 0.
///
/// # Errors
/// [`StructureError`] when the file has no tree that can be read.
pub fn finish(pdf: &[u8], references: &[Option<usize>]) -> Result<Vec<u8>, StructureError> {
    let mut document = Document::load_mem(pdf)?;
    let root = document.catalog()?.get(b"StructTreeRoot")?.as_reference()?;
    let mut tree = Tree { document: &mut document, notes: Vec::new(), references: Vec::new() };
    for element in tree.elements(root)? {
        tree.visit(element, 0)?;
    }
    tree.refer(references)?;
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    let mut bytes = Vec::with_capacity(pdf.len());
    document.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
    Ok(bytes)
}

struct Tree<'d> {
    document: &'d mut Document,
    /// In the order of the tree.
    notes: Vec<ObjectId>,
    /// Marks of notes in the text, in the order of the tree.
    references: Vec<ObjectId>,
}

impl Tree<'_> {
    fn dictionary(&self, id: ObjectId) -> Result<&Dictionary, lopdf::Error> {
        self.document.get_dictionary(id)
    }

    /// What stands in an element, in order: elements, marked content, objects.
    fn kids(&self, id: ObjectId) -> Result<Vec<Object>, lopdf::Error> {
        Ok(match self.dictionary(id)?.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(Object::Reference(behind)) => match self.document.get_object(*behind)? {
                Object::Array(kids) => kids.clone(),
                _ => vec![Object::Reference(*behind)],
            },
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        })
    }

    /// The element that a kid is, if it is one.
    fn element(&self, kid: &Object) -> Option<ObjectId> {
        let id = kid.as_reference().ok()?;
        self.dictionary(id).ok()?.has(b"S").then_some(id)
    }

    fn elements(&self, id: ObjectId) -> Result<Vec<ObjectId>, lopdf::Error> {
        Ok(self.kids(id)?.iter().filter_map(|kid| self.element(kid)).collect())
    }

    fn role(&self, id: ObjectId) -> Vec<u8> {
        let role = self.dictionary(id).and_then(|element| element.get(b"S")).and_then(Object::as_name);
        role.map(<[u8]>::to_vec).unwrap_or_default()
    }

    fn kid_role(&self, kid: &Object) -> Vec<u8> {
        self.element(kid).map(|id| self.role(id)).unwrap_or_default()
    }

    fn set(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) -> Result<(), lopdf::Error> {
        self.document.get_dictionary_mut(id)?.set(key, value);
        Ok(())
    }

    fn name(&mut self, id: ObjectId, role: &str) -> Result<(), lopdf::Error> {
        self.set(id, "S", Object::Name(role.as_bytes().to_vec()))
    }

    /// Finishes what stands in an element, then the element.
    fn visit(&mut self, id: ObjectId, depth: usize) -> Result<(), StructureError> {
        if depth > MOST_NESTED {
            return Err(StructureError::Loop);
        }
        for element in self.elements(id)? {
            self.visit(element, depth + 1)?;
        }
        self.free_headings(id)?;
        let role = self.role(id);
        match role.as_slice() {
            b"Quote" => self.ruby(id)?,
            b"L" => self.nested_lists(id)?,
            b"Note" => self.note(id)?,
            // the engine has labels of items and of notes only
            b"P" | b"Span" | b"Strong" | b"Em" | b"RB" | b"H1" | b"H2" | b"H3" => self.marks(id)?,
            group if GROUPING.contains(&group) => {
                self.gather(id, "P", INLINE)?;
                self.gather(id, "TOC", &[b"TOCI"])?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A paragraph of nothing but headings is none: they stand in its place.
    fn free_headings(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        let mut kids = Vec::new();
        let mut is_changed = false;
        for kid in self.kids(id)? {
            let own = match self.element(&kid) {
                Some(paragraph) if self.role(paragraph) == b"P" => self.kids(paragraph)?,
                _ => Vec::new(),
            };
            let is_heading = |kid: &Object| matches!(self.kid_role(kid).as_slice(), [b'H', b'1'..=b'6']);
            if own.is_empty() || !own.iter().all(is_heading) {
                kids.push(kid);
                continue;
            }
            is_changed = true;
            for heading in own {
                if let Some(heading) = self.element(&heading) {
                    self.set(heading, "P", id)?;
                }
                kids.push(heading);
            }
        }
        if is_changed { self.set(id, "K", kids) } else { Ok(()) }
    }

    /// A quotation of nothing but quotations is a word and its reading, as `ruby.typ` writes them.
    fn ruby(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        let kids = self.kids(id)?;
        let is_ruby = kids.len() > 1 && kids.iter().all(|kid| self.kid_role(kid) == b"Quote");
        if !is_ruby {
            return Ok(());
        }
        self.name(id, "Ruby")?;
        for (index, part) in self.elements(id)?.into_iter().enumerate() {
            self.name(part, if index % 2 == 0 { "RB" } else { "RT" })?;
        }
        Ok(())
    }

    /// Labels in a line are marks of notes; those of a note itself go to its beginning.
    fn marks(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        for label in
            self.elements(id)?.into_iter().filter(|kid| self.role(*kid) == b"Lbl").collect::<Vec<_>>()
        {
            self.name(label, "Reference")?;
            self.references.push(label);
        }
        Ok(())
    }

    /// The label of a note stands first in it.
    fn note(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        self.notes.push(id);
        let Some(path) = self.path_to_label(id)? else { return Ok(()) };
        let [.., parent, label] = path[..] else { return Ok(()) };
        self.references.retain(|reference| *reference != label);
        self.name(label, "Lbl")?;
        if parent != id {
            self.remove(parent, label)?;
            self.set(label, "P", id)?;
            let mut kids = self.kids(id)?;
            kids.insert(0, label.into());
            self.set(id, "K", kids)?;
        }
        Ok(())
    }

    /// The elements from a note down to its label.
    fn path_to_label(&self, id: ObjectId) -> Result<Option<Vec<ObjectId>>, lopdf::Error> {
        for kid in self.elements(id)? {
            if matches!(self.role(kid).as_slice(), b"Lbl" | b"Reference") {
                return Ok(Some(vec![id, kid]));
            }
            if let Some(path) = self.path_to_label(kid)? {
                return Ok(Some([vec![id], path].concat()));
            }
        }
        Ok(None)
    }

    /// Takes `kid` out of `parent`, and what is empty without it.
    fn remove(&mut self, parent: ObjectId, kid: ObjectId) -> Result<(), lopdf::Error> {
        let kids = self.kids(parent)?;
        let left: Vec<Object> = kids.into_iter().filter(|one| self.element(one) != Some(kid)).collect();
        let is_empty = left.is_empty();
        self.set(parent, "K", left)?;
        if is_empty {
            let outer = self.dictionary(parent)?.get(b"P")?.as_reference()?;
            self.remove(outer, parent)?;
        }
        Ok(())
    }

    /// Leads each mark of the text to its note, where the tree has them as the pages do.
    fn refer(&mut self, references: &[Option<usize>]) -> Result<(), lopdf::Error> {
        if references.len() != self.references.len() {
            return Ok(());
        }
        for (mark, note) in self.references.clone().into_iter().zip(references) {
            if let Some(note) = note.and_then(|note| self.notes.get(note).copied()) {
                self.set(mark, "Ref", vec![Object::from(note)])?;
            }
        }
        Ok(())
    }

    /// A list that stands between items goes into the body of the item before it.
    fn nested_lists(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        let mut kids = Vec::new();
        let mut body = None;
        for kid in self.kids(id)? {
            match (self.kid_role(&kid).as_slice(), body) {
                (b"L", Some(body)) => self.append(body, kid)?,
                (b"LI", _) => {
                    let item = self.element(&kid).map_or(Ok(Vec::new()), |item| self.elements(item))?;
                    body = item.into_iter().find(|part| self.role(*part) == b"LBody");
                    kids.push(kid);
                }
                _ => kids.push(kid),
            }
        }
        self.set(id, "K", kids)
    }

    fn append(&mut self, parent: ObjectId, kid: Object) -> Result<(), lopdf::Error> {
        if let Some(element) = self.element(&kid) {
            self.set(element, "P", parent)?;
        }
        let mut kids = self.kids(parent)?;
        kids.push(kid);
        self.set(parent, "K", kids)
    }

    /// Puts each run of kids with one of `roles` into an element `wanted`.
    fn gather(&mut self, id: ObjectId, wanted: &str, roles: &[&[u8]]) -> Result<(), lopdf::Error> {
        let kids = self.kids(id)?;
        let belongs = |tree: &Self, kid: &Object| roles.contains(&tree.kid_role(kid).as_slice());
        if !kids.iter().any(|kid| belongs(self, kid)) {
            return Ok(());
        }
        let mut gathered = Vec::new();
        let mut run = Vec::new();
        for kid in kids {
            if belongs(self, &kid) {
                run.push(kid);
                continue;
            }
            gathered.extend(self.gathered(id, wanted, std::mem::take(&mut run))?);
            gathered.push(kid);
        }
        gathered.extend(self.gathered(id, wanted, run)?);
        self.set(id, "K", gathered)
    }

    /// The element `wanted` of a run; a span alone becomes it.
    fn gathered(
        &mut self,
        parent: ObjectId,
        wanted: &str,
        run: Vec<Object>,
    ) -> Result<Option<Object>, lopdf::Error> {
        if let [only] = &run[..]
            && let Some(span) = self.element(only)
            && self.role(span) == b"Span"
        {
            self.name(span, wanted)?;
            return Ok(Some(only.clone()));
        }
        if run.is_empty() {
            return Ok(None);
        }
        let mut element = Dictionary::new();
        element.set("Type", Object::Name(b"StructElem".to_vec()));
        element.set("S", Object::Name(wanted.as_bytes().to_vec()));
        element.set("P", parent);
        let id = self.document.add_object(element);
        for kid in &run {
            if let Some(element) = self.element(kid) {
                self.set(element, "P", id)?;
                if wanted == "P" {
                    self.without_placement(element)?;
                }
            }
        }
        self.set(id, "K", run)?;
        Ok(Some(Object::Reference(id)))
    }

    /// What stood by itself as a block is part of a line now.
    fn without_placement(&mut self, id: ObjectId) -> Result<(), lopdf::Error> {
        let element = self.document.get_dictionary_mut(id)?;
        let Ok(Object::Array(attributes)) = element.get_mut(b"A") else { return Ok(()) };
        for attribute in attributes.iter_mut().filter_map(|attribute| attribute.as_dict_mut().ok()) {
            attribute.remove(b"Placement");
        }
        attributes.retain(|attribute| attribute.as_dict().map_or(true, |dictionary| dictionary.len() > 1));
        if attributes.is_empty() {
            element.remove(b"A");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A tree: its role, and what stands in it. Without any it holds marked content.
    struct Node(&'static str, Vec<Node>);

    fn leaf(role: &'static str) -> Node {
        Node(role, Vec::new())
    }

    fn add(document: &mut Document, parent: ObjectId, node: &Node, mark: &mut i64) -> ObjectId {
        let id = document.add_object(dictionary! { "S" => node.0, "P" => parent });
        let kids: Vec<Object> = if node.1.is_empty() {
            *mark += 1;
            vec![Object::Integer(*mark)]
        } else {
            node.1.iter().map(|kid| add(document, id, kid, mark).into()).collect()
        };
        document.get_dictionary_mut(id).expect("added").set("K", kids);
        id
    }

    /// The tree as text: `P(1 Span(2))`, what leads to a note with `→`.
    fn shown(document: &Document, id: ObjectId, parent: ObjectId) -> String {
        let element = document.get_dictionary(id).expect("an element");
        assert_eq!(element.get(b"P").and_then(Object::as_reference).ok(), Some(parent));
        let kids = element.get(b"K").and_then(Object::as_array).expect("kids");
        let kids: Vec<String> = kids
            .iter()
            .map(|kid| match kid {
                Object::Reference(kid) => shown(document, *kid, id),
                Object::Integer(mark) => mark.to_string(),
                _ => panic!("{kid:?}"),
            })
            .collect();
        let role = element.get(b"S").and_then(Object::as_name).expect("a role");
        let leads = if element.has(b"Ref") { "→" } else { "" };
        format!("{}{leads}({})", String::from_utf8_lossy(role), kids.join(" "))
    }

    fn finished(node: &Node) -> String {
        let mut document = Document::with_version("1.7");
        let root = document.new_object_id();
        let top = add(&mut document, root, node, &mut 0);
        document.objects.insert(root, dictionary! { "K" => vec![Object::from(top)] }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "StructTreeRoot" => root });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory");
        let finished = finish(&bytes, &[Some(0)]).expect("a tree");
        let document = Document::load_mem(&finished).expect("a file");
        let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot"));
        let root = root.and_then(Object::as_reference).expect("a root");
        let top = document.get_dictionary(root).and_then(|root| root.get(b"K")).and_then(Object::as_array);
        shown(&document, top.expect("kids")[0].as_reference().expect("an element"), root)
    }

    #[test]
    fn a_word_and_its_reading_are_ruby_and_a_quotation_stays_one() {
        let ruby = Node("Quote", vec![leaf("Quote"), leaf("Quote")]);
        let tree = Node("Document", vec![Node("P", vec![leaf("Span"), ruby, leaf("Quote")])]);
        assert_eq!(finished(&tree), "Document(P(Span(1) Ruby(RB(2) RT(3)) Quote(4)))");
    }

    #[test]
    fn words_in_a_group_are_paragraphs_in_their_order() {
        let tree = Node(
            "Document",
            vec![
                leaf("Span"),
                leaf("H1"),
                leaf("Span"),
                leaf("Link"),
                leaf("Figure"),
                Node("Div", vec![leaf("Strong")]),
            ],
        );
        assert_eq!(finished(&tree), "Document(P(1) H1(2) P(Span(3) Link(4)) Figure(5) Div(P(Strong(6))))");
    }

    #[test]
    fn a_label_in_the_text_leads_to_the_note_whose_label_stands_first() {
        let note = Node("Note", vec![Node("Div", vec![leaf("Lbl")]), Node("Div", vec![leaf("P")])]);
        let tree = Node("Document", vec![Node("P", vec![leaf("Span"), leaf("Lbl")]), note]);
        let expected = "Document(P(Span(1) Reference→(2)) Note(Lbl(3) Div(P(4))))";
        assert_eq!(finished(&tree), expected);
    }

    #[test]
    fn a_paragraph_around_a_heading_is_none() {
        let tree = Node("Div", vec![Node("P", vec![leaf("H2")]), Node("P", vec![leaf("Figure")])]);
        assert_eq!(finished(&tree), "Div(H2(1) P(Figure(2)))");
    }

    #[test]
    fn entries_stand_in_contents_and_lists_in_the_body_of_their_item() {
        let contents = Node("Document", vec![leaf("H2"), leaf("TOCI"), leaf("TOCI"), leaf("P")]);
        assert_eq!(finished(&contents), "Document(H2(1) TOC(TOCI(2) TOCI(3)) P(4))");
        let item = || Node("LI", vec![leaf("Lbl"), leaf("LBody")]);
        let list = Node("L", vec![item(), Node("L", vec![item()]), item()]);
        assert_eq!(finished(&list), "L(LI(Lbl(1) LBody(2 L(LI(Lbl(3) LBody(4))))) LI(Lbl(5) LBody(6)))");
    }
}
