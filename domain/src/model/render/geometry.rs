//! Points on the sheet and the formatting of coordinates.

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// Moves the point by a distance in a direction (a unit vector).
    pub fn moved(self, direction: Point, distance: f64) -> Point {
        Point { x: self.x + direction.x * distance, y: self.y + direction.y * distance }
    }

    /// Rotates the vector by 90 degrees, clockwise on the sheet.
    pub fn rotated(self) -> Point {
        Point { x: -self.y, y: self.x }
    }
}

/// A number that is written with at most two decimals and no trailing zeros.
pub(super) struct Rounded(pub f64);

impl std::fmt::Display for Rounded {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // Never "-0".
        write!(to, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}
