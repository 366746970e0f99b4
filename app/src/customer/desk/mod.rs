//! One customer: who they are, what is in hand for them, and all that ever happened, in one timeline.

pub mod list;

use crate::{
    Page, Problem, Visit, states,
    timeline::parts::{After, Reader, TimelinePage},
    ui::{Button, ButtonKind, Facts, Form, Icon, Item, List, PageHead, Shape, TextArea, When},
    web::{
        form::{Answer, FormState, Key, Posted, again, keep, saved},
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{CustomerId, CustomerKind, Language, OrderState, TicketState, Timestamp, record::Organisation};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    customer::{
        desk::{self, Record, Work},
        member::Member,
    },
    design::view::{self, Design},
    timeline,
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    note: String,
}

/// What is or was in hand for the customer, the latest of each kind first.
struct Works {
    tickets: Vec<Work<TicketState>>,
    orders: Vec<Work<OrderState>>,
    designs: Vec<Design>,
}

/// How many designs, orders and tickets are listed; the rest is in the timeline.
const LISTED: i64 = 5;

struct Shown {
    record: Record,
    works: Works,
    timeline: timeline::Page,
    after: After,
}

pub async fn show(visit: Visit, Key(id): Key<CustomerId>, Query(after): Query<After>) -> Answer {
    let shown = read(&visit, id, after).await?;
    let form = FormState::new(Fields { note: shown.record.note.clone() });
    Ok(page(&visit, shown, form).into_response())
}

async fn read(visit: &Visit, id: CustomerId, after: After) -> Result<Shown, Problem> {
    let staff = visit.staff()?;
    let mut connection = visit.read().await?;
    Ok(Shown {
        record: desk::find(&mut connection, &staff, id).await?,
        works: Works {
            tickets: desk::tickets(&mut connection, &staff, id, LISTED).await?,
            orders: desk::orders(&mut connection, &staff, id, LISTED).await?,
            designs: view::of_customer(&mut connection, &staff, id, LISTED).await?,
        },
        timeline: timeline::desk::page(&mut connection, &staff, id, after.cursor()).await?,
        after,
    })
}

pub async fn submit(visit: Visit, Key(id): Key<CustomerId>, Posted(fields): Posted<Fields>) -> Answer {
    visit.staff()?;
    let mut change = visit.change().await?;
    match desk::remark(&mut change, id, &fields.note).await {
        Ok(()) => keep(change, &format!("/desk/customers/{id}?saved")).await,
        Err(error) => {
            drop(change);
            let shown = read(&visit, id, After::default()).await?;
            again(error, fields, |form| page(&visit, shown, form))
        }
    }
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = shown.record.customer.name().to_owned();
    Page::desk(title.clone(), move || {
        let Shown { record, works, timeline, after } = shown;
        let back = ("/desk/customers".to_owned(), t!(language, "nav-customers"));
        let address = format!("/desk/customers/{}", record.customer.id);
        let kind = t!(language, &format!("kind-{}", record.customer.kind.name()));
        view! {
            <PageHead title lead=kind back/>
            {saved(&visit)}
            <div class="columns">
                <div class="stack loose">
                    <div class="lists"><InHand visit=visit.clone() works/></div>
                    <section class="section">
                        <h2>{t!(language, "nav-history")}</h2>
                        <TimelinePage visit=visit.clone() page=timeline address after reader=Reader::Staff/>
                    </section>
                </div>
                <div class="stack loose">
                    <Who visit record/>
                    <Note language form/>
                </div>
            </div>
        }
    })
}

/// What is in hand; a kind with nothing in it is not listed.
#[component]
fn InHand(visit: Visit, works: Works) -> impl IntoView {
    let language = visit.language;
    let Works { tickets, orders, designs } = works;
    let tickets = tickets.into_iter().map(|ticket| {
        let state = states::ticket(language, ticket.state, states::Reader::Staff);
        numbered(&visit, "tickets", ticket, state)
    });
    let orders = orders.into_iter().map(|order| {
        let state = states::order(language, order.state, states::Reader::Staff);
        numbered(&visit, "orders", order, state)
    });
    let designs = designs.into_iter().map(|design| {
        let end =
            end(&visit, states::design(language, &design, visit.today(), states::Reader::Staff), design.updated_at);
        view! { <Item href=format!("/desk/designs/{}", design.id) name=design.title about="" end/> }.into_any()
    });
    let parts: [(_, Vec<AnyView>); 3] = [
        (t!(language, "nav-tickets"), tickets.collect()),
        (t!(language, "nav-orders"), orders.collect()),
        (t!(language, "nav-designs"), designs.collect()),
    ];
    parts
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(heading, rows)| {
            view! {
                <section class="section">
                    <h2>{heading}</h2>
                    <List>{rows}</List>
                </section>
            }
        })
        .collect_view()
}

fn numbered<State>(visit: &Visit, part: &str, work: Work<State>, state: AnyView) -> AnyView {
    let about = t!(visit.language, "numbered", number = work.number.to_string());
    let end = end(visit, state, work.at);
    view! { <Item href=format!("/desk/{part}/{}", work.id) name=work.title about end/> }.into_any()
}

fn end(visit: &Visit, state: AnyView, at: Timestamp) -> AnyView {
    view! {
        {state}
        <span class="soft"><When at=visit.moment(at)/></span>
    }
    .into_any()
}

#[component]
fn Who(visit: Visit, record: Record) -> impl IntoView {
    let language = visit.language;
    let Record { customer, members, addresses, .. } = record;
    let since = view! { <When at=visit.moment(customer.created_at)/> }.into_any();
    let mut facts = vec![(t!(language, "customer-since"), since)];
    // The name is the page's title.
    let details = Organisation { name: String::new(), ..customer.details };
    facts.extend(record::facts(language, &details));
    facts.extend(addresses.into_iter().map(|place| (place.address.label.clone(), place.address.line().into_any())));
    let one = customer.kind == CustomerKind::Person;
    let heading = (!one).then(|| view! { <h2>{t!(language, "organisation-members")}</h2> });
    let members = members.into_iter().map(|member| person(language, member, one)).collect_view();
    view! {
        <section class="section">
            {heading}
            <ul class="list rows">{members}</ul>
        </section>
        <Facts facts/>
    }
}

fn person(language: Language, member: Member, alone: bool) -> impl IntoView {
    let mut about = Vec::new();
    if !alone {
        about.push(t!(language, &format!("role-{}", member.role.name())));
    }
    about.extend(Some(member.department).filter(|department| !department.is_empty()));
    let about = (!about.is_empty()).then(|| view! { <span class="soft">" · " {about.join(" · ")}</span> });
    let phone = (!member.phone.is_empty()).then(|| record::phone(&member.phone));
    let mail = format!("mailto:{}", member.email);
    view! {
        <li>
            <strong dir="auto">{member.name}</strong> {about} <br/>
            <a href=mail>{member.email}</a> {phone.map(|phone| view! { " · " {phone} })}
        </li>
    }
}

#[component]
fn Note(language: Language, form: FormState<Fields>) -> impl IntoView {
    let error = form.error(language, "note");
    view! {
        <section class="internal-panel">
            <h2><Icon shape=Shape::Lock/>{t!(language, "customer-note")}</h2>
            <Form>
                <TextArea label=t!(language, "customer-note-label") name="note" value=form.values.note error
                    hint=t!(language, "customer-note-hint") optional=t!(language, "optional") maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </section>
    }
}
