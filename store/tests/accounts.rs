//! Signing up, proving the address, signing in, forgotten passwords.

#![allow(clippy::unwrap_used)]

mod support;

use domain::{Language, Span, input::FieldProblem, policy::Actor};
use store::{
    Conflict, Error, Secret,
    account::{
        reset, session,
        sign_in::{self, Outcome},
        sign_up::{self, SignUp},
    },
};
use support::{Home, on_both};

const OLENA: &str = "olena@example.com";
const PASSWORD: &str = "a long enough one";

fn form() -> SignUp {
    SignUp {
        name: "Olena".to_owned(),
        email: " Olena@Example.com ".to_owned(),
        password: PASSWORD.to_owned(),
        organisation: String::new(),
    }
}

async fn sign_up(home: &Home) {
    sign_up::sign_up(&home.store, form(), Language::En).await.unwrap();
}

/// The secret of the newest mail of this kind to Olena.
async fn mailed(home: &Home, kind: &str) -> Secret {
    let mails = home.mails_to(OLENA).await;
    let (_, path) = mails.iter().rev().find(|(found, _)| *found == kind).expect("a mail of this kind");
    Secret::read(path.rsplit('/').next().unwrap()).unwrap()
}

async fn confirm(home: &Home, secret: &Secret) -> store::Result<Secret> {
    let mut change = home.change(&Actor::System).await;
    let session = sign_up::confirm(&mut change, secret, "Firefox").await?;
    change.commit().await?;
    Ok(session)
}

async fn sign_in(home: &Home, password: &str) -> Outcome {
    sign_in::sign_in(&home.store, OLENA, password.to_owned(), None, "Firefox").await.unwrap()
}

async fn is_open(home: &Home, session: &Secret) -> bool {
    session::find(&mut *home.read().await, session, home.now()).await.unwrap().is_some()
}

fn is_dead_link<T>(result: store::Result<T>) -> bool {
    matches!(result, Err(Error::Conflict(Conflict::DeadLink)))
}

#[tokio::test]
async fn a_mailed_link_proves_the_address_once() {
    on_both(async |home| {
        sign_up(home).await;
        let secret = mailed(home, "confirm-address").await;
        sign_up::look(&mut *home.read().await, &secret, home.now()).await.unwrap();
        let session = confirm(home, &secret).await.unwrap();
        let signed_in = session::find(&mut *home.read().await, &session, home.now()).await.unwrap().unwrap();
        assert_eq!(signed_in.person.name, "Olena");
        assert_eq!(signed_in.actor.buyer().unwrap().memberships().len(), 1);
        assert!(is_dead_link(confirm(home, &secret).await), "a second time");
        assert!(is_dead_link(sign_up::look(&mut *home.read().await, &secret, home.now()).await));
    })
    .await;
}

#[tokio::test]
async fn links_expire() {
    on_both(async |home| {
        sign_up(home).await;
        let secret = mailed(home, "confirm-address").await;
        home.pass(Span::days(2));
        assert!(is_dead_link(confirm(home, &secret).await), "after two days");
        reset::ask(&home.store, OLENA).await.unwrap();
        let secret = mailed(home, "reset-password").await;
        home.pass(Span::hours(1));
        assert!(is_dead_link(reset::finish(&home.store, &secret, "another long one", "").await), "after an hour");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_good_for_its_own_purpose_only() {
    on_both(async |home| {
        sign_up(home).await;
        let confirmation = mailed(home, "confirm-address").await;
        assert!(is_dead_link(reset::finish(&home.store, &confirmation, "another long one", "").await));
        reset::ask(&home.store, OLENA).await.unwrap();
        assert!(is_dead_link(confirm(home, &mailed(home, "reset-password").await).await));
    })
    .await;
}

#[tokio::test]
async fn a_known_address_is_told_by_mail_only() {
    on_both(async |home| {
        sign_up(home).await;
        confirm(home, &mailed(home, "confirm-address").await).await.unwrap();
        home.pass(Span::seconds(1));
        let again = SignUp { name: "Mallory".to_owned(), password: "mallory's own one".to_owned(), ..form() };
        sign_up::sign_up(&home.store, again, Language::En).await.unwrap();
        let kinds: Vec<_> = home.mails_to(OLENA).await.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["confirm-address", "already-registered"]);
        assert!(matches!(sign_in(home, "mallory's own one").await, Outcome::Wrong));
        assert!(matches!(sign_in(home, PASSWORD).await, Outcome::In(_)));
        // An address that nobody has gets no mail, and no other answer.
        reset::ask(&home.store, "nobody@example.com").await.unwrap();
        assert_eq!(home.mails_to("nobody@example.com").await, []);
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_in_unproved_or_with_another_password() {
    on_both(async |home| {
        assert!(matches!(sign_in(home, PASSWORD).await, Outcome::Wrong), "no account");
        sign_up(home).await;
        assert!(matches!(sign_in(home, "something else").await, Outcome::Wrong));
        assert!(matches!(sign_in(home, PASSWORD).await, Outcome::ConfirmFirst));
        // The first link still works beside the one that was just sent again.
        assert_eq!(home.mails_to(OLENA).await.len(), 2);
        confirm(home, &mailed(home, "confirm-address").await).await.unwrap();
        assert!(matches!(sign_in(home, PASSWORD).await, Outcome::In(_)));
        assert!(matches!(sign_in(home, &"x".repeat(1_000_000)).await, Outcome::Wrong), "over-long");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_every_link() {
    on_both(async |home| {
        sign_up(home).await;
        let session = confirm(home, &mailed(home, "confirm-address").await).await.unwrap();
        reset::ask(&home.store, OLENA).await.unwrap();
        let first = mailed(home, "reset-password").await;
        home.pass(Span::seconds(1));
        reset::ask(&home.store, OLENA).await.unwrap();
        let second = mailed(home, "reset-password").await;
        assert!(first != second);
        let here = reset::finish(&home.store, &second, "another long one", "").await.unwrap();
        assert!(is_open(home, &here).await);
        assert!(!is_open(home, &session).await, "the session of before");
        assert!(is_dead_link(reset::finish(&home.store, &first, "a third long one", "").await), "the other link");
        assert!(matches!(sign_in(home, PASSWORD).await, Outcome::Wrong));
        assert!(matches!(sign_in(home, "another long one").await, Outcome::In(_)));
    })
    .await;
}

#[tokio::test]
async fn a_weak_new_password_leaves_the_link_unused() {
    on_both(async |home| {
        sign_up(home).await;
        reset::ask(&home.store, OLENA).await.unwrap();
        let secret = mailed(home, "reset-password").await;
        let Err(Error::Invalid(errors)) = reset::finish(&home.store, &secret, "short", "").await else {
            panic!("a short password was taken")
        };
        assert_eq!(errors[0].problem, FieldProblem::TooShort { min: 10 });
        reset::finish(&home.store, &secret, "another long one", "").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sessions_end_unused_and_after_all() {
    on_both(async |home| {
        sign_up(home).await;
        let session = confirm(home, &mailed(home, "confirm-address").await).await.unwrap();
        for _ in 0..4 {
            home.pass(Span::days(13));
            assert!(is_open(home, &session).await, "used within two weeks");
            let mut change = home.change(&Actor::System).await;
            session::note_use(&mut change, &session).await.unwrap();
            change.commit().await.unwrap();
        }
        home.pass(Span::days(9));
        assert!(!is_open(home, &session).await, "older than 60 days");
        let Outcome::In(session) = sign_in(home, PASSWORD).await else { panic!("not signed in") };
        home.pass(Span::days(14));
        assert!(!is_open(home, &session).await, "unused for two weeks");
    })
    .await;
}
