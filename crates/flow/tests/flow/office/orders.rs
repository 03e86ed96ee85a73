//! The calls that Linecard asks the phone system for.

use linecard_pbx::{Dial, DialFailure};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::DEADLINE;

/// A call asked for, until the test says what becomes of it.
pub(crate) type Order = (Dial, oneshot::Sender<Result<(), DialFailure>>);

/// Those that the test has not taken up.
pub(crate) struct Orders {
    place: mpsc::UnboundedSender<Order>,
    placed: Mutex<mpsc::UnboundedReceiver<Order>>,
}

impl Default for Orders {
    fn default() -> Self {
        let (place, placed) = mpsc::unbounded_channel();
        Self {
            place,
            placed: placed.into(),
        }
    }
}

impl Orders {
    pub(crate) async fn place(&self, order: Dial) -> Result<(), DialFailure> {
        let (say, said) = oneshot::channel();
        self.place.send((order, say)).unwrap();
        said.await.unwrap_or(Err(DialFailure::LinkLost))
    }

    pub(crate) async fn next(&self) -> Order {
        let mut placed = self.placed.lock().await;
        let order = tokio::time::timeout(DEADLINE, placed.recv()).await;
        order.expect("nothing was asked for").unwrap()
    }

    pub(crate) async fn are_none(&self) -> bool {
        self.placed.lock().await.is_empty()
    }
}
