//! Troubles that people were told of (X7).

use linecard_crm::{AdviceCode, Words};
use linecard_store::Alert;

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    x7_a_trouble_is_raised_once_and_ends_once,
    x7_what_was_mailed_is_remembered_until_it_is_forgotten,
    x7_another_node_takes_over_what_nobody_looks_after,
);

fn alert(fixture: &Fixture) -> Alert {
    Alert {
        key: "link_down/1".to_owned(),
        kind: "link_down".to_owned(),
        name: "Office".to_owned(),
        page: "/phone-system".to_owned(),
        amount: Some(3),
        words: Some(Words::from("refused").advising(AdviceCode::RedirectUri)),
        since: fixture.later(-300),
        raised: fixture.now(),
        mailed: false,
        ended: None,
        node: "attic".to_owned(),
        looked: fixture.now(),
    }
}

async fn x7_a_trouble_is_raised_once_and_ends_once(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut alerts = unit.alerts();
    assert!(alerts.raise(&alert(fixture)).await.unwrap());
    assert!(!alerts.raise(&alert(fixture)).await.unwrap());
    assert_eq!(alerts.list().await.unwrap(), [alert(fixture)]);
    assert!(alerts.end("link_down/1").await.unwrap());
    assert!(!alerts.end("link_down/1").await.unwrap());
    assert!(!alerts.end("link_down/2").await.unwrap());
    let ended = alerts.list().await.unwrap().remove(0).ended;
    assert_eq!(ended, Some(fixture.now()));
}

async fn x7_what_was_mailed_is_remembered_until_it_is_forgotten(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut alerts = unit.alerts();
    alerts.raise(&alert(fixture)).await.unwrap();
    alerts.mailed("link_down/1").await.unwrap();
    assert!(alerts.list().await.unwrap()[0].mailed);
    alerts.forget("link_down/1").await.unwrap();
    assert_eq!(alerts.list().await.unwrap(), []);
}

async fn x7_another_node_takes_over_what_nobody_looks_after(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut alerts = unit.alerts();
    let lasting = Alert {
        looked: fixture.later(-60),
        ..alert(fixture)
    };
    alerts.raise(&lasting).await.unwrap();
    let cellar = "cellar";
    alerts.look_after(cellar, fixture.later(-60)).await.unwrap();
    assert_eq!(alerts.list().await.unwrap(), std::slice::from_ref(&lasting));
    alerts.look_after(cellar, fixture.later(-59)).await.unwrap();
    let taken = Alert {
        node: cellar.to_owned(),
        looked: fixture.now(),
        ..lasting
    };
    assert_eq!(alerts.list().await.unwrap(), [taken]);
}
