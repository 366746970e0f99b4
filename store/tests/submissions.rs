//! A form that is sent twice makes one record.

#![allow(clippy::unwrap_used)]

mod support;

use domain::{SubmissionId, policy::Actor};
use store::{Conflict, Error};
use support::{Home, on_both};
use uuid::Uuid;

/// Sends a form that leads to `location`; answers where its sender is led.
async fn send(home: &Home, actor: &Actor, form: SubmissionId, location: &str) -> String {
    let mut change = home.change(actor).await;
    match change.claim_submission(form).await {
        Ok(()) => {
            change.commit_with_redirect(location).await.unwrap();
            location.to_owned()
        }
        Err(Error::Conflict(Conflict::DuplicateSubmission { location })) => location,
        Err(error) => panic!("{error}"),
    }
}

fn form() -> SubmissionId {
    SubmissionId::from_uuid(Uuid::now_v7())
}

#[tokio::test]
async fn duplicate_submission_redirects_to_the_first_location() {
    on_both(async |home| {
        let olena = home.customer("Olena").await;
        let (first, second) = (form(), form());
        assert_eq!(send(home, &olena, first, "/tickets/1").await, "/tickets/1");
        assert_eq!(send(home, &olena, first, "/tickets/2").await, "/tickets/1");
        assert_eq!(send(home, &olena, second, "/tickets/3").await, "/tickets/3", "another form");
    })
    .await;
}

#[tokio::test]
async fn submission_of_another_person_reveals_no_location() {
    on_both(async |home| {
        let (olena, petro) = (home.customer("Olena").await, home.customer("Petro").await);
        let form = form();
        send(home, &olena, form, "/tickets/1").await;
        assert_eq!(send(home, &petro, form, "/tickets/2").await, "");
        assert_eq!(send(home, &Actor::Visitor, form, "/tickets/2").await, "");
    })
    .await;
}

#[tokio::test]
async fn failed_form_can_be_submitted_again() {
    on_both(async |home| {
        let olena = home.customer("Olena").await;
        let form = form();
        let mut change = home.change(&olena).await;
        change.claim_submission(form).await.unwrap();
        drop(change);
        assert_eq!(send(home, &olena, form, "/tickets/1").await, "/tickets/1");
    })
    .await;
}

#[tokio::test]
async fn one_of_many_concurrent_submissions_is_accepted() {
    on_both(async |home| {
        let olena = home.customer("Olena").await;
        let form = form();
        let sendings: Vec<_> = (0..10)
            .map(|_| {
                let (store, olena) = (home.store.clone(), olena.clone());
                tokio::spawn(async move {
                    let mut change = store.change(olena).await.unwrap();
                    let taken = change.claim_submission(form).await.is_ok();
                    change.commit().await.unwrap();
                    taken
                })
            })
            .collect();
        let mut taken = 0;
        for sending in sendings {
            taken += u32::from(sending.await.unwrap());
        }
        assert_eq!(taken, 1);
    })
    .await;
}
