//! Helpers of the tests of invalid and stale requests.

use super::{Role, START, TestResponse, World, form};
use domain::{document::Replica, policy::Actor};

/// Input that would break the page's markup if it were not escaped.
pub const INPUT: &str = "\"><b>Дуб & ясен</b>";

/// Returns the page's HTML with character references decoded and bidi isolates removed.
pub fn page_text(answer: &TestResponse) -> String {
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    let text = escapes.iter().fold(answer.text(), |text, (escape, sign)| text.replace(escape, sign));
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Returns the date this number of days after [`START`], as a form sends it.
pub fn day(days: i32) -> String {
    locales::TimeZone::default().day_of(domain::Timestamp(START)).plus_days(days).to_string()
}

/// Appends an edit to the design's document without the room.
pub async fn edit(world: &World, edit: impl FnOnce(&Replica)) {
    let replica = Replica::with_client_id(77);
    edit(&replica);
    let mut change = world.store.change(Actor::System).await.unwrap();
    sqlx::query(
        "INSERT INTO design_update (design_id, seq, person_id, data, at)
         SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, 0 FROM design_update WHERE design_id = $1",
    )
    .bind(world.own("design"))
    .bind(world.own("person"))
    .bind(replica.full_update())
    .execute(change.connection())
    .await
    .unwrap();
    change.commit().await.unwrap();
}

/// Names a version as a member of staff.
pub async fn name_version(world: &World) -> TestResponse {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = form(&[("submission", &submission), ("what", "version"), ("name", INPUT)]);
    world.post(Role::Staff, &format!("/desk/designs/{}", world.own("design")), fields).send().await
}
