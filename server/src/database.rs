//! Opens the database that the settings name.

use crate::settings::Settings;
use anyhow::Context;
use store::{Clock, HistoryWriter, Store};

/// Opens the database and migrates it. Creates the data folder if the database is the SQLite file in it.
pub async fn open(settings: &Settings) -> anyhow::Result<Store> {
    Ok(open_with_history(settings).await?.0)
}

/// Like [`open`], and also returns the permission to write the demo company's history.
pub async fn open_with_history(settings: &Settings) -> anyhow::Result<(Store, HistoryWriter)> {
    if settings.database_url.is_empty() {
        std::fs::create_dir_all(&settings.data)
            .with_context(|| format!("data: the folder {} cannot be created", settings.data.display()))?;
    }
    Ok(store::open_with_history(&settings.database_url(), Clock::System).await?)
}
