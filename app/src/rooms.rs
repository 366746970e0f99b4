//! What a room is set up with when its page is rendered: the same for both sides.

use crate::{Problem, Visit, room::RoomSetup};
use domain::{DesignState, Side, document::Replica, policy::Actor};
use store::design::view::Design;

pub fn setup(visit: &Visit, design: &Design, document: &Replica) -> Result<RoomSetup, Problem> {
    let me = visit.person()?;
    let side = if let Actor::Staff(_) = visit.actor { Side::Company } else { Side::Customer };
    let comments = document.snapshot().map(|snapshot| snapshot.comments).unwrap_or_default();
    Ok(RoomSetup {
        design: design.id,
        model: (*design.model).clone(),
        person: me.id,
        name: me.name.clone(),
        side,
        language: visit.language,
        document: document.whole(),
        moments: comments.iter().map(|comment| (comment.id, visit.moment(comment.at))).collect(),
        locked: design.state == DesignState::Approved,
    })
}
