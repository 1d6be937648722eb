//! Log files of a container (CCE-106, CCE-109, KS-98): read by a sidecar, or kept on the node in a directory a pod.
use super::{apply_all, free_name};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, EditError},
    field::children,
    form::{ContainerForm, StatefulSetForm},
    path::Place,
    scalar::{self, Style},
};

/// Who reads the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collect {
    /// A sidecar, whose own output they become: `kubectl logs -c` shows them. They go with the pod.
    Sidecar,
    /// An agent on the node: below [`NODE`], in a directory with the name of the pod. They stay.
    Node,
}

/// Where an agent on the node finds the files, with a directory a pod below it.
const NODE: &str = "/var/log/statefulsets";
/// The image of the sidecar: small, with a shell and `tail`.
const IMAGE: &str = "busybox:1.37";

/// With the directory `path` of a container collected.
///
/// # Errors
/// Where a list is written in a way that only the text can change.
pub fn with_logs(
    bundle: &Bundle,
    form: &StatefulSetForm,
    container: &ContainerForm,
    path: &str,
    collect: Collect,
) -> Result<String, EditError> {
    let set = form.set.ok_or(EditError::Missing)?;
    let spec = Place::new(set, "spec.template.spec");
    let volumes = spec.key("volumes");
    let taken: Vec<&str> = children(bundle, &volumes)
        .map(|v| bundle.get(&v.key("name")))
        .collect();
    let volume = free_name("logs", &taken);
    let path = scalar::string(path, Style::Plain, false);
    let mount = |rest: &str| {
        let row = format!("name: {volume}\nmountPath: {path}{rest}");
        Edit::Append(container.place.key("volumeMounts"), row)
    };
    let edits = match collect {
        Collect::Sidecar => {
            let all = form.containers.iter().chain(&form.init);
            let names: Vec<&str> = all.map(|c| c.name.text.as_str()).collect();
            vec![
                Edit::Append(volumes, format!("name: {volume}\nemptyDir: {{}}")),
                mount(""),
                Edit::Append(
                    spec.key("initContainers"),
                    sidecar(&free_name("logs", &names), &volume),
                ),
            ]
        }
        Collect::Node => {
            let named = container.env.iter().any(|e| e.name.text == "POD_NAME");
            let env = "name: POD_NAME\nvalueFrom:\n  fieldRef:\n    fieldPath: metadata.name";
            let env = (!named).then(|| Edit::Append(container.place.key("env"), env.to_owned()));
            let host = format!("name: {volume}\nhostPath:\n  path: {NODE}\n  type: DirectoryOrCreate");
            let mounted = mount("\nsubPathExpr: $(POD_NAME)");
            env.into_iter()
                .chain([Edit::Append(volumes, host), mounted])
                .collect()
        }
    };
    apply_all(&bundle.text, edits)
}

/// A container that starts before the others and runs beside them (`restartPolicy: Always`, Kubernetes 1.29), waits for
/// the first file, and follows all of them.
fn sidecar(name: &str, volume: &str) -> String {
    format!(
        "name: {name}\nimage: {IMAGE}\nrestartPolicy: Always\ncommand:\n- sh\n- -c\n\
         - until ls /logs/* >/dev/null 2>&1; do sleep 2; done; exec tail -n +1 -F /logs/*\n\
         volumeMounts:\n- name: {volume}\n  mountPath: /logs\n  readOnly: true"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: i\n";

    fn collected(collect: Collect) -> (String, StatefulSetForm) {
        let bundle = Bundle::read(SET).unwrap();
        let form = StatefulSetForm::read(&bundle);
        let new = with_logs(&bundle, &form, &form.containers[0], "/var/log/app", collect).unwrap();
        let form = StatefulSetForm::read(&Bundle::read(&new).unwrap());
        (new, form)
    }

    #[test]
    fn a_sidecar_follows_the_files() {
        let (text, form) = collected(Collect::Sidecar);
        assert_eq!(form.init[0].name.text, "logs");
        assert_eq!(
            form.init[0].command[2].text,
            "until ls /logs/* >/dev/null 2>&1; do sleep 2; done; exec tail -n +1 -F /logs/*"
        );
        assert!(text.contains("mountPath: /var/log/app") && text.contains("restartPolicy: Always"));
    }

    #[test]
    fn on_the_node_each_pod_has_its_directory() {
        let (text, form) = collected(Collect::Node);
        assert_eq!(form.containers[0].env[0].name.text, "POD_NAME");
        assert!(text.contains("subPathExpr: $(POD_NAME)") && text.contains("type: DirectoryOrCreate"));
    }
}
