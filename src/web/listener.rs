//! Connections: only so many at once, and none that stays silent for long.
//!
//! In: a socket. Out: connections for the server. Whoever opens thousands and says nothing keeps nobody else out: where there
//! is no room, one of the address that has most makes it; of these, one that has asked for nothing yet, and said longest
//! nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// Connections at once: below the files that systems let a process open, which are 1,024 as a rule.
const MOST: usize = 800;
/// How long a connection may say nothing; a sheet that is waited for takes less.
const SILENCE: Duration = Duration::from_mins(1);
/// What ends the head of a request: who has not sent it has asked for nothing yet.
const HEAD_END: &[u8] = b"\r\n\r\n";

/// What is known of a connection.
struct Slot {
    address: IpAddr,
    state: Mutex<SlotState>,
}

struct SlotState {
    is_closed: bool,
    waker: Option<Waker>,
    heard: Instant,
    /// How much of [`HEAD_END`] was seen last.
    matched: usize,
    has_asked: bool,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, SlotState> {
        // single fields are written
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}

type Slots = Arc<Mutex<Vec<Arc<Slot>>>>;

/// A socket with limits.
pub struct Limited {
    socket: TcpListener,
    slots: Slots,
}

impl Limited {
    /// Puts limits on a socket.
    #[must_use]
    pub fn new(socket: TcpListener) -> Self {
        Self { socket, slots: Slots::default() }
    }

    /// A place for a connection from `address`; another may lose its own.
    fn place(&self, address: IpAddr) -> Arc<Slot> {
        let state =
            SlotState { is_closed: false, waker: None, heard: Instant::now(), matched: 0, has_asked: false };
        let slot = Arc::new(Slot { address, state: Mutex::new(state) });
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST {
            let mut counts: BTreeMap<IpAddr, usize> = BTreeMap::new();
            slots.iter().for_each(|slot| *counts.entry(slot.address).or_default() += 1);
            let rank = |slot: &Arc<Slot>| {
                let state = slot.lock();
                (Reverse(counts.get(&slot.address).copied()), state.has_asked, state.heard)
            };
            let least = (0..slots.len()).min_by_key(|index| rank(&slots[*index]));
            if let Some(index) = least {
                slots.swap_remove(index).close();
            }
        }
        slots.push(Arc::clone(&slot));
        slot
    }
}

impl Listener for Limited {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.socket).await;
        let connection = Connection {
            stream,
            silence: Box::pin(sleep(SILENCE)),
            slot: self.place(address.ip()),
            slots: Arc::clone(&self.slots),
        };
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, Limited>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Limited>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A connection that ends when nothing is said for too long, or its place is needed.
pub struct Connection {
    stream: TcpStream,
    silence: Pin<Box<Sleep>>,
    slot: Arc<Slot>,
    slots: Slots,
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|slot| !Arc::ptr_eq(slot, &self.slot));
    }
}

/// How much of [`HEAD_END`] is seen with one byte more.
fn next_match(matched: usize, byte: u8) -> usize {
    match HEAD_END.get(matched) {
        Some(wanted) if *wanted == byte => matched + 1,
        _ => usize::from(byte == b'\r'),
    }
}

impl Connection {
    fn hear(&mut self, bytes: &[u8]) {
        let now = Instant::now();
        let mut state = self.slot.lock();
        state.heard = now;
        for byte in bytes {
            if state.has_asked {
                break;
            }
            state.matched = next_match(state.matched, *byte);
            state.has_asked = state.matched == HEAD_END.len();
        }
        drop(state);
        self.silence.as_mut().reset(now + SILENCE);
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        if read.is_ready() {
            self.hear(into.filled().get(before..).unwrap_or_default());
            return read;
        }
        let mut state = self.slot.lock();
        if state.is_closed {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        state.waker = Some(context.waker().clone());
        drop(state);
        match self.silence.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.hear(&[]);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_asked(parts: &[&[u8]]) -> bool {
        let mut matched = 0;
        parts.concat().iter().any(|byte| {
            matched = next_match(matched, *byte);
            matched == HEAD_END.len()
        })
    }

    #[test]
    fn a_head_is_whole_with_its_empty_line() {
        assert!(has_asked(&[b"GET / HTTP/1.1\r\nHost: a\r", b"\n\r\n"]));
        assert!(has_asked(&[b"a\r\r\n\r\n"]));
        assert!(!has_asked(&[b"GET / HTTP/1.1\r\nHost: a\r\n"]));
        assert!(!has_asked(&[b"a\n\n", b"\r\n\r"]));
    }

    #[tokio::test]
    async fn who_takes_most_places_loses_one() {
        let socket = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let limited = Limited::new(socket);
        let [greedy, other] = [2, 3].map(|last| IpAddr::from([10, 0, 0, last]));
        let quiet = limited.place(other);
        for _ in 0..2 * MOST {
            limited.place(greedy);
        }
        assert!(!quiet.lock().is_closed);
        let slots = limited.slots.lock().expect("no test falls over with it");
        assert_eq!((slots.len(), slots.iter().filter(|slot| slot.address == other).count()), (MOST, 1));
    }
}
