//! Go, which builds the programs that are pinned as Go modules.

use std::path::Path;

use anyhow::{Result, bail};

use crate::project::{Project, which};

/// The Go with which a module is built; none where there is no Go on this machine.
pub(super) fn version(project: &Project, module: &Path) -> Result<Option<String>> {
    if which("go").is_none() {
        return Ok(None);
    }
    let version = project
        .command("go")
        .current_dir(module)
        .args(["env", "GOVERSION"])
        .output()?;
    if !version.status.success() {
        bail!(
            "`go env` failed in {}: {}",
            module.display(),
            String::from_utf8_lossy(&version.stderr)
        );
    }
    Ok(Some(String::from_utf8_lossy(&version.stdout).trim().to_owned()))
}
