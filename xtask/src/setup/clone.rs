//! The compiled dependencies are shared by all clones of a user, and with them the place of the workspace's own crates:
//! cargo tells those apart by their path inside the workspace only, and their freshness by the age of their files. So
//! the clone that builds after another one makes its own sources new again.

use std::fs::{self, File};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::progress::step;
use crate::project::Project;
use crate::release;

/// The workspace's own crates.
const CRATES: &[&str] = &["app", "frontend", "server", "xtask"];

/// Takes the shared build folder over from another clone, if it was the last to build.
pub(crate) fn claim(project: &Project) -> Result<()> {
    let stamp = project.cache.join("build/clone");
    let this = project.root.to_string_lossy().into_owned();
    if fs::read_to_string(&stamp).is_ok_and(|last| last == this) {
        return Ok(());
    }
    step("compiled dependencies of another clone", |_| {
        let now = SystemTime::now();
        for name in CRATES {
            for file in release::files(&project.dir(name))? {
                let open = File::options().append(true).open(&file);
                open.and_then(|open| open.set_modified(now))
                    .with_context(|| format!("touching {}", file.display()))?;
            }
        }
        fs::create_dir_all(project.cache.join("build"))?;
        fs::write(&stamp, &this)?;
        Ok(((), "shared"))
    })
}
