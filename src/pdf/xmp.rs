//! XMP packets (ISO 16684-1) as PDF/X asks for them: written, read, and given another instance.
//!
//! In: what a file says about itself, or a packet. Out: a packet, or a property of one.

use roxmltree::{Document as Xml, Node};

use crate::model::date::Date;

/// The namespace of `pdfxid:GTS_PDFXVersion`.
pub const PDFXID: &str = "http://www.npes.org/pdfx/ns/id/";
/// The namespace of dates.
pub const XMP: &str = "http://ns.adobe.com/xap/1.0/";
/// The namespace of identifiers.
pub const XMP_MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
/// The namespace of the title.
pub const DC: &str = "http://purl.org/dc/elements/1.1/";
/// The namespace of producer and trapping.
pub const PDF: &str = "http://ns.adobe.com/pdf/1.3/";

/// What a packet says.
#[derive(Debug, Clone, Copy)]
pub struct Packet<'a> {
    /// The title.
    pub title: &'a str,
    /// The date of making, of changing and of the packet.
    pub date: Date,
    /// The program that made the file.
    pub program: &'a str,
    /// The name of the property of the PDF/X version, with its prefix, and its value.
    pub version: [&'a str; 2],
    /// The UUID of all versions of the document.
    pub document: &'a str,
    /// The UUID of this very file.
    pub instance: &'a str,
}

impl Packet<'_> {
    /// The packet.
    #[must_use]
    pub fn write(&self) -> String {
        let Self { program, version: [key, version], document, instance, .. } = self;
        let Date { year, month, day } = self.date;
        let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        let title = self.title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\"\n\
 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
 xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n\
 xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n\
 xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n\
 xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\"\n\
 xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
<{key}>{version}</{key}>\n\
<dc:format>application/pdf</dc:format>\n\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
<xmp:CreatorTool>{program}</xmp:CreatorTool>\n\
<xmp:CreateDate>{date}</xmp:CreateDate>\n\
<xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
<xmp:MetadataDate>{date}</xmp:MetadataDate>\n\
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>\n\
<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>\n\
<xmpMM:VersionID>1</xmpMM:VersionID>\n\
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
<pdf:Producer>{program}</pdf:Producer>\n\
<pdf:Trapped>False</pdf:Trapped>\n\
</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
        )
    }
}

/// A property as attribute or element of `rdf:Description`; of a list its first item.
#[must_use]
pub fn property(xml: &Xml<'_>, namespace: &str, name: &str) -> Option<String> {
    let words = |node: Node<'_, '_>| -> String {
        node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
    };
    xml.descendants().filter(Node::is_element).find_map(|node| {
        if node.tag_name().namespace() == Some(namespace) && node.tag_name().name() == name {
            let item = node.descendants().find(|inner| inner.tag_name().name() == "li").unwrap_or(node);
            return Some(words(item).trim().to_owned());
        }
        node.attribute((namespace, name)).map(str::to_owned)
    })
}

/// Gives a packet another `xmpMM:InstanceID`, where one stands as `uuid:` and 36 characters.
pub fn set_instance(packet: &mut [u8], uuid: &str) {
    let Some(name) = memchr::memmem::find(packet, b"xmpMM:InstanceID") else { return };
    let Some(mark) = memchr::memmem::find(&packet[name..], b"uuid:") else { return };
    let start = name + mark + 5;
    // an attribute or an element: nothing but its opening stands between
    if mark <= b"xmpMM:InstanceID=\"".len()
        && let Some(old) = packet.get_mut(start..start + uuid.len())
        && old.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
    {
        old.copy_from_slice(uuid.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_is_an_attribute_or_an_element() {
        let text = r#"<x xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:dc="http://purl.org/dc/elements/1.1/"
            pdf:Trapped="False"><dc:title><Alt><li>題</li></Alt></dc:title></x>"#;
        let xml = Xml::parse(text).expect("well-formed");
        assert_eq!(property(&xml, PDF, "Trapped").as_deref(), Some("False"));
        assert_eq!(property(&xml, DC, "title").as_deref(), Some("題"));
    }

    #[test]
    fn what_is_written_is_read() {
        let old = "00000000-0000-8000-8000-000000000000";
        let new = "11111111-1111-8111-8111-111111111111";
        let packet = Packet {
            title: "協働 <入門> & 続き",
            date: Date { year: 2026, month: 4, day: 1 },
            program: "sasshi 1",
            version: ["pdfxid:GTS_PDFXVersion", "PDF/X-4"],
            document: old,
            instance: old,
        };
        let mut bytes = packet.write().into_bytes();
        set_instance(&mut bytes, new);
        let text = String::from_utf8(bytes).expect("text");
        let xml = Xml::parse(&text).expect("well-formed");
        let read = |namespace, name| property(&xml, namespace, name).expect(name);
        assert_eq!(read(DC, "title"), packet.title);
        assert_eq!(read(PDFXID, "GTS_PDFXVersion"), "PDF/X-4");
        assert_eq!(read(XMP, "CreateDate"), "2026-04-01T00:00:00Z");
        assert_eq!(read(XMP_MM, "DocumentID"), format!("uuid:{old}"));
        assert_eq!(read(XMP_MM, "InstanceID"), format!("uuid:{new}"));
        assert_eq!(read(PDF, "Producer"), "sasshi 1");
    }
}
