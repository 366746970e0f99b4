//! Accepts connections. Unlike `axum::serve` it limits how long a client may take to send a request's header (axum
//! issue 2741). The shutdown lets open requests finish.

use app::web::visit::RemoteAddress;
use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1::Builder};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{future::Future, net::IpAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::timeout,
};
use tower::ServiceExt;

/// How long a client may take to send the header of a request. For the first request the time begins when it connects.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
const CONNECTIONS_LIMIT: u32 = 10_000;
/// How long open requests may take after the shutdown has begun.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves until `stop` resolves, then waits for open requests.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let permits = Arc::new(Semaphore::new(CONNECTIONS_LIMIT as usize));
    let (stopping, stopped) = watch::channel(false);
    let accepting = async {
        while let Ok(permit) = permits.clone().acquire_owned().await {
            match listener.accept().await {
                Ok((socket, remote)) => {
                    let connection = serve_connection(socket, remote.ip(), router.clone(), stopped.clone());
                    tokio::spawn(async move {
                        connection.await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    // Most likely there are no free file descriptors; wait until other connections close.
                    tracing::warn!(%error, "a connection could not be accepted");
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
    if timeout(DRAIN_TIMEOUT, permits.acquire_many(CONNECTIONS_LIMIT)).await.is_err() {
        tracing::warn!("some requests did not finish in time and were aborted");
    }
}

/// Serves the requests of one connection until it closes. After the shutdown has begun, finishes the open request only.
async fn serve_connection(socket: TcpStream, remote: IpAddr, router: Router, mut stopped: watch::Receiver<bool>) {
    // A page is sent in several small writes; Nagle's algorithm would delay each by up to 40 ms.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY could not be set");
    }
    let remote = RemoteAddress(remote);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(remote);
        request
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
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
        tracing::debug!(%error, "the connection failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn connected() -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds to a free port");
        let address = listener.local_addr().expect("has an address");
        tokio::spawn(serve(listener, Router::new(), pending()));
        TcpStream::connect(address).await.expect("accepts the connection")
    }

    // The paused clock advances by itself while all tasks wait.
    #[tokio::test(start_paused = true)]
    async fn incomplete_request_headers_time_out() {
        for sent in ["", "GET / HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let mut connection = connected().await;
            connection.write_all(sent.as_bytes()).await.expect("writes");
            let mut received = Vec::new();
            let closed = timeout(2 * HEADER_TIMEOUT, connection.read_to_end(&mut received)).await;
            assert!(closed.is_ok(), "after «{sent}»");
        }
    }
}
