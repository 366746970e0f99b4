//! One design in the portal: room, versions, proposals.

use crate::{
    Page, Visit,
    design::{
        room_setup::room_setup,
        versions::{ProposalRows, VersionRows},
    },
    room::{Room, RoomSetup},
    states::{self, Viewer},
    ui::{Alert, Button, ButtonKind, ButtonLink, Field, Form, PageHead, Tone},
    web::form::{
        FormState, PageResult, PathId, Posted, Submitted, commit_and_redirect, new_submission_id, parse_submission_id,
        show_again,
    },
};
use axum::response::IntoResponse;
use domain::{DesignId, DesignState, Language, ProposalState, SubmissionId};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change,
    design::{
        start,
        version::{self, Version},
        view::{self, Design},
    },
    order,
    proposal::{self, Proposal},
};

/// Fields of the form that names a version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VersionForm {
    pub name: String,
}

/// Fields of the form that renames the design.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TitleForm {
    pub title: String,
}

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DesignForm {
    Title(TitleForm),
    Version(VersionForm),
}

/// The data of the page.
struct PageData {
    design: Design,
    setup: RoomSetup,
    versions: Vec<Version>,
    proposals: Vec<Proposal>,
    order: Option<order::view::Order>,
}

pub async fn show(visit: Visit, PathId(id): PathId<DesignId>) -> PageResult {
    visit.buyer()?;
    let data = read(&visit, id).await?;
    Ok(page(&visit, data, FormState::default()).into_response())
}

async fn read(visit: &Visit, id: DesignId) -> Result<PageData, crate::Problem> {
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, id).await?;
    let document = view::document(&mut connection, &design).await?;
    let versions = version::list(&mut connection, &design).await?;
    let proposals = proposal::list(&mut connection, &design).await?;
    let order = order::view::find_by_design(&mut connection, &visit.actor, id).await?;
    let setup = room_setup(visit, &design, &document)?;
    Ok(PageData { design, setup, versions, proposals, order })
}

pub async fn submit(
    visit: Visit,
    PathId(id): PathId<DesignId>,
    Posted(posted): Posted<Submitted<DesignForm>>,
) -> PageResult {
    visit.buyer()?;
    let submission = parse_submission_id(&posted.submission)?;
    let mut change = visit.change().await?;
    match apply(&mut change, id, submission, &posted.form).await {
        Ok(location) => commit_and_redirect(change, &location).await,
        Err(error) => {
            drop(change);
            let data = read(&visit, id).await?;
            show_again(error, Some(posted.form), |form| page(&visit, data, form))
        }
    }
}

/// Executes the form. Returns the path to redirect to.
async fn apply(
    change: &mut Change,
    id: DesignId,
    submission: SubmissionId,
    form: &DesignForm,
) -> store::Result<String> {
    change.claim_submission(submission).await?;
    match form {
        DesignForm::Title(fields) => start::rename(change, id, &fields.title).await.map(|()| format!("/designs/{id}")),
        DesignForm::Version(fields) => {
            version::create(change, id, &fields.name).await.map(|version| format!("/designs/{id}/versions/{version}"))
        }
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<DesignForm>>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = data.design.title.clone();
    let title_form = form.select(|form| match form {
        Some(DesignForm::Title(fields)) => Some(fields),
        _ => None,
    });
    let version_form = form.select(|form| match form {
        Some(DesignForm::Version(fields)) => Some(fields),
        _ => None,
    });
    Page::portal(title.clone(), move || {
        let PageData { design, setup, versions, proposals, order } = data;
        let base = format!("/designs/{}", design.id);
        let waits = |one: &&Proposal| one.state == ProposalState::Open && !one.has_lapsed(visit.today());
        let open = proposals.iter().find(waits).cloned();
        let locked = design.state == DesignState::Approved;
        let back = ("/designs".to_owned(), t!(language, "designs-title"));
        let state = states::design(language, &design, visit.today(), Viewer::Customer);
        view! {
            <PageHead title back>{state}</PageHead>
            {form.conflict.as_ref().map(|_| view! { <Alert tone=Tone::Attention><p>{t!(language, "version-invalid")}</p></Alert> })}
            {open.map(|open| next_step(language, &base, &open))}
            {order.map(|order| ordered(language, &order))}
            <Room setup/>
            {(!locked).then(|| view! { <NameVersion language viewer=Viewer::Customer form=version_form/> })}
            <ProposalRows visit=visit.clone() base=base.clone() proposals viewer=Viewer::Customer/>
            <VersionRows visit=visit.clone() base versions/>
            {(!locked).then(|| view! { <Rename language title=design.title.clone() form=title_form/> })}
        }
    })
    .with_islands()
}

fn next_step(language: Language, base: &str, open: &Proposal) -> impl IntoView + use<> {
    let price = locales::money(language, open.price);
    let text = t!(language, "design-proposal-open", number = open.version_number, price = price);
    let href = format!("{base}/proposals/{}", open.id);
    view! {
        <Alert tone=Tone::Attention>
            <p>{text}</p>
            <ButtonLink href>{t!(language, "design-see-proposal")}</ButtonLink>
        </Alert>
    }
}

fn ordered(language: Language, order: &order::view::Order) -> impl IntoView + use<> {
    let (number, href) = (order.number, format!("/orders/{}", order.id));
    view! {
        <Alert tone=Tone::Good>
            <p>{t!(language, "design-ordered", number = number)}</p>
            <ButtonLink kind=ButtonKind::Second href>{t!(language, "design-see-order")}</ButtonLink>
        </Alert>
    }
}

/// The form that saves the current design as a named version. Customers ask for a proposal with it.
#[component]
pub fn NameVersion(language: Language, viewer: Viewer, form: FormState<VersionForm>) -> impl IntoView {
    let error = form.error(language, "name");
    let (title, hint, button, kind) = match viewer {
        Viewer::Customer => ("version-ask-title", "version-ask-hint", "version-ask-button", ButtonKind::Primary),
        Viewer::Staff => ("desk-version-title", "desk-version-hint", "desk-version-button", ButtonKind::Second),
    };
    view! {
        <section class="stack" id="version">
            <h2>{t!(language, title)}</h2>
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="version"/>
                <Field label=t!(language, "version-name") name="name" value=form.values.name error
                    hint=t!(language, hint) optional=t!(language, "optional") maxlength=80/>
                <Button kind>{t!(language, button)}</Button>
            </Form>
        </section>
    }
}

#[component]
pub fn Rename(language: Language, title: String, form: FormState<TitleForm>) -> impl IntoView {
    let error = form.error(language, "title");
    let value = if form.values.title.is_empty() { title } else { form.values.title };
    let open = error.is_some();
    view! {
        <details class="stack" open=open>
            <summary>{t!(language, "design-rename")}</summary>
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="title"/>
                <Field label=t!(language, "design-title") name="title" value error maxlength=120/>
                <Button kind=ButtonKind::Second>{t!(language, "save")}</Button>
            </Form>
        </details>
    }
}
