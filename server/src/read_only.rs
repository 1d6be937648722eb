//! `--read-only`: which server functions change nothing. What is not named here is refused, so a new one is refused until
//! somebody says that it reads. Behind this every write is refused at its one door, too (`Kube::mutate`).

/// The server functions that only read, by the end of their address. Dry runs are among them.
const READS: [&str; 25] = [
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
    "pods/yaml",
    "session/get",
    "sets/get",
    "sets/list",
    "sets/service",
    "sets/template",
    "sets/yaml",
    "texts",
];

/// Whether the server function of this path changes nothing.
pub fn reads(path: &str) -> bool {
    path.strip_prefix("/api/")
        .is_some_and(|function| READS.contains(&function))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_them_is_a_server_function() {
        let all: Vec<&str> = leptos::server_fn::axum::server_fn_paths()
            .map(|(path, _)| path)
            .collect();
        for name in READS {
            assert!(all.contains(&format!("/api/{name}").as_str()), "{name}");
        }
        assert!(!reads("/api/delete/delete") && !reads("/api/anything") && !reads("texts"));
    }
}
