//! The profile of a person, for customers and staff: personal data, notification settings, password, sessions.

pub mod notification_settings;
pub mod password;
pub mod person;
pub mod sessions;

use crate::{
    Page, Visit,
    ui::{PageHead, Tab, Tabs},
    web::{form::saved_alert, page::Frame},
};
use domain::policy::Actor;
use leptos::prelude::*;
use locales::t;

/// Creates a page of the profile, in the frame of the portal or the desk.
fn profile_page<V: IntoView + 'static>(
    visit: &Visit,
    path: &'static str,
    content: impl FnOnce() -> V + Send + 'static,
) -> Page {
    let frame = if let Actor::Staff(_) = visit.actor { Frame::Desk } else { Frame::Portal };
    let visit = visit.clone();
    let title = t!(visit.language, "profile-title");
    Page::new(frame, title.clone(), move || {
        view! {
            <PageHead title/>
            <Tabs label=t!(visit.language, "profile-parts") tabs=tabs(&visit, path)/>
            {saved_alert(&visit)}
            {content()}
        }
    })
}

fn tabs(visit: &Visit, here: &str) -> Vec<Tab> {
    let language = visit.language;
    [
        ("/profile", t!(language, "profile-person")),
        ("/profile/notices", t!(language, "profile-notices")),
        ("/profile/password", t!(language, "profile-password")),
        ("/profile/sessions", t!(language, "profile-sessions")),
    ]
    .into_iter()
    .map(|(href, name)| Tab { href: href.to_owned(), name, here: href == here, count: None })
    .collect()
}
