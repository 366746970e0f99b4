//! What people say to each other about the design: read by all, added to, never taken back.

use crate::{
    room::{Live, kept::Unsent},
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
pub fn Comments(live: Live) -> impl IntoView {
    let language = live.language;
    let comments = Memo::new(move |_| live.held.with(|held| held.comments.clone()));
    let none = move || {
        comments.with(Vec::is_empty).then(|| view! { <p class="soft">{t!(language, "room-comments-none")}</p> })
    };
    view! {
        <section class="room-comments" aria-labelledby="room-comments">
            <h2 id="room-comments">{t!(language, "room-comments")}</h2>
            {none}
            <ol aria-live="polite">
                <For each=move || comments.get() key=|comment| comment.id
                    children=move |comment| view! { <OneComment live comment/> }/>
            </ol>
            <AddComment live/>
        </section>
    }
}

#[component]
fn OneComment(live: Live, comment: Comment) -> impl IntoView {
    let known = live.setup.with_value(|setup| setup.moments.get(&comment.id).cloned());
    let at = known.unwrap_or_else(|| said(live.language, comment.at));
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
fn AddComment(live: Live) -> impl IntoView {
    let language = live.language;
    let area = NodeRef::<Textarea>::new();
    let unsent = live.setup.with_value(|setup| Unsent::of(setup.design, setup.person));
    let (brought, written) = (unsent.clone(), unsent.clone());
    Effect::new(move |_| {
        if let Some((area, text)) = area.get().zip(brought.text())
            && area.value().is_empty()
        {
            area.set_value(&text);
        }
    });
    let add = move || {
        let Some(area) = area.get_untracked() else { return };
        let text = area.value().trim().to_owned();
        if !text.is_empty() {
            live.add_comment(&comment(live, text));
            area.set_value("");
            unsent.keep("");
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
                    on:input=move |event| written.keep(&event_target_value(&event)) on:keydown=pressed></textarea>
            </div>
            <button class="button second">{t!(language, "room-comment-add")}</button>
        </form>
    }
}

/// Made in the browser, whose clock and random numbers it takes.
fn comment(live: Live, text: String) -> Comment {
    let at = Timestamp(js_sys::Date::now() as i64);
    let (seconds, rest) = (at.0.max(0) as u64 / 1_000, (at.0.max(0) % 1_000) as u32);
    let moment = uuid::Timestamp::from_unix(NoContext, seconds, rest * 1_000_000);
    let (author, name) = live.setup.with_value(|setup| (setup.person, setup.name.clone()));
    Comment { id: CommentId::from_uuid(Uuid::new_v7(moment)), author, name, text, at }
}

/// A moment since the page was made, by the browser's clock and time zone.
fn said(language: Language, at: Timestamp) -> Moment {
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
