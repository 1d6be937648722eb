//! Volume claim templates, and where each is mounted.
use super::{MoreInYaml, PlaceNotes, set_document};
use crate::{
    components::form::{AddButton, QuantityField, RemoveButton, SelectField, TextField},
    manifest::{
        Edit, Place, default,
        field::Field,
        fields::{TEMPLATE, VOLUMES},
        form::TemplateForm,
        preset::free_name,
    },
    pages::create::{
        bind::Kind,
        declared::{Declared, Folded},
        state::{Wizard, use_wizard},
    },
    texts::use_texts,
};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Nth {
    wizard: Wizard,
    n: usize,
}

impl Nth {
    fn part<T: Clone + Default + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&TemplateForm) -> Option<T> + Send + Sync + 'static,
    ) -> Signal<T> {
        self.wizard.part(move |f| f.templates.get(self.n).and_then(&pick))
    }

    fn field(self, pick: fn(&TemplateForm) -> &Field) -> Signal<Field> {
        self.part(move |c| Some(pick(c).clone()))
    }
}

#[component]
pub(super) fn Volumes() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let count = move || wizard.form.read().templates.len();
    let add = Callback::new(move |()| {
        let (set, names) = wizard.form.with_untracked(|f| {
            (
                f.set.unwrap_or(0),
                f.templates
                    .iter()
                    .map(|t| t.name.text.clone())
                    .collect::<Vec<_>>(),
            )
        });
        let taken: Vec<&str> = names.iter().map(String::as_str).collect();
        let place = Place::new(set, "spec.volumeClaimTemplates");
        wizard.edit(&Edit::Append(
            place,
            default::volume_template(None, &free_name("data", &taken)),
        ));
    });
    view! {
        <Show when=move || count() == 0><p class="dimmer empty">{t.create_no_templates()}</p></Show>
        <For each=move || 0..count() key=|n| *n let:n><Card at=Nth { wizard, n }/></For>
        <Show when=move || wizard.is_new() fallback=move || view! { <p class="dim">{t.edit_templates_fixed()}</p> }>
            <AddButton label=t.create_add_template() on_click=add/></Show>
        <div class="card"><Declared base=set_document() fields=VOLUMES/></div>
    }
}

#[component]
fn Card(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let name = at.field(|c| &c.name);
    let title = Signal::derive(move || {
        let name = name.read();
        if name.text.is_empty() {
            t.create_template_n(at.n + 1)
        } else {
            name.text.clone()
        }
    });
    let place = at.part(|c| Some(c.place.clone()));
    let remove = Callback::new(move |()| wizard.edit(&Edit::Remove(place.get_untracked())));
    let modes = Signal::stored(vec![
        ("ReadWriteOnce".to_owned(), t.create_mode_rwo().to_owned()),
        ("ReadOnlyMany".to_owned(), t.create_mode_rox().to_owned()),
        ("ReadWriteMany".to_owned(), t.create_mode_rwx().to_owned()),
        ("ReadWriteOncePod".to_owned(), t.create_mode_rwop().to_owned()),
    ]);
    view! {
        // With its number: two of the same name are an error, but must still be told apart.
        <section class="card" aria-label=move || format!("{} {}", t.create_template_n(at.n + 1), name.read().text)>
            <div class="row between"><h2>{move || title.get()}</h2>
                <Show when=move || wizard.is_new()>
                    <RemoveButton label=Signal::derive(move || t.create_remove_template(title.get())) on_click=remove/></Show></div>
            <TextField bind=wizard.bind(name, Kind::Text) label=t.field_template_name() path="metadata.name" mono=true/>
            <p class="dimmer sm">{move || t.create_claims_of(title.get(), wizard.name())}</p>
            <div class="grid2">
                <Class at/>
                <QuantityField bind=wizard.bind(at.field(|c| &c.capacity), Kind::Number) label=t.field_capacity()
                    path="resources.requests.storage" units=&["Gi", "Mi", "Ti", "G"]/>
            </div>
            <SelectField bind=wizard.bind(at.field(|c| &c.mode), Kind::Text) label=t.field_mode() path="accessModes" options=modes/>
            <Mounts at/>
            <Folded title=t.decl_g_template().to_owned() base=place groups=&[TEMPLATE]/>
            <MoreInYaml more=at.part(|c| Some(c.more.clone()))/>
        </section>
    }
}

/// The StorageClass: one of the cluster's, any that is typed, or none, which means the default.
#[component]
fn Class(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let field = at.field(|c| &c.class);
    let classes = wizard.choices.with_value(|c| c.classes.clone());
    let default = classes
        .iter()
        .flatten()
        .find(|c| c.is_default)
        .map(|c| c.name.clone());
    let placeholder = default.as_ref().map_or_else(
        || t.create_class_default().to_owned(),
        |d| t.create_class_default_named(d),
    );
    let offers: Vec<String> = classes.iter().flatten().map(|c| c.name.clone()).collect();
    let help = move || {
        let name = field.read().text.clone();
        let Some(classes) = &classes else {
            return t.create_class_forbidden().to_owned();
        };
        let chosen = if name.is_empty() {
            classes.iter().find(|c| c.is_default)
        } else {
            classes.iter().find(|c| c.name == name)
        };
        match chosen {
            Some(class) if class.waits => t.create_class_waits(&class.name),
            Some(_) => String::new(),
            None if name.is_empty() => t.create_class_no_default().to_owned(),
            None => t.create_class_unknown(name),
        }
    };
    view! {
        <TextField bind=wizard.bind(field, Kind::Optional).with_help(Signal::derive(help)) label=t.field_class()
            path="storageClassName" mono=true placeholder=placeholder offers=Signal::stored(offers)/>
    }
}

#[component]
fn Mounts(at: Nth) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let count = at.part(|c| Some(c.mounts.len()));
    let containers = wizard.part(|f| {
        Some(
            f.containers
                .iter()
                .map(|c| (c.place.clone(), c.name.text.clone()))
                .collect::<Vec<_>>(),
        )
    });
    let name = at.field(|c| &c.name);
    let add = move |(place, container): (Place, String)| {
        let on_click = Callback::new(move |()| {
            let row = format!("name: {}\nmountPath: \"\"", name.read_untracked().text);
            wizard.edit(&Edit::Append(place.key("volumeMounts"), row));
        });
        view! { <AddButton label=t.create_add_mount(container) on_click/> }
    };
    view! {
        <fieldset><legend class="legend">{t.create_mounts()}<span class="path" aria-hidden="true">"volumeMounts"</span></legend>
            <For each=move || 0..count.get() key=|n| *n let:n><MountRow at n/></For>
            <PlaceNotes place=Signal::derive(move || at.part(|c| Some(c.place.key("mounts"))).get())/>
            <div class="row">{move || containers.get().into_iter().map(add).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn MountRow(at: Nth, n: usize) -> impl IntoView {
    let (t, wizard) = (use_texts(), at.wizard);
    let mount = at.part(move |c| c.mounts.get(n).cloned());
    let path = at.part(move |c| c.mounts.get(n).map(|m| m.path.clone()));
    let read_only = Signal::derive(move || {
        let mut field = mount.read().read_only.clone();
        if field.text == "false" {
            field.text.clear();
        }
        field
    });
    let modes = Signal::stored(vec![
        (String::new(), t.create_read_write().to_owned()),
        ("true".to_owned(), t.create_read_only().to_owned()),
    ]);
    let label = move |label: &str| t.field_row_n(label, n + 1);
    let remove =
        Callback::new(move |()| wizard.edit(&Edit::Remove(mount.with_untracked(|m| m.place.clone()))));
    view! {
        <div class="fields mount">
            <span class="tag">{move || mount.read().container.clone()}</span>
            <TextField bind=wizard.bind(path, Kind::Text) label=label(t.field_mount_path()) placeholder="/var/lib/data".to_owned() mono=true bare=true/>
            <SelectField bind=wizard.bind(read_only, Kind::OptionalNumber) label=label(t.field_mount_mode()) bare=true options=modes/>
            <RemoveButton label=t.create_remove_mount(n + 1) on_click=remove/>
        </div>
    }
}
