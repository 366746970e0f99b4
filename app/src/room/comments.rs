//! Comments on the design. Everyone in the room can read them; they cannot be changed or deleted.

use crate::{
    room::{state::RoomState, storage::CommentDraft},
    ui::{Avatar, When},
};
use domain::{
    CommentId, Language, Timestamp,
    document::{COMMENT_LIMIT, Comment},
};
use leptos::{ev, html::Textarea, prelude::*};
use locales::{Moment, t};
use uuid::{NoContext, Uuid};

#[component]
pub fn Comments(state: RoomState) -> impl IntoView {
    let language = state.language;
    let comments = Memo::new(move |_| state.snapshot.with(|snapshot| snapshot.comments.clone()));
    let none = move || {
        comments.with(Vec::is_empty).then(|| view! { <p class="soft">{t!(language, "room-comments-none")}</p> })
    };
    view! {
        <section class="room-comments" aria-labelledby="room-comments">
            <h2 id="room-comments">{t!(language, "room-comments")}</h2>
            {none}
            <ol aria-live="polite">
                <For each=move || comments.get() key=|comment| comment.id
                    children=move |comment| view! { <OneComment state comment/> }/>
            </ol>
            <AddComment state/>
        </section>
    }
}

#[component]
fn OneComment(state: RoomState, comment: Comment) -> impl IntoView {
    let rendered = state.setup.with_value(|setup| setup.moments.get(&comment.id).cloned());
    let at = rendered.unwrap_or_else(|| format_moment(state.language, comment.at));
    view! {
        <li>
            <Avatar name=comment.name.clone()/>
            <div>
                <p class="who"><strong dir="auto">{comment.name}</strong> " " <When at/></p>
                <p class="prose" dir="auto">{comment.text}</p>
            </div>
        </li>
    }
}

#[component]
fn AddComment(state: RoomState) -> impl IntoView {
    let language = state.language;
    let area = NodeRef::<Textarea>::new();
    let draft = state.setup.with_value(|setup| CommentDraft::new(setup.design, setup.person));
    let (restored, written) = (draft.clone(), draft.clone());
    Effect::new(move |_| {
        if let Some((area, text)) = area.get().zip(restored.load())
            && area.value().is_empty()
        {
            area.set_value(&text);
        }
    });
    let add = move || {
        let Some(area) = area.get_untracked() else { return };
        let text = area.value().trim().to_owned();
        if !text.is_empty() {
            state.add_comment(&new_comment(state, text));
            area.set_value("");
            draft.store("");
        }
    };
    let sent = add.clone();
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        sent();
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            add();
        }
    };
    view! {
        <form class="room-add" on:submit=submitted>
            <div class="field">
                <label for="room-comment">{t!(language, "room-comment")}</label>
                <textarea id="room-comment" node_ref=area rows=2 maxlength=COMMENT_LIMIT dir="auto" autocomplete="off"
                    on:input=move |event| written.store(&event_target_value(&event)) on:keydown=pressed></textarea>
            </div>
            <button class="button second">{t!(language, "room-comment-add")}</button>
        </form>
    }
}

/// Creates a comment in the browser, with the browser's clock and random numbers.
fn new_comment(state: RoomState, text: String) -> Comment {
    let at = Timestamp(js_sys::Date::now() as i64);
    let (seconds, rest) = (at.0.max(0) as u64 / 1_000, (at.0.max(0) % 1_000) as u32);
    let moment = uuid::Timestamp::from_unix(NoContext, seconds, rest * 1_000_000);
    let (author, name) = state.setup.with_value(|setup| (setup.person, setup.name.clone()));
    Comment { id: CommentId::from_uuid(Uuid::new_v7(moment)), author, name, text, at }
}

/// Formats a time after the page was rendered, in the browser's time zone.
fn format_moment(language: Language, at: Timestamp) -> Moment {
    let day = |date: &js_sys::Date| (date.get_full_year(), date.get_month(), date.get_date());
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64));
    let (today, (_, month, of_month)) = (day(&js_sys::Date::new_0()), day(&date));
    let hour = date.get_hours();
    let time = format!("{hour}:{:02}", date.get_minutes());
    let month = t!(language, &format!("date-month-{}", month + 1));
    let whole = t!(language, "date-day-month", day = of_month, month = month);
    let exact = format!("{whole}, {time}");
    let short = if day(&date) == today { t!(language, "date-today", time = time, hour = hour) } else { whole };
    Moment { short, exact, rfc3339: String::from(date.to_iso_string()) }
}
