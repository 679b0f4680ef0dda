//! Streams that the library leaves out, because their length is missing or wrong: found again as viewers find them.
//!
//! In: a document and the bytes that it was read from. Out: the document with those streams, and which they are. Data end at
//! `endstream`, else at `endobj`, else where the next object begins (ISO 32000-1, 7.3.8).

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId, Stream};

/// A dictionary that is longer is not looked into for its length.
const LONGEST_DICTIONARY: usize = 4_096;
/// The most streams that are recovered; more of them are no accident.
const MOST: usize = 10_000;

/// Puts lost streams back, and returns their numbers.
pub fn recover(doc: &mut Document, bytes: &[u8]) -> Vec<ObjectId> {
    let base = bytes.windows(5).position(|window| window == b"%PDF-").unwrap_or(0);
    let bytes = &bytes[base..];
    let mut found: Vec<(ObjectId, Stream)> = Vec::new();
    for (id, object) in &doc.objects {
        let Object::Stream(stream) = object else { continue };
        let Some(start) = stream.start_position.filter(|_| stream.content.is_empty()) else { continue };
        if let Some(data) = bytes.get(start..).map(data).filter(|data| !data.is_empty()) {
            found.push((*id, Stream::new(stream.dict.clone(), data.to_vec())));
        }
    }
    let mut repaired = Vec::new();
    for (number, entry) in &doc.reference_table.entries {
        let XrefEntry::Normal { offset, generation } = entry else { continue };
        let id = (*number, *generation);
        let place = usize::try_from(*offset).ok().and_then(|offset| bytes.get(offset..));
        if let Some(Object::Stream(stream)) = doc.objects.get(&id) {
            // the library recovers some by itself, and does not say so
            let written = place.and_then(|place| written_length(id, place));
            if written.is_some_and(|written| written != stream.content.len()) && !stream.content.is_empty() {
                repaired.push(id);
            }
            continue;
        }
        if doc.objects.contains_key(&id) || found.len() >= MOST {
            continue;
        }
        if let Some(stream) = place.and_then(|place| stream_of(id, place)) {
            found.push((id, stream));
        }
    }
    repaired.extend(found.iter().map(|(id, _)| *id));
    doc.objects.extend(found.into_iter().map(|(id, stream)| (id, stream.into())));
    repaired.sort_unstable();
    repaired
}

/// The length that the stream at the head of `place` is written with, where it stands there as a number.
fn written_length(id: ObjectId, place: &[u8]) -> Option<usize> {
    let body = &place[..place.len().min(LONGEST_DICTIONARY)];
    let body = body.trim_ascii_start().strip_prefix(format!("{} {} obj", id.0, id.1).as_bytes())?;
    let head = &body[..position(body, b"stream")?];
    let behind = head[position(head, b"/Length ")? + 8..].trim_ascii_start();
    let digits = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = behind[digits..].trim_ascii_start();
    // two numbers and an R are a reference
    let alone = after.first().is_some_and(|byte| matches!(byte, b'/' | b'>'));
    alone.then(|| std::str::from_utf8(&behind[..digits]).ok()?.parse().ok()).flatten()
}

/// The data of a stream that begin here.
fn data(rest: &[u8]) -> &[u8] {
    let ends = [&b"endstream"[..], b"endobj"].into_iter().filter_map(|word| position(rest, word));
    let end = ends.min().unwrap_or_else(|| {
        // neither: up to what looks like the next object
        rest.windows(5)
            .position(|window| window == b" obj\n" || window == b" obj\r")
            .map_or(rest.len(), |at| {
                rest[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(at)
            })
    });
    let data = &rest[..end];
    data.strip_suffix(b"\r\n")
        .or_else(|| data.strip_suffix(b"\n"))
        .or_else(|| data.strip_suffix(b"\r"))
        .unwrap_or(data)
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The stream that the object at the head of `place` is; none if it is another object or no stream.
fn stream_of(id: ObjectId, place: &[u8]) -> Option<Stream> {
    let head = format!("{} {} obj", id.0, id.1);
    let body = place.trim_ascii_start().strip_prefix(head.as_bytes())?;
    let at = position(body, b"stream")?;
    let dict = body[..at].trim_ascii();
    if !dict.starts_with(b"<<") || !dict.ends_with(b">>") {
        return None;
    }
    let Ok(Object::Dictionary(dict)) = object(dict) else { return None };
    let rest = &body[at + b"stream".len()..];
    let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    let data = data(rest);
    (!data.is_empty()).then(|| Stream::new(dict, data.to_vec()))
}

/// One object, read by the library as the only one of a file.
fn object(source: &[u8]) -> lopdf::Result<Object> {
    let mut file = b"%PDF-1.4\n1 0 obj\n".to_vec();
    file.extend(source);
    file.extend(b"\nendobj\n");
    let table = file.len();
    file.extend(b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n");
    file.extend(format!("{table}\n%%EOF\n").bytes());
    Document::load_mem(&file)?.get_object((1, 0)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_alone() {
        let read = object(b"<< /Filter /FlateDecode /Next 7 0 R >>").expect("it can be read");
        let dict = read.as_dict().expect("a dictionary");
        assert_eq!(dict.get(b"Next").and_then(Object::as_reference).expect("a reference"), (7, 0));
    }

    #[test]
    fn data_end_where_viewers_let_them_end() {
        assert_eq!(data(b"0 g\nendstream\nendobj\n8 0 obj\n"), b"0 g");
        assert_eq!(data(b"0 g\r\nendobj\n8 0 obj\n"), b"0 g");
        assert_eq!(data(b"0 g\nendobj\n8 0 obj\nstream\n1 g\nendstream"), b"0 g");
        assert_eq!(data(b"0 g\n8 0 obj\n<<>>"), b"0 g");
        let stream = stream_of((5, 0), b"5 0 obj\n<< /Length 9999 >>\nstream\n1 g\nendstream\nendobj")
            .expect("a stream");
        assert_eq!(stream.content, b"1 g");
        assert!(stream_of((5, 0), b"6 0 obj << >> stream\n1 g endstream").is_none(), "another object");
    }
}
