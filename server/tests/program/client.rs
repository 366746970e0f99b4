//! A minimal HTTP and WebSocket client. Responses that end early count as no response.

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

/// Returns the status, or `None` without a complete response. Then it is unknown whether the request was handled.
pub async fn get(port: u16, path: &str) -> Option<u16> {
    page(port, path, "").await.map(|(status, _)| status)
}

/// Returns the status and the whole response with its head.
pub async fn page(port: u16, path: &str, session: &str) -> Option<(u16, String)> {
    exchange(
        port,
        format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: session={session}\r\nConnection: close\r\n\r\n"
        ),
    )
    .await
}

/// Posts a form as a page of the portal does. Names and values are not escaped.
pub async fn post(port: u16, path: &str, session: &str, form: &[(&str, &str)]) -> Option<u16> {
    post_form(port, path, session, form).await.map(|(status, _)| status)
}

/// Posts a form and returns the status and the whole response with its head.
pub async fn post_form(port: u16, path: &str, session: &str, form: &[(&str, &str)]) -> Option<(u16, String)> {
    let body = form.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
         Cookie: session={session}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    exchange(port, head + &body).await
}

/// Opens a WebSocket as a page of the portal does. Returns `None` if the program cannot be reached.
pub async fn connect(port: u16, path: &str, session: &str) -> Option<Socket> {
    let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
    request.headers_mut().insert(header::ORIGIN, format!("http://127.0.0.1:{port}").parse().unwrap());
    request.headers_mut().insert(header::COOKIE, format!("session={session}").parse().unwrap());
    match timeout(Duration::from_secs(10), connect_async(request)).await.ok()? {
        Ok((socket, _)) => Some(socket),
        Err(Error::Http(answer)) if answer.status().as_u16() < 500 => {
            panic!("the WebSocket was refused: {}", answer.status())
        }
        Err(_) => None,
    }
}

async fn exchange(port: u16, request: String) -> Option<(u16, String)> {
    let response = async {
        let mut socket = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        socket.write_all(request.as_bytes()).await.ok()?;
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).await.ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (head, _) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, text))
    };
    timeout(Duration::from_secs(20), response).await.ok().flatten()
}
