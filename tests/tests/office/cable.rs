//! A cable that can be pulled: forwards TCP on loopback until it is cut.

use std::io::{self, Write as _};
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
                        forward(&near, &far);
                        forward(&far, &near);
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

    pub(crate) fn mend(&self) {
        self.state.lock().unwrap().cut = false;
    }
}

fn forward(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}
