//! What `docs/asterisk.md` tells people to write is what the test phone system has, so that the
//! tests of the doctor and of the routing show that it works.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(path)).unwrap()
}

/// The example in the documentation that begins so.
fn example(beginning: &str) -> String {
    let page = read("docs/asterisk.md");
    let found = page
        .split("```\n")
        .find(|block| block.starts_with(beginning));
    found
        .unwrap_or_else(|| panic!("no example {beginning}"))
        .to_owned()
}

#[test]
fn the_documented_manager_user_is_the_one_of_the_tests() {
    let documented = example("[linecard]");
    let configured = read("xtask/asterisk/manager.conf");
    let (_, configured) = configured.split_once("[linecard]").unwrap();
    let configured = configured.split('[').next().unwrap();
    let rights = |text: &str| -> Vec<String> {
        let is_right = |line: &&str| line.starts_with("read =") || line.starts_with("write =");
        text.lines().filter(is_right).map(str::to_owned).collect()
    };
    assert_eq!(rights(&documented).len(), 2);
    assert_eq!(rights(&documented), rights(configured));
}

#[test]
fn x8_the_documented_dial_plans_are_those_of_the_tests() {
    let dial_plan = read("xtask/asterisk/extensions.conf");
    for (beginning, number) in [
        ("exten => 5551000,1,Set(LINECARD_OWNER", "5551090"),
        ("exten => 5551000,1,Set(CURLOPT", "5551091"),
    ] {
        let documented = example(beginning)
            .replace("5551000", number)
            .replace("127.0.0.1:4573", "${LINECARD_AGI}")
            .replace("http://127.0.0.1:8080", "${LINECARD_HTTP}")
            .replace("Bearer TOKEN", "Bearer ${LINECARD_TOKEN}");
        assert!(dial_plan.contains(&documented), "{documented}");
    }
}
