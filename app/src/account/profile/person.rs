//! Personal data: name, phone, language, time zone, and dates such as a birthday.

use crate::{
    Page, Problem, Visit,
    account::profile::profile_page,
    ui::{Actions, Button, ButtonKind, Field, Form},
    web::{
        form::{FormState, PageResult, Posted, commit_and_redirect, new_submission_id, show_again},
        record,
    },
};
use axum::response::IntoResponse;
use domain::{
    Language, PersonDateId,
    policy::Refusal,
    record::{Profile, Typed},
};
use leptos::prelude::*;
use locales::{named_day, t};
use serde::Deserialize;
use store::{
    Change,
    person::{
        Person,
        date::{self, BIRTHDAY, PersonDate},
        profile,
    },
};

/// The forms of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum ProfileForm {
    Person(Typed),
    Date(DateForm),
    /// Removes a date.
    Forget {
        date: PersonDateId,
    },
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DateForm {
    submission: String,
    label: String,
    day: String,
}

struct PageData {
    person: Person,
    profile: Profile,
    dates: Vec<PersonDate>,
}

pub async fn show(visit: Visit) -> PageResult {
    let data = read(&visit).await?;
    Ok(page(&visit, data, FormState::default()).into_response())
}

async fn read(visit: &Visit) -> Result<PageData, Problem> {
    let person = visit.person()?.clone();
    let mut connection = visit.read().await?;
    let profile = profile::find(&mut connection, &person).await?;
    let dates =
        date::list(&mut connection, person.id).await?.into_iter().filter(|date| date.label != BIRTHDAY).collect();
    Ok(PageData { person, profile, dates })
}

pub async fn submit(visit: Visit, Posted(form): Posted<ProfileForm>) -> PageResult {
    visit.person()?;
    let mut change = visit.change().await?;
    match apply(&mut change, &form).await {
        Ok(location) => commit_and_redirect(change, location).await,
        Err(error) => {
            drop(change);
            let data = read(&visit).await?;
            show_again(error, Some(form), |form| page(&visit, data, form))
        }
    }
}

async fn apply(change: &mut Change, form: &ProfileForm) -> store::Result<&'static str> {
    match form {
        ProfileForm::Person(typed) => profile::update(change, typed).await.map(|()| "/profile?saved"),
        ProfileForm::Date(form) => {
            change.claim_submission(form.submission.parse().map_err(|_| Refusal::Missing)?).await?;
            date::add(change, &form.label, &form.day).await.map(|()| "/profile?saved#dates")
        }
        ProfileForm::Forget { date } => date::remove(change, *date).await.map(|()| "/profile?saved=removed#dates"),
    }
}

fn page(visit: &Visit, data: PageData, form: FormState<Option<ProfileForm>>) -> Page {
    let (visit, language) = (visit.clone(), visit.language);
    profile_page(&visit.clone(), "/profile", move || {
        let PageData { person, profile, dates } = data;
        // If one form has an error, the other one shows the stored values.
        let person_form = match form.values {
            Some(ProfileForm::Person(_)) => form.select(|form| match form {
                Some(ProfileForm::Person(typed)) => Some(typed),
                _ => None,
            }),
            _ => FormState::new(Typed::from(&profile)),
        };
        let date_form = form.select(|form| match form {
            Some(ProfileForm::Date(date)) => Some(date),
            _ => None,
        });
        view! {
            <PersonForm visit=visit.clone() person form=person_form/>
            <Dates language dates form=date_form/>
        }
    })
}

#[component]
fn PersonForm(visit: Visit, person: Person, form: FormState<Typed>) -> impl IntoView {
    let language = visit.language;
    let mut fields = record::fields::<Profile>(&visit, &form, &Vec::new());
    let email = view! {
        <div class="field">
            <span class="label">{t!(language, "account-email")}</span>
            <span dir="auto">{person.email}</span>
        </div>
    };
    fields.insert(1, email.into_any());
    view! {
        <Form problem=form.summary(language)>
            <input type="hidden" name="what" value="person"/>
            {record::revision(person.revision)}
            {fields}
            <Actions><Button>{t!(language, "save")}</Button></Actions>
        </Form>
    }
}

#[component]
fn Dates(language: Language, dates: Vec<PersonDate>, form: FormState<DateForm>) -> impl IntoView {
    let DateForm { label, day, .. } = form.values.clone();
    let error = move |field| form.error(language, field);
    let rows = dates
        .into_iter()
        .map(|date| {
            let forget = t!(language, "profile-date-forget", name = &date.label);
            view! {
                <li class="row apart">
                    <span><strong dir="auto">{date.label}</strong> <br/> <span class="soft">{named_day(language, date.day)}</span></span>
                    <form method="post">
                        <input type="hidden" name="what" value="forget"/>
                        <input type="hidden" name="date" value=date.id.to_string()/>
                        <Button kind=ButtonKind::Quiet label=forget>{t!(language, "remove")}</Button>
                    </form>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!rows.is_empty()).then(|| view! { <ul class="list rows">{rows}</ul> });
    view! {
        <section class="section" id="dates">
            <h2>{t!(language, "profile-dates")}</h2>
            <p class="soft">{t!(language, "profile-dates-about")}</p>
            {list}
            <Form submission=new_submission_id().to_string()>
                <input type="hidden" name="what" value="date"/>
                <Field label=t!(language, "profile-date-label") name="label" value=label error=error("label")
                    hint=t!(language, "profile-date-label-hint") maxlength=60/>
                <Field label=t!(language, "profile-date-day") name="day" kind="date" value=day error=error("day")/>
                <Actions><Button kind=ButtonKind::Second>{t!(language, "profile-date-add")}</Button></Actions>
            </Form>
        </section>
    }
}
