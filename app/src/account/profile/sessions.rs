//! The sessions of a person, and signing out of all of them.

use crate::{
    Problem, Visit,
    account::profile::profile_page,
    ui::{Button, ButtonKind, Form, When},
    web::form::PageResult,
};
use axum::response::IntoResponse;
use leptos::prelude::*;
use locales::t;
use store::account::session::{self, Session};

pub async fn show(visit: Visit) -> PageResult {
    let secret = visit.session_secret.clone().ok_or(Problem::SignIn)?;
    let sessions = session::list(&mut *visit.read().await?, visit.person()?.id, &secret, visit.now).await?;
    let shown = visit.clone();
    let page = profile_page(&visit, "/profile/sessions", move || {
        let language = shown.language;
        view! {
            <p class="soft">{t!(language, "sessions-about")}</p>
            <ul class="list rows">{sessions.into_iter().map(|session| row(&shown, session)).collect_view()}</ul>
            <Form action="/sign-out">
                <input type="hidden" name="everywhere" value="yes"/>
                <Button kind=ButtonKind::Danger>{t!(language, "sessions-end-all")}</Button>
            </Form>
        }
    });
    Ok(page.into_response())
}

fn row(visit: &Visit, session: Session) -> impl IntoView + use<> {
    let language = visit.language;
    let (browser, system) = device(&session.agent);
    let name = match (browser, system) {
        ("", "") => t!(language, "sessions-unknown"),
        ("", one) | (one, "") => one.to_owned(),
        (browser, system) => format!("{browser}, {system}"),
    };
    let here = session.here.then(|| view! { <span class="state good">{t!(language, "sessions-here")}</span> });
    view! {
        <li class="row apart">
            <span>
                <strong title=session.agent>{name}</strong> <br/>
                <span class="soft">{t!(language, "sessions-used")} " " <When at=visit.moment(session.seen_at)/></span>
            </span>
            {here}
        </li>
    }
}

/// Returns the names of browser and system in a `User-Agent`. Most browsers also name others, so the order matters.
fn device(agent: &str) -> (&'static str, &'static str) {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| name);
    (find(&BROWSERS), find(&SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn user_agents_get_common_names() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(device(edge), ("Edge", "Windows"));
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1";
        assert_eq!(device(iphone), ("Safari", "iPhone"));
        assert_eq!(device("curl/8"), ("", ""));
    }
}
