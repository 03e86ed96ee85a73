//! What a CRM is like changes seldom; it is asked for once a day.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A value that is asked for at most once a day, by one task at a time.
pub struct Daily<T>(Mutex<Option<(Timestamp, T)>>);

impl<T> Default for Daily<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Daily<T> {
    /// The value, asked for with `ask` when none is kept or it is too old.
    pub async fn get<E>(
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
    pub async fn forget(&self) {
        *self.0.lock().await = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_value_is_asked_for_once_a_day() {
        let kept = Daily::default();
        let at = |hours: i64| Timestamp::from_second(hours * 3_600).unwrap();
        let answer = |value: u8| async move { Ok::<_, ()>(value) };
        assert_eq!(kept.get(at(0), answer(1)).await, Ok(1));
        assert_eq!(kept.get(at(23), answer(2)).await, Ok(1));
        assert_eq!(kept.get(at(25), answer(3)).await, Ok(3));
        kept.forget().await;
        assert_eq!(kept.get(at(25), answer(4)).await, Ok(4));
    }
}
