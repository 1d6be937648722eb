//! Images, requests and limits of all containers, each in the place of what is shown.
use super::{
    ask::{Ask, Button, Terms},
    facts::Rolls,
    state::Ops,
};
use crate::{
    api::ops::change_containers,
    model::{
        effect::NEW_REVISION,
        ops::{Amount, Change, Container},
    },
    texts::Texts,
};
use leptos::prelude::*;

fn word(t: Texts, field: Amount) -> &'static str {
    match field {
        Amount::Image => t.ops_image(),
        Amount::CpuRequest => t.ops_cpu_request(),
        Amount::CpuLimit => t.ops_cpu_limit(),
        Amount::MemoryRequest => t.ops_memory_request(),
        Amount::MemoryLimit => t.ops_memory_limit(),
    }
}

/// What is typed: a value for each field of each container.
type Typed = RwSignal<Vec<[String; 5]>>;

fn changes(all: &[Container], typed: &[[String; 5]]) -> Vec<Change> {
    let of = |(container, values): (&Container, &[String; 5])| {
        let fields = Amount::ALL.into_iter().zip(container.values.iter().zip(values));
        let changed = fields.filter(|(_, (before, after))| *before != after.trim());
        let change = |(field, (before, after)): (Amount, (&String, &String))| Change {
            container: container.name.clone(),
            init: container.init,
            field,
            before: before.clone(),
            after: after.trim().to_owned(),
        };
        changed.map(change).collect::<Vec<_>>()
    };
    all.iter().zip(typed).flat_map(of).collect()
}

/// A table of the containers with a field for each value.
#[component]
pub(super) fn Containers(ops: Ops) -> impl IntoView {
    let t = ops.t;
    let all = ops.plan.with_value(|p| p.containers.clone());
    let typed: Typed = RwSignal::new(all.iter().map(|c| c.values.clone()).collect());
    let shown = StoredValue::new(all.clone());
    let wanted = Memo::new(move |_| shown.with_value(|all| changes(all, &typed.read())));
    let send = Action::new_local(move |(): &()| {
        let (set, wanted) = (ops.plan.with_value(|p| p.shown.clone()), wanted.get_untracked());
        async move { ops.ended(change_containers(set, wanted).await) }
    });
    // An image is needed.
    let whole = move || typed.read().iter().all(|values| !values[0].trim().is_empty());
    let button = Button {
        words: Signal::stored(t.ops_images_button().to_owned()),
        danger: Signal::stored(false),
        ready: Signal::derive(move || !wanted.read().is_empty() && whole()),
        busy: send.pending().into(),
        act: Callback::new(move |()| drop(send.dispatch(()))),
        first: false,
    };
    let group = move |(n, container): (usize, Container)| {
        let name = if container.init {
            t.ops_init(&container.name)
        } else {
            container.name.clone()
        };
        let field = move |(k, field): (usize, Amount)| view! { <Field ops typed n k field name=container.name.clone()/> };
        view! {
            <fieldset class="amounts"><legend class="mono">{name}</legend>
                {Amount::ALL.into_iter().enumerate().map(field).collect_view()}
            </fieldset>
        }
    };
    view! {
        <Ask ops button refused=ops.plan.with_value(|p| p.refused.clone())>
            {all.into_iter().enumerate().map(group).collect_view()}
            <Show when=move || !wanted.read().is_empty()><Rolls ops revision=NEW_REVISION.to_owned()/></Show>
            <Terms ops stays=t.ops_images_stays().to_owned() undo=t.ops_images_undo().to_owned() right="update statefulsets.apps"/>
        </Ask>
    }
}

#[component]
fn Field(ops: Ops, typed: Typed, n: usize, k: usize, field: Amount, name: String) -> impl IntoView {
    let t = ops.t;
    let id = format!("amount-{n}-{k}");
    let value = move || typed.read().get(n).map(|v| v[k].clone()).unwrap_or_default();
    let set = move |text: String| {
        typed.update(|all| {
            if let Some(values) = all.get_mut(n) {
                values[k] = text
            }
        })
    };
    // What the cluster says of this very field.
    let path = format!("{}.", field.path().join("."));
    let said = move || {
        ops.trouble.with(|e| {
            let found = e
                .iter()
                .flat_map(|e| e.fields())
                .find(|f| format!("{}.", f.field).contains(&path));
            found.map(|f| f.message.clone())
        })
    };
    view! {
        <div class="field" class:wide=field == Amount::Image>
            <label for=id.clone()>{word(t, field)}<span class="vh">" "{name}</span></label>
            <input id=id class="in mono" autocomplete="off" autocapitalize="off" spellcheck="false"
                prop:value=value on:input=move |e| set(event_target_value(&e))/>
            {move || said().map(|words| view! { <p class="err">{words}</p> })}
        </div>
    }
}
