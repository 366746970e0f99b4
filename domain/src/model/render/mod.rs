//! Renders the drawing of a configured product as SVG.

mod canvas;
mod dimension;
mod geometry;

use super::{option::Values, product::ProductModel, scope::Scope};
use crate::Language;
use canvas::Canvas;

impl ProductModel {
    /// Returns an `<svg>` that is styled by CSS classes only; empty for a product without a drawing. `data-option` of
    /// each shape contains the keys of the options that change it, separated by spaces.
    pub fn render_svg(&self, values: &Values, language: Language) -> String {
        let Some(drawing) = &self.drawing else { return String::new() };
        let values = self.complete(values);
        let mut scope = Scope::for_product(self, &values);
        let title = scope.fill_text(drawing.title.as_ref().unwrap_or(&self.name).get(language), language);
        let mut canvas = Canvas::new(drawing, &self.slug, &scope, language);
        for part in &drawing.parts {
            canvas.draw_part(part, self, &mut scope);
        }
        canvas.finish(&title)
    }
}
