//! What the binary is made of, as CycloneDX: the crates of the server and of the wasm, and the npm packages of the
//! editor and the terminal. Nothing in it changes while these stay the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::project::Project;

/// The text of the list, for a binary of this target.
///
/// # Errors
/// Cargo or a lock file says something unexpected.
pub(crate) fn write(project: &Project, target: &str) -> Result<String> {
    let mut components = BTreeMap::new();
    for (package, target) in [("server", target), ("frontend", "wasm32-unknown-unknown")] {
        crates(project, package, target, &mut components)?;
    }
    npm(project, &mut components)?;
    let version = env!("CARGO_PKG_VERSION");
    let list = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application",
            "bom-ref": "ordinal",
            "name": "ordinal",
            "version": version,
            "licenses": [{"expression": "Apache-2.0"}],
        }},
        "components": components.into_values().collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&list)? + "\n")
}

/// The crates of others that are linked into a package: what is only needed to build or to test it is left out.
fn crates(
    project: &Project,
    root: &str,
    target: &str,
    components: &mut BTreeMap<String, Value>,
) -> Result<()> {
    let args = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        target,
    ];
    let output = project.cargo().args(args).output()?;
    ensure!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        let all = list.as_array().into_iter().flatten();
        all.filter_map(|one| Some((one["id"].as_str()?.to_owned(), one.clone())))
            .collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let start = packages
        .iter()
        .find(|(_, package)| package["name"] == root && package["source"].is_null())
        .with_context(|| format!("no package {root}"))?;
    let checksums = checksums(project)?;
    let (mut seen, mut next) = (BTreeSet::new(), vec![start.0.clone()]);
    while let Some(id) = next.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let package = packages.get(&id).with_context(|| format!("no package {id}"))?;
        if !package["source"].is_null() {
            let (purl, component) = library(package, &checksums);
            components.insert(purl, component);
        }
        let needs = nodes.get(&id).and_then(|node| node["deps"].as_array());
        let linked = needs.into_iter().flatten().filter(|dep| {
            let kinds = dep["dep_kinds"].as_array();
            kinds.into_iter().flatten().any(|kind| kind["kind"].is_null())
        });
        next.extend(linked.filter_map(|dep| dep["pkg"].as_str()).map(str::to_owned));
    }
    Ok(())
}

fn library(package: &Value, checksums: &BTreeMap<(String, String), String>) -> (String, Value) {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let (name, version) = (text("name"), text("version"));
    let purl = format!("pkg:cargo/{name}@{version}");
    // The form that older crates have.
    let license = package["license"].as_str().map(|l| l.replace('/', " OR "));
    let mut component = component(&purl, &name, &version, license.as_deref());
    if let Some(checksum) = checksums.get(&(name, version)) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    (purl, component)
}

/// A library under its package URL, with the expression of its licence where it has one.
fn component(purl: &str, name: &str, version: &str, license: Option<&str>) -> Value {
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
    });
    if let Some(license) = license {
        component["licenses"] = json!([{"expression": license}]);
    }
    component
}

/// The checksums of Cargo.lock by name and version. It is written by cargo, one field a line.
fn checksums(project: &Project) -> Result<BTreeMap<(String, String), String>> {
    let lock = fs::read_to_string(project.dir("Cargo.lock"))?;
    let packages = lock.split("[[package]]").filter_map(|package| {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.strip_prefix(" = ")?.trim_matches('"').to_owned())
        };
        Some(((field("name")?, field("version")?), field("checksum")?))
    });
    Ok(packages.collect())
}

/// What the bundle of the editor and the terminal is made of.
fn npm(project: &Project, components: &mut BTreeMap<String, Value>) -> Result<()> {
    let lock = fs::read_to_string(project.dir("frontend/js/package-lock.json"))?;
    let lock: Value = serde_json::from_str(&lock)?;
    let packages = lock["packages"]
        .as_object()
        .context("package-lock.json has no packages")?;
    for (place, package) in packages {
        let Some((_, name)) = place.rsplit_once("node_modules/") else {
            continue;
        };
        if package["dev"] == true || package["optional"] == true {
            continue;
        }
        let version = package["version"].as_str().unwrap_or_default();
        let purl = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
        let component = component(&purl, name, version, package["license"].as_str());
        components.insert(purl, component);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_told_with_its_licence_and_its_checksum() {
        let package = json!({"name": "a", "version": "1.0.0", "license": "MIT/Apache-2.0"});
        let known = BTreeMap::from([(("a".to_owned(), "1.0.0".to_owned()), "abc".to_owned())]);
        let (purl, told) = library(&package, &known);
        assert_eq!(purl, "pkg:cargo/a@1.0.0");
        assert_eq!(told["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(told["hashes"][0]["content"], "abc");
    }
}
