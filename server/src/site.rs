//! The built site: a folder, or the one inside the release binary, unpacked to a private folder at the start.
use anyhow::{Context, bail};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where the static files are; a temporary folder goes when this is dropped.
pub struct Site {
    root: PathBuf,
    editor: Arc<str>,
    style: Arc<str>,
    build: String,
    _unpacked: Option<tempfile::TempDir>,
}

impl Site {
    /// The folder that holds `pkg/`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file in which the build wrote the content hashes of its files' names.
    pub fn hashes(&self) -> PathBuf {
        self.root.join("hash.txt")
    }

    /// The URL of the editor's script; empty where the site has none. Its folder is called after its contents.
    pub fn editor(&self) -> Arc<str> {
        Arc::clone(&self.editor)
    }

    /// The text of the style sheet; empty where there is none, and in the edit loop, which writes it anew under the server.
    pub fn style(&self) -> Arc<str> {
        Arc::clone(&self.style)
    }

    /// What tells this version from others: of the code, and of the site's files.
    pub fn build(&self) -> &str {
        &self.build
    }

    fn new(root: PathBuf, unpacked: Option<tempfile::TempDir>) -> Self {
        let folder = std::fs::read_dir(root.join("pkg"))
            .into_iter()
            .flatten()
            .flatten();
        let names: Vec<String> = folder
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        let editor = names.iter().find(|name| name.starts_with("editor-"));
        let sheet = names
            .iter()
            .find(|name| name.ends_with(".css") && !cfg!(debug_assertions));
        let style = sheet.and_then(|name| std::fs::read_to_string(root.join("pkg").join(name)).ok());
        let hashes = std::fs::read_to_string(root.join("hash.txt")).unwrap_or_default();
        let hashes: Vec<&str> = hashes.split_whitespace().collect();
        Self {
            build: format!("{} {}", env!("CARGO_PKG_VERSION"), hashes.join(" ")),
            editor: editor
                .map(|name| format!("/pkg/{name}/editor.js"))
                .unwrap_or_default()
                .into(),
            style: style.unwrap_or_default().into(),
            root,
            _unpacked: unpacked,
        }
    }

    /// A site that has no files, for tests of everything else.
    pub fn empty() -> Self {
        Self::new(PathBuf::from("/nonexistent"), None)
    }
}

/// Opens the folder that was named, else the site that was built in.
///
/// # Errors
/// There is neither; or the folder has no built site.
pub fn open(named: Option<&Path>) -> anyhow::Result<Site> {
    if let Some(root) = named {
        let root = root
            .canonicalize()
            .with_context(|| format!("--site-root {}", root.display()))?;
        if !root.join("pkg").is_dir() {
            bail!(
                "--site-root {}: no built site there (`cargo xtask build --release` makes one)",
                root.display()
            );
        }
        return Ok(Site::new(root, None));
    }
    unpack()
}

#[cfg(feature = "embed")]
fn unpack() -> anyhow::Result<Site> {
    static SITE: include_dir::Dir<'_> = include_dir::include_dir!("$ORDINAL_SITE");
    // Private: the folder is made with mode 0700, so no other user can put a script into it.
    let folder = tempfile::Builder::new()
        .prefix("ordinal-")
        .tempdir()
        .context("a folder for the site")?;
    SITE.extract(folder.path()).context("unpacking the site")?;
    Ok(Site::new(folder.path().to_owned(), Some(folder)))
}

#[cfg(not(feature = "embed"))]
fn unpack() -> anyhow::Result<Site> {
    bail!("this build has no site inside: write --site-root DIR, or build with `cargo xtask build --release`")
}
