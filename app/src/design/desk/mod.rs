//! One design at the desk: room, cost and margin, internal notes.

pub mod list;

use crate::{
    Page, Problem, Visit,
    design::{
        portal::{NameVersion, Rename, TitleForm, VersionForm},
        room_setup::room_setup,
        versions::{ProposalRows, VersionRows},
    },
    room::{DeskRoom, RoomSetup, margin as margin_of},
    states::{self, Viewer},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Conversation, Form, Icon, Message, PageHead, Shape, Side, TextArea, Tone,
    },
    web::form::{
        FormState, PageResult, PathId, Posted, Submitted, commit_and_redirect, new_submission_id, parse_submission_id,
        show_again,
    },
};
use axum::response::IntoResponse;
use domain::{DesignId, DesignState, Language, Money, SubmissionId, model::CostModel};
use leptos::prelude::*;
use locales::{money, percent, t};
use serde::Deserialize;
use std::collections::HashMap;
use store::{
    Change,
    design::{
        desk::{self, Note},
        start,
        version::{self, Version},
        view::{self, Design},
    },
    order, product,
    proposal::{self, Proposal},
};

/// Fields of the form that adds a note.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    note: String,
}

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum DeskDesignForm {
    Title(TitleForm),
    Version(VersionForm),
    Note(NoteForm),
}

struct PageData {
    design: Design,
    setup: RoomSetup,
    cost: CostModel,
    versions: Vec<Version>,
    costs: HashMap<i64, Money>,
    proposals: Vec<Proposal>,
    notes: Vec<Note>,
    order: Option<order::view::Order>,
}

pub async fn show(visit: Visit, PathId(id): PathId<DesignId>) -> PageResult {
    let data = read(&visit, id).await?;
    Ok(page(&visit, data, FormState::default()).into_response())
}

async fn read(visit: &Visit, id: DesignId) -> Result<PageData, Problem> {
    let (designs, costs) = (visit.permit()?, visit.permit()?);
    let mut connection = visit.read().await?;
    let design = view::find(&mut connection, &visit.actor, id).await?;
    let document = view::document(&mut connection, &design).await?;
    Ok(PageData {
        setup: room_setup(visit, &design, &document)?,
        cost: product::desk::cost(&mut connection, &costs, design.model_hash).await?,
        versions: version::list(&mut connection, &design).await?,
        costs: desk::version_costs(&mut connection, &costs, &design).await?,
        proposals: proposal::list(&mut connection, &design).await?,
        notes: desk::notes(&mut connection, &designs, &design).await?,
        order: order::view::find_by_design(&mut connection, &visit.actor, id).await?,
        design,
    })
}

pub async fn submit(
    visit: Visit,
    PathId(id): PathId<DesignId>,
    Posted(posted): Posted<Submitted<DeskDesignForm>>,
) -> PageResult {
    visit.staff()?;
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
    form: &DeskDesignForm,
) -> store::Result<String> {
    change.claim_submission(submission).await?;
    let path = format!("/desk/designs/{id}");
    match form {
        DeskDesignForm::Title(fields) => start::rename(change, id, &fields.title).await.map(|()| path),
        DeskDesignForm::Note(fields) => {
            desk::add_note(change, id, &fields.note).await.map(|()| format!("{path}#notes"))
        }
        DeskDesignForm::Version(fields) => {
            version::create(change, id, &fields.name).await.map(|version| format!("{path}/propose?version={version}"))
        }
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<DeskDesignForm>>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = data.design.title.clone();
    let title_form = form.select(|form| match form {
        Some(DeskDesignForm::Title(fields)) => Some(fields),
        _ => None,
    });
    let version_form = form.select(|form| match form {
        Some(DeskDesignForm::Version(fields)) => Some(fields),
        _ => None,
    });
    let note_form = form.select(|form| match form {
        Some(DeskDesignForm::Note(fields)) => Some(fields),
        _ => None,
    });
    Page::desk(title.clone(), move || {
        let PageData { design, setup, cost, versions, costs, proposals, notes, order } = data;
        let base = format!("/desk/designs/{}", design.id);
        let open = design.state != DesignState::Approved;
        let back = (format!("/desk/customers/{}", design.customer), design.customer_name.clone());
        let latest = versions.first().map(|version| version.id);
        let answered = design.state != DesignState::Proposed || design.offer_has_lapsed(visit.today());
        let state = states::design(language, &design, visit.today(), Viewer::Staff);
        view! {
            <PageHead title back>
                {state}
                {order.map(|order| view! {
                    <ButtonLink kind=ButtonKind::Second href=format!("/desk/orders/{}", order.id)>
                        {t!(language, "order-title", number = order.number)}
                    </ButtonLink>
                })}
            </PageHead>
            {form.conflict.as_ref().map(|_| view! { <Alert tone=Tone::Attention><p>{t!(language, "version-invalid")}</p></Alert> })}
            <DeskRoom setup cost/>
            <div class="columns">
                <div class="stack">
                    {open.then(|| view! { <NameVersion language viewer=Viewer::Staff form=version_form/> })}
                    {latest.filter(|_| open).map(|latest| {
                        let kind = if answered { ButtonKind::Primary } else { ButtonKind::Second };
                        let href = format!("{base}/propose?version={latest}");
                        view! { <p><ButtonLink kind href>{t!(language, "desk-propose")}</ButtonLink></p> }
                    })}
                    <ProposalRows visit=visit.clone() base=base.clone() proposals=proposals.clone() viewer=Viewer::Staff/>
                    <Margins language design=&design versions=&versions proposals=&proposals costs=&costs/>
                    <VersionRows visit=visit.clone() base=base.clone() versions/>
                    {open.then(|| view! { <Rename language title=design.title.clone() form=title_form/> })}
                </div>
                <Notes visit=visit.clone() notes form=note_form/>
            </div>
        }
    })
    .with_islands()
}

/// The margin of each version, at the price last proposed for it.
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
            let (margin, share) = margin_of(design.model.without_vat(total), cost);
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
fn Notes(visit: Visit, notes: Vec<Note>, form: FormState<NoteForm>) -> impl IntoView {
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
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="note"/>
                <TextArea label=t!(language, "desk-note") name="note" value=form.values.note error hint=words maxlength=4000/>
                <Button kind=ButtonKind::Second>{t!(language, "desk-note-add")}</Button>
            </Form>
        </section>
    }
}
