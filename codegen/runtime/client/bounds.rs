//! The bounds of an exchange, over any transport: its duration, and the size of its answer.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_timer::Delay;
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::transport::{AnswerBody, TransportError};

/// The output of a future within a time; `None` where it takes longer. The future is dropped then, which closes its resources.
pub(super) async fn within<T>(time: Option<Duration>, work: impl Future<Output = T>) -> Option<T> {
    // A time beyond the range of clocks is no bound.
    let Some(time) = time.filter(|time| Instant::now().checked_add(*time).is_some()) else {
        return Some(work.await);
    };
    let mut work = pin!(work);
    let mut delay = Delay::new(time);
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        Pin::new(&mut delay).poll(context).map(|()| None)
    })
    .await
}

/// Number of frames that are read before yielding to other tasks, the timeout among them.
///
/// A body that always has another frame ready, perhaps an empty one, which no limit counts (RFC 9113, section 10.5), would otherwise be
/// read forever.
const FRAMES_AT_ONCE: usize = 64;

/// Yields to the executor once.
async fn once_later() {
    let mut is_later = false;
    poll_fn(|context| {
        if is_later {
            return Poll::Ready(());
        }
        is_later = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Why a body was not read to its end.
pub(super) enum Cut {
    /// It is longer than the limit.
    TooLarge,
    /// The exchange was interrupted.
    Broken(TransportError),
}

/// Reads a body, and stops at the first frame beyond the limit, whatever `Content-Length` says. A body whose announced length is beyond
/// the limit is not read at all.
pub(super) async fn collected(mut body: AnswerBody, limit: usize) -> Result<Bytes, Cut> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Cut::TooLarge);
    }
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    let mut frames = 0_usize;
    while let Some(frame) = body.frame().await {
        frames += 1;
        if frames.is_multiple_of(FRAMES_AT_ONCE) {
            once_later().await;
        }
        let Ok(data) = frame.map_err(Cut::Broken)?.into_data() else {
            continue;
        };
        if data.len() > limit - first.len() - whole.len() {
            return Err(Cut::TooLarge);
        }
        if whole.is_empty() && first.is_empty() {
            first = data;
        } else {
            if !first.is_empty() {
                whole.extend_from_slice(&std::mem::take(&mut first));
            }
            whole.extend_from_slice(&data);
        }
    }
    Ok(if whole.is_empty() {
        first
    } else {
        whole.freeze()
    })
}
