//! A load of ticket messages: customers post to their tickets as fast as possible, each message until it is
//! acknowledged.

use super::{
    client,
    support::{Home, customer_of},
};
use domain::{Span, TicketId, policy::Actor};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};
use store::{
    Clock, Secret,
    account::session,
    ticket::open::{About, NewTicket, open},
};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
    time::sleep,
};
use uuid::Uuid;

pub const WRITERS: usize = 8;

/// A signed-in customer with a ticket.
#[derive(Clone)]
struct Writer {
    number: usize,
    session: Secret,
    ticket: TicketId,
}

pub struct MessageLoad {
    writers: Vec<Writer>,
    /// The number of messages that may still be started.
    allowed: Arc<Semaphore>,
    acknowledged: Arc<Mutex<BTreeSet<String>>>,
}

impl MessageLoad {
    /// Creates a company with one administrator, and signed-in customers with a ticket each.
    pub async fn create(home: &Home) -> Self {
        home.pass(Span(Clock::System.now().0 - home.now().0));
        home.company().await;
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            let customer = home.customer(&format!("Writer {number}")).await;
            let mut change = home.change(&customer).await;
            let about = About::Nothing(customer_of(&customer));
            let new = NewTicket { about, subject: "Load".to_owned(), text: "First".to_owned(), files: vec![] };
            let ticket = open(&mut change, new).await.unwrap();
            change.commit().await.unwrap();
            let session = sign_in(home, &customer).await;
            writers.push(Writer { number, session, ticket });
        }
        Self { writers, allowed: Arc::new(Semaphore::new(0)), acknowledged: Arc::default() }
    }

    /// Allows this number of further messages.
    pub fn allow(&self, messages: usize) {
        self.allowed.add_permits(messages);
    }

    /// Starts no more messages. Those that were started are still sent until they are acknowledged.
    pub fn close(&self) {
        self.allowed.close();
    }

    /// Requests the first writer's ticket.
    pub async fn view_ticket(&self, port: u16) -> Option<(u16, String)> {
        let Writer { session, ticket, .. } = &self.writers[0];
        client::page(port, &format!("/tickets/{ticket}"), session.reveal()).await
    }

    /// Posts a message of the first writer, always with the same submission id.
    pub async fn post_once(&self, port: u16, text: &str) -> Option<u16> {
        self.writers[0].post_once(port, text, Uuid::from_u128(1)).await
    }

    /// Returns the messages that were acknowledged so far.
    pub fn acknowledged(&self) -> BTreeSet<String> {
        self.acknowledged.lock().unwrap().clone()
    }

    /// All writers post until [`MessageLoad::close`]. Sends a unit for each acknowledged message.
    pub fn start(&self, port: u16, acknowledgements: mpsc::UnboundedSender<()>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for writer in self.writers.clone() {
            let (allowed, acknowledged) = (self.allowed.clone(), self.acknowledged.clone());
            let acknowledgements = acknowledgements.clone();
            tasks.spawn(async move {
                for count in 0_u32.. {
                    let Ok(permit) = allowed.acquire().await else { return };
                    permit.forget();
                    let text = format!("writer-{}-message-{count}", writer.number);
                    writer.send(port, &text).await;
                    acknowledged.lock().unwrap().insert(text);
                    let _ = acknowledgements.send(());
                }
            });
        }
        tasks
    }
}

impl Writer {
    /// Posts a message until it is acknowledged.
    async fn send(&self, port: u16, text: &str) {
        let form = Uuid::now_v7();
        loop {
            match self.post_once(port, text, form).await {
                Some(303) => return,
                Some(status) if status < 500 => panic!("the message was answered with {status}"),
                _ => sleep(Duration::from_millis(5)).await,
            }
        }
    }

    async fn post_once(&self, port: u16, text: &str, form: Uuid) -> Option<u16> {
        let path = format!("/tickets/{}", self.ticket);
        let fields = [("text", text), ("submission", &form.to_string())];
        client::post(port, &path, self.session.reveal(), &fields).await
    }
}

/// Opens a session and returns its secret.
pub async fn sign_in(home: &Home, actor: &Actor) -> Secret {
    let mut change = home.history.change(Actor::System).await.unwrap();
    let session = session::open_unchecked(&mut change, actor.person().unwrap(), "").await.unwrap();
    change.commit().await.unwrap();
    session
}
