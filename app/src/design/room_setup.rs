//! Builds the setup of a room, for portal and desk.

use crate::{Problem, Visit, room::RoomSetup};
use domain::{DesignState, document::Replica};
use store::design::view::Design;

pub fn room_setup(visit: &Visit, design: &Design, document: &Replica) -> Result<RoomSetup, Problem> {
    let me = visit.person()?;
    let comments = document.snapshot().map(|snapshot| snapshot.comments).unwrap_or_default();
    Ok(RoomSetup {
        design: design.id,
        model: (*design.model).clone(),
        person: me.id,
        name: me.name.clone(),
        language: visit.language,
        document: document.full_update(),
        moments: comments.iter().map(|comment| (comment.id, visit.moment(comment.at))).collect(),
        locked: design.state == DesignState::Approved,
    })
}
