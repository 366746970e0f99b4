//! The unsubscribe link in mails. It turns off mails of one kind to one person and does nothing else.

#![allow(clippy::unwrap_used)]

mod support;

use axum::http::{Method, StatusCode, header};
use support::{Role, TestResponse, World, on_both};

impl World {
    async fn turned_off(&self) -> Vec<String> {
        self.column(
            "SELECT p.email || ' ' || n.kind FROM notice_choice n JOIN person p ON p.id = n.person_id
             WHERE n.by_mail = 0 ORDER BY p.email, n.kind",
        )
        .await
    }

    async fn history_entries(&self) -> usize {
        self.count("interaction WHERE kind = 'notices-changed'").await
    }

    /// Sends the form of a mail provider: without a cookie and an origin.
    async fn one_click(&self, secret: &str) -> TestResponse {
        let request = self.request(Method::POST, Role::Visitor, &format!("/unsubscribe/{secret}"));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body("List-Unsubscribe=One-Click").send().await
    }
}

/// Returns the recipient of the mail that contains the world's unsubscribe secret.
async fn recipient(world: &World) -> String {
    let sql = "SELECT address FROM outbox WHERE unsubscribe IS NOT NULL AND address LIKE '%@own.example'";
    world.column(sql).await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_turns_off_mails_of_that_kind() {
    on_both(async |template| {
        let world = template.open().await;
        let recipient = recipient(&world).await;
        for _ in 0..2 {
            let answer = world.one_click(world.own("unsubscribe")).await;
            assert_eq!(answer.status, StatusCode::OK, "RFC 8058 forbids a redirect");
            assert!(answer.text().contains("Ви відписалися від листів про звернення"), "{}", answer.text());
            assert!(answer.text().contains("href=\"/profile/notices\""), "the page links to the settings");
            assert_eq!(answer.header(header::SET_COOKIE), "");
            assert_eq!(world.turned_off().await, [format!("{recipient} tickets")]);
            assert_eq!(world.history_entries().await, 1, "the timeline has one entry");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn body_and_headers_of_the_form_are_ignored() {
    on_both(async |template| {
        for (kind, body) in [
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n",
            ),
            ("application/json", "{"),
            ("application/x-www-form-urlencoded", "%FF"),
        ] {
            let world = template.open().await;
            let request =
                world.request(Method::POST, Role::Visitor, &format!("/unsubscribe/{}", world.own("unsubscribe")));
            let request = request.header("origin", "https://mail.example").header("sec-fetch-site", "cross-site");
            assert_eq!(request.header("content-type", kind).body(body).send().await.status, StatusCode::OK);
            assert_eq!(world.turned_off().await.len(), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_the_link_changes_nothing() {
    on_both(async |template| {
        let world = template.open().await;
        for role in Role::ALL {
            let answer = world.get(role, &format!("/unsubscribe/{}", world.own("unsubscribe"))).send().await;
            assert_eq!(answer.status, StatusCode::OK);
            let text = answer.text();
            let page = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
            assert_eq!((page.matches("<form").count(), page.matches("<button").count()), (1, 1), "{page}");
        }
        assert_eq!((world.turned_off().await, world.history_entries().await), (vec![], 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_secret_is_not_found() {
    on_both(async |template| {
        let world = template.open().await;
        let valid = world.own("unsubscribe").to_owned();
        let reversed: String = valid.chars().rev().collect();
        let other_secret = world.own("reset").to_owned();
        for secret in [reversed, other_secret, "0".repeat(64)] {
            let address = format!("/unsubscribe/{secret}");
            assert_eq!(world.get(Role::Visitor, &address).send().await.status, StatusCode::NOT_FOUND);
            assert_eq!(world.one_click(&secret).await.status, StatusCode::NOT_FOUND);
        }
        for secret in [valid.to_uppercase(), valid[1..].to_owned(), "x".to_owned()] {
            let address = format!("/unsubscribe/{secret}");
            assert_eq!(world.get(Role::Visitor, &address).send().await.status, StatusCode::NOT_FOUND);
            assert_eq!(world.post(Role::Visitor, &address, "").send().await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!((world.turned_off().await, world.history_entries().await), (vec![], 0));
    })
    .await;
}

/// A secret belongs to one person, no matter who is signed in.
#[tokio::test(flavor = "multi_thread")]
async fn a_secret_changes_the_settings_of_its_own_person() {
    on_both(async |template| {
        let world = template.open().await;
        let foreign = format!("/unsubscribe/{}", world.foreign("unsubscribe"));
        let answer = world.post(Role::CustomerAdministrator, &foreign, "").send().await;
        assert_eq!(answer.status, StatusCode::OK);
        let stopped = world.turned_off().await;
        assert_eq!(stopped.len(), 1);
        assert!(stopped[0].ends_with("@foreign.example tickets"), "{stopped:?}");
        let history = world.get(Role::CustomerAdministrator, "/history").send().await.text();
        assert!(
            !history.contains("Налаштування сповіщень змінено"),
            "the entry is on the timeline of the other customer"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_shows_the_change() {
    on_both(async |template| {
        let world = template.open().await;
        world.one_click(world.own("unsubscribe")).await;
        assert_eq!(recipient(&world).await, "head@own.example");
        let desk = format!("/desk/customers/{}", world.own("customer"));
        for (role, page, is_shown) in [
            (Role::CustomerAdministrator, "/history", true),
            (Role::Staff, desk.as_str(), true),
            // Other members do not see a person's mail settings.
            (Role::Member, "/history", false),
        ] {
            let history = world.get(role, page).send().await.text();
            assert_eq!(history.contains("Налаштування сповіщень змінено"), is_shown, "{page}");
            assert_eq!(history.contains("Листи про звернення"), is_shown, "{page}");
        }
    })
    .await;
}

/// Forms of other sites are accepted only at this route, not at similar paths.
#[tokio::test(flavor = "multi_thread")]
async fn forms_of_other_sites_are_rejected_at_all_other_paths() {
    on_both(async |template| {
        let world = template.open().await;
        let valid = world.own("unsubscribe").to_owned();
        for address in [
            "/profile/notices".to_owned(),
            format!("/reset/{}", world.own("reset")),
            format!("/confirm/{}", world.own("confirm")),
            format!("/unsubscribe/{valid}/"),
            format!("/unsubscribe/../unsubscribe/{valid}"),
            format!("//unsubscribe/{valid}"),
            format!("/profile/notices?/unsubscribe/{valid}"),
            format!("/Unsubscribe/{valid}"),
            format!("/unsubscribe/{}", valid.to_uppercase()),
        ] {
            for origin in [None, Some("https://evil.example")] {
                let mut request = world.request(Method::POST, Role::Member, &address);
                request = request.header("content-type", "application/x-www-form-urlencoded");
                if let Some(origin) = origin {
                    request = request.header("origin", origin);
                }
                assert_eq!(request.send().await.status, StatusCode::FORBIDDEN, "{address}");
            }
        }
        assert_eq!(world.turned_off().await, Vec::<String>::new());
    })
    .await;
}
