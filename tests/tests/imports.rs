//! A file of 20,000 contacts while Linecard is killed again and again: each row is there once.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::office::{Admin, Linecard, eventually};

const ROWS: u64 = 20_000;

fn table() -> String {
    let mut text = "Name,Mobile\n".to_owned();
    for row in 0..ROWS {
        writeln!(text, "Contact {row:05},+49171{:07}", 1_000_000 + row).unwrap();
    }
    text
}

fn announced(admin: &Admin, phonebook: &Value, bytes: usize) -> Value {
    admin.post(
        "/imports",
        &json!({ "phonebook": phonebook, "file_name": "contacts.csv", "bytes": bytes }),
    )
}

/// The names of all contacts, page by page.
fn names(admin: &Admin, phonebook: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("/phonebooks/{phonebook}/contacts?limit=200&after={after}");
        let page = admin.get(&path);
        let contacts = page["contacts"].as_array().unwrap();
        names.extend(
            contacts
                .iter()
                .map(|it| it["name"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = next.replace(' ', "%20"),
            None => return names,
        }
    }
}

#[test]
fn an_import_goes_on_after_sigkill_and_each_row_is_there_once() {
    let mut linecard = Linecard::start();
    let admin = Admin::sets_up(&linecard);
    let phonebook = admin.post("/phonebooks", &json!({ "name": "Customers" }));
    let table = table();
    let import = announced(&admin, &phonebook["id"], table.len());
    let path = format!("/imports/{}", import["id"].as_str().unwrap());
    // A piece that was on its way when Linecard was killed is sent again.
    admin.put_bytes(&format!("{path}/file?from=0"), &table.as_bytes()[..1_000]);
    linecard.is_killed();
    linecard.starts_again();
    assert_eq!(admin.get(&path)["received"], 1_000);
    let ready = admin.put_bytes(
        &format!("{path}/file?from=1000"),
        &table.as_bytes()[1_000..],
    );
    assert_eq!(ready["state"], "ready");
    let shown = admin.post(&format!("{path}/preview"), &json!({ "plan": null }));
    let mut plan = shown["plan"].clone();
    // A row that was taken twice would be there twice.
    plan["on_duplicate"] = json!("add");
    admin.post(&format!("{path}/start"), &plan);

    let mut killed_at = Vec::new();
    for kill in 0..4 {
        let at = eventually("more rows", || {
            let added = admin.get(&path)["added"].as_u64().unwrap();
            (added > kill * 3_000).then_some(added)
        });
        linecard.is_killed();
        killed_at.push(at);
        linecard.starts_again();
    }
    assert!(killed_at[0] < ROWS, "it was killed in the middle");
    let done = eventually("the end", || {
        let import = admin.get(&path);
        (import["state"] == "done").then_some(import)
    });
    assert_eq!(done["added"], ROWS);
    let names = names(&admin, phonebook["id"].as_str().unwrap());
    let different: BTreeSet<_> = names.iter().collect();
    assert_eq!((names.len(), different.len()), (20_000, 20_000));
}
