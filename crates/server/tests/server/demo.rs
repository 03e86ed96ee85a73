//! The outside line of a simulated phone system.

use serde_json::json;

use crate::company::Company;

#[tokio::test]
async fn without_a_simulated_phone_system_there_is_nothing_to_play_with() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let none = admin.get("/api/v1/demo").await.is(404);
    assert_eq!(none.code(), "no_simulation");
    let session = admin.get("/api/v1/session").await.json();
    assert_eq!(session["simulation"], false);
}

#[tokio::test]
async fn an_agent_may_play_the_outside_world() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "toy").await;
    let agent = company.agent(&admin).await;
    let session = agent.get("/api/v1/session").await.json();
    assert_eq!(session["simulation"], true);
    let demo = agent.get("/api/v1/demo").await.is(200).json();
    assert_eq!(
        demo["callers"],
        json!([{ "name": "Eve", "number": "+14155550134" }])
    );
    assert_eq!(demo["calls"][0]["state"], "ringing");

    let withheld = json!({ "from": "", "to": "101" });
    let call = agent
        .post("/api/v1/demo/calls", withheld)
        .await
        .is(201)
        .json();
    assert_eq!(call, json!({ "call": "toy.2" }));
    let dial = json!({ "extension": "101", "number": "4155550134" });
    agent.post("/api/v1/demo/dial", dial).await.is(201);
    let path = "/api/v1/demo/calls/toy.3/answer";
    agent.post(path, json!(null)).await.is(204);
    assert_eq!(
        company.phones.asked(),
        [
            "ring None 101",
            "dial 101 4155550134",
            "outside answers toy.3"
        ]
    );
    let path = "/api/v1/demo/calls/toy.3/hang-up";
    let gone = agent.post(path, json!(null)).await.is(409);
    assert_eq!(gone.code(), "call_gone");
}

#[tokio::test]
async fn a_simulated_desk_phone_answers_the_call_that_rings_it() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "toy").await;
    let path = "/api/v1/demo/phones/101/answer";
    let none = admin.post(path, json!(null)).await.is(409);
    assert_eq!(none.code(), "call_gone");
}
