//! Why a call would be shown, written, kept and created, or not (F18). What is explained is held
//! against what a call then does.

use linecard_call::Direction;
use linecard_crm::{AdviceCode, Failure, Module, PersonNeeded};
use linecard_flow::{
    CrmSaid, DeskEvent, Ending, Exclusions, ExplainError, Explanation, KeptOut, NotQueried,
    Question, Tendency, Verdict,
};
use linecard_number::Reading;
use linecard_rules::exclude::LogWhen;
use linecard_rules::journal;
use linecard_rules::lookup::NotAsked;
use linecard_rules::matching::DecidedBy;
use linecard_rules::sync::{Options, Scope};
use linecard_rules::terms::{Mode, Terms};
use linecard_store::EntryState;

use crate::office::{Office, ext};

const GRACE: &str = "+14155550134";

fn question(number: &str) -> Question {
    Question {
        number: number.to_owned(),
        direction: Direction::Inbound,
        extension: Some(ext("101")),
        did: None,
        trunk: None,
        at: None,
        anew: false,
    }
}

/// `yes`, `later <why>` or `no <why>`.
fn word(verdict: &Verdict) -> String {
    let reason = verdict.reason.unwrap_or_default();
    match verdict.tendency {
        Tendency::Yes => "yes".to_owned(),
        Tendency::Later => format!("later {reason}"),
        Tendency::No => format!("no {reason}"),
    }
}

/// Pop, log, sync, create.
fn words(explanation: &Explanation) -> [String; 4] {
    let (_, logged) = explanation.log.first().unwrap();
    [
        &explanation.pop,
        logged,
        &explanation.sync,
        &explanation.create,
    ]
    .map(word)
}

fn records(said: &CrmSaid) -> Option<(Vec<&str>, bool)> {
    match said {
        CrmSaid::Records {
            records,
            remembered,
            ..
        } => {
            let ids = records.iter().map(|record| record.at.id.as_str());
            Some((ids.collect(), *remembered))
        }
        _ => None,
    }
}

impl Office {
    pub(crate) async fn explains(&self, number: &str) -> Explanation {
        self.flow.explain(question(number)).await.unwrap()
    }
}

#[tokio::test]
async fn f18_a_known_caller_is_explained_and_nothing_is_done() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let _alice = office.on_duty("101");
    let told = office.explains("(415) 555-0134").await;
    assert!(matches!(&told.read.reading, Reading::Phone(phone) if phone.e164.as_str() == GRACE));
    assert_eq!(told.not_asked, None);
    let [source] = told.sources.as_slice() else {
        panic!("{:?}", told.sources);
    };
    assert_eq!(source.spellings, ["14155550134", "4155550134"]);
    assert_eq!(records(&source.crm), Some((vec!["003G"], false)));
    let winner = told.winner.as_ref().unwrap();
    assert_eq!(winner.record.at.id, "003G");
    assert_eq!(
        (winner.precedence, winner.decided_by),
        ("only_crm", DecidedBy::OnlyOne)
    );
    assert_eq!(words(&told), ["yes", "yes", "no sync_off", "no known"]);
    assert_eq!(told.agent_name.as_deref(), Some("Alice Adams"));
    // Nobody saw, wrote or created anything.
    assert!(office.history(|_| true).await.is_empty());
    assert_eq!(office.crm.writes(), 0);
    assert_eq!(office.crm.records.creates(), 0);
}

#[tokio::test]
async fn f18_what_is_explained_is_what_a_call_does() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    let told = office.explains(GRACE).await;
    let winner = told.winner.unwrap();
    assert_eq!(winner.precedence, "earlier_know_nobody");
    office.phones.answered_call("1.1", GRACE).await;
    let popped = alice
        .sees(|event| match event {
            DeskEvent::Pop { page, .. } => Some(page.clone()),
            _ => None,
        })
        .await;
    assert_eq!(Some(popped), told.pop.who.map(|who| who.page));
    let history = office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    let (_, logged) = told.log.first().unwrap();
    assert_eq!(Some(history[0].1[0].connection), logged.connection);
}

#[tokio::test]
async fn f18_an_answer_from_before_is_said_to_be_one_until_it_is_asked_for_anew() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.explains(GRACE).await;
    let again = office.explains(GRACE).await;
    assert_eq!(records(&again.sources[0].crm), Some((vec!["003G"], true)));
    let anew = Question {
        anew: true,
        ..question(GRACE)
    };
    let anew = office.flow.explain(anew).await.unwrap();
    assert_eq!(records(&anew.sources[0].crm), Some((vec!["003G"], false)));
    assert_eq!(office.crm.finds(), 2);
}

#[tokio::test]
async fn f18_a_contact_in_two_crms_is_the_firsts_and_in_two_records_the_better_ones() {
    let office = Office::open().await;
    office.join_second().await;
    office.crm.has(GRACE, "003A", "Grace Hopper");
    office.crm.has_owned(GRACE, "003B", "005A");
    office.second.has(GRACE, "9G", "Grace Hopper");
    let told = office.explains(GRACE).await;
    let winner = told.winner.unwrap();
    assert_eq!(winner.record.at.id, "003B");
    assert_eq!(
        (winner.precedence, winner.decided_by),
        ("first_crm", DecidedBy::Owner)
    );
    let matches: Vec<_> = winner
        .matches
        .iter()
        .map(|(_, it)| it.at.id.as_str())
        .collect();
    assert_eq!(matches, ["003B", "003A", "9G"]);
}

#[tokio::test]
async fn f18_who_nobody_is_asked_about_is_said_with_the_reason() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let withheld = office.explains("").await;
    assert_eq!(withheld.not_asked, Some(NotAsked::Withheld));
    assert_eq!(words(&withheld), ["no withheld"; 4].map(str::to_owned));
    let odd = office.explains("ABC").await;
    assert_eq!(odd.not_asked, Some(NotAsked::Unreadable));
    office
        .exclude(Exclusions {
            own: vec![GRACE.to_owned().try_into().unwrap()],
            ..Exclusions::default()
        })
        .await;
    let own = office.explains(GRACE).await;
    assert_eq!(own.kept_out, Some(KeptOut::Own));
    assert_eq!(words(&own), ["no own_number"; 4].map(str::to_owned));
    let asked = CrmSaid::NotQueried(NotQueried::NotAsked);
    assert!(
        matches!(&own.sources[0].crm, said if std::mem::discriminant(said) == std::mem::discriminant(&asked))
    );
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn f18_b8_an_extension_that_is_not_bound_asks_nothing() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let unbound = Question {
        extension: Some(ext("103")),
        ..question(GRACE)
    };
    let told = office.flow.explain(unbound).await.unwrap();
    assert_eq!(told.not_asked, Some(NotAsked::NotBound));
    assert_eq!(words(&told), ["no not_bound"; 4].map(str::to_owned));
    assert!(matches!(
        told.sources[0].crm,
        CrmSaid::NotQueried(NotQueried::NotBound)
    ));
    // Without one, an agent who is bound stands for all.
    let anybody = Question {
        extension: None,
        ..question(GRACE)
    };
    let told = office.flow.explain(anybody).await.unwrap();
    assert_eq!(told.question.extension, Some(ext("101")));
    assert_eq!(office.crm.finds(), 1);
}

#[tokio::test]
async fn f18_x11_numbers_and_hours_that_are_kept_out_are_named() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .exclude(Exclusions {
            never_logged: vec![GRACE.to_owned().try_into().unwrap()],
            ..Exclusions::default()
        })
        .await;
    let told = office.explains(GRACE).await;
    assert_eq!(told.kept_out, Some(KeptOut::NeverLogged));
    assert_eq!(word(&told.log[0].1), "no never_logged");
    office
        .exclude(Exclusions {
            business_hours: vec![linecard_flow::Opening {
                days: vec![linecard_flow::Day::Monday],
                from: "09:00".parse().unwrap(),
                until: "17:00".parse().unwrap(),
            }],
            ..Exclusions::default()
        })
        .await;
    office
        .journal(journal::Options {
            when: LogWhen::BusinessHours,
            ..journal::Options::default()
        })
        .await;
    for (at, expected) in [
        ("2026-03-02T10:00:00Z", "yes"),
        ("2026-03-03T10:00:00Z", "no hours"),
    ] {
        let then = Question {
            at: Some(at.parse().unwrap()),
            ..question(GRACE)
        };
        let told = office.flow.explain(then).await.unwrap();
        assert_eq!(word(&told.log[0].1), expected, "{at}");
    }
}

#[tokio::test]
async fn f18_x16_a_dry_run_says_what_it_would_write_and_to_whom() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .terms(Terms {
            mode: Mode::DryRun,
            ..Terms::default()
        })
        .await;
    let told = office.explains(GRACE).await;
    let (ending, logged) = &told.log[0];
    assert_eq!(
        (*ending, word(logged).as_str()),
        (Ending::Answered, "no dry_run")
    );
    assert_eq!(logged.who.as_ref().unwrap().at.id, "003G");
}

#[tokio::test]
async fn f18_missed_calls_may_be_written_otherwise_than_answered_ones() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut options = journal::Options::default();
    options.types.missed = false;
    office.journal(options).await;
    let told = office.explains(GRACE).await;
    let all: Vec<_> = told
        .log
        .iter()
        .map(|(it, verdict)| (*it, word(verdict)))
        .collect();
    assert_eq!(
        all,
        [
            (Ending::Answered, "yes".to_owned()),
            (Ending::Missed, "no call_type".to_owned())
        ]
    );
}

#[tokio::test]
async fn f18_d10_an_agent_without_a_desk_sees_no_page() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    assert_eq!(word(&office.explains(GRACE).await.pop), "no signed_out");
    let alice = office.at_desk("101");
    assert_eq!(word(&office.explains(GRACE).await.pop), "no off_duty");
    drop(alice);
    let outbound = Question {
        direction: Direction::Outbound,
        ..question(GRACE)
    };
    let told = office.flow.explain(outbound).await.unwrap();
    assert_eq!(word(&told.pop), "no pop_direction");
}

#[tokio::test]
async fn f18_a_crm_that_hangs_or_refuses_is_named_in_its_own_words() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let held = office.crm.hold.write().await;
    let told = office.explains(GRACE).await;
    drop(held);
    let CrmSaid::Failed {
        code,
        took,
        words: said,
    } = &told.sources[0].crm
    else {
        panic!("{:?}", told.sources[0]);
    };
    assert_eq!(*code, "crm_unavailable");
    let advice = said.advice.as_ref().unwrap();
    assert_eq!(advice.code, AdviceCode::NoAnswer, "nobody said anything");
    assert!(took.as_secs() >= 2, "{took:?}");
    assert_eq!(told.winner.unwrap().precedence, "earlier_failed");
    let refused = Failure::needs_person(PersonNeeded::Permission, "no access to contacts");
    office.crm.find_fails(Some(refused.clone()));
    office.second.find_fails(Some(refused));
    let anew = Question {
        anew: true,
        ..question(GRACE)
    };
    let told = office.flow.explain(anew).await.unwrap();
    let CrmSaid::Failed {
        code, words: said, ..
    } = &told.sources[0].crm
    else {
        panic!("{:?}", told.sources[0]);
    };
    assert_eq!(
        (*code, said.text.as_str()),
        ("crm_permission", "no access to contacts")
    );
    assert_eq!(
        words(&told),
        [
            "no crm_unavailable",
            "later once_answered",
            "no crm_unavailable",
            "no crm_unavailable"
        ]
    );
}

#[tokio::test]
async fn f18_g1_an_unknown_number_is_created_or_not_with_the_reason() {
    let office = Office::open().await;
    let told = office.explains(GRACE).await;
    assert_eq!(
        words(&told),
        ["no nobody", "no nobody", "no nobody", "no creation_off"]
    );
    office
        .creates(&linecard_rules::create::Options {
            on: true,
            ..Default::default()
        })
        .await;
    let told = office.explains(GRACE).await;
    assert_eq!(word(&told.create), "yes");
    assert_eq!(word(&told.log[0].1), "later once_created");
    assert_eq!(office.crm.records.creates(), 0);
    // What a call then creates is told of afterwards.
    office.phones.answered_call("1.1", GRACE).await;
    office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    let told = office.explains(GRACE).await;
    assert_eq!(told.created.len(), 1);
    assert_eq!(word(&told.create), "no known");
}

#[tokio::test]
async fn f18_f13_the_phonebook_s_word_counts_and_the_crm_is_not_asked() {
    let office = Office::open().await;
    office.crm.records.edit("003G", "Grace Hopper", &[GRACE]);
    office.crm.records.pages_of(10);
    let options = Options {
        on: true,
        scope: Scope::All,
        modules: vec![Module::Contact],
        ..Options::default()
    };
    office.keeps(&options).await;
    office.names_become(&["Grace Hopper"]).await;
    let told = office.explains(GRACE).await;
    let phonebook = told.sources[0].phonebook.as_ref().unwrap();
    assert_eq!(phonebook.name, "Customers");
    assert_eq!(phonebook.records[0].at.id, "003G");
    assert!(matches!(
        told.sources[0].crm,
        CrmSaid::NotQueried(NotQueried::InPhonebook)
    ));
    assert_eq!(word(&told.sync), "no kept_already");
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn f18_f11_a_record_that_the_phonebook_skips_is_named_with_the_reason() {
    let office = Office::open().await;
    office.crm.records.edit("003N", "", &[GRACE]);
    office.crm.records.pages_of(10);
    let options = Options {
        on: true,
        modules: vec![Module::Contact],
        ..Options::default()
    };
    office.keeps(&options).await;
    let told = office.explains(GRACE).await;
    assert_eq!(told.winner.unwrap().record.at.id, "003N");
    assert_eq!(word(&told.sync), "no no_name");
}

#[tokio::test]
async fn f18_b8_a_call_that_was_not_written_is_explained_and_can_be_written_once_it_may() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    office.phones.answer("1.1", "103", &[]).await;
    office.phones.hang_up("1.1", &["103"]).await;
    let history = office.history(|all| all.len() == 1).await;
    let id = history[0].0.id;
    let told = office.flow.explain_call(id, None, false).await.unwrap();
    assert_eq!(told.question.extension, Some(ext("103")));
    let recorded = told.recorded.unwrap().entry.unwrap();
    assert_eq!(recorded.reason.as_deref(), Some("not_bound"));
    assert_eq!(word(&told.log[0].1), "no not_bound");
    office.binds_too("005C", "103").await;
    let told = office.flow.explain_call(id, None, false).await.unwrap();
    let (ending, logged) = &told.log[0];
    assert_eq!((*ending, word(logged).as_str()), (Ending::AsItDid, "yes"));
    let (connection, who) = (logged.connection.unwrap(), logged.who.clone().unwrap());
    office
        .flow
        .reassign(&recorded.key, connection, &who.at)
        .await
        .unwrap();
    office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    assert_eq!(office.crm.written()[0].owner, "005C");
}

#[tokio::test]
async fn f18_a_call_between_extensions_and_one_that_is_not_there_are_refused() {
    let office = Office::open().await;
    let internal = Question {
        direction: Direction::Internal,
        ..question("102")
    };
    assert!(matches!(
        office.flow.explain(internal).await,
        Err(ExplainError::Internal)
    ));
    let nowhere = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    assert!(matches!(
        office.flow.explain_call(nowhere, None, false).await,
        Err(ExplainError::NoCall)
    ));
}
