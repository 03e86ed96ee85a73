//! What has happened with a record: its calls and tasks, newest first.

use maud::{Markup, html};

use super::body;
use super::record::{name, owner_name};
use crate::hubspot::portal::{Kind, Portal, Record};
use crate::pages::Language;

pub(super) fn timeline(
    language: Language,
    portal: &Portal,
    record: &Record,
    call_lead: u32,
) -> Markup {
    let mut entries: Vec<&Record> = [Kind::Call, Kind::Task]
        .into_iter()
        .flat_map(|kind| {
            portal
                .associated((record.kind, record.id), kind, call_lead)
                .into_iter()
                .filter_map(move |(id, _)| portal.get(kind, id))
        })
        .collect();
    entries.sort_by(|one, other| other.text("hs_timestamp").cmp(one.text("hs_timestamp")));
    html! {
        @if entries.is_empty() {
            p.hint { (language.pick("No activity yet.", "暂无活动。")) }
        }
        ol.timeline {
            @for entry in entries {
                (one(language, portal, entry))
            }
        }
    }
}

fn one(language: Language, portal: &Portal, entry: &Record) -> Markup {
    let text = body::text(match entry.kind {
        Kind::Task => entry.text("hs_task_body"),
        _ => entry.text("hs_call_body"),
    });
    html! {
        li {
            h3 { (name(entry)) }
            p.facts {
                @if let Some(direction) = direction(language, entry) {
                    span.badge { (direction) }
                }
                @if let Some(duration) = duration(entry) {
                    span title=(language.pick("Duration", "通话时长")) { (duration) }
                }
                span title=(language.pick("Owner", "所有者")) { (owner_name(portal, entry)) }
                span title=(language.pick("Time", "时间")) { (entry.text("hs_timestamp")) }
                span title=(language.pick("Status", "状态")) { (entry.text("hs_call_status")) (entry.text("hs_task_status")) }
            }
            @if !text.is_empty() {
                p.description { (text) }
            }
        }
    }
}

fn direction(language: Language, entry: &Record) -> Option<&'static str> {
    let (english, chinese) = match entry.text("hs_call_direction") {
        "INBOUND" => ("Inbound call", "呼入"),
        "OUTBOUND" => ("Outbound call", "呼出"),
        _ => return None,
    };
    Some(language.pick(english, chinese))
}

/// `93000` milliseconds are `01:33`.
fn duration(entry: &Record) -> Option<String> {
    let seconds = entry.text("hs_call_duration").parse::<u64>().ok()? / 1_000;
    Some(format!("{:02}:{:02}", seconds / 60, seconds % 60))
}
