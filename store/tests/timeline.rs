//! The timeline: everything once, in order, page by page; to each side what it may see.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    Language, Span,
    record::{Address, Typed},
};
use store::{
    customer::{address, desk, invitation},
    timeline::{self, Source},
};
use support::{customer_of, desk as key, on_both};

#[tokio::test]
async fn internal_events_are_not_on_the_customer_timeline() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        kept!(home, &iryna, |c| desk::set_note(c, customer, "МАРКЕР")).unwrap();
        kept!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();

        let mut connection = home.read().await;
        let portal = timeline::page(&mut connection, olena.buyer().unwrap(), customer, None).await.unwrap().entries;
        assert_eq!(portal.iter().map(|entry| entry.kind.as_str()).collect::<Vec<_>>(), ["member-invited"]);
        let all = timeline::desk::page(&mut connection, &key(), customer, None).await.unwrap().entries;
        let mut seen: Vec<_> = all.iter().map(|entry| (entry.kind.as_str(), entry.source)).collect();
        seen.sort_by_key(|(kind, _)| *kind);
        let expected = [
            ("customer-note", Source::Internal),
            ("invitation", Source::Mail(Language::En)),
            ("member-invited", Source::Shared),
        ];
        assert_eq!(seen, expected);
        let record = desk::find(&mut connection, &key(), customer).await.unwrap();
        assert_eq!(record.note, "МАРКЕР");
    })
    .await;
}

#[tokio::test]
async fn pages_show_everything_once_and_in_order() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let stranger = home.customer("Inga").await;
        for number in 0..75 {
            // Several in one moment, too.
            if number % 4 == 0 {
                home.pass(Span(1));
            }
            let place = Address {
                label: format!("{number}"),
                street: "Зелена, 1".into(),
                city: "Львів".into(),
                ..Address::default()
            };
            let mut change = home.change(&olena).await;
            address::add(&mut change, customer, &Typed::from(&place)).await.unwrap();
            change.commit().await.unwrap();
        }
        let mut connection = home.read().await;
        let (mut seen, mut at, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = timeline::page(&mut connection, olena.buyer().unwrap(), customer, at).await.unwrap();
            // The place in an address leads back to the same place.
            at = page.next.map(|next| next.to_string().parse().unwrap());
            seen.extend(page.entries);
            pages += 1;
            if at.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (75, 3));
        assert!(seen.is_sorted_by(|a, b| (a.at, a.id) > (b.at, b.id)));
        let foreign = timeline::page(&mut connection, stranger.buyer().unwrap(), customer, None).await.unwrap();
        assert!(foreign.entries.is_empty());
    })
    .await;
}
