//! Texts and numbers that somebody made up to do harm, or by accident.

use linecard_crm::{EntryKey, Failure, Module, NewRecord};
use linecard_number::Phone;

use super::logging::{alice, grace};
use crate::{Company, Seed, entry, phone};

/// Syntax of SOQL, SOSL, COQL, HTML, bb-code, JSON, URLs and shells, and marks that turn text round.
const SYNTAX: [&str; 9] = [
    "O'Brien \\' OR Name LIKE '%",
    "FIND {a} RETURNING Contact? & | ! { } [ ] ( ) ^ ~ * : \\ \" ' + -",
    "(Last_Name:equals:x)and(Phone:starts_with:\\,)",
    "select id from Contacts where id in ('1') limit 0, 200",
    "<img src=x onerror=alert(1)> &lt;b&gt; &amp;",
    "[b]bold[/b] [url=https://example.com]here[/url]",
    "$result[a][ID] %24result%5Ba%5D ../../../etc/passwd ?q=1&r=2#x +1 100%",
    "{\"__proto__\": 1} ${7*7} {{Time}}",
    "\u{202e}txet denrut\u{202c} \u{2066}mark\u{2069} 王小明 🏳️‍🌈 e\u{301}",
];

/// Injection.
pub async fn texts_with_syntax_are_stored_as_they_are(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let crm = company.crm();
    for (index, text) in SYNTAX.into_iter().enumerate() {
        let mut asked = entry(&format!("key-{index}"), &alice, &grace);
        text.clone_into(&mut asked.subject);
        asked.description = format!("Call: {text}");
        match crm.log(&asked).await {
            Ok(logged) => {
                let calls = company.calls();
                let call = calls.iter().find(|call| call.id == logged.id).unwrap();
                assert_eq!(call.subject, text);
                assert!(call.text.contains(&asked.description), "{:?}", call.text);
            }
            Err(Failure::Refused { words }) => assert!(!words.is_empty()),
            Err(other) => panic!("{text:?}: {other:?}"),
        }
        crm.search(text, 5).await.unwrap();
    }
    assert_eq!(company.records(), 1, "nobody was made or lost");
}

/// Injection.
pub async fn a_name_with_syntax_is_created_as_it_is(company: &impl Company) {
    for (index, text) in SYNTAX.into_iter().enumerate() {
        let asked = NewRecord {
            key: EntryKey::new(format!("create-{index}")),
            module: Module::Contact,
            first_name: String::new(),
            last_name: text.to_owned(),
            company: "Unknown".to_owned(),
            phone: phone(&format!("+1415555{:04}", 200 + index)),
            owner: None,
        };
        match company.crm().create(&asked).await {
            Ok(created) => {
                let kept = company.record(&created.record.at).unwrap();
                assert_eq!(kept.name, text);
                let since = crate::started();
                company.settle().await;
                let found = company.crm().find_created(&asked, since).await.unwrap();
                assert_eq!(found.map(|record| record.at), Some(created.record.at));
            }
            Err(Failure::Refused { words }) => assert!(!words.is_empty()),
            Err(other) => panic!("{text:?}: {other:?}"),
        }
    }
}

/// 64 KiB of emoji, and null bytes.
pub async fn long_texts_are_cut_or_refused_never_broken(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let emoji = "😀".repeat(16 * 1024);
    let nulls = "before\0after".to_owned();
    for (key, text) in [("emoji", emoji), ("nulls", nulls)] {
        let mut asked = entry(key, &alice, &grace);
        asked.subject.clone_from(&text);
        asked.description = text;
        match company.crm().log(&asked).await {
            Ok(logged) => {
                let calls = company.calls();
                let call = calls.iter().find(|call| call.id == logged.id).unwrap();
                assert!(!call.subject.contains('\u{fffd}'), "half a character");
                assert!(!call.text.contains('\u{fffd}'), "half a character");
                assert!(!call.subject.is_empty() && !call.text.is_empty());
                company.settle().await;
                let found = company.crm().find_logged(&[asked.clone()]).await.unwrap();
                assert_eq!(found.get(&asked.key), Some(&logged.id), "{key}: its key");
            }
            Err(Failure::Refused { words }) => assert!(!words.is_empty()),
            Err(other) => panic!("{key}: {other:?}"),
        }
    }
}

/// Whatever a record holds as a number.
pub async fn numbers_that_are_none_find_nobody(company: &impl Company) {
    for (index, number) in ["' OR 1=1 --", "*", "{}", "ext. 101", "😀😀", "+", "0"]
        .into_iter()
        .enumerate()
    {
        company.put(&Seed::contact(&format!("Odd {index}"), number));
    }
    let grace = grace(company);
    company.settle().await;
    let asked: Phone = phone("+14155550134");
    let found = company.crm().find(&asked).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|record| record.at).collect();
    assert_eq!(found, [grace]);
    let nobody = company.crm().find(&phone("+14155550100")).await.unwrap();
    assert!(nobody.is_empty(), "{nobody:?}");
}
