//! What follows an edit: places that were derived from the edited one, and only while they still equal it.
use super::{
    documents::Bundle,
    edit::{Edit, EditError, Value, apply_to, set_together},
    field::children,
    form::{StatefulSetForm, TemplateForm},
    path::{Place, Segment},
};

/// Applies an edit and what follows from it.
///
/// # Errors
/// As [`apply`]. A follower that cannot be written is left as it is: the rules of `lint` name the mismatch then.
pub fn apply_linked(text: &str, edit: &Edit) -> Result<String, EditError> {
    let bundle = Bundle::read(text).map_err(|_| EditError::Unreadable)?;
    let form = StatefulSetForm::read(&bundle);
    apply_linked_where(&bundle, &form, edit, None, |_| true).map(|linked| linked.bundle.text)
}

/// A text after an edit and what follows from it.
pub struct Linked {
    /// The text as it is read now.
    pub bundle: Bundle,
    /// Where it was written, if nothing but scalars were written over others: everything else is what it was.
    pub scalars: Option<Vec<Place>>,
}

/// As [`apply_linked`], on a text that has been read, and whose form has; with those followers only whose place may
/// change. `written` is what is written instead of the edit, for the same meaning.
///
/// # Errors
/// As [`apply_linked`].
pub fn apply_linked_where(
    bundle: &Bundle,
    form: &StatefulSetForm,
    edit: &Edit,
    written: Option<&Edit>,
    may: impl Fn(&Place) -> bool,
) -> Result<Linked, EditError> {
    let mut followers = followers(bundle, form, edit);
    followers.retain(|f| may(f.place()));
    let written = written.unwrap_or(edit);
    let all = || std::iter::once(written).chain(&followers);
    if let Some(bundle) = set_together(bundle, all()) {
        let scalars = Some(all().map(|e| e.place().clone()).collect());
        return Ok(Linked { bundle, scalars });
    }
    let mut new = apply_to(bundle, written)?;
    for follower in followers {
        if let Ok(next) = apply_to(&new, &follower) {
            new = next;
        }
    }
    Ok(Linked {
        bundle: new,
        scalars: None,
    })
}

fn followers(bundle: &Bundle, form: &StatefulSetForm, edit: &Edit) -> Vec<Edit> {
    let Some(set) = form.set else { return Vec::new() };
    match edit {
        Edit::Set(place, value) => of_set(bundle, form, set, place, value.as_str()),
        Edit::Insert(place, key, value) if *place == labels(set) => {
            vec![Edit::Insert(
                Place::new(set, "metadata.labels"),
                key.clone(),
                value.clone(),
            )]
        }
        Edit::Rename(place, key) => of_label(bundle, form, set, place)
            .into_iter()
            .map(|place| Edit::Rename(place, key.clone()))
            .collect(),
        Edit::Remove(place) => of_remove(bundle, form, set, place),
        _ => Vec::new(),
    }
}

fn labels(set: usize) -> Place {
    Place::new(set, "spec.template.metadata.labels")
}

/// Writes the new value to those places that hold the old one.
fn carry(bundle: &Bundle, places: impl IntoIterator<Item = Place>, old: &str, new: &str) -> Vec<Edit> {
    let held = |place: &Place| bundle.at(place).and_then(super::tree::Node::text) == Some(old);
    places
        .into_iter()
        .filter(held)
        .map(|place| Edit::Set(place, Value::Text(new.to_owned())))
        .collect()
}

fn of_set(bundle: &Bundle, form: &StatefulSetForm, set: usize, place: &Place, new: &str) -> Vec<Edit> {
    let old = bundle.get(place);
    let service = form.service.as_ref();
    if *place == form.name.place {
        return of_name(bundle, form, set, old, new);
    }
    if *place == form.namespace.place {
        return carry(bundle, service.map(|s| s.namespace.place.clone()), old, new);
    }
    if service.is_some_and(|s| s.name.place == *place) {
        return carry(bundle, [form.service_name.place.clone()], old, new);
    }
    if let Some(template) = form.templates.iter().find(|t| t.name.place == *place) {
        let mounts = template.mounts.iter().map(|m| m.place.key("name"));
        return carry(bundle, mounts, old, new);
    }
    let volume = place.path.parent().map(|path| Place {
        path,
        ..place.clone()
    });
    if place.path.0.last() == Some(&Segment::Key("name".into()))
        && volume.is_some_and(|v| volume_of(bundle, set, &v).is_some())
    {
        let mounts = mounts_of(bundle, form, old).into_iter().map(|m| m.key("name"));
        return carry(bundle, mounts, old, new);
    }
    if let Some(port) = form
        .containers
        .iter()
        .flat_map(|c| &c.ports)
        .find(|p| p.port.place == *place)
    {
        let rows = service.map(|s| s.ports.as_slice()).unwrap_or_default();
        let rows = rows.iter().filter(|r| r.target.text == port.port.text);
        let places = rows.flat_map(|r| [r.port.place.clone(), r.target.place.clone()]);
        let carried = carry(bundle, places, old, new).into_iter();
        return carried
            .map(|e| {
                if let Edit::Set(p, v) = e {
                    Edit::Set(p, Value::Typed(v.as_str().into()))
                } else {
                    e
                }
            })
            .collect();
    }
    if let Some(port) = form
        .containers
        .iter()
        .flat_map(|c| &c.ports)
        .find(|p| p.name.place == *place)
    {
        let rows = service.map(|s| s.ports.as_slice()).unwrap_or_default();
        let targets = rows
            .iter()
            .filter(|_| !port.name.text.is_empty())
            .map(|r| r.target.place.clone());
        return carry(bundle, targets, old, new);
    }
    let same = of_label(bundle, form, set, place);
    carry(bundle, same, old, new)
}

/// The name of the set is also its label `app`, its Service's name and label, and both selectors.
fn of_name(bundle: &Bundle, form: &StatefulSetForm, set: usize, old: &str, new: &str) -> Vec<Edit> {
    let label = |text: &str| text.chars().take(63).collect::<String>();
    let mut apps = vec![
        Place::new(set, "metadata.labels.app"),
        Place::new(set, "spec.selector.matchLabels.app"),
        labels(set).key("app"),
    ];
    let mut names = Vec::new();
    if let Some(service) = &form.service
        && form.service_name.text == service.name.text
    {
        apps.push(Place::new(service.document, "metadata.labels.app"));
        apps.push(Place::new(service.document, "spec.selector.app"));
        names.push(form.service_name.place.clone());
        names.push(service.name.place.clone());
    }
    let mut edits = carry(bundle, names, old, new);
    edits.extend(carry(bundle, apps, &label(old), &label(new)));
    edits
}

/// The entries that hold the same key and value as a label of the pods: on the set, in its selector, in the
/// Service's selector.
fn of_label(bundle: &Bundle, form: &StatefulSetForm, set: usize, place: &Place) -> Vec<Place> {
    let (Some(parent), Some(Segment::Index(n))) = (place.path.parent(), place.path.0.last()) else {
        return Vec::new();
    };
    let pods = labels(set);
    if place.document != set || parent != pods.path {
        return Vec::new();
    }
    let Some(pair) = form.labels.get(*n) else {
        return Vec::new();
    };
    let mut maps = vec![
        Place::new(set, "metadata.labels"),
        Place::new(set, "spec.selector.matchLabels"),
    ];
    maps.extend(
        form.service
            .iter()
            .map(|s| Place::new(s.document, "spec.selector")),
    );
    maps.iter()
        .filter_map(|map| same_entry(bundle, map, &pair.key, &pair.value.text))
        .collect()
}

/// The last entry of a map with this key and value; by number, since keys may repeat while they are typed.
fn same_entry(bundle: &Bundle, map: &Place, key: &str, value: &str) -> Option<Place> {
    let entries = bundle.at(map)?.entries();
    let n = entries
        .iter()
        .rposition(|e| *e.key == *key && e.value.text().unwrap_or_default() == value)?;
    Some(map.index(n))
}

/// The name of a volume of the pods, where the place is one.
fn volume_of(bundle: &Bundle, set: usize, place: &Place) -> Option<String> {
    let list = Place::new(set, "spec.template.spec.volumes");
    let name = bundle.get(&place.key("name"));
    (children(bundle, &list).any(|v| v == *place) && !name.is_empty()).then(|| name.to_owned())
}

/// The mounts of a volume, in every container, in their order.
fn mounts_of(bundle: &Bundle, form: &StatefulSetForm, name: &str) -> Vec<Place> {
    let all = form.containers.iter().chain(&form.init);
    let lists: Vec<Place> = all.map(|c| c.place.key("volumeMounts")).collect();
    let mounts = lists.iter().flat_map(|list| children(bundle, list));
    mounts.filter(|m| bundle.get(&m.key("name")) == name).collect()
}

fn of_remove(bundle: &Bundle, form: &StatefulSetForm, set: usize, place: &Place) -> Vec<Edit> {
    if let Some(template) = form.templates.iter().find(|t| t.place == *place) {
        return unmount(template);
    }
    if let Some(name) = volume_of(bundle, set, place) {
        let mounts = mounts_of(bundle, form, &name).into_iter().rev();
        return mounts.map(Edit::Remove).collect();
    }
    if let Some(port) = form
        .containers
        .iter()
        .flat_map(|c| &c.ports)
        .find(|p| p.place == *place)
    {
        let rows = form
            .service
            .as_ref()
            .map(|s| s.ports.as_slice())
            .unwrap_or_default();
        let targets = |t: &str| !t.is_empty() && (t == port.port.text || t == port.name.text);
        // From the last to the first, so that the numbers before stay right.
        return rows
            .iter()
            .rev()
            .filter(|r| targets(&r.target.text))
            .map(|r| Edit::Remove(r.place.clone()))
            .collect();
    }
    // A label goes from the set too; from a selector only together with the pods' label, never alone.
    of_label(bundle, form, set, place)
        .into_iter()
        .map(Edit::Remove)
        .collect()
}

fn unmount(template: &TemplateForm) -> Vec<Edit> {
    template
        .mounts
        .iter()
        .rev()
        .map(|m| Edit::Remove(m.place.clone()))
        .collect()
}

#[cfg(test)]
#[path = "links_tests.rs"]
mod tests;
