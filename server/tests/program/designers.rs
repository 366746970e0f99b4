//! People who edit designs together over WebSocket, as fast as their edits are acknowledged; and what of it is stored.

use super::{
    client::{self, Socket},
    shop::signed_in,
    support::Home,
};
use domain::{
    CommentId, DesignId, PersonId, Timestamp,
    document::{Comment, Replica, SaveStatus, SyncClient, Value},
};
use futures_util::{SinkExt, StreamExt};
use sqlx::AnyConnection;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{Secret, design::start::Beginning};
use tokio::{task::JoinSet, time::sleep};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

const DESIGNS: usize = 4;
const IN_EACH: usize = 5;
/// Edits that a designer sends before waiting for their acknowledgement.
const AT_ONCE: u32 = 3;

#[derive(Clone)]
struct Designer {
    name: String,
    person: PersonId,
    session: Secret,
    design: DesignId,
}

/// How many edits of each are acknowledged.
pub type Edits = BTreeMap<PersonId, u32>;

pub struct Studio {
    designers: Vec<Designer>,
    closed: Arc<AtomicBool>,
    acknowledged: Arc<Mutex<Edits>>,
}

/// Organisations whose members, signed in, have a design in common.
pub async fn studio(home: &Home) -> Studio {
    home.offer_table().await;
    let mut designers = Vec::new();
    for place in 0..DESIGNS {
        let name = |n| format!("Designer {place} {n}");
        let first = home.organisation(&format!("Studio {place}"), &name(0)).await;
        let design = home.design(&first, &Beginning::default()).await;
        for n in 0..IN_EACH {
            let member = if n == 0 { first.clone() } else { home.colleague(&first, &name(n)).await };
            let (person, session) = (member.person().unwrap(), signed_in(home, &member).await);
            designers.push(Designer { name: name(n), person, session, design });
        }
    }
    Studio { designers, closed: Arc::default(), acknowledged: Arc::default() }
}

impl Studio {
    /// Everybody edits, until [`Studio::close`]; what is begun then is still edited until it is acknowledged.
    pub fn edit(&self, port: u16) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for (number, designer) in (1..).zip(self.designers.clone()) {
            let (closed, acknowledged) = (self.closed.clone(), self.acknowledged.clone());
            let mut session = SyncClient::resume(Replica::with_client_id(number));
            tasks.spawn(async move {
                let mut made = 0;
                let told = |made| _ = acknowledged.lock().unwrap().insert(designer.person, made);
                loop {
                    let path = format!("/sync/{}", designer.design);
                    if let Some(mut socket) = client::connect(port, &path, designer.session.reveal()).await {
                        let open = || !closed.load(Ordering::SeqCst);
                        if designer.take_part(&mut socket, &mut session, &mut made, told, open).await.is_some() {
                            return;
                        }
                        session.disconnected();
                    }
                    sleep(Duration::from_millis(5)).await;
                }
            });
        }
        tasks
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub fn acknowledged(&self) -> Edits {
        self.acknowledged.lock().unwrap().clone()
    }

    /// Every design is what its log says: of each designer the first edits, whole, once, and none that is acknowledged
    /// is missing.
    pub async fn check(&self, connection: &mut AnyConnection, acknowledged: &Edits, when: &str) {
        for designers in self.designers.chunks(IN_EACH) {
            let stored = stored(connection, designers[0].design).await.snapshot().unwrap();
            let mut all = 0;
            for designer in designers {
                let own = stored.comments.iter().filter(|comment| comment.author == designer.person);
                let own: Vec<u32> = own.map(|comment| comment.text.parse().unwrap()).collect();
                let count = own.len() as u32;
                assert_eq!(own, (1..=count).collect::<Vec<_>>(), "{when}, edits of {}", designer.name);
                let counted = stored.options.get(&designer.key()).cloned();
                let half = "half an edit is there";
                assert_eq!(counted.unwrap_or(Value::Number(0.into())), Value::Number(count.into()), "{when}, {half}");
                let promised = acknowledged.get(&designer.person).copied().unwrap_or_default();
                assert!(count >= promised, "{when}, lost of {}: {promised} acknowledged, {count} there", designer.name);
                all += own.len();
            }
            assert_eq!(stored.comments.len(), all, "{when}, somebody else wrote");
        }
    }
}

/// The design's document as the log alone says, whose numbers have no gap and which has no entry twice.
async fn stored(connection: &mut AnyConnection, design: DesignId) -> Replica {
    let log = "SELECT seq, data FROM design_update WHERE design_id = $1 ORDER BY seq";
    let log: Vec<(i64, Vec<u8>)> = sqlx::query_as(log).bind(design.to_string()).fetch_all(connection).await.unwrap();
    assert!(log.iter().zip(1..).all(|((seq, _), expected)| *seq == expected), "the log has a gap");
    let mut updates: Vec<_> = log.iter().map(|(_, update)| update).collect();
    let replica = Replica::default();
    updates.iter().for_each(|update| replica.apply(update).unwrap());
    updates.sort();
    updates.dedup();
    assert_eq!(updates.len(), log.len(), "an edit is in the log twice");
    replica
}

impl Designer {
    fn key(&self) -> String {
        format!("edits of {}", self.name)
    }

    /// Sends edits and waits for their acknowledgement, again and again. None where the connection broke.
    async fn take_part(
        &self,
        socket: &mut Socket,
        session: &mut SyncClient,
        made: &mut u32,
        told: impl Fn(u32),
        open: impl Fn() -> bool,
    ) -> Option<()> {
        say(socket, session.connected()).await?;
        loop {
            if session.save_status() == SaveStatus::Saved {
                told(*made);
                if !open() {
                    return Some(());
                }
                for _ in 0..AT_ONCE {
                    *made += 1;
                    let edit = session.edit(|copy| self.edit(copy, *made)).unwrap();
                    say(socket, edit).await?;
                }
            }
            let frame = socket.next().await?.ok()?.into_data();
            let heard = session.handle_frame(&frame);
            assert_eq!(heard.rejection, None);
            say(socket, heard.replies).await?;
        }
    }

    /// One edit in two parts: the number as a comment, and how many there are.
    fn edit(&self, copy: &Replica, number: u32) -> Result<Option<Vec<u8>>, yrs::encoding::read::Error> {
        let comment = Comment {
            id: CommentId::from_uuid(Uuid::now_v7()),
            author: self.person,
            name: self.name.clone(),
            text: number.to_string(),
            at: Timestamp(1_790_000_000_000),
        };
        let comment = copy.add_comment(&comment).unwrap();
        let count = copy.set_option(&self.key(), Some(&Value::Number(number.into()))).unwrap();
        yrs::merge_updates_v1([comment, count].into_iter().flatten()).map(Some)
    }
}

async fn say(socket: &mut Socket, frames: impl IntoIterator<Item = Vec<u8>>) -> Option<()> {
    for frame in frames {
        socket.send(Message::binary(frame)).await.ok()?;
    }
    Some(())
}
