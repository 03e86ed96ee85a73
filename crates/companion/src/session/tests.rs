//! What a companion does upon what it hears.

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn page() -> Url {
    "https://crm.example/003A".parse().unwrap()
}

fn pop(id: &str, until: i64) -> Down {
    Down::Pop {
        id: id.to_owned(),
        call: "c1".to_owned(),
        url: page(),
        until: at(until),
    }
}

/// Greeted by a server whose clock shows `servers` while ours shows 0.
fn greeted(servers: i64, start: Instant) -> Session {
    let mut session = Session::default();
    session.connected(start);
    let hello = Down::Hello {
        name: "Alice".to_owned(),
        extension: "101".to_owned(),
        now: at(servers),
    };
    assert!(matches!(
        session.heard(hello, at(0), start),
        Some(Act::Greeted { .. })
    ));
    session
}

fn visit(url: Url) -> Act {
    Act::Visit {
        call: "c1".to_owned(),
        url,
    }
}

fn desk() -> Act {
    Act::VisitDesk {
        call: "c1".to_owned(),
    }
}

fn open(id: &str) -> Act {
    Act::Open {
        id: id.to_owned(),
        url: page(),
    }
}

fn popped(id: &str) -> Act {
    Act::Say(Up::Popped {
        id: id.to_owned(),
        how: "tab",
    })
}

#[test]
fn d11_a_page_opens_once_however_often_it_is_told() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    assert_eq!(session.heard(pop("p1", 60), at(1), start), Some(open("p1")));
    assert_eq!(session.heard(pop("p1", 60), at(1), start), None);
    assert_eq!(session.last_opened(), None);
    assert_eq!(session.opened("p1".to_owned(), Ok(())), Some(popped("p1")));
    assert_eq!(session.last_opened(), Some("p1"));
    session.lost();
    session.connected(start);
    assert_eq!(
        session.heard(pop("p1", 60), at(2), start),
        Some(popped("p1"))
    );
}

#[test]
fn d11_a_page_that_cannot_be_opened_is_told_and_not_tried_again() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(pop("p1", 60), at(1), start);
    let failed = Some(Act::Say(Up::PopFailed {
        id: "p1".to_owned(),
        problem: "no browser".to_owned(),
    }));
    let told = session.opened("p1".to_owned(), Err("no browser".to_owned()));
    assert_eq!(told, failed);
    assert_eq!(session.heard(pop("p1", 60), at(2), start), failed);
    assert_eq!(session.last_opened(), None);
}

#[test]
fn d11_a_page_that_came_too_late_stays_closed_by_the_servers_clock() {
    let start = Instant::now();
    let mut session = greeted(1_000, start);
    assert_eq!(session.heard(pop("late", 1_060), at(60), start), None);
    assert_eq!(
        session.heard(pop("early", 1_060), at(59), start),
        Some(open("early"))
    );
    // A server whose clock is behind ours.
    let mut session = greeted(-1_000, start);
    assert_eq!(
        session.heard(pop("early", -940), at(59), start),
        Some(open("early"))
    );
}

#[test]
fn only_addresses_of_pages_are_opened() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    for address in ["file:///etc/passwd", "javascript:alert(1)", "tel:112"] {
        let pop = Down::Pop {
            id: address.to_owned(),
            call: "c1".to_owned(),
            url: address.parse().unwrap(),
            until: at(60),
        };
        let told = session.heard(pop, at(1), start);
        assert!(
            matches!(told, Some(Act::Say(Up::PopFailed { .. }))),
            "{address}"
        );
        assert_eq!(session.clicked("c1".to_owned()), Some(desk()), "{address}");
    }
}

#[test]
fn what_a_newer_server_says_is_passed_over() {
    for newer in [r#"{"t":"parking","lot":7}"#, r#"{"t":"pong"}"#] {
        let message: Down = serde_json::from_str(newer).unwrap();
        assert_eq!(message, Down::Other);
    }
}

#[test]
fn a_server_that_falls_silent_is_hung_up_on_and_one_that_answers_is_not() {
    let start = Instant::now();
    let seconds = |seconds| start + Duration::from_secs(seconds);
    let mut session = greeted(0, start);
    assert_eq!(session.ticked(seconds(20)), Some(Act::Say(Up::Ping)));
    session.heard(Down::Other, at(21), seconds(21));
    assert_eq!(session.ticked(seconds(60)), Some(Act::Say(Up::Ping)));
    assert_eq!(session.ticked(seconds(67)), Some(Act::HangUp));
}

#[test]
fn nothing_is_said_before_the_greeting_and_a_server_that_never_greets_is_left() {
    let start = Instant::now();
    let mut session = Session::default();
    session.connected(start);
    assert_eq!(session.ticked(start + Duration::from_secs(20)), None);
    let late = start + Duration::from_secs(46);
    assert_eq!(session.ticked(late), Some(Act::HangUp));
}

#[test]
fn failures_count_until_the_server_greets() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    assert_eq!((session.lost(), session.lost()), (1, 2));
    session.connected(start);
    assert_eq!(session.lost(), 3);
}

fn incoming(call: &str, name: &str) -> Down {
    let message = format!(
        r#"{{"t":"incoming","call":"{call}","name":"{name}","company":null,"number":null,"queue":null}}"#
    );
    serde_json::from_str(&message).unwrap()
}

/// Grace calls, and her page is known.
fn with_page(address: &str) -> Down {
    let message = format!(
        r#"{{"t":"incoming","call":"c1","name":"Grace","company":null,"number":null,"queue":null,"page":"{address}"}}"#
    );
    serde_json::from_str(&message).unwrap()
}

fn over(call: &str) -> Down {
    Down::IncomingOver {
        call: call.to_owned(),
    }
}

#[test]
fn d11_who_calls_is_shown_once_anew_when_more_is_known_and_until_it_rings_no_more() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    let mut shows = |message| match session.heard(message, at(1), start) {
        Some(Act::Show { caller, .. }) => caller.who(),
        Some(Act::Hide { call }) => Some(format!("no {call}")),
        None => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(shows(incoming("c1", "EVE")).unwrap(), "EVE");
    assert_eq!(shows(incoming("c1", "EVE")), None);
    assert_eq!(shows(incoming("c1", "Grace")).unwrap(), "Grace");
    assert_eq!(shows(over("c1")).unwrap(), "no c1");
    assert_eq!(shows(over("c1")), None);
}

#[test]
fn d11_a_call_that_rings_still_after_the_connection_was_lost_is_shown_again() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(incoming("c1", "Grace"), at(1), start);
    session.lost();
    session.connected(start);
    let again = session.heard(incoming("c1", "Grace"), at(2), start);
    assert!(matches!(again, Some(Act::Show { .. })));
}

#[test]
fn only_so_many_pages_are_remembered() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    for number in 0..=REMEMBERED {
        session.heard(pop(&format!("p{number}"), 60), at(1), start);
    }
    assert_eq!(session.pages.len(), REMEMBERED);
}

#[test]
fn d11_a_click_on_who_calls_opens_the_page_that_was_opened_for_the_call() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(incoming("c1", "Grace"), at(1), start);
    session.heard(pop("p1", 60), at(1), start);
    // It is on its way.
    assert_eq!(session.clicked("c1".to_owned()), None);
    session.opened("p1".to_owned(), Ok(()));
    assert_eq!(session.clicked("c1".to_owned()), Some(visit(page())));
}

#[test]
fn d11_a_click_opens_the_callers_page_where_none_opens_by_itself() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    let mode = r#"{"t":"pop_mode","mode":"manual"}"#;
    session.heard(serde_json::from_str(mode).unwrap(), at(0), start);
    session.heard(incoming("c1", "Grace"), at(1), start);
    // What is known of the caller later holds, and is not shown anew for that.
    let told = session.heard(with_page(page().as_str()), at(2), start);
    assert_eq!(told, None);
    assert_eq!(session.clicked("c1".to_owned()), Some(visit(page())));
}

#[test]
fn d11_a_click_leads_to_desk_where_no_page_is_known_or_calls_lead_to_none() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(incoming("c1", "Grace"), at(1), start);
    assert_eq!(session.clicked("c1".to_owned()), Some(desk()));
    session.heard(with_page("file:///etc/passwd"), at(2), start);
    assert_eq!(session.clicked("c1".to_owned()), Some(desk()));
    session.heard(with_page(page().as_str()), at(3), start);
    let off = r#"{"t":"pop_mode","mode":"off"}"#;
    session.heard(serde_json::from_str(off).unwrap(), at(3), start);
    assert_eq!(session.clicked("c1".to_owned()), Some(desk()));
}

#[test]
fn d11_a_page_that_a_click_has_opened_does_not_open_again_when_the_agent_answers() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(with_page(page().as_str()), at(1), start);
    session.clicked("c1".to_owned());
    session.heard(over("c1"), at(2), start);
    let told = session.heard(pop("p1", 60), at(2), start);
    assert_eq!(told, Some(popped("p1")));
    assert_eq!(session.last_opened(), Some("p1"));
}

#[test]
fn d11_a_page_that_a_click_could_not_open_is_tried_when_the_server_asks() {
    let start = Instant::now();
    let mut session = greeted(0, start);
    session.heard(with_page(page().as_str()), at(1), start);
    session.clicked("c1".to_owned());
    session.not_visited("c1", &page());
    assert_eq!(session.heard(pop("p1", 60), at(2), start), Some(open("p1")));
}
