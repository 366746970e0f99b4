//! The floor that `./dev bench` compares acknowledged changes with: bare commits of one small row, with the durability
//! of the store. Prints how many there were a second. `commits URL WRITERS SECONDS`

use sqlx::{AnyPool, Executor, any::AnyPoolOptions};
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [url, writers, seconds] = args.as_slice() else { return Err("commits URL WRITERS SECONDS".into()) };
    let (writers, seconds): (u32, u64) = (writers.parse()?, seconds.parse()?);
    sqlx::any::install_default_drivers();
    let pool = open(url, writers).await?;
    pool.execute("CREATE TABLE floor (id TEXT PRIMARY KEY, body TEXT NOT NULL)").await?;

    let until = Instant::now() + Duration::from_secs(seconds);
    let tasks: Vec<_> = (0..writers).map(|_| tokio::spawn(write(pool.clone(), until))).collect();
    let mut count = 0;
    for task in tasks {
        count += task.await??;
    }
    println!("{}", count / seconds);
    Ok(())
}

/// SQLite has one writer, whatever is asked for.
async fn open(url: &str, writers: u32) -> Result<AnyPool, sqlx::Error> {
    if !url.starts_with("sqlite:") {
        return AnyPoolOptions::new().max_connections(writers).connect(url).await;
    }
    let pool = AnyPoolOptions::new().max_connections(1).connect(url).await?;
    pool.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").await?;
    Ok(pool)
}

async fn write(pool: AnyPool, until: Instant) -> Result<u64, sqlx::Error> {
    let mut count = 0;
    while Instant::now() < until {
        sqlx::query("INSERT INTO floor (id, body) VALUES ($1, $2)")
            .bind(uuid::Uuid::now_v7().to_string())
            .bind("As long as a short message to the workshop, which has about a hundred letters in all of its words.")
            .execute(&pool)
            .await?;
        count += 1;
    }
    Ok(count)
}
