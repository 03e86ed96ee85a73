//! Finds `cargo xtask`: the built program when there is one, else through cargo.

use std::env;
use std::path::Path;
use std::process::Command;

/// `cargo xtask` with `arguments`, in this checkout.
pub(crate) fn xtask(arguments: &[&str]) -> Command {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // `cargo xtask test` says where it is: cargo itself would wait for the build lock.
    let mut command = if let Some(program) = env::var_os("LINECARD_XTASK") {
        Command::new(program)
    } else {
        let mut cargo = Command::new("cargo");
        cargo.args(["run", "--quiet", "--package", "xtask", "--"]);
        cargo
    };
    command
        .args(arguments)
        .current_dir(here.parent().unwrap_or(here));
    command
}
