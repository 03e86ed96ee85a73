//! A phonebook follows its CRM (F1 to F20).

use std::time::Duration;

use jiff::SignedDuration;
use linecard_crm::{Failure, Module};
use linecard_flow::{DeskEvent, LookupState, SetUpSyncError, SyncStatus, SyncTarget};
use linecard_rules::create;
use linecard_rules::sync::{Options, Scope};
use linecard_store::Contact;

use crate::office::crm::Answer;
use crate::office::{DEADLINE, Office};

const GRACE: &str = "+14155550134";
const MOBILE: &str = "+14155550135";

fn called() -> Options {
    Options {
        on: true,
        modules: vec![Module::Contact],
        ..Options::default()
    }
}

fn all() -> Options {
    Options {
        scope: Scope::All,
        ..called()
    }
}

fn found(event: &DeskEvent) -> Option<String> {
    match event {
        DeskEvent::Card(card) if card.lookup == LookupState::Found => {
            Some(card.contact.clone()?.name)
        }
        _ => None,
    }
}

fn pop(event: &DeskEvent) -> Option<String> {
    match event {
        DeskEvent::Pop { page, .. } => Some(page.to_string()),
        _ => None,
    }
}

impl Office {
    pub(crate) async fn keeps(&self, options: &Options) {
        let target = SyncTarget::New("Customers".to_owned());
        self.set_up(target, options).await.unwrap();
    }

    pub(crate) async fn set_up(
        &self,
        target: SyncTarget,
        options: &Options,
    ) -> Result<(), SetUpSyncError> {
        let version = self.sync_status().await.chosen.version;
        self.flow
            .sync()
            .set_up(self.connection, version, target, options, None)
            .await
    }

    async fn sync_status(&self) -> SyncStatus {
        self.flow.sync().status(self.connection).await.unwrap()
    }

    pub(crate) async fn status_when(&self, enough: impl Fn(&SyncStatus) -> bool) -> SyncStatus {
        let come = async {
            loop {
                let status = self.sync_status().await;
                if enough(&status) {
                    return status;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        match tokio::time::timeout(DEADLINE, come).await {
            Ok(status) => status,
            Err(late) => panic!("{late}: {:#?}", self.sync_status().await),
        }
    }

    /// The contacts of the phonebook: name and numbers.
    async fn contacts(&self) -> Vec<Contact> {
        let Some(phonebook) = self.sync_status().await.phonebook else {
            return Vec::new();
        };
        let mut unit = self.flow.store().read().await.unwrap();
        unit.contacts()
            .page(phonebook.id, None, 1_000)
            .await
            .unwrap()
    }

    async fn contacts_when(&self, enough: impl Fn(&[Contact]) -> bool) -> Vec<Contact> {
        let come = async {
            loop {
                let contacts = self.contacts().await;
                if enough(&contacts) {
                    return contacts;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        match tokio::time::timeout(DEADLINE, come).await {
            Ok(contacts) => contacts,
            Err(late) => panic!("{late}: {:#?}", self.contacts().await),
        }
    }

    /// Names as the phonebook has them, once they are these.
    pub(crate) async fn names_become(&self, names: &[&str]) {
        self.contacts_when(|contacts| {
            let have: Vec<_> = contacts.iter().map(|it| it.name.as_str()).collect();
            have == names
        })
        .await;
    }

    pub(crate) async fn sync_now(&self) {
        self.flow.sync().now(self.connection).await.unwrap();
    }
}

/// Every number of the contact is there: it was read from the CRM.
fn whole(contacts: &[Contact]) -> bool {
    contacts.len() == 1 && contacts[0].numbers.len() == 2
}

#[tokio::test]
async fn f3_f19_who_called_is_in_the_phonebook_with_every_number_and_nobody_else() {
    let office = Office::open().await;
    office
        .crm
        .records
        .edit("003G", "Grace Hopper", &[GRACE, MOBILE]);
    office.crm.records.edit("003A", "Ada", &["+14155550136"]);
    office.keeps(&called()).await;
    office.phones.answered_call("1.1", GRACE).await;
    let contacts = office.contacts_when(whole).await;
    assert_eq!(contacts[0].name, "Grace Hopper");
    assert!(
        office.crm.records.pages().is_empty(),
        "all records were read"
    );
}

#[tokio::test]
async fn f4_who_was_called_is_in_the_phonebook_though_the_call_ended_before_the_answer() {
    let office = Office::open().await;
    office
        .crm
        .records
        .edit("003G", "Grace Hopper", &[GRACE, MOBILE]);
    office.keeps(&called()).await;
    let held = office.crm.hold.write().await;
    office.phones.dial("1.1", "101", GRACE).await;
    office.phones.answer("1.1", "trunk", &[]).await;
    office.phones.hang_up("1.1", &["trunk"]).await;
    office.history(|all| all.len() == 1).await;
    drop(held);
    office.contacts_when(whole).await;
}

#[tokio::test]
async fn f10_edits_deletions_and_merges_in_the_crm_reach_the_phonebook() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.edit("003M", "Mary", &[MOBILE]);
    office.keeps(&called()).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.phones.answered_call("1.2", MOBILE).await;
    office.names_become(&["Grace", "Mary"]).await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.sync_now().await;
    office.names_become(&["Grace Hopper", "Mary"]).await;
    office.crm.records.edit("003W", "Winner", &["+14155550136"]);
    office.crm.records.delete("003M", Some("003W"));
    office.sync_now().await;
    office.names_become(&["Grace Hopper", "Winner"]).await;
    office.crm.records.delete("003G", None);
    office.sync_now().await;
    office.names_become(&["Winner"]).await;
}

#[tokio::test]
async fn f10_a_crm_without_a_way_into_its_changes_is_followed_by_reading_what_is_held() {
    let office = Office::open().await;
    office.crm.records.has_no_cursors();
    office.crm.records.edit("003G", "Grace", &[GRACE, MOBILE]);
    office.keeps(&called()).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.contacts_when(whole).await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.sync_now().await;
    office.names_become(&["Grace Hopper"]).await;
    assert!(office.crm.records.pages().is_empty());
    assert!(office.crm.records.reads() >= 2);
}

#[tokio::test]
async fn f19_a_first_reading_of_all_goes_on_after_a_restart_where_it_was_stopped() {
    let mut office = Office::open().await;
    for number in 0..950 {
        let (id, name) = (format!("003{number:04}"), format!("Contact {number:04}"));
        let phone = format!("+1415555{:04}", 1_000 + number);
        office.crm.records.edit(&id, &name, &[&phone]);
    }
    office.crm.records.pages_of(100);
    office.crm.records.at_page(4, Answer::Hang);
    office.keeps(&all()).await;
    let status = office.status_when(|status| status.contacts == 400).await;
    assert!(status.running);
    assert_eq!(status.modules[0].total, Some(950));
    assert!(!status.modules[0].complete);
    office.restart().await;
    office.sync_now().await;
    let status = office.status_when(|status| status.contacts == 950).await;
    assert_eq!(status.modules[0].done, 950);
    let pages = office.crm.records.pages();
    let read: Vec<_> = pages
        .iter()
        .map(|cursor| cursor.as_deref().unwrap_or("0"))
        .collect();
    // Only the page that was not answered is asked for again.
    assert_eq!(
        read[..11],
        [
            "0", "100", "200", "300", "400", "400", "500", "600", "700", "800", "900"
        ]
    );
}

#[tokio::test]
async fn f10_a_page_that_fails_loses_nothing_and_a_quota_is_waited_for() {
    let mut office = Office::open().await;
    for number in 0..250 {
        let phone = format!("+1415555{:04}", 1_000 + number);
        office
            .crm
            .records
            .edit(&format!("003{number:04}"), "Somebody", &[&phone]);
    }
    office.crm.records.pages_of(100);
    // The quota ends after the first page.
    let until = office.flow.clock().now() + SignedDuration::from_hours(5);
    let quota = Failure::Throttled {
        until: Some(until),
        words: "come back later".to_owned().into(),
    };
    office.crm.records.at_page(1, Answer::Fail(quota));
    office.keeps(&all()).await;
    let status = office.status_when(|status| status.problem.is_some()).await;
    assert_eq!(status.problem.as_deref(), Some("come back later"));
    assert_eq!((status.contacts, status.modules[0].done), (100, 100));
    assert_eq!(status.modules[0].total, Some(250));
    assert!(
        status
            .next
            .is_some_and(|next| next >= until - SignedDuration::from_secs(1))
    );
    office.restart().await;
    office.sync_now().await;
    // What went wrong is forgotten at the end of the round, a moment after its last page.
    office
        .status_when(|status| status.contacts == 250 && status.problem.is_none())
        .await;
    let pages = office.crm.records.pages();
    let first = pages.iter().filter(|cursor| cursor.is_none()).count();
    assert_eq!(first, 1, "it began anew: {pages:?}");
}

#[tokio::test]
async fn f11_a_record_without_a_name_or_a_number_is_listed_and_comes_in_once_it_has_one() {
    let office = Office::open().await;
    office.crm.records.edit("003N", "", &[GRACE]);
    office.crm.records.edit("003P", "No phone", &[]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.status_when(|status| status.skipped == 2).await;
    let mut unit = office.flow.store().read().await.unwrap();
    let skipped = unit
        .contacts()
        .skipped(office.connection, 10)
        .await
        .unwrap();
    drop(unit);
    let mut reasons: Vec<_> = skipped.iter().map(|it| it.reason.as_str()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["no_name", "no_number"]);
    assert_eq!(skipped[0].page.host_str(), Some("crm.example"));
    office.crm.records.edit("003P", "No phone", &[MOBILE]);
    office.sync_now().await;
    office.names_become(&["No phone"]).await;
    office.status_when(|status| status.skipped == 1).await;
}

#[tokio::test]
async fn f13_a_number_the_phonebook_knows_is_not_asked_of_the_crm() {
    let mut office = Office::open().await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.names_become(&["Grace Hopper"]).await;
    office.restart().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(found).await, "Grace Hopper");
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn f12_with_always_query_the_crm_is_asked_though_the_phonebook_knows() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.crm.records.pages_of(10);
    office
        .keeps(&Options {
            always_query: true,
            ..all()
        })
        .await;
    office.names_become(&["Grace Hopper"]).await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(found).await, "Grace Hopper");
    office.phones.hang_up("1.1", &["101"]).await;
    office.history(|all| all.len() == 1).await;
    assert_eq!(office.crm.finds(), 1);
}

#[tokio::test]
async fn f12_the_card_shows_what_the_phonebook_knows_at_once_and_the_page_waits_for_the_crm() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    let always = Options {
        always_query: true,
        ..all()
    };
    office.keeps(&always).await;
    office.names_become(&["Grace"]).await;
    // The CRM knows better by now, and takes its time.
    office.crm.records.delete("003G", None);
    office.crm.has(GRACE, "003H", "Grace Hopper");
    let held = office.crm.hold.write().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(found).await, "Grace");
    drop(held);
    let page = alice.sees(pop).await;
    assert_eq!(page, "https://crm.example/003H");
}

#[tokio::test]
async fn f12_a_crm_that_does_not_answer_keeps_the_page_no_longer_than_two_seconds() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    let always = Options {
        always_query: true,
        ..all()
    };
    office.keeps(&always).await;
    office.names_become(&["Grace"]).await;
    let _held = office.crm.hold.write().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(pop).await, "https://crm.example/003G");
}

#[tokio::test]
async fn f7_only_an_empty_phonebook_or_a_new_name_can_be_filled() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.crm.records.pages_of(10);
    let nothing = office.set_up(SyncTarget::Keep, &all()).await;
    assert!(matches!(nothing, Err(SetUpSyncError::NoTarget)));
    office.keeps(&all()).await;
    office.names_become(&["Grace Hopper"]).await;
    let full = office.sync_status().await.phonebook.unwrap();
    let mut unit = office.flow.store().begin().await.unwrap();
    let empty = unit.phonebooks().create("Empty").await.unwrap().unwrap();
    unit.commit().await.unwrap();
    let taken = office
        .set_up(SyncTarget::New("Empty".to_owned()), &all())
        .await;
    assert!(matches!(taken, Err(SetUpSyncError::NameTaken)));
    office
        .set_up(SyncTarget::Existing(empty.id), &all())
        .await
        .unwrap();
    office.names_become(&["Grace Hopper"]).await;
    let back = office.set_up(SyncTarget::Existing(full.id), &all()).await;
    assert!(matches!(
        back,
        Err(SetUpSyncError::NotEmpty { contacts: 1 })
    ));
    // The one it filled before stays as it was, and is the people's now (H5).
    let mut unit = office.flow.store().read().await.unwrap();
    assert_eq!(
        unit.phonebooks()
            .get(full.id)
            .await
            .unwrap()
            .unwrap()
            .connection,
        None
    );
}

#[tokio::test]
async fn f6_f19_what_is_not_chosen_any_more_goes_from_the_phonebook() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.edit("003M", "Mary", &[MOBILE]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.names_become(&["Grace", "Mary"]).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| all.len() == 1).await;
    office.set_up(SyncTarget::Keep, &called()).await.unwrap();
    office.names_become(&["Grace"]).await;
    let leads = Options {
        modules: vec![Module::Lead],
        ..called()
    };
    office.set_up(SyncTarget::Keep, &leads).await.unwrap();
    office.names_become(&[]).await;
}

#[tokio::test]
async fn f8_h5_the_phonebook_has_the_crms_tag_and_stays_when_it_is_disconnected() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.names_become(&["Grace"]).await;
    let phonebook = office.sync_status().await.phonebook.unwrap();
    assert_eq!(phonebook.crm.as_deref(), Some("fake"));
    assert_eq!(phonebook.connection, Some(office.connection));
    let mut unit = office.flow.store().begin().await.unwrap();
    unit.connections().delete(office.connection).await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = office.flow.store().read().await.unwrap();
    let left = unit.phonebooks().get(phonebook.id).await.unwrap().unwrap();
    assert_eq!(left.connection, None);
    assert_eq!(unit.contacts().count(phonebook.id).await.unwrap(), 1);
}

#[tokio::test]
async fn g7_a_created_record_is_in_the_phonebook() {
    let office = Office::open().await;
    let mut unit = office.flow.store().begin().await.unwrap();
    let on = create::Options {
        on: true,
        ..create::Options::default()
    };
    unit.choices().put(office.connection, 0, &on).await.unwrap();
    unit.commit().await.unwrap();
    office.keeps(&called()).await;
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    office
        .names_become(&["Automatic New Contact -+14155550134"])
        .await;
}

#[tokio::test]
async fn f1_h1_nothing_is_read_while_it_is_off() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.names_become(&["Grace"]).await;
    let off = Options { on: false, ..all() };
    office.set_up(SyncTarget::Keep, &off).await.unwrap();
    let pages = office.crm.records.pages().len();
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.sync_now().await;
    // F20: without a phonebook every call asks the CRM.
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(found).await, "Grace Hopper");
    assert_eq!(office.crm.finds(), 1);
    assert_eq!(office.crm.records.pages().len(), pages);
}

#[tokio::test]
async fn f13_whom_the_phonebook_knows_is_on_the_first_card_and_the_crm_is_not_asked() {
    let mut office = Office::open().await;
    office
        .crm
        .records
        .edit("003G", "Grace Hopper", &[GRACE, MOBILE]);
    office.keeps(&called()).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.contacts_when(whole).await;
    // What the CRM answered is forgotten with it.
    office.restart().await;
    office.phonebooks_are_in_memory().await;
    let asked = office.crm.finds();
    let mut alice = office.on_duty("101");
    office.phones.ring("1.2", Some(MOBILE), &["101"]).await;
    let first = alice.sees(|event| match event {
        DeskEvent::Card(card) => Some(card.as_ref().clone()),
        _ => None,
    });
    assert_eq!(first.await.contact.unwrap().name, "Grace Hopper");
    assert_eq!(office.crm.finds(), asked);
}
