//! Mails as they are stored: rows of earlier and of newer programs.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    Language,
    mail::{Link, MailContent, TicketText},
    policy::Actor,
};
use store::{
    PageRequest,
    account::reset,
    outbox::{
        delivery,
        desk::{self, OutboxFilter},
    },
};
use support::on_both;

/// Rows as programs before the typed mails wrote them: whatever waits is still sent, whatever was sent is still shown.
#[tokio::test]
async fn mails_of_earlier_programs_are_read() {
    on_both(async |home| {
        home.company().await;
        let ticket = "0193d1f4-0000-7000-8000-000000000001";
        let answer = format!(
            r#"{{"values":{{"files":"a.jpg","subject":"Oil","ticket":"1007","who":"Taras"}},"quote":"Linseed","path":"/tickets/{ticket}"}}"#
        );
        let secret = "0f".repeat(32);
        let reset = format!(r#"{{"values":{{"name":"Olena"}},"quote":null,"path":"/reset/{secret}"}}"#);
        let rows = [
            ("0193d1f4-0000-7000-8000-00000000000a", "ticket-answer", answer.as_str(), "waiting"),
            ("0193d1f4-0000-7000-8000-00000000000b", "reset-password", reset.as_str(), "waiting"),
            (
                "0193d1f4-0000-7000-8000-00000000000c",
                "confirm-address",
                r#"{"values":{},"quote":null,"path":""}"#,
                "sent",
            ),
        ];
        let mut change = home.change(&Actor::System).await;
        for (id, kind, data, state) in rows {
            let sql = "INSERT INTO outbox (id, kind, address, language, data, state, attempts, next_at, problem,
                                           created_at)
                       VALUES ($1, $2, 'olena@example.com', 'en', $3, $4, 0, 1, '', 1)";
            let row = sqlx::query(sql).bind(id).bind(kind).bind(data).bind(state);
            row.execute(change.connection()).await.unwrap();
        }
        change.commit().await.unwrap();

        let due = delivery::lease_due(&home.store, 100).await.unwrap();
        assert_eq!(due.len(), 2);
        let expected = MailContent::TicketAnswer {
            link: Link::Ticket(ticket.parse().unwrap()),
            who: "Taras".to_owned(),
            ticket: TicketText { number: 1007, subject: "Oil".to_owned(), files: Some("a.jpg".to_owned()) },
            quote: "Linseed".to_owned(),
        };
        assert_eq!(due[0].content, expected);
        assert_eq!(due[1].content.link().path(), format!("/reset/{secret}"));
        delivery::mark_sent(&home.store, &due[0]).await.unwrap();
        delivery::mark_sent(&home.store, &due[1]).await.unwrap();
        let mails = home.mails().await;
        let links: Vec<_> = mails.iter().map(|mail| mail.content.link().path()).collect();
        assert_eq!(links, [format!("/tickets/{ticket}"), String::new(), String::new()], "a sent secret is deleted");
        let kept: Vec<String> =
            sqlx::query_scalar("SELECT data FROM outbox ORDER BY id").fetch_all(&mut *home.read().await).await.unwrap();
        let as_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(as_json(&kept[0]), as_json(&answer), "the data is written as it was");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_cannot_be_read_does_not_hide_the_others_from_staff() {
    on_both(async |home| {
        home.customer("Olena").await;
        reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        let damage = "UPDATE outbox SET kind = 'of-a-later-version' WHERE id = (SELECT min(id) FROM outbox)";
        let mut change = home.change(&Actor::System).await;
        sqlx::query(damage).execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
        let shown = desk::list(
            &mut *home.read().await,
            &support::desk(),
            None,
            OutboxFilter::default(),
            &PageRequest::first(10),
        )
        .await
        .unwrap()
        .rows;
        assert_eq!(shown.len(), 1);
    })
    .await;
}
