//! Settings: from flags, else the environment, else a TOML file, else as below. docs/settings.md lists them all.

use anyhow::Context;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, path::PathBuf};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder of the SQLite database, where no other database is named.
    pub data: PathBuf,
    /// sqlite:FILE or postgres://…; empty for the file in `data`.
    pub database_url: String,
    /// How browsers reach this server, without a slash at the end; empty for `http://LISTEN`.
    pub base_url: String,
    /// smtp:// or smtps:// with user, password, host and port; empty to keep mails in the database only.
    pub smtp_url: String,
    /// Sender of mails.
    pub mail_from: String,
    /// What to log, as tracing's EnvFilter reads it.
    pub log: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: PathBuf::from("data"),
            database_url: String::new(),
            base_url: String::new(),
            smtp_url: String::new(),
            mail_from: "Spilno <spilno@localhost>".to_owned(),
            log: "info".to_owned(),
        }
    }
}

/// Settings that flags name; those left out come from elsewhere.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Flags {
    /// TOML file with settings
    #[arg(long, value_name = "FILE", env = "SPILNO_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Folder of the SQLite database [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Database instead of the one in DIR: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
}

impl Settings {
    /// Reads all sources; the error names the setting and what was expected.
    pub fn read(flags: &Flags, listen: Option<SocketAddr>) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Settings::default()));
        if let Some(file) = &flags.config {
            figment = figment.merge(Toml::file_exact(file));
        }
        figment = figment
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("SPILNO_").ignore(&["config"]))
            .merge(Serialized::globals(flags));
        if let Some(listen) = listen {
            figment = figment.merge(Serialized::global("listen", listen));
        }
        let settings: Settings = figment.extract().context("a setting cannot be used")?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> anyhow::Result<()> {
        if !self.base_url.is_empty() {
            let rest = self.base_url.strip_prefix("https://").or_else(|| self.base_url.strip_prefix("http://"));
            let host = rest.filter(|host| !host.is_empty() && !host.contains('/'));
            host.context("base_url: expected https://HOST or http://HOST:PORT, without a path or a slash at the end")?;
        }
        self.mail_from
            .parse::<lettre::message::Mailbox>()
            .context("mail_from: expected an address such as Spilno <portal@example.com>")?;
        Ok(())
    }

    /// The database's address.
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            store::Store::sqlite_url(&self.data.join("spilno.db"))
        } else {
            self.database_url.clone()
        }
    }

    pub fn base_url(&self) -> String {
        if self.base_url.is_empty() { format!("http://{}", self.listen) } else { self.base_url.clone() }
    }
}
