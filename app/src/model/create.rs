//! What the wizard starts with, what it creates, and what came of it.
use crate::api::ApiError;
use serde::{Deserialize, Serialize};

/// What the wizard starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The manifest: a headless Service and a StatefulSet.
    pub text: String,
    /// What the cluster offers.
    pub choices: Choices,
    /// The texts of pages with an editor (`Texts::with_lazy`).
    pub texts: Vec<String>,
}

/// What the cluster offers to choose from; `None` where the user may not list it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Namespaces by name.
    pub namespaces: Option<Vec<String>>,
    /// StorageClasses by name.
    pub classes: Option<Vec<ClassChoice>>,
    /// Nodes.
    pub nodes: Option<Vec<NodeChoice>>,
    /// PriorityClasses by name.
    pub priority_classes: Option<Vec<String>>,
    /// RuntimeClasses by name.
    pub runtime_classes: Option<Vec<RuntimeChoice>>,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeChoice {
    /// Its labels.
    pub labels: Vec<(String, String)>,
    /// The extended resources that it offers (`nvidia.com/gpu`), without CPU, memory, storage and pods.
    pub resources: Vec<String>,
    /// Its taints as `kubectl taint` writes them: `key=value:effect`.
    pub taints: Vec<String>,
}

/// A RuntimeClass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuntimeChoice {
    /// Its name.
    pub name: String,
    /// What each pod costs on top of its containers: `memory 120Mi, cpu 250m`; empty for nothing.
    pub overhead: String,
}

/// A StorageClass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassChoice {
    /// Its name.
    pub name: String,
    /// Claims without a class get this one.
    pub is_default: bool,
    /// Its claims are bound when a pod is placed (`WaitForFirstConsumer`), not before.
    pub waits: bool,
}

/// An object that was created.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// `Service`, `StatefulSet` …
    pub kind: String,
    /// Its API group and version.
    pub api_version: String,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its UID, by which alone it is deleted again.
    pub uid: String,
}

/// What is to be created.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The documents.
    pub text: String,
    /// Where objects go that are in a namespace and name none; empty for the one of the kubeconfig.
    pub namespace: String,
    /// What an earlier try has created: it is passed over.
    pub kept: Vec<Created>,
    /// Of keys that stand twice the last one is sent, as kubectl does. Without it such a text is not created.
    pub last_key_counts: bool,
}

/// What the cluster says of a document without refusing it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its number in the text.
    pub document: usize,
    /// The field in the API server's notation; empty where it names none.
    pub field: String,
    /// Its own words.
    pub words: String,
}

/// How a create ended, or would end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What exists now, in the order of creation; nothing after a dry run.
    pub created: Vec<Created>,
    /// Numbers of the documents whose objects exist and are what the text says: they are left alone.
    pub unchanged: Vec<usize>,
    /// Documents that cannot be asked about before a Namespace or a definition of the same text exists.
    pub later: Vec<usize>,
    /// Documents in which a key stands twice.
    pub doubled: Vec<usize>,
    /// Fields that the cluster takes and does not keep: a version, or a feature that is off, does not know them.
    pub dropped: Vec<Said>,
    /// The API server's warnings.
    pub warnings: Vec<Said>,
    /// What it says of the first pod of a set and of that pod's claims. The set is taken all the same.
    pub pods: Vec<Said>,
    /// Each document that is refused; what was created before the first of them is in `created`.
    pub refused: Vec<(usize, ApiError)>,
}
