//! The built site: a folder, or the files inside the release binary, served from where they lie in it.
mod inside;

use anyhow::{Context, bail};
use app::app::Assets;
use axum::{
    Router,
    http::{HeaderValue, header},
};
use leptos::{WasmSplitManifest, prelude::ArcStoredValue};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

pub use inside::Inside;

/// The file in which the build wrote the content hashes of its files' names.
const HASHES: &str = "hash.txt";

/// Where the static files are.
enum Files {
    /// The edit loop, and `--site-root`: what a page begins with is looked up for each page, because the loop writes it
    /// anew under the server.
    Folder(PathBuf),
    Inside(Inside),
}

impl Files {
    fn text(&self, name: &str) -> Option<String> {
        match self {
            Self::Folder(root) => std::fs::read_to_string(root.join(name)).ok(),
            Self::Inside(files) => files.text(name),
        }
    }

    /// The names in `pkg/`.
    fn names(&self) -> Vec<String> {
        match self {
            Self::Folder(root) => std::fs::read_dir(root.join("pkg"))
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect(),
            Self::Inside(files) => files.names(),
        }
    }

    /// What the build wrote as `name: hash`.
    fn hashes(&self) -> HashMap<String, String> {
        let text = self.text(HASHES).unwrap_or_default();
        let pairs = text.lines().filter_map(|line| line.split_once(':'));
        pairs
            .map(|(name, hash)| (name.trim().to_owned(), hash.trim().to_owned()))
            .collect()
    }

    fn assets(&self, style: Arc<str>) -> Assets {
        let hashes = self.hashes();
        let name = |kind: &str, stem: &str, end: &str| match hashes.get(kind) {
            Some(hash) => format!("{stem}.{hash}.{end}"),
            None => format!("{stem}.{end}"),
        };
        let url = |kind: &str| format!("/pkg/{}", name(kind, "ordinal", kind)).into();
        let manifest = self.text(&format!(
            "pkg/{}",
            name("manifest", "__wasm_split_manifest", "json")
        ));
        let parts = manifest.and_then(|text| serde_json::from_str(&text).ok());
        let loader = match hashes.get("split") {
            Some(hash) => format!("__wasm_split.{hash}.js"),
            None => "__wasm_split.______________________.js".to_owned(),
        };
        Assets {
            style,
            sheet: url("css"),
            script: url("js"),
            wasm: url("wasm"),
            split: parts
                .map(|parts| WasmSplitManifest(ArcStoredValue::new(("/pkg".to_owned(), parts, loader)))),
        }
    }
}

/// The static files, and what pages say about them.
pub struct Site {
    files: Files,
    editor: Arc<str>,
    style: Arc<str>,
    build: String,
    /// Found once, where they cannot change.
    assets: Option<Assets>,
}

impl Site {
    /// The URL of the editor's script; empty where the site has none. Its folder is called after its contents.
    pub fn editor(&self) -> Arc<str> {
        Arc::clone(&self.editor)
    }

    /// What a page begins with. The text of the style sheet is empty in the edit loop.
    pub fn assets(&self) -> Assets {
        self.assets
            .clone()
            .unwrap_or_else(|| self.files.assets(Arc::clone(&self.style)))
    }

    /// What tells this version from others: of the code, and of the site's files.
    pub fn build(&self) -> &str {
        &self.build
    }

    /// What answers below `/pkg`. The files never change under their hashed names. A folder is none of them, and is not
    /// redirected to either.
    pub fn service(&self) -> Router {
        let kept = if self.files.text(HASHES).is_some() {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let files = match &self.files {
            Files::Folder(root) => {
                let files = ServeDir::new(root.join("pkg")).append_index_html_on_directories(false);
                Router::new().fallback_service(files.precompressed_br().precompressed_gzip())
            }
            Files::Inside(files) => files.service(),
        };
        files.layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static(kept),
        ))
    }

    fn new(files: Files) -> Self {
        let names = files.names();
        let editor = names.iter().find(|name| name.starts_with("editor-"));
        let sheet = names
            .iter()
            .find(|name| name.ends_with(".css") && !cfg!(debug_assertions));
        let style = sheet.and_then(|name| files.text(&format!("pkg/{name}")));
        let style: Arc<str> = style.unwrap_or_default().into();
        let hashes = files.text(HASHES).unwrap_or_default();
        let hashes: Vec<&str> = hashes.split_whitespace().collect();
        Self {
            build: format!("{} {}", env!("CARGO_PKG_VERSION"), hashes.join(" ")),
            editor: editor
                .map(|name| format!("/pkg/{name}/editor.js"))
                .unwrap_or_default()
                .into(),
            assets: matches!(files, Files::Inside(_)).then(|| files.assets(Arc::clone(&style))),
            style,
            files,
        }
    }

    /// A site that has no files, for tests of everything else.
    pub fn empty() -> Self {
        Self::inside(Inside::default())
    }

    /// The site of these files.
    pub fn inside(files: Inside) -> Self {
        Self::new(Files::Inside(files))
    }
}

/// Opens the folder that was named, else the site that was built in.
///
/// # Errors
/// There is neither; or the folder has no built site.
pub fn open(named: Option<&Path>) -> anyhow::Result<Site> {
    let Some(root) = named else {
        return built_in();
    };
    let root = root
        .canonicalize()
        .with_context(|| format!("--site-root {}", root.display()))?;
    if !root.join("pkg").is_dir() {
        bail!(
            "--site-root {}: no built site there (`cargo xtask build --release` makes one)",
            root.display()
        );
    }
    Ok(Site::new(Files::Folder(root)))
}

#[cfg(feature = "embed")]
fn built_in() -> anyhow::Result<Site> {
    static SITE: include_dir::Dir<'_> = include_dir::include_dir!("$ORDINAL_SITE");
    let mut files = Inside::default();
    let mut folders = vec![&SITE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file
                .path()
                .to_str()
                .context("a file of the site has a name that is no UTF-8")?;
            files.add(name, file.contents());
        }
    }
    Ok(Site::inside(files))
}

#[cfg(not(feature = "embed"))]
fn built_in() -> anyhow::Result<Site> {
    bail!("this build has no site inside: write --site-root DIR, or build with `cargo xtask build --release`")
}
