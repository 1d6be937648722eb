//! What ties the inputs of the form to the text.
use super::state::Wizard;
use crate::{
    components::form::Bind,
    manifest::{Edit, Place, Value, field::Field},
};
use leptos::prelude::*;

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A string that stays, even when empty.
    Text,
    /// A number that stays, even when empty.
    Number,
    /// A string that goes when it is emptied.
    Optional,
    /// A number or quantity that goes when it is emptied.
    OptionalNumber,
}

/// The same value, and who follows it is woken only when it has changed. A field has a dozen followers (its class, its
/// notes, what a screen reader is told), and a memo would wake them all to ask it at every key in any other field.
pub(super) fn settled<T: Clone + PartialEq + Send + Sync + 'static>(of: Signal<T>) -> Signal<T> {
    let now = RwSignal::new(of.get_untracked());
    Effect::new(move || {
        let next = of.get();
        if now.with_untracked(|now| *now != next) {
            now.set(next);
        }
    });
    now.into()
}

/// Does something once no pointer is pressed. What comes under a field that one leaves with a click would move what is
/// just clicked, and the click would be none: it is one only where pointer down and up are on the same element.
fn once_released(then: impl FnOnce() + 'static) {
    if matches!(document().query_selector(":active"), Ok(Some(_))) {
        request_animation_frame(move || once_released(then));
    } else {
        then();
    }
}

impl Wizard {
    /// Ties an input to a field.
    pub fn bind(self, field: Signal<Field>, kind: Kind) -> Bind {
        self.bind_settled(settled(field), kind)
    }

    fn bind_settled(self, field: Signal<Field>, kind: Kind) -> Bind {
        self.tie(
            field,
            Signal::derive(move || field.read().text.clone()),
            "",
            move |place, text| match kind {
                Kind::Optional | Kind::OptionalNumber if text.is_empty() => Edit::Remove(place),
                Kind::Text | Kind::Optional => Edit::Set(place, Value::Text(text)),
                Kind::Number | Kind::OptionalNumber => Edit::Set(place, Value::Typed(text)),
            },
        )
    }

    /// Ties an input to the key of a map's entry.
    pub fn bind_key(self, field: Signal<Field>, key: Signal<String>) -> Bind {
        let field = settled(field);
        let mut bind = self.tie(field, settled(key), "-key", Edit::Rename);
        let value = self.bind_settled(field, Kind::Text);
        bind.notes = value.notes;
        bind
    }

    fn tie(
        self,
        field: Signal<Field>,
        value: Signal<String>,
        suffix: &'static str,
        edit: impl Fn(Place, String) -> Edit + Send + Sync + 'static,
    ) -> Bind {
        let place = move || field.read().place.clone();
        let before = move || self.start.with(|s| s.get(&field.read().place).to_owned());
        let notes = Memo::new(move |_| self.notes(&place()));
        Bind {
            id: Signal::derive(move || format!("{}{suffix}", place().id())),
            value,
            touched: Signal::derive(move || {
                suffix.is_empty() && field.read().set && field.read().text != before()
            }),
            help: Signal::stored(String::new()),
            notes: settled(notes.into()),
            standing: Memo::new(move |_| self.standing(&place())).into(),
            input: Callback::new(move |text: String| {
                self.offered.set_value(false);
                let place = field.with_untracked(|f| f.place.clone());
                self.answer.update(|a| a.without(&place));
                self.edit(&edit(place, text));
            }),
            focus: Callback::new(move |()| self.focused.set(Some(field.with_untracked(|f| f.place.clone())))),
            blur: Callback::new(move |()| {
                // Nobody chose it: the page has put the focus there, and nothing was typed.
                if self.offered.try_update_value(std::mem::take) == Some(true) {
                    return;
                }
                let Some(place) = field.try_with_untracked(|f| f.place.clone()) else {
                    return;
                };
                once_released(move || {
                    if self.seen.try_with_untracked(|s| !s.contains(&place)) == Some(true) {
                        self.seen.update(|s| s.push(place));
                    }
                });
            }),
        }
    }
}
