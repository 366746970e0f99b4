//! Puts shapes on paper: one sheet of a fixed size, whatever the product's, so that pages do not move and lettering
//! has one size.

use super::{Command, Drawing, Fill, Form, Grain, Part, REPEAT_LIMIT, Repeat, Shape, Stroke, dimension};
use crate::{
    Language,
    document::Value,
    model::{Expression, OptionKind, ProductModel, Unit, scope::Scope},
};
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;

pub(super) const WIDTH: f64 = 800.0;
pub(super) const HEIGHT: f64 = 560.0;
/// A drawing of more is no drawing.
const SHAPES_LIMIT: usize = 3_000;

pub(super) struct Canvas<'a> {
    slug: &'a str,
    pub language: Language,
    pub unit: Unit,
    scale: f64,
    zero: Point,
    /// Where the part that is being drawn has its zero, in the product's measure.
    part: Point,
    body: String,
    shapes: usize,
    grains: Vec<Grain>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// Up to a hundredth, without superfluous zeros.
pub(super) struct Short(pub f64);

impl std::fmt::Display for Short {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // Never «-0».
        write!(to, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

pub(super) fn escape(text: &str) -> String {
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
        let [above, right, below, left] = drawing.margin.map(f64::from);
        let size = |expression| float(expression, scope).filter(|size| *size > 0.0).unwrap_or(1.0);
        let (width, height) = (size(&drawing.width), size(&drawing.height));
        let (room, headroom) = (WIDTH - left - right, HEIGHT - above - below);
        let scale = (room / width).min(headroom / height);
        let zero = Point { x: left + (room - width * scale) / 2.0, y: above + (headroom - height * scale) / 2.0 };
        let part = Point { x: 0.0, y: 0.0 };
        let (unit, body) = (drawing.unit, String::new());
        Self { slug, language, unit, scale, zero, part, body, shapes: 0, grains: Vec::new() }
    }

    pub fn part(&mut self, part: &'a Part, model: &ProductModel, scope: &mut Scope<'a>) {
        repeated(&part.when, &part.repeat, scope, &mut |scope| {
            let at = part.at.as_ref().map_or(Some((0.0, 0.0)), |(x, y)| Some((float(x, scope)?, float(y, scope)?)));
            let Some((x, y)) = at else { return };
            self.part = Point { x, y };
            for shape in &part.shapes {
                repeated(&shape.when, &shape.repeat, scope, &mut |scope| {
                    if self.shapes < SHAPES_LIMIT {
                        // What cannot be computed is not drawn.
                        let _ = self.shape(shape, model, scope);
                    }
                });
            }
        });
    }

    fn shape(&mut self, shape: &Shape, model: &ProductModel, scope: &Scope) -> Option<()> {
        let marks = if shape.options.is_empty() {
            String::new()
        } else {
            format!(" data-option=\"{}\"", escape(&shape.options.join(" ")))
        };
        self.shapes += 1;
        match &shape.form {
            Form::Dimension { between: [x1, y1, x2, y2], offset, value } => {
                let (from, to) = (self.point(x1, y1, scope)?, self.point(x2, y2, scope)?);
                let label = self.unit.write(value.number(scope)?.round_dp(1), self.language);
                let lines = dimension::draw(from, to, float(offset, scope)?, &escape(&label));
                let _ = write!(self.body, "<g class=\"dimension\"{marks}>{lines}</g>");
            }
            Form::Text { text, x, y } => {
                let at = self.point(x, y, scope)?;
                let text = escape(&scope.fill_in(text.get(self.language), self.language));
                let (x, y) = (Short(at.x), Short(at.y));
                let _ = write!(self.body, "<text class=\"label\" x=\"{x}\" y=\"{y}\"{marks}>{text}</text>");
            }
            form => {
                let outline = self.outline(form, scope)?;
                let class = class(shape, model, scope);
                let _ = write!(self.body, "<{outline} class=\"{class}\"{marks}/>");
                if let Some(grain) = shape.look.grain {
                    self.grain(grain, &outline, &marks);
                }
            }
        }
        Some(())
    }

    fn grain(&mut self, grain: Grain, outline: &str, marks: &str) {
        if !self.grains.contains(&grain) {
            self.grains.push(grain);
        }
        let (slug, name) = (self.slug, grain.name());
        let _ = write!(self.body, "<{outline} class=\"grained\" fill=\"url(#{slug}-{name})\"{marks}/>");
    }

    /// The element's name and where it is.
    fn outline(&self, form: &Form, scope: &Scope) -> Option<String> {
        let measure = |expression: &Expression| Some(Short(float(expression, scope)?.max(0.0) * self.scale));
        match form {
            Form::Rect { x, y, width, height, round } => {
                let at = self.point(x, y, scope)?;
                let round = match round {
                    Some(round) => format!(" rx=\"{}\"", measure(round)?),
                    None => String::new(),
                };
                let (x, y, width, height) = (Short(at.x), Short(at.y), measure(width)?, measure(height)?);
                Some(format!("rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}"))
            }
            Form::Line([x1, y1, x2, y2]) => {
                let (from, to) = (self.point(x1, y1, scope)?, self.point(x2, y2, scope)?);
                let (x1, y1, x2, y2) = (Short(from.x), Short(from.y), Short(to.x), Short(to.y));
                Some(format!("line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\""))
            }
            Form::Circle([x, y, radius]) => {
                let at = self.point(x, y, scope)?;
                Some(format!("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", Short(at.x), Short(at.y), measure(radius)?))
            }
            Form::Path(commands) => {
                let steps: Option<Vec<String>> = commands.iter().map(|command| self.command(command, scope)).collect();
                Some(format!("path d=\"{}\"", steps?.join(" ")))
            }
            Form::Dimension { .. } | Form::Text { .. } => None,
        }
    }

    fn command(&self, command: &Command, scope: &Scope) -> Option<String> {
        let mut step = command.letter.to_string();
        for pair in command.numbers.chunks_exact(2) {
            let [x, y] = pair else { return None };
            let at = self.point(x, y, scope)?;
            let _ = write!(step, "{} {} ", Short(at.x), Short(at.y));
        }
        Some(step.trim_end().to_owned())
    }

    fn point(&self, x: &Expression, y: &Expression, scope: &Scope) -> Option<Point> {
        Some(Point {
            x: self.zero.x + (self.part.x + float(x, scope)?) * self.scale,
            y: self.zero.y + (self.part.y + float(y, scope)?) * self.scale,
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
            self.grains.iter().for_each(|grain| pattern(&mut svg, self.slug, *grain));
            svg.push_str("</defs>");
        }
        svg + &self.body + "</svg>"
    }
}

/// A tile of wood's grain, which meets itself at its ends.
fn pattern(svg: &mut String, slug: &str, grain: Grain) {
    let name = grain.name();
    let turn = if grain == Grain::Upright { " patternTransform=\"rotate(90)\"" } else { "" };
    let _ = write!(
        svg,
        "<pattern id=\"{slug}-{name}\" width=\"260\" height=\"46\" patternUnits=\"userSpaceOnUse\"{turn}>\
         <path class=\"grain\" d=\"M0 4C60 1 110 8 170 5S230 3 260 4M0 13C50 16 90 11 130 12S220 16 260 13\
         M0 21C30 20 60 22 84 21M150 23C190 26 220 21 260 21M0 30C70 26 120 34 180 31S235 29 260 30\
         M40 37C90 40 130 35 176 37M0 42C40 44 80 41 120 42S210 44 260 42\"/></pattern>"
    );
}

fn class(shape: &Shape, model: &ProductModel, scope: &Scope) -> String {
    let swatch = match &shape.look.fill {
        Some(Fill::Swatch(swatch)) => Some(swatch.as_str()),
        Some(Fill::Option(key)) => swatch(model, key, scope),
        None => None,
    };
    let stroke = match shape.look.stroke {
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

fn repeated<'a>(
    when: &Option<Expression>,
    repeat: &'a Option<Repeat>,
    scope: &mut Scope<'a>,
    draw: &mut impl FnMut(&mut Scope<'a>),
) {
    if when.as_ref().is_some_and(|when| when.holds(scope) != Some(true)) {
        return;
    }
    match repeat {
        None => draw(scope),
        Some(repeat) => {
            let times = repeat.times.number(scope).and_then(|times| times.to_u32()).unwrap_or_default();
            scope.count(&repeat.counter, times.min(REPEAT_LIMIT), draw);
        }
    }
}

fn float(expression: &Expression, scope: &Scope) -> Option<f64> {
    expression.number(scope)?.to_f64()
}
