//! An organisation's own data and addresses.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    policy::{Actor, Buyer, Refusal},
    record::{Address, Organisation, Typed},
};
use store::{
    Conflict, Error, PageRequest,
    customer::{
        self, address,
        desk::{self, CustomerFilter},
        organisation,
    },
};
use support::{
    customer_of, desk as key,
    history::{events, from_to},
    on_both,
};

fn buyer(actor: &Actor) -> &Buyer {
    actor.buyer().unwrap()
}

#[tokio::test]
async fn an_organisation_and_its_addresses_keep_their_history() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        let form =
            Organisation {
                name: "Ґречні".into(), website: "grechni.ua/про-нас".into(), ..Organisation::default()
            };
        commit!(home, &olena, |c| organisation::update(c, customer, &Typed::from(&form))).unwrap();
        let place =
            Address {
                label: "Склад".into(), street: "Зелена, 1".into(), city: "Львів".into(), ..Address::default()
            };
        let id = commit!(home, &olena, |c| address::add(c, customer, &Typed::from(&place))).unwrap();
        let moved = Address { city: "Броди".into(), ..place.clone() };
        commit!(home, &olena, |c| address::update(c, customer, id, &Typed::from(&moved))).unwrap();
        let all = events(home, &petro, customer).await;
        assert_eq!(from_to(&all, "organisation-changed", "website").1, "https://grechni.ua/про-нас");
        assert_eq!(from_to(&all, "organisation-changed", "name"), ("Ґречні люди".into(), "Ґречні".into()));
        assert_eq!(from_to(&all, "address-changed", "city"), ("Львів".into(), "Броди".into()));

        let refused = commit!(home, &petro, |c| address::remove(c, customer, id));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role))));
        let stranger = home.organisation("Інші", "Inga").await;
        let foreign = commit!(home, &stranger, |c| address::remove(c, customer, id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        // Not through one's own customer either.
        let own = buyer(&stranger).main_customer().unwrap();
        let foreign = commit!(home, &stranger, |c| address::remove(c, own, id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        for bad in ["javascript:alert(1)", "нема крапки", "https://", "ftp://a.ua x"] {
            let form = Organisation { name: "Ґречні".into(), website: bad.into(), ..Organisation::default() };
            let told = commit!(home, &olena, |c| organisation::update(c, customer, &Typed::from(&form)));
            assert!(matches!(told, Err(Error::Invalid(_))), "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_industry_is_found_and_its_change_is_on_the_timeline() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let form = Organisation {
            name: "Ґречні люди".into(), industry: "Готель".into(), ..Organisation::default()
        };
        commit!(home, &olena, |c| organisation::update(c, customer, &Typed::from(&form))).unwrap();
        let all = events(home, &olena, customer).await;
        assert_eq!(from_to(&all, "organisation-changed", "industry"), (String::new(), "Готель".into()));
        let filter = CustomerFilter { search: "готель".into() };
        let found = desk::list(&mut *home.read().await, &key(), &filter, &PageRequest::first(10)).await.unwrap();
        assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [customer]);
    })
    .await;
}

#[tokio::test]
async fn a_form_opened_before_the_last_edit_is_refused() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let opened = customer::find(&mut *home.read().await, buyer(&olena), customer).await.unwrap();
        let form = |phone: &str, revision: i64| {
            let mut form = Typed::from(&Organisation { phone: phone.into(), ..opened.details.clone() });
            form.set(store::REVISION, revision.to_string());
            form
        };
        let (first, second) = ("+380 44 111 11 11", "+380 44 222 22 22");
        commit!(home, &olena, |c| organisation::update(c, customer, &form(first, opened.revision))).unwrap();
        let late = commit!(home, &olena, |c| organisation::update(c, customer, &form(second, opened.revision)));
        assert!(matches!(late, Err(Error::Conflict(Conflict::Stale))));
        commit!(home, &olena, |c| organisation::update(c, customer, &form(second, opened.revision + 1))).unwrap();
        let found = customer::find(&mut *home.read().await, buyer(&olena), customer).await.unwrap();
        assert_eq!(found.details.phone, second);
    })
    .await;
}
