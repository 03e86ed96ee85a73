//! The kinds of call that the properties are tried on.

use linecard_call::{DialResult, Event, HangupCause, TransferKind};

use crate::story::{Story, id};

/// One story of each kind. `number` keeps the names of two stories apart.
pub(crate) fn stories(number: usize) -> Vec<Story> {
    [inbound(number), outbound(number)].concat()
}

fn inbound(number: usize) -> Vec<Story> {
    let name = |part: &str| format!("{number}-{part}");
    let [line, first, second, third] = ["line", "first", "second", "third"].map(name);
    let [bridge, other] = ["bridge", "other"].map(name);
    let rung = || {
        Story::new()
            .line(&line, &line)
            .ring(&line, &line, &first, "101")
    };
    let answered = || rung().wait(1000).answer(&line, &first, &bridge).wait(2000);
    let over = |story: Story, bridge: &str| {
        story
            .leave(&line, bridge)
            .leave(&first, bridge)
            .hang_up(&line)
            .hang_up(&first)
    };
    vec![
        over(answered(), &bridge),
        rung()
            .wait(3000)
            .dial_end(&line, &first, DialResult::Cancel)
            .hang_up(&first)
            .hang_up(&line),
        over(
            rung()
                .ring(&line, &line, &second, "102")
                .wait(1000)
                .dial_end(&line, &second, DialResult::Cancel)
                .hang_up_with(&second, HangupCause::AnsweredElsewhere)
                .answer(&line, &first, &bridge)
                .wait(1000),
            &bridge,
        ),
        over(
            Story::new()
                .line(&line, &line)
                .join_queue(&line, "support")
                .ring(&line, &line, &second, "102")
                .wait(4000)
                .dial_end(&line, &second, DialResult::NoAnswer)
                .say(Event::AgentRangOut {
                    channel: id(&line),
                    agent: "102".parse().unwrap(),
                })
                .hang_up(&second)
                .wait(1000)
                .ring(&line, &line, &first, "101")
                .wait(1000)
                .say(Event::QueueLeave { channel: id(&line) })
                .answer(&line, &first, &bridge)
                .wait(1000),
            &bridge,
        ),
        // Attended: 101 consults 104 and passes the caller on.
        answered()
            .say(Event::Hold {
                channel: id(&first),
            })
            .phone(&second, &second, "101")
            .ring(&second, &second, &third, "104")
            .wait(1000)
            .answer(&second, &third, &other)
            .wait(1000)
            .say(Event::Unhold {
                channel: id(&first),
            })
            .leave(&line, &bridge)
            .leave(&second, &other)
            .enter(&line, &other)
            .transfer(TransferKind::Attended, &[&first, &second], &[&line, &third])
            .leave(&first, &bridge)
            .hang_up(&first)
            .hang_up(&second)
            .wait(2000)
            .hang_up(&line)
            .hang_up(&third),
    ]
}

fn outbound(number: usize) -> Vec<Story> {
    let name = |part: &str| format!("{number}-{part}");
    let [line, first, bridge] = ["line", "first", "bridge"].map(name);
    vec![
        Story::new()
            .phone(&first, &first, "101")
            .line(&line, &first)
            .dial(&first, &line)
            .wait(1000)
            .answer(&first, &line, &bridge)
            .wait(3000)
            .hang_up(&line)
            .hang_up(&first),
        // Click-to-call to a busy number.
        Story::new()
            .phone(&first, &first, "101")
            .say(Event::DialBegin {
                caller: None,
                called: id(&first),
                number: None,
            })
            .rings(&first, &first, "101")
            .wait(1000)
            .say(Event::DialEnd {
                caller: None,
                called: id(&first),
                result: DialResult::Answer,
            })
            .line(&line, &first)
            .dial(&first, &line)
            .dial_end(&first, &line, DialResult::Busy)
            .hang_up_with(&line, HangupCause::Busy)
            .wait(10_000)
            .hang_up(&first),
    ]
}
