//! As much of HTTP and WebSocket as these tests need, with what matters here: an answer that did not come whole is no answer.

use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, client::IntoClientRequest, http::header},
};

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The status; None where no whole answer came, so that what became of the request is unknown.
pub async fn get(port: u16, path: &str) -> Option<u16> {
    page(port, path, "").await.map(|(status, _)| status)
}

/// The status and all that was answered, with its head.
pub async fn page(port: u16, path: &str, session: &str) -> Option<(u16, String)> {
    ask(
        port,
        format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: session={session}\r\nConnection: close\r\n\r\n"
        ),
    )
    .await
}

/// Posts a form as a page of the portal would; its names and values need no escaping.
pub async fn post(port: u16, path: &str, session: &str, form: &[(&str, &str)]) -> Option<u16> {
    let body = form.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Cookie: session={session}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    ask(port, head + &body).await.map(|(status, _)| status)
}

/// A WebSocket as a page of the portal would open it; None where the program is not there to answer.
pub async fn connect(port: u16, path: &str, session: &str) -> Option<Socket> {
    let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
    request.headers_mut().insert(header::ORIGIN, format!("http://127.0.0.1:{port}").parse().unwrap());
    request.headers_mut().insert(header::COOKIE, format!("session={session}").parse().unwrap());
    match timeout(Duration::from_secs(10), connect_async(request)).await.ok()? {
        Ok((socket, _)) => Some(socket),
        Err(Error::Http(answer)) if answer.status().as_u16() < 500 => panic!("no room: {}", answer.status()),
        Err(_) => None,
    }
}

async fn ask(port: u16, request: String) -> Option<(u16, String)> {
    let exchange = async {
        let mut socket = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        socket.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, _) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, answer))
    };
    timeout(Duration::from_secs(20), exchange).await.ok().flatten()
}
