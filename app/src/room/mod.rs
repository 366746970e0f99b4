//! The design room: islands that run in the browser too. The portal's and the desk's are the same room; the desk's also
//! says what is left of the price.

mod brief;
mod comments;
mod connection;
mod kept;
mod live;
mod options;
mod people;
mod price;
mod setup;
mod standing;

pub use price::{PriceLines, left};
pub use setup::RoomSetup;

use crate::ui::{ButtonLink, Icon, Shape};
use brief::Brief;
use comments::Comments;
use domain::model::CostModel;
use leptos::prelude::*;
use live::Live;
use locales::{money, t};
use options::{Options, Quantity};
use people::People;
use price::Margin;
use standing::{Notices, Said, Standing};

/// The customer's.
#[island]
pub fn Room(setup: RoomSetup) -> impl IntoView {
    let live = Live::new(setup);
    view! { <Inside live><Ask live/></Inside> }
}

/// The staff's.
#[island]
pub fn DeskRoom(setup: RoomSetup, cost: CostModel) -> impl IntoView {
    let live = Live::new(setup);
    view! { <Inside live><Margin live cost/></Inside> }
}

/// `children` stand below the price.
#[component]
fn Inside(live: Live, children: Children) -> impl IntoView {
    live.join_in_browser();
    let language = live.language;
    let fixed = move || !live.ready.get() || live.locked.get() || live.shut_out.get();
    view! {
        <div class="room" class:ready=live.ready>
            <div class="room-top">
                <div class="room-head">
                    <People live/>
                    <Standing live/>
                </div>
                <Notices live/>
            </div>
            <div class="room-stage">
                <Drawing live/>
                <section class="room-price" aria-labelledby="room-price">
                    <h2 id="room-price">{t!(language, "price-title")}</h2>
                    {move || view! { <PriceLines price=live.price.get() language/> }}
                    {children()}
                </section>
            </div>
            <fieldset class="room-options" disabled=fixed>
                <legend class="visually-hidden">{t!(language, "room-options")}</legend>
                <Options live/>
                <Quantity live/>
            </fieldset>
            <fieldset class="room-talk" disabled=fixed>
                <legend class="visually-hidden">{t!(language, "room-comments")}</legend>
                <Brief live/>
                <Comments live/>
            </fieldset>
            <Bar live/>
            <Said live/>
        </div>
    }
}

/// From the price to the form that asks for a proposal.
#[component]
fn Ask(live: Live) -> impl IntoView {
    let link =
        move || view! { <p><ButtonLink href="#version">{t!(live.language, "version-ask-title")}</ButtonLink></p> };
    move || (!live.locked.get()).then(link)
}

/// On a phone, at the screen's lower edge: the price, whatever else is in view. It stands above in words and lines.
#[component]
fn Bar(live: Live) -> impl IntoView {
    let broken = move || (!live.violations.with(Vec::is_empty)).then(|| view! { <Icon shape=Shape::Attention/> });
    view! {
        <p class="room-bar" aria-hidden="true">
            <span>{t!(live.language, "price-total")}</span>
            {broken}
            <strong>{move || money(live.language, live.price.with(|price| price.total))}</strong>
        </p>
    }
}

/// The parts that the last change was about glow once.
#[component]
fn Drawing(live: Live) -> impl IntoView {
    let language = live.language;
    let drawn = Memo::new(move |_| {
        let drawing = live.values.with(|values| live.with_model(|model| model.render_svg(values, language)));
        live.changed.with_untracked(|changed| match changed {
            Some(key) => marked(&drawing, key),
            None => drawing,
        })
    });
    view! { <div class="drawing" inner_html=drawn></div> }
}

/// The drawing with all shapes of this option marked.
fn marked(drawing: &str, key: &str) -> String {
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
    use super::marked;

    #[test]
    fn only_shapes_of_the_option_are_marked() {
        let drawing = r#"<svg><g data-option="length wood"/><g data-option="length-2"/><g data-option="wood"/></svg>"#;
        assert_eq!(
            marked(drawing, "length"),
            r#"<svg><g data-changed data-option="length wood"/><g data-option="length-2"/><g data-option="wood"/></svg>"#
        );
        assert_eq!(marked(drawing, "other"), drawing);
    }
}
