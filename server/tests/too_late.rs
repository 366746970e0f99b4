//! What comes too late: links that were used, forms that were taken already, approvals of what is no longer proposed.

#![allow(clippy::unwrap_used)]

mod support;

use domain::Language::Uk;
use locales::t;
use support::{Ask, DAY, PASSWORD, Role, TYPED, World, day, edit, form, name_version, on_both, read};

/// Links of mails: wrong, of no shape, used, expired.
#[tokio::test(flavor = "multi_thread")]
async fn mailed_links() {
    on_both(async |worlds| {
        let dead = t!(Uk, "problem-dead-link-title");
        for kind in ["confirm", "reset", "join"] {
            let world = worlds.open().await;
            let fields = form(&[("name", "Нова людина"), ("password", PASSWORD)]);
            let persons = world.count("person").await;
            for wrong in ["0".repeat(64), "а".repeat(32), "short".to_owned()] {
                let address = format!("/{kind}/{}", wrong.replace('а', "%D0%B0"));
                for ask in [world.get(Role::Visitor, &address), world.post(Role::Visitor, &address, fields.clone())] {
                    let answer = ask.answer().await;
                    assert_eq!(answer.status, 409, "{address}");
                    assert!(read(&answer).contains(&dead), "{address}");
                    assert!(answer.text().contains(r#"<a href="/sign-in" class="button""#), "{address}");
                }
            }
            let address = format!("/{kind}/{}", world.own(kind));
            assert_eq!(world.get(Role::Visitor, &address).answer().await.status, 200);
            let used = world.post(Role::Visitor, &address, fields.clone()).answer().await;
            assert_eq!(used.status, 303, "{address}");
            assert!(used.header("set-cookie".parse().unwrap()).starts_with("session="));
            for ask in [world.get(Role::Visitor, &address), world.post(Role::Visitor, &address, fields.clone())] {
                let answer = ask.answer().await;
                assert_eq!(answer.status, 409, "{address} used twice");
                assert!(read(&answer).contains(&dead) && answer.headers.get("set-cookie").is_none());
            }
            assert_eq!(world.count("person").await, persons + usize::from(kind != "reset"));

            let world = worlds.open().await;
            world.pass(8 * DAY);
            let answer = world.post(Role::Visitor, &address, fields).answer().await;
            assert_eq!(answer.status, 409, "{address} after eight days");
            assert!(read(&answer).contains(&dead) && answer.headers.get("set-cookie").is_none());
        }
    })
    .await;
}

/// A password that cannot be taken leaves the link as it was, and is not shown.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_outlives_a_mistake() {
    on_both(async |worlds| {
        let world = worlds.open().await;
        for kind in ["confirm", "reset", "join"] {
            let address = format!("/{kind}/{}", world.own(kind));
            let fields = form(&[("name", TYPED), ("password", "куций")]);
            let answer = world.post(Role::Visitor, &address, fields).answer().await;
            assert_eq!(answer.status, 422);
            let page = read(&answer);
            assert!(page.contains(&t!(Uk, "field-too-short", min = 10)) && !page.contains("куций"));
            assert_eq!(page.contains(TYPED), kind == "join");
            assert_eq!(world.get(Role::Visitor, &address).answer().await.status, 200);
        }
    })
    .await;
}

/// Who sends which form, to where; the table that it adds one row to; what it says. An empty value is a record's key.
type TakenOnce<'a> = (Role, &'static str, &'static str, Vec<(&'static str, &'a str)>);

fn forms_taken_once(day: &str) -> Vec<TakenOnce<'_>> {
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

/// A form that is sent twice makes one record, and leads to the same place.
#[tokio::test(flavor = "multi_thread")]
async fn replayed_forms() {
    on_both(async |worlds| {
        let day = day(9);
        for (role, path, table, fields) in forms_taken_once(&day) {
            let world = worlds.open().await;
            let before = world.count(table).await;
            let address = support::address(path, &world.facts.own);
            let address = address.split('?').next().unwrap();
            let submission = uuid::Uuid::now_v7().to_string();
            let mut fields = fields;
            fields.push(("submission", &submission));
            for (name, key) in fields.iter_mut().filter(|(_, key)| key.is_empty()) {
                *key = world.own(name);
            }
            let first = world.post(role, address, form(&fields)).answer().await;
            assert_eq!(first.status, 303, "{path}");
            let mails = world.count("outbox").await;
            let again = world.post(role, address, form(&fields)).answer().await;
            assert_eq!((again.status.as_u16(), again.location()), (303, first.location()), "{path}");
            assert_eq!(world.count(table).await, before + 1, "{path}");
            assert_eq!(world.count("outbox").await, mails, "{path} mails twice");
            // Someone else who sends the number is not led to the record.
            let other = match role {
                Role::Member => Role::CustomerAdministrator,
                Role::CustomerAdministrator => Role::Member,
                Role::Staff => Role::Administrator,
                _ => Role::Staff,
            };
            let stolen = world.post(other, address, form(&fields)).answer().await;
            assert_ne!(stolen.location(), first.location(), "{path}");
        }
    })
    .await;
}

fn approve<'a>(world: &'a World, role: Role, proposal: &str, hash: &str) -> Ask<'a> {
    let address = format!("/designs/{}/proposals/{proposal}", world.own("design"));
    world.post(role, &address, form(&[("what", "approve"), ("hash", hash)]))
}

/// Who approves what is no longer proposed is shown what changed, and nothing is approved.
#[tokio::test(flavor = "multi_thread")]
async fn a_stale_approval() {
    on_both(async |worlds| {
        let world = worlds.open().await;
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
        assert_eq!(world.post(Role::Staff, &address, form(&terms)).answer().await.status, 303);
        let now = world.column("SELECT id FROM proposal ORDER BY id DESC LIMIT 1").await.remove(0);
        let orders = world.count("orders").await;

        // The page was open while another proposal came.
        let stale = approve(&world, Role::Member, world.own("proposal"), world.own("hash")).answer().await;
        assert_eq!(stale.status, 409);
        let page = read(&stale);
        assert!(page.contains(&t!(Uk, "proposal-changed")) && page.contains(&format!("/proposals/{now}")));

        // The address is that of the new one, the hash what was read before.
        let stale = approve(&world, Role::Member, &now, world.own("hash")).answer().await;
        assert_eq!(stale.status, 409);
        let page = read(&stale);
        assert!(page.contains(&t!(Uk, "proposal-changed")) && page.contains(&t!(Uk, "proposal-what-changed")));
        for hash in ["", "0000", TYPED] {
            let answer = approve(&world, Role::Member, &now, hash).answer().await;
            assert_eq!(answer.status, 409, "{hash}");
            assert!(!answer.text().contains("><b>Дуб"));
        }
        assert_eq!(world.count("orders").await, orders);

        // Its last day has passed.
        world.pass(10 * DAY);
        let hash = world.column("SELECT hash FROM version ORDER BY id DESC LIMIT 1").await.remove(0);
        let late = approve(&world, Role::Member, &now, &hash).answer().await;
        assert_eq!(late.status, 409);
        assert!(read(&late).contains(&t!(Uk, "proposal-lapsed")));
        // Who comes only now is told before they answer, and is not asked to any more.
        let design = format!("/designs/{}", world.own("design"));
        let page = read(&world.get(Role::Member, &format!("{design}/proposals/{now}")).answer().await);
        assert!(page.contains(&t!(Uk, "proposal-lapsed")) && page.contains(&t!(Uk, "state-proposal-lapsed")));
        assert!(!page.contains("approve"), "{page}");
        let page = read(&world.get(Role::Member, &design).answer().await);
        assert!(!page.contains(&t!(Uk, "design-see-proposal")), "{page}");
        // Nobody waits for that answer: the design is there, and it is the company's turn.
        for (role, address) in
            [(Role::Member, "/"), (Role::Member, "/designs"), (Role::Staff, &format!("/desk{design}"))]
        {
            let page = read(&world.get(role, address).answer().await);
            assert!(page.contains(&t!(Uk, "state-proposal-lapsed")), "{address}: {page}");
            assert!(!page.contains(&t!(Uk, "state-design-proposed")), "{address}: {page}");
        }
        assert_eq!(world.count("orders").await, orders);
    })
    .await;
}

/// Two people approve at once: one order, one signature, and the other is told.
#[tokio::test(flavor = "multi_thread")]
async fn two_approvals_at_once() {
    on_both(async |worlds| {
        for _ in 0..5 {
            let world = worlds.open().await;
            let orders = world.count("orders").await;
            let (proposal, hash) = (world.own("proposal"), world.own("hash"));
            let (one, other) = tokio::join!(
                approve(&world, Role::Member, proposal, hash).answer(),
                approve(&world, Role::CustomerAdministrator, proposal, hash).answer(),
            );
            let (first, second) = if one.status == 303 { (one, other) } else { (other, one) };
            assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 409));
            // Who came second sees the order that there is now, and does not read that nothing was approved.
            assert!(read(&second).contains(first.location()));
            assert!(!read(&second).contains(&t!(Uk, "proposal-changed")));
            assert_eq!(world.count("orders").await, orders + 1);
            let signed = format!("approval WHERE proposal_id = '{proposal}' AND side = 'customer'");
            assert_eq!(world.count(&signed).await, 1);
        }
    })
    .await;
}
