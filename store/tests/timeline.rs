//! The timeline: every entry once and in order, over all pages, and only what the reader may see.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    CustomerId, Language, Span,
    event::{self, Audience, EventKind},
    policy::Actor,
    record::{Address, Typed},
};
use store::{
    PageRequest,
    customer::{address, desk, invitation},
    person::date,
    timeline::{self, What},
};
use support::{Home, customer_of, desk as key, kind_of, on_both};

fn mail_language(entry: &timeline::Entry) -> Option<Language> {
    match &entry.what {
        What::Mail { language, .. } => Some(*language),
        What::Event { .. } => None,
    }
}

async fn execute(home: &Home, sql: impl Into<String>) {
    let mut change = home.change(&Actor::System).await;
    sqlx::query(sqlx::AssertSqlSafe(sql.into())).execute(change.connection()).await.unwrap();
    change.commit().await.unwrap();
}

async fn portal(home: &Home, reader: &Actor, customer: CustomerId) -> Vec<&'static str> {
    let mut connection = home.read().await;
    let page =
        timeline::page(&mut connection, reader.buyer().unwrap(), customer, &PageRequest::first(30)).await.unwrap();
    page.rows.iter().map(kind_of).collect()
}

async fn count(home: &Home, rows: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {rows}"));
    sqlx::query_scalar(sql).fetch_one(&mut *home.read().await).await.unwrap()
}

#[tokio::test]
async fn who_sees_an_event_depends_on_its_audience() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        commit!(home, &olena, |c| date::add(c, "річниця", "2010-06-12")).unwrap();
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();
        commit!(home, &iryna, |c| desk::set_note(c, customer, "Платить вчасно")).unwrap();

        assert_eq!(portal(home, &olena, customer).await, ["member-invited", "date-added"]);
        assert_eq!(portal(home, &petro, customer).await, ["member-invited"], "the date is hers alone");
        for (kind, in_shared, in_internal) in [("date-added", 1, 0), ("member-invited", 1, 0), ("customer-note", 0, 1)]
        {
            let rows = |table: &str| format!("{table} WHERE kind = '{kind}'");
            assert_eq!(count(home, &rows("interaction")).await, in_shared, "{kind}");
            assert_eq!(count(home, &rows("internal_interaction")).await, in_internal, "{kind}");
        }
        assert_eq!(count(home, "interaction WHERE kind = 'date-added' AND audience = 'person'").await, 1);
        assert_eq!(count(home, "interaction WHERE kind = 'member-invited' AND audience = 'customer'").await, 1);
    })
    .await;
}

/// The stored audience decides, so events with an audience of a newer program are not shown to other people.
#[tokio::test]
async fn an_event_without_an_audience_is_seen_by_its_person_alone() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let petro = home.colleague(&olena, "Petro").await;
        insert_old(home, customer, &olena, "invitation-withdrawn", r#"{"email":"maria@example.com"}"#).await;
        assert_eq!(portal(home, &petro, customer).await, Vec::<&str>::new());
        assert_eq!(portal(home, &olena, customer).await, ["invitation-withdrawn"]);
    })
    .await;
}

/// A row as written before events had audiences.
async fn insert_old(home: &Home, customer: CustomerId, person: &Actor, kind: &str, data: &str) {
    let person = person.person().unwrap();
    execute(
        home,
        format!(
            "INSERT INTO interaction (id, customer_id, person_id, kind, record, data, at)
             VALUES ('{}', '{customer}', '{person}', '{kind}', '{person}', '{data}', 1)",
            uuid::Uuid::now_v7()
        ),
    )
    .await;
}

#[tokio::test]
async fn old_events_get_the_audience_of_their_kind() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let of_customer = EventKind::ALL.iter().filter(|kind| kind.audience() != Audience::Staff);
        for kind in of_customer.clone() {
            let data = event::sample(*kind).data().unwrap();
            insert_old(home, customer, &olena, kind.name(), &data).await;
        }
        let migration = include_str!("../../migrations/0014_event_audience.sql");
        let update = &migration[migration.find("UPDATE").unwrap()..];
        execute(home, update).await;
        for kind in of_customer {
            let rows =
                format!("interaction WHERE kind = '{}' AND audience = '{}'", kind.name(), kind.audience().name());
            assert_eq!(count(home, &rows).await, 1, "{}", kind.name());
        }
    })
    .await;
}

#[tokio::test]
async fn an_event_of_a_newer_program_is_skipped() {
    on_both(async |home| {
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();
        insert_old(home, customer, &olena, "of-a-later-version", "{}").await;
        insert_old(home, customer, &olena, "member-left", "{}").await;
        assert_eq!(portal(home, &olena, customer).await, ["member-invited"]);
        let mut connection = home.read().await;
        let all = timeline::desk::page(&mut connection, &key(), customer, &PageRequest::first(30)).await.unwrap().rows;
        let mut kinds: Vec<_> = all.iter().map(kind_of).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["invitation", "member-invited"]);
    })
    .await;
}

#[tokio::test]
async fn internal_events_are_not_on_the_customer_timeline() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        commit!(home, &iryna, |c| desk::set_note(c, customer, "МАРКЕР")).unwrap();
        commit!(home, &olena, |c| invitation::invite(c, customer, "maria@example.com", "member")).unwrap();

        let mut connection = home.read().await;
        let portal = timeline::page(&mut connection, olena.buyer().unwrap(), customer, &PageRequest::first(30))
            .await
            .unwrap()
            .rows;
        assert_eq!(portal.iter().map(kind_of).collect::<Vec<_>>(), ["member-invited"]);
        let all = timeline::desk::page(&mut connection, &key(), customer, &PageRequest::first(30)).await.unwrap().rows;
        let mut seen: Vec<_> =
            all.iter().map(|entry| (kind_of(entry), entry.is_internal(), mail_language(entry))).collect();
        seen.sort_by_key(|(kind, ..)| *kind);
        let expected =
            [("customer-note", true, None), ("invitation", false, Some(Language::En)), ("member-invited", false, None)];
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
            // Several events have the same time.
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
        let (mut seen, mut request, mut pages) = (Vec::new(), PageRequest::first(30), 0);
        loop {
            let page = timeline::page(&mut connection, olena.buyer().unwrap(), customer, &request).await.unwrap();
            // A position survives the way through a URL.
            request.after = page.next.map(|next| next.to_string().parse().unwrap());
            seen.extend(page.rows);
            pages += 1;
            if request.after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (75, 3));
        assert!(seen.is_sorted_by(|a, b| (a.at, a.id) > (b.at, b.id)));
        let foreign = timeline::page(&mut connection, stranger.buyer().unwrap(), customer, &PageRequest::first(30))
            .await
            .unwrap();
        assert!(foreign.rows.is_empty());
    })
    .await;
}
