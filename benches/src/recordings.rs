//! The recordings of the connector's tests, as Asterisk would write them on the wire.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

/// An event as it was recorded: headers in their order.
pub(crate) type Recorded = Vec<(String, Value)>;

/// Every recording of an Asterisk with all its classes of events on, in the order of versions and
/// names. The others were recorded without CEL, which is half of what such an Asterisk sends, and
/// the peer ends at some of them.
pub(crate) fn noisy() -> anyhow::Result<Vec<Vec<Recorded>>> {
    let mut recordings = Vec::new();
    for version in VERSIONS {
        for file in files(&folder().join(version))? {
            let recording = read(&file)?;
            if recording.iter().any(is_cel) {
                recordings.push(recording);
            }
        }
    }
    Ok(recordings)
}

fn is_cel(event: &Recorded) -> bool {
    let name = event.first().and_then(|(_, name)| name.as_str());
    name == Some("CEL")
}

/// The recordings of these scenarios, on every version that has them.
pub(crate) fn of(scenarios: &[&str]) -> anyhow::Result<Vec<Vec<Recorded>>> {
    let paths = VERSIONS.iter().flat_map(|version| {
        let folder = folder().join(version);
        scenarios
            .iter()
            .map(move |name| folder.join(format!("{name}.json")))
    });
    paths
        .filter(|path| path.exists())
        .map(|path| read(&path))
        .collect()
}

const VERSIONS: [&str; 2] = ["16", "22"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors/asterisk/tests/recordings")
}

/// An event as AMI writes it.
pub(crate) fn block(event: &Recorded) -> String {
    let mut block = String::new();
    for (key, value) in event {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values.iter().filter_map(Value::as_str) {
            block.extend([key, ": ", value, "\r\n"]);
        }
    }
    block.push_str("\r\n");
    block
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> anyhow::Result<Vec<Recorded>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let events: Vec<InOrder> = serde_json::from_slice(&text)
        .with_context(|| format!("cannot understand {}", file.display()))?;
    let greets = |event: &Recorded| {
        // A connection begins with these; in the midst of one they would say that it is new.
        let name = event.first().and_then(|(_, name)| name.as_str());
        matches!(name, Some("FullyBooted" | "SuccessfulAuth"))
    };
    let events = events.into_iter().map(|event| event.0);
    Ok(events.filter(|event| !greets(event)).collect())
}

/// A JSON object whose entries keep their order.
struct InOrder(Recorded);

impl<'de> serde::Deserialize<'de> for InOrder {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> serde::de::Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}
