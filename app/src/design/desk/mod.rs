//! One design at the desk: the same room, with what only staff see beside it.

pub mod list;

use crate::{
    Page, Problem, Visit,
    design::{
        portal::{NameVersion, Rename},
        rooms::setup,
        versions::{ProposalRows, VersionRows},
    },
    room::{DeskRoom, RoomSetup, left},
    states::{self, Reader},
    ui::{
        Button, ButtonKind, ButtonLink, Conversation, Form, Icon, Message, Notice, PageHead, Shape, Side, TextArea,
        Tone,
    },
    web::form::{Answer, FormState, Key, Posted, again, keep, new_submission, submission_of},
};
use axum::response::IntoResponse;
use domain::{DesignId, DesignState, Language, Money, SubmissionId, model::CostModel, policy::Refusal};
use leptos::prelude::*;
use locales::{money, percent, t};
use std::collections::HashMap;
use store::{
    Change,
    design::{
        desk::{self, Note},
        proposal::{self, Proposal},
        start,
        version::{self, Version},
        view::{self, Design},
    },
    order, product,
};

pub use crate::design::portal::Fields;

struct Shown {
    design: Design,
    setup: RoomSetup,
    cost: CostModel,
    versions: Vec<Version>,
    costs: HashMap<i64, Money>,
    proposals: Vec<Proposal>,
    notes: Vec<Note>,
    order: Option<order::view::Order>,
}

pub async fn show(visit: Visit, Key(id): Key<DesignId>) -> Answer {
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, FormState::default()).into_response())
}

async fn read(visit: &Visit, id: DesignId) -> Result<Shown, Problem> {
    let staff = visit.staff()?;
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, id).await?;
    let document = view::document(&mut connection, &design).await?;
    Ok(Shown {
        setup: setup(visit, &design, &document)?,
        cost: product::desk::cost(&mut connection, &staff, &design.model_hash).await?,
        versions: version::list(&mut connection, &design).await?,
        costs: desk::version_costs(&mut connection, &staff, &design).await?,
        proposals: proposal::list(&mut connection, &design).await?,
        notes: desk::notes(&mut connection, &staff, &design).await?,
        order: order::view::of_design(&mut connection, &visit.actor, id).await?,
        design,
    })
}

pub async fn submit(visit: Visit, Key(id): Key<DesignId>, Posted(fields): Posted<Fields>) -> Answer {
    visit.staff()?;
    let submission = submission_of(&fields.submission)?;
    let mut change = visit.change().await?;
    match apply(&mut change, id, submission, &fields).await {
        Ok(location) => keep(change, &location).await,
        Err(error) => {
            drop(change);
            let shown = read(&visit, id).await?;
            again(error, fields, |form| page(&visit, shown, form))
        }
    }
}

/// Does what the form says; where to look at it.
async fn apply(change: &mut Change, id: DesignId, submission: SubmissionId, fields: &Fields) -> store::Result<String> {
    change.once(submission).await?;
    let here = format!("/desk/designs/{id}");
    match fields.what.as_str() {
        "title" => start::rename(change, id, &fields.title).await.map(|()| here),
        "note" => desk::add_note(change, id, &fields.note).await.map(|()| format!("{here}#notes")),
        "version" => {
            version::name(change, id, &fields.name).await.map(|version| format!("{here}/propose?version={version}"))
        }
        _ => Err(Refusal::Missing.into()),
    }
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = shown.design.title.clone();
    Page::desk(title.clone(), move || {
        let Shown { design, setup, cost, versions, costs, proposals, notes, order } = shown;
        let base = format!("/desk/designs/{}", design.id);
        let open = design.state != DesignState::Approved;
        let back = (format!("/desk/customers/{}", design.customer), design.customer_name.clone());
        let latest = versions.first().map(|version| version.id);
        let answered = design.state != DesignState::Proposed || design.offer_has_lapsed(visit.today());
        let state = states::design(language, &design, visit.today(), Reader::Staff);
        view! {
            <PageHead title back>
                {state}
                {order.map(|order| view! {
                    <ButtonLink kind=ButtonKind::Second href=format!("/desk/orders/{}", order.id)>
                        {t!(language, "order-title", number = order.number)}
                    </ButtonLink>
                })}
            </PageHead>
            {form.conflict.as_ref().map(|_| view! { <Notice tone=Tone::Attention><p>{t!(language, "version-invalid")}</p></Notice> })}
            <DeskRoom setup cost/>
            <div class="columns">
                <div class="stack">
                    {open.then(|| view! { <NameVersion language reader=Reader::Staff form=form.clone()/> })}
                    {latest.filter(|_| open).map(|latest| {
                        let kind = if answered { ButtonKind::Primary } else { ButtonKind::Second };
                        let href = format!("{base}/propose?version={latest}");
                        view! { <p><ButtonLink kind href>{t!(language, "desk-propose")}</ButtonLink></p> }
                    })}
                    <ProposalRows visit=visit.clone() base=base.clone() proposals=proposals.clone() reader=Reader::Staff/>
                    <Margins language design=&design versions=&versions proposals=&proposals costs=&costs/>
                    <VersionRows visit=visit.clone() base=base.clone() versions/>
                    {open.then(|| view! { <Rename language title=design.title.clone() form=form.clone()/> })}
                </div>
                <Notes visit=visit.clone() notes form/>
            </div>
        }
    })
    .live()
}

/// What the company earns with each version, at the price last proposed for it.
#[component]
fn Margins<'a>(
    language: Language,
    design: &'a Design,
    versions: &'a [Version],
    proposals: &'a [Proposal],
    costs: &'a HashMap<i64, Money>,
) -> impl IntoView + use<> {
    let rows: Vec<_> = versions
        .iter()
        .filter_map(|version| costs.get(&version.number).map(|cost| (version, *cost)))
        .map(|(version, cost)| {
            let name = t!(language, "version-number", number = version.number);
            let proposed = proposals.iter().find(|proposal| proposal.version == version.id);
            let total = proposed.map_or(version.total, |proposal| proposal.price);
            let (margin, share) = left(design.model.without_vat(total), cost);
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{money(language, cost)}</td>
                    <td>{money(language, margin)} " (" {percent(language, &share)} ")"</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="internal-panel">
                <h2><Icon shape=Shape::Lock/>{t!(language, "desk-margins")}</h2>
                <table class="lines">
                    <thead><tr>
                        <th scope="col">{t!(language, "desk-version")}</th>
                        <th scope="col">{t!(language, "room-cost")}</th>
                        <th scope="col">{t!(language, "room-margin")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn Notes(visit: Visit, notes: Vec<Note>, form: FormState<Fields>) -> impl IntoView {
    let language = visit.language;
    let words = t!(language, "desk-only-staff");
    let messages: Vec<_> = notes
        .into_iter()
        .enumerate()
        .map(|(at, note)| Message {
            id: format!("note-{at}"),
            who: note.by,
            side: Side::Internal(words.clone()),
            at: visit.moment(note.at),
            text: note.text,
            files: Vec::new(),
        })
        .collect();
    let error = form.error(language, "note");
    view! {
        <section class="internal-panel" id="notes">
            <h2><Icon shape=Shape::Lock/>{t!(language, "desk-notes")}</h2>
            {(!messages.is_empty()).then(|| view! { <Conversation messages/> })}
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "desk-note") name="note" value=form.values.note error hint=words maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "desk-note-add")}</Button>
            </Form>
        </section>
    }
}
