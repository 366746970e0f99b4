//! One proposal at the desk: content, terms, signatures.

pub mod propose;

use crate::{
    Page, Problem, Visit,
    design::parts::{Choices, drawing},
    proposal::portal::{Signatures, Terms},
    states::{self, Viewer},
    ui::PageHead,
    web::form::{PageResult, PathIds},
};
use axum::response::IntoResponse;
use domain::{DesignId, ProposalId, policy::ReadDesigns};
use leptos::prelude::*;
use locales::{money, t};
use store::{
    design::{version, view},
    proposal,
};

pub async fn show(visit: Visit, PathIds(design, id): PathIds<DesignId, ProposalId>) -> PageResult {
    visit.permit::<ReadDesigns>()?;
    let mut connection = visit.read().await?;
    let proposal = proposal::find(&mut connection, &visit.actor, id).await?;
    if proposal.design != design {
        return Err(Problem::Missing);
    }
    let design = view::find(&mut connection, &visit.actor, design).await?;
    let version = version::find(&mut connection, &visit.actor, proposal.version).await?;
    let approvals = proposal::approvals(&mut connection, &proposal).await?;
    let language = visit.language;
    let title = t!(language, "proposal-of-version", number = proposal.version_number);
    let page = Page::desk(format!("{title} · {}", design.title), move || {
        let (model, content) = (design.model.clone(), version.content);
        let back = (format!("/desk/designs/{}", design.id), design.title.clone());
        let state = states::proposal(language, &proposal, visit.today(), Viewer::Staff);
        view! {
            <PageHead title lead=design.customer_name.clone() back>
                {state}
            </PageHead>
            {(!proposal.message.is_empty()).then(|| view! { <blockquote class="prose" dir="auto">{proposal.message.clone()}</blockquote> })}
            <div class="columns">
                <section class="stack">
                    <p class="price">{money(language, proposal.price)}</p>
                    <Terms language proposal=&proposal/>
                    <Signatures visit=visit.clone() approvals/>
                    <Choices model=&model values=&content.options quantity=content.quantity language/>
                </section>
                {drawing(&model, &content.options, language)}
            </div>
            <p class="soft hash">{t!(language, "version-hash")} " " <code>{proposal.hash.to_string()}</code></p>
        }
    });
    Ok(page.into_response())
}
