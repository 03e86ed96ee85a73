//! What is not as it should be, at this moment.

use linecard_pbx::LinkState;
use linecard_rules::alerts::{Kind, Trouble};
use linecard_store::{Connection, StoreError, UnitOfWork};

use crate::flow::Shared;

/// Something that is not as it should be, with what people want to read of it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) trouble: Trouble,
    /// The name of what is in trouble.
    pub(super) name: String,
    /// The page of the Console where it is put right.
    pub(super) page: String,
    /// The other side's words.
    pub(super) words: Option<String>,
}

/// Everything that is not as it should be.
pub(super) async fn look(shared: &Shared, unit: &mut UnitOfWork) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for system in unit.phone_systems().list().await? {
        if system.paused.is_none() && !shared.links.is_up(system.id) {
            found.push(Found {
                trouble: trouble(Kind::LinkDown, &system.id),
                name: system.name,
                page: "/phone-system".to_owned(),
                words: shared.links.state(system.id).and_then(words),
            });
        }
    }
    for connection in unit.connections().list().await? {
        if connection.enabled {
            look_at_crm(shared, unit, &connection, &mut found).await?;
        }
    }
    for endpoint in unit.webhooks().list().await? {
        if endpoint.disabled.is_some() {
            found.push(Found {
                trouble: trouble(Kind::WebhookOff, &endpoint.id),
                name: endpoint.name,
                page: "/settings/webhooks".to_owned(),
                words: None,
            });
        }
    }
    Ok(found)
}

async fn look_at_crm(
    shared: &Shared,
    unit: &mut UnitOfWork,
    connection: &Connection,
    found: &mut Vec<Found>,
) -> Result<(), StoreError> {
    let name = shared.connections.name(&connection.kind);
    let name = name.unwrap_or(&connection.kind).to_owned();
    let own_page = format!("/integrations/crm/{}", connection.kind);
    let not_written = "/calls/not-written".to_owned();
    let mut tell = |trouble, page: &str, words: Option<&str>| {
        found.push(Found {
            trouble,
            name: name.clone(),
            page: page.to_owned(),
            words: words.map(str::to_owned),
        });
    };
    if let Some(problem) = &connection.problem {
        let trouble = Trouble {
            since: Some(problem.since),
            ..trouble(Kind::CrmNeedsPerson, &connection.id)
        };
        tell(trouble, &own_page, Some(&problem.words));
    }
    let jobs = unit.jobs().counts(connection.id).await?;
    if jobs.parked > 0 {
        let trouble = Trouble {
            amount: Some(jobs.parked),
            ..trouble(Kind::EntriesRefused, &connection.id)
        };
        tell(trouble, &not_written, None);
    }
    if let Some(oldest) = jobs.oldest {
        let trouble = Trouble {
            since: Some(oldest),
            amount: Some(jobs.waiting + jobs.waiting_for_person),
            ..trouble(Kind::Backlog, &connection.id)
        };
        tell(trouble, &not_written, None);
    }
    let usage = shared
        .connections
        .opened(connection.id)
        .map(|crm| crm.usage());
    if let Some((used, limit)) = usage.and_then(|usage| Some((usage.used, usage.limit?)))
        && limit > 0
    {
        let trouble = Trouble {
            amount: Some(used.saturating_mul(100) / limit),
            ..trouble(Kind::QuotaNearlyUsed, &connection.id)
        };
        tell(trouble, &own_page, None);
    }
    Ok(())
}

fn trouble(kind: Kind, subject: &impl ToString) -> Trouble {
    Trouble {
        kind,
        subject: subject.to_string(),
        since: None,
        amount: None,
    }
}

fn words(state: LinkState) -> Option<String> {
    match state {
        LinkState::Down(problem) | LinkState::NeedsPerson(problem) => Some(problem.words),
        LinkState::Connecting | LinkState::Up { .. } => None,
    }
}
