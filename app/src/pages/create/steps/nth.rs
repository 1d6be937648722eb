//! A container by its place in the form, as the parts of its card know it.
use crate::{
    manifest::{
        Place,
        field::Field,
        form::{ContainerForm, StatefulSetForm},
    },
    pages::create::{bind::settled, state::Wizard},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A container of the form by its number.
#[derive(Clone, Copy)]
pub(super) struct Nth {
    pub wizard: Wizard,
    /// Of the init containers.
    pub init: bool,
    pub n: usize,
    /// What is in it; who follows it is left alone while other containers change.
    pub form: Signal<Arc<ContainerForm>>,
}

/// One of the two lists.
pub(super) fn list(form: &StatefulSetForm, init: bool) -> &[Arc<ContainerForm>] {
    if init { &form.init } else { &form.containers }
}

impl Nth {
    pub(super) fn new(wizard: Wizard, init: bool, n: usize) -> Self {
        let form = settled(wizard.part(move |f| list(f, init).get(n).cloned()));
        Self {
            wizard,
            init,
            n,
            form,
        }
    }

    pub fn part<T: Clone + Default + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&ContainerForm) -> Option<T> + Send + Sync + 'static,
    ) -> Signal<T> {
        Memo::new(move |_| self.form.with(|c| pick(c)).unwrap_or_default()).into()
    }

    pub fn field(self, pick: fn(&ContainerForm) -> &Field) -> Signal<Field> {
        self.part(move |c| Some(pick(c).clone()))
    }

    pub fn place(self) -> Place {
        self.wizard
            .form
            .with_untracked(|f| list(f, self.init).get(self.n).map(|c| c.place.clone()))
            .unwrap_or_default()
    }
}
