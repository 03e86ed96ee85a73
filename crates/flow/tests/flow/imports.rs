//! Contacts out of files: shown first, written row by row, stopped, gone on with, and undone.

use std::fmt::Write as _;
use std::time::Duration;

use linecard_book::{Number, Slot};
use linecard_flow::{ImportError, PlanFault, Preview};
use linecard_store::{
    Contact, ContactDetails, Import, ImportId, ImportPlan, ImportState, OnDuplicate, PhonebookId,
    Refusal, Unlisted,
};

use crate::office::{DEADLINE, LONGEST_IMPORT, Office};

impl Office {
    async fn phonebook(&self) -> PhonebookId {
        let mut unit = self.flow.store().begin().await.unwrap();
        let made = unit.phonebooks().create("Customers").await.unwrap();
        unit.commit().await.unwrap();
        made.unwrap().id
    }

    /// Sends a file in pieces.
    async fn sends(&self, phonebook: PhonebookId, name: &str, bytes: &[u8]) -> ImportId {
        let imports = self.flow.imports();
        let length = u64::try_from(bytes.len()).unwrap();
        let import = imports
            .announce(self.admin, phonebook, name, length)
            .await
            .unwrap();
        let mut from = 0;
        for piece in bytes.chunks(300_000) {
            let import = imports.receive(import.id, from, piece.to_vec()).await;
            from = import.unwrap().received;
        }
        import.id
    }

    async fn shows(&self, id: ImportId, plan: Option<ImportPlan>) -> Preview {
        self.flow.imports().preview(id, plan).await.unwrap()
    }

    /// Starts an import as it is guessed.
    async fn starts(&self, id: ImportId, on_duplicate: OnDuplicate) {
        let mut plan = self.shows(id, None).await.plan;
        plan.on_duplicate = on_duplicate;
        self.flow.imports().start(id, &plan).await.unwrap();
    }

    /// The import, once it is as wanted.
    async fn sees(&self, id: ImportId, wanted: impl Fn(&Import) -> bool) -> Import {
        let seen = async {
            loop {
                let import = self.flow.imports().get(id).await.unwrap();
                if wanted(&import) {
                    return import;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let seen = tokio::time::timeout(DEADLINE, seen).await;
        let Ok(import) = seen else {
            panic!("never so: {:?}", self.flow.imports().get(id).await);
        };
        import
    }

    async fn ends(&self, id: ImportId) -> Import {
        self.sees(id, |import| import.state.is_ended()).await
    }

    async fn takes(&self, phonebook: PhonebookId, name: &str, bytes: &[u8]) -> Import {
        let id = self.sends(phonebook, name, bytes).await;
        self.starts(id, OnDuplicate::Skip).await;
        self.ends(id).await
    }

    async fn contacts_of(&self, phonebook: PhonebookId) -> Vec<Contact> {
        let mut unit = self.flow.store().read().await.unwrap();
        unit.contacts()
            .page(phonebook, None, 100_000)
            .await
            .unwrap()
    }

    async fn names_of(&self, phonebook: PhonebookId) -> Vec<String> {
        let contacts = self.contacts_of(phonebook).await;
        contacts.into_iter().map(|contact| contact.name).collect()
    }

    async fn refusals(&self, id: ImportId) -> Vec<Refusal> {
        let mut unit = self.flow.store().read().await.unwrap();
        unit.imports().refusals(id, 0, 1_000).await.unwrap()
    }

    /// Row, column and reason of every row that was not taken.
    async fn reasons(&self, id: ImportId) -> Vec<(u64, Option<u64>, String)> {
        let refusals = self.refusals(id).await;
        let reason = |it: Refusal| (it.row, it.column, it.code);
        refusals.into_iter().map(reason).collect()
    }
}

/// A table of so many contacts, each with a number of its own.
fn table(rows: usize) -> String {
    let mut text = "Name;Company;Mobile\n".to_owned();
    for row in 0..rows {
        writeln!(text, "Contact {row:06};Acme;+4930{:07}", 1_000_000 + row).unwrap();
    }
    text
}

#[tokio::test]
async fn a_file_is_shown_as_it_would_be_taken_and_then_is() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    let text = "Vorname;Nachname;Firma;Telefon geschäftlich;E-Mail-Adresse\n\
                Ada;Adams;Acme;030 1234567;ada@example.com\n\
                Bob;Brown;;n/a;\n\
                ;;Charlie & Co;+1 415 555 0134;\n";
    let id = office
        .sends(phonebook, "kontakte.csv", text.as_bytes())
        .await;
    let shown = office.shows(id, None).await;
    assert_eq!(shown.plan.delimiter, ';');
    assert!(shown.plan.has_header && shown.fault.is_none());
    let columns: Vec<_> = shown.plan.columns.iter().flatten().collect();
    assert_eq!(
        columns,
        ["first_name", "last_name", "company", "business", "email"]
    );
    assert_eq!(shown.columns[2].samples, ["Acme", "Charlie & Co"]);
    assert_eq!((shown.good, shown.bad, shown.about), (2, 1, 3));
    let names: Vec<_> = shown.rows.iter().map(|row| row.contact.is_ok()).collect();
    assert_eq!(names, [true, false, true]);
    assert!(office.names_of(phonebook).await.is_empty(), "only shown");

    office.starts(id, OnDuplicate::Skip).await;
    let done = office.ends(id).await;
    assert_eq!((done.progress.added, done.progress.refused), (2, 1));
    assert_eq!(
        office.names_of(phonebook).await,
        ["Ada Adams", "Charlie & Co"]
    );
    let reasons = office.reasons(id).await;
    assert_eq!(reasons, [(3, Some(4), "not_a_number".to_owned())]);
}

#[tokio::test]
async fn bad_rows_are_told_with_row_and_column_and_the_others_are_taken_whole() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    let mut text = b"Name,Company,Phone\n\
        Ada,\"Acme,+14155550101\n\
        Bob,=cmd|' /C calc'!A0,+14155550102\n\
        C\0arl,Acme,+14155550103\n\
        Dora,Acme,+14155550104,too much\n"
        .to_vec();
    // The second half was copied from other programs.
    text.extend(b"M\xfcller,B\xe4ckerei M\xfcller,+14155550105\n");
    text.extend(
        b"\xc0\xee\xc0\xd7,\xb1\xb1\xbe\xa9\xc3\xb3\xd2\xd7\xb9\xab\xcb\xbe,+14155550106\n",
    );
    text.extend("Jürgen,Grün,+14155550107\n".as_bytes());
    text.extend(b"Long,");
    text.extend(vec![b'x'; 10_000_000]);
    text.extend(b",+14155550108\nEve,Acme,+14155550109");
    let done = office.takes(phonebook, "mixed.csv", &text).await;
    assert_eq!((done.progress.added, done.progress.refused), (5, 4));
    assert_eq!(
        office.reasons(done.id).await,
        [
            (2, Some(2), "broken_quote".to_owned()),
            (4, Some(1), "nul".to_owned()),
            (5, Some(4), "too_many_cells".to_owned()),
            (9, Some(2), "cell_too_long".to_owned()),
        ]
    );
    let contacts = office.contacts_of(phonebook).await;
    let told: Vec<_> = contacts
        .iter()
        .map(|it| (it.name.as_str(), it.company.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [
            ("Bob", "=cmd|' /C calc'!A0"),
            ("Eve", "Acme"),
            ("Jürgen", "Grün"),
            ("Müller", "Bäckerei Müller"),
            ("李雷", "北京贸易公司"),
        ]
    );
}

#[tokio::test]
async fn utf_16_and_cards_are_taken() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    let text = "\u{feff}姓名\t手机\n李雷\t+8613812345678\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    office.takes(phonebook, "unicode.txt", &wide).await;
    let cards = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nTEL;TYPE=cell:+14155550101\r\nEND:VCARD\r\n\
                 BEGIN:VCARD\r\nFN:Without end\r\n";
    let done = office.takes(phonebook, "cards", cards.as_bytes()).await;
    assert_eq!((done.progress.added, done.progress.refused), (1, 1));
    assert_eq!(office.names_of(phonebook).await, ["Ada", "李雷"]);
}

#[tokio::test]
async fn a_row_like_a_contact_is_skipped_and_listed() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    office
        .takes(phonebook, "first.csv", table(3).as_bytes())
        .await;
    let text = table(4).replace(
        "Contact 000000;Acme;+49301000000",
        "contact 000000;ACME;030 999999",
    );
    let id = office.sends(phonebook, "second.csv", text.as_bytes()).await;
    let shown = office.shows(id, None).await;
    assert_eq!((shown.good, shown.alike), (4, 3));
    assert!(shown.rows[0].like.is_some() && shown.rows[3].like.is_none());
    office.starts(id, OnDuplicate::Skip).await;
    let done = office.ends(id).await;
    assert_eq!((done.progress.added, done.progress.skipped), (1, 3));
    let reasons: Vec<_> = office
        .reasons(id)
        .await
        .into_iter()
        .map(|it| (it.0, it.2))
        .collect();
    assert_eq!(
        reasons,
        [
            (2, "name_there".to_owned()),
            (3, "number_there".to_owned()),
            (4, "number_there".to_owned())
        ]
    );
}

#[tokio::test]
async fn an_import_that_was_stopped_goes_on_where_it_was_and_takes_each_row_once() {
    let mut office = Office::open().await;
    let phonebook = office.phonebook().await;
    let id = office
        .sends(phonebook, "many.csv", table(4_000).as_bytes())
        .await;
    // With `Add` a row that is taken twice is there twice.
    office.starts(id, OnDuplicate::Add).await;
    for restart in 0..3 {
        office
            .sees(id, |import| import.progress.added > restart * 500)
            .await;
        office.restart().await;
    }
    let done = office.ends(id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(done.progress.added, 4_000);
    let names = office.names_of(phonebook).await;
    let wanted: Vec<_> = (0..4_000).map(|row| format!("Contact {row:06}")).collect();
    assert_eq!(names, wanted);
}

/// Linecard was killed after all rows of this import were written, or it was stopped then.
async fn killed_before_listing(office: &Office, phonebook: PhonebookId, id: ImportId) {
    let store = office.another_store().await;
    let mut unit = store.begin().await.unwrap();
    let import = unit.imports().get(id).await.unwrap().unwrap();
    let ada = |number: u32| ContactDetails {
        name: format!("Ada {number}"),
        numbers: vec![Number {
            slot: Slot::Mobile,
            written: format!("+4930{number}"),
            e164: format!("+4930{number}").parse().ok(),
        }],
        ..ContactDetails::default()
    };
    let people: Vec<_> = (1_000_000..1_000_250).map(ada).collect();
    let imported = unit
        .contacts()
        .import(
            phonebook,
            id,
            people,
            OnDuplicate::Skip,
            &Unlisted::default(),
        )
        .await
        .unwrap();
    let mut progress = import.progress;
    progress.next.byte = import.bytes;
    progress.added = 250;
    progress.unlisted = u64::try_from(imported.unlisted.len()).unwrap();
    let from = import.progress.next;
    assert!(unit.imports().advance(id, from, &progress).await.unwrap());
    unit.commit().await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn what_was_written_before_a_kill_is_listed_after_it_also_of_an_import_that_was_stopped() {
    let mut office = Office::open().await;
    let phonebook = office.phonebook().await;
    let (running, stopped) = (
        office
            .sends(
                phonebook,
                "one.csv",
                b"Name,Phone
",
            )
            .await,
        office
            .sends(
                phonebook,
                "two.csv",
                b"Name,Phone
",
            )
            .await,
    );
    for id in [running, stopped] {
        let plan = office.shows(id, None).await.plan;
        let store = office.another_store().await;
        let mut unit = store.begin().await.unwrap();
        assert!(unit.imports().start(id, &plan).await.unwrap());
        unit.commit().await.unwrap();
        store.close().await;
        killed_before_listing(&office, phonebook, id).await;
    }
    let mut unit = office.flow.store().begin().await.unwrap();
    let mut imports = unit.imports();
    let cancelled = imports.change(stopped, &[ImportState::Running], ImportState::Cancelled);
    assert!(cancelled.await.unwrap());
    unit.commit().await.unwrap();
    assert!(office.names_of(phonebook).await.is_empty());

    office.restart().await;
    let done = office.ends(running).await;
    assert_eq!((done.state, done.progress.unlisted), (ImportState::Done, 0));
    let seen = office
        .sees(stopped, |import| import.progress.unlisted == 0)
        .await;
    assert_eq!(seen.state, ImportState::Cancelled);
    let names = office.names_of(phonebook).await;
    let mut unit = office.flow.store().read().await.unwrap();
    let number = "+49301000007".parse().unwrap();
    let who = unit.contacts().with_number(&number).await.unwrap();
    assert_eq!((names.len(), who.len()), (500, 2));
}

#[tokio::test]
async fn an_import_is_cancelled_at_once_and_what_it_added_is_taken_out_again() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    office
        .takes(
            phonebook,
            "own.csv",
            "Name,Phone\nOwn,+14155550101\n".as_bytes(),
        )
        .await;
    let id = office
        .sends(phonebook, "many.csv", table(20_000).as_bytes())
        .await;
    office.starts(id, OnDuplicate::Skip).await;
    office.sees(id, |import| import.progress.added > 0).await;
    let cancelled = office.flow.imports().cancel(id).await.unwrap();
    let added = usize::try_from(cancelled.progress.added).unwrap();
    assert!((1..20_000).contains(&added), "{added}");
    office
        .sees(id, |import| import.progress.unlisted == 0)
        .await;
    assert_eq!(office.names_of(phonebook).await.len(), added + 1);

    office.flow.imports().undo(id).await.unwrap();
    let undone = office.sees(id, |it| it.state == ImportState::Undone).await;
    assert_eq!(undone.undone, cancelled.progress.added);
    assert_eq!(office.names_of(phonebook).await, ["Own"]);
    let again = office.flow.imports().undo(id).await;
    assert!(matches!(
        again,
        Err(ImportError::State(ImportState::Undone))
    ));
}

#[tokio::test]
async fn f9_a_phonebook_that_a_crm_fills_refuses_a_file_and_stops_an_import() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    let id = office
        .sends(phonebook, "many.csv", table(20_000).as_bytes())
        .await;
    office.starts(id, OnDuplicate::Skip).await;
    let mut unit = office.flow.store().begin().await.unwrap();
    let mut phonebooks = unit.phonebooks();
    phonebooks
        .connect(phonebook, office.connection, "zoho")
        .await
        .unwrap();
    unit.commit().await.unwrap();
    let failed = office.ends(id).await;
    assert_eq!(failed.problem.as_deref(), Some("read_only"));
    let announced = office.flow.imports();
    let refused = announced
        .announce(office.admin, phonebook, "x.csv", 10)
        .await;
    assert!(matches!(refused, Err(ImportError::NotEditable(_))));
}

#[tokio::test]
async fn a_file_comes_in_pieces_in_their_order_and_not_longer_than_allowed() {
    let office = Office::open().await;
    let (phonebook, imports) = (office.phonebook().await, office.flow.imports());
    let too_long = imports
        .announce(office.admin, phonebook, "x.csv", LONGEST_IMPORT + 1)
        .await;
    assert!(matches!(too_long, Err(ImportError::TooLong { .. })));
    let import = imports
        .announce(office.admin, phonebook, "x.csv", 20)
        .await
        .unwrap();
    let got = imports
        .receive(import.id, 0, b"Name,Ph".to_vec())
        .await
        .unwrap();
    assert_eq!((got.received, got.state), (7, ImportState::Uploading));
    for (from, piece) in [
        (0, b"Name".to_vec()),
        (9, b"x".to_vec()),
        (7, vec![b'x'; 14]),
    ] {
        let wrong = imports.receive(import.id, from, piece).await;
        assert!(matches!(wrong, Err(ImportError::NotNext { received: 7 })));
    }
    let shown = imports.preview(import.id, None).await;
    assert!(matches!(
        shown,
        Err(ImportError::State(ImportState::Uploading))
    ));
    let got = imports
        .receive(import.id, 7, b"one\nAda,0301".to_vec())
        .await
        .unwrap();
    assert_eq!(got.state, ImportState::Uploading);
    let got = imports.receive(import.id, 19, b"2".to_vec()).await.unwrap();
    assert_eq!(got.state, ImportState::Ready);
    imports.discard(import.id).await.unwrap();
    let gone = imports.preview(import.id, None).await;
    assert!(matches!(gone, Err(ImportError::NoImport)));
}

#[tokio::test]
async fn what_does_not_fit_is_said_before_the_start() {
    let office = Office::open().await;
    let phonebook = office.phonebook().await;
    let id = office
        .sends(phonebook, "x.csv", b"a,b\nAda,030 1234\n")
        .await;
    let shown = office.shows(id, None).await;
    assert_eq!(shown.fault, Some(PlanFault::NoName));
    let mut plan = shown.plan;
    let columns = |one: &str, other: &str| vec![Some(one.to_owned()), Some(other.to_owned())];
    for (chosen, fault) in [
        (columns("name", "company"), PlanFault::NoNumber),
        (columns("name", "name"), PlanFault::Twice(2)),
        (columns("name", "shoe_size"), PlanFault::Column(2)),
    ] {
        plan.columns = chosen;
        let refused = office.flow.imports().start(id, &plan).await;
        assert!(matches!(refused, Err(ImportError::Plan(why)) if why == fault));
    }
    plan.columns = columns("name", "business");
    plan.has_header = true;
    assert_eq!(office.shows(id, Some(plan.clone())).await.good, 1);
    office.flow.imports().start(id, &plan).await.unwrap();
    assert_eq!(office.ends(id).await.progress.added, 1);
}
