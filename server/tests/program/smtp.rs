//! A mail server on loopback that takes messages, or does to them what a test tells it to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub to: String,
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Take,
    /// The connection that would bring it is not wanted now: 421.
    TurnAway,
    /// Its recipient is to be tried again, as greylisting does: 450.
    RefuseRecipientForNow,
    RefuseRecipientForEver,
    /// It came whole: 451, 552.
    RefuseForNow,
    RefuseForEver,
    /// The connection breaks in the middle of it.
    CutWithin,
    /// It is taken, but the connection breaks before the sender hears of it.
    Cut,
}

/// How far a message has come when its answer is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Recipient,
    Data,
    Whole,
}

impl Answer {
    fn stage(self) -> Stage {
        match self {
            Answer::TurnAway => Stage::Greeting,
            Answer::RefuseRecipientForNow | Answer::RefuseRecipientForEver => Stage::Recipient,
            Answer::CutWithin => Stage::Data,
            Answer::Take | Answer::RefuseForNow | Answer::RefuseForEver | Answer::Cut => Stage::Whole,
        }
    }
}

/// How the server encrypts.
#[derive(Clone, Default)]
pub enum Encryption {
    #[default]
    No,
    /// It offers to, and then does not.
    Broken,
    StartTls(Arc<ServerConfig>),
    FromTheStart(Arc<ServerConfig>),
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
    encryption: Encryption,
    /// What AUTH PLAIN must bring, in Base64.
    password: Option<&'static str>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    received: Vec<Received>,
    answers: VecDeque<Answer>,
    /// So many more messages are answered; None for all.
    answers_left: Option<u32>,
    watcher: Option<mpsc::UnboundedSender<Happened>>,
    /// Commands that anybody on the way could have read.
    overheard: Vec<String>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}
type Talk = BufReader<Box<dyn Stream>>;

impl Smtp {
    pub async fn start() -> Self {
        Self::start_with(Encryption::No, None).await
    }

    pub async fn start_with(encryption: Encryption, password: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let smtp = Self { port, encryption, password, inner: Arc::default() };
        let server = smtp.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let server = server.clone();
                // A sender that is killed breaks its connection: nothing to tell of.
                tokio::spawn(async move { server.serve(Box::new(socket)).await.unwrap_or_default() });
            }
        });
        smtp
    }

    /// For SPILNO_SMTP_URL.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// The same server for senders that insist on encryption, with what they sign in by, if anything.
    pub fn url_with_tls(&self, user: &str) -> String {
        let scheme = if matches!(self.encryption, Encryption::FromTheStart(_)) { "smtps" } else { "smtp" };
        format!("{scheme}://{user}127.0.0.1:{}", self.port)
    }

    pub fn received(&self) -> Vec<Received> {
        self.inner.lock().unwrap().received.clone()
    }

    pub fn overheard(&self) -> Vec<String> {
        self.inner.lock().unwrap().overheard.clone()
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

    /// The next answer, where it is due at this stage.
    fn answer_at(&self, stage: Stage) -> Option<Answer> {
        self.inner.lock().unwrap().answers.pop_front_if(|answer| answer.stage() == stage)
    }

    async fn serve(&self, socket: Box<dyn Stream>) -> std::io::Result<()> {
        let mut talk = match &self.encryption {
            Encryption::FromTheStart(config) => encrypted(config, socket).await?,
            _ => BufReader::new(socket),
        };
        if self.answer_at(Stage::Greeting).is_some() {
            return say(&mut talk, "421 too many of you").await;
        }
        say(&mut talk, "220 test").await?;
        let secret = matches!(self.encryption, Encryption::FromTheStart(_));
        if !self.converse(&mut talk, secret).await? {
            return Ok(());
        }
        match &self.encryption {
            Encryption::StartTls(config) => {
                say(&mut talk, "220 go on").await?;
                let mut talk = encrypted(config, talk.into_inner()).await?;
                self.converse(&mut talk, true).await.map(|_| ())
            }
            _ => say(&mut talk, "454 not now").await,
        }
    }

    /// True where the sender wants to encrypt, false where there is no more to say.
    async fn converse(&self, talk: &mut Talk, secret: bool) -> std::io::Result<bool> {
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if talk.read_line(&mut line).await? == 0 {
                return Ok(false);
            }
            let line = line.trim_end();
            if !secret {
                self.inner.lock().unwrap().overheard.push(line.to_owned());
            }
            match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => say(talk, self.abilities(secret)).await?,
                "STAR" if !secret && !matches!(self.encryption, Encryption::No) => return Ok(true),
                "STAR" => say(talk, "502 not here").await?,
                "AUTH" if self.password.is_some_and(|password| line.ends_with(password)) => {
                    say(talk, "235 welcome").await?;
                }
                "AUTH" => say(talk, "535 who are you").await?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    match self.answer_at(Stage::Recipient) {
                        Some(Answer::RefuseRecipientForNow) => say(talk, "450 greylisted").await?,
                        Some(_) => say(talk, "550 no such user").await?,
                        None => say(talk, "250 ok").await?,
                    }
                }
                "DATA" => {
                    say(talk, "354 go on").await?;
                    if self.answer_at(Stage::Data).is_some() {
                        return Ok(false);
                    }
                    let bytes = message(talk).await?;
                    if !self.take(talk, &to, bytes).await? {
                        return Ok(false);
                    }
                }
                "QUIT" => {
                    say(talk, "221 bye").await?;
                    return Ok(false);
                }
                _ => say(talk, "250 ok").await?,
            }
        }
    }

    fn abilities(&self, secret: bool) -> &'static str {
        match (&self.encryption, secret, self.password) {
            (Encryption::StartTls(_) | Encryption::Broken, false, _) => "250-test\r\n250-STARTTLS\r\n250 8BITMIME",
            (_, _, Some(_)) => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            (_, _, None) => "250-test\r\n250 8BITMIME",
        }
    }

    /// False where the connection is to break.
    async fn take(&self, talk: &mut Talk, to: &str, bytes: Vec<u8>) -> std::io::Result<bool> {
        let answer = self.answer_at(Stage::Whole).unwrap_or(Answer::Take);
        let silent = {
            let mut inner = self.inner.lock().unwrap();
            if matches!(answer, Answer::Take | Answer::Cut) {
                let message_id = header(&bytes, "Message-ID");
                inner.received.push(Received { to: to.to_owned(), message_id, bytes });
            }
            let silent = inner.answers_left == Some(0);
            inner.answers_left = inner.answers_left.map(|left| left.saturating_sub(1));
            silent
        };
        self.tell(Happened::Came);
        if silent {
            std::future::pending::<()>().await;
        }
        match answer {
            Answer::RefuseForNow => say(talk, "451 try again later").await?,
            Answer::RefuseForEver => say(talk, "552 too large").await?,
            Answer::Cut => return Ok(false),
            _ => {
                say(talk, "250 taken").await?;
                self.tell(Happened::Answered);
            }
        }
        Ok(true)
    }
}

async fn encrypted(config: &Arc<ServerConfig>, socket: Box<dyn Stream>) -> std::io::Result<Talk> {
    Ok(BufReader::new(Box::new(TlsAcceptor::from(config.clone()).accept(socket).await?)))
}

async fn say(talk: &mut Talk, line: &str) -> std::io::Result<()> {
    talk.write_all(format!("{line}\r\n").as_bytes()).await?;
    talk.flush().await
}

/// Up to the line with a single dot; dots that the sender doubled are single again.
async fn message(talk: &mut Talk) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if talk.read_until(b'\n', &mut line).await? == 0 {
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
