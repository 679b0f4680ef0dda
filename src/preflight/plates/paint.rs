//! Patterns, shadings, forms and images on one plate.
//!
//! In: the operators that name them. Out: rewritten copies under new names.

use std::rc::Rc;

use lopdf::content::Operation;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::channel::Channel;
use super::content::Writer;
use super::copy::Copier;
use super::resources::{GRAY_PATTERN, Kind};
use super::state::{OnPlate, State, Tone};
use super::tile::Tile;
use crate::pdf::colour::Colour;
use crate::pdf::colour_space::Space;
use crate::pdf::geometry::Rect;
use crate::pdf::inks::Inks;
use crate::pdf::objects::{
    corners, dictionary, dictionary_of, matrix, name, real, resolved, short_number, value,
};
use crate::pdf::operators::Brush;
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};
use crate::pdf::scope::Scope;
use crate::preflight::fault::Unmeasured;

/// Where a resource comes from: its number, if it has one, and itself.
type Found<'d> = (Option<ObjectId>, &'d Object);

impl<'d> Copier<'d> {
    fn resource(&self, scope: &Scope<'d, OnPlate>, kind: &[u8], name: &[u8]) -> Option<Found<'d>> {
        let object = scope.resource(self.doc, kind, name)?;
        Some((object.as_reference().ok(), resolved(self.doc, object)?))
    }

    /// `scn` with the name of a pattern.
    pub(super) fn pattern(&mut self, writer: &mut Writer<'d>, brush: Brush, wanted: &[u8], values: &[f64]) {
        let found = self.resource(&writer.scope, b"Pattern", wanted);
        writer.patterns[usize::from(brush == Brush::Stroke)] = 0;
        let made = found.and_then(|(id, object)| {
            let holder = dictionary_of(object)?;
            match holder.get(b"Shading") {
                Ok(shading) => self.shading_pattern(holder, shading, writer.scope.resources),
                Err(_) => self.tiling(writer, brush, id, object),
            }
        });
        let space = Rc::clone(&writer.scope.state.colour(brush).space);
        writer.scope.state.set_tone(brush, Tone::covering(made.is_some()));
        writer.scope.state.set_colour(brush, Colour::flat(Rc::clone(&space), None));
        let Some(made) = made else { return };
        let [set, paint] = if brush == Brush::Stroke { ["CS", "SCN"] } else { ["cs", "scn"] };
        let mut operands = Vec::new();
        // a pattern without colours of its own takes the one that is given
        let given = match &*space {
            Space::Pattern(Some(base)) => base.inks(values),
            _ => None,
        };
        let space = match given {
            Some(inks) => {
                operands.push(short_number(self.gray(&inks)));
                GRAY_PATTERN
            }
            None => "Pattern",
        };
        operands.push(Object::Name(writer.new.add(Kind::Pattern, made)));
        writer.out.push(Operation::new(set, vec![space.into()]));
        writer.out.push(Operation::new(paint, operands));
    }

    fn shading_pattern(
        &mut self,
        pattern: &'d Dictionary,
        shading: &'d Object,
        resources: Option<&'d Dictionary>,
    ) -> Option<ObjectId> {
        let (shading, _) = self.shading(resolved(self.doc, shading)?, resources)?;
        let mut copy = pattern.clone();
        for (_, entry) in pattern.iter().filter(|(key, _)| key.as_slice() != b"Shading") {
            self.taken(entry);
        }
        copy.set("Shading", shading);
        Some(self.out.add_object(copy))
    }

    fn tiling(
        &mut self,
        writer: &mut Writer<'d>,
        brush: Brush,
        id: Option<ObjectId>,
        object: &'d Object,
    ) -> Option<ObjectId> {
        let cell = object.as_stream().ok()?;
        let Some(made) = self.rewritten(writer, id, cell) else {
            self.unmeasured.insert(Unmeasured::DenseTile);
            return None;
        };
        let base = matrix(self.doc, &cell.dict, b"Matrix").then(writer.scope.base);
        let visible = (writer.depth == 0).then_some(self.media);
        let Some(tile) = Tile::fitted(self.doc, &cell.dict, base, visible) else {
            self.unmeasured.insert(Unmeasured::LargeTile);
            return None;
        };
        let weight = self.weights.get(&made).copied().unwrap_or(0);
        writer.patterns[usize::from(brush == Brush::Stroke)] = weight + tile.cost;
        let Some([left, low, right, high]) = tile.changed else { return Some(made) };
        let mut copy = self.out.get_object(made).and_then(Object::as_stream).ok()?.clone();
        let bounds = Rect { x0: left, y0: low, x1: right, y1: high };
        copy.dict.set("BBox", corners(bounds));
        copy.dict.set("XStep", real(bounds.width()));
        copy.dict.set("YStep", real(bounds.height()));
        Some(self.out.add_object(copy))
    }

    /// `sh`.
    pub(super) fn shading_fill(&mut self, writer: &mut Writer<'d>, wanted: &[u8]) {
        let found = self.resource(&writer.scope, b"Shading", wanted);
        let Some((made, space)) = found.and_then(|(_, object)| self.shading(object, writer.scope.resources))
        else {
            self.left_out += 1;
            return;
        };
        if writer.scope.state.fills_in(self.tone(&space)) {
            let name = Object::Name(writer.new.add(Kind::Shading, made));
            writer.out.push(Operation::new("sh", vec![name]));
        }
    }

    /// A shading or image as a colour that is current.
    fn tone(&self, space: &Space) -> Tone {
        Tone { known: true, spared: [self.plate.is_spared(space, false); 2] }
    }

    /// The same shading in a space whose alternate is the gray of the plate: its functions and meshes stay.
    fn shading(
        &mut self,
        object: &'d Object,
        resources: Option<&'d Dictionary>,
    ) -> Option<(ObjectId, Rc<Space>)> {
        let shading = dictionary_of(object)?;
        let space = self.spaces.read(self.doc, shading.get(b"ColorSpace").ok()?, resources);
        let plate_space = self.plate_space(&space)?;
        for (_, entry) in shading.iter().filter(|(key, _)| key.as_slice() != b"ColorSpace") {
            self.taken(entry);
        }
        let mut copy = object.clone();
        match &mut copy {
            Object::Stream(stream) => stream.dict.set("ColorSpace", plate_space),
            Object::Dictionary(dictionary) => dictionary.set("ColorSpace", plate_space),
            _ => return None,
        }
        Some((self.out.add_object(copy), space))
    }

    /// A space of as many components as `space` that shows one of them in gray.
    fn plate_space(&mut self, space: &Space) -> Option<Object> {
        let (count, tint) = match self.channel(space)? {
            Channel::Gray => return Some("DeviceGray".into()),
            Channel::Nowhere => {
                let count = space.components();
                (count, format!("{{ {}1 }}", "pop ".repeat(count)))
            }
            Channel::Component(at, count) => {
                let (above, all) = (count - 1 - at, count + 1);
                let drop = "pop ".repeat(count);
                (count, format!("{{ {above} index {all} 1 roll {drop}1 exch sub }}"))
            }
        };
        let limits = |pairs: usize| -> Vec<Object> {
            (0..pairs).flat_map(|_| [Object::Integer(0), Object::Integer(1)]).collect()
        };
        let tint = self.stream(
            dictionary! { "FunctionType" => 4, "Domain" => limits(count), "Range" => limits(1) },
            tint.into_bytes(),
        );
        let names: Vec<Object> =
            (0..count).map(|index| Object::Name(format!("Ink{index}").into_bytes())).collect();
        Some(vec!["DeviceN".into(), names.into(), "DeviceGray".into(), tint.into()].into())
    }

    /// `Do`.
    pub(super) fn external(&mut self, writer: &mut Writer<'d>, wanted: &[u8]) -> Option<()> {
        let Some((id, Object::Stream(stream))) = self.resource(&writer.scope, b"XObject", wanted) else {
            return Some(());
        };
        if self.is_form(stream) {
            // text within is painted as the state says, not as the last text here was
            self.text_mode_of_forms(writer);
            let form = self.rewritten(writer, id, stream)?;
            writer.weight = writer.weight.saturating_add(self.weights.get(&form).copied().unwrap_or(0));
            writer.out.push(Operation::new("Do", vec![Object::Name(writer.new.add(Kind::XObject, form))]));
        } else if name(self.doc, &stream.dict, b"Subtype") == Some(b"Image") {
            self.image_at(writer, stream);
        }
        Some(())
    }

    fn text_mode_of_forms(&mut self, writer: &mut Writer<'d>) {
        let before = self.left_out;
        self.text_mode(writer);
        self.left_out = before;
    }

    /// `BI`: an image of the stream itself becomes one of the resources.
    pub(super) fn inline_image(&mut self, writer: &mut Writer<'d>, image: Option<&Stream>) {
        match image {
            Some(stream) => self.image_at(writer, stream),
            None => self.left_out += 1,
        }
    }

    fn image_at(&mut self, writer: &mut Writer<'d>, stream: &Stream) {
        let state = &writer.scope.state;
        let paints = match self.image_space(stream, writer.scope.resources) {
            // a mask is painted in the current colour
            None => {
                self.left_out += usize::from(!state.fill_tone().known);
                state.fills_in(state.fill_tone())
            }
            Some(space) => state.fills_in(self.tone(&space)),
        };
        if !paints {
            return;
        }
        if let Some(made) = self.image(stream, writer.scope.resources) {
            let name = Object::Name(writer.new.add(Kind::XObject, made));
            writer.out.push(Operation::new("Do", vec![name]));
            return;
        }
        self.left_out += 1;
        let space = self.image_space(stream, writer.scope.resources);
        // colours that are no inks, or broken, have findings of their own
        if space.is_none_or(|space| space.fault().is_none()) {
            self.unmeasured.insert(Unmeasured::Image);
        }
    }

    /// A form or the cell of a pattern, rewritten.
    fn rewritten(
        &mut self,
        writer: &Writer<'d>,
        id: Option<ObjectId>,
        stream: &'d Stream,
    ) -> Option<ObjectId> {
        let mut state = writer.scope.state.clone();
        state.ctm = matrix(self.doc, &stream.dict, b"Matrix").then(state.ctm);
        if !self.is_form(stream) {
            // a pattern begins afresh, but for the colour that is given to it
            state = State::of_page();
        }
        let key = id.map(|id| (id, state.entry()));
        if let Some(done) = key.and_then(|key| self.done.get(&key)) {
            return Some(*done);
        }
        if id.is_some_and(|id| self.open.contains(&id)) {
            return None;
        }
        self.open.extend(id);
        let bytes = unpacked(stream, LARGEST_CONTENT)?;
        let resources = dictionary(self.doc, &stream.dict, b"Resources").or(writer.scope.resources);
        let made = self.content(&bytes, resources, state, writer.depth + 1);
        if id.is_some() {
            self.open.pop();
        }
        let (content, resources, weight) = made?;
        let mut dictionary = Dictionary::new();
        let own = |key: &[u8]| {
            matches!(key, b"Filter" | b"DecodeParms" | b"Length" | b"Group" | b"Resources" | b"Metadata")
        };
        for (key, entry) in stream.dict.iter().filter(|(key, _)| !own(key)) {
            let entry = self.taken(entry);
            dictionary.set(key.clone(), entry);
        }
        if let Some(group) = self.group(&stream.dict) {
            dictionary.set("Group", group);
        }
        dictionary.set("Resources", resources);
        let mut content = content;
        if value(self.doc, &dictionary, b"PaintType").is_some_and(is_coloured) {
            // colours of its own: it begins with black, as a page does
            let gray = self.gray(&Inks::black(1.0));
            content.splice(0..0, format!("{gray} g {gray} G\n").into_bytes());
        }
        let made = self.stream(dictionary, content);
        self.weights.insert(made, weight);
        if let Some(key) = key {
            self.done.insert(key, made);
        }
        Some(made)
    }
}

fn is_coloured(kind: &Object) -> bool {
    kind.as_i64().is_ok_and(|kind| kind == 1)
}
