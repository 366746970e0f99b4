//! One version: its content, and the differences from the previous version.

use crate::{
    Page, Visit,
    design::{
        parts::{Choices, Differences, drawing},
        versions::version_name,
    },
    room::PriceLines,
    ui::{Alert, PageHead, Tone},
    web::{
        form::{PageResult, PathIds},
        page::Frame,
    },
};
use axum::response::IntoResponse;
use domain::{DesignId, DesignState, ProposalState, VersionId, policy::ReadDesigns};
use leptos::prelude::*;
use locales::t;
use store::{
    design::{version, view},
    proposal,
};

pub async fn show(visit: Visit, PathIds(design, version): PathIds<DesignId, VersionId>) -> PageResult {
    visit.buyer()?;
    answer(visit, design, version, Frame::Portal, "").await
}

/// The same page at the desk.
pub async fn show_to_staff(visit: Visit, PathIds(design, version): PathIds<DesignId, VersionId>) -> PageResult {
    visit.permit::<ReadDesigns>()?;
    answer(visit, design, version, Frame::Desk, "/desk").await
}

async fn answer(visit: Visit, design: DesignId, version: VersionId, frame: Frame, desk: &'static str) -> PageResult {
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, design).await?;
    let versions = version::list(&mut connection, &design).await?;
    let proposals = proposal::list(&mut connection, &design).await?;
    let open = design.state == DesignState::Designing || design.offer_has_lapsed(visit.today());
    let can_be_proposed = open && proposals.iter().all(|one| one.version != version);
    let agreed = proposals.into_iter().find(|one| one.version == version && one.state == ProposalState::Approved);
    let at = versions.iter().position(|one| one.id == version).ok_or(crate::Problem::Missing)?;
    let (version, before) = (versions[at].clone(), versions.get(at + 1).cloned());
    let received = can_be_proposed && at == 0 && Some(version.created_by) == visit.actor.person() && desk.is_empty();
    let language = visit.language;
    let title = version_name(language, version.number, &version.name);
    let page = Page::new(frame, format!("{title} · {}", design.title), move || {
        let (model, content) = (design.model.clone(), version.content);
        let price = match agreed {
            Some(agreed) => model.offer(&content.options, content.quantity, agreed.price),
            None => model.price(&content.options, content.quantity),
        };
        let back = (format!("{desk}/designs/{}", design.id), design.title.clone());
        let lead = t!(language, "version-by", name = &version.by, time = visit.moment(version.at).short);
        let changes = before.map(|before| {
            let title = t!(language, "changes-since", number = before.number);
            view! {
                <section class="stack">
                    <h2>{title}</h2>
                    <Differences model=&model before=&before.content after=&content language/>
                </section>
            }
        });
        view! {
            <PageHead title lead back/>
            {received.then(|| view! { <Alert tone=Tone::Good><p>{t!(language, "version-received")}</p></Alert> })}
            <div class="product">
                {drawing(&model, &content.options, language)}
                <section class="stack"><PriceLines price language/></section>
            </div>
            {changes}
            <section class="stack">
                <h2>{t!(language, "design-choices")}</h2>
                <Choices model=&model values=&content.options quantity=content.quantity language/>
            </section>
            {(!content.brief.is_empty()).then(|| view! {
                <section class="stack"><h2>{t!(language, "brief-title")}</h2><div class="prose">{content.brief.clone()}</div></section>
            })}
            <p class="soft hash">{t!(language, "version-hash")} " " <code>{version.hash.to_string()}</code></p>
        }
    });
    Ok(page.into_response())
}
