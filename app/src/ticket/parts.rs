//! Parts of pages that show a ticket, for portal and desk: messages, files, upload field.

use crate::{
    Visit,
    ui::{FileField, FileLink, Message, Side},
    web::form::FormState,
};
use domain::Language;
use leptos::prelude::*;
use locales::{file_size, t};
use store::{
    AnyConnection,
    file::{File, MAX_COUNT, MAX_SIZE, MediaType},
    product::{self, Product},
    ticket::view,
};

/// Returns the product that a ticket is about, if any.
pub async fn product(connection: &mut AnyConnection, ticket: &view::Ticket) -> store::Result<Option<Product>> {
    match ticket.product {
        Some(product) => product::by_id(connection, product).await.map(Some),
        None => Ok(None),
    }
}

/// Converts a message for the conversation; `ours` means written by the side of the signed-in person.
pub fn message(visit: &Visit, message: view::Message, ours: bool) -> Message {
    Message {
        id: message.id.to_string(),
        who: message.who,
        side: if ours { Side::Ours } else { Side::Theirs },
        at: visit.moment(message.at),
        text: message.text,
        files: message.files.into_iter().map(|file| file_link(visit.language, file)).collect(),
    }
}

pub fn file_link(language: Language, file: File) -> FileLink {
    FileLink {
        href: format!("/files/{}", file.id),
        size: file_size(language, file.size),
        picture: file.media_type.is_image(),
        name: file.name,
    }
}

/// The field for files. Browsers forget the files when the form is shown again; with `chosen` the hint says so.
#[component]
pub fn Attachments<'a, T: 'static>(language: Language, form: &'a FormState<T>, chosen: bool) -> impl IntoView + use<T> {
    let size = file_size(language, MAX_SIZE as u64);
    let rule = t!(language, "ticket-files-hint", count = MAX_COUNT, size = size);
    let hint = if chosen { format!("{} {rule}", t!(language, "ticket-files-again")) } else { rule };
    let accept =
        [MediaType::Jpeg, MediaType::Png, MediaType::WebP, MediaType::Gif, MediaType::Pdf].map(MediaType::name);
    view! {
        <FileField label=t!(language, "ticket-files") name="files" accept=accept.join(",") error=form.error(language, "files") hint
            optional=t!(language, "optional")/>
    }
}
