//! The command line.

use crate::{
    database, serve,
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
    DatabaseKind, Error, Store,
    account::password,
    person::NewPerson,
    product::{self, OfferError},
};

const HELP: &str = "\
To try it out:   spilno serve --demo     then open http://127.0.0.1:3000 and sign in with an account that it prints
To begin:        spilno serve            then create your company at http://127.0.0.1:3000

Settings are read from flags, from environment variables (SPILNO_LISTEN, SPILNO_DATA, SPILNO_DATABASE_URL or
DATABASE_URL, SPILNO_BASE_URL, SPILNO_SMTP_URL, SPILNO_SMTP_CA, SPILNO_MAIL_FROM, SPILNO_LOG) and from a TOML file
(--config FILE or SPILNO_CONFIG), which has the same names in lower case and without SPILNO_. Flags take precedence over
environment variables, and those over the file. docs/settings.md describes all settings.";

/// Spilno: a portal in which a company and its customers make orders together.
#[derive(Debug, Parser)]
#[command(name = "spilno", version, after_help = HELP)]
pub struct Command {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    subcommand: CommandKind,
}

#[derive(Debug, Subcommand)]
enum CommandKind {
    /// Run the portal (pages, design rooms and mail) until Ctrl-C or SIGTERM
    Serve {
        /// Address and port to listen on [default: 127.0.0.1:3000]
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
        /// Fill the database with the demo company first, if it has no company yet
        #[arg(long)]
        demo: bool,
    },
    /// Migrate the database and exit; serve migrates it too
    Migrate,
    /// Fill a database that has no company with the demo company, print its sign-ins and exit
    Demo,
    /// Add and list staff
    #[command(subcommand)]
    User(UserCommand),
    /// Check product models and add products to the catalogue
    #[command(subcommand)]
    Model(ModelCommand),
    /// Copy the SQLite database to a new file, also while the portal runs (use pg_dump for PostgreSQL)
    Backup {
        /// The new file; it must not exist
        file: PathBuf,
    },
    /// List the method and path of every route
    Routes,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add a member of staff; the password is read from standard input
    Add {
        /// The e-mail address to sign in with
        #[arg(long)]
        email: String,
        /// The name that customers and colleagues see
        #[arg(long)]
        name: String,
        /// Allow the person to manage staff
        #[arg(long)]
        administrator: bool,
        /// Language of the person's pages and mail: uk or en
        #[arg(long, default_value = "uk", value_parser = |tag: &str| tag.parse::<Language>())]
        language: Language,
    },
    /// List staff
    List,
}

#[derive(Debug, Subcommand)]
enum ModelCommand {
    /// Check a product model and print every mistake with its line
    Check { file: PathBuf },
    /// Add the product that this model describes to the catalogue, or replace its model
    Add { file: PathBuf },
}

impl Command {
    pub async fn run(self) -> anyhow::Result<()> {
        let listen = if let CommandKind::Serve { listen, .. } = &self.subcommand { *listen } else { None };
        let settings = Settings::read(&self.flags, listen)?;
        match self.subcommand {
            CommandKind::Serve { demo, .. } => serve::run(settings, demo).await,
            CommandKind::Migrate => {
                database::open(&settings).await?.close().await;
                println!("The database is up to date.");
                Ok(())
            }
            CommandKind::Demo => {
                let (store, history) = database::open_with_history(&settings).await?;
                let filled = crate::demo::fill(&store, &history).await?;
                println!(
                    "{}",
                    if filled {
                        crate::demo::SIGN_INS
                    } else {
                        "The database already has a company; nothing was changed."
                    }
                );
                store.close().await;
                Ok(())
            }
            CommandKind::User(user) => manage_staff(&database::open(&settings).await?, user).await,
            CommandKind::Model(ModelCommand::Check { file }) => check_model(&file),
            CommandKind::Model(ModelCommand::Add { file }) => add_model(&database::open(&settings).await?, &file).await,
            CommandKind::Backup { file } => {
                let store = database::open(&settings).await?;
                if store.kind() == DatabaseKind::Postgres {
                    anyhow::bail!("backup copies SQLite databases only; use pg_dump for PostgreSQL");
                }
                store.backup(&file).await?;
                println!("{}", file.display());
                Ok(())
            }
            CommandKind::Routes => {
                for entry in crate::http::entry_points() {
                    println!("{:6} {}", entry.method, entry.path);
                }
                Ok(())
            }
        }
    }
}

async fn manage_staff(store: &Store, user: UserCommand) -> anyhow::Result<()> {
    match user {
        UserCommand::Add { email, name, administrator, language } => {
            eprintln!("Password:");
            let mut password = String::new();
            std::io::stdin().read_line(&mut password)?;
            let mut check = domain::input::FormValidator::default();
            let email = check.email("email", &email);
            let name = check.line("name", &name, 120);
            let password = check.new_password("password", password.trim_end_matches(['\r', '\n']), &email);
            check.done().map_err(|errors| invalid_fields(&errors))?;
            let role = if administrator { StaffRole::Administrator } else { StaffRole::Staff };
            let password_hash = Some(password::hash(password).await?);
            let mut change = store.change(Actor::System).await?;
            let new = NewPerson { email, name, phone: String::new(), language, password_hash, confirmed: true };
            match store::company::add_staff_member(&mut change, new, role).await {
                Err(Error::Invalid(errors)) => return Err(invalid_fields(&errors)),
                hired => hired?,
            };
            change.commit().await?;
            println!("Added.");
        }
        UserCommand::List => {
            for member in store::company::list_staff(&mut *store.read().await?, &Actor::System).await? {
                println!("{}\t{}\t{}", member.role.name(), member.person.email, member.person.name);
            }
        }
    }
    Ok(())
}

/// Formats the errors with the texts of the pages, in English.
fn invalid_fields(errors: &[FieldError]) -> anyhow::Error {
    let format =
        |error: &FieldError| format!("{}: {}", error.field, app::web::form::field_message(Language::En, error.problem));
    anyhow::anyhow!("{}", errors.iter().map(format).collect::<Vec<_>>().join("\n"))
}

fn check_model(file: &Path) -> anyhow::Result<()> {
    match domain::model::parse(&read_model(file)?) {
        Ok(_) => {
            println!("{}: no mistakes found", file.display());
            Ok(())
        }
        Err(mistakes) => report_mistakes(file, &mistakes),
    }
}

async fn add_model(store: &Store, file: &Path) -> anyhow::Result<()> {
    let text = read_model(file)?;
    let mut change = store.change(Actor::System).await?;
    match product::offer(&mut change, &text).await {
        Ok(_) => {
            change.commit().await?;
            println!("{}: added to the catalogue", file.display());
            Ok(())
        }
        Err(OfferError::InvalidModel(mistakes)) => report_mistakes(file, &mistakes),
        Err(OfferError::Store(error)) => Err(error.into()),
    }
}

fn read_model(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn report_mistakes(file: &Path, mistakes: &[ModelError]) -> anyhow::Result<()> {
    for mistake in mistakes {
        eprintln!("{}:{mistake}", file.display());
    }
    anyhow::bail!("{} mistakes", mistakes.len())
}
