//! The HTTP handler that admits a person to a room. The policy decides before the connection is upgraded.

use super::{participant::Participant, rooms::Rooms, socket::sync_socket};
use app::{Problem, Site, Visit, is_same_origin, web::form::PathId};
use axum::{
    Extension,
    extract::{FromRequestParts, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    DesignId, PersonId, Side,
    document::Editor,
    policy::{Action, Actor, Owner},
};
use std::convert::Infallible;
use store::design::view;
use tokio::time::Instant;

/// `/sync/{design}`. Checks last whether the request is a WebSocket upgrade, so that the answer reveals nothing about a
/// design to people who may not see it.
pub async fn join(
    State(site): State<Site>,
    Extension(rooms): Extension<Rooms>,
    RequestedAt(requested_at): RequestedAt,
    visit: Visit,
    headers: HeaderMap,
    PathId(design): PathId<DesignId>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // The same-origin policy does not cover WebSockets: pages of other sites can open one, and the browser sends our
    // cookie with it.
    if !is_same_origin(site.base_url(), &headers) {
        return Err(Problem::Foreign);
    }
    let person = visit.person()?;
    let found = view::find(&mut *visit.read().await?, &visit.actor, design).await?;
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return Ok(rejection.into_response()),
    };
    let owner = Owner::Customer(found.customer);
    let editor = Editor {
        person: person.id,
        name: person.name.clone(),
        may_edit: visit.actor.may(Action::EditDesign, owner).is_ok(),
        may_comment: visit.actor.may(Action::WriteMessage, owner).is_ok(),
    };
    let side = if let Actor::Staff(_) = visit.actor { Side::Company } else { Side::Customer };
    let colour = presence_colour(person.id).to_owned();
    Ok(sync_socket(upgrade, Participant { design, editor, side, colour, requested_at }, rooms))
}

/// The time at which extraction of the request began. It must be extracted before the person's session is read.
pub struct RequestedAt(Instant);

impl FromRequestParts<Site> for RequestedAt {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &Site) -> Result<Self, Infallible> {
        Ok(Self(Instant::now()))
    }
}

/// The colours of `--presence-…` in style/tokens.css in the light theme, for clients that draw their own cursors.
const COLOURS: [&str; 8] = ["#00618f", "#a35200", "#00664b", "#94306f", "#6b5d00", "#3a4cb5", "#a02c2c", "#4d4d4d"];

fn presence_colour(person: PersonId) -> &'static str {
    COLOURS[usize::from(person.presence_colour())]
}
