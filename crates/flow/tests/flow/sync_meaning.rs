//! What the switches of a synced phonebook mean, to the letter (F2, F5, F12, F13, F20, G7).

use linecard_crm::Module;
use linecard_flow::{DeskEvent, LookupState, SyncTarget};
use linecard_rules::create;
use linecard_rules::sync::{Options, Scope};

use crate::office::{Agent, Office};

const GRACE: &str = "+14155550134";
const LEAD: &str = "+14155550135";
const COMPANY: &str = "+14155550136";

fn all() -> Options {
    Options {
        on: true,
        scope: Scope::All,
        modules: vec![Module::Contact],
        ..Options::default()
    }
}

impl Office {
    /// Who is shown for a call of this number, once it is certain.
    async fn shows_who(&self, alice: &mut Agent, call: &str, number: &str) -> Option<String> {
        self.phones.ring(call, Some(number), &["101"]).await;
        let settled = |event: &DeskEvent| match event {
            DeskEvent::Card(card) if card.lookup != LookupState::Searching => {
                Some(card.contact.as_ref().map(|contact| contact.name.clone()))
            }
            _ => None,
        };
        let shown = alice.sees(settled).await;
        self.phones.hang_up(call, &["101"]).await;
        let over = |event: &DeskEvent| matches!(event, DeskEvent::Gone(_)).then_some(());
        alice.sees(over).await;
        shown
    }
}

#[tokio::test]
async fn f2_the_phonebook_writes_nothing_into_the_crm() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    office.keeps(&all()).await;
    office.names_become(&["Grace"]).await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.sync_now().await;
    office.names_become(&["Grace Hopper"]).await;
    office.crm.records.delete("003G", None);
    office.sync_now().await;
    office.names_become(&[]).await;
    assert_eq!(office.crm.writes(), 0);
    assert_eq!(office.crm.records.creates(), 0);
    assert!(office.crm.records.removed().is_empty());
}

#[tokio::test]
async fn f5_contacts_leads_and_companies_are_kept_where_all_are_chosen() {
    let office = Office::open().await;
    let records = &office.crm.records;
    records.edit("003G", "Grace", &[GRACE]);
    records.edit_in(Module::Lead, "00QL", "Linus", &[LEAD]);
    records.edit_in(Module::Account, "001A", "Acme", &[COMPANY]);
    records.pages_of(10);
    let modules = vec![Module::Contact, Module::Lead, Module::Account];
    office.keeps(&Options { modules, ..all() }).await;
    office.names_become(&["Acme", "Grace", "Linus"]).await;
    let two = vec![Module::Lead, Module::Account];
    let two = Options {
        modules: two,
        ..all()
    };
    office.set_up(SyncTarget::Keep, &two).await.unwrap();
    office.names_become(&["Acme", "Linus"]).await;
}

#[tokio::test]
async fn f12_a_crm_that_is_always_queried_is_asked_at_every_call_however_short_before() {
    let office = Office::open().await;
    let always = Options {
        always_query: true,
        ..all()
    };
    office.keeps(&always).await;
    let mut alice = office.on_duty("101");
    office.crm.has(GRACE, "003G", "Grace");
    let first = office.shows_who(&mut alice, "1.1", GRACE).await;
    assert_eq!(first.as_deref(), Some("Grace"));
    office.crm.forgets(GRACE);
    office.crm.has(GRACE, "003H", "Grace Hopper");
    let asked = office.crm.finds();
    office.phones.ring("1.2", Some(GRACE), &["101"]).await;
    // The phonebook has her by her old name, and the card shows it until the CRM has answered.
    let renamed = |event: &DeskEvent| match event {
        DeskEvent::Card(card) => card
            .contact
            .as_ref()
            .filter(|contact| contact.name == "Grace Hopper")
            .map(|_| ()),
        _ => None,
    };
    alice.sees(renamed).await;
    assert_eq!(office.crm.finds(), asked + 1);
}

#[tokio::test]
async fn f13_what_the_phonebook_has_learnt_since_counts_before_an_earlier_answer_of_the_crm() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    let mut alice = office.on_duty("101");
    let before = office.shows_who(&mut alice, "1.1", GRACE).await;
    assert_eq!(before.as_deref(), Some("Grace"));
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.keeps(&all()).await;
    office.names_become(&["Grace Hopper"]).await;
    office.phonebooks_are_in_memory().await;
    let asked = office.crm.finds();
    let shown = office.shows_who(&mut alice, "1.2", GRACE).await;
    assert_eq!(shown.as_deref(), Some("Grace Hopper"));
    assert_eq!(office.crm.finds(), asked);
}

#[tokio::test]
async fn f20_with_the_sync_off_the_crm_is_asked_and_nothing_is_kept() {
    let mut office = Office::open().await;
    office.crm.records.edit("003G", "Grace", &[GRACE]);
    office.crm.records.pages_of(10);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| all.len() == 1).await;
    let mut unit = office.flow.store().read().await.unwrap();
    assert!(unit.phonebooks().list().await.unwrap().is_empty());
    drop(unit);
    // Nor is what was kept before believed, once it is off.
    office.keeps(&all()).await;
    office.names_become(&["Grace"]).await;
    let off = Options { on: false, ..all() };
    office.set_up(SyncTarget::Keep, &off).await.unwrap();
    office.restart().await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    let mut alice = office.on_duty("101");
    let asked = office.crm.finds();
    let shown = office.shows_who(&mut alice, "1.2", GRACE).await;
    assert_eq!(shown.as_deref(), Some("Grace Hopper"));
    assert_eq!(office.crm.finds(), asked + 1);
    office.history(|all| all.len() == 2).await;
    office.names_become(&["Grace"]).await;
}

#[tokio::test]
async fn g7_a_created_record_does_not_come_in_where_its_kind_is_not_kept() {
    let office = Office::open().await;
    let on = create::Options {
        on: true,
        kind: create::Kind::Lead,
        ..create::Options::default()
    };
    office.creates(&on).await;
    let called = Options {
        scope: Scope::Called,
        ..all()
    };
    office.keeps(&called).await;
    office.phones.answered_call("1.1", GRACE).await;
    office
        .creation_when(linecard_store::CreationState::Created)
        .await;
    office.history(|all| all.len() == 1).await;
    office.names_become(&[]).await;
}
