//! The staff of the company, for administrators.

use crate::{
    Page, Problem, Visit,
    timeline::{
        link::LinkTarget,
        parts::{ENTRIES, Events},
    },
    ui::{Actions, Alert, Avatar, Button, ButtonKind, Choice, ChoiceGroup, Field, Form, PageHead, Tone},
    web::form::{
        FormState, PageResult, Posted, Submitted, commit_and_redirect, new_submission_id, saved_alert, show_again,
    },
};
use axum::{http::StatusCode, response::IntoResponse};
use domain::{
    Language, PersonId,
    policy::{Action, Owner, Refusal, StaffRole},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change, Conflict, Error, PageRequest,
    company::{self, StaffMember},
    staff::{self, NewStaff},
    timeline::{self, Entry},
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum StaffForm {
    Role {
        #[serde(flatten)]
        person: PersonField,
        #[serde(default)]
        role: String,
    },
    Again(PersonField),
    Dismiss(PersonField),
    Invite(InviteForm),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PersonField {
    person: String,
}

impl PersonField {
    fn id(&self) -> Result<PersonId, Refusal> {
        self.person.parse().map_err(|_| Refusal::Missing)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    name: String,
    email: String,
    role: String,
}

pub async fn show(visit: Visit) -> PageResult {
    let data = read(&visit).await?;
    Ok(page(&visit, data, FormState::default(), None).into_response())
}

struct PageData {
    members: Vec<StaffMember>,
    /// Changes of the staff, newest first.
    events: Vec<Entry>,
}

async fn read(visit: &Visit) -> Result<PageData, Problem> {
    let permit = visit.permit()?;
    let mut connection = visit.read().await?;
    Ok(PageData {
        members: company::list_staff(&mut connection, &visit.actor).await?,
        events: timeline::desk::of_company(&mut connection, &permit, &PageRequest::first(ENTRIES)).await?.rows,
    })
}

pub async fn submit(visit: Visit, Posted(posted): Posted<Submitted<StaffForm>>) -> PageResult {
    visit.actor.may(Action::ManageCompany, Owner::Company)?;
    let mut change = visit.change().await?;
    let error = match apply(&visit, &mut change, &posted).await {
        Ok(location) => {
            return commit_and_redirect(change, location).await;
        }
        Err(error) => error,
    };
    drop(change);
    let data = read(&visit).await?;
    match error {
        Error::Conflict(Conflict::LastAdministrator) => {
            let problem = Some(t!(visit.language, "staff-last-administrator"));
            let page = page(&visit, data, FormState::default(), problem).status(StatusCode::CONFLICT);
            Ok(page.into_response())
        }
        error => show_again(error, Some(posted.form), |form| page(&visit, data, form, None)),
    }
}

async fn apply(visit: &Visit, change: &mut Change, posted: &Submitted<StaffForm>) -> store::Result<&'static str> {
    change.claim_submission(posted.submission.parse().map_err(|_| Refusal::Missing)?).await?;
    match &posted.form {
        StaffForm::Role { person, role } => {
            staff::change_role(change, person.id()?, role).await.map(|()| "/desk/staff?saved")
        }
        StaffForm::Again(person) => {
            staff::resend_invitation(change, person.id()?).await.map(|()| "/desk/staff?saved=sent")
        }
        StaffForm::Dismiss(person) => staff::remove(change, person.id()?).await.map(|()| "/desk/staff?saved=removed"),
        StaffForm::Invite(fields) => {
            let InviteForm { name, email, role } = fields.clone();
            staff::invite(change, &NewStaff { name, email, role }, visit.language).await?;
            Ok("/desk/staff?saved=sent")
        }
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<StaffForm>>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let title = t!(language, "nav-staff");
    let form = form.select(|form| match form {
        Some(StaffForm::Invite(fields)) => Some(fields),
        _ => None,
    });
    Page::desk(title.clone(), move || {
        let PageData { members, events } = data;
        let events = (!events.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t!(language, "nav-history")}</h2>
                    <Events visit=visit.clone() entries=events links=LinkTarget::Staff/>
                </section>
            }
        });
        let rows = members.into_iter().map(|member| row(&visit, member)).collect_view();
        view! {
            <PageHead title lead=t!(language, "staff-lead")/>
            {saved_alert(&visit)}
            {problem.map(|problem| view! { <Alert tone=Tone::Danger><p>{problem}</p></Alert> })}
            <div class="columns">
                <ul class="list rows">{rows}</ul>
                <Invite language form/>
            </div>
            {events}
        }
    })
}

fn row(visit: &Visit, member: StaffMember) -> impl IntoView + use<> {
    let language = visit.language;
    let StaffMember { person, role } = member;
    let own = visit.actor.person() == Some(person.id);
    let other = match role {
        StaffRole::Staff => StaffRole::Administrator,
        StaffRole::Administrator => StaffRole::Staff,
    };
    let turn = match role {
        StaffRole::Staff => t!(language, "staff-make-administrator"),
        StaffRole::Administrator => t!(language, "staff-make-staff"),
    };
    let id = person.id.to_string();
    let form = |what: &'static str, text: String, kind: ButtonKind, role: Option<StaffRole>| {
        let label = format!("{text}: {}", person.name);
        view! {
            <form method="post">
                <input type="hidden" name="submission" value=new_submission_id().to_string()/>
                <input type="hidden" name="what" value=what/>
                <input type="hidden" name="person" value=id.clone()/>
                {role.map(|role| view! { <input type="hidden" name="role" value=role.name()/> })}
                <Button kind label=label>{text}</Button>
            </form>
        }
        .into_any()
    };
    let waiting = person.confirmed_at.is_none();
    let again = waiting.then(|| form("again", t!(language, "staff-invite-again"), ButtonKind::Quiet, None));
    let buttons = (!own).then(|| {
        let sure = |ask: String, about: String, form: AnyView| {
            let label = format!("{ask}: {}", person.name);
            view! {
                <details class="sure">
                    <summary class=ButtonKind::Quiet.class() aria-label=label>{ask}</summary>
                    <p class="soft">{about}</p>
                    {form}
                </details>
            }
        };
        let role = match role {
            StaffRole::Staff => t!(language, "staff-make-administrator-about", name = &person.name),
            StaffRole::Administrator => t!(language, "staff-make-staff-about", name = &person.name),
        };
        let dismissed = t!(language, "staff-dismiss-about", name = &person.name);
        view! {
            {sure(turn, role, form("role", t!(language, "staff-sure"), ButtonKind::Primary, Some(other)))}
            {sure(
                t!(language, "staff-dismiss"),
                dismissed,
                form("dismiss", t!(language, "staff-dismiss-sure"), ButtonKind::Danger, None),
            )}
        }
    });
    let mut about = vec![person.email.clone(), t!(language, &format!("role-{}", role.name()))];
    about.extend(waiting.then(|| t!(language, "staff-waiting")));
    let name = if own { t!(language, "member-you", name = &person.name) } else { person.name.clone() };
    view! {
        <li class="row apart">
            <span class="row person">
                <Avatar name=person.name.clone()/>
                <span><strong dir="auto">{name}</strong> <br/> <span class="soft">{about.join(" · ")}</span></span>
            </span>
            <span class="row">{again} {buttons}</span>
        </li>
    }
}

#[component]
fn Invite(language: Language, form: FormState<InviteForm>) -> impl IntoView {
    let (summary, values) = (form.summary(language), form.values.clone());
    let error = move |field| form.error(language, field);
    let choices = [
        (StaffRole::Staff, t!(language, "role-staff-about")),
        (StaffRole::Administrator, t!(language, "role-staff-administrator-about")),
    ]
    .into_iter()
    .map(|(role, about)| Choice {
        value: role.name().to_owned(),
        label: t!(language, &format!("role-{}", role.name())),
        about: Some(about),
    })
    .collect();
    let role = if values.role.is_empty() { StaffRole::Staff.name().to_owned() } else { values.role };
    view! {
        <section class="section">
            <h2>{t!(language, "staff-invite-title")}</h2>
            <p class="soft">{t!(language, "staff-invite-about")}</p>
            <Form problem=summary submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="invite"/>
                <Field label=t!(language, "account-name") name="name" value=values.name error=error("name") autocomplete="off"/>
                <Field label=t!(language, "account-email") name="email" kind="email" value=values.email error=error("email") autocomplete="off"/>
                <ChoiceGroup label=t!(language, "member-role") name="role" choices value=role error=error("role")/>
                <Actions><Button>{t!(language, "staff-invite-button")}</Button></Actions>
            </Form>
        </section>
    }
}
