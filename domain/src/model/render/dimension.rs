//! Draws a dimension as in engineering drawings: a line beside the measured distance with arrows at its ends and the
//! number in a gap of the line, or at the end of the line if the distance is too short.

use super::geometry::{Point, Rounded};
use std::fmt::Write;

const ARROW: f64 = 11.0;
const ARROW_HALF: f64 = 2.8;
/// The gap between the measured object and the extension lines.
const EXTENSION_GAP: f64 = 4.0;
/// How far the extension lines go beyond the dimension line.
const EXTENSION_OVERHANG: f64 = 6.0;
/// The width of a character at the largest font size (style/drawing.css: on the smallest sheet with text).
const CHARACTER_WIDTH: f64 = 14.2;
/// The space between the number and the line.
const LABEL_PADDING: f64 = 5.0;
/// How far the line extends towards a number at its end.
const STUB: f64 = 8.0;

/// Returns the SVG elements of a dimension. A positive offset puts the line below or to the right, a negative one above
/// or to the left.
pub(super) fn draw(from: Point, to: Point, offset: f64, label: &str) -> String {
    let length = (to.x - from.x).hypot(to.y - from.y);
    if length < 0.5 {
        return String::new();
    }
    // Draw from left to right or from bottom to top, so that the number can be read.
    let backwards = to.x < from.x - 0.01 || ((to.x - from.x).abs() <= 0.01 && to.y > from.y);
    let (from, to) = if backwards { (to, from) } else { (from, to) };
    let along = Point { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    let across = along.rotated();
    let mut svg = String::new();
    let (start, end) = (from.moved(across, offset), to.moved(across, offset));
    let side = offset.signum();
    for (point, tip) in [(from, start), (to, end)] {
        line(&mut svg, "lead", point.moved(across, EXTENSION_GAP * side), tip.moved(across, EXTENSION_OVERHANG * side));
    }
    let gap = CHARACTER_WIDTH * label.chars().count() as f64 + 2.0 * LABEL_PADDING;
    let back = Point { x: -along.x, y: -along.y };
    if length >= gap + 2.0 * (ARROW + LABEL_PADDING) {
        line(&mut svg, "measure", start, start.moved(along, (length - gap) / 2.0));
        line(&mut svg, "measure", end.moved(back, (length - gap) / 2.0), end);
        arrows(&mut svg, (start, along), (end, back));
        write_label(&mut svg, "", start.moved(along, length / 2.0), along, label);
    } else if length > 3.0 * ARROW {
        line(&mut svg, "measure", start, end.moved(along, STUB));
        arrows(&mut svg, (start, along), (end, back));
        write_label(&mut svg, " class=\"beyond\"", end.moved(along, STUB + LABEL_PADDING), along, label);
    } else {
        // Too short for arrows inside: they point inwards from the outside.
        line(&mut svg, "measure", start.moved(back, 2.0 * ARROW), end.moved(along, 2.0 * ARROW));
        arrows(&mut svg, (start, back), (end, along));
        write_label(&mut svg, " class=\"beyond\"", end.moved(along, 2.0 * ARROW + LABEL_PADDING), along, label);
    }
    svg
}

fn line(svg: &mut String, class: &str, from: Point, to: Point) {
    let (x1, y1, x2, y2) = (Rounded(from.x), Rounded(from.y), Rounded(to.x), Rounded(to.y));
    let _ = write!(svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
}

/// Draws two arrows. Each is given by its tip and the direction from the tip to its base.
fn arrows(svg: &mut String, one: (Point, Point), other: (Point, Point)) {
    for (tip, body) in [one, other] {
        arrow(svg, tip, body);
    }
}

fn arrow(svg: &mut String, tip: Point, body: Point) {
    let back = tip.moved(body, ARROW);
    let (one, other) = (back.moved(body.rotated(), ARROW_HALF), back.moved(body.rotated(), -ARROW_HALF));
    let _ = write!(
        svg,
        "<path class=\"arrow\" d=\"M{} {}L{} {}L{} {}Z\"/>",
        Rounded(tip.x),
        Rounded(tip.y),
        Rounded(one.x),
        Rounded(one.y),
        Rounded(other.x),
        Rounded(other.y)
    );
}

/// Writes the label in the direction of the line, centred at the point. The class `beyond` makes it start there.
fn write_label(svg: &mut String, class: &str, at: Point, along: Point, label: &str) {
    let (x, y) = (Rounded(at.x), Rounded(at.y));
    let degrees = along.y.atan2(along.x).to_degrees();
    let transform = if degrees.abs() < 0.01 {
        String::new()
    } else {
        format!(" transform=\"rotate({} {x} {y})\"", Rounded(degrees))
    };
    let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\" dy=\"0.35em\"{transform}>{label}</text>");
}
