//! helm, with which the chart is tested: built once from its pinned Go module.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::go;
use crate::cache;
use crate::progress::step;
use crate::project::Project;

/// The same as in deploy/helm/go.mod.
const VERSION: &str = "v4.3.1";

/// The program; builds it where it is missing.
///
/// # Errors
/// There is no Go on this machine, or it fails to build.
pub(crate) fn program(project: &Project) -> Result<PathBuf> {
    step("helm", |step| {
        let module = project.dir("deploy/helm");
        let key = cache::key(&[module.join("go.mod"), module.join("go.sum")], &[])?;
        let place = project.cache.join(format!("tools/helm-{VERSION}-{key}"));
        let whole = |dir: &Path| cache::says(&dir.join("helm"), &["version"], VERSION);
        let (dir, outcome) = cache::entry(&place, step, whole, |dir| {
            if go::version(project, &module)?.is_none() {
                bail!(
                    "there is no Go on this machine, and helm is built with it.\n\
                     Either install Go 1.26 or newer (https://go.dev/dl), or leave the chart's tests out:\n\
                     cargo xtask test --only unit"
                );
            }
            step.note("building from Go modules (3 min where nothing is cached)");
            let told = format!("-s -w -X helm.sh/helm/v4/internal/version.version={VERSION}");
            let mut go = project.command("go");
            go.current_dir(&module).env("CGO_ENABLED", "0");
            go.args(["build", "-mod=readonly", "-trimpath", "-ldflags", &told, "-o"]);
            step.run(go.arg(dir.join("helm")).arg("tool"))
        })?;
        Ok((dir.join("helm"), outcome))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helm_says_the_version_that_is_pinned() {
        let pinned = include_str!("../../../deploy/helm/go.mod");
        assert!(pinned.contains(&format!("helm.sh/helm/v4 {VERSION}")));
    }
}
