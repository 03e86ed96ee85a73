//! `linecard doctor asterisk` beside a real Asterisk, as manager users of different rights.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use linecard_tests::{Asterisk, Role, linecard};
use serde_json::Value;

/// A doctor at work; ended with the test.
struct Doctor {
    process: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Doctor {
    fn of(asterisk: &Asterisk, user: &str, options: &[&str]) -> Self {
        let facts = &asterisk.facts;
        let mut process = linecard(&["doctor", "asterisk", "--json", "--language", "en"])
            .args(["--host", &facts.host, "--username", user])
            .args(["--port", &facts.ami_port.to_string()])
            .args(options)
            .env("ASTERISK_SECRET", &facts.ami_secret)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines }
    }

    fn line(&mut self) -> Value {
        let line = self.lines.next().expect("the doctor says no more").unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// The findings that are not as they should be, as `level code class`.
    fn troubles(&mut self) -> Vec<String> {
        let line = self.line();
        let all = line["findings"].as_array().unwrap();
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        all.iter()
            .filter(|finding| finding["level"] != "ok")
            .map(|finding| {
                let found = &finding["finding"];
                let words = [&finding["level"], &found["code"], &found["class"]].map(word);
                words.join(" ").trim_end().to_owned()
            })
            .collect()
    }

    /// Whether it found nothing missing.
    fn ends_content(mut self) -> bool {
        self.process.wait().unwrap().success()
    }
}

impl Drop for Doctor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What no question can find out.
const QUEUES_LATER: &str = "untold read_untold agent";

#[test]
fn the_doctor_tells_users_of_different_rights_apart() {
    let asterisk = Asterisk::up().unwrap();
    for (user, troubles, content) in [
        ("linecard", vec![], true),
        ("without-queues", vec!["missing not_written agent"], false),
        ("with-a-shell", vec!["warning too_wide system"], true),
    ] {
        let mut doctor = Doctor::of(&asterisk, user, &["--no-watch"]);
        let expected = [vec![QUEUES_LATER], troubles].concat();
        assert_eq!(doctor.troubles(), expected, "{user}");
        assert_eq!(doctor.ends_content(), content, "{user}");
    }
    let mut doctor = Doctor::of(&asterisk, "nobody", &["--no-watch"]);
    let problem = doctor.line()["problem"].to_string();
    assert!(problem.contains("refuses this user or secret"), "{problem}");
    assert!(!doctor.ends_content());
}

#[test]
fn the_doctor_examines_without_a_call_that_anybody_could_see() {
    let asterisk = Asterisk::up().unwrap();
    let mut watching = Doctor::of(&asterisk, "linecard", &[]);
    watching.troubles();
    assert!(watching.line()["watching"].is_string());
    assert!(Doctor::of(&asterisk, "linecard", &["--no-watch"]).ends_content());

    // The first call that the other one tells is the real one.
    let alice = asterisk.play(&Role::answers("101")).unwrap();
    let caller = Role::calls("trunk", "5551000")
        .number("14155550134")
        .seconds(1.0);
    let outside = asterisk.play(&caller).unwrap();
    let first = watching.line();
    assert_eq!(first["call"]["from"], "14155550134", "{first}");
    outside.finish().unwrap();
    alice.finish().unwrap();
}

#[test]
fn the_doctor_tells_the_next_call_as_it_happens() {
    let asterisk = Asterisk::up().unwrap();
    let mut doctor = Doctor::of(&asterisk, "linecard", &[]);
    doctor.troubles();
    assert!(doctor.line()["watching"].is_string());

    let alice = asterisk.play(&Role::answers("101")).unwrap();
    let caller = Role::calls("trunk", "5551000")
        .number("14155550134")
        .seconds(1.0);
    let outside = asterisk.play(&caller).unwrap();

    for step in [
        "call from outside, 14155550134 to 5551000",
        "101 rings",
        "101 talks",
    ] {
        assert_eq!(doctor.line()["step"], step);
    }
    let over = std::iter::repeat_with(|| doctor.line())
        .find(|line| line["call"]["ended"].is_string())
        .unwrap();
    assert_eq!(over["call"]["outcome"], "answered");
    assert_eq!(doctor.troubles(), [""; 0]);
    assert!(doctor.ends_content());
    outside.finish().unwrap();
    alice.finish().unwrap();
}

/// What the end of a call to `number` shows to `user`.
fn shown_by_a_call(user: &str, number: &str) -> Vec<String> {
    let asterisk = Asterisk::up().unwrap();
    let mut doctor = Doctor::of(&asterisk, user, &[]);
    doctor.troubles();
    assert!(doctor.line()["watching"].is_string());
    let alice = asterisk.play(&Role::answers("101")).unwrap();
    // A queue answers before an agent does.
    let caller = Role::calls("trunk", number).seconds(5.0);
    let outside = asterisk.play(&caller).unwrap();
    let over = std::iter::repeat_with(|| doctor.line())
        .find(|line| line["call"]["ended"].is_string())
        .unwrap();
    assert_eq!(over["call"]["outcome"], "answered");
    let troubles = doctor.troubles();
    outside.finish().unwrap();
    alice.finish().unwrap();
    troubles
}

#[test]
fn a_call_into_a_queue_shows_that_queues_are_not_read() {
    assert_eq!(
        shown_by_a_call("without-queues", "5551002"),
        ["missing not_read agent"]
    );
}

#[test]
fn a_call_shows_that_a_filter_holds_dials_back() {
    assert_eq!(
        shown_by_a_call("without-dials", "5551000"),
        ["missing no_dial_events"]
    );
}
