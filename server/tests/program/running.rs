//! The program in a process of its own.

use std::{
    fs::File,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::time::sleep;

pub struct Running {
    child: Child,
    /// From its start to its first answer.
    pub ready_after: Duration,
}

/// A port that nobody uses right now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts the program on this database and returns after its first answer.
pub async fn start(database: &str, port: u16, smtp: &str) -> Running {
    let log = std::env::temp_dir().join(format!("spilno-program-{}.log", uuid::Uuid::now_v7().simple()));
    let output = File::create(&log).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_spilno"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database-url", database])
        .env_remove("DATABASE_URL")
        .env("SPILNO_SMTP_URL", smtp)
        .env("SPILNO_LOG", "warn")
        .stdout(Stdio::null())
        .stderr(output)
        .spawn()
        .unwrap();
    let mut running = Running { child, ready_after: Duration::ZERO };
    let began = Instant::now();
    loop {
        if super::client::get(port, "/health/ready").await == Some(200) {
            running.ready_after = began.elapsed();
            let _ = std::fs::remove_file(log);
            return running;
        }
        let ended = running.child.try_wait().unwrap();
        if ended.is_some() || began.elapsed() > Duration::from_secs(60) {
            panic!("the program did not start ({ended:?}):\n{}", std::fs::read_to_string(log).unwrap_or_default());
        }
        sleep(Duration::from_millis(10)).await;
    }
}

impl Running {
    /// Ends it in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and expects it to do so in order.
    pub async fn stop(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "the program does not stop");
            sleep(Duration::from_millis(10)).await;
        };
        assert!(status.success(), "the program stopped with {status}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
