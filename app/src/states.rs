//! The states of records as labels: the word of the reader's language, and whose turn it is.

use crate::ui::{StateLabel, StateTone};
use domain::{Day, DesignState, Language, OrderState, ProposalState, TicketState};
use leptos::prelude::*;
use locales::t;
use store::design::{proposal::Proposal, view::Design};

/// Who reads: what waits for the one is calm for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Customer,
    Staff,
}

pub fn design(language: Language, design: &Design, today: Day, reader: Reader) -> AnyView {
    if design.offer_has_lapsed(today) {
        return label(t!(language, "state-proposal-lapsed"), StateTone::Calm);
    }
    let state = design.state;
    let tone = match (state, reader) {
        (DesignState::Designing, _) => StateTone::Busy,
        (DesignState::Proposed, Reader::Customer) => StateTone::Turn,
        (DesignState::Proposed, Reader::Staff) => StateTone::Calm,
        (DesignState::Approved, _) => StateTone::Good,
    };
    let key = match (state, reader) {
        (DesignState::Proposed, Reader::Staff) => "state-proposal-open".to_owned(),
        _ => format!("state-design-{}", state.name()),
    };
    label(t!(language, &key), tone)
}

pub fn proposal(language: Language, proposal: &Proposal, today: Day, reader: Reader) -> AnyView {
    if proposal.has_lapsed(today) {
        return label(t!(language, "state-proposal-lapsed"), StateTone::Calm);
    }
    let state = proposal.state;
    let tone = match (state, reader) {
        (ProposalState::Open, Reader::Customer) => StateTone::Turn,
        (ProposalState::Open, Reader::Staff) | (ProposalState::Replaced, _) => StateTone::Calm,
        (ProposalState::Approved, _) => StateTone::Good,
        (ProposalState::Declined, _) => StateTone::Bad,
    };
    let key = match (state, reader) {
        (ProposalState::Open, Reader::Customer) => "state-design-proposed".to_owned(),
        _ => format!("state-proposal-{}", state.name()),
    };
    label(t!(language, &key), tone)
}

pub fn order(language: Language, state: OrderState, reader: Reader) -> AnyView {
    let tone = match (state, reader) {
        (OrderState::Waiting | OrderState::Ready, Reader::Staff) => StateTone::Turn,
        (OrderState::Delivered, Reader::Customer) => StateTone::Turn,
        (OrderState::Waiting | OrderState::Delivered, _) => StateTone::Calm,
        (OrderState::Production | OrderState::Ready | OrderState::Delivery, _) => StateTone::Busy,
        (OrderState::Accepted, _) => StateTone::Good,
    };
    label(t!(language, &format!("state-order-{}", state.name())), tone)
}

pub fn ticket(language: Language, state: TicketState, reader: Reader) -> AnyView {
    let (key, tone) = match (state, reader) {
        (TicketState::Open, Reader::Customer) => ("state-ticket-open", StateTone::Busy),
        (TicketState::Waiting, Reader::Customer) => ("state-ticket-waiting", StateTone::Turn),
        (TicketState::Open, Reader::Staff) => ("ticket-for-staff", StateTone::Turn),
        (TicketState::Waiting, Reader::Staff) => ("ticket-for-customer", StateTone::Calm),
        (TicketState::Solved, _) => ("state-ticket-solved", StateTone::Good),
    };
    label(t!(language, key), tone)
}

fn label(text: String, tone: StateTone) -> AnyView {
    view! { <StateLabel tone text/> }.into_any()
}
