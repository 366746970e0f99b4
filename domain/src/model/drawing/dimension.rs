//! A dimension as engineers set it: a line beside what it measures, arrows at its ends, the number on it.

use super::canvas::{Point, Short};
use std::fmt::Write;

const ARROW: f64 = 11.0;
const ARROW_HALF: f64 = 2.8;
/// Between what is measured and the line that leads away from it.
const GAP: f64 = 4.0;
/// How far that line goes beyond the dimension's.
const BEYOND: f64 = 6.0;
/// A letter's width, with some air.
const LETTER: f64 = 9.5;

impl Point {
    fn moved(self, direction: Point, by: f64) -> Point {
        Point { x: self.x + direction.x * by, y: self.y + direction.y * by }
    }

    fn turned(self) -> Point {
        Point { x: -self.y, y: self.x }
    }
}

/// A positive offset puts the line below or to the right, a negative one above or to the left.
pub(super) fn draw(from: Point, to: Point, offset: f64, label: &str) -> String {
    let length = (to.x - from.x).hypot(to.y - from.y);
    if length < 0.5 {
        return String::new();
    }
    // From left to right and from below to above, so that the number reads that way.
    let backwards = to.x < from.x - 0.01 || ((to.x - from.x).abs() <= 0.01 && to.y > from.y);
    let (from, to) = if backwards { (to, from) } else { (from, to) };
    let along = Point { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    let across = along.turned();
    let mut svg = String::new();
    let (start, end) = (from.moved(across, offset), to.moved(across, offset));
    let away = offset.signum();
    for (point, tip) in [(from, start), (to, end)] {
        line(&mut svg, "lead", point.moved(across, GAP * away), tip.moved(across, BEYOND * away));
    }
    let needed = LETTER * label.chars().count() as f64;
    let fits = length > needed + 2.0 * ARROW;
    if length > 3.0 * ARROW {
        line(&mut svg, "measure", start, end);
        arrow(&mut svg, start, along);
        arrow(&mut svg, end, Point { x: -along.x, y: -along.y });
    } else {
        // Too short for arrows within: they point inwards from outside.
        line(&mut svg, "measure", start.moved(along, -2.0 * ARROW), end.moved(along, 2.0 * ARROW));
        arrow(&mut svg, start, Point { x: -along.x, y: -along.y });
        arrow(&mut svg, end, along);
    }
    let middle = if fits { start.moved(along, length / 2.0) } else { end.moved(along, 2.0 * ARROW + needed / 2.0) };
    write_label(&mut svg, middle, along, label);
    svg
}

fn line(svg: &mut String, class: &str, from: Point, to: Point) {
    let (x1, y1, x2, y2) = (Short(from.x), Short(from.y), Short(to.x), Short(to.y));
    let _ = write!(svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
}

/// Its tip is here, its body lies in that direction.
fn arrow(svg: &mut String, tip: Point, body: Point) {
    let back = tip.moved(body, ARROW);
    let (one, other) = (back.moved(body.turned(), ARROW_HALF), back.moved(body.turned(), -ARROW_HALF));
    let _ = write!(
        svg,
        "<path class=\"arrow\" d=\"M{} {}L{} {}L{} {}Z\"/>",
        Short(tip.x),
        Short(tip.y),
        Short(one.x),
        Short(one.y),
        Short(other.x),
        Short(other.y)
    );
}

fn write_label(svg: &mut String, at: Point, along: Point, label: &str) {
    let (x, y) = (Short(at.x), Short(at.y));
    let degrees = along.y.atan2(along.x).to_degrees();
    let turn =
        if degrees.abs() < 0.01 { String::new() } else { format!(" transform=\"rotate({} {x} {y})\"", Short(degrees)) };
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" dy=\"-0.38em\"{turn}>{label}</text>");
}
