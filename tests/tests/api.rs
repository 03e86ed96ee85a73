//! The API against its own document: a program that others wrote tries every operation.

use std::path::Path;
use std::process::Command;

use linecard_tests::linecard;

/// schemathesis asks for what the document promises, and for what it must refuse. It has no network
/// but loopback, so that nothing it makes up as an address is ever reached.
#[test]
fn every_operation_does_what_the_document_says() {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let installed = Command::new(clients.join("prepare"))
        .arg("--where")
        .output()
        .unwrap();
    assert!(
        installed.status.success(),
        "the third-party clients are not installed: run tests/clients/prepare once"
    );
    let installed = String::from_utf8(installed.stdout).unwrap();
    let server = linecard(&[]);
    let output = Command::new("unshare")
        .args(["--map-root-user", "--net", "--"])
        .arg(Path::new(installed.trim()).join("schemathesis/bin/python"))
        .arg("-B")
        .arg(clients.join("schemathesis/run.py"))
        .arg(server.get_program())
        .args(server.get_args())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
