//! Fields that are declared once: where each is in the manifest, what it holds, what Kubernetes takes where it is absent,
//! its words, and its row in the references. Reading, writing, drawing, the rules, the count of what no form knows and
//! `docs/fields.md` follow from here; `docs/adding-a-field.md` shows how one is added.
mod docs;
mod known;
mod parts;
mod rows;
mod set;
mod variants;

pub use known::unknown;
pub use parts::{ACCESS, CONTAINER, HOOKS, PROBES, SECURITY, SERVICE, TEMPLATE};
pub use set::{ANNOTATIONS, DNS, IMAGES, POD, POD_SECURITY, SCHEDULING, UPDATES, VOLUMES};
pub use variants::ENV_SOURCE;

use super::{documents::Bundle, path::Place};
use crate::texts::Texts;

/// The largest number of Kubernetes' 32-bit fields.
pub const MAX: i64 = i32::MAX as i64;

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Anything.
    Any,
    /// Lower-case letters, digits and `-` (RFC 1123), at most 63 characters.
    DnsLabel,
    /// Labels with dots between them.
    DnsName,
    /// A path that begins with `/`.
    Absolute,
    /// The key of a label.
    LabelKey,
    /// The name of something that is there already.
    Of(Source),
    /// A key of the object that the field `name` beside it names.
    KeyOf(Source),
}

/// What a name is the name of: the wizard offers those that there are, and takes any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A Secret of the namespace.
    Secret,
    /// One that signs in to a registry.
    PullSecret,
    /// A ConfigMap of the namespace.
    ConfigMap,
    /// A PersistentVolumeClaim of the namespace.
    Claim,
    /// A ServiceAccount of the namespace.
    ServiceAccount,
    /// A PriorityClass.
    PriorityClass,
    /// A RuntimeClass.
    RuntimeClass,
    /// A label that nodes carry.
    NodeLabel,
    /// A volume or claim template of this set.
    Volume,
    /// A container of this set.
    Container,
}

impl Source {
    /// What such a name must look like.
    pub fn form(self) -> Form {
        match self {
            Self::NodeLabel => Form::LabelKey,
            Self::Volume | Self::Container => Form::DnsLabel,
            _ => Form::DnsName,
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A string.
    Text(Form),
    /// A whole number between two, both included.
    Integer(i64, i64),
    /// A whole number or a percentage.
    Share,
    /// The number of a port, or the name of a container's.
    Port,
    /// A quantity, such as `1Gi`.
    Quantity,
    /// `true` or `false`.
    Flag,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Words,
    /// A list of whole numbers.
    Integers,
    /// A map of strings.
    Pairs,
    /// A list of maps with these fields; and the lines with which a new one begins.
    Rows(&'static [FieldDef], &'static str),
    /// A map with these fields.
    Group(&'static [FieldDef]),
    /// A map in which one of several keys says what it is.
    Either(&'static [Variant]),
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct FieldDef {
    /// Below what it belongs to; empty for that itself.
    pub path: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What Kubernetes takes where it is absent; empty for nothing.
    pub default: &'static str,
    /// Its name.
    pub label: fn(Texts) -> &'static str,
    /// A sentence about it, in Kubernetes' terms.
    pub help: Option<fn(Texts) -> &'static str>,
    /// Its rows in the references (KS-nn, CCE-nn); empty for a part of another field.
    pub refs: &'static str,
}

/// One shape of a field that has several.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The key that says so; dotted where it lies deeper.
    pub key: &'static str,
    /// Its name.
    pub label: fn(Texts) -> &'static str,
    /// What lies below the key.
    pub fields: &'static [FieldDef],
    /// What is written when the shape is chosen, below the key; a path that ends with `[]` is a list's first member.
    pub start: &'static [(&'static str, &'static str)],
}

/// What a group of fields is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The StatefulSet's document.
    Set,
    /// A container of either list.
    Container,
    /// A claim template.
    Template,
    /// The headless Service's document.
    Service,
    /// Another Service's document.
    Access,
}

impl Scope {
    /// Whether it is below a Service, which is no part of a set.
    pub fn is_service(self) -> bool {
        matches!(self, Self::Service | Self::Access)
    }
}

/// Every group with what it is below, in the order of the wizard.
pub const GROUPS: &[(Scope, &[FieldDef])] = &[
    (Scope::Set, UPDATES),
    (Scope::Set, ANNOTATIONS),
    (Scope::Set, IMAGES),
    (Scope::Set, POD),
    (Scope::Set, POD_SECURITY),
    (Scope::Set, DNS),
    (Scope::Set, SCHEDULING),
    (Scope::Set, VOLUMES),
    (Scope::Container, CONTAINER),
    (Scope::Container, HOOKS),
    (Scope::Container, PROBES),
    (Scope::Container, SECURITY),
    (Scope::Template, TEMPLATE),
    (Scope::Service, SERVICE),
    (Scope::Access, ACCESS),
];

/// The shape that a field has now, by its number.
pub fn variant(bundle: &Bundle, base: &Place, variants: &[Variant]) -> Option<usize> {
    variants
        .iter()
        .position(|v| bundle.at(&base.join(v.key)).is_some())
}

/// A table of fields: `"path" => what it holds, "default", label / help, "references";`
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident: $($path:literal => $holds:expr, $default:literal, $label:ident $(/ $help:ident)?, $refs:literal;)*) => {
        $(#[$doc])*
        pub const $name: &[FieldDef] = &[$(FieldDef {
            path: $path,
            holds: $holds,
            default: $default,
            label: Texts::$label,
            help: fields!(@help $($help)?),
            refs: $refs,
        }),*];
    };
    (@help $help:ident) => { Some(Texts::$help) };
    (@help) => { None };
}
use fields;
