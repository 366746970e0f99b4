//! Designs: versions, proposals and their answers.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    CommentId, ContentHash, DesignState, OrderState, ProposalState, Side, Span,
    document::{Comment, Value},
    input::FieldProblem,
    policy::{Actor, Refusal},
};
use store::{
    Clock, CommitEvent, Conflict, Error, PageRequest,
    design::{
        desk,
        log::Edit,
        room::{self, AcceptedEdits},
        start, version as versions,
        view::{self, DesignFilter},
    },
    order,
    outbox::{COMMENT_DELAY, delivery},
    proposal::{self, Terms, answer},
    timeline,
};
use support::{
    Home, customer_of, desk as key, on_both,
    ordering::{World, orders, proposed, terms, world},
};
use uuid::Uuid;

fn accepted(edit: Edit) -> AcceptedEdits {
    AcceptedEdits { edits: vec![edit], ..AcceptedEdits::default() }
}

/// Adds a comment to the room while the people `present` are in it.
async fn say(home: &Home, world: &World, who: &Actor, text: &str, present: &[&Actor]) {
    let (author, at) = (who.person().unwrap(), home.now());
    let replica = {
        let mut connection = home.read().await;
        let design = view::find(&mut connection, &world.staff, world.design).await.unwrap();
        view::document(&mut connection, &design).await.unwrap()
    };
    let name = match who {
        who if *who == world.olena => "Olena",
        who if *who == world.staff => "Taras",
        _ => "Petro",
    }
    .to_owned();
    let id = CommentId::from_uuid(Uuid::now_v7());
    let comment = Comment { id, author, name, text: text.to_owned(), at };
    let update = replica.add_comment(&comment).unwrap().unwrap();
    let accepted = AcceptedEdits {
        comments: vec![comment],
        present: present.iter().map(|actor| actor.person().unwrap()).collect(),
        ..accepted(Edit { person: author, update })
    };
    room::append(&home.store, world.design, &accepted).await.unwrap();
}

#[tokio::test]
async fn version_contains_the_chosen_options() {
    on_both(async |home| {
        let world = world(home).await;
        let id = commit!(home, &world.olena, |change| versions::create(change, world.design, "")).unwrap();
        let found = versions::find(&mut *home.read().await, &world.staff, id).await.unwrap();
        assert_eq!(found.number, 1);
        assert_eq!(found.content.options["wood"], Value::Text("ash".to_owned()));
        assert_eq!((found.content.quantity, found.content.brief.as_str()), (2, "Для їдальні"));
        assert_eq!(found.hash, ContentHash::of(&found.content.canonical()));
        let again = commit!(home, &world.olena, |change| versions::create(change, world.design, "Ще раз")).unwrap();
        let again = versions::find(&mut *home.read().await, &world.staff, again).await.unwrap();
        assert_eq!((again.number, again.hash), (2, found.hash), "the same choices have the same hash");
    })
    .await;
}

#[tokio::test]
async fn approval_creates_the_order_and_closes_the_design() {
    on_both(async |home| {
        let world = world(home).await;
        let (_, proposal, hash) = proposed(home, &world).await;
        let mut live = home.store.commit_events();
        let order = commit!(home, &world.olena, |change| answer::approve(
            change,
            proposal,
            Some(hash),
            "10.0.0.8".parse().ok()
        ))
        .unwrap();
        assert_eq!(live.recv().await.unwrap(), CommitEvent::DesignLocked(world.design));

        let mut connection = home.read().await;
        let order = order::view::find(&mut connection, &world.olena, order).await.unwrap();
        assert_eq!((order.number, order.state, order.total.minor), (1001, OrderState::Waiting, 4_100_050));
        let design = view::find(&mut connection, &world.olena, world.design).await.unwrap();
        assert_eq!(design.state, DesignState::Approved);
        let found = proposal::find(&mut connection, &world.olena, proposal).await.unwrap();
        let signed = proposal::approvals(&mut connection, &found).await.unwrap();
        let sides: Vec<_> = signed.iter().map(|one| (one.side, one.person_name.as_str())).collect();
        assert_eq!(sides, [(Side::Company, "Taras"), (Side::Customer, "Olena")]);
        assert!(signed.iter().all(|one| one.hash == hash));
        drop(connection);

        let kinds: Vec<_> = home.mails_to("olena@example.com").await.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["proposal", "approved"]);
        let edit = Edit { person: world.olena.person().unwrap(), update: vec![0, 0] };
        let refused = room::append(&home.store, world.design, &accepted(edit)).await;
        assert!(matches!(refused, Err(Error::Conflict(Conflict::DesignClosed))));
    })
    .await;
}

#[tokio::test]
async fn only_what_was_shown_can_be_approved() {
    on_both(async |home| {
        let world = world(home).await;
        let (_, first, hash) = proposed(home, &world).await;
        commit!(home, &world.olena, |change| start::rename(change, world.design, "Стіл для їдальні")).unwrap();

        // Staff propose another version while the customer looks at the first.
        let edit = {
            let mut connection = home.read().await;
            let design = view::find(&mut connection, &world.staff, world.design).await.unwrap();
            let replica = view::document(&mut connection, &design).await.unwrap();
            let update = replica.set_quantity(3).unwrap().unwrap();
            Edit { person: world.staff.person().unwrap(), update }
        };
        room::append(&home.store, world.design, &accepted(edit)).await.unwrap();
        let version = commit!(home, &world.staff, |change| versions::create(change, world.design, "")).unwrap();
        let offered = terms(home);
        let second = commit!(home, &world.staff, |change| proposal::propose(change, version, &offered, None)).unwrap();

        let late = commit!(home, &world.olena, |change| answer::approve(change, first, Some(hash), None));
        assert!(matches!(late, Err(Error::Conflict(Conflict::ProposalChanged { now: Some(now) })) if now == second));
        let wrong = commit!(home, &world.olena, |change| answer::approve(change, second, Some(hash), None));
        assert!(matches!(wrong, Err(Error::Conflict(Conflict::ProposalChanged { .. }))));
        assert!(orders(home, &world.olena).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn list_has_the_current_options_of_each_design() {
    on_both(async |home| {
        let world = world(home).await;
        let wood = async || {
            let designs =
                view::list(&mut *home.read().await, &world.olena, DesignFilter::default(), &PageRequest::first(9))
                    .await
                    .unwrap()
                    .rows;
            designs[0].options.get("wood").cloned()
        };
        assert_eq!(wood().await, Some(Value::Text("ash".to_owned())));

        let walnut = Value::Text("walnut".to_owned());
        let replica = {
            let mut connection = home.read().await;
            let design = view::find(&mut connection, &world.olena, world.design).await.unwrap();
            view::document(&mut connection, &design).await.unwrap()
        };
        let update = replica.set_option("wood", Some(&walnut)).unwrap().unwrap();
        let edit = Edit { person: world.olena.person().unwrap(), update };
        let options = replica.options().unwrap();
        room::append(&home.store, world.design, &AcceptedEdits { options: Some(options), ..accepted(edit) })
            .await
            .unwrap();
        assert_eq!(wood().await, Some(walnut.clone()));
        let update = replica.set_brief("Для їдальні на шістьох").unwrap().unwrap();
        let edit = Edit { person: world.olena.person().unwrap(), update };
        room::append(&home.store, world.design, &accepted(edit)).await.unwrap();
        assert_eq!(wood().await, Some(walnut.clone()));

        // As in a database from before migration 0007.
        let mut change = home.change(&Actor::System).await;
        sqlx::query("UPDATE design SET options = ''").execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
        store::open(&home.url, Clock::System).await.unwrap().close().await;
        assert_eq!(wood().await, Some(walnut));
    })
    .await;
}

#[tokio::test]
async fn concurrent_approvals_create_one_order() {
    on_both(async |home| {
        let world = world(home).await;
        let ivan = home.colleague(&world.olena, "Ivan").await;
        let (_, proposal, hash) = proposed(home, &world).await;
        let approve = async |actor: &Actor| {
            let mut change = home.change(actor).await;
            let order = answer::approve(&mut change, proposal, Some(hash), None).await?;
            change.commit().await.map(|()| order)
        };
        let (one, other) = tokio::join!(approve(&world.olena), approve(&ivan));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let lost = if one.is_ok() { other } else { one };
        assert!(matches!(lost, Err(Error::Conflict(Conflict::ProposalChanged { now: None }))), "{lost:?}");
        assert_eq!(orders(home, &world.olena).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn expired_proposal_cannot_be_approved_and_can_be_declined_once() {
    on_both(async |home| {
        let world = world(home).await;
        let (_, proposal, hash) = proposed(home, &world).await;
        home.pass(Span::days(16));
        let late = commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), None));
        assert!(matches!(late, Err(Error::Conflict(Conflict::ProposalLapsed))));

        let empty = commit!(home, &world.olena, |change| answer::decline(change, proposal, "  "));
        assert!(matches!(empty, Err(Error::Invalid(errors)) if errors[0].problem == FieldProblem::Required));
        commit!(home, &world.olena, |change| answer::decline(change, proposal, "Задорого")).unwrap();
        let again = commit!(home, &world.olena, |change| answer::decline(change, proposal, "Задорого"));
        assert!(matches!(again, Err(Error::Conflict(Conflict::ProposalChanged { .. }))));
        let found = proposal::find(&mut *home.read().await, &world.staff, proposal).await.unwrap();
        assert_eq!((found.state, found.decline_reason.as_str()), (ProposalState::Declined, "Задорого"));
        let told = home.mails_to("taras@example.com").await;
        assert!(told.iter().any(|(kind, _)| *kind == "declined-staff"));
    })
    .await;
}

#[tokio::test]
async fn invalid_terms_are_rejected() {
    on_both(async |home| {
        let world = world(home).await;
        let version = commit!(home, &world.olena, |change| versions::create(change, world.design, "")).unwrap();
        for price in ["", "-1", "free", "1e9", "1,234", "99999999999"] {
            let terms = Terms { price: price.to_owned(), ..terms(home) };
            let refused = commit!(home, &world.staff, |change| proposal::propose(change, version, &terms, None));
            assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == "price"), "{price}");
        }
        let past = Terms { valid_until: home.today().plus_days(-1).to_string(), ..terms(home) };
        let refused = commit!(home, &world.staff, |change| proposal::propose(change, version, &past, None));
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].problem == FieldProblem::DatePast));
        let customers = commit!(home, &world.olena, |change| proposal::propose(change, version, &terms(home), None));
        assert!(matches!(customers, Err(Error::Refused(Refusal::Missing))));
    })
    .await;
}

#[tokio::test]
async fn records_of_other_customers_are_missing() {
    on_both(async |home| {
        let world = world(home).await;
        let (version, proposal, hash) = proposed(home, &world).await;
        let petro = home.customer("Petro").await;
        let missing =
            |error: Option<Error>| assert!(matches!(error, Some(Error::Refused(Refusal::Missing))), "{error:?}");
        let mut connection = home.read().await;
        missing(view::find(&mut connection, &petro, world.design).await.err());
        missing(versions::find(&mut connection, &petro, version).await.err());
        missing(proposal::find(&mut connection, &petro, proposal).await.err());
        let designs =
            view::list(&mut connection, &petro, DesignFilter::default(), &PageRequest::first(50)).await.unwrap();
        assert!(designs.rows.is_empty());
        drop(connection);
        missing(commit!(home, &petro, |change| versions::create(change, world.design, "")).err());
        missing(commit!(home, &petro, |change| answer::approve(change, proposal, Some(hash), None)).err());
        missing(commit!(home, &petro, |change| desk::add_note(change, world.design, "x")).err());
        missing(commit!(home, &world.olena, |change| desk::add_note(change, world.design, "x")).err());
        let order = commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), None)).unwrap();
        missing(order::view::find(&mut *home.read().await, &petro, order).await.err());
        missing(commit!(home, &petro, |change| order::accept::accept(change, order)).err());
        missing(commit!(home, &petro, |change| order::destination::set(change, order, "Київ")).err());
    })
    .await;
}

#[tokio::test]
async fn notes_and_cost_are_visible_to_staff_only() {
    on_both(async |home| {
        let world = world(home).await;
        proposed(home, &world).await;
        commit!(home, &world.staff, |change| desk::add_note(change, world.design, "Маржа мала")).unwrap();
        let mut connection = home.read().await;
        let design = view::find(&mut connection, &world.staff, world.design).await.unwrap();
        let notes = desk::notes(&mut connection, &key(), &design).await.unwrap();
        assert_eq!((notes.len(), notes[0].text.as_str()), (1, "Маржа мала"));
        let costs = desk::version_costs(&mut connection, &key(), &design).await.unwrap();
        assert!(costs[&1].minor > 0);
        let own = world.olena.buyer().unwrap();
        let seen =
            timeline::page(&mut connection, own, customer_of(&world.olena), &PageRequest::first(30)).await.unwrap();
        let kinds: Vec<_> = seen.rows.iter().map(support::kind_of).collect();
        assert!(kinds.contains(&"proposed"));
        assert!(!kinds.contains(&"design-note"));
    })
    .await;
}

fn quote_of(mail: &store::outbox::desk::OutboxMail) -> Option<String> {
    mail.content.quote().map(str::to_owned)
}

#[tokio::test]
async fn comments_are_mailed_to_absent_people() {
    on_both(async |home| {
        let world = world(home).await;
        let petro = home.colleague(&world.olena, "Petro").await;
        let quotes = async |address: &str| {
            let mails = home.mails().await.into_iter().filter(|mail| mail.address == address);
            let mails = mails.filter(|mail| mail.content.kind().name() == "design-comment");
            mails.map(|mail| (mail.content.link().path(), quote_of(&mail).unwrap())).collect::<Vec<_>>()
        };
        let (portal, desk) = (format!("/designs/{}", world.design), format!("/desk/designs/{}", world.design));

        say(home, &world, &world.olena, "Чи можна дуб?", &[&world.olena, &world.staff]).await;
        assert_eq!(quotes("taras@example.com").await, [], "is there");
        assert_eq!(quotes("petro@example.com").await, [(portal.clone(), "Olena: Чи можна дуб?".to_owned())]);
        let all = home.mails().await;
        assert!(all.iter().any(|mail| mail.address == "iryna@example.com"), "nobody of staff takes part: all are told");

        // Comments within three minutes are one mail to everyone who takes part, earlier authors included.
        home.pass(Span::minutes(2));
        say(home, &world, &world.staff, "Так", &[]).await;
        say(home, &world, &world.olena, "Дякую", &[&world.olena]).await;
        let said = "Olena: Чи можна дуб?\n\nTaras: Так\n\nOlena: Дякую";
        assert_eq!(quotes("petro@example.com").await, [(portal.clone(), said.to_owned())]);
        assert_eq!(quotes("olena@example.com").await, [(portal.clone(), "Taras: Так".to_owned())]);
        assert_eq!(quotes("taras@example.com").await, [(desk.clone(), "Olena: Дякую".to_owned())]);
        let others = home.mails().await.into_iter().filter(|mail| mail.address == "iryna@example.com").count();
        assert_eq!(others, all.iter().filter(|mail| mail.address == "iryna@example.com").count(), "takes no part");

        // The first mail is sent three minutes after its first comment; later comments go into the next one.
        assert!(
            delivery::lease_due(&home.store, 100)
                .await
                .unwrap()
                .iter()
                .all(|due| due.content.kind().name() != "design-comment")
        );
        home.pass(Span(COMMENT_DELAY.0 - Span::minutes(2).0));
        let due = delivery::lease_due(&home.store, 100).await.unwrap();
        assert!(due.iter().any(|due| due.address == "petro@example.com" && due.content.quote() == Some(said)));
        say(home, &world, &petro, "Я теж за дуб", &[&petro, &world.staff]).await;
        assert_eq!(quotes("petro@example.com").await.len(), 1);
        assert_eq!(quotes("olena@example.com").await, [(portal, "Taras: Так\n\nPetro: Я теж за дуб".to_owned())]);

        // Many comments do not cause many mails.
        for _ in 0..12 {
            say(home, &world, &petro, &"дуже ".repeat(300), &[&petro, &world.staff]).await;
        }
        assert_eq!(quotes("olena@example.com").await.len(), 1);
    })
    .await;
}

/// Comments are not added to a mail that a worker has leased.
#[tokio::test]
async fn comments_after_a_mail_was_leased_go_into_the_next_mail() {
    on_both(async |home| {
        let world = world(home).await;
        say(home, &world, &world.staff, "Так", &[&world.staff]).await;
        home.pass(COMMENT_DELAY);
        let due = delivery::lease_due(&home.store, 100).await.unwrap();
        let due = due.into_iter().find(|due| due.address == "olena@example.com").unwrap();
        say(home, &world, &world.staff, "І ще одне", &[&world.staff]).await;
        delivery::save_built(&home.store, &due, b"bytes").await.unwrap();
        delivery::mark_sent(&home.store, &due).await.unwrap();
        let mails = home.mails().await.into_iter().filter(|mail| mail.address == "olena@example.com");
        let quotes: Vec<_> = mails.filter_map(|mail| quote_of(&mail)).collect();
        assert_eq!(quotes, ["Taras: Так", "Taras: І ще одне"]);
    })
    .await;
}

/// Saving a version requests a proposal.
#[tokio::test]
async fn staff_are_notified_of_customer_versions_and_rooms_of_all_updates() {
    on_both(async |home| {
        let world = world(home).await;
        let mut live = home.store.commit_events();
        let (_, proposal, _) = proposed(home, &world).await;
        let told = home.mails_to("taras@example.com").await;
        assert_eq!(told, [("version-staff", format!("/desk/designs/{}", world.design))]);
        commit!(home, &world.olena, |change| answer::decline(change, proposal, "Задорого")).unwrap();
        for what in ["the version", "the proposal", "the answer"] {
            assert_eq!(live.try_recv().unwrap(), CommitEvent::DesignUpdated(world.design), "{what}");
        }
        commit!(home, &world.staff, |change| versions::create(change, world.design, "Наша")).unwrap();
        let told = home.mails_to("taras@example.com").await;
        assert_eq!(told.iter().filter(|(kind, _)| *kind == "version-staff").count(), 1, "what staff do they know");
    })
    .await;
}
