//! What a release offers for download: an archive with the binary, a Debian package, their checksums, and the manifest by
//! which kubectl's plugin manager finds them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::archive::{self, Files};
use crate::progress::{step, tell};
use crate::project::Project;
use crate::{image, release};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where the manual and the completions are written, and where each lies in a package.
const MANUAL: &[(&str, &str)] = &[
    ("ordinal.1", "usr/share/man/man1/ordinal.1"),
    ("ordinal.bash", "usr/share/bash-completion/completions/ordinal"),
    ("_ordinal", "usr/share/zsh/vendor-completions/_ordinal"),
    ("ordinal.fish", "usr/share/fish/vendor_completions.d/ordinal.fish"),
];

/// What is offered, and from where.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The folder from which all of it will be downloaded: with it the plugin manifest is written
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Install Debian packages that are missing without asking
    #[arg(long)]
    yes: bool,
}

/// `cargo xtask dist`: everything below target/dist/download.
pub(crate) fn run(project: &mut Project, options: &Options) -> Result<()> {
    let (binary, target) = release::portable(project, options.yes)?;
    let binary = fs::read(binary)?;
    let manual = manual(project)?;
    let license = fs::read(project.dir("LICENSE"))?;
    step("downloads", |_| {
        let place = project.dir("target/dist/download");
        fs::create_dir_all(&place)?;
        let archive = format!("ordinal-{VERSION}-{target}.tar.gz");
        let package = format!("ordinal_{VERSION}-1_{}.deb", image::architecture());
        let packed = archive::gzipped(&archive::tarred(&plain(&binary, &license, &manual)?)?)?;
        let mut sums = String::new();
        for (name, bytes) in [
            (&archive, &packed),
            (&package, &debian(&binary, &license, &manual)?),
        ] {
            fs::write(place.join(name), bytes)?;
            sums.push_str(&format!("{}  {name}\n", archive::hash(bytes)));
        }
        fs::write(place.join("SHA256SUMS"), sums)?;
        if let Some(url) = &options.url {
            let url = format!("{}/{archive}", url.trim_end_matches('/'));
            fs::write(place.join("ordinal.yaml"), plugin(&url, &archive::hash(&packed)))?;
        }
        tell!("{}", place.display());
        Ok(((), "written"))
    })
}

/// The manual page and the completions, made of the console's own flags.
fn manual(project: &Project) -> Result<PathBuf> {
    step("manual and completions", |step| {
        let place = project.dir("target/dist/manual");
        fs::create_dir_all(&place)?;
        let mut cargo = project.cargo();
        cargo.args([
            "run",
            "--quiet",
            "--package",
            "server",
            "--example",
            "manual",
            "--",
        ]);
        step.run(cargo.arg(&place))?;
        Ok((place, "written"))
    })
}

/// What somebody unpacks by hand.
fn plain(binary: &[u8], license: &[u8], manual: &Path) -> Result<Files> {
    let mut files = Files::from([
        ("ordinal".to_owned(), (0o755, binary.to_vec())),
        ("LICENSE".to_owned(), (0o644, license.to_vec())),
    ]);
    for (name, _) in MANUAL {
        let text = fs::read(manual.join(name)).with_context(|| format!("no {name} was written"))?;
        files.insert((*name).to_owned(), (0o644, text));
    }
    Ok(files)
}

/// A Debian package: an `ar` of its format's version, of what it is, and of its files.
fn debian(binary: &[u8], license: &[u8], manual: &Path) -> Result<Vec<u8>> {
    let mut files = Files::from([
        ("./usr/bin/ordinal".to_owned(), (0o755, binary.to_vec())),
        (
            "./usr/share/doc/ordinal/copyright".to_owned(),
            (0o644, license.to_vec()),
        ),
    ]);
    for (name, place) in MANUAL {
        let mut text = fs::read(manual.join(name)).with_context(|| format!("no {name} was written"))?;
        let mut place = format!("./{place}");
        if name.ends_with(".1") {
            // Debian wants manual pages compressed.
            text = archive::gzipped(&text)?;
            place.push_str(".gz");
        }
        files.insert(place, (0o644, text));
    }
    let size: usize = files.values().map(|(_, bytes)| bytes.len().div_ceil(1024)).sum();
    let control = format!(
        "Package: ordinal\nVersion: {VERSION}-1\nArchitecture: {}\nInstalled-Size: {size}\nSection: admin\n\
         Priority: optional\nMaintainer: The authors of Ordinal\nDescription: Web console for Kubernetes StatefulSets\n \
         Shows every pod by its ordinal, says what is wrong and what Kubernetes will\n do about it, and tells the effect \
         of a change before anything is sent.\n",
        image::architecture()
    );
    let control = Files::from([("./control".to_owned(), (0o644, control.into_bytes()))]);
    let parts = [
        ("debian-binary", b"2.0\n".to_vec()),
        ("control.tar.gz", archive::gzipped(&archive::tarred(&control)?)?),
        ("data.tar.gz", archive::gzipped(&archive::tarred(&files)?)?),
    ];
    let mut package = b"!<arch>\n".to_vec();
    for (name, bytes) in parts {
        // Time, owner and group are all the same: none.
        let (none, mode, size) = ("0", "100644", bytes.len());
        writeln!(
            package,
            "{name:<16}{none:<12}{none:<6}{none:<6}{mode:<8}{size:<10}`"
        )?;
        package.extend(&bytes);
        if bytes.len() % 2 == 1 {
            package.push(b'\n');
        }
    }
    Ok(package)
}

/// What krew reads: `kubectl krew install --manifest=ordinal.yaml`, then `kubectl ordinal`.
fn plugin(url: &str, sum: &str) -> String {
    format!(
        "apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: ordinal
spec:
  version: v{VERSION}
  shortDescription: Web console for StatefulSets
  description: |
    Shows every pod of a StatefulSet by its ordinal, says what is wrong and what
    Kubernetes will do about it, and tells the effect of a change before it is
    sent. Serves the current context on loopback and prints a link.
  platforms:
    - selector:
        matchLabels:
          os: linux
          arch: {arch}
      uri: {url}
      sha256: {sum}
      bin: ordinal
",
        arch = image::architecture()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_three_members_that_begin_at_even_places() {
        let manual = std::env::temp_dir().join(format!("ordinal-manual-{}", std::process::id()));
        fs::create_dir_all(&manual).unwrap();
        for (name, _) in MANUAL {
            fs::write(manual.join(name), name).unwrap();
        }
        let package = debian(b"binary", b"license", &manual).unwrap();
        assert_eq!(package, debian(b"binary", b"license", &manual).unwrap());
        fs::remove_dir_all(manual).unwrap();
        let (mut at, mut names) = (b"!<arch>\n".len(), Vec::new());
        while at < package.len() {
            let head = std::str::from_utf8(&package[at..at + 60]).unwrap();
            assert!(at % 2 == 0 && head.ends_with("`\n"), "{head:?}");
            names.push(head[..16].trim_end().to_owned());
            let size: usize = head[48..58].trim_end().parse().unwrap();
            at += 60 + size + size % 2;
        }
        assert_eq!(names, ["debian-binary", "control.tar.gz", "data.tar.gz"]);
    }
}
