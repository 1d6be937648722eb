//! The create wizard.
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The wizard, whose code is loaded when it is first opened.
pub struct CreatePage;

#[lazy_route]
impl LazyRoute for CreatePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <main></main> }.into_any()
    }
}
