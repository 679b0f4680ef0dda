//! A font program of squares: the smallest TrueType that readers take.

/// Glyphs of the font; all are the same square.
pub const GLYPHS: u16 = 64;

/// The bytes of the font (ISO/IEC 14496-22): a thousand units an em, each glyph a square of 700 from the base line.
pub fn program() -> Vec<u8> {
    let words = |values: &[i16]| values.iter().flat_map(|value| value.to_be_bytes()).collect::<Vec<u8>>();
    let mut glyph = words(&[1, 0, 0, 700, 700, 3, 0]);
    glyph.extend([1, 1, 1, 1]);
    glyph.extend(words(&[0, 700, 0, -700, 0, 0, 700, 0]));
    let length = u16::try_from(glyph.len()).expect("a small glyph");
    let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000]);
    head.extend([0; 16]);
    head.extend(words(&[0, 0, 700, 700, 0, 8, 2, 0, 0]));
    // the magic number is beyond what a signed word holds
    head[12..16].copy_from_slice(&0x5F0F_3CF5_u32.to_be_bytes());
    let count = i16::try_from(GLYPHS).expect("few glyphs");
    let hhea = words(&[1, 0, 800, -200, 0, 1000, 0, 0, 700, 1, 0, 0, 0, 0, 0, 0, 0, count]);
    let maxp = words(&[1, 0, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    let hmtx = words(&[1000, 0]).repeat(usize::from(GLYPHS));
    let loca = (0..=GLYPHS).flat_map(|index| (index * length / 2).to_be_bytes()).collect::<Vec<u8>>();
    let tables: [(&[u8; 4], Vec<u8>); 6] = [
        (b"glyf", glyph.repeat(usize::from(GLYPHS))),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    let mut font = vec![0, 1, 0, 0, 0, 6, 0, 64, 0, 2, 0, 32];
    let mut offset = u32::try_from(12 + 16 * tables.len()).expect("small");
    for (tag, table) in &tables {
        let length = u32::try_from(table.len()).expect("small");
        font.extend(*tag);
        for value in [0, offset, length] {
            font.extend(value.to_be_bytes());
        }
        offset += length.next_multiple_of(4);
    }
    for (_, mut table) in tables {
        table.resize(table.len().next_multiple_of(4), 0);
        font.extend(table);
    }
    font
}
