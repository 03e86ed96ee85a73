//! Which room may use which: the table of ARCHITECTURE.md, held against `cargo metadata`.
//!
//! Arrows run one way, and `number`, `call`, `crm` and `rules` never see a socket, a clock or a
//! random source. Only what ships counts: a test may stand in a wider room than its crate.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Package};

/// What a room may use, besides what those use in turn.
enum MayUse {
    These(&'static [&'static str]),
    Everything,
}
use MayUse::{Everything, These};

const PHONE_SYSTEM: MayUse = These(&["linecard-pbx", "linecard-clock"]);
const CRM: MayUse = These(&["linecard-crm", "linecard-http", "linecard-clock"]);

/// The table. A package that is not in it may not exist.
const ROOMS: [(&str, MayUse); 31] = [
    ("linecard-clock", These(&[])),
    ("linecard-number", These(&[])),
    ("linecard-call", These(&["linecard-number"])),
    ("linecard-pbx", These(&["linecard-call", "linecard-clock"])),
    ("linecard-crm", These(&["linecard-number"])),
    ("linecard-http", These(&["linecard-crm", "linecard-clock"])),
    ("linecard-mail", These(&[])),
    ("linecard-oidc", These(&["linecard-http", "linecard-clock"])),
    ("linecard-book", These(&["linecard-number"])),
    ("linecard-rules", These(&["linecard-call", "linecard-crm"])),
    (
        "linecard-store",
        These(&["linecard-rules", "linecard-book", "linecard-clock"]),
    ),
    (
        "linecard-flow",
        These(&[
            "linecard-store",
            "linecard-pbx",
            "linecard-http",
            "linecard-mail",
        ]),
    ),
    ("linecard-sip", These(&[])),
    (
        "linecard-server",
        These(&["linecard-flow", "linecard-oidc", "linecard-sip"]),
    ),
    ("linecard-sandbox", These(&["linecard-clock"])),
    ("linecard", Everything),
    (
        "linecard-companion",
        These(&["linecard-http", "linecard-clock"]),
    ),
    ("linecard-asterisk", PHONE_SYSTEM),
    ("linecard-yeastar", PHONE_SYSTEM),
    ("linecard-demo", PHONE_SYSTEM),
    ("linecard-bitrix24", CRM),
    ("linecard-hubspot", CRM),
    ("linecard-salesforce", CRM),
    ("linecard-zoho", CRM),
    ("linecard-template", CRM),
    ("linecard-conformance", These(&["linecard-crm"])),
    ("linecard-expected", These(&["linecard-call"])),
    ("linecard-tests", Everything),
    ("linecard-benches", Everything),
    (
        "linecard-fuzz",
        These(&["linecard-asterisk", "linecard-call", "linecard-pbx"]),
    ),
    ("xtask", These(&[])),
];

/// The rooms whose decisions are pure.
const PURE: [&str; 6] = [
    "linecard-number",
    "linecard-book",
    "linecard-call",
    "linecard-crm",
    "linecard-rules",
    "linecard-sip",
];

/// What would give a pure room a socket, a clock or a random source.
const IMPURE: [&str; 5] = ["linecard-clock", "rand", "reqwest", "sqlx", "tokio"];

/// What each package uses when it ships.
type Uses<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The arrows among `packages` that run the wrong way.
pub(super) fn broken(packages: &[Package]) -> Vec<String> {
    let uses: Uses<'_> = packages
        .iter()
        .map(|package| (package.name.as_str(), shipped(package)))
        .collect();
    let mut broken = Vec::new();
    for (&room, used) in &uses {
        let Some((_, may_use)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            broken.push(format!(
                "{room} is in no row of the table: add it to ARCHITECTURE.md and to \
                 xtask/src/check/arrows.rs"
            ));
            continue;
        };
        let allowed = reachable(may_use);
        for target in used.iter().filter(|target| uses.contains_key(*target)) {
            if !allowed.contains(target) {
                broken.push(format!(
                    "{room} uses {target}, but may only use {}",
                    listed(&allowed)
                ));
            }
        }
    }
    for room in PURE {
        for (path, impure) in impurities(room, &uses) {
            broken.push(format!(
                "{room} is pure, but reaches {impure} ({path}): take time, ids and answers as \
                 arguments"
            ));
        }
    }
    broken
}

/// What `package` needs to build and run, its tests apart.
fn shipped(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

/// What a room may use, with what those may use in turn.
fn reachable(may_use: &MayUse) -> BTreeSet<&'static str> {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<&'static str> = match may_use {
        These(rooms) => rooms.to_vec(),
        Everything => ROOMS.iter().map(|(name, _)| *name).collect(),
    };
    while let Some(room) = ahead.pop() {
        if reached.insert(room)
            && let Some((_, These(rooms))) = ROOMS.iter().find(|(name, _)| *name == room)
        {
            ahead.extend_from_slice(rooms);
        }
    }
    reached
}

/// The impure packages that `room` reaches through the workspace, each with the way there.
fn impurities<'a>(room: &'a str, uses: &Uses<'a>) -> Vec<(String, &'a str)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut ahead = vec![(room.to_owned(), room)];
    while let Some((path, here)) = ahead.pop() {
        for &next in uses.get(here).into_iter().flatten() {
            let path = format!("{path} -> {next}");
            if IMPURE.contains(&next) {
                found.push((path, next));
            } else if seen.insert(next) {
                ahead.push((path, next));
            }
        }
    }
    found
}

fn listed(rooms: &BTreeSet<&str>) -> String {
    if rooms.is_empty() {
        return "nothing of the house".to_owned();
    }
    rooms.iter().copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package as `cargo metadata` tells it; each dependency is a name and its kind.
    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> Package {
        let dependencies: Vec<_> = dependencies
            .iter()
            .map(|(name, kind)| {
                serde_json::json!({
                    "name": name, "req": "*", "kind": kind, "optional": false,
                    "uses_default_features": true, "features": [], "target": null,
                    "source": null, "rename": null, "registry": null
                })
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "name": name, "version": "0.1.0", "id": name, "edition": "2024",
            "manifest_path": "/house/Cargo.toml", "dependencies": dependencies,
            "targets": [], "features": {}, "license": null, "license_file": null,
            "description": null, "source": null, "metadata": null, "publish": null,
            "authors": [], "categories": [], "keywords": [], "readme": null,
            "repository": null, "homepage": null, "documentation": null, "links": null,
            "default_run": null, "rust_version": null
        }))
        .unwrap()
    }

    #[test]
    fn a_room_may_use_what_its_rooms_use() {
        let house = [
            package("linecard-number", &[]),
            package("linecard-flow", &[("linecard-number", None)]),
        ];
        assert_eq!(broken(&house), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_against_the_table_is_named() {
        let house = [
            package("linecard-store", &[]),
            package("linecard-number", &[("linecard-store", None)]),
        ];
        let broken = broken(&house);
        assert_eq!(
            broken,
            ["linecard-number uses linecard-store, but may only use nothing of the house"]
        );
    }

    #[test]
    fn a_build_script_is_held_to_the_table_too() {
        let house = [
            package("linecard-store", &[]),
            package("linecard-sandbox", &[("linecard-store", Some("build"))]),
        ];
        assert_eq!(broken(&house).len(), 1);
    }

    #[test]
    fn a_test_may_stand_in_a_wider_room() {
        let house = [
            package("linecard-store", &[]),
            package(
                "linecard-call",
                &[("linecard-store", Some("dev")), ("tokio", Some("dev"))],
            ),
        ];
        assert_eq!(broken(&house), Vec::<String>::new());
    }

    #[test]
    fn a_pure_room_reaches_no_runtime_not_even_through_another_room() {
        let house = [
            package("linecard-number", &[("tokio", None)]),
            package("linecard-call", &[("linecard-number", None)]),
        ];
        let broken = broken(&house);
        assert_eq!(broken.len(), 2, "{broken:?}");
        assert!(broken.iter().any(|rule| rule.contains(
            "linecard-call is pure, but reaches tokio \
             (linecard-call -> linecard-number -> tokio)"
        )));
    }

    #[test]
    fn a_pure_room_has_no_clock() {
        let house = [
            package("linecard-clock", &[]),
            package("linecard-rules", &[("linecard-clock", None)]),
        ];
        assert!(broken(&house).iter().any(|rule| rule.contains("is pure")));
    }

    #[test]
    fn a_crate_that_is_in_no_row_is_named() {
        let broken = broken(&[package("linecard-utils", &[])]);
        assert!(broken[0].starts_with("linecard-utils is in no row"));
    }
}
