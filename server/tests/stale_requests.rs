//! Stale requests: used and expired links, forms sent twice, and approvals of withdrawn or changed proposals.

#![allow(clippy::unwrap_used)]

mod support;

use domain::Language::Uk;
use locales::t;
use support::{DAY, INPUT, PASSWORD, Role, TestRequest, World, day, edit, form, name_version, on_both, page_text};

/// Links with a wrong or malformed secret, used links and expired links.
#[tokio::test(flavor = "multi_thread")]
async fn dead_links_are_rejected() {
    on_both(async |template| {
        let dead = t!(Uk, "problem-dead-link-title");
        for kind in ["confirm", "reset", "join"] {
            let world = template.open().await;
            let fields = form(&[("name", "Нова людина"), ("password", PASSWORD)]);
            let persons = world.count("person").await;
            for wrong in ["0".repeat(64), "а".repeat(32), "short".to_owned()] {
                let address = format!("/{kind}/{}", wrong.replace('а', "%D0%B0"));
                for request in [world.get(Role::Visitor, &address), world.post(Role::Visitor, &address, fields.clone())]
                {
                    let response = request.send().await;
                    assert_eq!(response.status, 409, "{address}");
                    assert!(page_text(&response).contains(&dead), "{address}");
                    assert!(response.text().contains(r#"<a href="/sign-in" class="button""#), "{address}");
                }
            }
            let address = format!("/{kind}/{}", world.own(kind));
            assert_eq!(world.get(Role::Visitor, &address).send().await.status, 200);
            let used = world.post(Role::Visitor, &address, fields.clone()).send().await;
            assert_eq!(used.status, 303, "{address}");
            assert!(used.header("set-cookie".parse().unwrap()).starts_with("session="));
            for request in [world.get(Role::Visitor, &address), world.post(Role::Visitor, &address, fields.clone())] {
                let response = request.send().await;
                assert_eq!(response.status, 409, "{address} used twice");
                assert!(page_text(&response).contains(&dead) && response.headers.get("set-cookie").is_none());
            }
            assert_eq!(world.count("person").await, persons + usize::from(kind != "reset"));

            let world = template.open().await;
            world.advance_clock(8 * DAY);
            let response = world.post(Role::Visitor, &address, fields).send().await;
            assert_eq!(response.status, 409, "{address} after eight days");
            assert!(page_text(&response).contains(&dead) && response.headers.get("set-cookie").is_none());
        }
    })
    .await;
}

/// A rejected password is not shown again, and the link stays valid.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_stays_valid_after_an_invalid_form() {
    on_both(async |template| {
        let world = template.open().await;
        for kind in ["confirm", "reset", "join"] {
            let address = format!("/{kind}/{}", world.own(kind));
            let fields = form(&[("name", INPUT), ("password", "куций")]);
            let answer = world.post(Role::Visitor, &address, fields).send().await;
            assert_eq!(answer.status, 422);
            let page = page_text(&answer);
            assert!(page.contains(&t!(Uk, "field-too-short", min = 10)) && !page.contains("куций"));
            assert_eq!(page.contains(INPUT), kind == "join");
            assert_eq!(world.get(Role::Visitor, &address).send().await.status, 200);
        }
    })
    .await;
}

/// Role, route, the table to which the form adds one row, and the fields. An empty value stands for a record's key.
type RepeatedForm<'a> = (Role, &'static str, &'static str, Vec<(&'static str, &'a str)>);

fn repeated_forms(day: &str) -> Vec<RepeatedForm<'_>> {
    vec![
        (Role::Member, "/products/dining-table", "design", vec![]),
        (Role::Member, "/tickets/new", "ticket", vec![("subject", "Питання"), ("text", "Чи є ясен?")]),
        (Role::Member, "/tickets/{ticket}", "ticket_message", vec![("text", "Дякую")]),
        (Role::Member, "/designs/{design}", "version", vec![("what", "version"), ("name", "Друга")]),
        (Role::Member, "/profile", "person_date", vec![("what", "date"), ("label", "Весілля"), ("day", "2015-06-20")]),
        (
            Role::CustomerAdministrator,
            "/organisation/addresses/new",
            "address",
            vec![("label", "Дім"), ("street", "вул. Наукова, 1"), ("city", "Львів")],
        ),
        (
            Role::CustomerAdministrator,
            "/organisation/members",
            "invitation",
            vec![("what", "invite"), ("email", "another@example.com"), ("role", "member")],
        ),
        (Role::CustomerAdministrator, "/organisation/members", "outbox", vec![("what", "again"), ("invitation", "")]),
        (
            Role::Administrator,
            "/desk/staff",
            "staff",
            vec![("what", "invite"), ("name", "Новий"), ("email", "novyi@example.com"), ("role", "staff")],
        ),
        (Role::Staff, "/desk/orders/{order}", "internal_interaction", vec![("what", "note"), ("note", "Обережно")]),
        (Role::Staff, "/desk/designs/{design}", "version", vec![("what", "version")]),
        (Role::Staff, "/desk/designs/{design}", "internal_design_note", vec![("what", "note"), ("note", "Ясен теж")]),
        (
            Role::Staff,
            "/desk/designs/{design}/propose",
            "proposal",
            vec![("version", ""), ("price", "500"), ("valid_until", day), ("delivery_on", day)],
        ),
        (
            Role::Staff,
            "/desk/tickets/{ticket}",
            "ticket_message",
            vec![("what", "answer"), ("then", "waiting"), ("text", "Уже їде")],
        ),
        (Role::Staff, "/desk/tickets/{ticket}", "internal_ticket_note", vec![("what", "note"), ("note", "Дзвонив")]),
    ]
}

/// A form that is sent twice creates one record, and both responses redirect to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_creates_one_record() {
    on_both(async |template| {
        let day = day(9);
        for (role, path, table, fields) in repeated_forms(&day) {
            let world = template.open().await;
            let before = world.count(table).await;
            let address = support::address(path, &world.facts.own);
            let address = address.split('?').next().unwrap();
            let submission = uuid::Uuid::now_v7().to_string();
            let mut fields = fields;
            fields.push(("submission", &submission));
            for (name, key) in fields.iter_mut().filter(|(_, key)| key.is_empty()) {
                *key = world.own(name);
            }
            let first = world.post(role, address, form(&fields)).send().await;
            assert_eq!(first.status, 303, "{path}");
            let mails = world.count("outbox").await;
            let second = world.post(role, address, form(&fields)).send().await;
            assert_eq!((second.status.as_u16(), second.location()), (303, first.location()), "{path}");
            assert_eq!(world.count(table).await, before + 1, "{path}");
            assert_eq!(world.count("outbox").await, mails, "{path} sends mail twice");
            // Another person who sends the same submission id is not redirected to the record.
            let other = match role {
                Role::Member => Role::CustomerAdministrator,
                Role::CustomerAdministrator => Role::Member,
                Role::Staff => Role::Administrator,
                _ => Role::Staff,
            };
            let stolen = world.post(other, address, form(&fields)).send().await;
            assert_ne!(stolen.location(), first.location(), "{path}");
        }
    })
    .await;
}

fn approve<'a>(world: &'a World, role: Role, proposal: &str, hash: &str) -> TestRequest<'a> {
    let address = format!("/designs/{}/proposals/{proposal}", world.own("design"));
    world.post(role, &address, form(&[("what", "approve"), ("hash", hash)]))
}

/// Approving a proposal that was replaced or has expired approves nothing and shows what changed.
#[tokio::test(flavor = "multi_thread")]
async fn stale_approvals_are_rejected() {
    on_both(async |template| {
        let world = template.open().await;
        edit(&world, |replica| drop(replica.set_quantity(3).unwrap())).await;
        let version = name_version(&world).await;
        let version = version.location().rsplit('=').next().unwrap().to_owned();
        let submission = uuid::Uuid::now_v7().to_string();
        let terms = [
            ("submission", submission.as_str()),
            ("version", &version),
            ("price", "140 000"),
            ("valid_until", &day(9)),
            ("delivery_on", &day(30)),
        ];
        let address = format!("/desk/designs/{}/propose", world.own("design"));
        assert_eq!(world.post(Role::Staff, &address, form(&terms)).send().await.status, 303);
        let now = world.column("SELECT id FROM proposal ORDER BY id DESC LIMIT 1").await.remove(0);
        let orders = world.count("orders").await;

        // The page was opened before another proposal was made.
        let stale = approve(&world, Role::Member, world.own("proposal"), world.own("hash")).send().await;
        assert_eq!(stale.status, 409);
        let page = page_text(&stale);
        assert!(page.contains(&t!(Uk, "proposal-changed")) && page.contains(&format!("/proposals/{now}")));

        // The path is that of the new proposal, but the hash is that of the old version.
        let stale = approve(&world, Role::Member, &now, world.own("hash")).send().await;
        assert_eq!(stale.status, 409);
        let page = page_text(&stale);
        assert!(page.contains(&t!(Uk, "proposal-changed")) && page.contains(&t!(Uk, "proposal-what-changed")));
        for hash in ["", "0000", INPUT] {
            let answer = approve(&world, Role::Member, &now, hash).send().await;
            assert_eq!(answer.status, 409, "{hash}");
            assert!(!answer.text().contains("><b>Дуб"));
        }
        assert_eq!(world.count("orders").await, orders);

        // The proposal has expired.
        world.advance_clock(10 * DAY);
        let hash = world.column("SELECT hash FROM version ORDER BY id DESC LIMIT 1").await.remove(0);
        let late = approve(&world, Role::Member, &now, &hash).send().await;
        assert_eq!(late.status, 409);
        assert!(page_text(&late).contains(&t!(Uk, "proposal-lapsed")));
        // The page shows the expiry and no longer offers to approve.
        let design = format!("/designs/{}", world.own("design"));
        let page = page_text(&world.get(Role::Member, &format!("{design}/proposals/{now}")).send().await);
        assert!(page.contains(&t!(Uk, "proposal-lapsed")) && page.contains(&t!(Uk, "state-proposal-lapsed")));
        assert!(!page.contains("approve"), "{page}");
        let page = page_text(&world.get(Role::Member, &design).send().await);
        assert!(!page.contains(&t!(Uk, "design-see-proposal")), "{page}");
        // Lists show the design as not waiting for the customer.
        for (role, address) in
            [(Role::Member, "/"), (Role::Member, "/designs"), (Role::Staff, &format!("/desk{design}"))]
        {
            let page = page_text(&world.get(role, address).send().await);
            assert!(page.contains(&t!(Uk, "state-proposal-lapsed")), "{address}: {page}");
            assert!(!page.contains(&t!(Uk, "state-design-proposed")), "{address}: {page}");
        }
        assert_eq!(world.count("orders").await, orders);
    })
    .await;
}

/// Two people approve concurrently: one order and one signature are created, and the other person gets a conflict.
#[tokio::test(flavor = "multi_thread")]
async fn concurrent_approvals_create_one_order() {
    on_both(async |template| {
        for _ in 0..5 {
            let world = template.open().await;
            let orders = world.count("orders").await;
            let (proposal, hash) = (world.own("proposal"), world.own("hash"));
            let (one, other) = tokio::join!(
                approve(&world, Role::Member, proposal, hash).send(),
                approve(&world, Role::CustomerAdministrator, proposal, hash).send(),
            );
            let (first, second) = if one.status == 303 { (one, other) } else { (other, one) };
            assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 409));
            // The second person sees the order, and not the message that nothing was approved.
            assert!(page_text(&second).contains(first.location()));
            assert!(!page_text(&second).contains(&t!(Uk, "proposal-changed")));
            assert_eq!(world.count("orders").await, orders + 1);
            let signed = format!("approval WHERE proposal_id = '{proposal}' AND side = 'customer'");
            assert_eq!(world.count(&signed).await, 1);
        }
    })
    .await;
}
