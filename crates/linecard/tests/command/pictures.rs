//! The pictures of `docs/scenarios.md`, made from the recordings: a change shows in the diff.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Set to make the pictures anew.
const UPDATE: &str = "UPDATE_SNAPSHOTS";

/// Who is who in the recordings.
const NAMES: [&str; 5] = ["101=Alice", "102=Bob", "103=Carol", "104=Dave", "105=Erin"];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, kind: &str) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeSet::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == kind))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// Draws every recording into the folder.
fn draw(folder: &Path) {
    let recordings = project().join("connectors/asterisk/tests/recordings/22");
    let mut command = Command::new(env!("CARGO_BIN_EXE_linecard"));
    command.arg("replay").arg("--pictures").arg(folder);
    for name in NAMES {
        command.args(["--name", name]);
    }
    for scenario in files(&recordings, "json") {
        command.arg(recordings.join(scenario).with_extension("json"));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_committed_pictures_are_what_the_recordings_show() {
    let made = tempfile::tempdir().unwrap();
    draw(made.path());
    let kept = project().join("docs/images/calls");
    if std::env::var_os(UPDATE).is_some() {
        for gone in files(&kept, "svg").difference(&files(made.path(), "svg")) {
            fs::remove_file(kept.join(gone).with_extension("svg")).unwrap();
        }
        draw(&kept);
    }
    assert_eq!(files(made.path(), "svg"), files(&kept, "svg"));
    for scenario in files(&kept, "svg") {
        let read = |folder: &Path| {
            fs::read_to_string(folder.join(&scenario).with_extension("svg")).unwrap()
        };
        let (made, kept) = (read(made.path()), read(&kept));
        assert!(
            made == kept,
            "docs/images/calls/{scenario}.svg is not what its recording shows: run this test \
             with {UPDATE}=1 and look at the diff"
        );
        assert!(kept.len() < 6_000, "{scenario}: {} bytes", kept.len());
    }
}

#[test]
fn every_picture_stands_in_the_page_of_scenarios_once() {
    let page = fs::read_to_string(project().join("docs/scenarios.md")).unwrap();
    for scenario in files(&project().join("docs/images/calls"), "svg") {
        let shown = page
            .matches(&format!("(images/calls/{scenario}.svg)"))
            .count();
        assert_eq!(shown, 1, "{scenario}");
    }
}
