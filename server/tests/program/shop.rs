//! Customers who write in their tickets as fast as they can, each message until it is acknowledged.

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

/// One who writes, and where.
#[derive(Clone)]
struct Writer {
    number: usize,
    session: Secret,
    ticket: TicketId,
}

pub struct Shop {
    writers: Vec<Writer>,
    /// Messages that may still be begun.
    allowed: Arc<Semaphore>,
    acknowledged: Arc<Mutex<BTreeSet<String>>>,
}

/// A company with one administrator, and customers who are signed in and have a ticket each.
pub async fn shop(home: &Home) -> Shop {
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
        let session = signed_in(home, &customer).await;
        writers.push(Writer { number, session, ticket });
    }
    Shop { writers, allowed: Arc::new(Semaphore::new(0)), acknowledged: Arc::default() }
}

pub async fn signed_in(home: &Home, who: &Actor) -> Secret {
    let mut change = home.change(&Actor::System).await;
    let session = session::open(&mut change, who.person().unwrap(), "").await.unwrap();
    change.commit().await.unwrap();
    session
}

impl Shop {
    /// Lets so many more messages be begun.
    pub fn allow(&self, messages: usize) {
        self.allowed.add_permits(messages);
    }

    /// No message is begun any more; those that are, are still sent until they are acknowledged.
    pub fn close(&self) {
        self.allowed.close();
    }

    /// The first writer looks at the ticket.
    pub async fn look(&self, port: u16) -> Option<(u16, String)> {
        let Writer { session, ticket, .. } = &self.writers[0];
        client::page(port, &format!("/tickets/{ticket}"), session.reveal()).await
    }

    /// The first writer sends one form, always the same, and does not mind the answer.
    pub async fn try_once(&self, port: u16, text: &str) -> Option<u16> {
        self.writers[0].try_once(port, text, Uuid::from_u128(1)).await
    }

    /// What was acknowledged so far.
    pub fn acknowledged(&self) -> BTreeSet<String> {
        self.acknowledged.lock().unwrap().clone()
    }

    /// Everybody writes, until [`Shop::close`]; each acknowledgement is told.
    pub fn write(&self, port: u16, told: mpsc::UnboundedSender<()>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for writer in self.writers.clone() {
            let (allowed, acknowledged, told) = (self.allowed.clone(), self.acknowledged.clone(), told.clone());
            tasks.spawn(async move {
                for count in 0_u32.. {
                    let Ok(permit) = allowed.acquire().await else { return };
                    permit.forget();
                    let text = format!("writer-{}-message-{count}", writer.number);
                    writer.send(port, &text).await;
                    acknowledged.lock().unwrap().insert(text);
                    let _ = told.send(());
                }
            });
        }
        tasks
    }
}

impl Writer {
    /// Sends one form, again and again while it is unknown what became of it.
    async fn send(&self, port: u16, text: &str) {
        let form = Uuid::now_v7();
        loop {
            match self.try_once(port, text, form).await {
                Some(303) => return,
                Some(status) if status < 500 => panic!("the message was answered with {status}"),
                _ => sleep(Duration::from_millis(5)).await,
            }
        }
    }

    async fn try_once(&self, port: u16, text: &str, form: Uuid) -> Option<u16> {
        let path = format!("/tickets/{}", self.ticket);
        let fields = [("text", text), ("submission", &form.to_string())];
        client::post(port, &path, self.session.reveal(), &fields).await
    }
}
