//! Locks that go on after a panic: what they guard is whole after each statement.
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for a lock.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
