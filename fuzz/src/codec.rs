//! The codec: however the bytes are cut into pieces, it says the same, and holds little.

use linecard_asterisk::ami::{Action, Codec, Frame, MAX_BLOCK, MAX_HEADERS, MAX_LINE, unescape};

/// Reads `data` as what a server sends. The first byte chooses the size of the pieces.
///
/// # Panics
///
/// Where something that must hold does not.
pub fn check(data: &[u8]) {
    let Some((size, stream)) = data.split_first() else {
        return;
    };
    let whole = read(Codec::new(), stream, usize::MAX);
    let pieces = read(Codec::new(), stream, usize::from(*size) + 1);
    assert_eq!(whole, pieces, "pieces of {} say something else", size + 1);
    read(Codec::without_banner(), stream, usize::MAX);
    let text = String::from_utf8_lossy(stream);
    assert!(unescape(&text).len() <= text.len(), "unescaping adds text");
    one_line(&text);
}

/// Feeds `stream` in pieces of `size` bytes and gives what each frame says.
fn read(mut codec: Codec, stream: &[u8], size: usize) -> Vec<Vec<u8>> {
    let mut said = Vec::new();
    for piece in stream.chunks(size.min(stream.len().max(1))) {
        codec.push(piece);
        while let Some(frame) = codec.poll() {
            said.push(say(frame));
        }
        let most = MAX_BLOCK + MAX_LINE + piece.len();
        assert!(codec.buffered() <= most, "{} bytes held", codec.buffered());
    }
    said
}

fn say(frame: Frame<'_>) -> Vec<u8> {
    match frame {
        Frame::Banner(line) => {
            assert!(line.len() <= MAX_LINE);
            line.to_vec()
        }
        Frame::Message(message) => {
            assert!(message.as_bytes().len() <= MAX_BLOCK);
            assert!(message.headers().count() <= MAX_HEADERS);
            for (key, value) in message.headers() {
                assert!(key.len() + value.len() <= MAX_LINE);
                if let Ok(key) = std::str::from_utf8(key) {
                    assert!(message.get(key).is_some(), "{key:?} is lost");
                }
            }
            let shown = format!("{message:?}");
            assert!(!shown.is_empty());
            message.as_bytes().to_vec()
        }
        Frame::Garbled(fault) => fault.to_string().into_bytes(),
    }
}

/// Whatever text stands in a value, the action stays one action with that one header.
fn one_line(text: &str) {
    let mut written = Vec::new();
    Action::new("Hangup")
        .header("Channel", text)
        .write("lc-1", &mut written);
    let lines: Vec<&[u8]> = written.split(|byte| *byte == b'\n').collect();
    assert_eq!(lines.len(), 5, "a value became a header");
    assert!(lines.iter().all(|line| line.len() < 1_000), "too long");
}
