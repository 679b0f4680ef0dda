//! Connections: only so many at once, and none that stays silent for long.
//!
//! In: a socket. Out: connections for the server. Whoever opens thousands and says nothing keeps nobody else out: where there
//! is no room, the one that has said least and longest nothing makes it.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
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
/// Bytes that a request has at least; who said less has asked for nothing yet.
const REQUEST: usize = 200;

/// What is known of a connection.
struct Slot(Mutex<SlotState>);

struct SlotState {
    is_closed: bool,
    waker: Option<Waker>,
    heard: Instant,
    bytes: usize,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, SlotState> {
        // single fields are written
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// A place for a connection; another may lose its own.
    fn place(&self) -> Arc<Slot> {
        let state = SlotState { is_closed: false, waker: None, heard: Instant::now(), bytes: 0 };
        let slot = Arc::new(Slot(Mutex::new(state)));
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST {
            let rank = |slot: &Arc<Slot>| {
                let state = slot.lock();
                (state.bytes >= REQUEST, state.heard)
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
            slot: self.place(),
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

impl Connection {
    fn hear(&mut self, bytes: usize) {
        let now = Instant::now();
        let mut state = self.slot.lock();
        state.heard = now;
        state.bytes += bytes;
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
            self.hear(into.filled().len() - before);
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
        self.hear(0);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
