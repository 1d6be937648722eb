//! The rows of `docs/fields.md` that no declaration has.

/// Fields with an editor of their own: path, what it holds, default, references.
pub(super) const BY_HAND: &[(&str, &str, &str, &str)] = &[
    (
        "metadata.name",
        "text, a DNS label of at most 52 characters",
        "",
        "KS-41, CCE-10",
    ),
    (
        "metadata.namespace",
        "text, a DNS label, offered: the namespaces",
        "",
        "KS-43, CCE-12",
    ),
    (
        "metadata.annotations[kubernetes.io/description]",
        "text, at most 1000 characters",
        "",
        "KS-45, CCE-22",
    ),
    (
        "spec.replicas",
        "whole number, 0 to 2147483647",
        "1",
        "KS-44, CCE-17",
    ),
    (
        "spec.serviceName",
        "text, offered: the headless Services of the namespace",
        "",
        "KS-100, CCE-118, CCE-127",
    ),
    (
        "spec.selector.matchLabels",
        "map of strings, follows the labels",
        "",
        "KS-105, CCE-178",
    ),
    (
        "spec.template.metadata.labels",
        "map of strings",
        "",
        "KS-47, KS-105, CCE-178, CCE-179",
    ),
    (
        "spec.template.spec.nodeSelector",
        "map of strings, offered: labels of the nodes",
        "",
        "KS-108, KS-109, CCE-117, CCE-174",
    ),
    (
        "containers, initContainers",
        "cards, each with all of the fields below",
        "one container",
        "KS-48, KS-72, CCE-25, CCE-41",
    ),
    (
        "container: name",
        "text, a DNS label, unique",
        "container-<6 random>",
        "KS-50, CCE-27",
    ),
    (
        "container: image",
        "text without spaces; tag and digest stay as they are typed",
        "",
        "KS-51, CCE-28, CCE-29",
    ),
    (
        "container: imagePullPolicy",
        "one of Always, IfNotPresent, Never",
        "IfNotPresent, or Always for latest",
        "KS-73, CCE-30",
    ),
    (
        "container: command",
        "list of texts; a pasted line is split",
        "the image's",
        "KS-61, CCE-45",
    ),
    (
        "container: args",
        "list of texts; a pasted line is split",
        "the image's",
        "KS-62, CCE-46",
    ),
    (
        "container: ports",
        "rows: name, protocol, containerPort, hostPort",
        "",
        "KS-63, CCE-43",
    ),
    (
        "container: env",
        "rows: name and value, or name and source; pasted lines",
        "",
        "KS-67, KS-68, CCE-69, CCE-71, CCE-73, CCE-74, CCE-75, CCE-77",
    ),
    (
        "container: resources.requests.cpu, limits.cpu",
        "quantity",
        "",
        "KS-55, CCE-32, CCE-33",
    ),
    (
        "container: resources.requests.memory, limits.memory",
        "quantity",
        "",
        "KS-56, CCE-34, CCE-35",
    ),
    (
        "container: resources.limits (any other)",
        "rows: extended resource, offered: those of the nodes, and count",
        "",
        "KS-59, CCE-38, CCE-39",
    ),
    (
        "set: hostPath /etc/localtime in every container",
        "switch",
        "off",
        "KS-77, CCE-20",
    ),
    (
        "container: log files",
        "path; written as a sidecar, or as a mount with subPathExpr",
        "",
        "KS-98, CCE-106, CCE-107, CCE-108, CCE-109, CCE-110",
    ),
    ("Services, one a pod", "button", "", "CCE-148"),
    (
        "template: metadata.name",
        "text, a DNS label, unique",
        "data",
        "KS-85, KS-86, CCE-79, CCE-82",
    ),
    (
        "template: spec.storageClassName",
        "text, offered: the StorageClasses",
        "the cluster's default",
        "KS-88, CCE-83",
    ),
    (
        "template: spec.resources.requests.storage",
        "quantity",
        "10Gi",
        "KS-89, CCE-85",
    ),
    (
        "template: spec.accessModes",
        "one of the access modes",
        "ReadWriteOnce",
        "KS-90, CCE-84",
    ),
    (
        "template: mounts",
        "rows: container, path, read-only",
        "",
        "KS-91, CCE-87, CCE-89",
    ),
    (
        "headless Service: metadata.name",
        "text, a DNS label that begins with a letter",
        "the set's name",
        "KS-101, CCE-119",
    ),
    (
        "headless Service: spec.ports",
        "rows: name, protocol, port, targetPort",
        "",
        "KS-102, CCE-120, CCE-121",
    ),
    (
        "headless Service: spec.sessionAffinity",
        "one of None, ClientIP",
        "None",
        "KS-103",
    ),
];

/// References that are a rule, a tool or a sentence of the wizard: what it does.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    (
        "KS-42, CCE-11",
        "a name that the namespace has is told at the field; a create never overwrites it",
    ),
    ("KS-49, CCE-25", "no container is an error at the list"),
    (
        "KS-53, CCE-114, CCE-115",
        "Secrets of the registry types are offered; one that is not there is a warning",
    ),
    (
        "KS-54",
        "commands, variables and everything rare are folded, with what is set in them beside the title",
    ),
    ("KS-57", "a limit below its request is an error at the limit"),
    (
        "KS-58, KS-60, CCE-16",
        "what a quota counts and a container does not say is a warning, unless a LimitRange gives it; what that gives stands below the empty field",
    ),
    (
        "KS-64, CCE-26",
        "names of ports: form and uniqueness at the field",
    ),
    ("KS-66", "a click leads each port of a container to the Service"),
    (
        "KS-69",
        "all keys of a ConfigMap or Secret at once (`envFrom`); or ticked ones, each as a row that refers to its key",
    ),
    (
        "KS-70",
        "a ConfigMap or Secret is one more document of the text (code mode, import), created before the set",
    ),
    (
        "KS-71, CCE-78",
        "names of variables: form and uniqueness at the field",
    ),
    ("KS-87", "labels and annotations of the template"),
    (
        "KS-92, KS-93, KS-99, CCE-90",
        "sub-paths, paths that are used twice, mounts that go with their template",
    ),
    ("KS-94, CCE-95", "claims of the namespace are offered"),
    (
        "KS-104, CCE-123",
        "the headless Service selects what the set selects; a selector that finds no pod is an error with a correction",
    ),
    (
        "CCE-09",
        "apiVersion apps/v1; older versions are an error with a correction",
    ),
    (
        "CCE-13, CCE-14, CCE-15",
        "a namespace with its quota is created in place and chosen",
    ),
    (
        "CCE-18, CCE-19",
        "runtime classes are offered; what one costs each pod stands below",
    ),
    (
        "CCE-21",
        "the switch is on for a volume that was made by hand too, and takes away exactly that",
    ),
    (
        "CCE-31, CCE-76",
        "over an existing set each field says whether a change replaces the pods",
    ),
    ("CCE-36", "no request and no limit is advice in the review"),
    (
        "CCE-47, CCE-48",
        "which of command, arguments and the image's own runs stands below them; `sh -c` by a click",
    ),
    (
        "CCE-53, CCE-60, CCE-61, CCE-62, CCE-63",
        "parts of the probes and hooks",
    ),
    ("CCE-80", "claim templates are locked once the set exists"),
    (
        "CCE-96, CCE-97, CCE-98",
        "a StorageClass that waits for the first pod says so",
    ),
    (
        "CCE-99, CCE-100",
        "the page of claims, and the delete dialog with the reclaim policy of each volume",
    ),
    (
        "CCE-102",
        "privileged, and a user without a group for its volumes, are advice in the review; root that is refused at once is an error",
    ),
    (
        "CCE-103",
        "what the namespace's Pod Security level refuses is a warning at its field",
    ),
    ("CCE-104", "standard output needs nothing"),
    (
        "CCE-113",
        "what is no field of Kubernetes is kept and reported, with its line",
    ),
    (
        "CCE-116",
        "a pull secret is created in place; the password goes to the cluster only",
    ),
    (
        "CCE-122",
        "`clusterIP: None`; its absence is an error with a correction",
    ),
    (
        "CCE-124, CCE-126",
        "labels and `publishNotReadyAddresses` of the headless Service",
    ),
    ("CCE-125, CCE-147", "the detail page"),
    (
        "CCE-128, CCE-129, CCE-130, CCE-131",
        "any number of access Services of the three types, in the set's namespace",
    ),
    ("CCE-149", "what a quota refuses is told in the cluster's words"),
    (
        "CCE-151",
        "what the cluster takes and does not keep is told in the review",
    ),
    (
        "CCE-167, CCE-168, CCE-169, CCE-170, CCE-171, CCE-173",
        "parts of the affinity rules; presets to spread and to pack",
    ),
    (
        "CCE-176",
        "how many nodes match the selector is counted; events tell why a pod is not placed",
    ),
    (
        "CCE-185, CCE-189",
        "`dnsPolicy` and `dnsConfig` as Kubernetes has them",
    ),
];

/// References of another platform's own, or of other workloads: what they are, and what takes their place.
pub(super) const NOT_PORTABLE: &[(&str, &str, &str)] = &[
    (
        "KS-106",
        "a set of labels that another object has is refused",
        "Kubernetes keeps sets apart by the owner of each pod, and refuses nothing here",
    ),
    (
        "KS-46",
        "alias in Chinese",
        "an annotation of the set (`kubesphere.io/alias-name` is read by that console only)",
    ),
    (
        "KS-52",
        "search of a registry",
        "the image is typed; the API server cannot search registries",
    ),
    (
        "KS-65",
        "protocol prefix of port names",
        "the name is typed (`http-web` means the same to a mesh)",
    ),
    (
        "KS-84",
        "IP pool",
        "the annotation `cni.projectcalico.org/ipv4pools` of the pods",
    ),
    (
        "KS-95, KS-96, KS-97, CCE-91, CCE-92",
        "kinds of volumes that only one platform has (`LocalVolume`)",
        "emptyDir, hostPath, ConfigMap, Secret, claim",
    ),
    (
        "CCE-44",
        "library path for GPU images",
        "a variable of the container",
    ),
    (
        "CCE-55",
        "restart policy of the pods",
        "StatefulSets take `Always` only; anything else is an error",
    ),
    (
        "CCE-81, CCE-86",
        "existing disks; disk type, key and project of a cloud",
        "claims, labels and annotations of the template, a StorageClass",
    ),
    (
        "CCE-105, CCE-111, CCE-112",
        "rules of a log agent",
        "annotations of the agent that the cluster runs",
    ),
    (
        "CCE-117",
        "type of GPU card",
        "the node selector with the labels of the nodes",
    ),
    (
        "CCE-141, CCE-142, CCE-143, CCE-144, CCE-145",
        "settings of a cloud's load balancer",
        "`loadBalancerClass`, `loadBalancerSourceRanges`, annotations; Ingress or Gateway for layer 7",
    ),
    (
        "CCE-146",
        "readiness gates of a load balancer",
        "`readinessGates` in the text; kept and counted",
    ),
    (
        "CCE-152, CCE-155",
        "max surge, progress deadline",
        "Deployments only; the detail page says when a rollout is stuck",
    ),
    (
        "CCE-157",
        "which pods stop first",
        "StatefulSets stop the highest ordinal first",
    ),
    (
        "CCE-183",
        "custom metrics of a cloud",
        "annotations of the pods, or a ServiceMonitor",
    ),
];
