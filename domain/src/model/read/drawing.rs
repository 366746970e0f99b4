//! Reads the section `[drawing]`.

use super::{
    diagnostics::ByteRange,
    section::{LIST_LIMIT, Section, TomlValue, number, read_text, unknown_swatch},
};
use crate::{
    LocalizedText,
    model::{
        drawing::{
            Command, Drawing, Fill, Geometry, Grain, Part, REPEAT_LIMIT, Repeat, SWATCHES, Shape, ShapeStyle, Stroke,
        },
        expression::{Expression, Interval, Type, TypeEnvironment},
        option::OptionKind,
        product::ProductModel,
        unit::Unit,
    },
};
use rust_decimal::Decimal;

pub(super) fn read(section: &Section, environment: &TypeEnvironment, product: &ProductModel) -> Drawing {
    section.require("unit");
    let drawing = Drawing {
        title: section.optional_localized("title"),
        unit: section.one_of("unit", &Unit::ALL, Unit::name).unwrap_or(Unit::None),
        width: section.number("width", environment),
        height: section.number("height", environment),
        margin: read_margin(section),
        parts: section.sections("part").iter().map(|section| read_part(section, environment, product)).collect(),
    };
    if let Some(title) = &drawing.title {
        check_placeholders(section, "title", title, environment);
    }
    section.finish();
    drawing
}

/// Reads the margins: top, right, bottom, left.
fn read_margin(section: &Section) -> [u32; 4] {
    let list = section.list("margin");
    let number = |found: &TomlValue| found.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
    let numbers: Vec<u32> = list.iter().filter_map(number).filter(|number| *number <= 250).collect();
    match (section.has("margin"), numbers.as_slice()) {
        (false, _) => [40; 4],
        (true, [top, right, bottom, left]) => [*top, *right, *bottom, *left],
        (true, _) => {
            let message = "«margin» must be four whole numbers up to 250: top, right, bottom, left";
            section.report_at("margin", message);
            [40; 4]
        }
    }
}

fn check_placeholders(section: &Section, key: &'static str, text: &LocalizedText, environment: &TypeEnvironment) {
    for unknown in
        environment.unknown_placeholders(&text.uk).into_iter().chain(environment.unknown_placeholders(&text.en))
    {
        section.report_at(key, format!("unknown option or term «{unknown}» in a placeholder"));
    }
}

fn read_part(section: &Section, environment: &TypeEnvironment, product: &ProductModel) -> Part {
    let mut inner_environment = environment.clone();
    let when = section.condition("when", environment);
    let repeat = read_repeat(section, "i", &mut inner_environment);
    let mut part = Part { at: read_point(section, "at", &inner_environment), when, repeat, shapes: Vec::new() };
    let part_expressions: Vec<Expression> = part.expressions().cloned().collect();
    let named_options = read_options(section, product);
    let reader = ShapeReader { environment: &inner_environment, product, part_expressions, named_options };
    part.shapes = section.sections("shapes").iter().filter_map(|section| reader.read_shape(section)).collect();
    section.finish();
    part
}

/// Reads how often something is repeated, and makes the counter known to expressions.
fn read_repeat(section: &Section, counter: &'static str, environment: &mut TypeEnvironment) -> Option<Repeat> {
    let times = section.optional_number("repeat", environment)?;
    let max = times.check_number(environment).map_or(Decimal::ZERO, |interval| interval.max);
    if max > Decimal::from(REPEAT_LIMIT) {
        let message = format!("«repeat» can be {max}; the limit is {REPEAT_LIMIT}");
        section.report_at("repeat", message);
    }
    let last = (max - Decimal::ONE).max(Decimal::ZERO);
    environment.types.insert(counter.to_owned(), Type::Number(Interval::new(Decimal::ZERO, last)));
    Some(Repeat { counter: counter.to_owned(), times })
}

fn read_point(section: &Section, key: &'static str, environment: &TypeEnvironment) -> Option<(Expression, Expression)> {
    if !section.has(key) {
        return None;
    }
    let list = section.list(key);
    match list.as_slice() {
        [x, y] => {
            Some((number(section.diagnostics, key, x, environment), number(section.diagnostics, key, y, environment)))
        }
        _ => {
            section.report_at(key, format!("«{key}» must be two numbers: [x, y]"));
            None
        }
    }
}

/// Reads the options whose change highlights the shape, if the file names them.
fn read_options(section: &Section, product: &ProductModel) -> Option<Vec<String>> {
    if !section.has("options") {
        return None;
    }
    let keys = section.list("options").into_iter().map(|found| {
        let key = read_text(section.diagnostics, "options", found);
        if product.option(&key).is_none() {
            section.diagnostics.report(found.span(), format!("unknown option «{key}»"));
        }
        key
    });
    Some(keys.collect())
}

/// Reads the shapes of a part.
struct ShapeReader<'a> {
    environment: &'a TypeEnvironment,
    product: &'a ProductModel,
    /// The expressions of the part itself.
    part_expressions: Vec<Expression>,
    /// The options that the file names for the part.
    named_options: Option<Vec<String>>,
}

impl ShapeReader<'_> {
    fn read_shape(&self, section: &Section) -> Option<Shape> {
        let mut environment = self.environment.clone();
        let when = section.condition("when", &environment);
        let repeat = read_repeat(section, "j", &mut environment);
        let style = self.read_style(section);
        let geometry = self.read_geometry(section, &environment)?;
        let named_options = read_options(section, self.product).or_else(|| self.named_options.clone());
        section.finish();
        let mut shape = Shape { geometry, style, when, repeat, options: Vec::new() };
        shape.options = named_options
            .unwrap_or_else(|| self.product.options_used_by(shape.expressions().chain(&self.part_expressions)));
        if let Some(Fill::Option(option)) = &shape.style.fill
            && !shape.options.contains(option)
        {
            shape.options.push(option.clone());
        }
        Some(shape)
    }

    fn read_style(&self, section: &Section) -> ShapeStyle {
        ShapeStyle {
            fill: section.optional_text("fill").and_then(|fill| self.read_fill(section, fill)),
            grain: section.one_of("grain", &Grain::ALL, Grain::name),
            stroke: section.one_of("stroke", &Stroke::ALL, Stroke::name).unwrap_or_default(),
        }
    }

    fn read_fill(&self, section: &Section, name: String) -> Option<Fill> {
        match self.product.option(&name).map(|option| &option.kind) {
            Some(OptionKind::Choice { values, .. }) => {
                if let Some(value) = values.iter().find(|value| value.swatch.is_none()) {
                    let message = format!("value «{}» of «{name}» has no swatch to fill with", value.key);
                    section.report_at("fill", message);
                }
                Some(Fill::Option(name))
            }
            _ if SWATCHES.contains(&name.as_str()) => Some(Fill::Swatch(name)),
            _ => {
                section.report_at("fill", unknown_swatch(&name));
                None
            }
        }
    }

    fn read_geometry(&self, section: &Section, environment: &TypeEnvironment) -> Option<Geometry> {
        let kinds = ["rect", "line", "circle", "polygon", "path", "dimension", "text"];
        let present: Vec<&str> = kinds.into_iter().filter(|kind| section.has(kind)).collect();
        let geometry = match present.as_slice() {
            ["rect"] => {
                let [x, y, width, height] = read_numbers(section, "rect", environment)?;
                Geometry::Rect { x, y, width, height, round: section.optional_number("round", environment) }
            }
            ["line"] => Geometry::Line(read_numbers(section, "line", environment)?),
            ["circle"] => Geometry::Circle(read_numbers(section, "circle", environment)?),
            ["polygon"] => Geometry::Path(read_polygon(section, environment)?),
            ["path"] => Geometry::Path(read_path(section, environment)?),
            ["dimension"] => Geometry::Dimension {
                between: read_numbers(section, "dimension", environment)?,
                offset: section
                    .optional_number("offset", environment)
                    .unwrap_or_else(|| Expression::from(Decimal::from(24))),
                value: section.number("value", environment),
            },
            ["text"] => {
                let text = section.localized("text");
                check_placeholders(section, "text", &text, environment);
                section.require("at");
                let (x, y) = read_point(section, "at", environment)?;
                Geometry::Text { text, x, y }
            }
            _ => {
                section.report(format!("a shape must have exactly one of {}", kinds.join(", ")));
                return None;
            }
        };
        Some(geometry)
    }
}

fn read_numbers<const N: usize>(
    section: &Section,
    key: &'static str,
    environment: &TypeEnvironment,
) -> Option<[Expression; N]> {
    let numbers: Vec<Expression> =
        section.list(key).into_iter().map(|found| number(section.diagnostics, key, found, environment)).collect();
    let numbers = numbers.try_into().ok();
    if numbers.is_none() {
        section.report_at(key, format!("«{key}» must have {N} numbers"));
    }
    numbers
}

fn read_polygon(section: &Section, environment: &TypeEnvironment) -> Option<Vec<Command>> {
    let list = section.list("polygon");
    if list.len() < 6 || !list.len().is_multiple_of(2) {
        section.report_at("polygon", "«polygon» must have x and y of at least three points");
        return None;
    }
    let mut commands: Vec<Command> = list
        .chunks_exact(2)
        .enumerate()
        .map(|(index, pair)| Command {
            letter: if index == 0 { 'M' } else { 'L' },
            numbers: pair.iter().map(|found| number(section.diagnostics, "polygon", found, environment)).collect(),
        })
        .collect();
    commands.push(Command { letter: 'Z', numbers: Vec::new() });
    Some(commands)
}

/// Reads path commands as in SVG, letters followed by their numbers: `["M", 0, 0, "L", "length", 0, "Z"]`.
fn read_path(section: &Section, environment: &TypeEnvironment) -> Option<Vec<Command>> {
    let mut commands: Vec<(Command, ByteRange)> = Vec::new();
    for found in section.list("path") {
        let letter = found.get_ref().as_str().and_then(|text| match text {
            "M" | "L" | "Q" | "C" | "Z" => text.chars().next(),
            _ => None,
        });
        match (letter, commands.last_mut()) {
            (Some(letter), _) => commands.push((Command { letter, numbers: Vec::new() }, found.span())),
            (None, Some((command, _))) => command.numbers.push(number(section.diagnostics, "path", found, environment)),
            (None, None) => section.diagnostics.report(found.span(), "«path» must start with \"M\""),
        }
    }
    if commands.is_empty() || commands.len() > LIST_LIMIT {
        section.report_at("path", "«path» must have commands M, L, Q, C or Z");
        return None;
    }
    for (command, range) in &commands {
        let expected = command.number_count();
        if command.numbers.len() != expected {
            let message = format!("\"{}\" takes {expected} numbers, not {}", command.letter, command.numbers.len());
            section.diagnostics.report(range.clone(), message);
        }
    }
    Some(commands.into_iter().map(|(command, _)| command).collect())
}
