//! The container itself: its name, and what each profile lets it do.
use app::{api::ApiError, model::pod::debug::Profile};
use serde_json::{Value, json};

/// The letters of generated names: those of Kubernetes, which make no words (`k8s.io/apimachinery/pkg/util/rand`).
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
/// Who runs where the pod does not say it and root is not allowed: "nobody".
const NOBODY: i64 = 65_534;

pub(super) fn named(container: &Value) -> Option<&str> {
    container["name"].as_str()
}

fn of<'a>(pod: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    pod["spec"][list].as_array().into_iter().flatten()
}

/// All containers, of every kind: names are unique among them.
fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    lists.into_iter().flat_map(|list| of(pod, list))
}

/// Those that can be looked at: the main ones, and the init containers that go on beside them.
pub(super) fn targets(pod: &Value) -> impl Iterator<Item = &Value> {
    let sidecars = of(pod, "initContainers").filter(|c| c["restartPolicy"] == "Always");
    of(pod, "containers").chain(sidecars)
}

/// A name that no container of the pod has.
pub(super) fn name(pod: &Value) -> String {
    loop {
        let letter = |_| char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
        let name = format!("debugger-{}", (0..5).map(letter).collect::<String>());
        if !has(pod, &name) {
            return name;
        }
    }
}

pub(super) fn has(pod: &Value, name: &str) -> bool {
    containers(pod).filter_map(named).any(|n| n == name)
}

/// The container, as the cluster takes it.
///
/// # Errors
/// Invalid where the pod has no such target.
pub(super) fn container(
    pod: &Value,
    name: &str,
    image: &str,
    target: &str,
    profile: Profile,
) -> Result<Value, ApiError> {
    let found = targets(pod).find(|c| named(c) == Some(target));
    if !target.is_empty() && found.is_none() {
        return Err(ApiError::invalid(format!("{target:?} cannot be looked at")));
    }
    let mut container = json!({
        "name": name,
        "image": image,
        // It waits for whoever comes; a terminal is a shell of its own beside it.
        "command": ["sh"],
        "stdin": true,
        "tty": true,
        "terminationMessagePolicy": "File",
    });
    if !target.is_empty() {
        container["targetContainerName"] = json!(target);
    }
    if let Some(context) = security(profile, pod, found) {
        container["securityContext"] = context;
    }
    Ok(container)
}

/// What each profile of `kubectl debug` sets in an ephemeral container (`k8s.io/kubectl/pkg/cmd/debug/profiles.go`).
///
/// "restricted" says who runs, too: kubectl leaves that to the image, and the kubelet does not start one whose user is
/// root, as that of busybox is. It is the target's user, whose files and processes can be seen then.
fn security(profile: Profile, pod: &Value, target: Option<&Value>) -> Option<Value> {
    match profile {
        Profile::General => Some(json!({"capabilities": {"add": ["SYS_PTRACE"]}})),
        Profile::Baseline => None,
        Profile::Restricted => Some(json!({
            "runAsNonRoot": true,
            "runAsUser": user(pod, target),
            "capabilities": {"drop": ["ALL"]},
            "allowPrivilegeEscalation": false,
            "seccompProfile": {"type": "RuntimeDefault"},
        })),
        Profile::Netadmin => Some(json!({"capabilities": {"add": ["NET_ADMIN", "NET_RAW"]}})),
        Profile::Sysadmin => Some(json!({"privileged": true})),
    }
}

/// The user of the target as the manifest says it, unless that is root.
fn user(pod: &Value, target: Option<&Value>) -> i64 {
    let of = |place: &Value| place["securityContext"]["runAsUser"].as_i64();
    let told = target.and_then(of).or_else(|| of(&pod["spec"]));
    told.filter(|user| *user > 0).unwrap_or(NOBODY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::is_dns_name;

    fn pod() -> Value {
        json!({"metadata": {"uid": "u1", "resourceVersion": "7"}, "spec": {
            "initContainers": [{"name": "init"}, {"name": "proxy", "restartPolicy": "Always"}],
            "containers": [{"name": "db", "securityContext": {"runAsUser": 999}}, {"name": "exporter"}],
            "ephemeralContainers": [{"name": "debugger-old"}]}})
    }

    fn built(profile: Profile, target: &str) -> Value {
        container(&pod(), "debugger-x", "busybox:1.37", target, profile).expect("is built")
    }

    #[test]
    fn each_profile_sets_what_kubectl_sets() {
        let context = |profile| built(profile, "db")["securityContext"].clone();
        let add = |names: Value| json!({"capabilities": {"add": names}});
        assert_eq!(context(Profile::General), add(json!(["SYS_PTRACE"])));
        assert_eq!(context(Profile::Baseline), Value::Null);
        assert_eq!(context(Profile::Netadmin), add(json!(["NET_ADMIN", "NET_RAW"])));
        assert_eq!(context(Profile::Sysadmin), json!({"privileged": true}));
    }

    #[test]
    fn restricted_is_what_pod_security_asks_for_and_runs_as_the_targets_user() {
        let context = built(Profile::Restricted, "db")["securityContext"].clone();
        let asked = json!({"runAsNonRoot": true, "runAsUser": 999, "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}});
        assert_eq!(context, asked);
        let user = |pod: Value, target| {
            let built = container(&pod, "d", "i", target, Profile::Restricted).expect("is built");
            built["securityContext"]["runAsUser"].clone()
        };
        assert_eq!(user(pod(), "exporter"), NOBODY, "nobody says who");
        let mut told = pod();
        told["spec"]["securityContext"] = json!({"runAsUser": 70});
        assert_eq!(user(told.clone(), "exporter"), 70, "the pod says who");
        told["spec"]["securityContext"] = json!({"runAsUser": 0});
        assert_eq!(user(told, ""), NOBODY, "never root");
    }

    #[test]
    fn it_is_a_shell_beside_its_target() {
        let container = built(Profile::General, "proxy");
        assert_eq!(container["targetContainerName"], "proxy");
        assert_eq!(
            (&container["command"], &container["stdin"]),
            (&json!(["sh"]), &json!(true))
        );
        assert_eq!(built(Profile::General, "").get("targetContainerName"), None);
        for target in ["init", "debugger-old", "nothing"] {
            let built = container_of(target);
            assert!(matches!(built, Err(ApiError::Invalid { .. })), "{target}");
        }
    }

    fn container_of(target: &str) -> Result<Value, ApiError> {
        container(&pod(), "debugger-x", "busybox:1.37", target, Profile::General)
    }

    #[test]
    fn its_name_is_new_and_is_a_name() {
        for _ in 0..50 {
            let name = name(&pod());
            assert!(is_dns_name(&name) && name.len() == 14, "{name}");
        }
    }
}
