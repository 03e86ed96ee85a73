//! What has happened with a record: its Tasks, newest first.

use maud::{Markup, html};

use super::home::name_of;
use crate::pages::Language;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::sobjects::schema::Object;

/// The Tasks that are about the record, or about its account's people.
pub(super) fn timeline(language: Language, record: &Record, records: &Records) -> Markup {
    let id = record.id.as_str();
    let mut tasks: Vec<&Record> = records
        .of(Object::Task)
        .filter(|task| {
            ["WhoId", "WhatId", "AccountId"]
                .iter()
                .any(|field| task.text(field) == id)
        })
        .collect();
    tasks.reverse();
    html! {
        @if tasks.is_empty() {
            p.hint { (language.pick("No activity yet.", "暂无活动。")) }
        }
        ol.timeline {
            @for task in tasks {
                (entry(language, task, records))
            }
        }
    }
}

fn entry(language: Language, task: &Record, records: &Records) -> Markup {
    html! {
        li {
            h3 { a href={ "/" (task.id) } { (task.text("Subject")) } }
            p.facts {
                @if let Some(direction) = direction(language, task) {
                    span.badge { (direction) }
                }
                @if let Some(seconds) = task.get("CallDurationInSeconds").as_u64() {
                    span title=(language.pick("Duration", "通话时长")) { (minutes(seconds)) }
                }
                span title=(language.pick("Assigned to", "负责人")) { (name_of(task, records, "OwnerId")) }
                span title=(language.pick("Date", "日期")) { (task.text("ActivityDate")) }
                span title=(language.pick("Status", "状态")) { (task.text("Status")) }
                @if !task.get("CallDisposition").is_null() {
                    span title=(language.pick("Call result", "通话结果")) { (task.text("CallDisposition")) }
                }
            }
            @if !task.get("Description").is_null() {
                p.description { (task.text("Description")) }
            }
        }
    }
}

fn direction(language: Language, task: &Record) -> Option<&'static str> {
    let (english, chinese) = match task.text("CallType") {
        "Inbound" => ("Inbound call", "呼入"),
        "Outbound" => ("Outbound call", "呼出"),
        "Internal" => ("Internal call", "内部通话"),
        _ => return None,
    };
    Some(language.pick(english, chinese))
}

/// `93` is `01:33`; `3723` is `62:03`.
fn minutes(seconds: u64) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_minutes_and_seconds() {
        assert_eq!(minutes(0), "00:00");
        assert_eq!(minutes(93), "01:33");
        assert_eq!(minutes(3_723), "62:03");
    }
}
