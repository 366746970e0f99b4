//! The command line.

use crate::{
    serve,
    settings::{Flags, Settings},
};
use anyhow::Context;
use clap::{Parser, Subcommand};
use domain::{
    Language,
    input::FieldError,
    model::ModelError,
    policy::{Actor, StaffRole},
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};
use store::{
    Clock, DatabaseKind, Error, Store,
    account::password,
    person::NewPerson,
    product::{self, NotTaken},
};

const HELP: &str = "\
To look around:  spilno serve --demo     then open http://127.0.0.1:3000 with a sign-in that it prints
To begin:        spilno serve            then name your company at http://127.0.0.1:3000

Settings come from flags, from the environment (SPILNO_LISTEN, SPILNO_DATA, SPILNO_DATABASE_URL or DATABASE_URL,
SPILNO_BASE_URL, SPILNO_SMTP_URL, SPILNO_SMTP_CA, SPILNO_MAIL_FROM, SPILNO_LOG) or from a TOML file (--config FILE or
SPILNO_CONFIG) with the same names in small letters and without SPILNO_; a flag counts before the environment, and that
before the file. docs/settings.md explains each.";

/// Spilno: a portal in which a company and its customers make orders together.
#[derive(Debug, Parser)]
#[command(name = "spilno", version, after_help = HELP)]
pub struct Command {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Run the portal: pages, design rooms and mail, until it is asked to stop (Ctrl-C or SIGTERM)
    Serve {
        /// Address and port to listen on [default: 127.0.0.1:3000]
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
        /// Fill the database with the demo company first, where there is no company yet
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database's tables up to date and stop; serve does so by itself
    Migrate,
    /// Fill a database without a company with the demo company, print its sign-ins and stop
    Demo,
    /// Add and list the company's staff
    #[command(subcommand)]
    User(User),
    /// Check product models, and offer products by them
    #[command(subcommand)]
    Model(Model),
    /// Copy the SQLite database into a new file, also while the portal runs (for PostgreSQL there is pg_dump)
    Backup {
        /// The new file; it must not be there yet
        file: PathBuf,
    },
    /// List every address the program answers: method and path
    Routes,
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add a member of staff to a company that is there; the password is read from standard input
    Add {
        /// The address to sign in with
        #[arg(long)]
        email: String,
        /// How customers and colleagues see the person's name
        #[arg(long)]
        name: String,
        /// May also manage the company's staff
        #[arg(long)]
        administrator: bool,
        /// Language of the person's pages and mails: uk or en
        #[arg(long, default_value = "uk", value_parser = |tag: &str| tag.parse::<Language>())]
        language: Language,
    },
    /// List the company's staff
    List,
}

#[derive(Debug, Subcommand)]
enum Model {
    /// Check a product model: every mistake with its line
    Check { file: PathBuf },
    /// Offer the product that this model describes, or give it this new model
    Add { file: PathBuf },
}

impl Command {
    pub async fn run(self) -> anyhow::Result<()> {
        let listen = if let What::Serve { listen, .. } = &self.what { *listen } else { None };
        let settings = Settings::read(&self.flags, listen)?;
        match self.what {
            What::Serve { demo, .. } => serve::run(settings, demo).await,
            What::Migrate => {
                open(&settings).await?.close().await;
                println!("The database is up to date.");
                Ok(())
            }
            What::Demo => {
                let store = open(&settings).await?;
                let filled = crate::demo::fill(&store).await?;
                println!(
                    "{}",
                    if filled { crate::demo::SIGN_INS } else { "There is a company already; nothing was changed." }
                );
                store.close().await;
                Ok(())
            }
            What::User(user) => manage_staff(&open(&settings).await?, user).await,
            What::Model(Model::Check { file }) => check_model(&file),
            What::Model(Model::Add { file }) => add_model(&open(&settings).await?, &file).await,
            What::Backup { file } => {
                let store = open(&settings).await?;
                if store.kind() == DatabaseKind::Postgres {
                    anyhow::bail!("a PostgreSQL database is copied by pg_dump");
                }
                store.backup(&file).await?;
                println!("{}", file.display());
                Ok(())
            }
            What::Routes => {
                for entry in crate::http::entry_points() {
                    println!("{:6} {}", entry.method, entry.path);
                }
                Ok(())
            }
        }
    }
}

/// Opens the database that the settings name, making the data folder where it is missing.
pub async fn open(settings: &Settings) -> anyhow::Result<Store> {
    if settings.database_url.is_empty() {
        std::fs::create_dir_all(&settings.data)
            .with_context(|| format!("data: the folder {} cannot be made", settings.data.display()))?;
    }
    Ok(store::open(&settings.database(), Clock::System).await?)
}

async fn manage_staff(store: &Store, user: User) -> anyhow::Result<()> {
    match user {
        User::Add { email, name, administrator, language } => {
            eprintln!("Password:");
            let mut password = String::new();
            std::io::stdin().read_line(&mut password)?;
            let mut check = domain::input::FormValidator::default();
            let email = check.email("email", &email);
            let name = check.line("name", &name, 120);
            let password = check.new_password("password", password.trim_end_matches(['\r', '\n']), &email);
            check.done().map_err(|errors| mistakes(&errors))?;
            let role = if administrator { StaffRole::Administrator } else { StaffRole::Staff };
            let password_hash = Some(password::hash(password).await?);
            let mut change = store.change(Actor::System).await?;
            let new = NewPerson { email, name, phone: String::new(), language, password_hash, confirmed: true };
            match store::company::hire(&mut change, new, role).await {
                Err(Error::Invalid(errors)) => return Err(mistakes(&errors)),
                hired => hired?,
            };
            change.commit().await?;
            println!("Added.");
        }
        User::List => {
            for member in store::company::staff(&mut *store.read().await?).await? {
                println!("{}\t{}\t{}", member.role.name(), member.person.email, member.person.name);
            }
        }
    }
    Ok(())
}

/// What is wrong with what was typed, as the pages say it.
fn mistakes(errors: &[FieldError]) -> anyhow::Error {
    let say = |error: &FieldError| format!("{}: {}", error.field, app::web::form::say(Language::En, error.problem));
    anyhow::anyhow!("{}", errors.iter().map(say).collect::<Vec<_>>().join("\n"))
}

fn check_model(file: &Path) -> anyhow::Result<()> {
    match domain::model::parse(&model_text(file)?) {
        Ok(_) => {
            println!("{}: no mistakes found", file.display());
            Ok(())
        }
        Err(mistakes) => refuse(file, &mistakes),
    }
}

async fn add_model(store: &Store, file: &Path) -> anyhow::Result<()> {
    let text = model_text(file)?;
    let mut change = store.change(Actor::System).await?;
    match product::offer(&mut change, &text).await {
        Ok(_) => {
            change.commit().await?;
            println!("{}: offered", file.display());
            Ok(())
        }
        Err(NotTaken::Mistakes(mistakes)) => refuse(file, &mistakes),
        Err(NotTaken::Store(error)) => Err(error.into()),
    }
}

fn model_text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn refuse(file: &Path, mistakes: &[ModelError]) -> anyhow::Result<()> {
    for mistake in mistakes {
        eprintln!("{}:{mistake}", file.display());
    }
    anyhow::bail!("{} mistakes", mistakes.len())
}
