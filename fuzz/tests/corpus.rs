//! The kept inputs, without libFuzzer: whatever once reached a corner of the code still may.

use std::fs;
use std::path::PathBuf;

use linecard_fuzz::CHECKS;

/// The inputs kept for a target.
fn kept(target: &str) -> Vec<PathBuf> {
    let folder = format!("{}/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.expect("a folder can be listed").path())
        .collect();
    files.sort();
    files
}

fn holds(target: &str) {
    let (_, check) = CHECKS
        .into_iter()
        .find(|(name, _)| *name == target)
        .expect("there is a check of that name");
    let files = kept(target);
    assert!(files.len() > 50, "only {} inputs are kept", files.len());
    for file in files {
        let data = fs::read(&file).expect("an input can be read");
        let held = std::panic::catch_unwind(|| check(&data));
        assert!(held.is_ok(), "not on {}", file.display());
    }
}

#[test]
fn the_codec_holds_on_every_kept_input() {
    holds("ami_codec");
}

#[test]
fn the_session_holds_on_every_kept_input() {
    holds("ami_session");
}

#[test]
fn the_replay_holds_on_every_kept_input() {
    holds("replay");
}

#[test]
fn the_tracker_holds_on_every_kept_input() {
    holds("tracker");
}

#[test]
fn the_corpus_is_small_enough_to_be_kept() {
    let files = CHECKS.iter().flat_map(|(target, _)| kept(target));
    let bytes: u64 = files
        .map(|file| fs::metadata(file).expect("an input is a file").len())
        .sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}
