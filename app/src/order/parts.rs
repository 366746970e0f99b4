//! Parts of pages that show an order, for portal and desk: steps, delivery, pictures.

use crate::{
    Visit,
    ticket::parts::file_link,
    ui::{Facts, Files, Progress, Step, Steps},
};
use domain::{Day, OrderState, StepId};
use leptos::prelude::*;
use locales::{named_day, t};
use store::{
    file::File,
    order::view::{self, Delivery, Order},
};

/// Progress of the order: production steps, delivery, acceptance.
#[component]
pub fn OrderSteps<'a>(
    visit: &'a Visit,
    order: &'a Order,
    steps: &'a [view::Step],
    delivery: Option<&'a Delivery>,
) -> impl IntoView + use<> {
    let language = visit.language;
    let mut shown: Vec<_> = steps.iter().map(|step| production(visit, step)).collect();
    let arrived = delivery.and_then(|delivery| delivery.delivered_at);
    let sent = delivery.map(|delivery| delivery.shipped_at);
    let delivery = match order.state {
        OrderState::Waiting | OrderState::Production | OrderState::Ready => Progress::Later,
        OrderState::Delivery => Progress::Now,
        OrderState::Delivered | OrderState::Accepted => Progress::Done,
    };
    let when = match (arrived, sent) {
        (Some(at), _) => Some(t!(language, "step-arrived", time = visit.moment(at).short)),
        (None, Some(at)) => Some(t!(language, "step-sent", time = visit.moment(at).short)),
        (None, None) => Some(expected(visit, order.due_on)),
    };
    shown.push(step(visit, t!(language, "step-delivery"), delivery, when));
    let accepted = if order.state == OrderState::Accepted {
        Progress::Done
    } else if order.state == OrderState::Delivered {
        Progress::Now
    } else {
        Progress::Later
    };
    let acceptance_name = match visit.actor.staff() {
        Ok(_) => t!(language, "step-acceptance-customer"),
        Err(_) => t!(language, "step-acceptance"),
    };
    let when = order.accepted_at.map(|at| visit.moment(at).short);
    shown.push(step(visit, acceptance_name, accepted, when));
    view! { <Steps label=t!(language, "order-steps") steps=shown/> }
}

fn production(visit: &Visit, one: &view::Step) -> Step {
    let language = visit.language;
    let progress = match (one.done_at, one.started_at) {
        (Some(_), _) => Progress::Done,
        (None, Some(_)) => Progress::Now,
        (None, None) => Progress::Later,
    };
    let when = match one.done_at {
        Some(at) => visit.moment(at).short,
        None => expected(visit, one.planned_on),
    };
    step(visit, one.name.get(language).to_owned(), progress, Some(when))
}

/// Returns the planned day as text, marked as overdue if it has passed.
fn expected(visit: &Visit, day: Day) -> String {
    let key = if day < visit.today() { "step-overdue" } else { "step-planned" };
    t!(visit.language, key, day = named_day(visit.language, day))
}

fn step(visit: &Visit, name: String, progress: Progress, when: Option<String>) -> Step {
    let key = match progress {
        Progress::Done => "step-is-done",
        Progress::Now => "step-is-now",
        Progress::Later => "step-is-later",
    };
    Step { name, progress, said: t!(visit.language, key), when, about: None }
}

/// Carrier, tracking number and address.
#[component]
pub fn DeliveryFacts(visit: Visit, delivery: Delivery) -> impl IntoView {
    let language = visit.language;
    let mut facts = vec![(t!(language, "delivery-carrier"), delivery.carrier.into_any())];
    if !delivery.tracking.is_empty() {
        facts.push((t!(language, "delivery-tracking"), view! { <code>{delivery.tracking}</code> }.into_any()));
    }
    if !delivery.address.is_empty() {
        facts.push((t!(language, "delivery-address"), delivery.address.into_any()));
    }
    view! {
        <section class="stack">
            <h2>{t!(language, "delivery-title")}</h2>
            <Facts facts/>
        </section>
    }
}

/// Pictures of the production steps, grouped by step.
#[component]
pub fn Pictures<'a>(visit: &'a Visit, steps: &'a [view::Step], pictures: Vec<(StepId, File)>) -> impl IntoView + use<> {
    let language = visit.language;
    let mut sections = Vec::new();
    for step in steps {
        let files: Vec<_> = pictures
            .iter()
            .filter(|(id, _)| *id == step.id)
            .map(|(_, file)| file_link(language, file.clone()))
            .collect();
        if !files.is_empty() {
            let name = step.name.get(language).to_owned();
            sections.push(view! { <section><h3>{name}</h3> <Files files/></section> });
        }
    }
    (!sections.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{t!(language, "order-pictures")}</h2>
                <div class="step-pictures">{sections}</div>
            </section>
        }
    })
}
