//! A cable that can be pulled: forwards TCP on loopback until it is cut.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub(crate) struct Cable {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    cut: bool,
    /// Takes bytes and passes none on: the other end seems to be there, and is silent.
    swallows: bool,
    /// Pairs: the end at Linecard, the end at Asterisk.
    sockets: Vec<TcpStream>,
}

impl Cable {
    /// Leads to a port of this machine. The forwarding threads end with the process.
    pub(crate) fn to(target: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let far = TcpStream::connect((Ipv4Addr::LOCALHOST, target));
                let mut state = shared.lock().unwrap();
                match far {
                    Ok(far) if !state.cut => {
                        forward(&near, &far, &shared);
                        forward(&far, &near, &shared);
                        state.sockets.extend([near, far]);
                    }
                    _ => drop(near),
                }
            }
        });
        Self { port, state }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Ends every connection, and every new one at once.
    pub(crate) fn cut(&self) {
        let mut state = self.state.lock().unwrap();
        state.cut = true;
        for socket in state.sockets.drain(..) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Puts bytes into what Linecard receives.
    pub(crate) fn slip_in(&self, bytes: &[u8]) {
        let state = self.state.lock().unwrap();
        for mut near in state.sockets.iter().step_by(2) {
            near.write_all(bytes).unwrap();
        }
    }

    /// From now on takes bytes and passes none on, as a link that is half open.
    pub(crate) fn swallow(&self) {
        self.state.lock().unwrap().swallows = true;
    }

    pub(crate) fn mend(&self) {
        let mut state = self.state.lock().unwrap();
        state.cut = false;
        state.swallows = false;
    }
}

fn forward(from: &TcpStream, to: &TcpStream, state: &Arc<Mutex<State>>) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    let state = Arc::clone(state);
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut bytes) {
            let swallows = state.lock().unwrap().swallows;
            if !swallows && to.write_all(&bytes[..length]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}
