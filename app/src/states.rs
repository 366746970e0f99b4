//! Labels for the states of records, worded and coloured for customers or staff.

use crate::ui::{StateLabel, StateTone};
use domain::{Day, DesignState, Language, OrderState, ProposalState, TicketState};
use leptos::prelude::*;
use locales::t;
use store::{design::view::Design, proposal::Proposal};

/// The reader for whom a state is shown: what waits for customers is not urgent to staff, and the reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Customer,
    Staff,
}

pub fn design(language: Language, design: &Design, today: Day, viewer: Viewer) -> AnyView {
    if design.offer_has_lapsed(today) {
        return label(t!(language, "state-proposal-lapsed"), StateTone::Calm);
    }
    let state = design.state;
    let tone = match (state, viewer) {
        (DesignState::Designing, _) => StateTone::Busy,
        (DesignState::Proposed, Viewer::Customer) => StateTone::Turn,
        (DesignState::Proposed, Viewer::Staff) => StateTone::Calm,
        (DesignState::Approved, _) => StateTone::Good,
    };
    let key = match (state, viewer) {
        (DesignState::Proposed, Viewer::Staff) => "state-proposal-open".to_owned(),
        _ => format!("state-design-{}", state.name()),
    };
    label(t!(language, &key), tone)
}

pub fn proposal(language: Language, proposal: &Proposal, today: Day, viewer: Viewer) -> AnyView {
    if proposal.has_lapsed(today) {
        return label(t!(language, "state-proposal-lapsed"), StateTone::Calm);
    }
    let state = proposal.state;
    let tone = match (state, viewer) {
        (ProposalState::Open, Viewer::Customer) => StateTone::Turn,
        (ProposalState::Open, Viewer::Staff) | (ProposalState::Replaced, _) => StateTone::Calm,
        (ProposalState::Approved, _) => StateTone::Good,
        (ProposalState::Declined, _) => StateTone::Bad,
    };
    let key = match (state, viewer) {
        (ProposalState::Open, Viewer::Customer) => "state-design-proposed".to_owned(),
        _ => format!("state-proposal-{}", state.name()),
    };
    label(t!(language, &key), tone)
}

pub fn order(language: Language, state: OrderState, viewer: Viewer) -> AnyView {
    let tone = match (state, viewer) {
        (OrderState::Waiting | OrderState::Ready, Viewer::Staff) => StateTone::Turn,
        (OrderState::Delivered, Viewer::Customer) => StateTone::Turn,
        (OrderState::Waiting | OrderState::Delivered, _) => StateTone::Calm,
        (OrderState::Production | OrderState::Ready | OrderState::Delivery, _) => StateTone::Busy,
        (OrderState::Accepted, _) => StateTone::Good,
    };
    label(t!(language, &format!("state-order-{}", state.name())), tone)
}

pub fn ticket(language: Language, state: TicketState, viewer: Viewer) -> AnyView {
    let (key, tone) = match (state, viewer) {
        (TicketState::Open, Viewer::Customer) => ("state-ticket-open", StateTone::Busy),
        (TicketState::Waiting, Viewer::Customer) => ("state-ticket-waiting", StateTone::Turn),
        (TicketState::Open, Viewer::Staff) => ("ticket-for-staff", StateTone::Turn),
        (TicketState::Waiting, Viewer::Staff) => ("ticket-for-customer", StateTone::Calm),
        (TicketState::Solved, _) => ("state-ticket-solved", StateTone::Good),
    };
    label(t!(language, key), tone)
}

fn label(text: String, tone: StateTone) -> AnyView {
    view! { <StateLabel tone text/> }.into_any()
}
