//! The data of a parametric drawing: shapes whose coordinates are expressions over the options.

use super::{expression::Expression, unit::Unit};
use crate::LocalizedText;
use serde::{Deserialize, Serialize};

/// The materials and colours that style/drawing.css defines.
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

/// How often a part or a shape can be repeated.
pub(super) const REPEAT_LIMIT: u32 = 60;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The text alternative for people who cannot see the drawing.
    pub(super) title: Option<LocalizedText>,
    /// The unit of its coordinates.
    pub(super) unit: Unit,
    pub(super) width: Expression,
    pub(super) height: Expression,
    /// The margins on the sheet, in sheet units: top, right, bottom, left.
    pub(super) margin: [u32; 4],
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub when: Option<Expression>,
    pub repeat: Option<Repeat>,
    /// The origin of its shapes' coordinates.
    pub at: Option<(Expression, Expression)>,
    pub shapes: Vec<Shape>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Repeat {
    /// The name of the counter in expressions. It counts from 0.
    pub counter: String,
    pub times: Expression,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Shape {
    #[serde(rename = "form")]
    pub geometry: Geometry,
    #[serde(rename = "look")]
    pub style: ShapeStyle,
    pub when: Option<Expression>,
    pub repeat: Option<Repeat>,
    /// The keys of the options that change the shape.
    pub options: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Geometry {
    Rect { x: Expression, y: Expression, width: Expression, height: Expression, round: Option<Expression> },
    Line([Expression; 4]),
    Circle([Expression; 3]),
    Path(Vec<Command>),
    Dimension { between: [Expression; 4], offset: Expression, value: Expression },
    Text { text: LocalizedText, x: Expression, y: Expression },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Command {
    pub letter: char,
    pub numbers: Vec<Expression>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ShapeStyle {
    pub fill: Option<Fill>,
    pub grain: Option<Grain>,
    pub stroke: Stroke,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fill {
    /// The swatch of the selected value of this choice.
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
    /// The centre line of something round or symmetric.
    Axis,
    None,
    /// Darkens the shapes below and has no outline.
    Shade,
    /// Light.
    Glow,
    /// Things that only show the scale: a chair, a person, the floor.
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
    pub fn number_count(&self) -> usize {
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
        own.chain(self.geometry.expressions())
    }
}

impl Geometry {
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            Geometry::Rect { x, y, width, height, round } => [x, y, width, height].into_iter().chain(round).collect(),
            Geometry::Line(points) => points.iter().collect(),
            Geometry::Circle(numbers) => numbers.iter().collect(),
            Geometry::Path(commands) => commands.iter().flat_map(|command| &command.numbers).collect(),
            Geometry::Dimension { between, offset, value } => between.iter().chain([offset, value]).collect(),
            Geometry::Text { x, y, .. } => vec![x, y],
        }
    }
}
