//! The link at a mail's foot: whoever has it stops mails of one kind to one person, and does nothing else by it.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::{Method, StatusCode, header};
use support::{Answer, Role, World, on_both};

impl World {
    async fn stopped(&self) -> Vec<String> {
        self.column(
            "SELECT p.email || ' ' || n.kind FROM notice_choice n JOIN person p ON p.id = n.person_id
             WHERE n.by_mail = 0 ORDER BY p.email, n.kind",
        )
        .await
    }

    async fn changes(&self) -> usize {
        self.count("interaction WHERE kind = 'notices-changed'").await
    }

    /// As a mail provider posts: no cookie, no origin.
    async fn one_click(&self, secret: &str) -> Answer {
        let ask = self.request(Method::POST, Role::Visitor, &format!("/unsubscribe/{secret}"));
        let ask = ask.header("content-type", "application/x-www-form-urlencoded");
        ask.body("List-Unsubscribe=One-Click").answer().await
    }
}

/// Whose mail the world's secret came with: the first who was told of the answer.
async fn reader(world: &World) -> String {
    let sql = "SELECT address FROM outbox WHERE unsubscribe IS NOT NULL AND address LIKE '%@own.example'";
    world.column(sql).await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_of_a_mail_program_stops_mails_of_that_kind() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let reader = reader(&world).await;
        for _ in 0..2 {
            let answer = world.one_click(world.own("unsubscribe")).await;
            assert_eq!(answer.status, StatusCode::OK, "RFC 8058 wants no redirect");
            assert!(answer.text().contains("Ви відписалися від листів про звернення"), "{}", answer.text());
            assert!(answer.text().contains("href=\"/profile/notices\""), "how to turn it on again");
            assert_eq!(answer.header(header::SET_COOKIE), "");
            assert_eq!(world.stopped().await, [format!("{reader} tickets")]);
            assert_eq!(world.changes().await, 1, "the timeline says it once");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_mail_program_sends_along_does_not_matter() {
    on_both(async |worlds| {
        for (kind, body) in [
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n",
            ),
            ("application/json", "{"),
            ("application/x-www-form-urlencoded", "%FF"),
        ] {
            let world = worlds.open().await;
            let ask = world.request(Method::POST, Role::Visitor, &format!("/unsubscribe/{}", world.own("unsubscribe")));
            let ask = ask.header("origin", "https://mail.example").header("sec-fetch-site", "cross-site");
            assert_eq!(ask.header("content-type", kind).body(body).answer().await.status, StatusCode::OK);
            assert_eq!(world.stopped().await.len(), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_the_link_changes_nothing() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        for role in Role::ALL {
            let answer = world.get(role, &format!("/unsubscribe/{}", world.own("unsubscribe"))).answer().await;
            assert_eq!(answer.status, StatusCode::OK);
            let text = answer.text();
            let page = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
            assert_eq!((page.matches("<form").count(), page.matches("<button").count()), (1, 1), "{page}");
        }
        assert_eq!((world.stopped().await, world.changes().await), (vec![], 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_none_answers_as_a_page_that_is_none() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let right = world.own("unsubscribe").to_owned();
        let turned: String = right.chars().rev().collect();
        let opens_something_else = world.own("reset").to_owned();
        for secret in [turned, opens_something_else, "0".repeat(64)] {
            let address = format!("/unsubscribe/{secret}");
            assert_eq!(world.get(Role::Visitor, &address).answer().await.status, StatusCode::NOT_FOUND);
            assert_eq!(world.one_click(&secret).await.status, StatusCode::NOT_FOUND);
        }
        for secret in [right.to_uppercase(), right[1..].to_owned(), "x".to_owned()] {
            let address = format!("/unsubscribe/{secret}");
            assert_eq!(world.get(Role::Visitor, &address).answer().await.status, StatusCode::NOT_FOUND);
            assert_eq!(world.post(Role::Visitor, &address, "").answer().await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!((world.stopped().await, world.changes().await), (vec![], 0));
    })
    .await;
}

/// Each secret is its own person's, whoever is signed in while it is used.
#[tokio::test(flavor = "multi_thread")]
async fn another_persons_secret_changes_what_that_person_is_told() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let foreign = format!("/unsubscribe/{}", world.foreign("unsubscribe"));
        let answer = world.post(Role::CustomerAdministrator, &foreign, "").answer().await;
        assert_eq!(answer.status, StatusCode::OK);
        let stopped = world.stopped().await;
        assert_eq!(stopped.len(), 1);
        assert!(stopped[0].ends_with("@foreign.example tickets"), "{stopped:?}");
        let history = world.get(Role::CustomerAdministrator, "/history").answer().await.text();
        assert!(!history.contains("Налаштування сповіщень змінено"), "it is on the other's timeline");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_says_it_like_any_change_of_the_profile() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        world.one_click(world.own("unsubscribe")).await;
        assert_eq!(reader(&world).await, "head@own.example");
        let desk = format!("/desk/customers/{}", world.own("customer"));
        for (role, page, tells) in [
            (Role::CustomerAdministrator, "/history", true),
            (Role::Staff, desk.as_str(), true),
            // What a person is told by mail is no other member's concern.
            (Role::Member, "/history", false),
        ] {
            let history = world.get(role, page).answer().await.text();
            assert_eq!(history.contains("Налаштування сповіщень змінено"), tells, "{page}");
            assert_eq!(history.contains("Листи про звернення"), tells, "{page}");
        }
    })
    .await;
}

/// No other address is open to forms of other sites, however like this one it looks.
#[tokio::test(flavor = "multi_thread")]
async fn the_way_past_the_gate_is_as_narrow_as_the_secret() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        let right = world.own("unsubscribe").to_owned();
        for address in [
            "/profile/notices".to_owned(),
            format!("/reset/{}", world.own("reset")),
            format!("/confirm/{}", world.own("confirm")),
            format!("/unsubscribe/{right}/"),
            format!("/unsubscribe/../unsubscribe/{right}"),
            format!("//unsubscribe/{right}"),
            format!("/profile/notices?/unsubscribe/{right}"),
            format!("/Unsubscribe/{right}"),
            format!("/unsubscribe/{}", right.to_uppercase()),
        ] {
            for origin in [None, Some("https://evil.example")] {
                let mut ask = world.request(Method::POST, Role::Member, &address);
                ask = ask.header("content-type", "application/x-www-form-urlencoded");
                if let Some(origin) = origin {
                    ask = ask.header("origin", origin);
                }
                assert_eq!(ask.answer().await.status, StatusCode::FORBIDDEN, "{address}");
            }
        }
        assert_eq!(world.stopped().await, Vec::<String>::new());
    })
    .await;
}
