//! Named settings and extensions.

use linecard_store::{ExtensionEntry, StoreError};
use serde::{Deserialize, Serialize};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(
    a_setting_reads_back_and_is_replaced_by_the_next,
    a_setting_of_another_shape_is_an_error_and_not_a_default,
    what_is_secret_of_a_setting_goes_with_it,
    extensions_are_listed_by_number,
    discovered_extensions_fill_in_and_replace_nothing,
    an_extension_can_be_renamed_and_removed,
);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Organisation {
    country: String,
    ranges: Vec<(u16, u16)>,
}

async fn a_setting_reads_back_and_is_replaced_by_the_next(fixture: &Fixture) {
    let mut organisation = Organisation {
        country: "CN".to_owned(),
        ranges: vec![(100, 199)],
    };
    let mut unit = fixture.begin().await;
    let mut settings = unit.settings();
    assert_eq!(
        settings.get::<Organisation>("organisation").await.unwrap(),
        None
    );
    settings.put("organisation", &organisation).await.unwrap();
    "US".clone_into(&mut organisation.country);
    settings.put("organisation", &organisation).await.unwrap();
    let kept = settings.get("organisation").await.unwrap();
    assert_eq!(kept, Some(organisation));
}

async fn what_is_secret_of_a_setting_goes_with_it(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut settings = unit.settings();
    settings.put("mail", &"mail.example").await.unwrap();
    settings.put_secret("mail", Some("password")).await.unwrap();
    settings.put("mail", &"other.example").await.unwrap();
    let secret = settings.secret::<String>("mail").await.unwrap();
    assert_eq!(secret.as_deref(), Some("password"));
    settings.put_secret::<str>("mail", None).await.unwrap();
    assert_eq!(settings.secret::<String>("mail").await.unwrap(), None);
    settings.delete("mail").await.unwrap();
    assert_eq!(settings.get::<String>("mail").await.unwrap(), None);
}

async fn a_setting_of_another_shape_is_an_error_and_not_a_default(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    unit.settings()
        .put("organisation", &"a text")
        .await
        .unwrap();
    let kept = unit.settings().get::<Organisation>("organisation").await;
    assert!(matches!(kept, Err(StoreError::Unreadable { .. })));
}

fn entry(number: &str, name: &str) -> ExtensionEntry {
    ExtensionEntry {
        number: extension(number),
        name: name.to_owned(),
        email: Some(format!("{name}@example.com")),
    }
}

async fn extensions_are_listed_by_number(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    for number in ["102", "*8", "101", "#1"] {
        unit.extensions().put(&entry(number, "ada")).await.unwrap();
    }
    let listed = unit.extensions().list().await.unwrap();
    let numbers: Vec<_> = listed.iter().map(|entry| entry.number.as_str()).collect();
    assert_eq!(numbers, ["#1", "*8", "101", "102"]);
}

async fn discovered_extensions_fill_in_and_replace_nothing(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut extensions = unit.extensions();
    extensions.put(&entry("101", "ada")).await.unwrap();
    let unnamed = ExtensionEntry {
        name: String::new(),
        email: None,
        ..entry("103", "")
    };
    extensions.put(&unnamed).await.unwrap();
    let discovered = [
        entry("101", "device"),
        entry("102", "bob"),
        entry("103", "carol"),
    ];
    assert_eq!(extensions.fill_in(&discovered).await.unwrap(), 2);
    assert_eq!(extensions.fill_in(&discovered).await.unwrap(), 0);
    assert_eq!(
        extensions.list().await.unwrap(),
        [
            entry("101", "ada"),
            entry("102", "bob"),
            entry("103", "carol")
        ]
    );
}

async fn an_extension_can_be_renamed_and_removed(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut extensions = unit.extensions();
    let number = extension("101");
    extensions.put(&entry("101", "ada")).await.unwrap();
    extensions.put(&entry("101", "eve")).await.unwrap();
    assert_eq!(
        extensions.get(&number).await.unwrap(),
        Some(entry("101", "eve"))
    );
    extensions.delete(&number).await.unwrap();
    assert_eq!(extensions.get(&number).await.unwrap(), None);
}
