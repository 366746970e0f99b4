//! Accepting connections: with limits on how long a client may take to say what it wants, and a stop that lets open
//! requests finish. (`axum::serve` has no such limit: axum issue 2741.)

use app::web::visit::RemoteAddress;
use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1::Builder};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{future::Future, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::timeout,
};
use tower::ServiceExt;

/// A client must have sent its request's head within this time, the first from when it connects.
const HEADER_TIME: Duration = Duration::from_secs(15);
const CONNECTIONS: u32 = 10_000;
/// How long open requests may take after the stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Serves until `stop` resolves, then finishes what is open.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let (stopping, stopped) = watch::channel(false);
    let accepting = async {
        while let Ok(place) = places.clone().acquire_owned().await {
            match listener.accept().await {
                Ok((socket, remote)) => {
                    let connection = answer(socket, remote.ip().to_string(), router.clone(), stopped.clone());
                    tokio::spawn(async move {
                        connection.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    // Out of file descriptors, most likely: others must close first.
                    tracing::warn!("accepting a connection failed: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        () = stop => {}
    }
    drop(listener);
    stopping.send_replace(true);
    if timeout(DRAIN_TIME, places.acquire_many(CONNECTIONS)).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

/// Answers what comes over one connection, until it ends or, when the program stops, until the open request is done.
async fn answer(socket: TcpStream, remote: String, router: Router, mut stopped: watch::Receiver<bool>) {
    // A page leaves in several small writes; waiting to merge them costs 40 ms each time.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!("TCP_NODELAY: {error}");
    }
    let remote = RemoteAddress(remote);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(remote.clone());
        request
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .serve_connection(TokioIo::new(socket), TowerToHyperService::new(service))
        .with_upgrades();
    let mut connection = pin!(connection);
    let stop = async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("connection: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn connected() -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(serve(listener, Router::new(), pending()));
        TcpStream::connect(address).await.expect("a connection")
    }

    // The clock goes ahead by itself while all wait.
    #[tokio::test(start_paused = true)]
    async fn who_does_not_say_what_they_want_is_not_waited_for() {
        for said in ["", "GET / HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let mut connection = connected().await;
            connection.write_all(said.as_bytes()).await.expect("to be heard");
            let mut told = Vec::new();
            let closed = timeout(2 * HEADER_TIME, connection.read_to_end(&mut told)).await;
            assert!(closed.is_ok(), "after «{said}»");
        }
    }
}
