//! `linecard restore`: fills an empty store from a backup.

use std::path::PathBuf;

use clap::Args;
use linecard_store::{BackupFile, BackupFileError, Passphrase, RestoreError, Store};

use crate::config::Config;
use crate::language::Language;
use crate::parts;
use crate::passphrase::PassphraseArguments;

/// What is restored into which store.
#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The configuration file, which names the store
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArguments,
}

pub(crate) async fn restore(arguments: RestoreArguments) -> anyhow::Result<()> {
    let language = Language::of_terminal(|name| std::env::var(name).ok());
    let config = Config::read(arguments.config.as_deref(), std::env::vars())?;
    let passphrase = Passphrase::of_backup(arguments.passphrase.read(language, false)?);
    let path = arguments.file;
    let checked = tokio::task::spawn_blocking(move || BackupFile::check(&path, passphrase)).await?;
    let file = checked.map_err(|error| of_file(language, error))?;

    let (clock, entropy) = parts::clock_and_entropy();
    let sealer = parts::sealer(&config.store, entropy.as_ref())?;
    // Not into a store that a running Linecard has open.
    let _node = parts::node(&config.store, entropy.as_ref())?;
    let url = &config.store.url;
    let restored = file.restore(url, sealer, clock.clone(), entropy.clone());
    let restored = restored.await.map_err(|error| of_store(language, error))?;

    // Takes the steps of the schema that came after the backup, and shows that it opens.
    let sealer = parts::sealer(&config.store, entropy.as_ref())?;
    Store::open(url, sealer, clock, entropy)
        .await?
        .close()
        .await;
    let (made, rows) = (restored.made, restored.rows);
    crate::print(&match language {
        Language::English => format!(
            "Restored {rows} rows of the backup of {made}. Everybody has to sign in again. Nothing is \
             sent to a CRM and no phone system is linked before an admin confirms it: stop the \
             Linecard that the backup was made of, start this one, and open Home."
        ),
        Language::Chinese => format!(
            "已恢复 {made} 的备份，共 {rows} 行。所有人需重新登录。在管理员确认之前，不会向 CRM 发送任何内容，\
             也不会连接电话系统：请停止生成该备份的 Linecard，启动本机，然后打开首页。"
        ),
    });
    Ok(())
}

/// Why a file cannot be restored from, in the reader's language.
fn of_file(language: Language, error: BackupFileError) -> anyhow::Error {
    let chinese = match (&error, language) {
        (_, Language::English) => return error.into(),
        (BackupFileError::WrongPassphrase, _) => {
            "密码短语无法打开此备份：请输入生成备份时设置的密码短语（或文件开头已被改动）"
                .to_owned()
        }
        (BackupFileError::NotABackup { path, .. }, _) => {
            format!(
                "{} 不是 Linecard 的备份：请选择下载得到的文件",
                path.display()
            )
        }
        (BackupFileError::Damaged { words }, _) => {
            format!("备份已损坏或不完整（{words}）：请使用它的另一份副本，或更早的备份")
        }
        (BackupFileError::Newer { schema, .. }, _) => {
            format!("此备份由更新版本的 Linecard 生成（schema {schema}）：请用该版本恢复")
        }
        (BackupFileError::Io { path, error }, _) => {
            format!(
                "无法读取文件 {}（{error}）：请检查文件名和读取权限",
                path.display()
            )
        }
        (BackupFileError::Read(error), _) => {
            format!("无法将备份读完（{error}）：请检查其所在磁盘")
        }
    };
    anyhow::anyhow!(chinese)
}

/// Why nothing was restored, in the reader's language.
fn of_store(language: Language, error: RestoreError) -> anyhow::Error {
    match (error, language) {
        (RestoreError::File(error), _) => of_file(language, error),
        (RestoreError::NotEmpty { place, table }, Language::Chinese) => anyhow::anyhow!(
            "数据库 {place} 不为空（{table} 中有数据）：请恢复到空数据库；若旧数据库不再需要，请先将其移走"
        ),
        (RestoreError::BegunNewer, Language::Chinese) => anyhow::anyhow!(
            "该数据库由比备份更新的 Linecard 创建：请指定一个未被任何 Linecard 打开过的空数据库"
        ),
        (error, _) => error.into(),
    }
}
