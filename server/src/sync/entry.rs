//! Who is let into a room, and as what: the policy decides before the connection is made.

use super::{Closing, Joined, Rooms, sync_socket};
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
use store::{CommitEvent, Store, design::view};
use tokio::{sync::broadcast::error::RecvError, time::Instant};

/// `/sync/{design}`. Whether it is a WebSocket at all is looked at last: the answer tells nothing of the design to who
/// may not see it.
pub async fn join(
    State(site): State<Site>,
    Extension(rooms): Extension<Rooms>,
    Asked(asked): Asked,
    visit: Visit,
    headers: HeaderMap,
    PathId(design): PathId<DesignId>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // Browsers let any site open a socket, and send the cookie along.
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
    let colour = colour(person.id).to_owned();
    Ok(sync_socket(upgrade, Joined { design, editor, side, colour, asked }, rooms))
}

/// When somebody began to ask: before it is read who they are.
pub struct Asked(Instant);

impl FromRequestParts<Site> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &Site) -> Result<Self, Infallible> {
        Ok(Self(Instant::now()))
    }
}

/// The colours of `--presence-…` in style/tokens.css by day, for clients that draw their own cursors.
const COLOURS: [&str; 8] = ["#00618f", "#a35200", "#00664b", "#94306f", "#6b5d00", "#3a4cb5", "#a02c2c", "#4d4d4d"];

fn colour(person: PersonId) -> &'static str {
    COLOURS[usize::from(person.presence_colour())]
}

/// Carries to the rooms what commits bring, until the store is gone.
pub async fn follow(store: Store, rooms: Rooms) {
    let mut live = store.commit_events();
    loop {
        match live.recv().await {
            Ok(CommitEvent::DesignLocked(design)) => rooms.lock(design).await,
            Ok(CommitEvent::DesignUpdated(design)) => rooms.tell_news(design).await,
            Ok(CommitEvent::PersonChanged(person)) => rooms.close(person, Closing::REVOKED).await,
            // Who has another session comes again by it.
            Ok(CommitEvent::SessionEnded(person)) => rooms.close(person, Closing::SIGNED_OUT).await,
            // Too many at once to follow: all connections begin anew and learn it from the records.
            Err(RecvError::Lagged(_)) => rooms.restart().await,
            Err(RecvError::Closed) => return,
        }
    }
}
