//! As much of HTTP as these tests need, with what matters here: an answer that did not come whole is no answer.

use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// The status; None where no whole answer came, so that what became of the request is unknown.
pub async fn get(port: u16, path: &str) -> Option<u16> {
    ask(port, format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")).await
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
    ask(port, head + &body).await
}

async fn ask(port: u16, request: String) -> Option<u16> {
    let exchange = async {
        let mut socket = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        socket.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, _) = answer.split_once("\r\n\r\n")?;
        head.split(' ').nth(1)?.parse().ok()
    };
    timeout(Duration::from_secs(10), exchange).await.ok().flatten()
}
