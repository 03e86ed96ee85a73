//! The pictures and captions of `docs/scenarios.md`, made from the recordings: a change shows in
//! the diff.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Set to make them anew.
const UPDATE: &str = "UPDATE_SNAPSHOTS";

/// Who is who in the recordings.
const NAMES: [&str; 6] = [
    "101=Alice",
    "102=Bob",
    "103=Carol",
    "104=Dave",
    "105=Erin",
    "106=Frank",
];

/// Where the page lists scenarios: the names follow, `park_*` for all that begin so.
const BEGIN: &str = "<!-- scenarios:";
const END: &str = "<!-- end -->";

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn recordings() -> PathBuf {
    project().join("connectors/asterisk/tests/recordings")
}

fn pictures() -> PathBuf {
    project().join("docs/images/calls")
}

/// The names of the files of this kind.
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

/// The file of a scenario.
fn file(folder: &Path, scenario: &str, kind: &str) -> PathBuf {
    folder.join(format!("{scenario}.{kind}"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn scenarios() -> BTreeSet<String> {
    files(&recordings().join("22"), "json")
}

/// Draws every recording into the folder.
fn draw(folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linecard"));
    command.arg("replay").arg("--pictures").arg(folder);
    for name in NAMES {
        command.args(["--name", name]);
    }
    for scenario in scenarios() {
        command.arg(file(&recordings().join("22"), &scenario, "json"));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_committed_pictures_are_what_the_recordings_show() {
    let made = tempfile::tempdir().unwrap();
    draw(made.path());
    if std::env::var_os(UPDATE).is_some() {
        for gone in files(&pictures(), "svg").difference(&scenarios()) {
            fs::remove_file(file(&pictures(), gone, "svg")).unwrap();
        }
        draw(&pictures());
    }
    assert_eq!(files(&pictures(), "svg"), scenarios());
    for scenario in scenarios() {
        let kept = read(&file(&pictures(), &scenario, "svg"));
        assert!(
            kept == read(&file(made.path(), &scenario, "svg")),
            "docs/images/calls/{scenario}.svg is not what its recording shows: run this test \
             with {UPDATE}=1 and look at the diff"
        );
        assert!(kept.len() < 6_000, "{scenario}: {} bytes", kept.len());
    }
}

/// The page with every list of scenarios made anew.
fn with_lists(page: &str) -> String {
    let mut left = scenarios();
    let named: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix(BEGIN))
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect();
    let mut made = String::new();
    let mut in_list = false;
    for line in page.lines() {
        if in_list && line != END {
            continue;
        }
        in_list = false;
        writeln!(made, "{line}").unwrap();
        if let Some(names) = line.strip_prefix(BEGIN) {
            in_list = true;
            for name in names.trim_end_matches("-->").split_whitespace() {
                let here: Vec<String> = match name.strip_suffix('*') {
                    Some(start) => left
                        .iter()
                        .filter(|it| it.starts_with(start) && !named.contains(*it))
                        .cloned()
                        .collect(),
                    None => left.get(name).cloned().into_iter().collect(),
                };
                for scenario in here {
                    left.remove(&scenario);
                    made.push_str(&shown(&scenario));
                }
            }
            writeln!(made).unwrap();
        }
    }
    assert!(
        left.is_empty(),
        "docs/scenarios.md has no place for {left:?}"
    );
    made
}

/// What happens in a scenario, and its picture.
fn shown(scenario: &str) -> String {
    let expected = read(&file(&recordings().join("expected"), scenario, "toml"));
    let expected: toml::Table = expected.parse().unwrap();
    let story = expected.get("story").and_then(toml::Value::as_str);
    let story = story
        .unwrap_or_else(|| panic!("{scenario} tells no story"))
        .trim();
    format!("\n**{scenario}**: {story}\n\n![{scenario}](images/calls/{scenario}.svg)\n")
}

#[test]
fn every_recording_stands_in_the_page_of_scenarios() {
    let path = project().join("docs/scenarios.md");
    let kept = read(&path);
    let made = with_lists(&kept);
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &made).unwrap();
        return;
    }
    assert!(
        kept == made,
        "docs/scenarios.md does not list what is recorded: run this test with {UPDATE}=1 and \
         look at the diff"
    );
}
