//! Sign-up, confirmation of the address, sign-in and password reset.

#![allow(clippy::unwrap_used)]

mod support;

use domain::{Language, Span, input::FieldProblem, policy::Actor};
use store::{
    CommitEvent, Conflict, Error, Secret,
    account::{reset, session, sign_in},
    customer::sign_up::{self, SignUp},
};
use support::{Home, on_both};

const OLENA: &str = "olena@example.com";
const PASSWORD: &str = "a long enough one";

fn form() -> SignUp {
    SignUp { name: "Olena".to_owned(), email: " Olena@Example.com ".to_owned(), organisation: String::new() }
}

async fn sign_up(home: &Home) {
    sign_up::sign_up(&home.store, form(), Language::En).await.unwrap();
}

/// Returns the secret of the newest mail of this kind to Olena.
async fn mailed(home: &Home, kind: &str) -> Secret {
    let mails = home.mails_to(OLENA).await;
    let (_, path) = mails.iter().rev().find(|(found, _)| *found == kind).expect("a mail of this kind");
    Secret::parse(path.rsplit('/').next().unwrap()).unwrap()
}

async fn confirm(home: &Home, secret: &Secret) -> store::Result<Secret> {
    sign_up::confirm(&home.store, secret, PASSWORD, "Firefox").await
}

/// Creates an account for Olena with `PASSWORD`.
async fn olena(home: &Home) -> Secret {
    sign_up(home).await;
    confirm(home, &mailed(home, "confirm-address").await).await.unwrap()
}

async fn ask_reset(home: &Home, address: &str) {
    reset::request(&home.store, address, Language::En).await.unwrap();
}

async fn sign_in(home: &Home, password: &str) -> Option<Secret> {
    sign_in::sign_in(&home.store, OLENA, password.to_owned(), None, "Firefox").await.unwrap()
}

async fn is_open(home: &Home, session: &Secret) -> bool {
    session::find(&mut *home.read().await, session, home.now()).await.unwrap().is_some()
}

fn is_dead_link<T>(result: store::Result<T>) -> bool {
    matches!(result, Err(Error::Conflict(Conflict::InvalidLink)))
}

#[tokio::test]
async fn sign_up_link_confirms_the_address_once() {
    on_both(async |home| {
        sign_up(home).await;
        let secret = mailed(home, "confirm-address").await;
        sign_up::find_email(&mut *home.read().await, &secret, home.now()).await.unwrap();
        let session = confirm(home, &secret).await.unwrap();
        let signed_in = session::find(&mut *home.read().await, &session, home.now()).await.unwrap().unwrap();
        assert_eq!(signed_in.person.name, "Olena");
        assert_eq!(signed_in.actor.buyer().unwrap().memberships().len(), 1);
        assert!(is_dead_link(confirm(home, &secret).await), "a second time");
        assert!(is_dead_link(sign_up::find_email(&mut *home.read().await, &secret, home.now()).await));
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
        sign_up(home).await;
        let kept: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM sign_up").fetch_one(&mut *home.read().await).await.unwrap();
        assert_eq!(kept, 1, "what was typed goes with its link");
        olena(home).await;
        ask_reset(home, OLENA).await;
        let secret = mailed(home, "reset-password").await;
        home.pass(Span::hours(1));
        assert!(is_dead_link(reset::set_password(&home.store, &secret, "another long one", "").await), "after an hour");
    })
    .await;
}

#[tokio::test]
async fn links_work_only_for_their_own_purpose() {
    on_both(async |home| {
        sign_up(home).await;
        let confirmation = mailed(home, "confirm-address").await;
        assert!(is_dead_link(reset::set_password(&home.store, &confirmation, "another long one", "").await));
        confirm(home, &confirmation).await.unwrap();
        ask_reset(home, OLENA).await;
        assert!(is_dead_link(confirm(home, &mailed(home, "reset-password").await).await));
    })
    .await;
}

#[tokio::test]
async fn sign_up_answer_does_not_reveal_known_addresses() {
    on_both(async |home| {
        olena(home).await;
        home.pass(Span::seconds(1));
        sign_up::sign_up(&home.store, SignUp { name: "Mallory".to_owned(), ..form() }, Language::En).await.unwrap();
        let kinds: Vec<_> = home.mails_to(OLENA).await.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["confirm-address", "already-registered"]);
        assert!(sign_in(home, PASSWORD).await.is_some());
        // An unknown address gets a mail too, and the response is the same.
        ask_reset(home, "nobody@example.com").await;
        assert_eq!(home.mails_to("nobody@example.com").await, [("no-account", "/sign-up".to_owned())]);
    })
    .await;
}

/// Signing up with somebody else's address creates no account until the owner of the address chooses a password.
#[tokio::test]
async fn holder_of_the_mailed_link_chooses_the_password() {
    on_both(async |home| {
        sign_up::sign_up(&home.store, SignUp { name: "Mallory".to_owned(), ..form() }, Language::En).await.unwrap();
        let mallorys = mailed(home, "confirm-address").await;
        home.pass(Span::seconds(1));
        olena(home).await;
        assert!(is_dead_link(confirm(home, &mallorys).await), "there is an account by now");
        assert!(sign_in(home, PASSWORD).await.is_some());
        assert_eq!(home.mails_to(OLENA).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn concurrent_confirmations_create_one_account() {
    on_both(async |home| {
        sign_up(home).await;
        let first = mailed(home, "confirm-address").await;
        home.pass(Span::seconds(1));
        sign_up(home).await;
        let second = mailed(home, "confirm-address").await;
        let (one, other) = tokio::join!(confirm(home, &first), confirm(home, &second));
        assert_eq!([&one, &other].iter().filter(|session| session.is_ok()).count(), 1, "{one:?} {other:?}");
        assert!(sign_in(home, PASSWORD).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn sign_in_needs_a_confirmed_address_and_the_right_password() {
    on_both(async |home| {
        assert!(sign_in(home, PASSWORD).await.is_none(), "no account");
        sign_up(home).await;
        assert!(sign_in(home, PASSWORD).await.is_none(), "not proved");
        let secret = mailed(home, "confirm-address").await;
        let Err(Error::Invalid(errors)) = sign_up::confirm(&home.store, &secret, "short", "").await else {
            panic!("a short password was taken")
        };
        assert_eq!((errors[0].field, errors[0].problem), ("password", FieldProblem::TooShort { min: 10 }));
        confirm(home, &secret).await.unwrap();
        assert!(sign_in(home, "something else").await.is_none());
        assert!(sign_in(home, PASSWORD).await.is_some());
        assert!(sign_in(home, &"x".repeat(1_000_000)).await.is_none(), "over-long");
        assert!(sign_in::sign_in(&home.store, "a\0@b", PASSWORD.to_owned(), None, "").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn password_reset_ends_all_sessions_and_links() {
    on_both(async |home| {
        let session = olena(home).await;
        ask_reset(home, OLENA).await;
        let first = mailed(home, "reset-password").await;
        home.pass(Span::seconds(1));
        ask_reset(home, OLENA).await;
        let second = mailed(home, "reset-password").await;
        assert!(first != second);
        let here = reset::set_password(&home.store, &second, "another long one", "").await.unwrap();
        assert!(is_open(home, &here).await);
        assert!(!is_open(home, &session).await, "the session of before");
        assert!(is_dead_link(reset::set_password(&home.store, &first, "a third long one", "").await), "the other link");
        assert!(sign_in(home, PASSWORD).await.is_none());
        assert!(sign_in(home, "another long one").await.is_some());
    })
    .await;
}

/// Changing the password ends the other sessions and the reset link, too.
#[tokio::test]
async fn password_change_ends_mailed_links() {
    on_both(async |home| {
        let session = olena(home).await;
        let actor = session::find(&mut *home.read().await, &session, home.now()).await.unwrap().unwrap().actor;
        ask_reset(home, OLENA).await;
        let link = mailed(home, "reset-password").await;
        let here =
            reset::change_password(&home.store, &actor, PASSWORD.to_owned(), "another long one", "").await.unwrap();
        assert!(is_open(home, &here).await && !is_open(home, &session).await);
        assert!(is_dead_link(reset::set_password(&home.store, &link, "a third long one", "").await));
    })
    .await;
}

/// No session that was opened with the old password survives a reset, even if sign-ins run concurrently.
#[tokio::test]
async fn sessions_of_the_old_password_end_with_it() {
    on_both(async |home| {
        olena(home).await;
        ask_reset(home, OLENA).await;
        let link = mailed(home, "reset-password").await;
        let tries = async {
            let mut sessions = Vec::new();
            for _ in 0..8 {
                sessions.extend(sign_in(home, PASSWORD).await);
            }
            sessions
        };
        let (one, other, new) = tokio::join!(tries, async { sign_in(home, PASSWORD).await }, async {
            reset::set_password(&home.store, &link, "another long one", "").await.unwrap()
        });
        for session in one.iter().chain(&other) {
            assert!(!is_open(home, session).await, "a session of the old password");
        }
        assert!(is_open(home, &new).await);
    })
    .await;
}

#[tokio::test]
async fn weak_password_does_not_use_the_reset_link() {
    on_both(async |home| {
        olena(home).await;
        ask_reset(home, OLENA).await;
        let secret = mailed(home, "reset-password").await;
        let Err(Error::Invalid(errors)) = reset::set_password(&home.store, &secret, "short", "").await else {
            panic!("a short password was taken")
        };
        assert_eq!(errors[0].problem, FieldProblem::TooShort { min: 10 });
        reset::set_password(&home.store, &secret, "another long one", "").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sessions_expire_when_idle_and_at_their_maximum_age() {
    on_both(async |home| {
        let session = olena(home).await;
        for _ in 0..4 {
            home.pass(Span::days(13));
            assert!(is_open(home, &session).await, "used within two weeks");
            session::record_use(&home.store, &session).await.unwrap();
        }
        home.pass(Span::days(9));
        assert!(!is_open(home, &session).await, "older than 60 days");
        let session = sign_in(home, PASSWORD).await.unwrap();
        home.pass(Span::days(14));
        assert!(!is_open(home, &session).await, "unused for two weeks");
    })
    .await;
}

/// The end of a session is broadcast, so that its connections to rooms are closed.
#[tokio::test]
async fn ending_a_session_is_broadcast() {
    on_both(async |home| {
        let session = olena(home).await;
        let signed_in = session::find(&mut *home.read().await, &session, home.now()).await.unwrap().unwrap();
        let person = signed_in.person.id;
        let mut live = home.store.commit_events();
        let mut change = home.change(&Actor::System).await;
        session::end(&mut change, &session).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(live.try_recv().unwrap(), CommitEvent::SessionEnded(person));
        let mut change = home.change(&signed_in.actor).await;
        session::end(&mut change, &session).await.unwrap();
        session::end_own(&mut change).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(live.try_recv().unwrap(), CommitEvent::SessionEnded(person));
        assert!(live.try_recv().is_err(), "a session that has ended ends no more");
    })
    .await;
}
