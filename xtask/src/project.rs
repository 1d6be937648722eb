//! Where things are, and how the tools that the project calls see the world.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The clone that this command works on and the user's cache beside it.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    /// The folder with the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// `$XDG_CACHE_HOME/ordinal`: shared by all clones of this user.
    pub(crate) cache: PathBuf,
    /// Folders put in front of PATH for every child.
    path: Vec<PathBuf>,
}

impl Project {
    /// Finds the clone by the manifest of this very crate.
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets the variable at run time too, and that one is right even in a moved clone.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .context("xtask has no parent folder")?
            .to_path_buf();
        let cache = match env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
            Some(dir) => PathBuf::from(dir),
            None => PathBuf::from(env::var_os("HOME").context("neither XDG_CACHE_HOME nor HOME is set")?)
                .join(".cache"),
        }
        .join("ordinal");
        std::fs::create_dir_all(&cache).with_context(|| format!("creating {}", cache.display()))?;
        let path = vec![root.join("end2end/node_modules/.bin")];
        Ok(Self { root, cache, path })
    }

    /// Lets every later child find the programs of `dir` first.
    pub(crate) fn prefer(&mut self, dir: PathBuf) {
        self.path.insert(0, dir);
    }

    /// A folder of the repository.
    pub(crate) fn dir(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Any program, with the project's tools on its PATH, started in the root of the clone.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// Cargo, with intermediate files in the cache: a second clone finds its dependencies compiled.
    pub(crate) fn cargo(&self) -> Command {
        // By name, not $CARGO: a toolchain of the cache may have been put in front.
        let mut command = self.command("cargo");
        command.env("CARGO_BUILD_BUILD_DIR", self.cache.join("build"));
        // Beside the binary by default; relative to it, this is the site, where the server looks for it.
        command.env("LEPTOS_HASH_FILE_NAME", "../site/hash.txt");
        // What `cargo run` told xtask about itself must not reach other crates' build scripts.
        for (key, _) in env::vars_os() {
            let name = key.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&key);
            }
        }
        command
    }

    fn search_path(&self) -> OsString {
        let old = env::var_os("PATH").unwrap_or_default();
        let all = self.path.iter().cloned().chain(env::split_paths(&old));
        // A folder with a colon in its name cannot be on PATH at all: then the old one has to do.
        env::join_paths(all).unwrap_or(old)
    }
}

/// The first program of this name on PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}
