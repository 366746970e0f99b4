//! An outage of PostgreSQL: people see an error page, and forms that they send again are accepted once.

use super::{
    client,
    message_load::{MessageLoad, WRITERS},
    process::{free_port, start},
    support::on_both,
};
use sqlx::{AnyConnection, Connection};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

#[tokio::test]
async fn a_database_outage_is_reported_and_the_program_recovers() {
    on_both(async |home| {
        // SQLite runs within the program, so there is no outage.
        let Some((user, rest)) = home.url.split_once('@') else { return };
        let (server, name) = rest.split_once('/').unwrap();
        let load = MessageLoad::create(home).await;
        let mut proxy = Proxy::start(server).await;
        let port = free_port();
        let mut process = start(&format!("{user}@127.0.0.1:{}/{name}", proxy.port), port, "").await;
        assert_eq!(load.view_ticket(port).await.unwrap().0, 200);

        proxy.interrupt();
        let (page, posted) = tokio::join!(load.view_ticket(port), load.post_once(port, "Hello"));
        let (status, text) = page.unwrap();
        assert_eq!((status, posted), (503, Some(503)));
        let contains = |language| text.contains(&locales::t!(language, "problem-database"));
        assert!(contains(domain::Language::Uk) && contains(domain::Language::En), "{text}");
        assert!(text.contains("retry-after: 5"), "{text}");
        assert_eq!(client::get(port, "/health/ready").await, Some(503));

        proxy.restore(server).await;
        let recovered = async {
            while load.post_once(port, "Hello").await != Some(303) {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(5), recovered).await.expect("the program does not recover");
        assert_eq!(load.post_once(port, "Hello").await, Some(303));
        let mut connection = AnyConnection::connect(&home.url).await.unwrap();
        let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM ticket_message";
        let (count,): (i64,) = sqlx::query_as(count).fetch_one(&mut connection).await.unwrap();
        assert_eq!(count, WRITERS as i64 + 1, "a form sent several times creates one message");
        connection.close().await.unwrap();
        process.stop().await;
    })
    .await;
}

/// A TCP proxy to the database that can be interrupted.
struct Proxy {
    port: u16,
    intact: Arc<watch::Sender<bool>>,
    serving: JoinHandle<()>,
}

impl Proxy {
    async fn start(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, intact) = (listener.local_addr().unwrap().port(), Arc::new(watch::Sender::new(true)));
        Self { port, serving: tokio::spawn(relay(listener, server.to_owned(), intact.clone())), intact }
    }

    /// Closes open connections and refuses new ones.
    fn interrupt(&self) {
        self.intact.send_replace(false);
        self.serving.abort();
    }

    async fn restore(&mut self, server: &str) {
        self.intact.send_replace(true);
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        self.serving = tokio::spawn(relay(listener, server.to_owned(), self.intact.clone()));
    }
}

async fn relay(listener: TcpListener, server: String, intact: Arc<watch::Sender<bool>>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let (server, mut intact) = (server.clone(), intact.subscribe());
        tokio::spawn(async move {
            let mut far = TcpStream::connect(server).await.unwrap();
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = intact.wait_for(|intact| !intact) => {}
            }
        });
    }
}
