//! What the tests of bad input share.

use super::{Answer, Role, World, form};
use domain::{document::Replica, policy::Actor};

/// What would be part of the page where it is not escaped.
pub const TYPED: &str = "\"><b>Дуб & ясен</b>";

/// A page as people read it.
pub fn read(answer: &Answer) -> String {
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    let text = escapes.iter().fold(answer.text(), |text, (escape, sign)| text.replace(escape, sign));
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Puts an edit into the design's document, past the room.
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

/// Names a version as staff do.
pub async fn name_version(world: &World) -> Answer {
    let submission = uuid::Uuid::now_v7().to_string();
    let fields = form(&[("submission", &submission), ("what", "version"), ("name", TYPED)]);
    world.post(Role::Staff, &format!("/desk/designs/{}", world.own("design")), fields).answer().await
}
