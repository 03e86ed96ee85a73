//! What comes after a call was written, and what follows from it (X1, X2, X10).

use jiff::civil::date;
use jiff::tz::TimeZone;
use linecard_crm::{EntryKey, FollowUp, LateParts, LogEntry};

use super::logging::{alice, grace, only};
use crate::{Company, Trouble, entry};

fn note(asked: LogEntry) -> LogEntry {
    LogEntry {
        late: LateParts {
            note: Some("Wants the <blue> one & soon".to_owned()),
            disposition: Some("Callback".to_owned()),
            recording: None,
        },
        ..asked
    }
}

/// X1.
pub async fn x1_a_note_and_a_disposition_come_into_the_same_record(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    let id = company.crm().log(&asked).await.unwrap().id;
    let before = only(company);
    let asked = note(asked);
    company
        .crm()
        .amend(&id, &asked, &LateParts::default())
        .await
        .unwrap();
    let once = only(company);
    assert!(
        once.text.contains("Wants the <blue> one & soon"),
        "{}",
        once.text
    );
    assert!(once.text.contains("Callback"), "{}", once.text);
    assert!(once.text.contains(&asked.description), "{}", once.text);
    company
        .crm()
        .amend(&id, &asked, &LateParts::default())
        .await
        .unwrap();
    assert_eq!(only(company), once, "repeating it changes nothing");
    let unchanged = crate::Written {
        text: before.text.clone(),
        ..once
    };
    assert_eq!(unchanged, before, "its other parts stay");
    company.settle().await;
    let found = company.crm().find_logged(&[asked]).await.unwrap();
    assert_eq!(found.len(), 1, "its key is still there");
}

/// X2.
pub async fn x2_a_recording_link_comes_into_the_same_record(company: &impl Company) {
    let mut asked = entry("key-1", &alice(company), &grace(company));
    let id = company.crm().log(&asked).await.unwrap().id;
    let link = "https://calls.example.com/recordings/1715678737.mp3";
    asked.late.recording = Some(link.parse().unwrap());
    company
        .crm()
        .amend(&id, &asked, &LateParts::default())
        .await
        .unwrap();
    let call = only(company);
    let kept = call.recording.as_ref().map(ToString::to_string);
    assert!(
        kept.as_deref() == Some(link) || call.text.contains(link),
        "{call:?}"
    );
}

/// X1.
pub async fn x1_what_came_in_time_is_written_at_once(company: &impl Company) {
    let asked = note(entry("key-1", &alice(company), &grace(company)));
    let id = company.crm().log(&asked).await.unwrap().id;
    let at_once = only(company);
    assert!(at_once.text.contains("Callback"), "{}", at_once.text);
    company
        .crm()
        .amend(&id, &asked, &LateParts::default())
        .await
        .unwrap();
    assert_eq!(only(company), at_once, "an amendment adds nothing to it");
}

/// X1, X2: the record is people's, too.
pub async fn x1_what_people_typed_survives_whatever_comes_late(company: &impl Company) {
    let mut asked = entry("key-1", &alice(company), &grace(company));
    let id = company.crm().log(&asked).await.unwrap().id;
    let typed = ["Is <angry> & right", "Called back", "Sent an offer"];
    let steps: [fn(&mut LateParts); 3] = [
        |late| late.note = Some("Wants 20 boxes".to_owned()),
        |late| {
            late.note = Some("Wants 30 boxes".to_owned());
            late.disposition = Some("Callback".to_owned());
        },
        |late| late.recording = Some("https://calls.example.com/r/1.mp3".parse().unwrap()),
    ];
    for (paragraph, step) in typed.into_iter().zip(steps) {
        company.type_below(&id, paragraph);
        let before = asked.late.clone();
        step(&mut asked.late);
        company.crm().amend(&id, &asked, &before).await.unwrap();
    }
    let call = only(company);
    let once = ["Wants 30 boxes", "Callback", asked.description.as_str()];
    for text in typed.into_iter().chain(once) {
        assert_eq!(call.text.matches(text).count(), 1, "{text}: {}", call.text);
    }
    assert!(!call.text.contains("Wants 20 boxes"), "{}", call.text);
    let link = asked.late.recording.clone();
    let in_text = link
        .as_ref()
        .is_some_and(|it| call.text.contains(it.as_str()));
    assert!(call.recording == link || in_text, "{call:?}");
    company.settle().await;
    let found = company.crm().find_logged(&[asked]).await.unwrap();
    assert_eq!(found.len(), 1, "its key is still there");
}

/// X10.
pub async fn x10_a_follow_up_is_a_task_for_a_person(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let task = FollowUp {
        key: EntryKey::new("task-1"),
        subject: "Call Grace Hopper back".to_owned(),
        description: "Missed Call from Grace Hopper<4155550134>".to_owned(),
        due: date(2026, 5, 15),
        zone: TimeZone::UTC,
        owner: alice.clone(),
        who: grace.clone(),
    };
    assert_eq!(company.crm().find_task(&task).await.unwrap(), None);
    assert!(company.trouble(Trouble::CutAfterCommit, 1));
    company.crm().add_task(&task).await.unwrap_err();
    company.settle().await;
    let found = company.crm().find_task(&task).await.unwrap();
    let mut tasks = company.tasks();
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    let written = tasks.remove(0);
    assert_eq!(found, Some(written.id));
    assert_eq!(
        (written.subject, written.owner, written.at, written.open),
        (task.subject, alice, vec![grace], true)
    );
}
