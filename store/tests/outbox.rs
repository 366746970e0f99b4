//! The outbox: one worker leases a mail at a time, each mail is sent once, failed attempts are retried, and staff can
//! resend failed mail.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    Language, MailState, NotificationKind, OutboxId, SendFailure, Span, TicketState,
    mail::{Link, MailContent, MailKind},
    policy::{Actor, Refusal},
};
use std::collections::BTreeSet;
use store::{
    Error, PageRequest, Secret,
    account::reset,
    customer::{
        member,
        sign_up::{self, SignUp},
    },
    outbox::{
        delivery::{self, DueMail, Failure},
        desk::{self, OutboxFilter},
        retry::MAX_ATTEMPTS,
    },
    person::notification,
    staff,
    ticket::{
        open::{About, NewTicket, open},
        write,
    },
};
use support::{Home, customer_of, on_both};

/// Enqueues a mail to Olena.
async fn one_waits(home: &Home) {
    home.customer("Olena").await;
    reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
}

async fn lease(home: &Home) -> Vec<DueMail> {
    delivery::lease_due(&home.store, 100).await.unwrap()
}

async fn take_one(home: &Home) -> DueMail {
    let mut due = lease(home).await;
    assert_eq!(due.len(), 1);
    due.remove(0)
}

fn failure(obstacle: SendFailure, problem: &str) -> Failure {
    Failure { obstacle, problem: problem.to_owned(), is_permanent: obstacle == SendFailure::Refused }
}

async fn state(home: &Home, id: OutboxId) -> MailState {
    desk::find(&mut *home.read().await, &support::desk(), Some(&support::desk()), id).await.unwrap().state
}

#[tokio::test]
async fn leased_mail_is_hidden_from_other_workers_until_the_lease_ends() {
    on_both(async |home| {
        one_waits(home).await;
        let first = take_one(home).await;
        assert_eq!((first.attempts, &first.built), (1, &None));
        assert!(delivery::save_built(&home.store, &first, b"bytes").await.unwrap());
        assert!(!delivery::save_built(&home.store, &first, b"other bytes").await.unwrap(), "what is kept stays");
        assert!(lease(home).await.is_empty(), "leased");
        // The worker died.
        home.pass(delivery::LEASE);
        let again = take_one(home).await;
        assert_eq!((again.id, again.attempts), (first.id, 2));
        assert_eq!(again.built.as_deref(), Some(b"bytes".as_slice()), "the same bytes leave");
        delivery::mark_sent(&home.store, &again).await.unwrap();
        home.pass(Span::days(10));
        assert!(lease(home).await.is_empty(), "sent is sent");
        assert_eq!(delivery::next_due(&home.store).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn concurrent_workers_never_lease_the_same_mail() {
    on_both(async |home| {
        home.customer("Olena").await;
        for _ in 0..40 {
            reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        }
        let workers: Vec<_> = (0..8)
            .map(|_| {
                let store = home.store.clone();
                tokio::spawn(async move { delivery::lease_due(&store, 10).await.unwrap() })
            })
            .collect();
        let mut taken = Vec::new();
        for worker in workers {
            taken.extend(worker.await.unwrap().into_iter().map(|due| due.id));
        }
        taken.extend(lease(home).await.into_iter().map(|due| due.id));
        assert_eq!(taken.len(), 40);
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), 40);
    })
    .await;
}

#[tokio::test]
async fn failed_attempts_are_retried_with_backoff_up_to_a_limit() {
    on_both(async |home| {
        one_waits(home).await;
        let began = home.now();
        let mut pauses = Vec::new();
        let id = loop {
            let due = take_one(home).await;
            delivery::mark_failed(&home.store, &due, &failure(SendFailure::Deferred, "451 try again later"))
                .await
                .unwrap();
            let Some(next) = delivery::next_due(&home.store).await.unwrap() else { break due.id };
            pauses.push(next.0 - home.now().0);
            home.pass(Span(next.0 - home.now().0 - 1));
            assert!(lease(home).await.is_empty(), "not before its time");
            home.pass(Span(1));
        };
        assert_eq!(pauses.len() + 1, MAX_ATTEMPTS as usize);
        assert!(pauses.is_sorted(), "{pauses:?}");
        let lasted = home.now().0 - began.0;
        assert!((Span::hours(24).0..Span::days(3).0).contains(&lasted), "{lasted} ms");
        let entry = desk::find(&mut *home.read().await, &support::desk(), Some(&support::desk()), id).await.unwrap();
        assert_eq!((entry.state, entry.problem.as_str()), (MailState::Failed, "451 try again later"));
        assert_eq!(entry.obstacle, Some(SendFailure::Deferred));
        assert_eq!(desk::counts(&mut *home.read().await, &support::desk()).await.unwrap(), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn staff_can_resend_failed_mail_only() {
    on_both(async |home| {
        let administrator = home.company().await;
        let taras = home.staff("Taras").await;
        one_waits(home).await;
        let due = take_one(home).await;
        let send_again = async |actor: &Actor| {
            let mut change = home.change(actor).await;
            desk::resend(&mut change, due.id).await?;
            change.commit().await
        };
        assert!(send_again(&taras).await.is_err(), "it waits");
        delivery::mark_failed(&home.store, &due, &failure(SendFailure::Refused, "550 no such user")).await.unwrap();
        assert_eq!(state(home, due.id).await, MailState::Failed);
        assert!(send_again(&home.customer("Petro").await).await.is_err(), "a customer");
        assert!(send_again(&Actor::Visitor).await.is_err(), "a visitor");
        send_again(&taras).await.unwrap();
        let again = take_one(home).await;
        assert_eq!((again.id, again.attempts), (due.id, 1));
        delivery::mark_sent(&home.store, &again).await.unwrap();
        assert!(send_again(&administrator).await.is_err(), "it left");
    })
    .await;
}

#[tokio::test]
async fn resending_all_affects_failed_mail_only() {
    on_both(async |home| {
        let administrator = home.company().await;
        let olena = home.customer("Olena").await;
        for _ in 0..4 {
            reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        }
        let due = lease(home).await;
        for failed in &due[..2] {
            delivery::mark_failed(&home.store, failed, &failure(SendFailure::Refused, "550 no")).await.unwrap();
        }
        delivery::mark_sent(&home.store, &due[2]).await.unwrap();
        let mut change = home.change(&olena).await;
        assert!(desk::resend_all_failed(&mut change).await.is_err(), "a customer");
        drop(change);
        let mut change = home.change(&administrator).await;
        assert_eq!(desk::resend_all_failed(&mut change).await.unwrap(), 2);
        change.commit().await.unwrap();
        let again: Vec<_> = lease(home).await.into_iter().map(|due| (due.id, due.attempts)).collect();
        assert_eq!(again, [(due[0].id, 1), (due[1].id, 1)], "the fourth is leased, the third has left");
    })
    .await;
}

/// Answers Olena's ticket, builds the mail as the worker does, and returns its unsubscribe secret.
async fn answered(home: &Home, olena: &Actor, taras: &Actor) -> Secret {
    let mut change = home.change(olena).await;
    let about = About::Nothing(customer_of(olena));
    let new = NewTicket { about, subject: "The drawer".to_owned(), text: "It sticks.".to_owned(), files: vec![] };
    let ticket = open(&mut change, new).await.unwrap();
    change.commit().await.unwrap();
    let mut change = home.change(taras).await;
    write::write_answer(&mut change, ticket, "Oil it.", vec![], TicketState::Waiting).await.unwrap();
    change.commit().await.unwrap();
    let to_her = |due: &DueMail| due.content.kind() == MailKind::TicketAnswer && due.address == "olena@example.com";
    let due = lease(home).await.into_iter().find(to_her).unwrap();
    delivery::save_built(&home.store, &due, b"bytes with the secret").await.unwrap();
    delivery::mark_sent(&home.store, &due).await.unwrap();
    due.unsubscribe.unwrap()
}

#[tokio::test]
async fn unsubscribe_secret_stops_one_kind_for_one_person() {
    on_both(async |home| {
        home.company().await;
        let taras = home.staff("Taras").await;
        let olena = home.organisation("Kobzar", "Olena").await;
        let petro = home.colleague(&olena, "Petro").await;
        let secret = answered(home, &olena, &taras).await;
        let stop = async |secret: &Secret| notification::unsubscribe(&home.store, secret).await;
        let told = async |person: &Actor| {
            let choices = notification::list(&mut *home.read().await, person.person().unwrap()).await.unwrap();
            choices.into_iter().filter(|(_, by_mail)| *by_mail).map(|(kind, _)| kind).collect::<Vec<_>>()
        };
        let changes = async || {
            let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM interaction WHERE kind = 'notices-changed'";
            let (changes,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *home.read().await).await.unwrap();
            changes
        };
        let other = Secret::parse(&secret.reveal().chars().rev().collect::<String>()).unwrap();
        assert!(matches!(stop(&other).await, Err(Error::Refused(Refusal::Missing))));
        assert_eq!((told(&olena).await.len(), changes().await), (3, 0));
        for _ in 0..2 {
            assert_eq!(stop(&secret).await.unwrap(), NotificationKind::Tickets);
        }
        assert_eq!(told(&olena).await, [NotificationKind::Designs, NotificationKind::Orders]);
        assert_eq!((told(&petro).await.len(), told(&taras).await.len()), (3, 3));
        assert_eq!(changes().await, 1, "done twice it is done once");
        let kept: Vec<(String, Option<String>, Option<Vec<u8>>)> =
            sqlx::query_as("SELECT data, unsubscribe, built FROM outbox")
                .fetch_all(&mut *home.read().await)
                .await
                .unwrap();
        assert!(kept.iter().all(|kept| !format!("{kept:?}").contains(secret.reveal())), "kept at rest: {kept:?}");

        let mut change = home.change(&olena).await;
        notification::set_choices(&mut change, NotificationKind::ALL).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(told(&olena).await.len(), 3, "turned on again by herself");
        let newer = answered(home, &olena, &taras).await;
        assert_ne!(newer, secret, "each mail has its own");
        assert_eq!(stop(&secret).await.unwrap(), NotificationKind::Tickets, "and an older one still works");
        assert_eq!((told(&olena).await.len(), changes().await), (2, 3));
    })
    .await;
}

#[tokio::test]
async fn account_links_are_deleted_when_the_mail_is_sent() {
    on_both(async |home| {
        let form =
            SignUp { name: "Mallory".to_owned(), email: "mallory@example.com".to_owned(), organisation: String::new() };
        sign_up::sign_up(&home.store, form, Language::En).await.unwrap();
        let due = take_one(home).await;
        assert_eq!(due.name, None, "a name that nobody proved is not sent to the address");
        assert!(due.content.link().path().len() > 64);
        delivery::save_built(&home.store, &due, b"bytes with the link").await.unwrap();
        delivery::mark_sent(&home.store, &due).await.unwrap();
        let (data, built): (String, Option<Vec<u8>>) =
            sqlx::query_as("SELECT data, built FROM outbox").fetch_one(&mut *home.read().await).await.unwrap();
        let path = due.content.link().path();
        let secret = path.rsplit('/').next().unwrap();
        assert!(!data.contains(secret), "{data}");
        assert_eq!(built, None);
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_only_administrators_see_account_links() {
    on_both(async |home| {
        home.company().await;
        let taras = home.staff("Taras").await;
        one_waits(home).await;
        let id = home.mails().await[0].id;
        let waiting = desk::find(&mut *home.read().await, &support::desk(), Some(&support::desk()), id).await.unwrap();
        assert_eq!(waiting.content.link(), &Link::Deleted, "a mail server may still bring it");
        assert_eq!(delivery::mark_due_as_kept(&home.store).await.unwrap(), 1);
        assert_eq!(delivery::mark_due_as_kept(&home.store).await.unwrap(), 0);
        assert_eq!(state(home, id).await, MailState::Sent);
        let for_administrators =
            desk::find(&mut *home.read().await, &support::desk(), Some(&support::desk()), id).await.unwrap();
        assert!(for_administrators.content.link().path().starts_with("/reset/"));
        let for_staff = {
            let (permit, links) = (taras.permit().unwrap(), taras.permit().ok());
            let (all, first) = (OutboxFilter::default(), PageRequest::first(10));
            desk::list(&mut *home.read().await, &permit, links.as_ref(), all, &first).await.unwrap().rows
        };
        assert_eq!(for_staff[0].content.link(), &Link::Deleted);
    })
    .await;
}

#[tokio::test]
async fn unreadable_mail_does_not_block_other_mail() {
    on_both(async |home| {
        one_waits(home).await;
        reset::request(&home.store, "olena@example.com", Language::En).await.unwrap();
        let damage = "UPDATE outbox SET kind = 'of-a-later-version' WHERE id = (SELECT min(id) FROM outbox)";
        let mut change = home.change(&Actor::System).await;
        sqlx::query(damage).execute(change.connection()).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(lease(home).await.len(), 1);
        let failed = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE state = 'failed' AND problem <> ''";
        let (failed,): (i64,) = sqlx::query_as(failed).fetch_one(&mut *home.read().await).await.unwrap();
        assert_eq!(failed, 1);
    })
    .await;
}

#[tokio::test]
async fn unsubscribed_people_get_no_mail_and_threads_are_linked() {
    on_both(async |home| {
        home.company().await;
        let taras = home.staff("Taras").await;
        let olena = home.organisation("Kobzar", "Olena").await;
        let petro = home.colleague(&olena, "Petro").await;
        let mut change = home.change(&petro).await;
        notification::set_choices(&mut change, &[NotificationKind::Orders]).await.unwrap();
        change.commit().await.unwrap();

        let mut change = home.change(&olena).await;
        let about = About::Nothing(customer_of(&olena));
        let new = NewTicket { about, subject: "The drawer".to_owned(), text: "It sticks.".to_owned(), files: vec![] };
        let ticket = open(&mut change, new).await.unwrap();
        change.commit().await.unwrap();
        for text in ["First answer", "Second answer"] {
            home.pass(Span::minutes(1));
            let mut change = home.change(&taras).await;
            write::write_answer(&mut change, ticket, text, vec![], TicketState::Waiting).await.unwrap();
            change.commit().await.unwrap();
        }
        assert_eq!(home.mails_to("petro@example.com").await, [], "he wants to hear of orders only");
        let mails: Vec<_> = home.mails().await.into_iter().filter(|mail| mail.address == "olena@example.com").collect();
        let kinds: Vec<_> = mails.iter().map(|mail| mail.content.kind().name()).collect();
        assert_eq!(kinds, ["ticket-received", "ticket-answer", "ticket-answer"]);
        assert_eq!(mails[1].content.quote(), Some("First answer"), "the mail carries the answer itself");
        let answers: Vec<_> = mails.iter().map(|mail| mail.answers).collect();
        assert_eq!(answers, [None, Some(mails[0].id), Some(mails[1].id)]);
    })
    .await;
}

#[tokio::test]
async fn uncommitted_mail_is_not_sent() {
    on_both(async |home| {
        home.company().await;
        let olena = home.customer("Olena").await;
        let mut change = home.change(&olena).await;
        let about = About::Nothing(customer_of(&olena));
        let new = NewTicket { about, subject: "The drawer".to_owned(), text: "It sticks.".to_owned(), files: vec![] };
        open(&mut change, new).await.unwrap();
        drop(change);
        assert!(home.mails().await.is_empty());
    })
    .await;
}

/// One change enqueues more mails than fit into one statement, two to each person.
#[tokio::test]
async fn each_mail_of_a_thread_references_the_previous_one() {
    on_both(async |home| {
        let staff = home.company().await;
        let olena = home.organisation("Sad", "Olena").await;
        for nr in 0..20 {
            home.colleague(&olena, &format!("Member{nr}")).await;
        }
        let about = About::Nothing(customer_of(&olena));
        let new = NewTicket { about, subject: "Oil".into(), text: "Which?".into(), files: vec![] };
        let mut change = home.change(&olena).await;
        let ticket = open(&mut change, new).await.unwrap();
        change.commit().await.unwrap();
        home.pass(Span::minutes(1));
        let mut change = home.change(&staff).await;
        for text in ["Linseed", "Once a year"] {
            write::write_answer(&mut change, ticket, text, vec![], TicketState::Waiting).await.unwrap();
        }
        change.commit().await.unwrap();

        let mails = home.mails().await;
        let answers: Vec<_> = mails.iter().filter(|mail| mail.content.kind() == MailKind::TicketAnswer).collect();
        assert_eq!(answers.len(), 42);
        let who = |mail: &desk::OutboxMail| match &mail.content {
            MailContent::TicketAnswer { who, .. } => who.clone(),
            other => panic!("{other:?}"),
        };
        for (first, second) in answers[..21].iter().zip(&answers[21..]) {
            assert_eq!(first.address, second.address);
            assert_eq!(first.content.quote(), Some("Linseed"));
            assert_eq!(who(first), who(second));
            assert_eq!(second.content.quote(), Some("Once a year"));
            assert_eq!(second.answers, Some(first.id));
        }
    })
    .await;
}

#[tokio::test]
async fn unsent_mail_to_removed_people_is_deleted() {
    on_both(async |home| {
        let iryna = home.company().await;
        let (taras, olha) = (home.staff("Taras").await, home.staff("Olha").await);
        let olena = home.organisation("Greens", "Olena").await;
        let marko = home.colleague(&olena, "Marko").await;
        let ask = async |text: &str| {
            let about = About::Nothing(customer_of(&olena));
            let new = NewTicket { about, subject: text.to_owned(), text: text.to_owned(), files: vec![] };
            commit!(home, &olena, |change| open(change, new)).unwrap()
        };
        let ticket = ask("It sticks.").await;
        commit!(home, &taras, |change| write::write_answer(change, ticket, "Oil it.", vec![], TicketState::Waiting))
            .unwrap();
        let told = async |who: &str| home.mails_to(&format!("{who}@example.com")).await.len();
        assert_eq!((told("olena").await, told("marko").await, told("olha").await), (2, 1, 1));
        let due = lease(home).await.into_iter().find(|due| due.address == "marko@example.com").unwrap();
        delivery::mark_failed(&home.store, &due, &failure(SendFailure::Refused, "no such mailbox")).await.unwrap();
        let marko = marko.person().unwrap();
        commit!(home, &olena, |change| member::remove(change, customer_of(&olena), marko)).unwrap();
        assert_eq!((told("olena").await, told("marko").await, told("olha").await), (2, 0, 1));
        let olha = olha.person().unwrap();
        commit!(home, &iryna, |change| staff::remove(change, olha)).unwrap();
        assert_eq!((told("olena").await, told("marko").await, told("olha").await), (2, 0, 0));
    })
    .await;
}
