//! How long a backup of what an import has made takes, how long others wait for the database
//! meanwhile, and how long its restore takes.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::ensure;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_store::{BackupFile, Passphrase, Sealer, Store};

use super::{megabytes, others};
use crate::figures::{Figure, percentile};

const PASSPHRASE: &str = "correct horse battery staple";

/// Backs `store` up and restores it into a new SQLite file in `folder`.
///
/// # Errors
/// Either fails, or not every row comes back.
pub(super) async fn back_up_and_restore(
    name: &str,
    store: &Store,
    folder: &Path,
) -> anyhow::Result<Vec<Figure>> {
    let file = folder.join(format!("{name}.backup"));
    let done = Arc::new(AtomicBool::new(false));
    let waits = tokio::spawn(others(store.clone(), Arc::clone(&done), None));
    let begun = Instant::now();
    let passphrase = Passphrase::new(PASSPHRASE.to_owned())?;
    store.back_up(passphrase, File::create(&file)?).await?;
    let backup = begun.elapsed();
    done.store(true, Ordering::Relaxed);
    let waits = waits.await??;

    let begun = Instant::now();
    let backed_up = BackupFile::check(&file, Passphrase::of_backup(PASSPHRASE.to_owned()))?;
    let checked = begun.elapsed();
    let url = format!(
        "sqlite://{}",
        folder.join(format!("restored-{name}.db")).display()
    );
    let sealer = Sealer::open_or_create(&folder.join("restored.key"), &SystemEntropy)?;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let restored = backed_up.restore(&url, sealer, clock, entropy).await?;
    let restore = begun.elapsed();
    ensure!(restored.rows > 0, "{restored:?}");

    let figure = |figure: &str, value, unit| Figure::new(format!("{figure}_{name}"), value, unit);
    let bytes = std::fs::metadata(&file)?.len();
    Ok(vec![
        figure("backup_s", backup.as_secs_f64(), "s"),
        figure("backup_mb", megabytes(bytes), "MB"),
        figure("backup_other_write_p99_ms", percentile(&waits, 0.99), "ms"),
        // Of the restore, what reads the file to its end before anything is written.
        figure("check_s", checked.as_secs_f64(), "s"),
        figure("restore_s", restore.as_secs_f64(), "s"),
    ])
}
