//! Every reader is shown the same days: the company's time zone decides which days are past. The reader's time zone
//! only affects how moments are displayed.

#![allow(clippy::unwrap_used)]

mod support;

use domain::{Day, Language::Uk, Span, Timestamp};
use locales::{named_day, t};
use support::{Role, World, day, on_both, page_text};

const ZONES: [&str; 4] = ["Europe/Kyiv", "America/New_York", "Pacific/Kiritimati", "UTC"];

/// Returns the moment on this day at this hour and minute in UTC.
fn utc(day: Day, hour: i64, minute: i64) -> Timestamp {
    let days = Day::new(1970, 1, 1).unwrap().days_until(day);
    Timestamp(0).plus(Span::days(days)).plus(Span::hours(hour)).plus(Span::minutes(minute))
}

async fn page(world: &World, role: Role, address: &str) -> String {
    let response = world.get(role, address).send().await;
    assert_eq!(response.status, 200, "{address}");
    page_text(&response)
}

fn plain(text: String) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reader_is_shown_the_companys_day() {
    on_both(async |template| {
        let world = template.open().await;
        let last: Day = day(9).parse().unwrap();
        for column in ["proposal SET valid_until", "orders SET due_on", "order_step SET planned_on"] {
            world.execute(&format!("UPDATE {column} = '{last}'")).await;
        }
        // A step that is done shows when it was done.
        world.execute("UPDATE order_step SET started_at = NULL, done_at = NULL").await;
        // An order that was delivered is never late.
        world.execute("UPDATE orders SET state = 'production'").await;
        let text = |key: &str| plain(t!(Uk, key, day = named_day(Uk, last)));
        let design = format!("/designs/{}", world.own("design"));
        let proposal = format!("{design}/proposals/{}", world.own("proposal"));
        let order = format!("/orders/{}", world.own("order"));
        let propose = format!("/desk{design}/propose?version={}", world.own("version"));
        for zone in ZONES {
            world.execute(&format!("UPDATE person SET time_zone = '{zone}'")).await;
            // 23:30 in Kyiv on the last day, and 00:30 on the next.
            for (hour, is_past) in [(20, false), (21, true)] {
                world.set_clock(utc(last, hour, 30));
                let board = page(&world, Role::Staff, "/desk/orders").await;
                let shown = (board.contains(&text("board-late")), board.contains(&text("board-due")));
                assert_eq!(shown, (is_past, !is_past), "board in {zone}");
                let order = page(&world, Role::Member, &order).await;
                let shown = (order.contains(&text("step-overdue")), order.contains(&text("step-planned")));
                assert_eq!(shown, (is_past, !is_past), "order in {zone}");
                let proposal = page(&world, Role::Member, &proposal).await;
                assert_eq!(proposal.contains(&t!(Uk, "proposal-lapsed")), is_past, "proposal in {zone}");
                let design = page(&world, Role::Member, &design).await;
                assert_eq!(design.contains(&t!(Uk, "state-proposal-lapsed")), is_past, "design in {zone}");

                let today = last.plus_days(i32::from(is_past));
                let form = page(&world, Role::Staff, &propose).await;
                assert!(form.contains(&format!("value=\"{}\"", today.plus_days(14))), "default days in {zone}");
            }
        }
    })
    .await;
}
