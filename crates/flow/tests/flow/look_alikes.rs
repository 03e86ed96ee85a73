//! Numbers that look alike, are shared, or stand before a switchboard: nobody is shown for another
//! (X3, X4). The table is `tests/conformance/src/look_alikes.tsv`; the connectors are held against
//! it too.

use std::collections::BTreeSet;

use linecard_call::Direction;
use linecard_conformance::{look_alike_records, look_alikes};
use linecard_crm::Module;
use linecard_flow::{Card, DeskEvent, Exclusions, LookupState, Question};
use linecard_number::ExtensionRange;
use linecard_rules::sync::{Options, Scope};

use crate::office::{Office, ext};

impl Office {
    /// A company with an area code's worth of look-alikes in its CRM's phonebook.
    async fn of_look_alikes() -> Self {
        let office = Self::open().await;
        let records = look_alike_records();
        for (place, record) in records.iter().enumerate() {
            let numbers: Vec<_> = record.numbers.iter().map(String::as_str).collect();
            let id = format!("003{place:04}");
            office.crm.records.edit(&id, &record.name, &numbers);
        }
        let mut organisation = office.flow.organisation().await.unwrap();
        organisation.extension_ranges = vec![ExtensionRange {
            from: ext("100"),
            to: ext("199"),
        }];
        organisation.home_addresses = vec!["http://127.0.0.1".parse().unwrap()];
        office.flow.put_organisation(organisation).await.unwrap();
        office
            .exclude(Exclusions {
                own: vec!["(415) 555-0100".to_owned().try_into().unwrap()],
                ..Exclusions::default()
            })
            .await;
        office.crm.records.pages_of(records.len());
        let all = Options {
            on: true,
            scope: Scope::All,
            modules: vec![Module::Contact],
            ..Options::default()
        };
        office.keeps(&all).await;
        // What cannot be read as a number is skipped; the rest is there.
        office
            .status_when(|status| {
                let there = status.contacts + status.skipped;
                usize::try_from(there).unwrap() == records.len()
            })
            .await;
        office
    }
}

fn settled(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) if card.lookup != LookupState::Searching => {
            Some(card.as_ref().clone())
        }
        _ => None,
    }
}

#[tokio::test]
async fn x4_of_numbers_that_look_alike_no_caller_is_taken_for_another() {
    let office = Office::of_look_alikes().await;
    for caller in look_alikes() {
        let told = office
            .flow
            .explain(Question {
                number: caller.number.to_owned(),
                direction: Direction::Inbound,
                extension: Some(ext("101")),
                did: None,
                trunk: None,
                at: None,
                anew: false,
            })
            .await
            .unwrap();
        let matches = told.winner.iter().flat_map(|winner| &winner.matches);
        let shown: BTreeSet<_> = matches.map(|(_, record)| record.name.as_str()).collect();
        let right: BTreeSet<_> = caller.right.iter().copied().collect();
        assert_eq!(shown, right, "{caller:?}");
    }
}

#[tokio::test]
async fn x3_of_several_with_one_number_the_agent_chooses_and_of_none_nobody_is_shown() {
    let office = Office::of_look_alikes().await;
    let mut alice = office.on_duty("101");
    for (place, caller) in look_alikes().into_iter().enumerate() {
        // A withheld number and an extension have no card with a name in any case.
        if caller.number.len() < 7 {
            continue;
        }
        let call = format!("1.{place}");
        office
            .phones
            .ring(&call, Some(caller.number), &["101"])
            .await;
        let card = alice.sees(settled).await;
        let who = card.contact.as_ref().map(|contact| contact.name.as_str());
        let is_right = who.map_or(caller.right.is_empty(), |who| caller.right.contains(&who));
        assert!(is_right, "{caller:?} was shown as {who:?}");
        let offered = match caller.right.len() {
            0 | 1 => 0,
            several => several,
        };
        assert_eq!(card.choices.len(), offered, "{caller:?}");
        office.phones.hang_up(&call, &["101"]).await;
        let over = |event: &DeskEvent| matches!(event, DeskEvent::Gone(_)).then_some(());
        alice.sees(over).await;
    }
}
