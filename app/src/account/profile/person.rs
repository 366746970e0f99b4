//! Who someone is: name, phone, language, time zone, and the days worth remembering.

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
use store::{
    Change,
    person::{
        Person,
        date::{self, BIRTHDAY, PersonDate},
        profile,
    },
};

struct PageData {
    person: Person,
    profile: Profile,
    dates: Vec<PersonDate>,
}

pub async fn show(visit: Visit) -> PageResult {
    let shown = read(&visit).await?;
    let form = FormState::new(Typed::from(&shown.profile));
    Ok(page(&visit, shown, form).into_response())
}

async fn read(visit: &Visit) -> Result<PageData, Problem> {
    let person = visit.person()?.clone();
    let mut connection = visit.read().await?;
    let profile = profile::find(&mut connection, &person).await?;
    let dates =
        date::list(&mut connection, person.id).await?.into_iter().filter(|date| date.label != BIRTHDAY).collect();
    Ok(PageData { person, profile, dates })
}

/// Handles the page's forms: `what` says which one was sent.
pub async fn submit(visit: Visit, Posted(typed): Posted<Typed>) -> PageResult {
    visit.person()?;
    let mut change = visit.change().await?;
    match apply(&mut change, &typed).await {
        Ok(location) => commit_and_redirect(change, location).await,
        Err(error) => {
            drop(change);
            let shown = read(&visit).await?;
            let mut values = typed;
            if values.get("what") != "person" {
                // A problem in one form leaves the other as the records have it.
                values.extend(Typed::from(&shown.profile));
            }
            show_again(error, values, |form| page(&visit, shown, form))
        }
    }
}

async fn apply(change: &mut Change, typed: &Typed) -> store::Result<&'static str> {
    match typed.get("what") {
        "date" => {
            change.claim_submission(typed.get("submission").parse().map_err(|_| Refusal::Missing)?).await?;
            date::add(change, typed.get("label"), typed.get("day")).await.map(|()| "/profile?saved#dates")
        }
        "forget" => {
            let id: PersonDateId = typed.get("date").parse().map_err(|_| Refusal::Missing)?;
            date::remove(change, id).await.map(|()| "/profile?saved=removed#dates")
        }
        "person" => profile::update(change, typed).await.map(|()| "/profile?saved"),
        _ => Err(Refusal::Missing.into()),
    }
}

fn page(visit: &Visit, shown: PageData, form: FormState<Typed>) -> Page {
    let (visit, language) = (visit.clone(), visit.language);
    profile_page(&visit.clone(), "/profile", move || {
        view! {
            <PersonForm visit=visit.clone() person=shown.person form=form.clone()/>
            <Dates language dates=shown.dates form/>
        }
    })
}

#[component]
fn PersonForm(visit: Visit, person: Person, form: FormState<Typed>) -> impl IntoView {
    let language = visit.language;
    let form = if form.values.get("what") == "date" { FormState::new(form.values) } else { form };
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
fn Dates(language: Language, dates: Vec<PersonDate>, form: FormState<Typed>) -> impl IntoView {
    let mended = form.values.get("what") == "date";
    let (label, day) = (form.values.get("label").to_owned(), form.values.get("day").to_owned());
    let error = move |field| form.error(language, field).filter(|_| mended);
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
