//! The save state of the edits, and alerts about the room.

use crate::{
    room::state::RoomState,
    ui::{Alert, Icon, Shape, Tone},
};
use domain::document::SaveStatus;
use leptos::prelude::*;
use locales::t;

#[component]
pub fn SaveStatus(state: RoomState) -> impl IntoView {
    let language = state.language;
    let text = move || match state.save_state.get() {
        None => view! { <p class="standing">{t!(language, "room-joining")}</p> },
        Some(SaveStatus::Saved) => {
            view! { <p class="standing"><Icon shape=Shape::Check/>{t!(language, "room-saved")}</p> }
        }
        Some(SaveStatus::Saving) => view! { <p class="standing">{t!(language, "room-waiting")}</p> },
        Some(SaveStatus::Offline) => {
            view! { <p class="standing offline"><Icon shape=Shape::Attention/>{t!(language, "room-offline")}</p> }
        }
    };
    let shown = move || !state.locked.get() && !state.access_lost.get();
    view! {
        <noscript><p class="standing offline">{t!(language, "room-needs-script")}</p></noscript>
        <Show when=shown><div class="scripted">{text}</div></Show>
    }
}

/// Whether to ask for a reload. An approved design has an alert of its own.
fn is_outdated(state: RoomState) -> bool {
    state.is_outdated.get() && !state.locked.get()
}

#[component]
pub fn RoomAlerts(state: RoomState) -> impl IntoView {
    let language = state.language;
    // The page itself shows that the design was approved before it was rendered.
    let locked_at_render = state.setup.with_value(|setup| setup.locked);
    let reload = move |tone, text| {
        let link = t!(language, "room-reload");
        view! { <Alert tone><p>{t!(language, text)}</p><p><a href="">{link}</a></p></Alert> }
    };
    let locked = move || (state.locked.get() && !locked_at_render).then(|| reload(Tone::Good, "room-locked"));
    let outdated = move || is_outdated(state).then(|| reload(Tone::Info, "room-news"));
    let access_lost = move || state.access_lost.get().then(|| reload(Tone::Attention, "room-shut-out"));
    let rejection = move || {
        state.rejection.get().map(|reason| {
            let reason = t!(language, "room-refused", reason = reason);
            view! { <Alert tone=Tone::Danger><p>{reason}</p></Alert> }
        })
    };
    let violations = move || {
        let reasons =
            state.violations.with(|violations| violations.iter().map(|(reason, _)| reason.clone()).collect::<Vec<_>>());
        (!reasons.is_empty()).then(|| {
            let reasons =
                reasons.iter().map(|reason| view! { <li>{reason.get(language).to_owned()}</li> }).collect_view();
            view! {
                <div class="notice attention">
                    <Icon shape=Shape::Attention/>
                    <div><p>{t!(language, "room-violations")}</p><ul>{reasons}</ul></div>
                </div>
            }
        })
    };
    view! { <div class="room-notices">{locked} {outdated} {access_lost} {rejection} {violations}</div> }
}

/// Announcements for screen readers: connection lost or restored, page outdated, rules violated. Single saves are not
/// announced, because they are too frequent.
#[component]
pub fn Announcements(state: RoomState) -> impl IntoView {
    let language = state.language;
    let was_offline = StoredValue::new(false);
    let line = Memo::new(move |_| match state.save_state.get() {
        Some(SaveStatus::Offline) => {
            was_offline.set_value(true);
            t!(language, "room-offline")
        }
        Some(SaveStatus::Saved) if was_offline.get_value() => t!(language, "room-saved"),
        _ => String::new(),
    });
    let outdated = move || if is_outdated(state) { t!(language, "room-news") } else { String::new() };
    let violations = move || {
        let reasons = state.violations.with(|violations| {
            violations.iter().map(|(reason, _)| reason.get(language).to_owned()).collect::<Vec<_>>()
        });
        if reasons.is_empty() {
            String::new()
        } else {
            format!("{} {}", t!(language, "room-violations"), reasons.join(" "))
        }
    };
    view! {
        <div class="visually-hidden" role="status"><p>{line}</p><p>{outdated}</p><p>{violations}</p></div>
    }
}
