//! TLS built in, as programs of others meet it: curl and OpenSSL at the real command.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rcgen::{CertificateParams, KeyPair};
use tempfile::TempDir;

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_mins(1);

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// The command's settings, in a folder of its own.
struct Place {
    folder: TempDir,
    port: u16,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            port: free_port(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn home(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    fn command(&self, task: &str, tls: &[(&str, &str)]) -> Command {
        let database = format!("sqlite://{}", self.path("linecard.db").display());
        let mut command = Command::new(env!("CARGO_BIN_EXE_linecard"));
        command
            .arg(task)
            .env("LINECARD_SERVER_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("LINECARD_SERVER_HOME", self.home())
            .env("LINECARD_STORE_URL", database)
            .env("LINECARD_STORE_KEY_FILE", self.path("linecard.key"))
            .env("LINECARD_IMPORTS_FOLDER", self.path("imports"))
            .env("LINECARD_LOG_FILTER", "error");
        for (key, value) in tls {
            command.env(format!("LINECARD_TLS_{key}"), value);
        }
        command
    }

    fn with_files(&self) -> [(String, String); 3] {
        let file = |name: &str| self.path(name).display().to_string();
        [
            ("MODE".to_owned(), "files".to_owned()),
            ("CERTIFICATE".to_owned(), file("cert.pem")),
            ("KEY".to_owned(), file("key.pem")),
        ]
    }

    /// A new pair in the two files, and the certificate once more in `as_root`.
    fn write_pair(&self, as_root: &str) {
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        std::fs::write(self.path("cert.pem"), made.pem()).unwrap();
        std::fs::write(self.path("key.pem"), key.serialize_pem()).unwrap();
        std::fs::write(self.path(as_root), made.pem()).unwrap();
    }

    /// What curl says of the server when it trusts the certificate in `root` alone.
    fn curl(&self, root: &str) -> Output {
        let address = format!("{}/health/live", self.home());
        curl(&["--cacert", &self.path(root).display().to_string(), &address])
    }

    /// Waits until curl is content.
    fn curl_until_trusted(&self, root: &str) {
        let begun = Instant::now();
        loop {
            let output = self.curl(root);
            if output.status.success() {
                return;
            }
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(begun.elapsed() < PATIENCE, "{words}");
        }
    }
}

fn curl(arguments: &[&str]) -> Output {
    Command::new("curl")
        .args(["--silent", "--show-error", "--noproxy", "*"])
        .args(arguments)
        .output()
        .unwrap()
}

/// A server that runs until this is dropped.
struct Running {
    child: Child,
    said: Receiver<String>,
}

impl Running {
    /// Starts it and waits until it says where it runs.
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, said) = channel();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let also = tell.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        std::thread::spawn(move || {
            for line in BufReader::new(err).lines().map_while(Result::ok) {
                let _ = also.send(line);
            }
        });
        let running = Self { child, said };
        running.says("Linecard runs at https://");
        running
    }

    /// Waits for a line with these words.
    fn says(&self, words: &str) {
        let begun = Instant::now();
        let mut all = Vec::new();
        while begun.elapsed() < PATIENCE {
            let Ok(line) = self.said.recv_timeout(PATIENCE) else {
                break;
            };
            if line.contains(words) {
                return;
            }
            all.push(line);
        }
        panic!("{words:?} was not said, but {all:?}");
    }

    fn hang_up(&self) {
        let pid = self.child.id().to_string();
        let done = Command::new("kill").args(["-HUP", &pid]).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn curl_and_openssl_see_the_companys_certificate_and_a_newer_one_after_a_hang_up() {
    let place = Place::new();
    place.write_pair("first.pem");
    let settings = place.with_files();
    let settings: Vec<_> = settings.iter().map(|(k, v)| (&**k, &**v)).collect();
    let running = Running::start(place.command("serve", &settings));
    let answer = place.curl("first.pem");
    assert!(answer.status.success(), "{answer:?}");
    let seen = Command::new("openssl")
        .args(["s_client", "-connect", &format!("localhost:{}", place.port)])
        .args(["-servername", "localhost", "-verify_return_error"])
        .args(["-verify_hostname", "localhost", "-CAfile"])
        .arg(place.path("first.pem"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&seen.stdout);
    assert!(words.contains("Verify return code: 0 (ok)"), "{words}");

    // A key of another pair is said, and what was shown before is still shown.
    let key = KeyPair::generate().unwrap().serialize_pem();
    std::fs::write(place.path("key.pem"), key).unwrap();
    running.hang_up();
    running.says("does not belong to the certificate");
    assert!(place.curl("first.pem").status.success());

    place.write_pair("second.pem");
    running.hang_up();
    place.curl_until_trusted("second.pem");
    assert!(!place.curl("first.pem").status.success());
}

#[test]
fn a_machine_that_trusts_what_linecard_authority_prints_trusts_the_server() {
    let place = Place::new();
    let from = format!("127.0.0.1:{}", free_port());
    let settings = [("MODE", "authority"), ("REDIRECT_FROM", &from)];
    let printed = place.command("authority", &settings).output().unwrap();
    assert!(printed.status.success(), "{printed:?}");
    std::fs::write(place.path("authority.pem"), &printed.stdout).unwrap();
    let _running = Running::start(place.command("serve", &settings));
    let answer = place.curl("authority.pem");
    assert!(answer.status.success(), "{answer:?}");
    // Nobody else trusts it: curl's 60 is a certificate that cannot be verified.
    let untrusted = curl(&[&format!("{}/health/live", place.home())]);
    assert_eq!(untrusted.status.code(), Some(60), "{untrusted:?}");

    let told = "%{http_code} %{redirect_url}";
    let page = format!("http://{from}/desk/?a=b");
    let redirected = curl(&["--output", "/dev/null", "--write-out", told, &page]);
    let words = String::from_utf8_lossy(&redirected.stdout).into_owned();
    assert_eq!(words, format!("308 {}/desk/?a=b", place.home()));
}

#[test]
fn a_certificate_that_is_not_there_is_said_at_the_start() {
    let place = Place::new();
    let settings = place.with_files();
    let settings: Vec<_> = settings.iter().map(|(k, v)| (&**k, &**v)).collect();
    let output = place.command("serve", &settings).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(words.contains("cert.pem"), "{words}");
}

#[test]
fn without_an_authority_none_is_printed() {
    let place = Place::new();
    let output = place.command("authority", &[]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && words.contains("tls.mode"),
        "{words}"
    );
    assert!(!place.path("linecard.db").exists());
}
