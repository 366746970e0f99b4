//! `spilno serve`: opens the database, starts the mail worker and the HTTP server, and shuts them down in order.

use crate::{database, demo, http, listener, mail, settings::Settings};
use anyhow::Context;
use std::{io::IsTerminal, time::Instant};
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;

pub async fn run(settings: Settings, fill_demo: bool) -> anyhow::Result<()> {
    let started = Instant::now();
    init_log(&settings.log)?;
    let transport = mail::Transport::open(&settings.smtp_url, &settings.smtp_ca)?;
    let (store, history) = database::open_with_history(&settings).await?;
    let has_demo = fill_demo && demo::fill(&store, &history).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listen: the program cannot listen on {}", settings.listen))?;

    let (stop, stopped) = watch::channel(false);
    let worker = mail::Worker::new(store.clone(), transport, &settings.mail_from, settings.base_url())?;
    let worker = tokio::spawn(worker.run(stopped.clone()));
    let portal = http::build_portal(&settings, store.clone());

    println!("Spilno is ready at {} ({} ms)", settings.base_url(), started.elapsed().as_millis());
    if has_demo || demo::is_demo(&store).await? {
        println!("{}", demo::SIGN_INS);
    }
    let rooms = portal.rooms.clone();
    listener::serve(listener, portal.router, async move {
        stop_signal().await;
        tracing::info!("shutting down");
        // WebSockets do not end by themselves, so they are closed before the listener waits for open requests.
        rooms.shutdown().await;
    })
    .await;
    stop.send_replace(true);
    worker.await?;
    store.close().await;
    Ok(())
}

/// Writes the log to standard error, in colour only on a terminal.
fn init_log(filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).context("log: expected a filter such as info or server=debug")?;
    let stderr = std::io::stderr;
    let format = tracing_subscriber::fmt().with_env_filter(filter);
    format.with_writer(stderr).with_ansi(stderr().is_terminal()).init();
    Ok(())
}

/// Waits for SIGTERM or Ctrl-C.
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
