//! How full a disk is.

use std::path::Path;
use std::sync::Arc;

/// How full a disk is, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// What a program without special rights may still write.
    pub free: u64,
    /// All of it.
    pub total: u64,
}

/// With less than this free a database may not be able to write for long.
const SCARCE_BYTES: u64 = 1 << 30;
/// On a small disk a part of it is scarce: one in so many.
const SCARCE_PART: u64 = 20;

/// Tells how full disks are.
pub trait DiskSpace: Send + Sync {
    /// The disk that `folder` lies on, or will once it is made; `None`: it cannot be asked. May
    /// block.
    fn of(&self, folder: &Path) -> Option<Disk>;
}

/// The disks of this machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemDisks;

impl DiskSpace for SystemDisks {
    fn of(&self, folder: &Path) -> Option<Disk> {
        let there = folder.ancestors().find(|it| it.is_dir());
        let there = there.unwrap_or(folder);
        match rustix::fs::statvfs(there) {
            Ok(told) => Some(Disk {
                free: told.f_bavail.saturating_mul(told.f_frsize),
                total: told.f_blocks.saturating_mul(told.f_frsize),
            }),
            Err(error) => {
                tracing::warn!(folder = %there.display(), %error, "the disk cannot be asked");
                None
            }
        }
    }
}

/// The disk that `folder` lies on.
pub(super) async fn under(disks: &Arc<dyn DiskSpace>, folder: &Path) -> Option<Disk> {
    let (disks, folder) = (Arc::clone(disks), folder.to_owned());
    tokio::task::spawn_blocking(move || disks.of(&folder))
        .await
        .ok()?
}

impl Disk {
    /// Whether somebody should make room.
    #[must_use]
    pub fn is_scarce(self) -> bool {
        self.free < SCARCE_BYTES.min(self.total / SCARCE_PART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    #[test]
    fn x7_the_disk_of_a_folder_that_is_not_made_yet_is_the_one_it_will_lie_on() {
        let folder = tempfile::tempdir().unwrap();
        let later = folder.path().join("not/yet");
        let disk = SystemDisks.of(&later).unwrap();
        assert!(disk.total > 0 && disk.free <= disk.total, "{disk:?}");
    }

    #[test]
    fn x7_room_is_scarce_below_a_gibibyte_or_a_twentieth_of_a_small_disk() {
        let disk = |free, total| Disk { free, total };
        assert!(disk(GIB - 1, 100 * GIB).is_scarce());
        assert!(!disk(GIB, 100 * GIB).is_scarce());
        assert!(!disk(GIB / 2, 8 * GIB).is_scarce());
        assert!(disk(GIB / 4, 8 * GIB).is_scarce());
    }
}
