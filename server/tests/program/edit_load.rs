//! A load of edits: people edit designs together over WebSocket as fast as their edits are acknowledged. Afterwards the
//! stored edits are compared with the acknowledged ones.

use super::{
    client::{self, Socket},
    message_load::sign_in,
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
use store::{Secret, design::start::InitialContent};
use tokio::{task::JoinSet, time::sleep};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

const DESIGNS: usize = 4;
const DESIGNERS_PER_DESIGN: usize = 5;
/// The number of edits that a designer sends before waiting for their acknowledgement.
const BATCH: u32 = 3;

#[derive(Clone)]
struct Designer {
    name: String,
    person: PersonId,
    session: Secret,
    design: DesignId,
}

/// The number of acknowledged edits of each person.
pub type AcknowledgedEdits = BTreeMap<PersonId, u32>;

pub struct EditLoad {
    designers: Vec<Designer>,
    closed: Arc<AtomicBool>,
    acknowledged: Arc<Mutex<AcknowledgedEdits>>,
}

impl EditLoad {
    /// Creates organisations whose signed-in members share a design.
    pub async fn create(home: &Home) -> Self {
        home.offer_table().await;
        let mut designers = Vec::new();
        for number in 0..DESIGNS {
            let name = |n| format!("Designer {number} {n}");
            let first = home.organisation(&format!("Organisation {number}"), &name(0)).await;
            let design = home.design(&first, &InitialContent::default()).await;
            for n in 0..DESIGNERS_PER_DESIGN {
                let member = if n == 0 { first.clone() } else { home.colleague(&first, &name(n)).await };
                let (person, session) = (member.person().unwrap(), sign_in(home, &member).await);
                designers.push(Designer { name: name(n), person, session, design });
            }
        }
        Self { designers, closed: Arc::default(), acknowledged: Arc::default() }
    }

    /// All designers edit until [`EditLoad::close`]. Edits that were started by then are still sent until they are
    /// acknowledged.
    pub fn start(&self, port: u16) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for (number, designer) in (1..).zip(self.designers.clone()) {
            let (closed, acknowledged) = (self.closed.clone(), self.acknowledged.clone());
            let mut session = SyncClient::resume(Replica::with_client_id(number));
            tasks.spawn(async move {
                let mut made = 0;
                let report = |made| _ = acknowledged.lock().unwrap().insert(designer.person, made);
                loop {
                    let path = format!("/sync/{}", designer.design);
                    if let Some(mut socket) = client::connect(port, &path, designer.session.reveal()).await {
                        let open = || !closed.load(Ordering::SeqCst);
                        if designer
                            .edit_until_closed(&mut socket, &mut session, &mut made, report, open)
                            .await
                            .is_some()
                        {
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

    pub fn acknowledged(&self) -> AcknowledgedEdits {
        self.acknowledged.lock().unwrap().clone()
    }

    /// Checks the stored designs. Each must contain the first edits of every designer, each edit complete and once, and
    /// all acknowledged ones.
    pub async fn check(&self, connection: &mut AnyConnection, acknowledged: &AcknowledgedEdits, when: &str) {
        for designers in self.designers.chunks(DESIGNERS_PER_DESIGN) {
            let stored = stored(connection, designers[0].design).await.snapshot().unwrap();
            let mut total = 0;
            for designer in designers {
                let own = stored.comments.iter().filter(|comment| comment.author == designer.person);
                let own: Vec<u32> = own.map(|comment| comment.text.parse().unwrap()).collect();
                let count = own.len() as u32;
                assert_eq!(own, (1..=count).collect::<Vec<_>>(), "{when}, edits of {}", designer.name);
                let counted = stored.options.get(&designer.key()).cloned();
                let half = "an edit is stored incompletely";
                assert_eq!(counted.unwrap_or(Value::Number(0.into())), Value::Number(count.into()), "{when}, {half}");
                let expected = acknowledged.get(&designer.person).copied().unwrap_or_default();
                assert!(
                    count >= expected,
                    "{when}, edits of {} are lost: {expected} acknowledged, {count} stored",
                    designer.name
                );
                total += own.len();
            }
            assert_eq!(stored.comments.len(), total, "{when}, comments of unknown people");
        }
    }
}

/// Builds the design's document from the log. The log's numbers must have no gap and its updates must be unique.
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

    /// Sends edits and waits for their acknowledgement, until the load is closed. Returns `None` if the connection
    /// broke.
    async fn edit_until_closed(
        &self,
        socket: &mut Socket,
        session: &mut SyncClient,
        made: &mut u32,
        report: impl Fn(u32),
        open: impl Fn() -> bool,
    ) -> Option<()> {
        send(socket, session.connected()).await?;
        loop {
            if session.save_status() == SaveStatus::Saved {
                report(*made);
                if !open() {
                    return Some(());
                }
                for _ in 0..BATCH {
                    *made += 1;
                    let edit = session.edit(|copy| self.edit(copy, *made)).unwrap();
                    send(socket, edit).await?;
                }
            }
            let frame = socket.next().await?.ok()?.into_data();
            let received = session.handle_frame(&frame);
            assert_eq!(received.rejection, None);
            send(socket, received.replies).await?;
        }
    }

    /// Creates an edit with two parts: a comment with the edit's number, and an option with the number of edits.
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

async fn send(socket: &mut Socket, frames: impl IntoIterator<Item = Vec<u8>>) -> Option<()> {
    for frame in frames {
        socket.send(Message::binary(frame)).await.ok()?;
    }
    Some(())
}
