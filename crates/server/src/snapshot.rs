//! Compares what the program writes with the committed files under `docs/api`, so that no change
//! goes unseen. `UPDATE_SNAPSHOTS=1 cargo test -p linecard-server --lib` renews them.

use std::path::Path;

use serde::Serialize;

/// Fails the test when the file differs; renews it when `UPDATE_SNAPSHOTS` is set.
pub(crate) fn check(file: &str, value: &impl Serialize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/api")
        .join(file);
    let mut fresh = serde_json::to_string_pretty(value).unwrap();
    fresh.push('\n');
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "docs/api/{file} is not what the program writes now. If the change is meant, run \
         `UPDATE_SNAPSHOTS=1 cargo test -p linecard-server --lib` and commit it."
    );
}
