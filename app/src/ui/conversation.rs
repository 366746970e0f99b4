//! Messages between people. Internal notes look clearly different from messages.

use crate::ui::{Avatar, Icon, Shape, When};
use leptos::prelude::*;
use locales::Moment;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Written by the side of the signed-in person.
    Ours,
    Theirs,
    /// An internal note, with the label that says that only staff see it.
    Internal(String),
}

#[derive(Debug, Clone)]
pub struct FileLink {
    pub href: String,
    pub name: String,
    pub size: String,
    /// Whether to show a thumbnail.
    pub picture: bool,
}

#[derive(Debug, Clone)]
pub struct Message {
    /// The fragment of its URL.
    pub id: String,
    pub who: String,
    pub side: Side,
    pub at: Moment,
    pub text: String,
    pub files: Vec<FileLink>,
}

#[component]
pub fn Conversation(messages: Vec<Message>) -> impl IntoView {
    view! { <ol class="messages">{messages.into_iter().map(message).collect_view()}</ol> }
}

fn message(message: Message) -> impl IntoView {
    let (class, internal) = match message.side {
        Side::Ours => ("message ours", None),
        Side::Theirs => ("message", None),
        Side::Internal(words) => ("message internal", Some(words)),
    };
    view! {
        <li class=class id=message.id>
            {internal.map(|words| view! { <p class="only"><Icon shape=Shape::Lock/>{words}</p> })}
            <header>
                <Avatar name=message.who.clone()/>
                <strong dir="auto">{message.who}</strong>
                <When at=message.at/>
            </header>
            <div class="prose" dir="auto">{message.text}</div>
            <Files files=message.files/>
        </li>
    }
}

/// Attached files.
#[component]
pub fn Files(files: Vec<FileLink>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let files = files.into_iter().map(|file| {
            let picture = file.picture.then(|| {
                // The file name beside it is the description.
                view! { <img src=file.href.clone() alt="" loading="lazy" width="160" height="120"/> }
            });
            let icon = (!file.picture).then(|| view! { <Icon shape=Shape::File/> });
            view! {
                <li>
                    <a class=file.picture.then_some("pictured") href=file.href>
                        {picture} {icon} <span dir="auto">{file.name}</span> <span class="soft">{file.size}</span>
                    </a>
                </li>
            }
        });
        view! { <ul class="files">{files.collect_view()}</ul> }
    })
}
