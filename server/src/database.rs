//! Opens the database that the settings name.

use crate::settings::Settings;
use anyhow::Context;
use store::{Clock, Store};

/// Opens the database and migrates it. Creates the data folder if the database is the SQLite file in it.
pub async fn open(settings: &Settings) -> anyhow::Result<Store> {
    if settings.database_url.is_empty() {
        std::fs::create_dir_all(&settings.data)
            .with_context(|| format!("data: the folder {} cannot be created", settings.data.display()))?;
    }
    Ok(store::open(&settings.database_url(), Clock::System).await?)
}
