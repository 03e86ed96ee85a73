//! Contacts out of a file: each row once, with how far the import has come.

use jiff::SignedDuration;
use linecard_book::exchange::Place;
use linecard_book::{Number, Slot};
use linecard_store::{
    AccountId, ContactDetails, ContactError, ImportFile, ImportFormat, ImportId, ImportPlan,
    ImportProgress, ImportState, NewImport, OnDuplicate, PhonebookId, Refusal, Unlisted, Written,
};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    an_import_goes_its_way,
    a_batch_is_written_with_its_progress_or_not_at_all,
    one_like_it_is_skipped_updated_or_added,
    f9_a_phonebook_that_a_crm_fills_takes_no_import,
    what_an_import_added_is_taken_out_again_unless_somebody_changed_it,
    rows_that_were_not_taken_are_listed,
    what_was_never_started_is_forgotten,
);

impl Fixture {
    async fn import_into(&self, phonebook: PhonebookId) -> ImportId {
        let account = AccountId::new(&linecard_clock::SystemEntropy, self.now());
        let new = NewImport {
            phonebook,
            account,
            node: "office".to_owned(),
            file_name: "contacts.csv".to_owned(),
            bytes: 1_000,
        };
        let mut unit = self.begin().await;
        let id = unit.imports().create(&new).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    pub(crate) async fn running(&self, phonebook: PhonebookId) -> ImportId {
        let id = self.import_into(phonebook).await;
        let mut unit = self.begin().await;
        unit.imports().ready(id, &file()).await.unwrap();
        let started = unit.imports().start(id, &plan(OnDuplicate::Skip)).await;
        assert!(started.unwrap());
        unit.commit().await.unwrap();
        id
    }

    /// Writes contacts and tells what became of them.
    pub(crate) async fn takes(
        &self,
        (phonebook, import): (PhonebookId, ImportId),
        contacts: &[ContactDetails],
        on_duplicate: OnDuplicate,
        unlisted: &mut Unlisted,
    ) -> Vec<&'static str> {
        let mut unit = self.begin().await;
        let imported = unit
            .contacts()
            .import(phonebook, import, contacts.to_vec(), on_duplicate, unlisted)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        unlisted.extend(imported.unlisted);
        let word = |written: &Written| match written {
            Written::Added => "added",
            Written::Updated => "updated",
            Written::Skipped(like) if like.number.is_some() => "number",
            Written::Skipped(_) => "name",
        };
        imported.written.iter().map(word).collect()
    }

    /// Lists what an import has added so far.
    pub(crate) async fn lists(&self, unlisted: Unlisted) {
        let mut listing = unlisted.in_order();
        while listing.left() > 0 {
            let mut unit = self.begin().await;
            unit.contacts().list(&mut listing, 100).await.unwrap();
            unit.commit().await.unwrap();
        }
    }

    pub(crate) async fn told(&self, phonebook: PhonebookId) -> Vec<String> {
        let mut unit = self.read().await;
        let page = unit.contacts().page(phonebook, None, 1_000).await.unwrap();
        let tell = |contact: linecard_store::Contact| {
            let numbers: Vec<_> = contact
                .numbers
                .iter()
                .map(|number| format!("{} {}", number.slot.code(), number.written))
                .collect();
            let company = contact.company.unwrap_or_default();
            format!("{} | {company} | {}", contact.name, numbers.join(", "))
        };
        page.into_iter().map(tell).collect()
    }
}

fn file() -> ImportFile {
    ImportFile {
        format: ImportFormat::Csv,
        bytes: 990,
        encoding: Some("gb18030".to_owned()),
    }
}

fn plan(on_duplicate: OnDuplicate) -> ImportPlan {
    ImportPlan {
        delimiter: ';',
        encoding: None,
        has_header: true,
        columns: vec![Some("name".to_owned()), None],
        on_duplicate,
    }
}

pub(crate) fn contact(name: &str, company: &str, numbers: &[(Slot, &str)]) -> ContactDetails {
    ContactDetails {
        name: name.to_owned(),
        company: Some(company.to_owned()).filter(|it| !it.is_empty()),
        email: None,
        remark: None,
        numbers: numbers
            .iter()
            .map(|(slot, written)| Number {
                slot: *slot,
                written: (*written).to_owned(),
                e164: written.parse().ok(),
            })
            .collect(),
    }
}

fn progress(byte: u64, row: u64, added: u64) -> ImportProgress {
    ImportProgress {
        next: Place {
            byte,
            row,
            line: row,
        },
        added,
        updated: 0,
        skipped: 0,
        refused: 0,
        unlisted: 0,
    }
}

async fn an_import_goes_its_way(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let id = fixture.import_into(phonebook).await;
    let mut unit = fixture.begin().await;
    let mut imports = unit.imports();
    imports.received(id, 400).await.unwrap();
    let wanted = plan(OnDuplicate::Update);
    assert!(!imports.start(id, &wanted).await.unwrap(), "no file yet");
    imports.ready(id, &file()).await.unwrap();
    assert!(imports.start(id, &wanted).await.unwrap());
    assert!(!imports.start(id, &wanted).await.unwrap(), "twice");
    let kept = imports.get(id).await.unwrap().unwrap();
    assert_eq!((kept.file, kept.plan), (Some(file()), Some(wanted)));
    assert_eq!(kept.state, ImportState::Running);
    assert_eq!(kept.progress.next, Place::START);
    assert_eq!(imports.at_work("office").await.unwrap().len(), 1);
    assert!(imports.at_work("another").await.unwrap().is_empty());
    imports.fail(id, "disk_full", "no space").await.unwrap();
    let failed = imports.get(id).await.unwrap().unwrap();
    assert_eq!(failed.problem.as_deref(), Some("disk_full"));
    assert!(failed.ended.is_some());
    let again = imports.change(id, &[ImportState::Failed], ImportState::Running);
    assert!(again.await.unwrap());
    let listed = imports.of_phonebook(phonebook, 10).await.unwrap();
    assert_eq!((listed.len(), listed[0].problem.clone()), (1, None));
}

async fn a_batch_is_written_with_its_progress_or_not_at_all(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let id = fixture.running(phonebook).await;
    let mut unit = fixture.begin().await;
    let first = progress(100, 3, 2);
    assert!(
        unit.imports()
            .advance(id, Place::START, &first)
            .await
            .unwrap()
    );
    unit.commit().await.unwrap();

    // Another that read the same rows is too late.
    let mut unit = fixture.begin().await;
    let again = unit.imports().advance(id, Place::START, &first).await;
    assert!(!again.unwrap());
    let (mut imports, second) = (unit.imports(), progress(200, 5, 4));
    let stopped = imports.change(id, &[ImportState::Running], ImportState::Cancelled);
    assert!(stopped.await.unwrap());
    let late = imports.advance(id, first.next, &second).await;
    assert!(!late.unwrap(), "it was cancelled");
    let kept = imports.get(id).await.unwrap().unwrap();
    assert_eq!(kept.progress, first);
}

async fn one_like_it_is_skipped_updated_or_added(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let elsewhere = fixture.phonebook("Elsewhere").await.id;
    let at = (phonebook, fixture.running(phonebook).await);
    let ada = contact("Ada", "Acme", &[(Slot::Business, "+4930000123")]);
    let mut unit = fixture.begin().await;
    unit.contacts().add(elsewhere, &ada).await.unwrap();
    unit.commit().await.unwrap();
    let mut unlisted = Unlisted::default();
    let rows = [
        ada.clone(),
        contact("Bob", "", &[(Slot::Mobile, "+4930000123")]),
        contact("ADA ", "acme", &[(Slot::Mobile, "+493000001")]),
        contact("Ada", "Other", &[(Slot::Mobile, "+493000002")]),
    ];
    let became = fixture
        .takes(at, &rows, OnDuplicate::Skip, &mut unlisted)
        .await;
    assert_eq!(became, ["added", "number", "name", "added"]);
    // The same over several batches.
    let became = fixture
        .takes(at, &rows, OnDuplicate::Skip, &mut unlisted)
        .await;
    assert_eq!(became, ["number", "number", "name", "number"]);

    let rows = [
        contact(
            "Ada L.",
            "",
            &[(Slot::Home, "+4930000123"), (Slot::Business, "+493000005")],
        ),
        contact("Eve", "", &[(Slot::Mobile, "+493000006")]),
        contact(
            "Eve",
            "Evil",
            &[(Slot::Mobile, "+493000006"), (Slot::Other, "+493000007")],
        ),
    ];
    let became = fixture
        .takes(at, &rows, OnDuplicate::Update, &mut unlisted)
        .await;
    assert_eq!(became, ["updated", "added", "updated"]);
    fixture.lists(std::mem::take(&mut unlisted)).await;
    assert_eq!(
        fixture.told(phonebook).await,
        [
            "Ada | Other | mobile +493000002",
            "Ada L. | Acme | business +493000005, home +4930000123",
            "Eve | Evil | mobile +493000006, other +493000007",
        ]
    );
    let became = fixture
        .takes(at, &rows, OnDuplicate::Add, &mut unlisted)
        .await;
    assert_eq!(became, ["added"; 3]);
}

async fn f9_a_phonebook_that_a_crm_fills_takes_no_import(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let id = fixture.running(phonebook).await;
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut phonebooks = unit.phonebooks();
    phonebooks
        .connect(phonebook, connection, "zoho")
        .await
        .unwrap();
    let refused = unit
        .contacts()
        .import(
            phonebook,
            id,
            Vec::new(),
            OnDuplicate::Skip,
            &Unlisted::default(),
        )
        .await;
    assert!(matches!(refused, Err(ContactError::NotEditable(_))));
    let refused = unit.contacts().take_out(phonebook, id, None, 10).await;
    assert!(matches!(refused, Err(ContactError::NotEditable(_))));
}

async fn what_an_import_added_is_taken_out_again_unless_somebody_changed_it(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let at = (phonebook, fixture.running(phonebook).await);
    let contacts: Vec<_> = (0..250)
        .map(|place| {
            let number = format!("+4930{place}00");
            contact(
                &format!("Contact {place:03}"),
                "",
                &[(Slot::Mobile, &number)],
            )
        })
        .collect();
    fixture.advance(1);
    let mut unlisted = Unlisted::default();
    fixture
        .takes(at, &contacts, OnDuplicate::Skip, &mut unlisted)
        .await;
    fixture.lists(unlisted).await;
    let mut unit = fixture.begin().await;
    let own = contact("By hand", "", &[(Slot::Mobile, "+493000001")]);
    unit.contacts().add(phonebook, &own).await.unwrap();
    let page = unit.contacts().page(phonebook, None, 10).await.unwrap();
    let touched = &page[5];
    let edited = contact("Contact 004 edited", "", &[]);
    let mut changing = unit.contacts();
    changing
        .change(touched.id, touched.version, &edited)
        .await
        .unwrap();
    let (mut last, mut counts) = (None, Vec::new());
    loop {
        let (next, count) = unit
            .contacts()
            .take_out(phonebook, at.1, last, 100)
            .await
            .unwrap();
        counts.push(count);
        if next.is_none() {
            break;
        }
        last = next;
    }
    unit.commit().await.unwrap();
    assert_eq!(counts, [100, 100, 49, 0]);
    let left = fixture.told(phonebook).await;
    assert_eq!(
        left,
        ["By hand |  | mobile +493000001", "Contact 004 edited |  | "]
    );
}

async fn rows_that_were_not_taken_are_listed(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let id = fixture.running(phonebook).await;
    let refusal = |row: u64| Refusal {
        row,
        line: row + 1,
        column: (row % 2 == 1).then_some(3),
        code: "not_a_number".to_owned(),
        detail: "this is not a phone number".to_owned(),
        shown: format!("Ada;{row}"),
    };
    let all: Vec<_> = (1..=230).map(refusal).collect();
    let mut unit = fixture.begin().await;
    unit.imports().refuse(id, &all).await.unwrap();
    let first = unit.imports().refusals(id, 0, 200).await.unwrap();
    assert_eq!(first, all[..200]);
    let rest = unit.imports().refusals(id, 200, 200).await.unwrap();
    assert_eq!(rest, all[200..]);
}

async fn what_was_never_started_is_forgotten(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let (idle, running) = (
        fixture.import_into(phonebook).await,
        fixture.running(phonebook).await,
    );
    fixture.advance(100);
    let mut unit = fixture.begin().await;
    let mut imports = unit.imports();
    let longer = SignedDuration::from_secs(200);
    imports.forget_idle(longer).await.unwrap();
    assert!(imports.get(idle).await.unwrap().is_some());
    imports
        .forget_idle(SignedDuration::from_secs(50))
        .await
        .unwrap();
    assert!(imports.get(idle).await.unwrap().is_none());
    assert_eq!(imports.with_file("office").await.unwrap(), [running]);
}
