//! What changed in the CRM (F10, F19).

use std::collections::BTreeMap;

use linecard_crm::{Changes, Cursor, Module, Person};

use crate::{Company, Seed, started};

/// Puts more people in than fit into a page, and tells how many.
fn put_many(company: &impl Company) -> usize {
    let many = company.more_than_a_page();
    for index in 0..many {
        let seed = Seed {
            numbers: vec![format!("+1415556{index:04}"), format!("+1628556{index:04}")],
            ..Seed::contact(&format!("Person {index:04}"), "")
        };
        company.put(&seed);
    }
    many
}

async fn page(company: &impl Company, cursor: Option<&Cursor>) -> Changes {
    let module = Module::Contact;
    company.crm().changed(module, cursor).await.unwrap()
}

/// Reads on until there is nothing more now.
async fn read_on(company: &impl Company, mut cursor: Option<Cursor>) -> (Vec<Person>, Cursor) {
    let mut read = Vec::new();
    for _ in 0..100 {
        let changes = page(company, cursor.as_ref()).await;
        read.extend(changes.changed);
        if !changes.more {
            return (read, changes.next);
        }
        cursor = Some(changes.next);
    }
    panic!("it never ends");
}

/// By name, the latest word on each.
fn by_name(read: Vec<Person>) -> BTreeMap<String, Person> {
    read.into_iter()
        .map(|person| (person.record.name.clone(), person))
        .collect()
}

/// F19.
pub async fn f19_a_first_reading_gives_everybody_once_over_pages(company: &impl Company) {
    let many = put_many(company);
    company.settle().await;
    let first = page(company, None).await;
    assert!(first.more, "{many} records are more than a page");
    let (rest, _) = read_on(company, Some(first.next)).await;
    let mut read = first.changed;
    read.extend(rest);
    assert_eq!(read.len(), many, "each once");
    let read = by_name(read);
    assert_eq!(read.len(), many);
    let person = &read["Person 0007"];
    let numbers: Vec<_> = person.numbers.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, ["+14155560007", "+16285560007"]);
}

/// F10.
pub async fn f10_an_edit_is_seen_and_nothing_else(company: &impl Company) {
    let grace = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    let ada = company.put(&Seed::contact("Ada Lovelace", "+14155550135"));
    company.settle().await;
    let (read, cursor) = read_on(company, None).await;
    assert_eq!(read.len(), 2);
    // Past every window that overlaps, so that old changes do not come again.
    for _ in 0..20 {
        company.settle().await;
    }
    let (_, cursor) = read_on(company, Some(cursor)).await;
    for _ in 0..20 {
        company.settle().await;
    }
    company.rename(&grace, "Rear Admiral Hopper");
    company.settle().await;
    let (read, _) = read_on(company, Some(cursor)).await;
    let read = by_name(read);
    assert!(read.contains_key("Rear Admiral Hopper"), "{read:?}");
    assert!(
        read.values()
            .all(|person| person.record.at != ada || person.record.name == "Ada Lovelace")
    );
}

/// F19: the cursor is text; whoever keeps it can be killed.
pub async fn f19_a_reading_goes_on_where_it_was_cut(company: &impl Company) {
    let many = put_many(company);
    company.settle().await;
    let first = page(company, None).await;
    let kept = Cursor(first.next.0.clone());
    // The page after it is read, and lost with the process.
    page(company, Some(&kept)).await;
    let (rest, _) = read_on(company, Some(kept)).await;
    let mut read = first.changed;
    read.extend(rest);
    assert_eq!(by_name(read).len(), many);
}

/// F19: who holds a few records follows all changes, and reads nobody first.
pub async fn f19_edits_are_followed_from_a_moment_on_without_a_first_reading(
    company: &impl Company,
) {
    let crm = company.crm();
    let cursor = crm.cursor_at(Module::Contact, started());
    let cursor = cursor.expect("edits can be followed from a moment on");
    let (_, cursor) = read_on(company, Some(cursor)).await;
    let grace = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    company.settle().await;
    let (read, cursor) = read_on(company, Some(cursor)).await;
    assert!(by_name(read).contains_key("Grace Hopper"));
    company.rename(&grace, "Rear Admiral Hopper");
    company.settle().await;
    let (read, _) = read_on(company, Some(cursor)).await;
    assert!(by_name(read).contains_key("Rear Admiral Hopper"));
}

/// F10.
pub async fn f10_a_deletion_is_seen(company: &impl Company) {
    let grace = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    let ada = company.put(&Seed::contact("Ada Lovelace", "+14155550135"));
    company.settle().await;
    company.delete(&grace);
    company.settle().await;
    let held = [grace.id.clone(), ada.id];
    let gone = company
        .crm()
        .deleted(Module::Contact, started(), &held)
        .await
        .unwrap();
    let gone: Vec<_> = gone.into_iter().map(|deletion| deletion.at).collect();
    assert_eq!(gone, [grace]);
}

/// For those who called.
pub async fn records_are_read_by_their_ids(company: &impl Company) {
    let grace = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    let ada = company.put(&Seed::contact("Ada Lovelace", "+14155550135"));
    company.put(&Seed::contact("Somebody Else", "+14155550136"));
    company.delete(&ada);
    company.settle().await;
    let ids = [grace.id.clone(), ada.id];
    let read = company.crm().read(Module::Contact, &ids).await.unwrap();
    let read: Vec<_> = read.into_iter().map(|person| person.record.at).collect();
    assert_eq!(read, [grace]);
}
