//! The labels of dimensions are readable: none overlaps the lines of its dimension or extends beyond the sheet, however
//! short the distance is.

#![allow(clippy::unwrap_used)]

use domain::{
    Language,
    document::Value,
    model::{OptionKind, ProductModel, Values, parse},
};
use std::{fs, path::Path};

// The largest width of a character and half the height of a line at the largest font size (style/drawing.css).
const CHARACTER_WIDTH: f64 = 14.2;
const HALF_LINE: f64 = 10.0;
const SHEET: (f64, f64) = (800.0, 560.0);

#[test]
fn labels_do_not_overlap_their_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let models = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut seen = 0;
    for path in models {
        let model = parse(&fs::read_to_string(&path).unwrap()).unwrap().product;
        for values in extremes(&model) {
            let svg = model.render_svg(&values, Language::Uk);
            for dimension in svg.split("<g class=\"dimension\"").skip(1) {
                let dimension = dimension.split("</g>").next().unwrap();
                if dimension.contains("<text") {
                    seen += 1;
                    check_label(dimension, &model.slug);
                }
            }
        }
    }
    assert!(seen > 50, "{seen} dimensions");
}

/// The defaults, and configurations with each number, each pair of numbers and all numbers at their minimum and
/// maximum.
fn extremes(model: &ProductModel) -> Vec<Values> {
    let ends: Vec<_> = model
        .options
        .iter()
        .filter_map(|option| match &option.kind {
            OptionKind::Number { min, max, .. } => Some([(&option.key, *min), (&option.key, *max)]),
            _ => None,
        })
        .flatten()
        .collect();
    let with = |ends: Vec<&(&String, _)>| {
        let mut values = model.defaults();
        values.extend(ends.into_iter().map(|(key, end)| ((*key).clone(), Value::Number(*end))));
        values
    };
    let mut all = vec![model.defaults(), with(ends.iter().step_by(2).collect())];
    all.push(with(ends.iter().skip(1).step_by(2).collect()));
    for (at, one) in ends.iter().enumerate() {
        all.extend(ends[at..].iter().map(|other| with(vec![one, other])));
    }
    all
}

fn check_label(dimension: &str, slug: &str) {
    let text = dimension.split("<text").nth(1).unwrap();
    let label = text.split('>').nth(1).unwrap().split('<').next().unwrap();
    let (x, y) = (attribute(text, "x"), attribute(text, "y"));
    let degrees = text.split("rotate(").nth(1).map_or(0.0, |turn| turn.split(' ').next().unwrap().parse().unwrap());
    let (sin, cos) = f64::to_radians(-degrees).sin_cos();
    let width = CHARACTER_WIDTH * label.chars().count() as f64;
    let left = if text.starts_with(" class=\"beyond\"") { 0.0 } else { -width / 2.0 };
    for end in [left, left + width] {
        let (px, py) = (x + end * cos, y - end * sin);
        let on = (0.0..=SHEET.0).contains(&px) && (0.0..=SHEET.1).contains(&py);
        assert!(on, "{slug}: {label} extends beyond the sheet at {px:.0}, {py:.0}");
    }
    // Coordinates relative to the label, rotated so that the label is horizontal.
    let relative = |px: f64, py: f64| ((px - x) * cos - (py - y) * sin, (px - x) * sin + (py - y) * cos);
    for line in dimension.split("<line").skip(1) {
        let one = relative(attribute(line, "x1"), attribute(line, "y1"));
        let other = relative(attribute(line, "x2"), attribute(line, "y2"));
        let beside = one.0.max(other.0) < left || one.0.min(other.0) > left + width;
        let above = one.1.max(other.1) < -HALF_LINE || one.1.min(other.1) > HALF_LINE;
        assert!(beside || above, "{slug}: {label} overlaps a line: {dimension}");
    }
}

fn attribute(element: &str, name: &str) -> f64 {
    element.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}
