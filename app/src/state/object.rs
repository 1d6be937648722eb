//! Which object a page is about.
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Namespace and name, as they stand in the path.
pub fn use_object() -> Memo<(String, String)> {
    let params = use_params_map();
    Memo::new(move |_| {
        let part = |name| params.read().get(name).unwrap_or_default();
        (part("namespace"), part("name"))
    })
}
