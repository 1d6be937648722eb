//! What a machine needs, step by step: found where it is there, made where it is not.

pub(crate) mod controlplane;
