//! One proposal in the portal, and approving or declining it.

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, Differences, drawing},
    room::PriceLines,
    states::{self, Viewer},
    ui::{Alert, Button, ButtonKind, ButtonLink, Facts, Form, PageHead, TextArea, Tone},
    web::form::{FormState, PageResult, PathIds, Posted, commit_and_redirect, show_again},
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{DesignId, Language, ProposalId, ProposalState, Side, model::ProductModel, policy::Refusal};
use leptos::prelude::*;
use locales::{money, named_day, t};
use serde::Deserialize;
use store::{
    Conflict, Error,
    design::{
        version::{self, Version},
        view::{self, Design},
    },
    order::view::{Order, find_by_design},
    proposal::{self, Approval, Proposal, answer},
};

/// The customer's answer to the proposal.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum AnswerForm {
    Approve {
        /// The hash of the version that the page showed.
        #[serde(default)]
        hash: String,
    },
    Decline(DeclineForm),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeclineForm {
    reason: String,
}

struct PageData {
    design: Design,
    proposal: Proposal,
    version: Version,
    approvals: Vec<Approval>,
    order: Option<Order>,
    /// The version that the page showed when the customer answered, if it is another one.
    seen: Option<Version>,
    /// The open proposal of the design, if it is another one.
    newer: Option<ProposalId>,
}

pub async fn show(visit: Visit, PathIds(design, id): PathIds<DesignId, ProposalId>) -> PageResult {
    visit.buyer()?;
    let data = read(&visit, design, id).await?;
    Ok(page(&visit, data, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, design: DesignId, id: ProposalId) -> Result<PageData, Problem> {
    let mut connection = visit.read().await?;
    let proposal = proposal::find(&mut connection, &visit.actor, id).await?;
    if proposal.design != design {
        return Err(Refusal::Missing.into());
    }
    let design = view::find(&mut connection, &visit.actor, design).await?;
    let version = version::find(&mut connection, &visit.actor, proposal.version).await?;
    let approvals = proposal::approvals(&mut connection, &proposal).await?;
    let order = find_by_design(&mut connection, &visit.actor, design.id).await?;
    let all = proposal::list(&mut connection, &design).await?;
    let newer = all.iter().find(|one| one.state == ProposalState::Open && one.id != id).map(|one| one.id);
    Ok(PageData { design, proposal, version, approvals, order, seen: None, newer })
}

pub async fn submit(
    visit: Visit,
    PathIds(design, id): PathIds<DesignId, ProposalId>,
    Posted(form): Posted<AnswerForm>,
) -> PageResult {
    visit.buyer()?;
    let mut change = visit.change().await?;
    if proposal::find(change.connection(), &visit.actor, id).await?.design != design {
        return Err(Refusal::Missing.into());
    }
    let done = match &form {
        AnswerForm::Approve { hash } => {
            let approved = answer::approve(&mut change, id, hash.parse().ok(), visit.remote_address).await;
            approved.map(|order| format!("/orders/{order}"))
        }
        AnswerForm::Decline(fields) => {
            answer::decline(&mut change, id, &fields.reason).await.map(|()| format!("/designs/{design}"))
        }
    };
    match done {
        Ok(location) => commit_and_redirect(change, &location).await,
        Err(error) => {
            // Ends the transaction before the page is read again.
            drop(change);
            refused(&visit, design, id, error, form).await
        }
    }
}

/// Renders the page after an answer that could not be accepted, with the current state of the proposal.
async fn refused(visit: &Visit, design: DesignId, id: ProposalId, error: Error, form: AnswerForm) -> PageResult {
    let key = match &error {
        Error::Conflict(Conflict::ProposalChanged { .. }) => "proposal-changed",
        Error::Conflict(Conflict::ProposalLapsed) => "proposal-lapsed",
        Error::Invalid(_) => {
            let data = read(visit, design, id).await?;
            return show_again(error, Some(form), |form| page(visit, data, form, None));
        }
        _ => return Err(error.into()),
    };
    let mut data = read(visit, design, id).await?;
    let hash = match &form {
        AnswerForm::Approve { hash } => hash.parse().ok(),
        AnswerForm::Decline(_) => None,
    };
    if hash != Some(data.version.hash) {
        let all = version::list(&mut *visit.read().await?, &data.design).await?;
        data.seen = all.into_iter().find(|version| Some(version.hash) == hash);
    }
    // The page shows an existing order anyway.
    let problem = data.order.is_none().then(|| t!(visit.language, key));
    let page = page(visit, data, FormState::new(Some(form)), problem);
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<AnswerForm>>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "proposal-of-version", number = data.version.number);
    let form = form.select(|form| match form {
        Some(AnswerForm::Decline(fields)) => Some(fields),
        _ => None,
    });
    Page::portal(format!("{title} · {}", data.design.title), move || {
        let PageData { design, proposal, version, approvals, order, seen, newer } = data;
        let model = design.model.clone();
        let back = (format!("/designs/{}", design.id), design.title.clone());
        let open = proposal.state == ProposalState::Open && !proposal.has_lapsed(visit.today());
        let lapsed = proposal.has_lapsed(visit.today()).then(|| t!(language, "proposal-lapsed"));
        let unsent = (!open && !form.values.reason.is_empty()).then(|| {
            let reason = form.values.reason.clone();
            view! { <Alert tone=Tone::Info><p>{t!(language, "proposal-reason-unsent")}</p><p dir="auto">{reason}</p></Alert> }
        });
        let changed = seen.map(|seen| {
            view! {
                <section class="stack">
                    <h2>{t!(language, "proposal-what-changed")}</h2>
                    <Differences model=&model before=&seen.content after=&version.content language/>
                </section>
            }
        });
        let state = states::proposal(language, &proposal, visit.today(), Viewer::Customer);
        view! {
            <PageHead title lead=design.title.clone() back>
                {state}
            </PageHead>
            {problem.or(lapsed).map(|problem| view! { <Alert tone=Tone::Attention><p>{problem}</p></Alert> })}
            {unsent}
            {changed}
            {elsewhere(language, &design, order, newer)}
            {(!proposal.message.is_empty()).then(|| view! {
                <blockquote class="prose" dir="auto"><p>{proposal.message.clone()}</p><footer class="soft">{proposal.by.clone()}</footer></blockquote>
            })}
            <div class="product">
                {drawing(&model, &version.content.options, language)}
                <section class="stack">
                    <p class="price">{money(language, proposal.price)}</p>
                    <Terms language proposal=&proposal/>
                    {open.then(|| view! { <AnswerForms language proposal=proposal.clone() form/> })}
                    <Signatures visit=visit.clone() approvals/>
                </section>
            </div>
            <Contents language version=&version proposal=&proposal model=&model/>
            <p class="soft hash">{t!(language, "version-hash")} " " <code>{version.hash.to_string()}</code></p>
        }
    })
}

/// The whole content of the proposal: choices, brief, price lines.
#[component]
fn Contents<'a>(
    language: Language,
    version: &'a Version,
    proposal: &'a Proposal,
    model: &'a ProductModel,
) -> impl IntoView + use<> {
    let content = &version.content;
    let price = model.offer(&content.options, content.quantity, proposal.price);
    let brief = (!content.brief.is_empty()).then(|| {
        let (title, brief) = (t!(language, "brief-title"), content.brief.clone());
        view! { <section class="stack"><h2>{title}</h2><div class="prose">{brief}</div></section> }
    });
    view! {
        <section class="stack">
            <h2>{t!(language, "design-choices")}</h2>
            <Choices model values=&content.options quantity=content.quantity language/>
        </section>
        {brief}
        <section class="stack">
            <h2>{t!(language, "price-title")}</h2>
            <PriceLines price language/>
        </section>
    }
}

/// A link to the order or to the newer proposal, if there is one.
fn elsewhere(language: Language, design: &Design, order: Option<Order>, newer: Option<ProposalId>) -> AnyView {
    if let Some(order) = order {
        return view! {
            <Alert tone=Tone::Good>
                <p>{t!(language, "design-ordered", number = order.number)}</p>
                <ButtonLink kind=ButtonKind::Second href=format!("/orders/{}", order.id)>{t!(language, "design-see-order")}</ButtonLink>
            </Alert>
        }
        .into_any();
    }
    let Some(newer) = newer else { return ().into_any() };
    let href = format!("/designs/{}/proposals/{newer}", design.id);
    view! {
        <Alert tone=Tone::Info>
            <p>{t!(language, "proposal-newer")}</p>
            <ButtonLink href>{t!(language, "proposal-see-newer")}</ButtonLink>
        </Alert>
    }
    .into_any()
}

#[component]
pub fn Terms<'a>(language: Language, proposal: &'a Proposal) -> impl IntoView + use<> {
    let facts = vec![
        (t!(language, "proposal-delivery"), named_day(language, proposal.delivery_on).into_any()),
        (t!(language, "proposal-valid"), named_day(language, proposal.valid_until).into_any()),
    ];
    let declined = (!proposal.decline_reason.is_empty()).then(|| {
        let reason = proposal.decline_reason.clone();
        view! { <p><strong>{t!(language, "proposal-declined-because")}</strong> " " {reason}</p> }
    });
    view! { <Facts facts/> {declined} }
}

/// The forms to approve and to decline.
#[component]
fn AnswerForms(language: Language, proposal: Proposal, form: FormState<DeclineForm>) -> impl IntoView {
    let price = money(language, proposal.price);
    let approve = t!(language, "proposal-approve", number = proposal.version_number, price = price);
    let error = form.error(language, "reason");
    let open = error.is_some();
    view! {
        <Form>
            <input type="hidden" name="what" value="approve"/>
            <input type="hidden" name="hash" value=proposal.hash.to_string()/>
            <Button>{approve}</Button>
            <p class="soft">{t!(language, "proposal-approve-hint")}</p>
        </Form>
        <details class="stack" open=open>
            <summary class=ButtonKind::Second.class()>{t!(language, "proposal-decline")}</summary>
            <Form>
                <input type="hidden" name="what" value="decline"/>
                <TextArea label=t!(language, "proposal-reason") name="reason" value=form.values.reason error
                    hint=t!(language, "proposal-reason-hint") maxlength=2000/>
                <Button kind=ButtonKind::Second>{t!(language, "proposal-decline-button")}</Button>
            </Form>
        </details>
    }
}

/// The signatures with their times.
#[component]
pub fn Signatures(visit: Visit, approvals: Vec<Approval>) -> impl IntoView {
    let language = visit.language;
    let rows = approvals
        .into_iter()
        .map(|approval| {
            let time = visit.moment(approval.at).exact;
            let key = match approval.side {
                Side::Company => "signed-by-company",
                Side::Customer => "signed-by-customer",
            };
            view! { <li>{t!(language, key, name = approval.person_name, time = time)}</li> }
        })
        .collect_view();
    view! { <ul class="soft plain">{rows}</ul> }
}
