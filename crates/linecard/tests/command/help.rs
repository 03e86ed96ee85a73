//! The words of `--help` and the default configuration: a change of either is seen in a diff.

use std::process::Command;

fn said(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_linecard"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn help_lists_the_tasks() {
    insta::assert_snapshot!(said(&["--help"]));
}

#[test]
fn every_task_explains_itself() {
    let tasks = [
        vec!["serve"],
        vec!["demo"],
        vec!["doctor", "asterisk"],
        vec!["authority"],
        vec!["replay"],
        vec!["sandbox", "salesforce"],
    ];
    let all: Vec<String> = tasks
        .into_iter()
        .map(|mut task| {
            task.push("--help");
            said(&task)
        })
        .collect();
    insta::assert_snapshot!(all.join("\n----\n"));
}

#[test]
fn config_prints_every_key_with_its_explanation() {
    let default = said(&["config"]);
    for key in [
        "listen",
        "home",
        "url",
        "key_file",
        "mode",
        "redirect_from",
        "allow_private",
        "filter",
        "format",
    ] {
        assert!(default.contains(&format!("\n{key} = ")), "{key}");
    }
}
