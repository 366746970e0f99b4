//! Who someone is: name, phone, language, time zone, and the days worth remembering.

use crate::{
    Page, Problem, Visit,
    account::profile::profile_page,
    ui::{Actions, Button, ButtonKind, Field, Form, Options, Select},
    web::form::{Answer, FormState, Posted, again, keep, new_submission},
};
use axum::response::IntoResponse;
use domain::{Day, Language, PersonDateId, policy::Refusal};
use leptos::prelude::*;
use locales::{TIME_ZONES, named_day, t};
use serde::Deserialize;
use store::{
    Change,
    person::{
        Person,
        date::{self, BIRTHDAY, PersonDate},
        profile::{self, Profile},
    },
};

/// One of the page's forms: `what` says which.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    what: String,
    name: String,
    phone: String,
    language: String,
    time_zone: String,
    birthday: String,
    label: String,
    day: String,
    date: String,
    submission: String,
}

struct Shown {
    person: Person,
    birthday: Option<Day>,
    dates: Vec<PersonDate>,
}

pub async fn show(visit: Visit) -> Answer {
    let shown = read(&visit).await?;
    let form = FormState::new(fields(&shown));
    Ok(page(&visit, shown, form).into_response())
}

async fn read(visit: &Visit) -> Result<Shown, Problem> {
    let person = visit.person()?.clone();
    let dates = date::list(&mut *visit.read().await?, person.id).await?;
    let (birthday, dates): (Vec<_>, Vec<_>) = dates.into_iter().partition(|date| date.label == BIRTHDAY);
    Ok(Shown { person, birthday: birthday.first().map(|date| date.day), dates })
}

/// The form as the records have it.
fn fields(shown: &Shown) -> Fields {
    let person = shown.person.clone();
    Fields {
        name: person.name,
        phone: person.phone,
        language: person.language.tag().to_owned(),
        time_zone: person.time_zone,
        birthday: shown.birthday.map(|day| day.to_string()).unwrap_or_default(),
        ..Fields::default()
    }
}

pub async fn submit(visit: Visit, Posted(posted): Posted<Fields>) -> Answer {
    visit.person()?;
    let mut change = visit.change().await?;
    match apply(&mut change, &posted).await {
        Ok(location) => keep(change, location).await,
        Err(error) => {
            drop(change);
            let shown = read(&visit).await?;
            let values = match posted.what.as_str() {
                "person" => posted,
                // A mistake in one form leaves the other as the records have it.
                _ => Fields { what: posted.what, label: posted.label, day: posted.day, ..fields(&shown) },
            };
            again(error, values, |form| page(&visit, shown, form))
        }
    }
}

async fn apply(change: &mut Change, posted: &Fields) -> store::Result<&'static str> {
    match posted.what.as_str() {
        "date" => {
            change.once(posted.submission.parse().map_err(|_| Refusal::Missing)?).await?;
            date::add(change, &posted.label, &posted.day).await.map(|()| "/profile?saved#dates")
        }
        "forget" => {
            let id: PersonDateId = posted.date.parse().map_err(|_| Refusal::Missing)?;
            date::remove(change, id).await.map(|()| "/profile?saved=removed#dates")
        }
        "person" => {
            let Fields { name, phone, language, time_zone, birthday, .. } = posted.clone();
            profile::change(change, &Profile { name, phone, language, time_zone, birthday })
                .await
                .map(|()| "/profile?saved")
        }
        _ => Err(Refusal::Missing.into()),
    }
}

fn page(visit: &Visit, shown: Shown, form: FormState<Fields>) -> Page {
    let language = visit.language;
    profile_page(visit, "/profile", move || {
        view! {
            <PersonForm language email=shown.person.email form=form.clone()/>
            <Dates language dates=shown.dates form/>
        }
    })
}

#[component]
fn PersonForm(language: Language, email: String, form: FormState<Fields>) -> impl IntoView {
    let mended = form.values.what == "person";
    let summary = form.summary(language).filter(|_| mended);
    let values = form.values.clone();
    let error = move |field| form.error(language, field).filter(|_| mended);
    let languages = Language::ALL
        .into_iter()
        .map(|each| (each.tag().to_owned(), t!(language, &format!("language-{}", each.tag()))))
        .collect();
    let zones = zones(&values.time_zone);
    view! {
        <Form problem=summary>
            <input type="hidden" name="what" value="person"/>
            <Field label=t!(language, "account-name") name="name" value=values.name.clone() error=error("name") autocomplete="name"/>
            <div class="field">
                <span class="label">{t!(language, "account-email")}</span>
                <span dir="auto">{email}</span>
            </div>
            <Field label=t!(language, "profile-phone") name="phone" kind="tel" value=values.phone.clone() error=error("phone")
                optional=t!(language, "optional") autocomplete="tel"/>
            <Field label=t!(language, "profile-birthday") name="birthday" kind="date" value=values.birthday.clone() error=error("birthday")
                hint=t!(language, "profile-birthday-hint") optional=t!(language, "optional") autocomplete="bday"/>
            <Select label=t!(language, "profile-language") name="language" options=languages value=values.language.clone()
                error=error("language") hint=t!(language, "profile-language-hint")/>
            <Select label=t!(language, "profile-time-zone") name="time_zone" options=zones value=values.time_zone.clone() error=error("time_zone")/>
            <Actions><Button>{t!(language, "save")}</Button></Actions>
        </Form>
    }
}

/// The zones to choose from, with the one on record where it is another.
fn zones(own: &str) -> Options {
    let more = (!own.is_empty() && !TIME_ZONES.contains(&own)).then_some(own);
    TIME_ZONES
        .into_iter()
        .chain(more)
        .map(|zone| (zone.to_owned(), zone.replace('_', " ").replace('/', " / ")))
        .collect()
}

#[component]
fn Dates(language: Language, dates: Vec<PersonDate>, form: FormState<Fields>) -> impl IntoView {
    let mended = form.values.what == "date";
    let (label, day) = (form.values.label.clone(), form.values.day.clone());
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
            <Form submission=new_submission().to_string()>
                <input type="hidden" name="what" value="date"/>
                <Field label=t!(language, "profile-date-label") name="label" value=label error=error("label")
                    hint=t!(language, "profile-date-label-hint") maxlength=60/>
                <Field label=t!(language, "profile-date-day") name="day" kind="date" value=day error=error("day")/>
                <Actions><Button kind=ButtonKind::Second>{t!(language, "profile-date-add")}</Button></Actions>
            </Form>
        </section>
    }
}
