//! How the sound of calls was.

use linecard_call::CallId;
use linecard_rules::sound::{SoundReport, Stream};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, extension};

on_both_databases!(
    what_a_softphone_measured_can_be_there_before_its_call,
    of_two_reports_of_one_agent_the_longer_one_stays,
);

pub(crate) fn report(packets: u32) -> SoundReport {
    let heard = Stream {
        packets,
        lost: 2,
        jitter_ms: 7,
    };
    SoundReport {
        codec: "opus".to_owned(),
        heard,
        said: Some(heard),
        round_trip_ms: None,
        buffer_ms: 40,
    }
}

async fn what_a_softphone_measured_can_be_there_before_its_call(fixture: &Fixture) {
    let (system, other) = (fixture.phone_system().await, fixture.phone_system().await);
    let mut unit = fixture.begin().await;
    let id = CallId::new("1");
    let sounds = &mut unit.sounds();
    let (first, second) = (extension("101"), extension("102"));
    sounds
        .put(system.id, &id, &first, &report(10))
        .await
        .unwrap();
    sounds
        .put(system.id, &id, &second, &report(20))
        .await
        .unwrap();
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    // The same name at another phone system is another call.
    let namesake = unit.calls().put(other.id, &call("1", 0)).await.unwrap();
    let mut measured = unit.sounds().of_calls(&[namesake, stored]).await.unwrap();
    measured.sort_by_key(|(_, _, report)| report.heard.packets);
    let expected = [(stored, first, report(10)), (stored, second, report(20))];
    assert_eq!(measured, expected);
}

async fn of_two_reports_of_one_agent_the_longer_one_stays(fixture: &Fixture) {
    let system = fixture.phone_system().await;
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    for packets in [10, 500, 3] {
        let (id, agent) = (CallId::new("1"), extension("101"));
        let report = report(packets);
        let sounds = &mut unit.sounds();
        sounds.put(system.id, &id, &agent, &report).await.unwrap();
    }
    let measured = unit.sounds().of_calls(&[stored]).await.unwrap();
    assert_eq!(measured, [(stored, extension("101"), report(500))]);
}
