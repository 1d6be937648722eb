//! Who else writes a set, and what that does to a change of it.
use crate::{
    model::effect::Writer,
    texts::{Texts, grouped},
};

/// What a writer does to a new number of replicas.
pub fn of_replicas(t: Texts, writer: &Writer, to: i32) -> String {
    let Writer::Hpa(hpa) = writer else {
        return of_set(t, writer);
    };
    let all = |n: i32| grouped(n.into());
    match hpa.corrects(to) {
        _ if to == 0 => t.writer_hpa_zero(&hpa.name),
        Some(again) => t.writer_hpa_sets(&hpa.name, all(again), all(hpa.min), all(hpa.max)),
        None => t.writer_hpa_keeps(&hpa.name, all(hpa.min), all(hpa.max)),
    }
}

/// What a writer does to any change of the set.
pub fn of_set(t: Texts, writer: &Writer) -> String {
    match writer {
        Writer::Hpa(hpa) => t.writer_hpa_keeps(&hpa.name, grouped(hpa.min.into()), grouped(hpa.max.into())),
        Writer::Owner { kind, name } => t.writer_owner(kind, name),
        Writer::Argo { name } => t.writer_argo(name),
        Writer::Flux { kind, name } => t.writer_flux(kind, name),
        Writer::Helm { release } => t.writer_helm(release),
    }
}
