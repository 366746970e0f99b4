//! Runs the program in its own process.

use std::{
    fs::File,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// A running program. Dropping it kills the process and removes its log file.
pub struct Process {
    child: Child,
    log_file: PathBuf,
    /// The time from the start to the first response.
    pub ready_after: Duration,
}

/// Returns a port that is not in use.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts the program on this database and returns after its first response.
pub async fn start(database: &str, port: u16, smtp_url: &str) -> Process {
    start_with_log(database, port, smtp_url, "warn").await
}

/// Starts the program with this log filter.
pub async fn start_with_log(database: &str, port: u16, smtp_url: &str, log_filter: &str) -> Process {
    let log_file = std::env::temp_dir().join(format!("spilno-program-{}.log", uuid::Uuid::now_v7().simple()));
    let child = Command::new(env!("CARGO_BIN_EXE_spilno"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database-url", database])
        .env_remove("DATABASE_URL")
        .env("SPILNO_SMTP_URL", smtp_url)
        .env("SPILNO_LOG", log_filter)
        .stdout(Stdio::null())
        .stderr(File::create(&log_file).unwrap())
        .spawn()
        .unwrap();
    let mut process = Process { child, log_file, ready_after: Duration::ZERO };
    let started = Instant::now();
    loop {
        if super::client::get(port, "/health/ready").await == Some(200) {
            process.ready_after = started.elapsed();
            return process;
        }
        let status = process.child.try_wait().unwrap();
        if status.is_some() || started.elapsed() > Duration::from_secs(60) {
            panic!("the program did not start ({status:?}):\n{}", process.log());
        }
        sleep(Duration::from_millis(10)).await;
    }
}

impl Process {
    /// Returns what the program has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log_file).unwrap()
    }

    /// Kills the process without a shutdown.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends SIGTERM and checks that the program shuts down successfully.
    pub async fn stop(&mut self) {
        let signalled = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(signalled.success());
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(20), "the program does not stop");
            sleep(Duration::from_millis(10)).await;
        };
        assert!(status.success(), "the program stopped with {status}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.log_file);
    }
}
