//! PostgreSQL cannot be reached for a while: people are told so in words, and what they send again is taken once.

use super::{
    client,
    running::{free_port, start},
    shop::{WRITERS, shop},
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
async fn while_the_database_is_gone_people_are_told_and_afterwards_all_goes_on() {
    on_both(async |home| {
        // SQLite is within the program: it cannot be gone alone.
        let Some((user, rest)) = home.url.split_once('@') else { return };
        let (server, name) = rest.split_once('/').unwrap();
        let shop = shop(home).await;
        let mut line = Line::open(server).await;
        let port = free_port();
        let mut running = start(&format!("{user}@127.0.0.1:{}/{name}", line.port), port, "").await;
        assert_eq!(shop.look(port).await.unwrap().0, 200);

        line.cut();
        let (page, sent) = tokio::join!(shop.look(port), shop.try_once(port, "Hello"));
        let (status, text) = page.unwrap();
        assert_eq!((status, sent), (503, Some(503)));
        let says = |language| text.contains(&locales::t!(language, "problem-database"));
        assert!(says(domain::Language::Uk) && says(domain::Language::En), "{text}");
        assert!(text.contains("retry-after: 5"), "{text}");
        assert_eq!(client::get(port, "/health/ready").await, Some(503));

        line.mend(server).await;
        let healed = async {
            while shop.try_once(port, "Hello").await != Some(303) {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(5), healed).await.expect("the program does not heal");
        assert_eq!(shop.try_once(port, "Hello").await, Some(303));
        let mut connection = AnyConnection::connect(&home.url).await.unwrap();
        let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM ticket_message";
        let (count,): (i64,) = sqlx::query_as(count).fetch_one(&mut connection).await.unwrap();
        assert_eq!(count, WRITERS as i64 + 1, "the form that was sent again and again made one message");
        connection.close().await.unwrap();
        running.stop().await;
    })
    .await;
}

/// The way to the server, which can be cut.
struct Line {
    port: u16,
    intact: Arc<watch::Sender<bool>>,
    serving: JoinHandle<()>,
}

impl Line {
    async fn open(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, intact) = (listener.local_addr().unwrap().port(), Arc::new(watch::Sender::new(true)));
        Self { port, serving: tokio::spawn(carry(listener, server.to_owned(), intact.clone())), intact }
    }

    /// Breaks what is open; who knocks finds nobody there.
    fn cut(&self) {
        self.intact.send_replace(false);
        self.serving.abort();
    }

    async fn mend(&mut self, server: &str) {
        self.intact.send_replace(true);
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        self.serving = tokio::spawn(carry(listener, server.to_owned(), self.intact.clone()));
    }
}

async fn carry(listener: TcpListener, server: String, intact: Arc<watch::Sender<bool>>) {
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
