//! One design: the room where it is made, its versions and proposals.

use crate::{
    Page, Visit,
    design::{
        rooms::setup,
        versions::{ProposalRows, VersionRows},
    },
    room::{Room, RoomSetup},
    states::{self, Reader},
    ui::{Button, ButtonKind, ButtonLink, Field, Form, Notice, PageHead, Tone},
    web::form::{Answer, FormState, Key, Posted, again, keep, new_submission, submission_of},
};
use axum::response::IntoResponse;
use domain::{DesignId, DesignState, Language, ProposalState, SubmissionId, policy::Refusal};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    design::{
        proposal::{self, Proposal},
        start, version,
        version::Version,
        view::{self, Design},
    },
    order,
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// Which of the page's forms: `version`, `title`, at the desk also `note`.
    pub what: String,
    pub name: String,
    pub title: String,
    pub note: String,
    pub submission: String,
}

/// All that the page shows.
struct Shown {
    design: Design,
    setup: RoomSetup,
    versions: Vec<Version>,
    proposals: Vec<Proposal>,
    order: Option<order::view::Order>,
}

pub async fn show(visit: Visit, Key(id): Key<DesignId>) -> Answer {
    visit.buyer()?;
    let shown = read(&visit, id).await?;
    Ok(page(&visit, shown, FormState::default()).into_response())
}

async fn read(visit: &Visit, id: DesignId) -> Result<Shown, crate::Problem> {
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, id).await?;
    let document = view::document(&mut connection, &design).await?;
    let versions = version::list(&mut connection, &design).await?;
    let proposals = proposal::list(&mut connection, &design).await?;
    let order = order::view::of_design(&mut connection, &visit.actor, id).await?;
    let setup = setup(visit, &design, &document)?;
    Ok(Shown { design, setup, versions, proposals, order })
}

pub async fn submit(visit: Visit, Key(id): Key<DesignId>, Posted(fields): Posted<Fields>) -> Answer {
    visit.buyer()?;
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
    match fields.what.as_str() {
        "title" => start::rename(change, id, &fields.title).await.map(|()| format!("/designs/{id}")),
        "version" => {
            version::name(change, id, &fields.name).await.map(|version| format!("/designs/{id}/versions/{version}"))
        }
        _ => Err(Refusal::Missing.into()),
    }
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = shown.design.title.clone();
    Page::portal(title.clone(), move || {
        let Shown { design, setup, versions, proposals, order } = shown;
        let base = format!("/designs/{}", design.id);
        let waits = |one: &&Proposal| one.state == ProposalState::Open && !one.has_lapsed(visit.today());
        let open = proposals.iter().find(waits).cloned();
        let locked = design.state == DesignState::Approved;
        let back = ("/designs".to_owned(), t!(language, "designs-title"));
        let state = states::design(language, &design, visit.today(), Reader::Customer);
        view! {
            <PageHead title back>{state}</PageHead>
            {form.conflict.as_ref().map(|_| view! { <Notice tone=Tone::Attention><p>{t!(language, "version-invalid")}</p></Notice> })}
            {open.map(|open| next_step(language, &base, &open))}
            {order.map(|order| ordered(language, &order))}
            <Room setup/>
            {(!locked).then(|| view! { <NameVersion language reader=Reader::Customer form=form.clone()/> })}
            <ProposalRows visit=visit.clone() base=base.clone() proposals reader=Reader::Customer/>
            <VersionRows visit=visit.clone() base versions/>
            {(!locked).then(|| view! { <Rename language title=design.title.clone() form/> })}
        }
    })
    .live()
}

fn next_step(language: Language, base: &str, open: &Proposal) -> impl IntoView + use<> {
    let price = locales::money(language, open.price);
    let text = t!(language, "design-proposal-open", number = open.version_number, price = price);
    let href = format!("{base}/proposals/{}", open.id);
    view! {
        <Notice tone=Tone::Attention>
            <p>{text}</p>
            <ButtonLink href>{t!(language, "design-see-proposal")}</ButtonLink>
        </Notice>
    }
}

fn ordered(language: Language, order: &order::view::Order) -> impl IntoView + use<> {
    let (number, href) = (order.number, format!("/orders/{}", order.id));
    view! {
        <Notice tone=Tone::Good>
            <p>{t!(language, "design-ordered", number = number)}</p>
            <ButtonLink kind=ButtonKind::Second href>{t!(language, "design-see-order")}</ButtonLink>
        </Notice>
    }
}

/// Keeping what stands in the room under a name: how a customer asks for a proposal, and what staff propose.
#[component]
pub fn NameVersion(language: Language, reader: Reader, form: FormState<Fields>) -> impl IntoView {
    let error = form.error(language, "name");
    let (title, hint, button, kind) = match reader {
        Reader::Customer => ("version-ask-title", "version-ask-hint", "version-ask-button", ButtonKind::Primary),
        Reader::Staff => ("desk-version-title", "desk-version-hint", "desk-version-button", ButtonKind::Second),
    };
    view! {
        <section class="stack" id="version">
            <h2>{t!(language, title)}</h2>
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="version"/>
                <Field label=t!(language, "version-name") name="name" value=form.values.name error
                    hint=t!(language, hint) optional=t!(language, "optional") maxlength=80/>
                <Button kind>{t!(language, button)}</Button>
            </Form>
        </section>
    }
}

#[component]
pub fn Rename(language: Language, title: String, form: FormState<Fields>) -> impl IntoView {
    let error = form.error(language, "title");
    let value = if form.values.title.is_empty() { title } else { form.values.title };
    let open = error.is_some();
    view! {
        <details class="stack" open=open>
            <summary>{t!(language, "design-rename")}</summary>
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="title"/>
                <Field label=t!(language, "design-title") name="title" value error maxlength=120/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </details>
    }
}
