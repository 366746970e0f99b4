//! The islands: the design room in the portal and at the desk.

use crate::{
    room::{
        brief::Brief,
        comments::Comments,
        drawing::Drawing,
        options::{Options, Quantity},
        people::People,
        price::{Margin, PriceLines},
        setup::RoomSetup,
        state::RoomState,
        status::{Announcements, RoomAlerts, SaveStatus},
    },
    ui::{ButtonLink, Icon, Shape},
};
use domain::model::CostModel;
use leptos::prelude::*;
use locales::{money, t};

/// The design room in the portal.
#[island]
pub fn Room(setup: RoomSetup) -> impl IntoView {
    let state = RoomState::new(setup);
    view! { <RoomLayout state><AskForProposal state/></RoomLayout> }
}

/// The design room at the desk, with cost and margin.
#[island]
pub fn DeskRoom(setup: RoomSetup, cost: CostModel) -> impl IntoView {
    let state = RoomState::new(setup);
    view! { <RoomLayout state><Margin state cost/></RoomLayout> }
}

/// The room itself; `children` are rendered below the price.
#[component]
fn RoomLayout(state: RoomState, children: Children) -> impl IntoView {
    state.connect_in_browser();
    let language = state.language;
    let disabled = move || !state.ready.get() || state.locked.get() || state.access_lost.get();
    view! {
        <div class="room" class:ready=state.ready>
            <div class="room-top">
                <div class="room-head">
                    <People state/>
                    <SaveStatus state/>
                </div>
                <RoomAlerts state/>
            </div>
            <div class="room-stage">
                <Drawing state/>
                <section class="room-price" aria-labelledby="room-price">
                    <h2 id="room-price">{t!(language, "price-title")}</h2>
                    {move || view! { <PriceLines price=state.price.get() language/> }}
                    {children()}
                </section>
            </div>
            <fieldset class="room-options" disabled=disabled>
                <legend class="visually-hidden">{t!(language, "room-options")}</legend>
                <Options state/>
                <Quantity state/>
            </fieldset>
            <fieldset class="room-talk" disabled=disabled>
                <legend class="visually-hidden">{t!(language, "room-comments")}</legend>
                <Brief state/>
                <Comments state/>
            </fieldset>
            <PriceBar state/>
            <Announcements state/>
        </div>
    }
}

/// Link to the form that asks for a proposal.
#[component]
fn AskForProposal(state: RoomState) -> impl IntoView {
    let link =
        move || view! { <p><ButtonLink href="#version">{t!(state.language, "version-ask-title")}</ButtonLink></p> };
    move || (!state.locked.get()).then(link)
}

/// The total at the bottom of a phone's screen. Hidden from screen readers: the price table above has it.
#[component]
fn PriceBar(state: RoomState) -> impl IntoView {
    let broken = move || (!state.violations.with(Vec::is_empty)).then(|| view! { <Icon shape=Shape::Attention/> });
    view! {
        <p class="room-bar" aria-hidden="true">
            <span>{t!(state.language, "price-total")}</span>
            {broken}
            <strong>{move || money(state.language, state.price.with(|price| price.total))}</strong>
        </p>
    }
}
