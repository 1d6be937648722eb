//! Which delete this tab has confirmed, across reloads.
use crate::state::session_storage;

fn key(uid: &str) -> String {
    format!("ordinal.delete.{uid}")
}

/// It was confirmed here.
pub(super) fn keep(uid: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(&key(uid), "1");
    }
}

/// It is not wanted any more.
pub(super) fn forget(uid: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.remove_item(&key(uid));
    }
}

/// Whether it was confirmed here.
pub(super) fn is_kept(uid: &str) -> bool {
    session_storage()
        .and_then(|s| s.get_item(&key(uid)).ok().flatten())
        .is_some()
}
