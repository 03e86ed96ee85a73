//! The wire: whatever the network and hostile text do to the bytes.

use linecard_asterisk::ami::{Codec, Fault, Frame, Kind, MAX_BLOCK, MAX_HEADERS, MAX_LINE};
use proptest::prelude::*;

const STREAM: &[u8] = b"Asterisk Call Manager/11.0.0\r\n\
    Response: Success\r\nActionID: 1\r\nMessage: Authentication accepted\r\n\r\n\
    \r\n\
    Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n\
    nonsense without a colon\r\n\r\n\
    Event: UserEvent\r\nLinkedid: 1\r\nLinkedid: 2\r\nCallerIDName: J\xfcrgen\r\nExten:\r\n\r\n\
    Event: Hangup\r\nCause: 16\r\n\r\n";

/// What a frame says, kept, so that two runs can be compared.
fn shown(frame: Frame<'_>) -> String {
    match frame {
        Frame::Banner(line) => format!("banner {}", String::from_utf8_lossy(line)),
        Frame::Message(message) => {
            let headers: Vec<String> = message
                .headers()
                .map(|(key, value)| {
                    let (key, value) =
                        (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
                    format!("{key}={value}")
                })
                .collect();
            headers.join(" ")
        }
        Frame::Garbled(fault) => format!("garbled: {fault}"),
    }
}

/// Feeds the pieces one by one and takes everything out between them.
fn read<'a>(mut codec: Codec, pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<String> {
    let mut all = Vec::new();
    for piece in pieces {
        codec.push(piece);
        while let Some(frame) = codec.poll() {
            all.push(shown(frame));
        }
        assert!(codec.buffered() <= MAX_BLOCK + MAX_LINE + piece.len());
    }
    all
}

#[test]
fn a_stream_is_read_as_banner_messages_and_faults() {
    assert_eq!(
        read(Codec::new(), [STREAM]),
        [
            "banner Asterisk Call Manager/11.0.0",
            "Response=Success ActionID=1 Message=Authentication accepted",
            "Event=FullyBooted Privilege=system,all Status=Fully Booted",
            "garbled: a message that is neither an event nor a response",
            "Event=UserEvent Linkedid=1 Linkedid=2 CallerIDName=J\u{fffd}rgen Exten=",
            "Event=Hangup Cause=16",
        ]
    );
}

#[test]
fn bytes_that_arrive_one_at_a_time_say_the_same() {
    assert_eq!(
        read(Codec::new(), STREAM.chunks(1)),
        read(Codec::new(), [STREAM])
    );
}

#[test]
fn a_split_at_any_byte_says_the_same() {
    let whole = read(Codec::new(), [STREAM]);
    for at in 0..=STREAM.len() {
        let (head, tail) = STREAM.split_at(at);
        assert_eq!(read(Codec::new(), [head, tail]), whole, "split at {at}");
    }
}

#[test]
fn a_value_of_a_megabyte_is_left_out_and_the_next_event_is_read() {
    let mut stream = b"Event: VarSet\r\nValue: ".to_vec();
    stream.resize(1024 * 1024, b'x');
    stream.extend_from_slice(b"\r\n\r\nEvent: Hangup\r\nCause: 16\r\n\r\n");
    let expected = [
        format!("garbled: {}", Fault::LongBlock),
        "Event=Hangup Cause=16".to_owned(),
    ];
    for size in [1_000, 65_536, stream.len()] {
        assert_eq!(
            read(Codec::without_banner(), stream.chunks(size)),
            expected,
            "in pieces of {size}"
        );
    }
}

#[test]
fn a_line_without_end_is_not_kept() {
    let mut codec = Codec::without_banner();
    codec.push(b"Event: VarSet\r\nValue: ");
    let piece = vec![b'x'; MAX_BLOCK];
    let mut faults = 0;
    for _ in 0..1_000 {
        codec.push(&piece);
        while let Some(frame) = codec.poll() {
            faults += usize::from(matches!(frame, Frame::Garbled(Fault::LongBlock)));
        }
        assert!(
            codec.buffered() <= 2 * MAX_BLOCK + 100,
            "{}",
            codec.buffered()
        );
    }
    assert_eq!(faults, 1);
}

#[test]
fn too_long_a_line_and_too_many_headers_are_left_out() {
    let line = format!("Event: VarSet\r\nValue: {}\r\n\r\n", "x".repeat(MAX_LINE));
    let headers = format!("Event: VarSet\r\n{}\r\n", "A: b\r\n".repeat(MAX_HEADERS));
    let stream = format!("{line}{headers}Event: Hangup\r\n\r\n");
    assert_eq!(
        read(Codec::without_banner(), [stream.as_bytes()]),
        [
            format!("garbled: {}", Fault::LongLine),
            format!("garbled: {}", Fault::ManyHeaders),
            "Event=Hangup".to_owned(),
        ]
    );
}

#[test]
fn a_server_that_never_ends_its_first_line_has_no_banner() {
    let mut codec = Codec::new();
    codec.push(&vec![b'x'; MAX_LINE + 1]);
    assert!(matches!(
        codec.poll(),
        Some(Frame::Garbled(Fault::NoBanner))
    ));
}

#[test]
fn an_event_nobody_needs_is_told_by_its_first_line() {
    let mut codec = Codec::without_banner();
    codec.push(b"Event: RTCPSent\r\nnot looked at\r\n\r\n");
    let Some(Frame::Message(message)) = codec.poll() else {
        panic!("a message is there");
    };
    assert_eq!(message.kind(), Kind::Event("RTCPSent"));
}

/// Bytes that meet the codec's edges more often than plain noise does.
fn hostile_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"\r\n".to_vec()),
        Just(b"\r\n\r\n".to_vec()),
        Just(b"Event: Hangup\r\n".to_vec()),
        Just(b"Response: Success\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\n".to_vec()),
        Just(b":".to_vec()),
        Just(vec![b'y'; MAX_LINE]),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_in_whatever_pieces_says_the_same_and_memory_is_bounded(
        bytes in hostile_bytes(),
        sizes in proptest::collection::vec(1_usize..5_000, 1..8),
    ) {
        let whole = read(Codec::new(), [bytes.as_slice()]);
        let mut rest = bytes.as_slice();
        let mut pieces = Vec::new();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at((*size).min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        prop_assert_eq!(read(Codec::new(), pieces), whole);
    }
}
