//! What happens in a call, in both languages.

use linecard_call::{Call, Direction, LegOutcome, Outcome};

use super::steps::Step;
use crate::language::Language;

/// What waits for the next call.
pub(super) fn waiting(language: Language) -> &'static str {
    language.choose(
        "Now place a call. It is told as Linecard understands it; Ctrl-C ends.",
        "现在请拨打一个电话。此处会显示 Linecard 对它的理解；按 Ctrl-C 结束。",
    )
}

/// One step of `call`.
pub(super) fn step(language: Language, step: &Step, call: &Call) -> String {
    match step {
        Step::Began => began(language, call),
        Step::Waits(queue) => language.choose(
            format!("waits in queue {queue}"),
            format!("在队列 {queue} 中等待"),
        ),
        Step::Rings(extension) => {
            language.choose(format!("{extension} rings"), format!("{extension} 响铃"))
        }
        Step::Dials(extension) => {
            language.choose(format!("{extension} dials"), format!("{extension} 拨号"))
        }
        Step::Talks(extension) => {
            language.choose(format!("{extension} talks"), format!("{extension} 通话中"))
        }
        Step::Holds(extension) => {
            language.choose(format!("{extension} holds"), format!("{extension} 保持"))
        }
        Step::Leaves(extension) => language.choose(
            format!("{extension} is out of it"),
            format!("{extension} 已退出"),
        ),
        Step::Ended => {
            let (outcome, talk) = (
                call.outcome.map(|it| outcome(language, it)),
                seconds(call.talk_ms),
            );
            let outcome = outcome.unwrap_or_default();
            language.choose(
                format!("over: {outcome}, talk {talk}"),
                format!("结束：{outcome}，通话 {talk}"),
            )
        }
    }
}

fn began(language: Language, call: &Call) -> String {
    let withheld = language.choose("a withheld number", "隐藏号码");
    let from = call.from.as_deref().unwrap_or(withheld);
    let nobody = language.choose("nobody yet", "尚无");
    let to = match call.direction {
        Direction::Inbound => call.did.as_deref(),
        Direction::Outbound | Direction::Internal => call.dialled.as_deref().or(call.to.as_deref()),
    };
    let to = to.unwrap_or(nobody);
    match call.direction {
        Direction::Inbound => language.choose(
            format!("call from outside, {from} to {to}"),
            format!("外线来电，{from} 呼叫 {to}"),
        ),
        Direction::Outbound => language.choose(
            format!("call to the outside, {from} to {to}"),
            format!("外线去电，{from} 呼叫 {to}"),
        ),
        Direction::Internal => language.choose(
            format!("internal call, {from} to {to}"),
            format!("内部通话，{from} 呼叫 {to}"),
        ),
    }
}

fn outcome(language: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => language.choose("answered", "已接"),
        Outcome::Missed => language.choose("missed", "未接"),
        Outcome::Busy => language.choose("busy", "忙"),
        Outcome::Failed => language.choose("failed", "失败"),
        Outcome::Cancelled => language.choose("cancelled", "已取消"),
    }
}

/// What became of each extension's part, a line each.
pub(super) fn legs(language: Language, call: &Call) -> Vec<String> {
    let lines = call.legs.iter().map(|leg| {
        let outcome = leg
            .outcome
            .map_or("", |outcome| leg_outcome(language, outcome));
        let (ring, talk, hold) = (
            seconds(leg.ring_ms),
            seconds(leg.talk_ms),
            seconds(leg.hold_ms),
        );
        let extension = leg.extension.as_str();
        language.choose(
            format!("{extension:<6} {outcome:<16} ring {ring}, talk {talk}, hold {hold}"),
            format!("{extension:<6} {outcome}　响铃 {ring}，通话 {talk}，保持 {hold}"),
        )
    });
    lines.collect()
}

fn leg_outcome(language: Language, outcome: LegOutcome) -> &'static str {
    match outcome {
        LegOutcome::Answered => language.choose("answered", "已接"),
        LegOutcome::Missed => language.choose("missed", "未接"),
        LegOutcome::Busy => language.choose("busy", "忙"),
        LegOutcome::Declined => language.choose("declined", "已拒接"),
        LegOutcome::Cancelled => language.choose("gave up", "已放弃"),
        LegOutcome::Elsewhere => language.choose("taken by another", "他人已接"),
        LegOutcome::Transferred => language.choose("passed it on", "已转接"),
    }
}

fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}
