//! The drawing of the product as it is configured now.

use crate::room::state::RoomState;
use leptos::prelude::*;

/// The drawing. Shapes of the option that changed last are highlighted once (`data-changed`).
#[component]
pub fn Drawing(state: RoomState) -> impl IntoView {
    let language = state.language;
    let drawn = Memo::new(move |_| {
        let drawing = state.values.with(|values| state.with_model(|model| model.render_svg(values, language)));
        state.changed_option.with_untracked(|changed| match changed {
            Some(key) => mark_changed(&drawing, key),
            None => drawing,
        })
    });
    view! { <div class="drawing" inner_html=drawn></div> }
}

/// Returns the SVG with `data-changed` on every shape that belongs to the option.
fn mark_changed(drawing: &str, key: &str) -> String {
    let mut parts = drawing.split("data-option=\"");
    let mut marked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let options = part.split('"').next().unwrap_or_default();
        if options.split(' ').any(|option| option == key) {
            marked.push_str("data-changed ");
        }
        marked.push_str("data-option=\"");
        marked.push_str(part);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::mark_changed;

    #[test]
    fn only_shapes_of_the_option_are_marked() {
        let drawing = r#"<svg><g data-option="length wood"/><g data-option="length-2"/><g data-option="wood"/></svg>"#;
        assert_eq!(
            mark_changed(drawing, "length"),
            r#"<svg><g data-changed data-option="length wood"/><g data-option="length-2"/><g data-option="wood"/></svg>"#
        );
        assert_eq!(mark_changed(drawing, "other"), drawing);
    }
}
