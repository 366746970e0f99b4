//! How the edits stand, and what a person must know of the room now.

use crate::{
    room::Live,
    ui::{Icon, Notice, Shape, Tone},
};
use domain::document;
use leptos::prelude::*;
use locales::t;

#[component]
pub fn Standing(live: Live) -> impl IntoView {
    let language = live.language;
    let said = move || match live.standing.get() {
        None => view! { <p class="standing">{t!(language, "room-joining")}</p> },
        Some(document::SaveStatus::Saved) => {
            view! { <p class="standing"><Icon shape=Shape::Check/>{t!(language, "room-saved")}</p> }
        }
        Some(document::SaveStatus::Saving) => view! { <p class="standing">{t!(language, "room-waiting")}</p> },
        Some(document::SaveStatus::Offline) => {
            view! { <p class="standing offline"><Icon shape=Shape::Attention/>{t!(language, "room-offline")}</p> }
        }
    };
    let shown = move || !live.locked.get() && !live.shut_out.get();
    view! {
        <noscript><p class="standing offline">{t!(language, "room-needs-script")}</p></noscript>
        <Show when=shown><div class="scripted">{said}</div></Show>
    }
}

/// That the design is approved is said instead.
fn has_news(live: Live) -> bool {
    live.news.get() && !live.locked.get()
}

#[component]
pub fn Notices(live: Live) -> impl IntoView {
    let language = live.language;
    // The page around says so itself when it was so from the beginning.
    let from_the_beginning = live.setup.with_value(|setup| setup.locked);
    let reload = move |tone, text| {
        let link = t!(language, "room-reload");
        view! { <Notice tone><p>{t!(language, text)}</p><p><a href="">{link}</a></p></Notice> }
    };
    let locked = move || (live.locked.get() && !from_the_beginning).then(|| reload(Tone::Good, "room-locked"));
    let news = move || has_news(live).then(|| reload(Tone::Info, "room-news"));
    let shut_out = move || live.shut_out.get().then(|| reload(Tone::Attention, "room-shut-out"));
    let refused = move || {
        live.refused.get().map(|reason| {
            let reason = t!(language, "room-refused", reason = reason);
            view! { <Notice tone=Tone::Danger><p>{reason}</p></Notice> }
        })
    };
    let broken = move || {
        let whys = live.violations.with(|broken| broken.iter().map(|(why, _)| why.clone()).collect::<Vec<_>>());
        (!whys.is_empty()).then(|| {
            let whys = whys.iter().map(|why| view! { <li>{why.get(language).to_owned()}</li> }).collect_view();
            view! {
                <div class="notice attention">
                    <Icon shape=Shape::Attention/>
                    <div><p>{t!(language, "room-violations")}</p><ul>{whys}</ul></div>
                </div>
            }
        })
    };
    view! { <div class="room-notices">{locked} {news} {shut_out} {refused} {broken}</div> }
}

/// What a screen reader says when it comes to be: that the connection is gone or back, that choices do not go together.
/// Not that an edit was saved: that would be said all the time.
#[component]
pub fn Said(live: Live) -> impl IntoView {
    let language = live.language;
    let was_offline = StoredValue::new(false);
    let line = Memo::new(move |_| match live.standing.get() {
        Some(document::SaveStatus::Offline) => {
            was_offline.set_value(true);
            t!(language, "room-offline")
        }
        Some(document::SaveStatus::Saved) if was_offline.get_value() => t!(language, "room-saved"),
        _ => String::new(),
    });
    let news = move || if has_news(live) { t!(language, "room-news") } else { String::new() };
    let broken = move || {
        let whys = live
            .violations
            .with(|broken| broken.iter().map(|(why, _)| why.get(language).to_owned()).collect::<Vec<_>>());
        if whys.is_empty() { String::new() } else { format!("{} {}", t!(language, "room-violations"), whys.join(" ")) }
    };
    view! {
        <div class="visually-hidden" role="status"><p>{line}</p><p>{news}</p><p>{broken}</p></div>
    }
}
