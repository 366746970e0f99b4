//! Contact notes: what staff write down, and the next steps that follow.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    Span,
    input::FieldProblem,
    policy::Refusal,
    record::{ContactNote, Typed},
};
use store::{
    Error, PageRequest,
    contact_note::desk::{create, due_steps, finish_step, open_steps},
    timeline,
};
use support::{customer_of, on_both};

fn call(next_step: &str, next_on: &str) -> Typed {
    Typed::from(&ContactNote {
        summary: "Хоче ще один стіл".into(),
        channel: "call".into(),
        direction: "incoming".into(),
        people: "Олена".into(),
        next_step: next_step.into(),
        next_on: next_on.into(),
        assignee: String::new(),
    })
}

#[tokio::test]
async fn a_next_step_is_due_from_its_day_until_it_is_done() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let (customer, staff) = (customer_of(&olena), iryna.permit().unwrap());
        let today = home.today();
        let tomorrow = today.plus_days(1);
        let id =
            commit!(home, &iryna, |c| create(c, customer, &call("Надіслати ціну", &tomorrow.to_string()))).unwrap();

        let mut connection = home.read().await;
        assert!(due_steps(&mut connection, &staff, today, &PageRequest::first(8)).await.unwrap().rows.is_empty());
        let due = due_steps(&mut connection, &staff, tomorrow, &PageRequest::first(8)).await.unwrap().rows;
        assert_eq!((due.len(), due[0].text.as_str(), due[0].day), (1, "Надіслати ціну", tomorrow));
        assert_eq!(open_steps(&mut connection, &staff, customer).await.unwrap(), due);
        drop(connection);

        home.pass(Span::days(1));
        let other = customer_of(&home.organisation("Інші", "Inga").await);
        let foreign = commit!(home, &iryna, |c| finish_step(c, other, id));
        assert!(matches!(foreign, Err(Error::Refused(Refusal::Missing))));
        commit!(home, &iryna, |c| finish_step(c, customer, id)).unwrap();
        let twice = commit!(home, &iryna, |c| finish_step(c, customer, id));
        assert!(matches!(twice, Err(Error::Refused(Refusal::Missing))));
        assert!(
            due_steps(&mut *home.read().await, &staff, tomorrow, &PageRequest::first(8)).await.unwrap().rows.is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_next_step_needs_a_text_a_day_and_someone_of_the_staff() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        let mut foreign = call("Надіслати ціну", "2030-01-01");
        foreign.set("assignee", olena.person().unwrap().to_string());
        let mut nothing = call("", "");
        nothing.set("summary", " ");
        for (form, field, problem) in [
            (call("Надіслати ціну", ""), "next_on", FieldProblem::Required),
            (call("", "2030-01-01"), "next_step", FieldProblem::Required),
            (foreign, "assignee", FieldProblem::Choice),
            (nothing, "summary", FieldProblem::Required),
        ] {
            let refused = commit!(home, &iryna, |c| create(c, customer, &form));
            let Err(Error::Invalid(errors)) = refused else { panic!("{field} was accepted") };
            assert_eq!((errors[0].field, errors[0].problem), (field, problem));
        }
    })
    .await;
}

#[tokio::test]
async fn customers_neither_write_nor_see_contact_notes() {
    on_both(async |home| {
        let iryna = home.company().await;
        let olena = home.organisation("Ґречні люди", "Olena").await;
        let customer = customer_of(&olena);
        commit!(home, &iryna, |c| create(c, customer, &call("", ""))).unwrap();
        let refused = commit!(home, &olena, |c| create(c, customer, &call("", "")));
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing))));
        let mut connection = home.read().await;
        let desk = timeline::desk::page(&mut connection, &iryna.permit().unwrap(), customer, &PageRequest::first(30))
            .await
            .unwrap();
        let portal =
            timeline::page(&mut connection, olena.buyer().unwrap(), customer, &PageRequest::first(30)).await.unwrap();
        assert_eq!(desk.rows.len(), portal.rows.len() + 1);
    })
    .await;
}
