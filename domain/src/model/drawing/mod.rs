//! The parametric drawing: shapes whose places are expressions over the options, made into one SVG.

mod canvas;
mod dimension;

use super::{Expression, ProductModel, Unit, Values, scope::Scope};
use crate::{Language, Local};
use canvas::Canvas;
use serde::{Deserialize, Serialize};

/// The woods, metals, stones and colours that style/drawing.css knows how to show.
pub const SWATCHES: [&str; 28] = [
    "oak",
    "ash",
    "walnut",
    "beech",
    "pine",
    "maple",
    "cherry",
    "wenge",
    "plywood",
    "white",
    "cream",
    "sand",
    "grey",
    "graphite",
    "black",
    "sage",
    "forest",
    "navy",
    "sky",
    "terracotta",
    "burgundy",
    "mustard",
    "steel",
    "brass",
    "glass",
    "marble",
    "linen",
    "paper",
];

/// How often a part or a shape is repeated at most.
pub(super) const REPEAT_LIMIT: u32 = 60;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// What the drawing shows, for those who do not see it.
    pub(super) title: Option<Local>,
    /// What its coordinates count.
    pub(super) unit: Unit,
    pub(super) width: Expression,
    pub(super) height: Expression,
    /// On paper, in its own measure: above, right, below, left.
    pub(super) margin: [u32; 4],
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub when: Option<Expression>,
    pub repeat: Option<Repeat>,
    /// Where its shapes' zero lies.
    pub at: Option<(Expression, Expression)>,
    pub shapes: Vec<Shape>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Repeat {
    /// The name under which expressions know the number, from 0.
    pub counter: String,
    pub times: Expression,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Shape {
    pub form: Form,
    pub look: Look,
    pub when: Option<Expression>,
    pub repeat: Option<Repeat>,
    /// The options by whose change it is changed.
    pub options: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Form {
    Rect { x: Expression, y: Expression, width: Expression, height: Expression, round: Option<Expression> },
    Line([Expression; 4]),
    Circle([Expression; 3]),
    Path(Vec<Command>),
    Dimension { between: [Expression; 4], offset: Expression, value: Expression },
    Text { text: Local, x: Expression, y: Expression },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Command {
    pub letter: char,
    pub numbers: Vec<Expression>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Look {
    pub fill: Option<Fill>,
    pub grain: Option<Grain>,
    pub stroke: Stroke,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fill {
    /// The swatch of what this choice is set to.
    Option(String),
    Swatch(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Grain {
    Along,
    Upright,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stroke {
    #[default]
    Line,
    Bold,
    Thin,
    Dashed,
    /// The axis of something round or symmetric.
    Axis,
    None,
    /// Darkens what lies below and has no outline.
    Shade,
    /// A light that falls from it.
    Glow,
    /// What only gives the size: a chair, a person, the floor.
    Ghost,
}

impl Grain {
    pub const ALL: [Grain; 2] = [Grain::Along, Grain::Upright];

    pub const fn name(self) -> &'static str {
        match self {
            Grain::Along => "along",
            Grain::Upright => "upright",
        }
    }
}

impl Stroke {
    pub const ALL: [Stroke; 9] = [
        Stroke::Line,
        Stroke::Bold,
        Stroke::Thin,
        Stroke::Dashed,
        Stroke::Axis,
        Stroke::None,
        Stroke::Shade,
        Stroke::Glow,
        Stroke::Ghost,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Stroke::Line => "line",
            Stroke::Bold => "bold",
            Stroke::Thin => "thin",
            Stroke::Dashed => "dashed",
            Stroke::Axis => "axis",
            Stroke::None => "none",
            Stroke::Shade => "shade",
            Stroke::Glow => "glow",
            Stroke::Ghost => "ghost",
        }
    }
}

impl Command {
    /// How many numbers follow the letter.
    pub fn takes(&self) -> usize {
        match self.letter {
            'M' | 'L' => 2,
            'Q' => 4,
            'C' => 6,
            _ => 0,
        }
    }
}

impl Part {
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let at = self.at.iter().flat_map(|(x, y)| [x, y]);
        self.when.iter().chain(self.repeat.iter().map(|repeat| &repeat.times)).chain(at)
    }
}

impl Shape {
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let own = self.when.iter().chain(self.repeat.iter().map(|repeat| &repeat.times));
        own.chain(self.form.expressions())
    }
}

impl Form {
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            Form::Rect { x, y, width, height, round } => [x, y, width, height].into_iter().chain(round).collect(),
            Form::Line(points) => points.iter().collect(),
            Form::Circle(numbers) => numbers.iter().collect(),
            Form::Path(commands) => commands.iter().flat_map(|command| &command.numbers).collect(),
            Form::Dimension { between, offset, value } => between.iter().chain([offset, value]).collect(),
            Form::Text { x, y, .. } => vec![x, y],
        }
    }
}

impl ProductModel {
    /// An `<svg>` that is styled by CSS classes only; empty for a product without a drawing. What an option changes
    /// carries the option's key among the words of `data-option`.
    pub fn drawing(&self, values: &Values, language: Language) -> String {
        let Some(drawing) = &self.drawing else { return String::new() };
        let values = self.complete(values);
        let mut scope = Scope::of(self, &values);
        let title = scope.fill_in(drawing.title.as_ref().unwrap_or(&self.name).get(language), language);
        let mut canvas = Canvas::new(drawing, &self.slug, &scope, language);
        for part in &drawing.parts {
            canvas.part(part, self, &mut scope);
        }
        canvas.finish(&title)
    }
}
