//! How pages open at the agents' clients.

use linecard_rules::pop::{Manner, Manners, Mode, OwnManners, Trigger};
use linecard_store::{ExtensionEntry, UpdateError};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(
    d8_the_default_reads_back_and_counts_its_changes,
    d8_an_extension_has_a_setting_of_its_own_until_it_is_removed,
    d8_of_two_admins_who_change_one_setting_the_second_is_told,
);

const BY_HAND: Manner = Manner {
    mode: Mode::Manual,
    trigger: Trigger::Ended,
};

async fn d8_the_default_reads_back_and_counts_its_changes(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut pops = unit.pops();
    assert_eq!(pops.default().await.unwrap().value, Manners::default());
    let manners = Manners {
        web: BY_HAND,
        ..Manners::default()
    };
    pops.put_default(0, manners).await.unwrap();
    pops.put_default(1, manners).await.unwrap();
    let kept = pops.default().await.unwrap();
    assert_eq!((kept.value, kept.version), (manners, 2));
    assert_eq!(pops.every_own().await.unwrap(), []);
}

async fn d8_an_extension_has_a_setting_of_its_own_until_it_is_removed(fixture: &Fixture) {
    let alices = extension("101");
    let mut unit = fixture.begin().await;
    let entry = ExtensionEntry {
        number: alices.clone(),
        name: "Alice".to_owned(),
        email: None,
    };
    unit.extensions().put(&entry).await.unwrap();
    let own = OwnManners {
        desktop: Some(BY_HAND),
        ..OwnManners::default()
    };
    unit.pops().put_own(&alices, 0, own).await.unwrap();
    let kept = unit.pops().own(&alices).await.unwrap();
    assert_eq!((kept.value, kept.version), (own, 1));
    let all = unit.pops().every_own().await.unwrap();
    assert_eq!(all, [(alices.clone(), kept)]);
    unit.extensions().delete(&alices).await.unwrap();
    assert_eq!(unit.pops().own(&alices).await.unwrap().version, 0);
}

async fn d8_of_two_admins_who_change_one_setting_the_second_is_told(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut pops = unit.pops();
    let manners = Manners::default();
    pops.put_default(0, manners).await.unwrap();
    let stale = pops.put_default(0, manners).await;
    assert!(matches!(stale, Err(UpdateError::Conflict)), "{stale:?}");
}
