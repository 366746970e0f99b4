//! The company's day, not UTC's, decides what has lapsed, what is overdue and which days are past. The company of these
//! tests is in Kyiv, where clocks change on 28 March and 31 October 2027.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod support;

use domain::{
    ContentHash, Day, DesignId, ProposalId, Span, Timestamp,
    input::FieldProblem::{self, DateAhead, DatePast},
    record::{Profile, Typed},
};
use store::{
    Conflict, Error,
    design::{version, view},
    order,
    person::{date, profile},
    proposal::{self, Terms, answer},
};
use support::{
    Home, desk, on_both,
    ordering::{World, begun, ordered, terms, world},
};

/// Hour and minute by UTC.
type Time = (i64, i64);

/// A day, 23:30 on it and 00:30 after it in Kyiv, both by UTC on the same day.
const LAST_HOURS: [(&str, Time, Time); 6] = [
    ("2027-07-01", (20, 30), (21, 30)),
    ("2027-12-31", (21, 30), (22, 30)),
    // The day before the clocks go forward, and the day of 23 hours.
    ("2027-03-27", (21, 30), (22, 30)),
    ("2027-03-28", (20, 30), (21, 30)),
    // The day before the clocks go back, and the day of 25 hours.
    ("2027-10-30", (20, 30), (21, 30)),
    ("2027-10-31", (21, 30), (22, 30)),
];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The moment on this day at this hour and minute by UTC.
fn utc(day: Day, (hour, minute): (i64, i64)) -> Timestamp {
    let days = Day::new(1970, 1, 1).unwrap().days_until(day);
    Timestamp(0).plus(Span::days(days)).plus(Span::hours(hour)).plus(Span::minutes(minute))
}

async fn today(home: &Home) -> Day {
    let mut change = home.change(&domain::policy::Actor::System).await;
    change.today().await.unwrap()
}

async fn propose(
    home: &Home,
    world: &World,
    design: DesignId,
    terms: &Terms,
) -> store::Result<(ProposalId, ContentHash)> {
    let version = commit!(home, &world.olena, |change| version::create(change, design, "")).unwrap();
    let proposal = commit!(home, &world.staff, |change| proposal::propose(change, version, terms, None))?;
    Ok((proposal, version::find(&mut *home.read().await, &world.olena, version).await?.hash))
}

fn problem<T: std::fmt::Debug>(result: store::Result<T>) -> FieldProblem {
    match result {
        Err(Error::Invalid(errors)) => errors[0].problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn proposal_can_be_approved_until_midnight_of_the_company() {
    on_both(async |home| {
        let world = world(home).await;
        for (last, before_midnight, after_midnight) in LAST_HOURS {
            let last = day(last);
            home.set_time(utc(last.plus_days(-3), (9, 0)));
            let design = begun(home, &world.olena).await;
            let offer = Terms { valid_until: last.to_string(), ..terms(home) };
            let (proposal, hash) = propose(home, &world, design, &offer).await.unwrap();
            let lapsed = async || {
                let (mut connection, today) = (home.read().await, today(home).await);
                let found = proposal::find(&mut connection, &world.olena, proposal).await.unwrap();
                let design = view::find(&mut connection, &world.olena, design).await.unwrap();
                assert_eq!((found.valid_until, design.offered_until), (last, Some(last)));
                assert_eq!(found.has_lapsed(today), design.offer_has_lapsed(today));
                (today, found.has_lapsed(today))
            };

            home.set_time(utc(last, after_midnight));
            assert_eq!(lapsed().await, (last.plus_days(1), true));
            let late = commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), None));
            assert!(matches!(late, Err(Error::Conflict(Conflict::ProposalLapsed))), "{last}: {late:?}");

            home.set_time(utc(last, before_midnight));
            assert_eq!(lapsed().await, (last, false));
            commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), None)).unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn order_is_late_from_midnight_of_the_company() {
    on_both(async |home| {
        let world = world(home).await;
        for (last, before_midnight, after_midnight) in LAST_HOURS {
            let last = day(last);
            home.set_time(utc(last.plus_days(-3), (9, 0)));
            let design = begun(home, &world.olena).await;
            let offer = Terms { delivery_on: last.to_string(), ..terms(home) };
            let (proposal, hash) = propose(home, &world, design, &offer).await.unwrap();
            let id = commit!(home, &world.olena, |change| answer::approve(change, proposal, Some(hash), None)).unwrap();
            let is_late = async || {
                let cards = order::desk::board(&mut *home.read().await, &desk()).await.unwrap();
                let card = cards.into_iter().find(|card| card.id == id).unwrap();
                assert_eq!(card.due_on, last);
                card.is_late(today(home).await)
            };
            home.set_time(utc(last, before_midnight));
            assert!(!is_late().await, "{last}");
            home.set_time(utc(last, after_midnight));
            assert!(is_late().await, "{last}");
        }
    })
    .await;
}

#[tokio::test]
async fn days_before_the_companys_today_are_past() {
    on_both(async |home| {
        let world = world(home).await;
        let id = ordered(home, &world).await;
        let found = order::view::find(&mut *home.read().await, &world.staff, id).await.unwrap();
        let step = order::view::steps(&mut *home.read().await, &found).await.unwrap()[0].id;
        for (last, before_midnight, after_midnight) in LAST_HOURS {
            let (last, next) = (day(last), day(last).plus_days(1));
            let design = begun(home, &world.olena).await;
            let valid = async |day: Day| {
                propose(home, &world, design, &Terms { valid_until: day.to_string(), ..terms(home) }).await
            };
            let delivered = async |day: Day| {
                propose(home, &world, design, &Terms { delivery_on: day.to_string(), ..terms(home) }).await
            };
            let planned = async |day: Day| {
                let day = day.to_string();
                commit!(home, &world.staff, |change| order::fulfilment::plan_step(change, id, step, &day))
            };

            home.set_time(utc(last, before_midnight));
            valid(last).await.unwrap();
            delivered(last).await.unwrap();
            planned(last).await.unwrap();

            home.set_time(utc(last, after_midnight));
            assert_eq!(problem(valid(last).await), DatePast, "{last}");
            assert_eq!(problem(delivered(last).await), DatePast, "{last}");
            assert_eq!(problem(planned(last).await), DatePast, "{last}");
            valid(next).await.unwrap();
            delivered(next).await.unwrap();
            planned(next).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn birthday_is_not_after_the_companys_today() {
    on_both(async |home| {
        let olena = home.customer("Olena").await;
        let person = olena.person().unwrap();
        let (last, next) = (day("2027-07-01"), day("2027-07-02"));
        let born = async |day: &str| {
            let form = Profile {
                name: "Olena".into(),
                language: "en".into(),
                time_zone: "America/New_York".into(),
                birthday: day.to_owned(),
                ..Profile::default()
            };
            commit!(home, &olena, |change| profile::update(change, &Typed::from(&form)))
        };
        home.set_time(utc(last, (20, 30)));
        assert_eq!(problem(born("2027-07-02").await), DateAhead);
        home.set_time(utc(last, (21, 30)));
        born(" 2027-07-02 ").await.unwrap();
        let dates = async || date::list(&mut *home.read().await, person).await.unwrap();
        assert_eq!(dates().await.iter().map(|date| date.day).collect::<Vec<_>>(), [next]);
        born("").await.unwrap();
        assert_eq!(dates().await, []);
    })
    .await;
}

/// Half past midnight on a Monday in Kyiv is still Sunday by UTC.
#[tokio::test]
async fn steps_are_planned_in_working_days_from_the_companys_today() {
    on_both(async |home| {
        let world = world(home).await;
        let sunday = day("2027-10-24");
        home.set_time(utc(sunday, (21, 30)));
        let id = ordered(home, &world).await;
        let mut connection = home.read().await;
        let found = order::view::find(&mut connection, &world.staff, id).await.unwrap();
        let steps = order::view::steps(&mut connection, &found).await.unwrap();
        let design = view::find(&mut connection, &world.staff, world.design).await.unwrap();
        let mut expected = sunday.plus_days(1);
        for (step, planned) in steps.iter().zip(&design.model.steps) {
            expected = expected.plus_working_days(planned.days);
            assert_eq!(step.planned_on, expected);
            assert!(!step.planned_on.is_weekend());
        }
        assert!(steps.last().unwrap().planned_on > day("2027-10-31"), "across the change of the clocks");
    })
    .await;
}
