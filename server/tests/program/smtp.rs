//! A mail server on loopback that takes messages, or does to them what a test tells it to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub to: String,
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// What becomes of a message that came whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Take,
    RefuseForNow,
    RefuseForEver,
    /// It is taken, but the connection breaks before the sender hears of it.
    Cut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// A message came whole; nothing was answered yet.
    Came,
    /// The sender was told that it was taken.
    Answered,
}

#[derive(Clone)]
pub struct Smtp {
    port: u16,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    received: Vec<Received>,
    answers: VecDeque<Answer>,
    /// So many more messages are answered; None for all.
    answers_left: Option<u32>,
    watcher: Option<mpsc::UnboundedSender<Happened>>,
}

impl Smtp {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let smtp = Self { port: listener.local_addr().unwrap().port(), inner: Arc::default() };
        let server = smtp.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let server = server.clone();
                // A sender that is killed breaks its connection: nothing to tell of.
                tokio::spawn(async move { server.converse(socket).await.unwrap_or_default() });
            }
        });
        smtp
    }

    /// For SPILNO_SMTP_URL.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// The same server for senders that insist on encryption, which it does not have.
    pub fn url_with_tls(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn received(&self) -> Vec<Received> {
        self.inner.lock().unwrap().received.clone()
    }

    /// What to do to the next messages; those after them are taken.
    pub fn will(&self, answers: &[Answer]) {
        self.inner.lock().unwrap().answers.extend(answers);
    }

    /// Takes so many messages; to those that come after, never answers. None: answers all.
    pub fn answer_only(&self, count: Option<u32>) {
        self.inner.lock().unwrap().answers_left = count;
    }

    /// Tells of everything that happens from now on.
    pub fn watch(&self) -> mpsc::UnboundedReceiver<Happened> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.inner.lock().unwrap().watcher = Some(sender);
        receiver
    }

    fn tell(&self, happened: Happened) {
        if let Some(watcher) = &self.inner.lock().unwrap().watcher {
            let _ = watcher.send(happened);
        }
    }

    async fn converse(&self, socket: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = socket.into_split();
        let mut read = BufReader::new(read);
        let mut to = String::new();
        say(&mut write, "220 test").await?;
        loop {
            let mut line = String::new();
            if read.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => say(&mut write, "250-test\r\n250 8BITMIME").await?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    say(&mut write, "250 ok").await?;
                }
                "DATA" => {
                    say(&mut write, "354 go on").await?;
                    let bytes = message(&mut read).await?;
                    if !self.take(&mut write, &to, bytes).await? {
                        return Ok(());
                    }
                }
                "QUIT" => return say(&mut write, "221 bye").await,
                "STAR" => say(&mut write, "502 not here").await?,
                _ => say(&mut write, "250 ok").await?,
            }
        }
    }

    /// False where the connection is to break.
    async fn take(&self, write: &mut OwnedWriteHalf, to: &str, bytes: Vec<u8>) -> std::io::Result<bool> {
        let (answer, silent) = {
            let mut inner = self.inner.lock().unwrap();
            let answer = inner.answers.pop_front().unwrap_or(Answer::Take);
            if matches!(answer, Answer::Take | Answer::Cut) {
                let message_id = header(&bytes, "Message-ID");
                inner.received.push(Received { to: to.to_owned(), message_id, bytes });
            }
            let silent = inner.answers_left == Some(0);
            inner.answers_left = inner.answers_left.map(|left| left.saturating_sub(1));
            (answer, silent)
        };
        self.tell(Happened::Came);
        if silent {
            std::future::pending::<()>().await;
        }
        match answer {
            Answer::Take => {
                say(write, "250 taken").await?;
                self.tell(Happened::Answered);
            }
            Answer::RefuseForNow => say(write, "451 try again later").await?,
            Answer::RefuseForEver => say(write, "550 no such user").await?,
            Answer::Cut => return Ok(false),
        }
        Ok(true)
    }
}

async fn say(write: &mut OwnedWriteHalf, line: &str) -> std::io::Result<()> {
    write.write_all(format!("{line}\r\n").as_bytes()).await
}

/// Up to the line with a single dot; dots that the sender doubled are single again.
async fn message(read: &mut BufReader<OwnedReadHalf>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if read.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

pub fn header(message: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(message);
    let prefix = format!("{name}: ");
    text.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default().to_owned()
}
