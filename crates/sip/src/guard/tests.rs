//! What passes and what does not, as a browser's phone and Asterisk write it.

use proptest::prelude::*;

use super::*;

fn guard() -> Guard {
    Guard::new("101-web".to_owned(), SecretString::from("s3cret"))
}

/// A message of these lines and this body.
fn message(lines: &[&str], body: &str) -> String {
    format!("{}\r\n\r\n{body}", lines.join("\r\n"))
}

const REGISTER: [&str; 11] = [
    "REGISTER sip:linecard.invalid SIP/2.0",
    "Via: SIP/2.0/WSS q1w2.invalid;branch=z9hG4bK1",
    "Max-Forwards: 69",
    "To: <sip:101-web@linecard.invalid>",
    "From: \"Alice\" <sip:101-web@linecard.invalid>;tag=a1",
    "Call-ID: c1",
    "CSeq: 1 REGISTER",
    "Contact: <sip:101-web@q1w2.invalid;transport=ws>;+sip.ice;reg-id=1;+sip.instance=\"<urn:uuid:1>\";expires=600",
    "Expires: 600",
    "Supported: path,gruu,outbound",
    "Content-Length: 0",
];

/// The same with one line in another's place.
fn register_with(begins: &str, line: &str) -> String {
    let lines: Vec<&str> = REGISTER
        .iter()
        .map(|old| if old.starts_with(begins) { line } else { *old })
        .collect();
    message(&lines, "")
}

fn request(method: &str, to: &str) -> String {
    let (start, cseq) = (
        format!("{method} sip:asterisk@127.0.0.1:5060;transport=ws SIP/2.0"),
        format!("CSeq: 2 {method}"),
    );
    let to = format!("To: {to}");
    message(
        &[
            &start,
            "Via: SIP/2.0/WSS q1w2.invalid;branch=z9hG4bK2",
            "From: <sip:101-web@q1w2.invalid;transport=ws>;tag=a2",
            &to,
            "Call-ID: c2",
            &cseq,
            "Content-Length: 0",
        ],
        "",
    )
}

#[test]
fn the_own_endpoint_registers() {
    let text = message(&REGISTER, "");
    assert_eq!(guard().up(&text), Ok(text));
}

#[test]
fn the_password_is_put_in_on_the_way_and_nothing_else_of_the_answer_is_believed() {
    let mut lines = REGISTER.to_vec();
    lines.insert(
        6,
        "Authorization: Digest username=\"trunk\", realm=\"asterisk\", nonce=\"n\", uri=\"sip:x\", response=\"worthless\"",
    );
    let up = guard().up(&message(&lines, "")).unwrap();
    let header = up.lines().find(|line| line.starts_with("Authorization"));
    let header = header.unwrap();
    assert!(header.contains("username=\"101-web\""), "{header}");
    assert!(header.contains("uri=\"sip:linecard.invalid\""), "{header}");
    assert!(
        !header.contains("worthless") && !header.contains("s3cret"),
        "{header}"
    );
}

#[test]
fn whoever_speaks_for_another_endpoint_or_a_trunk_is_refused() {
    for (begins, line, names) in [
        ("From", "From: <sip:102-web@linecard.invalid>;tag=a", "From"),
        ("From", "From: <sip:trunk@linecard.invalid>;tag=a", "From"),
        ("From", "From: <sip:linecard.invalid>;tag=a", "From"),
        (
            "From",
            "From: <sip:101-web%20@linecard.invalid>;tag=a",
            "From",
        ),
        ("To", "To: <sip:102-web@linecard.invalid>", "To"),
        (
            "Contact",
            "Contact: <sip:102-web@q.invalid;transport=ws>",
            "Contact",
        ),
        (
            "Contact",
            "Contact: <sip:101-web@192.0.2.1;transport=ws>",
            "Contact",
        ),
        ("Contact", "Contact: <sip:101-web@q.invalid>", "Contact"),
    ] {
        let refused = guard().up(&register_with(begins, line));
        assert_eq!(refused, Err(Refusal::Foreign(names)), "{line}");
    }
}

#[test]
fn a_header_that_could_make_a_trunk_of_it_is_refused() {
    for line in [
        "X-Trunk: 1",
        "P-Asserted-Identity: <sip:trunk@linecard.invalid>",
        "f: <sip:trunk@linecard.invalid>;tag=b",
        "Route: <sip:192.0.2.1;lr>",
        "Proxy-Authorization: Digest realm=\"a\"",
    ] {
        let refused = guard().up(&register_with("Supported", line));
        assert_eq!(refused, Err(Refusal::Header), "{line}");
    }
}

#[test]
fn what_two_readers_could_read_in_two_ways_is_refused() {
    for (begins, line) in [
        ("Supported", "From: <sip:trunk@linecard.invalid>;tag=b"),
        ("Supported", " folded"),
        ("Supported", "Supported : path"),
        ("Supported", "Supported: path\nFrom: <sip:trunk@x>"),
        ("Supported", "Supported: path\rFrom: <sip:trunk@x>"),
        ("Contact", "Contact: *"),
        ("CSeq", "CSeq: 1 INVITE"),
        ("CSeq", "CSeq: REGISTER"),
        ("Content-Length", "Content-Length: 5"),
        ("Call-ID", "Supported: path"),
        ("REGISTER", "REGISTER  sip:linecard.invalid SIP/2.0"),
        ("REGISTER", "REGISTER sip:linecard.invalid SIP/3.0"),
        ("REGISTER", "REGISTER tel:101 SIP/2.0"),
    ] {
        let refused = guard().up(&register_with(begins, line));
        assert!(
            matches!(refused, Err(Refusal::Unreadable(_))),
            "{line}: {refused:?}"
        );
    }
    let smuggled = message(&REGISTER, "INVITE sip:1@x SIP/2.0\r\n\r\n");
    assert!(guard().up(&smuggled).is_err());
}

#[test]
fn a_softphone_begins_no_call_and_nothing_else_besides() {
    let outside = "<sip:94155550134@linecard.invalid>";
    for method in [
        "INVITE",
        "MESSAGE",
        "SUBSCRIBE",
        "PUBLISH",
        "OPTIONS",
        "BYE",
    ] {
        let refused = guard().up(&request(method, outside));
        assert_eq!(refused, Err(Refusal::Request), "{method}");
    }
    let within = "<sip:call@linecard.invalid>;tag=b2";
    for method in WITHIN_A_CALL.into_iter().filter(|it| *it != "REFER") {
        assert!(guard().up(&request(method, within)).is_ok(), "{method}");
    }
    for method in ["MESSAGE", "NOTIFY"] {
        let refused = guard().up(&request(method, within));
        assert_eq!(refused, Err(Refusal::Request), "{method}");
    }
}

/// A transfer within a call, to this target.
fn refer(target: &str) -> String {
    let text = request("REFER", "<sip:call@linecard.invalid>;tag=b2");
    let headers = format!(
        "CSeq: 2 REFER\r\nRefer-To: {target}\r\nReferred-By: <sip:101-web@linecard.invalid>\r\n"
    );
    text.replace("CSeq: 2 REFER\r\n", &headers)
}

#[test]
fn a_softphone_joins_two_of_its_calls_and_sends_none_to_a_number() {
    let own = "<sip:101-web@linecard.invalid?Replaces=c3%3Bto-tag%3Db3%3Bfrom-tag%3Da3>";
    let joins = refer(own);
    assert_eq!(guard().up(&joins), Ok(joins.clone()));
    for target in [
        "<sip:94155550134@linecard.invalid>",
        "<sip:101-web@linecard.invalid>",
        "<sip:101-web@linecard.invalid?Replaces=>",
        "<sip:94155550134@linecard.invalid?Replaces=c3%3Bto-tag%3Db3>",
        "<sip:101-web@192.0.2.1?Replaces=c3%3Bto-tag%3Db3>",
        "<sip:101-web@linecard.invalid?Replaces=c3&Route=%3Csip:x%3E>",
        "<sip:101-web@linecard.invalid?Replaces=c3>;method=INVITE",
        "<sip:101-web@linecard.invalid;method=BYE?Replaces=c3>",
    ] {
        let refused = guard().up(&refer(target));
        assert_eq!(refused, Err(Refusal::Target), "{target}");
    }
    let by_trunk = joins.replace("By: <sip:101-web", "By: <sip:trunk");
    assert_eq!(guard().up(&by_trunk), Err(Refusal::Foreign("Referred-By")));
    let without = request("REFER", "<sip:call@linecard.invalid>;tag=b2");
    assert_eq!(guard().up(&without), Err(Refusal::Target));
    let registers = register_with("Supported", &format!("Refer-To: {own}"));
    assert_eq!(guard().up(&registers), Err(Refusal::Header));
}

fn answer(status: &str, contact: &str) -> String {
    message(
        &[
            status,
            "Via: SIP/2.0/WS 127.0.0.1:5060;branch=z9hG4bK3;alias",
            "From: <sip:call@linecard.invalid>;tag=b3",
            "To: <sip:101-web@q1w2.invalid;transport=ws>;tag=a3",
            "Call-ID: c3",
            "CSeq: 7 INVITE",
            contact,
            "Content-Type: application/sdp",
            "Content-Length: 5",
        ],
        "v=0\r\n",
    )
}

#[test]
fn a_call_is_answered_but_not_sent_elsewhere() {
    let own = "Contact: <sip:101-web@q1w2.invalid;transport=ws>";
    let taken = answer("SIP/2.0 200 OK", own);
    assert_eq!(guard().up(&taken), Ok(taken));
    let elsewhere = answer("SIP/2.0 302 Moved Temporarily", own);
    assert_eq!(guard().up(&elsewhere), Err(Refusal::Redirect));
    let outside = "Contact: <sip:94155550134@pbx;transport=ws>";
    let refused = guard().up(&answer("SIP/2.0 200 OK", outside));
    assert_eq!(refused, Err(Refusal::Foreign("Contact")));
}

#[test]
fn nothing_but_the_description_of_sound_is_carried() {
    let text = answer(
        "SIP/2.0 200 OK",
        "Contact: <sip:101-web@q1w2.invalid;transport=ws>",
    );
    let text = text.replace("application/sdp", "message/sipfrag");
    assert_eq!(guard().up(&text), Err(Refusal::Body));
}

#[test]
fn f17_sip_does_not_tell_the_browser_who_is_calling() {
    let invite = message(
        &[
            "INVITE sip:101-web@127.0.0.2:4711;transport=ws SIP/2.0",
            "Via: SIP/2.0/WS 127.0.0.1:5060;branch=z9hG4bK4;alias",
            "From: \"Maya Torres\" <sip:14155550134@127.0.0.1>;tag=b4",
            "To: <sip:101-web@127.0.0.2;transport=ws>",
            "Contact: <sip:asterisk@127.0.0.1:5060;transport=ws>",
            "Call-ID: c4",
            "CSeq: 7 INVITE",
            "P-Asserted-Identity: \"Maya Torres\" <sip:14155550134@127.0.0.1>",
            "Remote-Party-ID: \"Maya Torres\" <sip:14155550134@127.0.0.1>",
            "X-Linecard-Call: test-1.2",
            "Server: Asterisk",
            "Content-Length: 0",
        ],
        "",
    );
    let down = Guard::down(&invite).unwrap();
    assert!(
        !down.contains("4155550134") && !down.contains("Maya"),
        "{down}"
    );
    assert!(
        down.contains("From: <sip:call@linecard.invalid>;tag=b4\r\n"),
        "{down}"
    );
    assert!(down.contains("X-Linecard-Call: test-1.2\r\n"), "{down}");
}

#[test]
fn keepalives_pass_and_what_is_too_long_does_not() {
    for text in ["\r\n", "\r\n\r\n", ""] {
        assert_eq!(guard().up(text).as_deref(), Ok(text));
        assert_eq!(Guard::down(text).as_deref(), Ok(text));
    }
    let long = "a".repeat(LONGEST_UP + 1);
    assert_eq!(guard().up(&long), Err(Refusal::TooLong));
}

proptest! {
    #[test]
    fn no_text_from_outside_ends_the_program(text in any::<String>()) {
        let _ = guard().up(&text);
        let _ = Guard::down(&text);
    }

    /// Bytes of a good message in disorder: whatever passes speaks for the own endpoint only.
    #[test]
    fn a_disturbed_message_passes_as_the_own_endpoint_or_not_at_all(
        at in 0_usize..600,
        gone in 0_usize..40,
        put in "[ -~\r\n\t]{0,40}",
    ) {
        let text = message(&REGISTER, "");
        let start = at.min(text.len());
        let end = (start + gone).min(text.len());
        let disturbed = format!("{}{put}{}", &text[..start], &text[end..]);
        if let Ok(up) = guard().up(&disturbed)
            && !is_keepalive(&up)
        {
            let again = Message::read(&up, Name::up, Unknown::Refuse).unwrap();
            let from = Address::read(again.get(header::FROM).unwrap()).unwrap();
            prop_assert_eq!(from.user, "101-web");
            prop_assert_eq!(guard().up(&up), Ok(up.clone()));
        }
    }
}
