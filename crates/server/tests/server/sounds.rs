//! How the sound of calls was at Desk's softphone.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::calls::call;
use crate::company::Company;
use crate::desk::Desk;

/// What Desk measured in a call in which so many of a thousand packets were lost.
fn sound(of_call: &str, lost: u32) -> Value {
    json!({
        "t": "sound",
        "call": of_call,
        "sound": {
            "codec": "opus",
            "heard": { "packets": 1_000 - lost, "lost": lost, "jitter_ms": 12 },
            "said": { "packets": 1_000, "lost": 0, "jitter_ms": 3 },
            "round_trip_ms": 46,
            "buffer_ms": 60,
        },
    })
}

/// Stores a call of 101 as one that has ended; its name at Desks.
async fn stored(company: &Company, number: i64) -> String {
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    work.calls().put(phone_system, &call(number)).await.unwrap();
    work.commit().await.unwrap();
    format!("{phone_system}.fake.{number}")
}

/// What the newest call says of its sound, as soon as it says something.
async fn told(admin: &Browser) -> Value {
    loop {
        let calls = admin.get("/api/v1/calls").await.is(200).json();
        let sound = calls["calls"][0]["legs"][0]["sound"].clone();
        if !sound.is_null() {
            return sound;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_sound_of_a_call_is_told_beside_the_part_of_the_agent_who_heard_it() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    let call = stored(&company, 1).await;
    desk.say(sound(&call, 60)).await;
    let expected = json!({
        "grade": "fair",
        "codec": "opus",
        "heard": { "score": 3.8, "loss_percent": 6.0, "jitter_ms": 12 },
        "said": { "score": 4.4, "loss_percent": 0.0, "jitter_ms": 3 },
        "round_trip_ms": 46,
    });
    assert_eq!(told(&admin).await, expected);
}

#[tokio::test]
async fn it_may_be_said_a_moment_before_the_call_is_kept() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    drop(work);
    desk.say(sound(&format!("{phone_system}.fake.1"), 0)).await;
    // It was heard when the next message is answered.
    desk.say(json!({ "t": "ping" })).await;
    desk.hear("pong").await;
    stored(&company, 1).await;
    assert_eq!(told(&admin).await["grade"], "good");
}

#[tokio::test]
async fn an_agent_says_nothing_of_the_sound_of_others_calls() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let (_, other) = company.person(&admin, "Bob", "agent", Some("102")).await;
    let mut foreign = Desk::open(&company, &other).await;
    let call = stored(&company, 1).await;
    foreign.say(sound(&call, 500)).await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.say(sound(&call, 0)).await;
    assert_eq!(told(&admin).await["grade"], "good");
    let mut work = company.store().read().await.unwrap();
    let calls = work.calls().recent(None, 1).await.unwrap();
    let sounds = work.sounds().of_calls(&[calls[0].id]).await.unwrap();
    assert_eq!(sounds.len(), 1, "{sounds:?}");
}
