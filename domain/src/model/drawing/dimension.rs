//! A dimension as engineers set it: a line beside what it measures, arrows at its ends, the number in a gap of the line
//! or, where the measure is too short for that, at the line's end.

use super::canvas::{Point, Short};
use std::fmt::Write;

const ARROW: f64 = 11.0;
const ARROW_HALF: f64 = 2.8;
/// Between what is measured and the line that leads away from it.
const GAP: f64 = 4.0;
/// How far that line goes beyond the dimension's.
const BEYOND: f64 = 6.0;
/// A letter's width where lettering is largest (style/drawing.css: on the smallest sheet that has any).
const LETTER: f64 = 14.2;
/// Between a number and the line that it interrupts.
const AIR: f64 = 5.0;
/// How far the line goes on towards a number that stands at its end.
const STUB: f64 = 8.0;

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
    let gap = LETTER * label.chars().count() as f64 + 2.0 * AIR;
    let back = Point { x: -along.x, y: -along.y };
    if length >= gap + 2.0 * (ARROW + AIR) {
        line(&mut svg, "measure", start, start.moved(along, (length - gap) / 2.0));
        line(&mut svg, "measure", end.moved(back, (length - gap) / 2.0), end);
        arrows(&mut svg, (start, along), (end, back));
        write_label(&mut svg, "", start.moved(along, length / 2.0), along, label);
    } else if length > 3.0 * ARROW {
        line(&mut svg, "measure", start, end.moved(along, STUB));
        arrows(&mut svg, (start, along), (end, back));
        write_label(&mut svg, " class=\"beyond\"", end.moved(along, STUB + AIR), along, label);
    } else {
        // Too short for arrows within: they point inwards from outside.
        line(&mut svg, "measure", start.moved(back, 2.0 * ARROW), end.moved(along, 2.0 * ARROW));
        arrows(&mut svg, (start, back), (end, along));
        write_label(&mut svg, " class=\"beyond\"", end.moved(along, 2.0 * ARROW + AIR), along, label);
    }
    svg
}

fn line(svg: &mut String, class: &str, from: Point, to: Point) {
    let (x1, y1, x2, y2) = (Short(from.x), Short(from.y), Short(to.x), Short(to.y));
    let _ = write!(svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
}

/// Of each, where its tip is and in which direction its body lies.
fn arrows(svg: &mut String, one: (Point, Point), other: (Point, Point)) {
    for (tip, body) in [one, other] {
        arrow(svg, tip, body);
    }
}

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

/// In the line's own direction and at its height: around the point, or from there on where `class` says so.
fn write_label(svg: &mut String, class: &str, at: Point, along: Point, label: &str) {
    let (x, y) = (Short(at.x), Short(at.y));
    let degrees = along.y.atan2(along.x).to_degrees();
    let turn =
        if degrees.abs() < 0.01 { String::new() } else { format!(" transform=\"rotate({} {x} {y})\"", Short(degrees)) };
    let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\" dy=\"0.35em\"{turn}>{label}</text>");
}
