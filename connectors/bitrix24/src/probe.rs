//! What the webhook may do (A13, A19, A25): one batch of questions that write nothing.

use linecard_crm::{
    Ability, Advice, AdviceCode, Check, Failure, Identity, Module, PersonNeeded, Probe,
};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::api::{Api, Given};
use crate::command::Command;
use crate::family::{Families, Family, List};
use crate::refusal::Refusal;
use crate::{mode, php, users};

/// A number that nobody has: `+1 555 0100 ...` is kept free for fiction.
const HARMLESS: &str = "+15550100000";

/// What a webhook needs: `user` or `user_basic`, and `crm`.
const CRM: &str = "crm";
const USERS: [&str; 2] = ["user", "user_basic"];

/// What the questions were answered.
pub(crate) struct Answers {
    profile: Result<Given, Failure>,
    scopes: Vec<String>,
    users: Result<(), Failure>,
    has_leads: bool,
    search: Result<(), Failure>,
    contacts: Result<(), Failure>,
    companies: Result<(), Failure>,
    leads: Result<(), Failure>,
}

/// Asks everything with one request.
pub(crate) async fn ask(api: &Api, families: &Families) -> Result<Answers, Failure> {
    let commands = |family: Family| {
        let list = |module| {
            family.list(&List {
                ids_only: true,
                ..List::new(module, Vec::new())
            })
        };
        vec![
            Command::new("profile", json!({})),
            Command::new("scope", json!({})),
            users::page(0),
            mode::command(),
            Command::new(
                "crm.duplicate.findbycomm",
                json!({"type": "PHONE", "values": [HARMLESS]}),
            ),
            list(Module::Contact),
            list(Module::Account),
            list(Module::Lead),
        ]
    };
    let (_, fates) = families.batch(api, Purpose::Call, commands).await?;
    let mut fates = fates.into_iter();
    let mut next = || match fates.next() {
        Some(fate) => fate.map_err(Failure::from),
        None => Err(Failure::from(Refusal::NotFound {
            words: "Bitrix24 left the question unanswered".to_owned(),
        })),
    };
    let profile = next();
    let scopes = next()
        .map(|given| scopes(&given.result))
        .unwrap_or_default();
    let users = next().map(|_| ());
    let has_leads = next().is_ok_and(|given| mode::has_leads(&given.result));
    let mut done = || next().map(|_| ());
    Ok(Answers {
        profile,
        scopes,
        users,
        has_leads,
        search: done(),
        contacts: done(),
        companies: done(),
        leads: done(),
    })
}

fn scopes(result: &Value) -> Vec<String> {
    let all = php::values(result).into_iter();
    all.filter_map(|scope| php::text(scope).map(str::to_owned))
        .collect()
}

impl Answers {
    /// What keeps the webhook from being used at all: it is wrong, or lacks a scope.
    pub(crate) fn usable(&self) -> Result<(), Failure> {
        if let Err(failure) = &self.profile {
            return Err(failure.clone());
        }
        self.crm()?;
        self.addresses()
    }

    fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|one| one == scope)
    }

    fn crm(&self) -> Result<(), Failure> {
        if self.has(CRM) {
            Ok(())
        } else {
            Err(lacking(AdviceCode::WebhookScope, CRM))
        }
    }

    /// Whether users come with their e-mail addresses.
    fn addresses(&self) -> Result<(), Failure> {
        if USERS.iter().any(|scope| self.has(scope)) {
            return Ok(());
        }
        let code = if self.has("user_brief") {
            AdviceCode::WebhookScopeBrief
        } else {
            AdviceCode::WebhookScope
        };
        Err(lacking(code, USERS[0]))
    }

    /// What an admin reads.
    pub(crate) fn probe(self, organisation: String) -> Result<Probe, Failure> {
        let profile = self.profile.clone()?;
        let mut checks = vec![
            (Ability::ListUsers, self.addresses().and(self.users.clone())),
            (Ability::ReadContacts, self.contacts.clone()),
            (Ability::ReadAccounts, self.companies.clone()),
            (Ability::Search, self.search.clone()),
            (Ability::LogCalls, self.crm()),
            (Ability::CreateContacts, self.crm()),
        ];
        if self.has_leads {
            checks.push((Ability::ReadLeads, self.leads.clone()));
            checks.push((Ability::CreateLeads, self.crm()));
        }
        Ok(Probe {
            identity: Identity {
                organisation,
                organisation_name: None,
                user: user(&profile.result),
            },
            edition: None,
            checks: checks
                .into_iter()
                .map(|(ability, result)| Check { ability, result })
                .collect(),
        })
    }
}

/// Whom the webhook acts as. Somebody who is no administrator may not see every record, and what
/// they do not see is missing without a word.
fn user(profile: &Value) -> String {
    let text = |name: &str| profile.get(name).and_then(php::text);
    let name: Vec<&str> = ["NAME", "LAST_NAME"].into_iter().filter_map(text).collect();
    let name = if name.is_empty() {
        format!("#{}", text("ID").unwrap_or_default())
    } else {
        name.join(" ")
    };
    match profile.get("ADMIN") {
        Some(admin) if !php::is_true(admin) => format!("{name} (no administrator)"),
        _ => name,
    }
}

fn lacking(code: AdviceCode, scope: &str) -> Failure {
    Failure::advised(PersonNeeded::Permission, Advice::about(code, scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(scopes: &[&str]) -> Answers {
        Answers {
            profile: Ok(Given::default()),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            users: Ok(()),
            has_leads: false,
            search: Ok(()),
            contacts: Ok(()),
            companies: Ok(()),
            leads: Ok(()),
        }
    }

    #[test]
    fn a19_the_scopes_crm_and_user_suffice_and_a_missing_one_is_named() {
        assert_eq!(answers(&["crm", "user"]).usable(), Ok(()));
        assert_eq!(
            answers(&["crm", "user_basic", "telephony"]).usable(),
            Ok(())
        );
        for (scopes, named) in [
            (&["user"][..], (AdviceCode::WebhookScope, "crm")),
            (&["crm"][..], (AdviceCode::WebhookScope, "user")),
            (
                &["crm", "user_brief"][..],
                (AdviceCode::WebhookScopeBrief, "user"),
            ),
            (&[][..], (AdviceCode::WebhookScope, "crm")),
        ] {
            let (code, scope) = named;
            assert_eq!(answers(scopes).usable(), Err(lacking(code, scope)));
        }
    }

    #[test]
    fn a_portal_without_leads_has_no_check_for_them() {
        let probe = answers(&["crm", "user"]).probe("acme".to_owned()).unwrap();
        let abilities: Vec<Ability> = probe.checks.iter().map(|check| check.ability).collect();
        assert!(!abilities.contains(&Ability::ReadLeads), "{abilities:?}");
        assert!(!abilities.contains(&Ability::CreateLeads), "{abilities:?}");
    }

    #[test]
    fn a13_somebody_who_is_no_administrator_is_named_as_such() {
        let ada = json!({"ID": "1", "NAME": "Ada", "LAST_NAME": "Admin", "ADMIN": true});
        assert_eq!(user(&ada), "Ada Admin");
        let bob = json!({"ID": "2", "NAME": "Bob", "ADMIN": false});
        assert_eq!(user(&bob), "Bob (no administrator)");
    }
}
