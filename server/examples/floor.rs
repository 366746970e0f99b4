//! The baseline for the page benchmarks of `./dev bench`: an axum route that serves the bytes of a file.
//! Usage: `floor ADDRESS FILE`

use axum::{Router, http::header, routing::get, serve::ListenerExt};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(address), Some(file)) = (args.next(), args.next()) else { anyhow::bail!("floor ADDRESS FILE") };
    let bytes = axum::body::Bytes::from(std::fs::read(file)?);
    let page = move || {
        let bytes = bytes.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) }
    };
    let listener = TcpListener::bind(address).await?.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    axum::serve(listener, Router::new().route("/", get(page))).await?;
    Ok(())
}
