//! Settings from flags, the environment, a TOML file and defaults, in this order of precedence. docs/settings.md
//! describes them.

use crate::mail;
use anyhow::{Context, anyhow, bail};
use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, path::PathBuf};
use tracing_subscriber::EnvFilter;
use url::Url;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder of the SQLite database. Not used if `database_url` is set.
    pub data: PathBuf,
    /// sqlite:FILE or postgres://…; empty for the SQLite file in `data`.
    pub database_url: String,
    /// The address under which browsers reach the portal, without a trailing slash; empty for `http://LISTEN`.
    pub base_url: String,
    /// smtp:// or smtps:// with user, password, host and port; empty if mail is not sent and stays in the database.
    pub smtp_url: String,
    /// PEM file with the certificate of the mail server's certificate authority; empty for the public authorities that
    /// browsers trust.
    pub smtp_ca: PathBuf,
    /// The sender of mail.
    pub mail_from: String,
    /// The log filter, in the syntax of tracing's `EnvFilter`.
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
            smtp_ca: PathBuf::new(),
            mail_from: "Spilno <spilno@localhost>".to_owned(),
            log: "info".to_owned(),
        }
    }
}

/// Settings given as flags. Those left out come from the other sources.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Flags {
    /// TOML file with settings, see docs/settings.md
    #[arg(long, value_name = "FILE", env = "SPILNO_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Folder of the SQLite database [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Database to use instead of the one in DIR: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// Address under which browsers reach the portal, such as https://portal.example.com [default: http://LISTEN]
    #[arg(long, value_name = "URL", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Sender of mail, such as "Spilno <portal@example.com>"
    #[arg(long, value_name = "SENDER", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,
    /// What to log: error, warn, info, debug, trace, or a filter such as info,server=debug [default: info]
    #[arg(long, value_name = "FILTER", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// PEM file with the certificate authority of the mail server [default: the authorities that browsers trust]
    #[arg(long, value_name = "FILE", global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_ca: Option<PathBuf>,
}

impl Settings {
    /// Reads and checks the settings from all sources. The error names the invalid setting and says what was expected.
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
        let settings: Settings = figment.extract().map_err(explain)?;
        settings.check()?;
        Ok(settings)
    }

    /// Checks what the types do not enforce.
    fn check(&self) -> anyhow::Result<()> {
        let url = &self.database_url;
        let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        if !url.is_empty() && !known {
            bail!("database_url: expected {}", expected("database_url"));
        }
        if !self.base_url.is_empty() {
            let rest = self.base_url.strip_prefix("https://").or_else(|| self.base_url.strip_prefix("http://"));
            let host = rest.filter(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']));
            host.and_then(|_| Url::parse(&self.base_url).ok())
                .with_context(|| format!("base_url: expected {}", expected("base_url")))?;
        }
        mail::check(&self.smtp_url, &self.smtp_ca)?;
        self.mail_from
            .parse::<lettre::message::Mailbox>()
            .map_err(|_| anyhow!("mail_from: expected {}", expected("mail_from")))?;
        EnvFilter::try_new(&self.log).map_err(|error| anyhow!("log: expected {}: {error}", expected("log")))?;
        Ok(())
    }

    /// Returns the URL of the database.
    pub fn database_url(&self) -> String {
        if self.database_url.is_empty() {
            store::Store::sqlite_url(&self.data.join("spilno.db"))
        } else {
            self.database_url.clone()
        }
    }

    /// Returns the base URL as browsers write it in the `Origin` header: in lower case and without a default port.
    pub fn base_url(&self) -> String {
        let configured =
            if self.base_url.is_empty() { format!("http://{}", self.listen) } else { self.base_url.clone() };
        Url::parse(&configured).map_or(configured, |url| url.origin().ascii_serialization())
    }
}

/// Formats the errors, one per line: the setting's name, what was expected, and the source of the invalid value.
fn explain(errors: figment::Error) -> anyhow::Error {
    let one = |error: figment::Error| {
        let source = error.metadata.as_ref().map_or_else(String::new, |metadata| match &metadata.source {
            Some(source) => format!(" (in {source})"),
            None => format!(" (in {})", metadata.name),
        });
        match &error.kind {
            Kind::UnknownField(name, names) => {
                format!("{name}: unknown setting{source}; expected one of {}", names.join(", "))
            }
            kind => {
                let name = error.path.last().map_or("settings", String::as_str);
                format!("{name}: expected {}, but: {kind}{source}", expected(name))
            }
        }
    };
    anyhow!("{}", errors.into_iter().map(one).collect::<Vec<_>>().join("\n"))
}

fn expected(setting: &str) -> &'static str {
    match setting {
        "listen" => "an address and a port such as 127.0.0.1:3000",
        "data" => "a folder",
        "database_url" => "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
        "base_url" => "https://HOST or http://HOST:PORT, without a path or a slash at the end",
        "mail_from" => "an address such as Spilno <portal@example.com>",
        "smtp_ca" => "a PEM file with the certificate of an authority",
        "log" => "a level such as info, or a filter such as info,server=debug",
        _ => "a string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_documented() {
        let documented = include_str!("../../docs/settings.md");
        let settings = serde_json::to_value(Settings::default()).unwrap();
        for name in settings.as_object().unwrap().keys() {
            let variable = format!("`SPILNO_{}`", name.to_uppercase());
            assert!(documented.contains(&format!("`{name}`")), "docs/settings.md does not name {name}");
            assert!(documented.contains(&variable), "docs/settings.md does not name {variable}");
        }
    }

    /// Forms are accepted only if their `Origin` header equals this address.
    #[test]
    fn base_url_is_normalised_as_in_the_origin_header() {
        for (base_url, listen, expected) in [
            ("https://Portal.Example.com:443", "127.0.0.1:3000", "https://portal.example.com"),
            ("http://192.168.1.10:3000", "0.0.0.0:3000", "http://192.168.1.10:3000"),
            ("", "127.0.0.1:80", "http://127.0.0.1"),
            ("", "[::1]:3000", "http://[::1]:3000"),
        ] {
            let (base_url, listen) = (base_url.to_owned(), listen.parse().unwrap());
            let settings = Settings { base_url, listen, ..Settings::default() };
            settings.check().unwrap();
            assert_eq!(settings.base_url(), expected);
        }
    }

    #[test]
    fn the_documented_example_file_is_valid() {
        let documented = include_str!("../../docs/settings.md");
        let file = documented.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let settings: Settings =
            Figment::from(Serialized::defaults(Settings::default())).merge(Toml::string(file)).extract().unwrap();
        settings.check().unwrap();
        assert_eq!(settings.base_url(), "https://portal.example.com");
    }
}
