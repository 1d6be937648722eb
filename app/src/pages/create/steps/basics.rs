//! Name, namespace, replicas, description.
use super::{MoreInYaml, set_document, space::NewNamespace, tools::NodeTime};
use crate::{
    components::form::{AreaField, NumberField, TextField},
    manifest::fields::UPDATES,
    pages::create::{bind::Kind, declared::Folded, state::use_wizard},
    texts::use_texts,
};
use leptos::prelude::*;

#[component]
pub(super) fn Basics() -> impl IntoView {
    let (t, wizard) = (use_texts(), use_wizard());
    let field = |pick: fn(&crate::manifest::form::StatefulSetForm) -> crate::manifest::field::Field| {
        wizard.part(move |f| Some(pick(f)))
    };
    let namespaces = wizard.choices.with_value(|c| c.namespaces.clone());
    let help = if namespaces.is_none() {
        t.create_namespaces_forbidden()
    } else {
        ""
    };
    let namespace = wizard
        .bind(field(|f| f.namespace.clone()), Kind::Text)
        .with_help(help.to_owned());
    let offers = Signal::stored(namespaces.unwrap_or_default());
    view! {
        <div class="card">
            <TextField bind=wizard.bind(field(|f| f.name.clone()), Kind::Text) label=t.field_name() path="metadata.name" mono=true/>
            <div class="grid2">
                <TextField bind=namespace label=t.field_namespace() path="metadata.namespace" mono=true offers/>
                <NumberField bind=wizard.bind(field(|f| f.replicas.clone()), Kind::Number) label=t.field_replicas()
                    path="spec.replicas" absent=1 least=0/>
            </div>
            {wizard.is_new().then(|| view! { <NewNamespace/> })}
            {(!wizard.is_new()).then(|| view! {
                <TextField bind=wizard.bind(field(|f| f.service_name.clone()), Kind::Text) label=t.field_service_name() path="spec.serviceName" mono=true/>
            })}
            <AreaField bind=wizard.bind(field(|f| f.description.clone()), Kind::Optional) label=t.field_description()
                path="kubernetes.io/description"/>
            <NodeTime/>
            <Folded title=t.decl_g_updates().to_owned() base=set_document() groups=&[UPDATES]/>
            <MoreInYaml more=wizard.part(|f| Some(f.more.clone()))/>
        </div>
    }
}
