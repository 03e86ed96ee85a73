//! Each dependency has a line in `docs/dependencies.md`: why it, and not its rival.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use cargo_metadata::Package;
use serde::Deserialize;

use crate::places;

const BOOK: &str = "docs/dependencies.md";

/// What we read of a `package.json`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Manifest {
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
}

/// The direct dependencies of the workspace and of `web/` that have no line.
pub(super) fn broken(packages: &[Package]) -> Result<Vec<String>> {
    let path = places::checkout().join(BOOK);
    let book = fs::read_to_string(&path).with_context(|| format!("cannot read {BOOK}"))?;
    let explained = explained(&book);
    let mut used: BTreeSet<String> = packages
        .iter()
        .flat_map(|package| &package.dependencies)
        .filter(|dependency| dependency.path.is_none())
        .map(|dependency| dependency.name.clone())
        .collect();
    let manifest = places::checkout().join("web/package.json");
    if manifest.is_file() {
        let text = fs::read_to_string(&manifest).context("cannot read web/package.json")?;
        let manifest: Manifest =
            serde_json::from_str(&text).context("web/package.json is not what npm reads")?;
        used.extend(manifest.dependencies.into_keys());
        used.extend(manifest.dev_dependencies.into_keys());
    }
    Ok(used
        .iter()
        .filter(|name| !explained.contains(name.as_str()))
        .map(|name| format!("{name} has no line in {BOOK}: say why it and not its rival"))
        .collect())
}

/// The names in the first column of the tables; one cell may name several, with commas.
fn explained(book: &str) -> BTreeSet<&str> {
    book.lines()
        .filter_map(|line| line.strip_prefix('|')?.split('|').next())
        .flat_map(|cell| cell.split(','))
        .map(|name| name.trim().trim_matches('`'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_names_what_is_explained() {
        let book =
            "# Why\n\n| crate | why it |\n|---|---|\n| `serde`, serde_json | every |\n\nclap";
        let explained = explained(book);
        assert!(explained.contains("serde") && explained.contains("serde_json"));
        assert!(!explained.contains("clap") && !explained.contains("every"));
    }
}
