//! What an organisation is like changes seldom; it is asked for once a day.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A value that is asked for at most once a day, by one task at a time.
pub(crate) struct Daily<T>(Mutex<Option<(Timestamp, T)>>);

impl<T> Default for Daily<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Daily<T> {
    /// The value, asked for with `ask` when none is kept or it is too old.
    pub(crate) async fn get<E>(
        &self,
        now: Timestamp,
        ask: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let mut kept = self.0.lock().await;
        if let Some((asked, value)) = kept.as_ref()
            && now.duration_since(*asked).abs() < KEPT
        {
            return Ok(value.clone());
        }
        let value = ask.await?;
        *kept = Some((now, value.clone()));
        Ok(value)
    }

    /// Asks again next time.
    pub(crate) async fn forget(&self) {
        *self.0.lock().await = None;
    }
}
