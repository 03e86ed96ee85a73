//! Finds this project's own programs: built already, or through cargo.

use std::env;
use std::path::Path;
use std::process::Command;

/// `linecard` with `arguments`, in this checkout.
///
/// The process that is started is Linecard itself: ending it ends Linecard, by any signal.
#[must_use]
pub fn linecard(arguments: &[&str]) -> Command {
    program("linecard", "LINECARD_TEST_BIN", arguments)
}

/// `cargo xtask` with `arguments`, in this checkout.
pub(crate) fn xtask(arguments: &[&str]) -> Command {
    program("xtask", "LINECARD_TEST_XTASK", arguments)
}

/// The program at the path in `variable`, which `cargo xtask test` sets because cargo itself
/// would wait for the build lock; else what cargo builds and becomes.
fn program(package: &str, variable: &str, arguments: &[&str]) -> Command {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = if let Some(built) = env::var_os(variable) {
        Command::new(built)
    } else {
        let mut cargo = Command::new("cargo");
        cargo.args(["run", "--quiet", "--package", package, "--"]);
        cargo
    };
    command
        .args(arguments)
        .current_dir(here.parent().unwrap_or(here));
    command
}
