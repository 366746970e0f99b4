//! One member of an organisation: role, department, removal.

use crate::{
    Page, Problem, Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer, members::roles},
    ui::{Actions, Alert, Button, ButtonKind, ButtonLink, ChoiceGroup, Field, Form, PageHead, Tone},
    web::form::{FormState, PageResult, PathId, Posted, commit_and_redirect, show_again},
};
use axum::{extract::Query, http::StatusCode, response::IntoResponse};
use domain::{
    PersonId,
    policy::{Action, Owner},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Conflict, Error,
    customer::member::{self, Member},
};

/// The actions of the page's forms other than saving the fields.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MemberCommand {
    Remove,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// The action. If it is missing, the fields are saved.
    what: Option<MemberCommand>,
    role: String,
    department: String,
}

pub async fn show(visit: Visit, PathId(id): PathId<PersonId>, Query(query): Query<CustomerQuery>) -> PageResult {
    let (selected, member) = read(&visit, id, &query).await?;
    let fields = Fields { what: None, role: member.role.name().to_owned(), department: member.department.clone() };
    Ok(page(&visit, &selected, member, FormState::new(fields), None).into_response())
}

async fn read(visit: &Visit, id: PersonId, query: &CustomerQuery) -> Result<(SelectedCustomer, Member), Problem> {
    let selected = SelectedCustomer::required(visit, query).await?;
    let members = member::list(&mut *visit.read().await?, visit.buyer()?, selected.id()).await?;
    let member = members.into_iter().find(|member| member.person == id).ok_or(Problem::Missing)?;
    visit.actor.may(Action::ManageMembers, Owner::Customer(selected.id()))?;
    Ok((selected, member))
}

pub async fn submit(
    visit: Visit,
    PathId(id): PathId<PersonId>,
    Query(query): Query<CustomerQuery>,
    Posted(fields): Posted<Fields>,
) -> PageResult {
    let (selected, member) = read(&visit, id, &query).await?;
    let mut change = visit.change().await?;
    let (result, alert) = match fields.what {
        Some(MemberCommand::Remove) => (member::remove(&mut change, selected.id(), id).await, "saved=removed"),
        None => (member::change(&mut change, selected.id(), id, &fields.role, &fields.department).await, "saved"),
    };
    match result {
        Ok(()) => commit_and_redirect(change, &selected.link_after("/organisation/members", alert)).await,
        Err(Error::Conflict(Conflict::LastAdministrator)) => {
            let problem = Some(t!(visit.language, "member-last-administrator"));
            let page = page(&visit, &selected, member, FormState::new(fields), problem).status(StatusCode::CONFLICT);
            Ok(page.into_response())
        }
        Err(error) => show_again(error, fields, |form| page(&visit, &selected, member, form, None)),
    }
}

fn page(
    visit: &Visit,
    selected: &SelectedCustomer,
    member: Member,
    form: FormState<Fields>,
    problem: Option<String>,
) -> Page {
    let language = visit.language;
    let home = selected.link("/organisation/members");
    let back = (home.clone(), t!(language, "organisation-members"));
    let own = visit.actor.person() == Some(member.person);
    let customer = selected.customer.name().to_owned();
    Page::portal(member.name.clone(), move || {
        let values = form.values.clone();
        let error = move |field| form.error(language, field);
        let remove = (!own).then(|| {
            view! {
                <section class="section">
                    <h2>{t!(language, "member-remove-title")}</h2>
                    <p class="soft">{t!(language, "member-remove-about", name = &member.name, customer = customer)}</p>
                    <Form>
                        <input type="hidden" name="what" value="remove"/>
                        <Button kind=ButtonKind::Danger>{t!(language, "member-remove")}</Button>
                    </Form>
                </section>
            }
        });
        view! {
            <PageHead title=member.name.clone() lead=member.email back/>
            {problem.map(|problem| view! { <Alert tone=Tone::Danger><p>{problem}</p></Alert> })}
            <Form>
                <ChoiceGroup label=t!(language, "member-role") name="role" choices=roles(language) value=values.role error=error("role")/>
                <Field label=t!(language, "member-department") name="department" value=values.department error=error("department")
                    optional=t!(language, "optional") maxlength=80/>
                <Actions>
                    <Button>{t!(language, "save")}</Button>
                    <ButtonLink href=home kind=ButtonKind::Quiet>{t!(language, "cancel")}</ButtonLink>
                </Actions>
            </Form>
            {remove}
        }
    })
}
