use super::*;
use crate::Language;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_stored_mail_can_be_read_back() {
    let mut names = BTreeSet::new();
    for kind in MailKind::ALL {
        for language in Language::ALL {
            let content = sample(*kind, language);
            assert_eq!(content.kind(), *kind);
            assert_eq!(serde_json::to_value(&content).unwrap()["kind"], kind.name());
            assert_eq!(MailContent::read(kind.name(), &content.data().unwrap()).unwrap(), content);
        }
        assert_eq!(kind.name().parse(), Ok(*kind));
        assert!(names.insert(kind.name()), "{} is used twice", kind.name());
    }
}

/// Earlier versions, in which mails had no types, wrote and read the same JSON.
#[test]
fn json_has_string_values_and_a_quote_and_a_path() {
    for kind in MailKind::ALL {
        let content = sample(*kind, Language::En);
        let data: Value = serde_json::from_str(&content.data().unwrap()).unwrap();
        let keys: Vec<_> = data.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["path", "quote", "values"], "{}", kind.name());
        assert_eq!(data["path"], content.link().path());
        assert_eq!(data["quote"].as_str(), content.quote());
        assert!(data["values"].as_object().unwrap().values().all(Value::is_string), "{data}");
    }
}

#[test]
fn rows_of_earlier_versions_can_be_read() {
    const ID: &str = "0193d1f4-0000-7000-8000-000000000001";
    let shipped = format!(
        r#"{{"values":{{"carrier":"Нова пошта","order":"1042","tracking":"","who":"Taras"}},"quote":null,
            "path":"/orders/{ID}"}}"#
    );
    let expected = MailContent::OrderShipped {
        link: Link::Order(ID.parse().unwrap()),
        order: 1042,
        carrier: "Нова пошта".into(),
        tracking: String::new(),
    };
    assert_eq!(MailContent::read("order-shipped", &shipped).unwrap(), expected);

    let answer = format!(
        r#"{{"values":{{"files":"a.jpg, b.jpg","subject":"Oil","ticket":"1007","who":"Taras"}},"quote":"Linseed",
            "path":"/tickets/{ID}"}}"#
    );
    let files = Some("a.jpg, b.jpg".to_owned());
    let expected = MailContent::TicketAnswer {
        link: Link::Ticket(ID.parse().unwrap()),
        who: "Taras".into(),
        ticket: TicketText { number: 1007, subject: "Oil".into(), files },
        quote: "Linseed".into(),
    };
    assert_eq!(MailContent::read("ticket-answer", &answer).unwrap(), expected);

    let sent = r#"{"values":{},"quote":null,"path":""}"#;
    assert_eq!(
        MailContent::read("confirm-address", sent).unwrap(),
        MailContent::ConfirmAddress { link: Link::Deleted }
    );
    let silent = format!(r#"{{"values":{{"design":"Table"}},"quote":null,"path":"/designs/{ID}/proposals/{ID}"}}"#);
    assert_eq!(MailContent::read("proposal", &silent).unwrap().quote(), None);
}

#[test]
fn unknown_kinds_and_incomplete_payloads_are_errors() {
    let empty = r#"{"values":{},"quote":null,"path":"/sign-up"}"#;
    assert!(MailContent::read("no-account", empty).is_ok());
    assert!(MailContent::read("of-a-later-version", empty).is_err());
    assert!(MailContent::read("order-delivered", empty).is_err());
    assert!(MailContent::read("no-account", r#"{"values":{},"quote":null,"path":"/elsewhere"}"#).is_err());
}

#[test]
fn a_deleted_link_is_not_stored() {
    for kind in MailKind::ALL.iter().filter(|kind| kind.is_about_account()) {
        let mut content = sample(*kind, Language::En);
        let path = content.link().path();
        content.delete_link();
        assert!(content.link().is_deleted());
        assert!(!content.data().unwrap().contains(&path), "{}", kind.name());
    }
}

#[test]
fn mail_about_accounts_cannot_be_turned_off() {
    assert!(MailKind::ALL.iter().all(|kind| !kind.is_about_account() || kind.notification_kind().is_none()));
}
