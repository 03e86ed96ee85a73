//! Google's own library, in a program of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The program, and the Python that has the library.
pub(crate) struct Google {
    python: PathBuf,
    program: PathBuf,
}

impl Google {
    /// Finds what `tests/clients/prepare` has installed.
    pub(crate) fn start() -> Self {
        let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients");
        let output = Command::new(clients.join("prepare"))
            .arg("--where")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "Google's library is not installed: run tests/clients/prepare once\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let installed = String::from_utf8(output.stdout).unwrap();
        Self {
            python: Path::new(installed.trim()).join("phonenumbers/bin/python"),
            program: clients.join("phonenumbers/read.py"),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.arg("-B").arg(&self.program);
        command.env("PYTHONIOENCODING", "utf-8");
        command
    }

    pub(crate) fn version(&self) -> String {
        let output = self.command().arg("--version").output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// An answer to each question, in order.
    pub(crate) fn ask(&self, questions: Vec<Value>) -> Vec<Value> {
        let count = questions.len();
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            for question in questions {
                writeln!(stdin, "{question}").unwrap();
            }
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert!(output.status.success(), "Google's library stopped early");
        let answers: Vec<Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), count);
        answers
    }
}

/// The version of a crate that this workspace is built with.
pub(crate) fn locked(name: &str) -> String {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    let text = std::fs::read_to_string(lock).unwrap();
    let mut lines = text.lines();
    lines
        .find(|line| *line == format!("name = \"{name}\""))
        .unwrap();
    let version = lines.next().unwrap();
    version
        .trim_start_matches("version = \"")
        .trim_end_matches('"')
        .to_owned()
}
