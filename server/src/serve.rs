//! `spilno serve`: opens the database, starts the mail worker, listens, and stops in order.

use crate::{command::open_with_history, demo, http, listener, mail, settings::Settings};
use anyhow::Context;
use std::time::Instant;
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;

pub async fn run(settings: Settings, fill_demo: bool) -> anyhow::Result<()> {
    let started = Instant::now();
    let filter = EnvFilter::try_new(&settings.log).context("log: expected a filter such as info or server=debug")?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let transport = mail::Transport::open(&settings.smtp_url, &settings.smtp_ca)?;
    let (store, history) = open_with_history(&settings).await?;
    let has_demo = fill_demo && demo::fill(&store, &history).await?;
    drop(history);
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("listen: {} cannot be used", settings.listen))?;

    let (stop, stopped) = watch::channel(false);
    let worker = mail::Worker::new(store.clone(), transport, &settings)?;
    let worker = tokio::spawn(worker.run(stopped.clone()));
    let portal = http::portal(&settings, store.clone());

    println!("Spilno is ready at {} ({} ms)", settings.base_url(), started.elapsed().as_millis());
    if has_demo || demo::is_demo(&store).await? {
        println!("{}", demo::SIGN_INS);
    }
    let rooms = portal.rooms.clone();
    listener::serve(listener, portal.router, async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        // Sockets never finish by themselves: they are told first.
        rooms.shutdown().await;
    })
    .await;
    stop.send_replace(true);
    worker.await?;
    store.close().await;
    Ok(())
}

async fn asked_to_stop() {
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
