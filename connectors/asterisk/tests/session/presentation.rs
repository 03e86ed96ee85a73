//! A caller who withholds the number from people though the line shows it to the phone system.

use std::time::Duration;

use linecard_call::Call;

use super::Line;
use crate::stand_in::{StandIn, events, talking};

const ASKING: [(&str, &str); 1] = [("presentation", "PJSIP/trunk")];

fn answers(variable: Option<&'static str>) -> StandIn {
    StandIn {
        variable,
        ..StandIn::default()
    }
}

/// Number and name of the only call.
fn caller(line: &Line) -> (Option<&str>, Option<&str>) {
    let calls: Vec<&Call> = line.tracker.calls().collect();
    let [call] = calls.as_slice() else {
        panic!("{calls:?}");
    };
    (call.from.as_deref(), call.from_name.as_deref())
}

fn asked(line: &Line) -> usize {
    let getvars = line.asked.iter().filter(|asked| asked.name() == "Getvar");
    getvars.count()
}

const NUMBER: Option<&str> = Some("31600000001");

#[test]
fn a_caller_who_withholds_the_number_has_none_whatever_follows() {
    let mut line = Line::with(answers(Some("prohib_not_screened")), &ASKING);
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (None, None));
    // The number comes again with every event of the channel.
    line.says(
        b"Event: NewCallerid\r\nChannel: PJSIP/trunk-00000001\r\nChannelState: 6\r\n\
          CallerIDNum: 31600000001\r\nCallerIDName: Eve\r\nUniqueid: a.1\r\n\
          Linkedid: a.1\r\n\r\n",
    );
    assert_eq!(caller(&line), (None, None));
    assert_eq!(asked(&line), 1);
}

#[test]
fn a_caller_who_allows_it_is_shown_as_soon_as_that_is_known() {
    let mut line = Line::with(answers(Some("allowed_passed_screen")), &ASKING);
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (NUMBER, None));
}

#[test]
fn a_channel_that_is_gone_leaves_the_number_as_it_came() {
    let mut line = Line::with(answers(Some("")), &ASKING);
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (NUMBER, None));
}

#[test]
fn an_answer_is_waited_for_only_a_moment() {
    let mut line = Line::with(answers(None), &ASKING);
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (None, None));
    line.time_goes(Duration::from_millis(299));
    assert_eq!(caller(&line), (None, None));
    line.time_goes(Duration::from_millis(1));
    assert_eq!(caller(&line), (NUMBER, None));
}

#[test]
fn nobody_is_asked_unless_the_admin_wants_it() {
    let mut line = Line::to(answers(Some("prohib")));
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (NUMBER, None));
    assert_eq!(asked(&line), 0);
    let mut line = Line::with(answers(Some("prohib")), &[("presentation", "PJSIP/other")]);
    line.says(events::rings().as_bytes());
    assert_eq!(caller(&line), (NUMBER, None));
}

#[test]
fn a_resync_asks_with_the_list_of_channels() {
    let alive = |presentation: &str| StandIn {
        channels: vec![
            talking("PJSIP/trunk-00000001", "a.1", "a.1", "Dial", "b1")
                + &format!("Variable: CALLERID(pres)={presentation}\r\n"),
            talking("PJSIP/101-00000002", "a.2", "a.1", "AppDial", "b1"),
        ],
        ..answers(Some("prohib"))
    };
    let line = Line::with(alive("prohib_not_screened"), &ASKING);
    assert_eq!(caller(&line), (None, None));
    let status = line.asked.iter().find(|asked| asked.name() == "Status");
    let variables = status.map(|status| status.get("Variables"));
    assert_eq!(variables, Some("CALLERID(pres)"));

    let line = Line::with(alive("allowed"), &ASKING);
    assert_eq!(caller(&line), (NUMBER, None));
}
