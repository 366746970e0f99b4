//! The design room: islands that run in the browser too.

use domain::{DesignId, Language, PersonId, Side, model::{CostModel, ProductModel}};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoomSetup {
    pub design: DesignId,
    pub model: ProductModel,
    pub person: PersonId,
    pub name: String,
    pub side: Side,
    pub language: Language,
    pub document: Vec<u8>,
    pub locked: bool,
}

#[component]
pub fn Room(setup: RoomSetup) -> impl IntoView {
    let values = setup.model.defaults();
    view! { <div class="drawing" inner_html=setup.model.drawing(&values, setup.language)></div> }
}

#[component]
pub fn DeskRoom(setup: RoomSetup, cost: CostModel) -> impl IntoView {
    let _ = cost;
    view! { <Room setup/> }
}
