//! One customer at the desk: data, current tickets, orders and designs, and the timeline.

pub mod list;

use crate::{
    Page, Problem, Visit, states,
    timeline::parts::{ENTRIES, LinkTarget, TimelinePage},
    ui::{Button, ButtonKind, Facts, Form, Icon, Item, List, PageHead, Shape, TextArea, When},
    web::{
        form::{FormState, PageResult, PathId, Posted, commit_and_redirect, saved_alert, show_again},
        paging::After,
        record,
    },
};
use axum::{extract::Query, response::IntoResponse};
use domain::{CustomerId, CustomerKind, Language, OrderState, TicketState, Timestamp, record::Organisation};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    PageRequest,
    customer::{
        desk::{self, Record, Work},
        member::Member,
    },
    design::view::{self, Design, DesignFilter},
    timeline,
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    note: String,
}

/// The customer's tickets, orders and designs, latest first.
struct Works {
    tickets: Vec<Work<TicketState>>,
    orders: Vec<Work<OrderState>>,
    designs: Vec<Design>,
}

/// Maximum number of designs, orders and tickets listed; the timeline has the rest.
const LISTED: usize = 5;

struct PageData {
    record: Record,
    works: Works,
    timeline: store::Page<timeline::Entry>,
    after: After,
}

pub async fn show(visit: Visit, PathId(id): PathId<CustomerId>, Query(after): Query<After>) -> PageResult {
    let data = read(&visit, id, after).await?;
    let form = FormState::new(Fields { note: data.record.note.clone() });
    Ok(page(&visit, data, form).into_response())
}

async fn read(visit: &Visit, id: CustomerId, after: After) -> Result<PageData, Problem> {
    let staff = visit.staff()?;
    let mut connection = visit.read().await?;
    let latest = PageRequest::first(LISTED);
    let of_customer = DesignFilter { customer: Some(id), state: None };
    Ok(PageData {
        record: desk::find(&mut connection, &staff, id).await?,
        works: Works {
            tickets: desk::tickets(&mut connection, &staff, id, &latest).await?.rows,
            orders: desk::orders(&mut connection, &staff, id, &latest).await?.rows,
            designs: view::list(&mut connection, &visit.actor, of_customer, &latest).await?.rows,
        },
        timeline: timeline::desk::page(&mut connection, &staff, id, &after.request_rows(ENTRIES)).await?,
        after,
    })
}

pub async fn submit(visit: Visit, PathId(id): PathId<CustomerId>, Posted(fields): Posted<Fields>) -> PageResult {
    visit.staff()?;
    let mut change = visit.change().await?;
    match desk::set_note(&mut change, id, &fields.note).await {
        Ok(()) => commit_and_redirect(change, &format!("/desk/customers/{id}?saved")).await,
        Err(error) => {
            drop(change);
            let data = read(&visit, id, After::default()).await?;
            show_again(error, fields, |form| page(&visit, data, form))
        }
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = data.record.customer.name().to_owned();
    Page::desk(title.clone(), move || {
        let PageData { record, works, timeline, after } = data;
        let back = ("/desk/customers".to_owned(), t!(language, "nav-customers"));
        let address = format!("/desk/customers/{}", record.customer.id);
        let kind = t!(language, &format!("kind-{}", record.customer.kind.name()));
        view! {
            <PageHead title lead=kind back/>
            {saved_alert(&visit)}
            <div class="columns">
                <div class="stack loose">
                    <div class="lists"><InHand visit=visit.clone() works/></div>
                    <section class="section">
                        <h2>{t!(language, "nav-history")}</h2>
                        <TimelinePage visit=visit.clone() page=timeline address after links=LinkTarget::Staff/>
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

/// Tickets, orders and designs; empty lists are left out.
#[component]
fn InHand(visit: Visit, works: Works) -> impl IntoView {
    let language = visit.language;
    let Works { tickets, orders, designs } = works;
    let tickets = tickets.into_iter().map(|ticket| {
        let state = states::ticket(language, ticket.state, states::Viewer::Staff);
        numbered(&visit, "tickets", ticket, state)
    });
    let orders = orders.into_iter().map(|order| {
        let state = states::order(language, order.state, states::Viewer::Staff);
        numbered(&visit, "orders", order, state)
    });
    let designs = designs.into_iter().map(|design| {
        let end =
            end(&visit, states::design(language, &design, visit.today(), states::Viewer::Staff), design.updated_at);
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
