//! Parts of an archive of XML, as trees.
//!
//! In: the bytes of an XLSX or ODS file. Out: the text of a part, and short ways through its tree.

use std::io::{Cursor, Read};

use roxmltree::Node;

use crate::diagnostic::Diagnostic;
use crate::read::workbook_file;

/// A part that is larger is not made into a tree, which takes ten times its size.
const LARGEST_PART: u64 = 64 << 20;

/// An open archive.
pub struct Archive<'b> {
    path: &'b str,
    zip: zip::ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Archive<'b> {
    /// Opens one, which was measured before.
    pub fn open(path: &'b str, bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| workbook_file::broken(path, &error.to_string()))?;
        Ok(Self { path, zip })
    }

    /// The text of a part; none if there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let found = self
            .zip
            .file_names()
            .flatten()
            .find(|part| part.replace('\\', "/").eq_ignore_ascii_case(name))
            .map(|part| part.to_string());
        let Some(found) = found else { return Ok(None) };
        let broken = |detail: String| workbook_file::broken(self.path, &detail);
        let entry = self.zip.by_name(&found).map_err(|error| broken(error.to_string()))?;
        let mut text = String::new();
        let mut limited = entry.take(LARGEST_PART + 1);
        limited.read_to_string(&mut text).map_err(|error| broken(error.to_string()))?;
        if text.len() as u64 > LARGEST_PART {
            return Err(workbook_file::too_large(self.path));
        }
        Ok(Some(text))
    }

    /// The finding for a part that is no XML.
    pub fn unread(&self, error: &roxmltree::Error) -> Diagnostic {
        workbook_file::broken(self.path, &error.to_string())
    }
}

/// The elements of this local name below a node.
pub fn all<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The elements of this local name directly in a node.
pub fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// An attribute by its local name, in whatever namespace.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// A number in an attribute.
pub fn number(node: Node<'_, '_>, name: &str) -> Option<u32> {
    attribute(node, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub fn says_yes(node: Node<'_, '_>, name: &str) -> bool {
    matches!(attribute(node, name), Some("1" | "true" | "on"))
}
