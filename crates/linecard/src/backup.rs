//! `linecard backup`: writes everything in the store into one encrypted file, while the server runs or not.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use clap::Args;
use linecard_store::{AuditKind, Deed, Passphrase};

use crate::config::Config;
use crate::language::Language;
use crate::parts;
use crate::passphrase::PassphraseArguments;

/// What is written where.
#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The file to be made; one that is there is not overwritten
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArguments,
}

pub(crate) async fn backup(arguments: BackupArguments) -> anyhow::Result<()> {
    let language = Language::of_terminal(|name| std::env::var(name).ok());
    let config = Config::read(arguments.config.as_deref(), std::env::vars())?;
    let passphrase = Passphrase::new(arguments.passphrase.read(language, true)?)?;
    let (clock, entropy) = parts::clock_and_entropy();
    let store = parts::store(&config.store, &clock, &entropy).await?;
    let to = &arguments.to;
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(|error| anyhow::anyhow!("cannot make {}: {error}", to.display()))?;
    let mut unit = store.begin().await?;
    let deed = Deed::by_command(AuditKind::BackupMake, String::new());
    unit.audit().done(&deed).await?;
    unit.commit().await?;
    let written = match store.back_up(passphrase, file.try_clone()?).await {
        Ok(()) => file.sync_all().map_err(anyhow::Error::from),
        Err(error) => Err(error.into()),
    };
    store.close().await;
    if let Err(error) = written {
        // Half a backup is none.
        std::fs::remove_file(to)?;
        return Err(error);
    }
    crate::print(&match language {
        Language::English => format!("The backup is in {}.", to.display()),
        Language::Chinese => format!("备份已写入 {}。", to.display()),
    });
    Ok(())
}
