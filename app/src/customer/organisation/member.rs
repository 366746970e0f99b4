//! One member: what they may do, their department, and ending the membership.

use crate::{
    Page, Problem, Visit,
    customer::organisation::{Chosen, Which, members::roles},
    ui::{Actions, Button, ButtonKind, ButtonLink, ChoiceGroup, Field, Form, Notice, PageHead, Tone},
    web::form::{Answer, FormState, Key, Posted, again, keep},
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

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// `remove`, or else to keep.
    what: String,
    role: String,
    department: String,
}

pub async fn show(visit: Visit, Key(id): Key<PersonId>, Query(which): Query<Which>) -> Answer {
    let (chosen, member) = read(&visit, id, &which).await?;
    let fields =
        Fields { what: String::new(), role: member.role.name().to_owned(), department: member.department.clone() };
    Ok(page(&visit, &chosen, member, FormState::new(fields), None).into_response())
}

async fn read(visit: &Visit, id: PersonId, which: &Which) -> Result<(Chosen, Member), Problem> {
    let chosen = Chosen::required(visit, which).await?;
    let members = member::list(&mut *visit.read().await?, visit.buyer()?, chosen.id()).await?;
    let member = members.into_iter().find(|member| member.person == id).ok_or(Problem::Missing)?;
    visit.actor.may(Action::ManageMembers, Owner::Customer(chosen.id()))?;
    Ok((chosen, member))
}

pub async fn submit(
    visit: Visit,
    Key(id): Key<PersonId>,
    Query(which): Query<Which>,
    Posted(fields): Posted<Fields>,
) -> Answer {
    let (chosen, member) = read(&visit, id, &which).await?;
    let mut change = visit.change().await?;
    let (done, said) = if fields.what == "remove" {
        (member::remove(&mut change, chosen.id(), id).await, "saved=removed")
    } else {
        (member::change(&mut change, chosen.id(), id, &fields.role, &fields.department).await, "saved")
    };
    match done {
        Ok(()) => keep(change, &chosen.done("/organisation/members", said)).await,
        Err(Error::Conflict(Conflict::LastAdministrator)) => {
            let problem = Some(t!(visit.language, "member-last-administrator"));
            let page = page(&visit, &chosen, member, FormState::new(fields), problem).status(StatusCode::CONFLICT);
            Ok(page.into_response())
        }
        Err(error) => again(error, fields, |form| page(&visit, &chosen, member, form, None)),
    }
}

fn page(visit: &Visit, chosen: &Chosen, member: Member, form: FormState<Fields>, problem: Option<String>) -> Page {
    let language = visit.language;
    let home = chosen.link("/organisation/members");
    let back = (home.clone(), t!(language, "organisation-members"));
    let own = visit.actor.person() == Some(member.person);
    let customer = chosen.customer.name().to_owned();
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
            {problem.map(|problem| view! { <Notice tone=Tone::Danger><p>{problem}</p></Notice> })}
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
