//! What has happened with a record: its activities, newest first.

use jiff::Timestamp;
use maud::{Markup, html};

use super::home::{link, responsible};
use super::text;
use crate::bitrix24::records::{Activity, Portal};
use crate::pages::Language;

/// Activities, in the order given.
pub(super) fn list(language: Language, portal: &Portal, activities: &[&Activity]) -> Markup {
    html! {
        @if activities.is_empty() {
            p.hint { (language.pick("No activity yet.", "暂无活动。")) }
        }
        ol.timeline {
            @for activity in activities {
                (entry(language, portal, activity))
            }
        }
    }
}

fn entry(language: Language, portal: &Portal, activity: &Activity) -> Markup {
    let row = &activity.row;
    let started = row.time("START_TIME");
    html! {
        li {
            h3 { (row.text("SUBJECT")) }
            p.facts {
                span.badge { (direction(language, row.integer("DIRECTION"))) }
                @if row.text("COMPLETED") != "Y" {
                    span.badge { (language.pick("To do", "待办")) }
                }
                @if let Some(seconds) = seconds(started, row.time("END_TIME")) {
                    span title=(language.pick("Duration", "通话时长")) { (minutes(seconds)) }
                }
                @if let Some(started) = started {
                    span title=(language.pick("Start", "开始")) {
                        (started.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
                    }
                }
                span title=(language.pick("Responsible", "负责人")) {
                    (responsible(row.integer("RESPONSIBLE_ID"), portal))
                }
                @for one in &activity.communications {
                    span title=(language.pick("Number", "号码")) { (one.value) }
                }
            }
            p.facts {
                @for at in &activity.bindings {
                    @if let Some(entity) = portal.entity(*at) { (link(entity)) }
                }
            }
            @if !row.text("DESCRIPTION").is_empty() {
                p.description {
                    (text::shown(row.text("DESCRIPTION"), row.integer("DESCRIPTION_TYPE")))
                }
            }
        }
    }
}

fn direction(language: Language, direction: Option<i64>) -> &'static str {
    match direction {
        Some(1) => language.pick("Inbound call", "呼入"),
        Some(2) => language.pick("Outbound call", "呼出"),
        _ => language.pick("Activity", "活动"),
    }
}

fn seconds(start: Option<Timestamp>, end: Option<Timestamp>) -> Option<i64> {
    let seconds = end?.duration_since(start?).as_secs();
    (seconds > 0).then_some(seconds)
}

/// `93` is `01:33`; `3723` is `62:03`.
fn minutes(seconds: i64) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_minutes_and_seconds() {
        assert_eq!(minutes(93), "01:33");
        assert_eq!(minutes(3_723), "62:03");
    }
}
