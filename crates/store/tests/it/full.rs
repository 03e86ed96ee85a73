//! A store with something in every table.

use linecard_store::{AccountId, ConnectionId, NewApiKey, PhoneSystemId, Role, WebhookId};

use crate::fixture::Fixture;
use crate::raw::Raw;
use crate::samples::{accept, grant, webhook};

/// What secrets belong to.
pub(crate) struct Filled {
    pub(crate) account: AccountId,
    pub(crate) connection: ConnectionId,
    pub(crate) phone_system: PhoneSystemId,
    pub(crate) webhook: WebhookId,
}

/// Rows that need no secret. `$A`, `$C`, `$W` are the ids of an account, a connection, a webhook.
const PLAIN: &[&str] = &[
    "INSERT INTO audit (id, at, account, kind, result) VALUES ('a1', 1, '$A', 'dial', 'done')",
    "INSERT INTO alerts (alert_key, kind, name, page, since, raised, mailed) \
     VALUES ('k', 'link', 'Head office', '/phone-system', 1, 2, 0)",
    "INSERT INTO extensions (number, name) VALUES ('101', 'Ada \"<&'' 王芳')",
    "INSERT INTO extension_groups (id, name, version) VALUES ('g1', 'Sales', 1)",
    "INSERT INTO extension_group_members (extension_group, extension) VALUES ('g1', '101')",
    "INSERT INTO pop_manners (extension, body, version) VALUES ('101', '{}', 1)",
    "INSERT INTO choices (connection, subject, body, version) VALUES ('$C', 's', '{}', 1)",
    "INSERT INTO crm_users (connection, id, name) VALUES ('$C', 'u1', 'Ada')",
    "INSERT INTO bindings (connection, extension, crm_user) VALUES ('$C', '101', 'u1')",
    "INSERT INTO group_bindings (connection, extension_group, crm_user) VALUES ('$C', 'g1', 'u1')",
    "INSERT INTO phonebooks (id, name, created) VALUES ('p1', 'Customers', 1)",
    "INSERT INTO imports (id, phonebook, account, node, file_name, bytes, state, created) \
     VALUES ('i1', 'p1', '$A', 'n', 'list.csv', 9, 'running', 1)",
    "INSERT INTO import_refusals (import, file_row, file_line, code, detail, shown) \
     VALUES ('i1', 1, 1, 'no_number', '', 'Eve;')",
    "INSERT INTO contacts (id, phonebook, name, folded_name, called, stale, updated) \
     VALUES ('c1', 'p1', 'Eve', 'eve', 0, 0, 1)",
    // Its keys were not written when the import stopped.
    "INSERT INTO contacts (id, phonebook, name, folded_name, called, stale, updated, imported_by) \
     VALUES ('c2', 'p1', 'Bob', 'bob', 0, 0, 1, 'i1')",
    "INSERT INTO contact_numbers (contact, place, slot, written, e164) \
     VALUES ('c1', 0, 'mobile', '(415) 555-0134', '+14155550134')",
    "INSERT INTO contact_numbers (contact, place, slot, written, e164) \
     VALUES ('c2', 0, 'mobile', '0135', '+14155550135')",
    "INSERT INTO sync_leases (connection, holder, lease_until, next_look) VALUES ('$C', 'n', 9, 9)",
    "INSERT INTO sync_modules (connection, module, done, complete, requests) \
     VALUES ('$C', 'contact', 1, 1, 1)",
    "INSERT INTO sync_skipped (connection, module, crm_id, name, reason, page, at) \
     VALUES ('$C', 'contact', 'x', 'Eve', 'no_number', 'https://org.example/x', 1)",
    "INSERT INTO late_parts (entry_key, note, version, written) VALUES ('entry-1', 'hm', 1, 0)",
    "INSERT INTO call_sounds (phone_system, call_id, extension, body) VALUES ('p', 'c', '101', '{}')",
    "INSERT INTO follow_ups (entry_key, call, connection, owner, state, who, subject, description, \
     due) SELECT 'f1', id, '$C', 'u1', 'waiting', '{}', 's', 'd', '2026-03-02' FROM calls",
    "INSERT INTO creations (id, connection, number, new, agent, state, lease_until, created) \
     VALUES ('n1', '$C', '+14155550134', '{}', '101', 'created', 9, 1)",
    "INSERT INTO webhook_deliveries (id, endpoint, event, event_key, body, state, attempt, \
     next_attempt, created) VALUES ('d1', '$W', 'call.ended', 'e', '{}', 'waiting', 0, 1, 1)",
];

/// Puts something into every table.
pub(crate) async fn fill(fixture: &Fixture) -> Filled {
    let (account, connection, system) = (
        fixture.account().await.id,
        fixture.connection().await.id,
        fixture.phone_system().await,
    );
    let mut unit = fixture.begin().await;
    unit.second_factors()
        .begin(account, "JBSWY3DP")
        .await
        .unwrap();
    unit.second_factors().confirm(account).await.unwrap();
    unit.second_factors()
        .replace_recovery_codes(account, &[[3; 32]])
        .await
        .unwrap();
    let key = NewApiKey {
        account,
        name: "Wallboard".to_owned(),
        role: Role::Supervisor,
        secret_sha256: vec![5; 32],
        ending: "abcd".to_owned(),
    };
    unit.api_keys().create(key).await.unwrap();
    unit.settings().put("mail", &"smtp").await.unwrap();
    unit.settings()
        .put_secret("mail", Some("smtp-password-in-clear"))
        .await
        .unwrap();
    unit.connections()
        .set_grant(connection, Some(&grant()))
        .await
        .unwrap();
    let (choice, secrets) = webhook();
    let webhook = unit.webhooks().create(choice, &secrets).await.unwrap().id;
    accept(&mut unit, &system, connection, 1).await;
    let expires = fixture.later(86_400);
    unit.sessions()
        .create(&[9; 32], account, expires)
        .await
        .unwrap();
    unit.commit().await.unwrap();

    let mut raw = Raw::open(&fixture.url).await;
    for sql in PLAIN {
        let sql = sql
            .replace("$A", &account.to_string())
            .replace("$C", &connection.to_string())
            .replace("$W", &webhook.to_string());
        raw.execute(&sql).await;
    }
    Filled {
        account,
        connection,
        phone_system: system.id,
        webhook,
    }
}
