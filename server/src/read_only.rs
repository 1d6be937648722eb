//! `--read-only` and `--no-exec`: which server functions change nothing. What is not named here is refused, so a new one is refused until
//! somebody says that it reads. Behind this every write is refused at its one door, too (`Kube::mutate`).
use app::api::ApiError;

/// The server functions that only read, by the end of their address. Dry runs are among them.
const READS: [&str; 27] = [
    "claims/fill",
    "claims/list",
    "create/check",
    "create/draft",
    "create/offers",
    "delete/plan",
    "edit/check",
    "edit/open",
    "edit/service",
    "editor",
    "logs/line",
    "logs/page",
    "ops/plan",
    "ops/revisions",
    "pods/environment",
    "pods/get",
    "pods/plan",
    "pods/reveal",
    "pods/usage",
    "pods/yaml",
    "session/get",
    "sets/get",
    "sets/list",
    "sets/service",
    "sets/template",
    "sets/yaml",
    "texts",
];

/// Those that start something in a container, or make one: with `--no-exec` there are none.
const ENTERS: [&str; 4] = ["claims/measure", "pods/debug", "pods/debug-plan", "pods/files"];

/// What a console that was started so says.
pub fn no_exec() -> ApiError {
    ApiError::Forbidden {
        verb: String::new(),
        resource: "pods/exec".to_owned(),
        message: "this console starts nothing in containers (--no-exec)".to_owned(),
    }
}

/// Whether the server function of this path changes nothing.
pub fn reads(path: &str) -> bool {
    path.strip_prefix("/api/")
        .is_some_and(|function| READS.contains(&function))
}

/// Whether the server function of this path is about what runs in containers.
pub fn enters(path: &str) -> bool {
    path.strip_prefix("/api/")
        .is_some_and(|function| ENTERS.contains(&function))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_them_is_a_server_function() {
        let all: Vec<&str> = leptos::server_fn::axum::server_fn_paths()
            .map(|(path, _)| path)
            .collect();
        for name in READS.into_iter().chain(ENTERS) {
            assert!(all.contains(&format!("/api/{name}").as_str()), "{name}");
        }
        assert!(!reads("/api/delete/delete") && !reads("/api/anything") && !reads("texts"));
        assert!(!reads("/api/pods/debug") && enters("/api/pods/debug") && !enters("/api/pods/get"));
    }
}
