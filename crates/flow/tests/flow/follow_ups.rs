//! Calls that nobody answered become tasks (X10).

use std::time::Duration;

use linecard_crm::{Failure, FollowUp};
use linecard_rules::assign::{Options, To};
use linecard_store::{Entry, EntryState, FollowUpState};

use crate::office::crm::Answer;
use crate::office::{DEADLINE, Office};

const GRACE: &str = "+14155550134";

fn to(to: To) -> Options {
    Options {
        on: true,
        to,
        default_user: Some("005D".to_owned()),
        ..Options::default()
    }
}

impl Office {
    async fn follows_up(&self, options: &Options) {
        let mut unit = self.flow.store().begin().await.unwrap();
        unit.choices()
            .put(self.connection, 0, options)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// The tasks in the CRM, once there are so many.
    async fn tasks(&self, count: usize) -> Vec<FollowUp> {
        let come = async {
            while self.crm.records.tasks().len() < count {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, come)
            .await
            .expect("no tasks");
        self.crm.records.tasks()
    }

    /// How far the tasks of the only call have come, once `enough` says so.
    async fn task_states(&self, enough: impl Fn(&[FollowUpState]) -> bool) -> Vec<FollowUpState> {
        let come = async {
            loop {
                let mut unit = self.flow.store().read().await.unwrap();
                let calls = unit.calls().recent(None, 1).await.unwrap();
                let ids: Vec<_> = calls.iter().map(|call| call.id).collect();
                let tasks = unit.follow_ups().of_calls(&ids).await.unwrap();
                drop(unit);
                let states: Vec<_> = tasks.into_iter().map(|task| task.state).collect();
                if enough(&states) {
                    return states;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, come)
            .await
            .expect("never enough")
    }

    async fn missed_call(&self, extensions: &[&str]) {
        self.phones.ring("1.1", Some(GRACE), extensions).await;
        self.phones.hang_up("1.1", extensions).await;
    }
}

#[tokio::test]
async fn x10_the_contacts_owner_is_to_call_back() {
    let office = Office::open().await;
    office.crm.has_owned(GRACE, "003G", "005B");
    office.follows_up(&to(To::ContactOwner)).await;
    office.missed_call(&["101"]).await;
    let tasks = office.tasks(1).await;
    assert_eq!(tasks[0].owner, "005B");
    assert_eq!(tasks[0].who.id, "003G");
    assert_eq!(tasks[0].subject, "Call back Grace Hopper<+14155550134>");
    assert_eq!(
        office
            .task_states(|it| it == [FollowUpState::Written])
            .await
            .len(),
        1
    );
}

#[tokio::test]
async fn x10_each_rung_agent_of_the_queue_is_to_call_back() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.follows_up(&to(To::QueueAgents)).await;
    office.missed_call(&["101", "102", "103"]).await;
    let mut owners: Vec<_> = office
        .tasks(2)
        .await
        .into_iter()
        .map(|it| it.owner)
        .collect();
    owners.sort();
    assert_eq!(owners, ["005A", "005B"]);
}

#[tokio::test]
async fn e7_x10_the_one_missed_record_is_owned_by_who_is_to_call_back() {
    let office = Office::open().await;
    office.crm.has_owned(GRACE, "003G", "005D");
    office.follows_up(&to(To::ContactOwner)).await;
    office.e7(true).await;
    office.missed_call(&["101", "102"]).await;
    assert_eq!(office.tasks(1).await[0].owner, "005D");
    let is_written = |entry: &Entry| entry.state == EntryState::Written;
    office
        .history(|all| all.iter().flat_map(|(_, entries)| entries).any(is_written))
        .await;
    let owners: Vec<_> = office
        .crm
        .written()
        .into_iter()
        .map(|it| it.owner)
        .collect();
    assert_eq!(owners, ["005D"]);
}

#[tokio::test]
async fn x10_an_answered_call_is_not_to_be_called_back() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.follows_up(&to(To::DefaultUser)).await;
    office.phones.answered_call("1.0", GRACE).await;
    office.history(|all| all.len() == 1).await;
    office.missed_call(&["101"]).await;
    // Jobs of one number are in the order of its calls: another task would be there by now.
    assert_eq!(office.tasks(1).await.len(), 1);
    assert_eq!(office.crm.records.tasks()[0].owner, "005D");
}

#[tokio::test]
async fn x10_a_task_whose_answer_was_lost_is_there_once() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.follows_up(&to(To::QueueAgents)).await;
    office.crm.records.task_answers([Answer::WriteAndLose]);
    office.missed_call(&["101", "102"]).await;
    let both = [FollowUpState::Written; 2];
    office.task_states(|it| it == both).await;
    assert_eq!(office.crm.records.tasks().len(), 2);
}

#[tokio::test]
async fn x10_a_refused_task_is_told_and_the_others_are_given() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.follows_up(&to(To::QueueAgents)).await;
    office
        .crm
        .records
        .task_answers([Answer::Fail(Failure::refused("no tasks for this user"))]);
    office.missed_call(&["101", "102"]).await;
    let told = [FollowUpState::Refused, FollowUpState::Written];
    office.task_states(|it| it == told).await;
    assert_eq!(office.crm.records.tasks()[0].owner, "005B");
}

#[tokio::test]
async fn x10_nobody_is_to_call_back_whom_no_crm_knows() {
    let office = Office::open().await;
    office.follows_up(&to(To::DefaultUser)).await;
    office.missed_call(&["101"]).await;
    let done = async {
        loop {
            let mut unit = office.flow.store().read().await.unwrap();
            let calls = unit.calls().recent(None, 1).await.unwrap();
            let counts = unit.jobs().counts(office.connection).await.unwrap();
            if !calls.is_empty() && counts.waiting == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(DEADLINE, done).await.unwrap();
    assert!(office.crm.records.tasks().is_empty());
}
