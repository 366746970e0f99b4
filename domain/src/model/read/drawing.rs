//! `[drawing]`: parts made of shapes, their coordinates expressions.

use super::{
    product::unknown_swatch,
    section::{Found, LIST_LIMIT, Place, Section, number, written},
};
use crate::{
    Local,
    model::{
        OptionKind, ProductModel, SWATCHES, Unit,
        drawing::{Command, Drawing, Fill, Form, Grain, Look, Part, REPEAT_LIMIT, Repeat, Shape, Stroke},
        expression::{Expression, Known, Names, Range},
    },
};
use rust_decimal::Decimal;

pub(super) fn read(section: &Section, names: &Names, product: &ProductModel) -> Drawing {
    section.need("unit");
    let drawing = Drawing {
        title: section.maybe_local("title"),
        unit: section.named("unit", &Unit::ALL, Unit::name).unwrap_or(Unit::None),
        width: section.number("width", names),
        height: section.number("height", names),
        margin: margin(section),
        parts: section.sections("part").iter().map(|section| part(section, names, product)).collect(),
    };
    if let Some(title) = &drawing.title {
        check_braces(section, "title", title, names);
    }
    section.finish();
    drawing
}

/// Above, right, below, left.
fn margin(section: &Section) -> [u32; 4] {
    let list = section.list("margin");
    let number = |found: &Found| found.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
    let numbers: Vec<u32> = list.iter().filter_map(number).filter(|number| *number <= 250).collect();
    match (section.has("margin"), numbers.as_slice()) {
        (false, _) => [40; 4],
        (true, [above, right, below, left]) => [*above, *right, *below, *left],
        (true, _) => {
            let message = "«margin» must be four whole numbers up to 250: above, right, below, left";
            section.reader.wrong(section.place_of("margin"), message);
            [40; 4]
        }
    }
}

fn check_braces(section: &Section, key: &'static str, text: &Local, names: &Names) {
    for unknown in names.unknown_in(&text.uk).into_iter().chain(names.unknown_in(&text.en)) {
        section.reader.wrong(section.place_of(key), format!("there is no option or term «{unknown}» to fill in"));
    }
}

fn part(section: &Section, names: &Names, product: &ProductModel) -> Part {
    let mut inner = names.clone();
    let when = section.condition("when", names);
    let repeat = repeat(section, "i", &mut inner);
    let mut part = Part { at: point(section, "at", &inner), when, repeat, shapes: Vec::new() };
    let outer: Vec<Expression> = part.expressions().cloned().collect();
    let stated = options(section, product);
    let context = Context { names: &inner, product, outer, stated };
    part.shapes = section.sections("shapes").iter().filter_map(|section| context.shape(section)).collect();
    section.finish();
    part
}

fn repeat(section: &Section, counter: &'static str, names: &mut Names) -> Option<Repeat> {
    let times = section.maybe_number("repeat", names)?;
    let most = times.check_number(names).map_or(Decimal::ZERO, |range| range.most);
    if most > Decimal::from(REPEAT_LIMIT) {
        let message = format!("«repeat» can come to {most}; at most {REPEAT_LIMIT} are drawn");
        section.reader.wrong(section.place_of("repeat"), message);
    }
    let last = (most - Decimal::ONE).max(Decimal::ZERO);
    names.names.insert(counter.to_owned(), Known::Number(Range::new(Decimal::ZERO, last)));
    Some(Repeat { counter: counter.to_owned(), times })
}

fn point(section: &Section, key: &'static str, names: &Names) -> Option<(Expression, Expression)> {
    if !section.has(key) {
        return None;
    }
    let list = section.list(key);
    match list.as_slice() {
        [x, y] => Some((number(section.reader, key, x, names), number(section.reader, key, y, names))),
        _ => {
            section.reader.wrong(section.place_of(key), format!("«{key}» must be two numbers: [x, y]"));
            None
        }
    }
}

/// The options whose change lets this glow, where the file names them.
fn options(section: &Section, product: &ProductModel) -> Option<Vec<String>> {
    if !section.has("options") {
        return None;
    }
    let keys = section.list("options").into_iter().map(|found| {
        let key = written(section.reader, "options", found);
        if product.option(&key).is_none() {
            section.reader.wrong(found.span(), format!("there is no option «{key}»"));
        }
        key
    });
    Some(keys.collect())
}

struct Context<'a> {
    names: &'a Names,
    product: &'a ProductModel,
    /// Expressions of the part around the shape.
    outer: Vec<Expression>,
    stated: Option<Vec<String>>,
}

impl Context<'_> {
    fn shape(&self, section: &Section) -> Option<Shape> {
        let mut names = self.names.clone();
        let when = section.condition("when", &names);
        let repeat = repeat(section, "j", &mut names);
        let look = self.look(section);
        let form = self.form(section, &names)?;
        let stated = options(section, self.product).or_else(|| self.stated.clone());
        section.finish();
        let mut shape = Shape { form, look, when, repeat, options: Vec::new() };
        shape.options = stated.unwrap_or_else(|| self.product.options_of(shape.expressions().chain(&self.outer)));
        if let Some(Fill::Option(option)) = &shape.look.fill
            && !shape.options.contains(option)
        {
            shape.options.push(option.clone());
        }
        Some(shape)
    }

    fn look(&self, section: &Section) -> Look {
        Look {
            fill: section.maybe_text("fill").and_then(|fill| self.fill(section, fill)),
            grain: section.named("grain", &Grain::ALL, Grain::name),
            stroke: section.named("stroke", &Stroke::ALL, Stroke::name).unwrap_or_default(),
        }
    }

    fn fill(&self, section: &Section, name: String) -> Option<Fill> {
        match self.product.option(&name).map(|option| &option.kind) {
            Some(OptionKind::Choice { values, .. }) => {
                if let Some(value) = values.iter().find(|value| value.swatch.is_none()) {
                    let message = format!("value «{}» of «{name}» has no swatch to fill with", value.key);
                    section.reader.wrong(section.place_of("fill"), message);
                }
                Some(Fill::Option(name))
            }
            _ if SWATCHES.contains(&name.as_str()) => Some(Fill::Swatch(name)),
            _ => {
                section.reader.wrong(section.place_of("fill"), unknown_swatch(&name));
                None
            }
        }
    }

    fn form(&self, section: &Section, names: &Names) -> Option<Form> {
        let kinds = ["rect", "line", "circle", "polygon", "path", "dimension", "text"];
        let given: Vec<&str> = kinds.into_iter().filter(|kind| section.has(kind)).collect();
        let form = match given.as_slice() {
            ["rect"] => {
                let [x, y, width, height] = points(section, "rect", names)?;
                Form::Rect { x, y, width, height, round: section.maybe_number("round", names) }
            }
            ["line"] => Form::Line(points(section, "line", names)?),
            ["circle"] => Form::Circle(points(section, "circle", names)?),
            ["polygon"] => Form::Path(polygon(section, names)?),
            ["path"] => Form::Path(path(section, names)?),
            ["dimension"] => Form::Dimension {
                between: points(section, "dimension", names)?,
                offset: section.maybe_number("offset", names).unwrap_or_else(|| Expression::from(Decimal::from(24))),
                value: section.number("value", names),
            },
            ["text"] => {
                let text = section.local("text");
                check_braces(section, "text", &text, names);
                section.need("at");
                let (x, y) = point(section, "at", names)?;
                Form::Text { text, x, y }
            }
            _ => {
                section.wrong(format!("a shape is exactly one of {}", kinds.join(", ")));
                return None;
            }
        };
        Some(form)
    }
}

fn points<const N: usize>(section: &Section, key: &'static str, names: &Names) -> Option<[Expression; N]> {
    let numbers: Vec<Expression> =
        section.list(key).into_iter().map(|found| number(section.reader, key, found, names)).collect();
    let numbers = numbers.try_into().ok();
    if numbers.is_none() {
        section.reader.wrong(section.place_of(key), format!("«{key}» needs {N} numbers"));
    }
    numbers
}

fn polygon(section: &Section, names: &Names) -> Option<Vec<Command>> {
    let list = section.list("polygon");
    if list.len() < 6 || !list.len().is_multiple_of(2) {
        section.reader.wrong(section.place_of("polygon"), "«polygon» needs x and y of at least three points");
        return None;
    }
    let mut commands: Vec<Command> = list
        .chunks_exact(2)
        .enumerate()
        .map(|(index, pair)| Command {
            letter: if index == 0 { 'M' } else { 'L' },
            numbers: pair.iter().map(|found| number(section.reader, "polygon", found, names)).collect(),
        })
        .collect();
    commands.push(Command { letter: 'Z', numbers: Vec::new() });
    Some(commands)
}

/// Letters as in SVG, each followed by its numbers: `["M", 0, 0, "L", "length", 0, "Z"]`.
fn path(section: &Section, names: &Names) -> Option<Vec<Command>> {
    let mut commands: Vec<(Command, Place)> = Vec::new();
    for found in section.list("path") {
        let letter = found.get_ref().as_str().and_then(|text| match text {
            "M" | "L" | "Q" | "C" | "Z" => text.chars().next(),
            _ => None,
        });
        match (letter, commands.last_mut()) {
            (Some(letter), _) => commands.push((Command { letter, numbers: Vec::new() }, found.span())),
            (None, Some((command, _))) => command.numbers.push(number(section.reader, "path", found, names)),
            (None, None) => section.reader.wrong(found.span(), "«path» begins with \"M\""),
        }
    }
    if commands.is_empty() || commands.len() > LIST_LIMIT {
        section.reader.wrong(section.place_of("path"), "«path» needs commands M, L, Q, C or Z");
        return None;
    }
    for (command, place) in &commands {
        let takes = command.takes();
        if command.numbers.len() != takes {
            let message = format!("\"{}\" takes {takes} numbers, not {}", command.letter, command.numbers.len());
            section.reader.wrong(place.clone(), message);
        }
    }
    Some(commands.into_iter().map(|(command, _)| command).collect())
}
