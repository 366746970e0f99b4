//! A mail server on loopback that accepts messages or answers them as a test sets it.

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

/// How the server handles a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    /// 421 as the greeting.
    RefuseConnection,
    /// 450 to the recipient, as with greylisting.
    RefuseRecipientTemporarily,
    /// 550 to the recipient.
    RefuseRecipientPermanently,
    /// 451 after the data.
    RefuseDataTemporarily,
    /// 552 after the data.
    RefuseDataPermanently,
    DisconnectWithinData,
    /// Stores the message and disconnects without an answer.
    DisconnectAfterData,
}

/// The stage of the SMTP dialogue at which an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Recipient,
    Data,
    AfterData,
}

impl Answer {
    fn stage(self) -> Stage {
        match self {
            Answer::RefuseConnection => Stage::Greeting,
            Answer::RefuseRecipientTemporarily | Answer::RefuseRecipientPermanently => Stage::Recipient,
            Answer::DisconnectWithinData => Stage::Data,
            Answer::Accept
            | Answer::RefuseDataTemporarily
            | Answer::RefuseDataPermanently
            | Answer::DisconnectAfterData => Stage::AfterData,
        }
    }
}

/// How the server encrypts.
#[derive(Clone, Default)]
pub enum Encryption {
    #[default]
    None,
    /// Advertises STARTTLS and then refuses it.
    Broken,
    StartTls(Arc<ServerConfig>),
    Implicit(Arc<ServerConfig>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpEvent {
    /// A whole message was received and not answered yet.
    Received,
    /// A message was acknowledged.
    Acknowledged,
}

#[derive(Clone)]
pub struct SmtpServer {
    port: u16,
    encryption: Encryption,
    /// The expected argument of AUTH PLAIN, in Base64.
    password: Option<&'static str>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    received: Vec<Received>,
    answers: VecDeque<Answer>,
    /// The number of messages that are still answered; `None` for all.
    answers_left: Option<u32>,
    events: Option<mpsc::UnboundedSender<SmtpEvent>>,
    /// Commands that were received unencrypted.
    unencrypted_commands: Vec<String>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}
type Dialogue = BufReader<Box<dyn Stream>>;

impl SmtpServer {
    pub async fn start() -> Self {
        Self::start_with(Encryption::None, None).await
    }

    pub async fn start_with(encryption: Encryption, password: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let smtp = Self { port, encryption, password, inner: Arc::default() };
        let server = smtp.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let server = server.clone();
                // A killed sender breaks its connection, which is not an error.
                tokio::spawn(async move { server.serve(Box::new(socket)).await.unwrap_or_default() });
            }
        });
        smtp
    }

    /// For SPILNO_SMTP_URL.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// The URL for senders that require encryption. `user` is empty or `USER:PASSWORD@`.
    pub fn url_with_tls(&self, user: &str) -> String {
        let scheme = if matches!(self.encryption, Encryption::Implicit(_)) { "smtps" } else { "smtp" };
        format!("{scheme}://{user}127.0.0.1:{}", self.port)
    }

    pub fn received(&self) -> Vec<Received> {
        self.inner.lock().unwrap().received.clone()
    }

    pub fn unencrypted_commands(&self) -> Vec<String> {
        self.inner.lock().unwrap().unencrypted_commands.clone()
    }

    /// Sets how the next messages are handled. Those after them are accepted.
    pub fn set_answers(&self, answers: &[Answer]) {
        self.inner.lock().unwrap().answers.extend(answers);
    }

    /// Answers only this number of further messages; `None` answers all.
    pub fn limit_answers(&self, count: Option<u32>) {
        self.inner.lock().unwrap().answers_left = count;
    }

    /// Returns the events from now on. There is only one subscriber.
    pub fn subscribe(&self) -> mpsc::UnboundedReceiver<SmtpEvent> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.inner.lock().unwrap().events = Some(sender);
        receiver
    }

    fn emit(&self, event: SmtpEvent) {
        if let Some(events) = &self.inner.lock().unwrap().events {
            let _ = events.send(event);
        }
    }

    /// Removes and returns the next answer if it belongs to this stage.
    fn take_answer_at(&self, stage: Stage) -> Option<Answer> {
        self.inner.lock().unwrap().answers.pop_front_if(|answer| answer.stage() == stage)
    }

    async fn serve(&self, socket: Box<dyn Stream>) -> std::io::Result<()> {
        let mut dialogue = match &self.encryption {
            Encryption::Implicit(config) => accept_tls(config, socket).await?,
            _ => BufReader::new(socket),
        };
        if self.take_answer_at(Stage::Greeting).is_some() {
            return reply(&mut dialogue, "421 too many connections").await;
        }
        reply(&mut dialogue, "220 test").await?;
        let is_encrypted = matches!(self.encryption, Encryption::Implicit(_));
        if !self.run_dialogue(&mut dialogue, is_encrypted).await? {
            return Ok(());
        }
        match &self.encryption {
            Encryption::StartTls(config) => {
                reply(&mut dialogue, "220 ready").await?;
                let mut dialogue = accept_tls(config, dialogue.into_inner()).await?;
                self.run_dialogue(&mut dialogue, true).await.map(|_| ())
            }
            _ => reply(&mut dialogue, "454 not available").await,
        }
    }

    /// Returns true after STARTTLS and false at the end of the dialogue.
    async fn run_dialogue(&self, dialogue: &mut Dialogue, is_encrypted: bool) -> std::io::Result<bool> {
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if dialogue.read_line(&mut line).await? == 0 {
                return Ok(false);
            }
            let line = line.trim_end();
            if !is_encrypted {
                self.inner.lock().unwrap().unencrypted_commands.push(line.to_owned());
            }
            match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => reply(dialogue, self.extensions(is_encrypted)).await?,
                "STAR" if !is_encrypted && !matches!(self.encryption, Encryption::None) => return Ok(true),
                "STAR" => reply(dialogue, "502 not supported").await?,
                "AUTH" if self.password.is_some_and(|password| line.ends_with(password)) => {
                    reply(dialogue, "235 authenticated").await?;
                }
                "AUTH" => reply(dialogue, "535 invalid credentials").await?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    match self.take_answer_at(Stage::Recipient) {
                        Some(Answer::RefuseRecipientTemporarily) => reply(dialogue, "450 greylisted").await?,
                        Some(_) => reply(dialogue, "550 no such user").await?,
                        None => reply(dialogue, "250 ok").await?,
                    }
                }
                "DATA" => {
                    reply(dialogue, "354 send the message").await?;
                    if self.take_answer_at(Stage::Data).is_some() {
                        return Ok(false);
                    }
                    let bytes = decode_message(dialogue).await?;
                    if !self.answer_data(dialogue, &to, bytes).await? {
                        return Ok(false);
                    }
                }
                "QUIT" => {
                    reply(dialogue, "221 bye").await?;
                    return Ok(false);
                }
                _ => reply(dialogue, "250 ok").await?,
            }
        }
    }

    fn extensions(&self, is_encrypted: bool) -> &'static str {
        match (&self.encryption, is_encrypted, self.password) {
            (Encryption::StartTls(_) | Encryption::Broken, false, _) => "250-test\r\n250-STARTTLS\r\n250 8BITMIME",
            (_, _, Some(_)) => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            (_, _, None) => "250-test\r\n250 8BITMIME",
        }
    }

    /// Answers a received message. Returns false if the connection is to be closed.
    async fn answer_data(&self, dialogue: &mut Dialogue, to: &str, bytes: Vec<u8>) -> std::io::Result<bool> {
        let answer = self.take_answer_at(Stage::AfterData).unwrap_or(Answer::Accept);
        let is_unanswered = {
            let mut inner = self.inner.lock().unwrap();
            if matches!(answer, Answer::Accept | Answer::DisconnectAfterData) {
                let message_id = header(&bytes, "Message-ID");
                inner.received.push(Received { to: to.to_owned(), message_id, bytes });
            }
            let is_unanswered = inner.answers_left == Some(0);
            inner.answers_left = inner.answers_left.map(|left| left.saturating_sub(1));
            is_unanswered
        };
        self.emit(SmtpEvent::Received);
        if is_unanswered {
            std::future::pending::<()>().await;
        }
        match answer {
            Answer::RefuseDataTemporarily => reply(dialogue, "451 try again later").await?,
            Answer::RefuseDataPermanently => reply(dialogue, "552 too large").await?,
            Answer::DisconnectAfterData => return Ok(false),
            _ => {
                reply(dialogue, "250 accepted").await?;
                self.emit(SmtpEvent::Acknowledged);
            }
        }
        Ok(true)
    }
}

async fn accept_tls(config: &Arc<ServerConfig>, socket: Box<dyn Stream>) -> std::io::Result<Dialogue> {
    Ok(BufReader::new(Box::new(TlsAcceptor::from(config.clone()).accept(socket).await?)))
}

async fn reply(dialogue: &mut Dialogue, line: &str) -> std::io::Result<()> {
    dialogue.write_all(format!("{line}\r\n").as_bytes()).await?;
    dialogue.flush().await
}

/// Reads a message up to the line with a single dot, and removes the dots that the sender doubled.
async fn decode_message(dialogue: &mut Dialogue) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if dialogue.read_until(b'\n', &mut line).await? == 0 {
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
