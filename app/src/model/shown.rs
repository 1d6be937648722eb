//! What a live page draws.
use serde::{Serialize, de::DeserializeOwned};

/// What a topic shows: the picture, and what changes in it.
pub trait Shown: Serialize + DeserializeOwned {
    type Change: Serialize + DeserializeOwned;
}
