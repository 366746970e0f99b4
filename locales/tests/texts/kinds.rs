//! Every kind of event and mail has texts in both languages, filled with its payload.

use domain::{
    Language,
    event::{self, Event, EventKind},
    mail::{self, MailKind},
};
use locales::{event as event_texts, mail as mail_texts};
use std::collections::BTreeSet;

/// A missing text is shown as its key, a missing value as its name in braces.
fn assert_is_text(text: &str, of: &str) {
    assert!(!text.trim().is_empty(), "{of} has an empty text");
    let keys = ["timeline-", "mail-", "role-", "priority-", "profile-", "organisation-", "address-", "member-"];
    for sign in keys.into_iter().chain(["{", "}"]) {
        assert!(!text.contains(sign), "{of} reads {text:?}");
    }
}

#[test]
fn every_event_has_a_sentence() {
    for language in Language::ALL {
        let mut sentences = BTreeSet::new();
        for kind in EventKind::ALL {
            let event = event::sample(*kind);
            let sentence = event_texts::sentence(language, &event);
            assert_is_text(&sentence, kind.name());
            let details = event_texts::details(language, &event);
            details.iter().for_each(|line| assert_is_text(line, kind.name()));
            assert!(sentences.insert(sentence.clone()), "{} reads like another event: {sentence}", kind.name());
        }
    }
}

#[test]
fn changed_fields_and_reasons_are_details_of_their_events() {
    let details = |kind| event_texts::details(Language::En, &event::sample(kind));
    let changes = ["Name: Olha → Olena", "Phone: +380 67 000 00 00", "Website: x.ua → empty"];
    assert_eq!(details(EventKind::OrganisationChanged), changes);
    assert_eq!(details(EventKind::Declined), ["Too wide"]);
    let silent = Event::Declined { title: "Table".to_owned(), number: 1, reason: String::new() };
    assert!(event_texts::details(Language::En, &silent).is_empty());
}

#[test]
fn numbers_of_records_have_no_separators() {
    for language in Language::ALL {
        let sentence = event_texts::sentence(language, &Event::Delivered { number: 12_345 });
        assert!(sentence.contains("12345"), "{sentence}");
    }
}

#[test]
fn every_mail_has_subject_text_and_button() {
    for language in Language::ALL {
        for kind in MailKind::ALL {
            let content = mail::sample(*kind, language);
            for text in [
                mail_texts::subject(language, &content),
                mail_texts::text(language, &content),
                mail_texts::button(language, &content),
            ] {
                assert_is_text(&text, kind.name());
            }
        }
    }
}
