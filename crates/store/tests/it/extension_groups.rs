//! Groups of extensions, and whose they are in a CRM (B6).

use linecard_store::{
    Binding, ConnectionId, ExtensionEntry, ExtensionGroupId, GroupBinding, UnitOfWork, UpdateError,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(
    b6_every_extension_of_a_group_is_the_users_to_whom_the_group_is_bound,
    b6_an_extensions_own_binding_counts_before_its_groups,
    b6_of_two_admins_who_change_a_group_the_second_is_told,
    b6_a_group_that_is_removed_takes_its_bindings_along,
);

async fn group(unit: &mut UnitOfWork, name: &str, members: &[&str]) -> ExtensionGroupId {
    let members: Vec<_> = members.iter().map(|digits| extension(digits)).collect();
    for number in &members {
        let entry = ExtensionEntry {
            number: number.clone(),
            name: String::new(),
            email: None,
        };
        unit.extensions().put(&entry).await.unwrap();
    }
    let made = unit.extension_groups().create(name, &members).await;
    made.unwrap().unwrap()
}

async fn bind_group(
    unit: &mut UnitOfWork,
    connection: ConnectionId,
    group: ExtensionGroupId,
    user: &str,
) {
    let bound = [GroupBinding {
        group,
        crm_user: user.to_owned(),
    }];
    let mut groups = unit.extension_groups();
    groups.replace_bindings(connection, &bound).await.unwrap();
}

async fn whose(unit: &mut UnitOfWork, connection: ConnectionId) -> Vec<(String, String)> {
    let all = unit.bindings().effective(connection).await.unwrap();
    all.into_iter()
        .map(|it| (it.extension.to_string(), it.crm_user))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    list.iter().map(owned).collect()
}

async fn b6_every_extension_of_a_group_is_the_users_to_whom_the_group_is_bound(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let sales = group(&mut unit, "Sales", &["101", "102"]).await;
    bind_group(&mut unit, connection, sales, "u1").await;
    assert_eq!(
        whose(&mut unit, connection).await,
        pairs(&[("101", "u1"), ("102", "u1")])
    );
    let members = [extension("102"), extension("103")];
    let entry = ExtensionEntry {
        number: extension("103"),
        name: String::new(),
        email: None,
    };
    unit.extensions().put(&entry).await.unwrap();
    let mut groups = unit.extension_groups();
    assert!(groups.change(sales, 1, "Sales", &members).await.unwrap());
    assert_eq!(
        whose(&mut unit, connection).await,
        pairs(&[("102", "u1"), ("103", "u1")])
    );
    unit.extensions().delete(&extension("103")).await.unwrap();
    assert_eq!(whose(&mut unit, connection).await, pairs(&[("102", "u1")]));
}

async fn b6_an_extensions_own_binding_counts_before_its_groups(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let sales = group(&mut unit, "Sales", &["101", "102"]).await;
    bind_group(&mut unit, connection, sales, "u1").await;
    let own = vec![Binding {
        connection,
        crm_user: "u2".to_owned(),
        extension: extension("102"),
    }];
    unit.bindings().replace(connection, own).await.unwrap();
    assert_eq!(
        whose(&mut unit, connection).await,
        pairs(&[("101", "u1"), ("102", "u2")])
    );
}

async fn b6_of_two_admins_who_change_a_group_the_second_is_told(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let sales = group(&mut unit, "Sales", &["101"]).await;
    let support = group(&mut unit, "Support", &[]).await;
    let mut groups = unit.extension_groups();
    assert_eq!(groups.create("Sales", &[]).await.unwrap(), None);
    assert!(!groups.change(support, 1, "Sales", &[]).await.unwrap());
    assert!(groups.change(sales, 1, "Sellers", &[]).await.unwrap());
    let stale = groups.change(sales, 1, "Sales", &[]).await;
    assert!(matches!(stale, Err(UpdateError::Conflict)), "{stale:?}");
    let kept = groups.get(sales).await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.version), ("Sellers", 2));
    assert_eq!(kept.members, []);
    let names: Vec<_> = groups.list().await.unwrap();
    let names: Vec<_> = names.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Sellers", "Support"]);
}

async fn b6_a_group_that_is_removed_takes_its_bindings_along(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let sales = group(&mut unit, "Sales", &["101"]).await;
    bind_group(&mut unit, connection, sales, "u1").await;
    let bound = unit.extension_groups().bindings(connection).await.unwrap();
    assert_eq!(bound.len(), 1);
    unit.extension_groups().delete(sales).await.unwrap();
    assert_eq!(whose(&mut unit, connection).await, []);
    let bound = unit.extension_groups().bindings(connection).await.unwrap();
    assert_eq!(bound, []);
}
