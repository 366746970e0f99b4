//! A proposal: what the company offers, exactly, and the customer's answer to it.

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, Differences, drawing},
    room::PriceLines,
    states::{self, Reader},
    ui::{Button, ButtonKind, ButtonLink, Facts, Form, Notice, PageHead, TextArea, Tone},
    web::form::{Answer, FormState, Keys, Posted, again, keep},
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{DesignId, Language, ProposalId, ProposalState, Side, model::ProductModel, policy::Refusal};
use leptos::prelude::*;
use locales::{money, named_day, t};
use serde::Deserialize;
use store::{
    Conflict, Error,
    design::{
        answer,
        proposal::{self, Approval, Proposal},
        version::{self, Version},
        view::{self, Design},
    },
    order::view::{Order, of_design},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    what: String,
    /// The hash of the version that the page showed.
    hash: String,
    reason: String,
}

struct Shown {
    design: Design,
    proposal: Proposal,
    version: Version,
    approvals: Vec<Approval>,
    order: Option<Order>,
    /// The version that was shown when the answer was given, where that is another one.
    seen: Option<Version>,
    /// The proposal that stands now, where it is not this one.
    standing: Option<ProposalId>,
}

pub async fn show(visit: Visit, Keys(design, id): Keys<DesignId, ProposalId>) -> Answer {
    visit.buyer()?;
    let shown = read(&visit, design, id).await?;
    Ok(page(&visit, shown, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, design: DesignId, id: ProposalId) -> Result<Shown, Problem> {
    let mut connection = visit.read().await?;
    let proposal = proposal::find(&mut connection, &visit.actor, id).await?;
    if proposal.design != design {
        return Err(Refusal::Missing.into());
    }
    let design = view::find(&mut connection, &visit.actor, design).await?;
    let version = version::find(&mut connection, &visit.actor, proposal.version).await?;
    let approvals = proposal::approvals(&mut connection, &proposal).await?;
    let order = of_design(&mut connection, &visit.actor, design.id).await?;
    let all = proposal::list(&mut connection, &design).await?;
    let standing = all.iter().find(|one| one.state == ProposalState::Open && one.id != id).map(|one| one.id);
    Ok(Shown { design, proposal, version, approvals, order, seen: None, standing })
}

pub async fn submit(
    visit: Visit,
    Keys(design, id): Keys<DesignId, ProposalId>,
    Posted(fields): Posted<Fields>,
) -> Answer {
    visit.buyer()?;
    let mut change = visit.change().await?;
    if proposal::find(change.connection(), &visit.actor, id).await?.design != design {
        return Err(Refusal::Missing.into());
    }
    let done = match fields.what.as_str() {
        "approve" => {
            answer::approve(&mut change, id, &fields.hash, &visit.remote).await.map(|order| format!("/orders/{order}"))
        }
        "decline" => answer::decline(&mut change, id, &fields.reason).await.map(|()| format!("/designs/{design}")),
        _ => return Err(Problem::Unreadable),
    };
    match done {
        Ok(location) => keep(change, &location).await,
        Err(error) => {
            // Its transaction ends before the page is read anew.
            drop(change);
            refused(&visit, design, id, error, fields).await
        }
    }
}

/// What the customer is told when their answer could not be taken: how things stand now.
async fn refused(visit: &Visit, design: DesignId, id: ProposalId, error: Error, fields: Fields) -> Answer {
    let key = match &error {
        Error::Conflict(Conflict::ProposalChanged { .. }) => "proposal-changed",
        Error::Conflict(Conflict::ProposalLapsed) => "proposal-lapsed",
        Error::Invalid(_) => {
            let shown = read(visit, design, id).await?;
            return again(error, fields, |form| page(visit, shown, form, None));
        }
        _ => return Err(error.into()),
    };
    let mut shown = read(visit, design, id).await?;
    if fields.hash != shown.version.hash {
        let all = version::list(&mut *visit.read().await?, &shown.design).await?;
        shown.seen = all.into_iter().find(|version| version.hash == fields.hash);
    }
    // That it is ordered, the page says by itself.
    let problem = shown.order.is_none().then(|| t!(visit.language, key));
    let page = page(visit, shown, FormState::new(fields), problem);
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "proposal-of-version", number = shown.version.number);
    Page::portal(format!("{title} · {}", shown.design.title), move || {
        let Shown { design, proposal, version, approvals, order, seen, standing } = shown;
        let model = design.model.clone();
        let back = (format!("/designs/{}", design.id), design.title.clone());
        let open = proposal.state == ProposalState::Open && !proposal.has_lapsed(visit.today());
        let lapsed = proposal.has_lapsed(visit.today()).then(|| t!(language, "proposal-lapsed"));
        let unsent = (!open && !form.values.reason.is_empty()).then(|| {
            let reason = form.values.reason.clone();
            view! { <Notice tone=Tone::Info><p>{t!(language, "proposal-reason-unsent")}</p><p dir="auto">{reason}</p></Notice> }
        });
        let changed = seen.map(|seen| {
            view! {
                <section class="stack">
                    <h2>{t!(language, "proposal-what-changed")}</h2>
                    <Differences model=&model before=&seen.content after=&version.content language/>
                </section>
            }
        });
        let state = states::proposal(language, &proposal, visit.today(), Reader::Customer);
        view! {
            <PageHead title lead=design.title.clone() back>
                {state}
            </PageHead>
            {problem.or(lapsed).map(|problem| view! { <Notice tone=Tone::Attention><p>{problem}</p></Notice> })}
            {unsent}
            {changed}
            {elsewhere(language, &design, order, standing)}
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
            <p class="soft hash">{t!(language, "version-hash")} " " <code>{version.hash.clone()}</code></p>
        }
    })
}

/// What is proposed, in full: the choices, the brief, how the price comes about.
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

/// Where the design has gone on to, when it is not this proposal's turn any more.
fn elsewhere(language: Language, design: &Design, order: Option<Order>, standing: Option<ProposalId>) -> AnyView {
    if let Some(order) = order {
        return view! {
            <Notice tone=Tone::Good>
                <p>{t!(language, "design-ordered", number = order.number)}</p>
                <ButtonLink kind=ButtonKind::Second href=format!("/orders/{}", order.id)>{t!(language, "design-see-order")}</ButtonLink>
            </Notice>
        }
        .into_any();
    }
    let Some(standing) = standing else { return ().into_any() };
    let href = format!("/designs/{}/proposals/{standing}", design.id);
    view! {
        <Notice tone=Tone::Info>
            <p>{t!(language, "proposal-newer")}</p>
            <ButtonLink href>{t!(language, "proposal-see-newer")}</ButtonLink>
        </Notice>
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

/// The two answers: the button says what it signs.
#[component]
fn AnswerForms(language: Language, proposal: Proposal, form: FormState<Fields>) -> impl IntoView {
    let price = money(language, proposal.price);
    let approve = t!(language, "proposal-approve", number = proposal.version_number, price = price);
    let error = form.error(language, "reason");
    let open = error.is_some();
    view! {
        <Form>
            <input type="hidden" name="what" value="approve"/>
            <input type="hidden" name="hash" value=proposal.hash/>
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

/// Who has signed, and when.
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
