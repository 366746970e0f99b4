//! The transaction of a change, on either database.

use super::{group_commit::SharedTransaction, row_batch::Statement};
use sqlx::{Any, AnyConnection};

pub(crate) enum Transaction {
    /// SQLite: a savepoint in a transaction that concurrent changes share.
    Shared(SharedTransaction),
    /// PostgreSQL.
    Own(sqlx::Transaction<'static, Any>),
}

impl Transaction {
    pub fn connection(&mut self) -> &mut AnyConnection {
        match self {
            Transaction::Shared(shared) => shared.connection(),
            Transaction::Own(transaction) => transaction,
        }
    }

    /// Executes `last`, commits, and returns when the change is on disk.
    pub async fn commit(self, last: Option<Statement>) -> std::result::Result<(), sqlx::Error> {
        match self {
            Transaction::Shared(shared) => shared.commit(last).await,
            Transaction::Own(mut transaction) => {
                if let Some(last) = last {
                    last.execute(&mut transaction).await?;
                }
                transaction.commit().await
            }
        }
    }
}
