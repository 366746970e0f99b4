//! Draws shapes on a sheet. The sheet has the same size for every product, so that the layout of pages is stable and
//! all text has the same size.

use super::{
    dimension,
    geometry::{Point, Rounded},
};
use crate::{
    Language,
    document::Value,
    model::{
        drawing::{Command, Drawing, Fill, Geometry, Grain, Part, REPEAT_LIMIT, Repeat, Shape, Stroke},
        expression::{Expression, Variables},
        option::OptionKind,
        product::ProductModel,
        scope::Scope,
        unit::Unit,
    },
};
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;

const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 560.0;
/// The most shapes in one drawing. Further shapes are not drawn.
const SHAPES_LIMIT: usize = 3_000;

pub(super) struct Canvas<'a> {
    slug: &'a str,
    language: Language,
    unit: Unit,
    /// Sheet units per unit of the drawing.
    scale: f64,
    /// The origin of the drawing on the sheet.
    origin: Point,
    /// The origin of the current part in units of the drawing.
    part_origin: Point,
    body: String,
    shape_count: usize,
    /// The wood grains that need a pattern.
    grains: Vec<Grain>,
}

/// Escapes text for XML.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // Not allowed in XML.
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}

impl<'a> Canvas<'a> {
    pub fn new(drawing: &Drawing, slug: &'a str, scope: &Scope, language: Language) -> Self {
        let [top, right, bottom, left] = drawing.margin.map(f64::from);
        let size = |expression| float(expression, scope).filter(|size| *size > 0.0).unwrap_or(1.0);
        let (width, height) = (size(&drawing.width), size(&drawing.height));
        let (available_width, available_height) = (WIDTH - left - right, HEIGHT - top - bottom);
        let scale = (available_width / width).min(available_height / height);
        let origin = Point {
            x: left + (available_width - width * scale) / 2.0,
            y: top + (available_height - height * scale) / 2.0,
        };
        let part_origin = Point { x: 0.0, y: 0.0 };
        let (unit, body) = (drawing.unit, String::new());
        Self { slug, language, unit, scale, origin, part_origin, body, shape_count: 0, grains: Vec::new() }
    }

    pub fn draw_part(&mut self, part: &'a Part, model: &ProductModel, scope: &mut Scope<'a>) {
        draw_repeated(&part.when, &part.repeat, scope, &mut |scope| {
            let at = part.at.as_ref().map_or(Some((0.0, 0.0)), |(x, y)| Some((float(x, scope)?, float(y, scope)?)));
            let Some((x, y)) = at else { return };
            self.part_origin = Point { x, y };
            for shape in &part.shapes {
                draw_repeated(&shape.when, &shape.repeat, scope, &mut |scope| {
                    if self.shape_count < SHAPES_LIMIT {
                        // A shape whose expressions have no value is not drawn.
                        let _ = self.draw_shape(shape, model, scope);
                    }
                });
            }
        });
    }

    fn draw_shape(&mut self, shape: &Shape, model: &ProductModel, scope: &Scope) -> Option<()> {
        let attributes = if shape.options.is_empty() {
            String::new()
        } else {
            format!(" data-option=\"{}\"", escape(&shape.options.join(" ")))
        };
        self.shape_count += 1;
        match &shape.geometry {
            Geometry::Dimension { between: [x1, y1, x2, y2], offset, value } => {
                let (from, to) = (self.point(x1, y1, scope)?, self.point(x2, y2, scope)?);
                let label = self.unit.format(value.number(scope)?.round_dp(1), self.language);
                let lines = dimension::draw(from, to, float(offset, scope)?, &escape(&label));
                let _ = write!(self.body, "<g class=\"dimension\"{attributes}>{lines}</g>");
            }
            Geometry::Text { text, x, y } => {
                let at = self.point(x, y, scope)?;
                let text = escape(&scope.fill_text(text.get(self.language), self.language));
                let (x, y) = (Rounded(at.x), Rounded(at.y));
                let _ = write!(self.body, "<text class=\"label\" x=\"{x}\" y=\"{y}\"{attributes}>{text}</text>");
            }
            geometry => {
                let element = self.element(geometry, scope)?;
                let class = class(shape, model, scope);
                let _ = write!(self.body, "<{element} class=\"{class}\"{attributes}/>");
                if let Some(grain) = shape.style.grain {
                    self.draw_grain(grain, &element, &attributes);
                }
            }
        }
        Some(())
    }

    fn draw_grain(&mut self, grain: Grain, element: &str, attributes: &str) {
        if !self.grains.contains(&grain) {
            self.grains.push(grain);
        }
        let (slug, name) = (self.slug, grain.name());
        let _ = write!(self.body, "<{element} class=\"grained\" fill=\"url(#{slug}-{name})\"{attributes}/>");
    }

    /// Returns the name of the SVG element and its coordinates.
    fn element(&self, geometry: &Geometry, scope: &Scope) -> Option<String> {
        let measure = |expression: &Expression| Some(Rounded(float(expression, scope)?.max(0.0) * self.scale));
        match geometry {
            Geometry::Rect { x, y, width, height, round } => {
                let at = self.point(x, y, scope)?;
                let round = match round {
                    Some(round) => format!(" rx=\"{}\"", measure(round)?),
                    None => String::new(),
                };
                let (x, y, width, height) = (Rounded(at.x), Rounded(at.y), measure(width)?, measure(height)?);
                Some(format!("rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}"))
            }
            Geometry::Line([x1, y1, x2, y2]) => {
                let (from, to) = (self.point(x1, y1, scope)?, self.point(x2, y2, scope)?);
                let (x1, y1, x2, y2) = (Rounded(from.x), Rounded(from.y), Rounded(to.x), Rounded(to.y));
                Some(format!("line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\""))
            }
            Geometry::Circle([x, y, radius]) => {
                let at = self.point(x, y, scope)?;
                Some(format!("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", Rounded(at.x), Rounded(at.y), measure(radius)?))
            }
            Geometry::Path(commands) => {
                let steps: Option<Vec<String>> =
                    commands.iter().map(|command| self.path_command(command, scope)).collect();
                Some(format!("path d=\"{}\"", steps?.join(" ")))
            }
            Geometry::Dimension { .. } | Geometry::Text { .. } => None,
        }
    }

    fn path_command(&self, command: &Command, scope: &Scope) -> Option<String> {
        let mut step = command.letter.to_string();
        for pair in command.numbers.chunks_exact(2) {
            let [x, y] = pair else { return None };
            let at = self.point(x, y, scope)?;
            let _ = write!(step, "{} {} ", Rounded(at.x), Rounded(at.y));
        }
        Some(step.trim_end().to_owned())
    }

    fn point(&self, x: &Expression, y: &Expression, scope: &Scope) -> Option<Point> {
        Some(Point {
            x: self.origin.x + (self.part_origin.x + float(x, scope)?) * self.scale,
            y: self.origin.y + (self.part_origin.y + float(y, scope)?) * self.scale,
        })
    }

    pub fn finish(self, title: &str) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"product-drawing\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\"><title>{}</title>",
            escape(title)
        );
        if !self.grains.is_empty() {
            svg.push_str("<defs>");
            self.grains.iter().for_each(|grain| write_pattern(&mut svg, self.slug, *grain));
            svg.push_str("</defs>");
        }
        svg + &self.body + "</svg>"
    }
}

/// Writes the pattern of a wood grain, a tile whose opposite edges match.
fn write_pattern(svg: &mut String, slug: &str, grain: Grain) {
    let name = grain.name();
    let transform = if grain == Grain::Upright { " patternTransform=\"rotate(90)\"" } else { "" };
    let _ = write!(
        svg,
        "<pattern id=\"{slug}-{name}\" width=\"260\" height=\"46\" patternUnits=\"userSpaceOnUse\"{transform}>\
         <path class=\"grain\" d=\"M0 4C60 1 110 8 170 5S230 3 260 4M0 13C50 16 90 11 130 12S220 16 260 13\
         M0 21C30 20 60 22 84 21M150 23C190 26 220 21 260 21M0 30C70 26 120 34 180 31S235 29 260 30\
         M40 37C90 40 130 35 176 37M0 42C40 44 80 41 120 42S210 44 260 42\"/></pattern>"
    );
}

fn class(shape: &Shape, model: &ProductModel, scope: &Scope) -> String {
    let swatch = match &shape.style.fill {
        Some(Fill::Swatch(swatch)) => Some(swatch.as_str()),
        Some(Fill::Option(key)) => swatch(model, key, scope),
        None => None,
    };
    let stroke = match shape.style.stroke {
        Stroke::Line => String::new(),
        stroke => format!(" {}", stroke.name()),
    };
    match swatch {
        Some(swatch) => format!("shape filled swatch-{swatch}{stroke}"),
        None => format!("shape{stroke}"),
    }
}

fn swatch<'m>(model: &'m ProductModel, option: &str, scope: &Scope) -> Option<&'m str> {
    match (&model.option(option)?.kind, scope.value(option)?) {
        (OptionKind::Choice { values, .. }, Value::Text(key)) => {
            values.iter().find(|value| value.key == key)?.swatch.as_deref()
        }
        _ => None,
    }
}

/// Calls `draw` once, or repeatedly with the counter of `repeat`; not at all if `when` is not true.
fn draw_repeated<'a>(
    when: &Option<Expression>,
    repeat: &'a Option<Repeat>,
    scope: &mut Scope<'a>,
    draw: &mut impl FnMut(&mut Scope<'a>),
) {
    if when.as_ref().is_some_and(|when| when.flag(scope) != Some(true)) {
        return;
    }
    match repeat {
        None => draw(scope),
        Some(repeat) => {
            let times = repeat.times.number(scope).and_then(|times| times.to_u32()).unwrap_or_default();
            scope.repeat(&repeat.counter, times.min(REPEAT_LIMIT), draw);
        }
    }
}

fn float(expression: &Expression, scope: &Scope) -> Option<f64> {
    expression.number(scope)?.to_f64()
}
