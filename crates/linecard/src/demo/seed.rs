//! What the demo's store holds at first: people, a phone system, and a CRM that is signed in.

use std::collections::BTreeMap;

use anyhow::Context as _;
use linecard_crm::{Grant, User};
use linecard_demo::Cast;
use linecard_flow::{DialGuards, Organisation};
use linecard_number::{Country, ExtensionRange, Habits};
use linecard_sandbox::salesforce::{Application, Sandbox};
use linecard_server::StandIn;
use linecard_store::{
    AccountId, Binding, ConnectionId, ExtensionEntry, NewAccount, NewConnection, NewPhoneSystem,
    Role, Store, UnitOfWork,
};
use serde::Deserialize;
use url::Url;

use super::stand_ins::StandIns;

/// Whom the demo signs in.
const ALICE: &str = "alice@example.com";
/// Which of the settings of stand-ins their connectors keep sealed.
const SECRETS: [&str; 3] = ["client_secret", "webhook_url", "service_key"];
/// Who gave the stand-in's consent.
const CRM_ADMIN: &str = "admin@example.com";

/// What `cargo xtask asterisk up --json` tells.
#[derive(Debug, Deserialize)]
pub(super) struct AsteriskUp {
    #[serde(rename = "ami_port")]
    port: u16,
    #[serde(rename = "ami_username")]
    username: String,
    #[serde(rename = "ami_secret")]
    secret: String,
}

/// Reads what tells where the real Asterisk is.
pub(super) fn asterisk(json: &str) -> anyhow::Result<AsteriskUp> {
    serde_json::from_str(json)
        .context("--asterisk wants the line that `cargo xtask asterisk up --json` prints")
}

/// Fills an empty store; leaves one that has accounts as it is, except that the stand-in for
/// Salesforce is signed in to again, because its address may have changed. What is to be filled in
/// for the other stand-ins is there, so that they are one click away. Returns whom to sign in.
pub(super) async fn seed(
    store: &Store,
    home: &Url,
    stand_ins: &StandIns,
    listed: &[StandIn],
    asterisk: Option<AsteriskUp>,
) -> anyhow::Result<AccountId> {
    let mut unit = store.begin().await?;
    let account = match unit.accounts().by_email(ALICE).await? {
        Some(account) => account.id,
        None => people(&mut unit, home).await?,
    };
    for old in unit.phone_systems().list().await? {
        unit.phone_systems().delete(old.id).await?;
    }
    unit.phone_systems().create(phone_system(asterisk)).await?;
    let connection = match unit.connections().by_kind("salesforce").await? {
        Some(connection) => connection.id,
        None => connect(&mut unit, &stand_ins.salesforce, &stand_ins.application).await?,
    };
    sign_in(&mut unit, connection, &stand_ins.salesforce).await?;
    for stand_in in listed {
        fill_in(&mut unit, home, stand_in).await?;
    }
    unit.commit().await?;
    Ok(account)
}

async fn people(unit: &mut UnitOfWork, home: &Url) -> anyhow::Result<AccountId> {
    let organisation = Organisation {
        country: Country::UNITED_STATES,
        time_zone: "America/New_York".to_owned(),
        extension_ranges: vec![ExtensionRange {
            from: "100".parse()?,
            to: "299".parse()?,
        }],
        home_addresses: vec![home.clone()],
        habits: Habits::default(),
        masks_numbers: false,
        dial: DialGuards::default(),
        exclusions: linecard_flow::Exclusions::default(),
        version: 1,
    };
    unit.settings().put("organisation", &organisation).await?;
    let mut alice = None;
    for person in Cast::small_company(Vec::new()).people {
        let is_alice = person.email == ALICE;
        let account = NewAccount {
            email: person.email.clone(),
            name: person.name.clone(),
            role: if is_alice { Role::Admin } else { Role::Agent },
            extension: Some(person.extension.clone()),
            password_hash: None,
            language: None,
        };
        let account = unit.accounts().create(account).await?;
        if is_alice {
            alice = Some(account.id);
        }
        unit.extensions()
            .put(&ExtensionEntry {
                number: person.extension,
                name: person.name,
                email: Some(person.email),
            })
            .await?;
    }
    alice.context("the demo's company has nobody called Alice")
}

fn phone_system(asterisk: Option<AsteriskUp>) -> NewPhoneSystem {
    let Some(asterisk) = asterisk else {
        return NewPhoneSystem {
            kind: "demo".to_owned(),
            name: "Demo phone system".to_owned(),
            settings: BTreeMap::new(),
            secrets: BTreeMap::new(),
        };
    };
    let settings = [
        ("host", "127.0.0.1".to_owned()),
        ("port", asterisk.port.to_string()),
        ("username", asterisk.username),
        ("own", r"PJSIP/[12]\d\d".to_owned()),
        ("trunk", "PJSIP/trunk".to_owned()),
    ];
    NewPhoneSystem {
        kind: "asterisk".to_owned(),
        name: "Asterisk".to_owned(),
        settings: settings
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        secrets: [("secret".to_owned(), asterisk.secret)].into(),
    }
}

async fn connect(
    unit: &mut UnitOfWork,
    salesforce: &Sandbox,
    application: &Application,
) -> anyhow::Result<ConnectionId> {
    let settings = [
        ("login_url", salesforce.base_url()),
        ("client_id", &application.consumer_key),
    ];
    let connection = NewConnection {
        kind: "salesforce".to_owned(),
        settings: settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        secrets: [(
            "client_secret".to_owned(),
            application.consumer_secret.clone(),
        )]
        .into(),
    };
    let connection = unit.connections().create(connection).await?;
    let people = Cast::small_company(Vec::new()).people;
    let users: Vec<User> = salesforce
        .records("User")
        .iter()
        .filter_map(user)
        .filter(|user| {
            let email = user.email.as_deref();
            email == Some(CRM_ADMIN) || people.iter().any(|it| email == Some(it.email.as_str()))
        })
        .collect();
    let bindings = people
        .iter()
        .filter_map(|person| {
            let user = users
                .iter()
                .find(|user| user.email.as_deref() == Some(person.email.as_str()))?;
            Some(Binding {
                connection: connection.id,
                crm_user: user.id.clone(),
                extension: person.extension.clone(),
            })
        })
        .collect();
    unit.crm_users().replace(connection.id, users).await?;
    unit.bindings().replace(connection.id, bindings).await?;
    Ok(connection.id)
}

/// Fills in how one connects to a stand-in, unless somebody has filled something in.
async fn fill_in(unit: &mut UnitOfWork, home: &Url, stand_in: &StandIn) -> anyhow::Result<()> {
    if unit.connections().by_kind(stand_in.kind).await?.is_some() {
        return Ok(());
    }
    let named = |(name, value): &(&'static str, String)| ((*name).to_owned(), value.clone());
    let (secrets, mut settings): (BTreeMap<_, _>, BTreeMap<_, _>) = stand_in
        .settings
        .iter()
        .map(named)
        .partition(|(name, _)| SECRETS.contains(&name.as_str()));
    settings.insert("home_address".to_owned(), home.to_string());
    let connection = NewConnection {
        kind: stand_in.kind.to_owned(),
        settings,
        secrets,
    };
    unit.connections().create(connection).await?;
    Ok(())
}

fn user(record: &serde_json::Value) -> Option<User> {
    let text = |field: &str| record.get(field)?.as_str().map(str::to_owned);
    Some(User {
        id: text("Id")?,
        name: text("Name")?,
        email: text("Email"),
        is_system: false,
    })
}

async fn sign_in(
    unit: &mut UnitOfWork,
    connection: ConnectionId,
    salesforce: &Sandbox,
) -> anyhow::Result<()> {
    let tokens = salesforce
        .sign_in(CRM_ADMIN)?
        .context("the stand-in has no administrator")?;
    let id = |object: &str, field: &str, value: &str| {
        let records = salesforce.records(object);
        let record = records
            .iter()
            .find(|record| value.is_empty() || record.get(field).is_some_and(|it| it == value))?;
        Some(record.get("Id")?.as_str()?.to_owned())
    };
    let grant = Grant {
        access_token: tokens.access_token,
        refresh_token: Some(tokens.refresh_token),
        api_base: salesforce.base_url().parse()?,
        organisation: id("Organization", "", "").context("the stand-in has no organisation")?,
        user: id("User", "Username", CRM_ADMIN).context("the stand-in has no administrator")?,
        extra: BTreeMap::new(),
    };
    let mut connections = unit.connections();
    connections.set_grant(connection, Some(&grant)).await?;
    connections
        .set_identity(connection, &grant.organisation, &grant.user)
        .await?;
    connections.set_problem(connection, None).await?;
    Ok(())
}
