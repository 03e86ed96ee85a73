//! Rows to test with.

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
};
use linecard_crm::{EntryKey, Grant, Module, Record, RecordRef};
use linecard_number::Extension;
use linecard_store::{
    Account, AccountId, Connection, ConnectionId, Entry, EntryState, NewAccount, NewConnection,
    NewJob, NewPhoneSystem, PhoneSystem, Role, StoredCallId, UnitOfWork, WebhookChoice,
    WebhookSecrets,
};

use crate::fixture::{Fixture, START};

pub(crate) fn extension(digits: &str) -> Extension {
    digits.parse().unwrap()
}

pub(crate) fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub(crate) fn account(email: &str) -> NewAccount {
    NewAccount {
        email: email.to_owned(),
        name: "Ada".to_owned(),
        role: Role::Admin,
        extension: Some(extension("101")),
        language: Some("zh-CN".to_owned()),
        password_hash: Some("$argon2id$one".to_owned()),
    }
}

pub(crate) fn phone_system() -> NewPhoneSystem {
    NewPhoneSystem {
        kind: "asterisk".to_owned(),
        name: "Head office".to_owned(),
        settings: texts(&[("host", "pbx.example"), ("port", "5038")]),
        secrets: texts(&[("secret", "ami-secret-in-clear")]),
    }
}

pub(crate) fn connection() -> NewConnection {
    NewConnection {
        kind: "salesforce".to_owned(),
        settings: texts(&[("login_url", "https://login.example")]),
        secrets: texts(&[("client_secret", "client-secret-in-clear")]),
    }
}

pub(crate) fn grant() -> Grant {
    Grant {
        access_token: "access-token-in-clear".to_owned(),
        refresh_token: Some("refresh-token-in-clear".to_owned()),
        api_base: "https://org.example".parse().unwrap(),
        organisation: "00D000000000001".to_owned(),
        user: "005000000000001".to_owned(),
        extra: BTreeMap::new(),
    }
}

/// An answered call from outside to 101, `seconds` after the start.
pub(crate) fn call(id: &str, seconds: i64) -> Call {
    let started = Timestamp::from_second(START + seconds).unwrap();
    let answered = Timestamp::from_second(START + seconds + 5).unwrap();
    Call {
        id: CallId::new(id),
        direction: Direction::Inbound,
        state: CallState::Ended,
        outcome: Some(Outcome::Answered),
        from: Some("+14155550134".to_owned()),
        from_name: Some("<b>Eve</b> \"'; 王芳".to_owned()),
        to: Some("101".to_owned()),
        did: None,
        trunk: None,
        dialled: None,
        queue: Some("sales".to_owned()),
        tags: vec!["vip".to_owned()],
        started,
        answered: Some(answered),
        ended: Some(Timestamp::from_second(START + seconds + 65).unwrap()),
        wait_ms: 5_000,
        talk_ms: 60_000,
        hold_ms: 0,
        estimated: false,
        legs: vec![Leg {
            extension: extension("101"),
            role: LegRole::Agent,
            state: LegState::Gone,
            outcome: Some(LegOutcome::Answered),
            started,
            answered: Some(answered),
            talked_until: Some(answered),
            ring_ms: 5_000,
            talk_ms: 60_000,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        }],
    }
}

pub(crate) fn entry(key: &str, call: StoredCallId, connection: ConnectionId) -> Entry {
    Entry {
        key: EntryKey::new(key),
        call,
        connection,
        extension: extension("101"),
        state: EntryState::Waiting,
        subject: "Incoming Call".to_owned(),
        description: "Eve called 101".to_owned(),
        owner: Some("005000000000001".to_owned()),
        who: Some(record()),
        crm_id: None,
        page: None,
        reason: None,
        words: None,
        without: Vec::new(),
        updated: Timestamp::from_second(START).unwrap(),
    }
}

fn record() -> Record {
    Record {
        at: RecordRef {
            module: Module::Contact,
            id: "003000000000001".to_owned(),
        },
        name: "Eve".to_owned(),
        company: Some("Example & Sons".to_owned()),
        owner: None,
        number: "(415) 555-0134".to_owned(),
        account: None,
        modified: None,
        last_activity: None,
        page: "https://org.example/003000000000001".parse().unwrap(),
    }
}

/// A job of a lane; its key is unique in a test.
pub(crate) fn job(connection: ConnectionId, key: &str, lane: &str) -> NewJob {
    NewJob {
        kind: "log".to_owned(),
        version: 1,
        subject: format!("{{\"entry\":\"{key}\"}}"),
        lane: lane.to_owned(),
        key: key.to_owned(),
        connection,
    }
}

impl Fixture {
    /// An account that is kept.
    pub(crate) async fn account(&self) -> Account {
        let mut unit = self.begin().await;
        let made = unit.accounts().create(account("ada@example.com")).await;
        unit.commit().await.unwrap();
        made.unwrap()
    }

    /// A connection that is kept.
    pub(crate) async fn connection(&self) -> Connection {
        let mut unit = self.begin().await;
        let made = unit.connections().create(connection()).await.unwrap();
        unit.commit().await.unwrap();
        made
    }

    /// A phone system that is kept.
    pub(crate) async fn phone_system(&self) -> PhoneSystem {
        let mut unit = self.begin().await;
        let made = unit.phone_systems().create(phone_system()).await.unwrap();
        unit.commit().await.unwrap();
        made
    }

    /// Puts jobs of these keys and lanes into the outbox, in this order.
    pub(crate) async fn enqueue(&self, jobs: impl IntoIterator<Item = (&str, &str)>) {
        let home = self.home().await;
        let jobs = jobs.into_iter().map(|(key, lane)| job(home, key, lane));
        self.enqueue_jobs(jobs).await;
    }

    /// Puts jobs into the outbox, in this order.
    pub(crate) async fn enqueue_jobs(&self, jobs: impl IntoIterator<Item = NewJob>) {
        let mut unit = self.begin().await;
        for job in jobs {
            assert!(unit.jobs().enqueue(job).await.unwrap());
        }
        unit.commit().await.unwrap();
    }
}

/// The whole of accepting one ended call, as it is done for each.
pub(crate) async fn accept(
    unit: &mut UnitOfWork,
    phone_system: &PhoneSystem,
    connection: ConnectionId,
    number: u32,
) {
    let call = call(&format!("call-{number}"), i64::from(number));
    let stored = unit.calls().put(phone_system.id, &call).await.unwrap();
    let key = format!("entry-{number}");
    let entry = entry(&key, stored, connection);
    assert!(unit.entries().insert(&entry).await.unwrap());
    let job = job(connection, &key, &format!("lane-{number}"));
    assert!(unit.jobs().enqueue(job).await.unwrap());
}

/// An id that names no account.
pub(crate) fn nobody() -> AccountId {
    "01900000-0000-7000-8000-0000000000ff".parse().unwrap()
}

/// An address outside that is told of calls, with its secrets.
pub(crate) fn webhook() -> (WebhookChoice, WebhookSecrets) {
    let choice = WebhookChoice {
        name: "CRM sync".to_owned(),
        events: vec!["call.ended".to_owned()],
        personal: false,
        enabled: true,
    };
    let secrets = WebhookSecrets {
        url: "https://hooks.example/path-in-clear".to_owned(),
        secret: "whsec_secret-in-clear".to_owned(),
        before: None,
    };
    (choice, secrets)
}
