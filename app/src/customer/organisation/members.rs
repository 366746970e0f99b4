//! The members and invitations of an organisation.

use crate::{
    Page, Problem, Visit,
    customer::organisation::{CustomerQuery, SelectedCustomer, customer_page},
    ui::{Actions, Alert, Avatar, Button, ButtonKind, Choice, ChoiceGroup, Field, Form, Tone},
    web::form::{FormState, PageResult, Posted, Submitted, commit_and_redirect, new_submission_id, show_again},
};
use axum::{extract::Query, http::StatusCode, response::IntoResponse};
use domain::{
    InvitationId, Language,
    input::FieldProblem,
    policy::{Action, MemberRole, Refusal},
};
use leptos::prelude::*;
use locales::t;
use serde::Deserialize;
use store::{
    Change, Conflict, Error,
    customer::{
        invitation::{self, Invitation},
        member::{self, Member},
    },
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum MembersForm {
    Again(InvitationField),
    Withdraw(InvitationField),
    Leave,
    Invite(InviteForm),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct InvitationField {
    invitation: String,
}

impl InvitationField {
    fn id(&self) -> Result<InvitationId, Refusal> {
        self.invitation.parse().map_err(|_| Refusal::Missing)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    email: String,
    role: String,
}

#[derive(Clone)]
struct PageData {
    selected: SelectedCustomer,
    members: Vec<Member>,
    invitations: Vec<Invitation>,
}

pub async fn show(visit: Visit, Query(query): Query<CustomerQuery>) -> PageResult {
    let data = read(&visit, &query).await?;
    Ok(page(&visit, data, FormState::default(), None).into_response())
}

async fn read(visit: &Visit, query: &CustomerQuery) -> Result<PageData, Problem> {
    let selected = SelectedCustomer::required(visit, query).await?;
    if !selected.is_organisation() {
        return Err(Problem::Missing);
    }
    let (mut connection, buyer) = (visit.read().await?, visit.buyer()?);
    let members = member::list(&mut connection, buyer, selected.id()).await?;
    let invitations = invitation::list(&mut connection, buyer, selected.id()).await?;
    Ok(PageData { selected, members, invitations })
}

pub async fn submit(
    visit: Visit,
    Query(query): Query<CustomerQuery>,
    Posted(posted): Posted<Submitted<MembersForm>>,
) -> PageResult {
    let data = read(&visit, &query).await?;
    let mut change = visit.change().await?;
    let error = match apply(&visit, &mut change, &data.selected, &posted).await {
        Ok(location) => {
            return commit_and_redirect(change, &location).await;
        }
        Err(error) => error,
    };
    drop(change);
    match error {
        Error::Conflict(Conflict::LastAdministrator) => {
            let problem = Some(t!(visit.language, "member-last-administrator"));
            let page = page(&visit, data, FormState::default(), problem).status(StatusCode::CONFLICT);
            Ok(page.into_response())
        }
        error => show_again(error, Some(posted.form), |form| page(&visit, data, form, None)),
    }
}

async fn apply(
    visit: &Visit,
    change: &mut Change,
    selected: &SelectedCustomer,
    posted: &Submitted<MembersForm>,
) -> store::Result<String> {
    let members = "/organisation/members";
    change.claim_submission(posted.submission.parse().map_err(|_| Refusal::Missing)?).await?;
    match &posted.form {
        MembersForm::Again(fields) => {
            invitation::resend(change, selected.id(), fields.id()?).await?;
            Ok(selected.link_after(members, "saved=sent#invitations"))
        }
        MembersForm::Withdraw(fields) => {
            invitation::withdraw(change, selected.id(), fields.id()?).await?;
            Ok(selected.link_after(members, "saved=removed#invitations"))
        }
        MembersForm::Leave => {
            member::remove(change, selected.id(), visit.buyer().map_err(|_| Refusal::SignIn)?.person()).await?;
            Ok("/".to_owned())
        }
        MembersForm::Invite(fields) => {
            invitation::invite(change, selected.id(), &fields.email, &fields.role).await?;
            Ok(selected.link_after(members, "saved=sent#invitations"))
        }
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<MembersForm>>, problem: Option<String>) -> Page {
    let language = visit.language;
    let visit = visit.clone();
    let selected = data.selected.clone();
    let form = form.select(|form| match form {
        Some(MembersForm::Invite(fields)) => Some(fields),
        _ => None,
    });
    customer_page(&visit.clone(), selected, "/organisation/members", move || {
        let PageData { selected, members, invitations } = data;
        let may_manage = selected.may(&visit, Action::ManageMembers);
        let alone = members.len() == 1;
        let rows = members.into_iter().map(|member| row(&visit, &selected, member, may_manage)).collect_view();
        let invite = may_manage.then(|| {
            view! {
                <Invitations visit=visit.clone() invitations/>
                <Invite language form/>
            }
        });
        view! {
            {problem.map(|problem| view! { <Alert tone=Tone::Danger><p>{problem}</p></Alert> })}
            <ul class="list rows">{rows}</ul>
            {invite}
            {(!alone).then(|| view! { <Leave language name=selected.customer.name().to_owned()/> })}
        }
    })
}

fn row(visit: &Visit, selected: &SelectedCustomer, member: Member, may_manage: bool) -> impl IntoView + use<> {
    let language = visit.language;
    let own = visit.actor.person() == Some(member.person);
    let href = selected.link(&format!("/organisation/members/{}", member.person));
    let label = t!(language, "member-change-named", name = &member.name);
    let change =
        may_manage.then(|| view! { <a class="button quiet" href=href aria-label=label>{t!(language, "change")}</a> });
    let mut about = vec![t!(language, &format!("role-{}", member.role.name()))];
    about.extend(Some(member.department).filter(|department| !department.is_empty()));
    let name = if own { t!(language, "member-you", name = &member.name) } else { member.name.clone() };
    view! {
        <li class="row apart">
            <span class="row person">
                <Avatar name=member.name/>
                <span>
                    <strong dir="auto">{name}</strong> <br/>
                    <span class="soft" dir="auto">{member.email} " · " {about.join(" · ")}</span>
                </span>
            </span>
            {change}
        </li>
    }
}

#[component]
fn Invitations(visit: Visit, invitations: Vec<Invitation>) -> impl IntoView {
    let language = visit.language;
    (!invitations.is_empty()).then(|| {
        let rows = invitations.into_iter().map(|invitation| invited(&visit, invitation)).collect_view();
        view! {
            <section class="section" id="invitations">
                <h2>{t!(language, "invitations-title")}</h2>
                <ul class="list rows">{rows}</ul>
            </section>
        }
    })
}

fn invited(visit: &Visit, invitation: Invitation) -> impl IntoView + use<> {
    let language = visit.language;
    let day = locales::day(language, &visit.time_zone, invitation.expires_at);
    let (who, role) = (invitation.invited_by, t!(language, &format!("role-{}", invitation.role.name())));
    let about = if invitation.expires_at > visit.now {
        t!(language, "invitation-open", role = role, who = who, day = day)
    } else {
        t!(language, "invitation-expired", role = role, who = who, day = day)
    };
    let form = move |what: &'static str, text: String, label: String| {
        view! {
            <form method="post">
                <input type="hidden" name="submission" value=new_submission_id().to_string()/>
                <input type="hidden" name="what" value=what/>
                <input type="hidden" name="invitation" value=invitation.id.to_string()/>
                <Button kind=ButtonKind::Quiet label=label>{text}</Button>
            </form>
        }
    };
    let email = invitation.email;
    let again_label = t!(language, "invitation-again-named", email = &email);
    let withdraw_label = t!(language, "invitation-withdraw-named", email = &email);
    view! {
        <li class="row apart">
            <span><strong dir="auto">{email}</strong> <br/> <span class="soft">{about}</span></span>
            <span class="row">
                {form("again", t!(language, "invitation-again"), again_label)}
                {form("withdraw", t!(language, "invitation-withdraw"), withdraw_label)}
            </span>
        </li>
    }
}

#[component]
fn Invite(language: Language, form: FormState<InviteForm>) -> impl IntoView {
    let values = form.values.clone();
    let taken = form.errors.iter().any(|error| error.field == "email" && error.problem == FieldProblem::Taken);
    let email_error = if taken { Some(t!(language, "invite-is-member")) } else { form.error(language, "email") };
    let role = if values.role.is_empty() { MemberRole::Member.name().to_owned() } else { values.role };
    view! {
        <section class="section" id="invite">
            <h2>{t!(language, "invite-title")}</h2>
            <p class="soft">{t!(language, "invite-about")}</p>
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="invite"/>
                <Field label=t!(language, "account-email") name="email" kind="email" value=values.email error=email_error autocomplete="off"/>
                <ChoiceGroup label=t!(language, "member-role") name="role" choices=roles(language) value=role error=form.error(language, "role")/>
                <Actions><Button>{t!(language, "invite-button")}</Button></Actions>
            </Form>
        </section>
    }
}

/// Returns the roles of a member with descriptions.
pub fn roles(language: Language) -> Vec<Choice> {
    [
        (MemberRole::Member, t!(language, "role-member-about")),
        (MemberRole::Administrator, t!(language, "role-administrator-about")),
    ]
    .into_iter()
    .map(|(role, about)| Choice {
        value: role.name().to_owned(),
        label: t!(language, &format!("role-{}", role.name())),
        about: Some(about),
    })
    .collect()
}

#[component]
fn Leave(language: Language, name: String) -> impl IntoView {
    view! {
        <section class="section">
            <h2>{t!(language, "member-leave-title")}</h2>
            <p class="soft">{t!(language, "member-leave-about", name = name)}</p>
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="leave"/>
                <Button kind=ButtonKind::Danger>{t!(language, "member-leave")}</Button>
            </Form>
        </section>
    }
}
