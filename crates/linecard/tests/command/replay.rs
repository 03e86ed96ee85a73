//! `linecard replay` on recordings of a real Asterisk.

use std::path::Path;
use std::process::{Command, Output};

fn replay(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linecard"))
        .arg("replay")
        .args(arguments)
        .output()
        .unwrap()
}

fn recording(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../connectors/asterisk/tests");
    folder.join("recordings").join(name).display().to_string()
}

#[test]
fn one_json_line_per_call() {
    let file = recording("22/two_parallel_calls.json");
    let output = replay(&[
        &file,
        "--own",
        r"PJSIP/1\d\d",
        "--trunk",
        "PJSIP/trunk",
        "--json",
    ]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let calls: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let from: Vec<_> = calls.iter().map(|call| call["from"].clone()).collect();
    assert_eq!(from, ["31600000001", "31600000002"]);
    assert_eq!(calls[0]["legs"][0]["role"], "agent");
}

#[test]
fn a_file_that_is_no_recording_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.json");
    std::fs::write(&path, "[{\"Event\": ").unwrap();
    let output = replay(&[&path.display().to_string()]);
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(words.contains("broken.json"), "{words}");
}
