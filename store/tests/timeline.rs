//! The timeline: everything once, in order, page by page; to each side what it may see.

#![allow(clippy::unwrap_used)]

mod opened;

use domain::CustomerKind;
use opened::{Opened, buyer, on_both};
use store::{
    customer::{address, desk, invitation},
    timeline::{self, Source},
};

async fn organisation(opened: &Opened) -> (domain::CustomerId, domain::policy::Actor) {
    opened.customer(CustomerKind::Organisation, "Ґречні люди", "Олена", "olena@example.com").await
}

#[test]
fn what_staff_remark_never_reaches_the_portal() {
    on_both(|opened| async move {
        let (customer, olena) = organisation(&opened).await;
        let mut change = opened.store.change(opened.desk()).await.unwrap();
        desk::remark(&mut change, customer, "МАРКЕР").await.unwrap();
        change.commit().await.unwrap();
        let mut change = opened.store.change(olena.clone()).await.unwrap();
        invitation::invite(&mut change, customer, "maria@example.com", "member").await.unwrap();
        change.commit().await.unwrap();

        let mut connection = opened.store.read().await.unwrap();
        let portal = timeline::page(&mut connection, buyer(&olena), customer, None).await.unwrap().entries;
        assert_eq!(portal.iter().map(|entry| entry.kind.as_str()).collect::<Vec<_>>(), ["member-invited"]);
        let all = timeline::desk::page(&mut connection, &opened.staff(), customer, None).await.unwrap().entries;
        let mut seen: Vec<_> = all.iter().map(|entry| (entry.kind.as_str(), entry.source)).collect();
        seen.sort_by_key(|(kind, _)| *kind);
        let expected =
            [("customer-note", Source::Internal), ("invitation", Source::Mail), ("member-invited", Source::Shared)];
        assert_eq!(seen, expected);
        let record = desk::find(&mut connection, &opened.staff(), customer).await.unwrap();
        assert_eq!(record.note, "МАРКЕР");
    });
}

#[test]
fn pages_show_everything_once_and_in_order() {
    on_both(|opened| async move {
        let (customer, olena) = organisation(&opened).await;
        let (_, stranger) = opened.customer(CustomerKind::Person, "Інга", "Інга", "inga@example.com").await;
        for number in 0..75 {
            // Several in one moment, too.
            if number % 4 == 0 {
                opened.pass(1);
            }
            let place = address::Place {
                label: format!("{number}"),
                street: "Зелена, 1".into(),
                city: "Львів".into(),
                ..address::Place::default()
            };
            let mut change = opened.store.change(olena.clone()).await.unwrap();
            address::add(&mut change, customer, &place).await.unwrap();
            change.commit().await.unwrap();
        }
        let mut connection = opened.store.read().await.unwrap();
        let (mut seen, mut at, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = timeline::page(&mut connection, buyer(&olena), customer, at).await.unwrap();
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
        let foreign = timeline::page(&mut connection, buyer(&stranger), customer, None).await.unwrap();
        assert!(foreign.entries.is_empty());
    });
}
