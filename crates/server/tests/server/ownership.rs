//! An agent has no way to another agent's calls, notes and entries.

use linecard_flow::CallRef;
use serde_json::json;

use crate::company::Company;
use crate::desk::Desk;

#[tokio::test]
async fn an_agent_can_do_nothing_with_a_call_of_another_agent_and_is_not_shown_it() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let alice = company.agent(&admin).await;
    let (_, bob) = company.person(&admin, "Bob", "agent", Some("102")).await;
    let mut bobs = Desk::open(&company, &bob).await;
    let mut alices = Desk::open(&company, &alice).await;
    alices.hear("hello").await;
    company.phones.ring("fake.7", "4155550134", "102").await;
    let call = bobs.hear("card").await["card"]["call"].clone();

    // The phone system is asked about the agent's own phone only, and says what it says.
    alices.say(json!({ "t": "answer", "call": call })).await;
    for message in [
        json!({ "t": "hang_up", "call": call }),
        json!({ "t": "note", "call": call, "note": "Not mine" }),
        json!({ "t": "create", "call": call }),
        json!({
            "t": "choose", "call": call, "module": "contact", "id": "003",
            "connection": "01900000-0000-7000-8000-000000000002",
        }),
    ] {
        alices.say(message.clone()).await;
        let answer = alices
            .hear_where(|told| told["t"] == "refused" || told["t"] == "done")
            .await;
        assert_eq!(
            (&answer["t"], &answer["to"]),
            (&json!("refused"), &message["t"])
        );
    }
    let asked = company.phones.asked();
    assert!(asked.iter().all(|it| !it.contains("102")), "{asked:?}");
    assert!(!alices.heard.contains("\"card\""), "{}", alices.heard);
    let call: CallRef = call.as_str().unwrap().parse().unwrap();
    let mut work = company.store().read().await.unwrap();
    for extension in ["101", "102"] {
        let key = call.entry(&extension.parse().unwrap());
        assert_eq!(work.entries().late(&key).await.unwrap().version, 0);
    }
}
