//! The image: the static binary in one layer, written without an engine, the same bytes of the same binary each time.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::archive::{self, Files};
use crate::cluster::{Cluster, free_ports};
use crate::container::{Container, Wanted};
use crate::progress::{step, tell};
use crate::project::Project;
use crate::{chart, interrupt, release, sbom, setup};

/// Who the console is in its container: nobody that a machine knows.
const USER: &str = "65532:65532";
/// When everything in the image was made.
const TIME: &str = "1970-01-01T00:00:00Z";
/// Where the binary lies in it.
const BINARY: &str = "ordinal";

/// How the image is made.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Write it twice and compare
    #[arg(long)]
    check: bool,
    /// Start it with runc as a kubelet would start the chart's pod, against a local control plane; as root
    #[arg(long)]
    run: bool,
    /// Install Debian packages that are missing without asking
    #[arg(long)]
    yes: bool,
}

/// `cargo xtask image`: target/dist/ordinal-VERSION-ARCH.tar, and what is in it as ordinal.cdx.json beside it.
pub(crate) fn run(project: &mut Project, options: &Options) -> Result<()> {
    // Before what takes minutes.
    if options.run {
        setup::runc(options.yes)?;
    }
    let (binary, target) = release::portable(project, options.yes)?;
    let parts = step("what it is made of", |_| {
        let place = project.dir("target/dist/ordinal.cdx.json");
        fs::write(&place, sbom::write(project, &target)?)?;
        Ok((place, "written"))
    })?;
    let image = step("image", |_| {
        let bytes = written(project, &binary)?;
        if options.check {
            ensure!(
                bytes == written(project, &binary)?,
                "the same binary made another image"
            );
        }
        let name = format!("ordinal-{}-{}.tar", env!("CARGO_PKG_VERSION"), architecture());
        let place = project.dir("target/dist").join(name);
        fs::write(&place, &bytes)?;
        Ok((
            place,
            if options.check {
                "twice the same"
            } else {
                "written"
            },
        ))
    })?;
    if options.run {
        interrupt::catch()?;
        chart::with_pod(project, |cluster, pod| runs(project, &binary, cluster, pod))?;
    }
    tell!("{}\n{}", image.display(), parts.display());
    Ok(())
}

/// Starts what is in the layer as the pod says, and sees that it answers, is confined, and ends when it is asked to.
fn runs(project: &Project, binary: &Path, cluster: &Cluster, pod: &Value) -> Result<()> {
    step("image in a container", |_| {
        let dir = project.dir("target/container");
        let rootfs = project.dir("target/rootfs");
        let layer = archive::tarred(&files(project, binary)?)?;
        tar::Archive::new(layer.as_slice()).unpack(&rootfs)?;
        let [port, metrics] = free_ports()?;
        let (api, api_port) = cluster.address()?;
        let instead = [
            ("ORDINAL_LISTEN", format!("0.0.0.0:{port}")),
            ("ORDINAL_METRICS_LISTEN", format!("0.0.0.0:{metrics}")),
            ("KUBERNETES_SERVICE_HOST", api),
            ("KUBERNETES_SERVICE_PORT", api_port),
        ];
        let wanted = Wanted {
            pod,
            instead: &instead,
        };
        let mut container = Container::start(&dir, &rootfs, &wanted, cluster)?;
        for path in ["/healthz", "/readyz"] {
            container.answers(port, "a-kubelet", path, &[200])?;
        }
        container.answers(port, "ordinal.example.org", "/", &[200, 303, 401])?;
        container.answers(metrics, "a-kubelet", "/metrics", &[200])?;
        container.is_confined()?;
        let status = container.stop()?;
        ensure!(status.success(), "asked to end, it ended with {status}");
        Ok(((), "runs"))
    })
}

/// What the image specification calls this kind of machine.
pub(crate) fn architecture() -> &'static str {
    match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// What is in the image.
fn files(project: &Project, binary: &Path) -> Result<Files> {
    Ok(Files::from([
        (BINARY.to_owned(), (0o755, fs::read(binary)?)),
        (
            "usr/share/doc/ordinal/LICENSE".to_owned(),
            (0o644, fs::read(project.dir("LICENSE"))?),
        ),
    ]))
}

/// The image as an OCI archive: its layout in a tar.
fn written(project: &Project, binary: &Path) -> Result<Vec<u8>> {
    let layer = archive::tarred(&files(project, binary)?)?;
    let mut layout = Layout::default();
    let packed = layout.blob(
        "application/vnd.oci.image.layer.v1.tar+gzip",
        archive::gzipped(&layer)?,
    );
    let config = layout.blob(
        "application/vnd.oci.image.config.v1+json",
        config(&digest(&layer)).to_string().into_bytes(),
    );
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config,
        "layers": [packed],
    });
    let mut manifest = layout.blob(
        "application/vnd.oci.image.manifest.v1+json",
        manifest.to_string().into_bytes(),
    );
    manifest["platform"] = json!({"architecture": architecture(), "os": "linux"});
    manifest["annotations"] = json!({"org.opencontainers.image.ref.name": env!("CARGO_PKG_VERSION")});
    layout.finish(&manifest)
}

fn config(layer: &str) -> Value {
    json!({
        "created": TIME,
        "architecture": architecture(),
        "os": "linux",
        "config": {
            "User": USER,
            "Entrypoint": [format!("/{BINARY}")],
            "ExposedPorts": {"8080/tcp": {}},
            "Labels": {
                "org.opencontainers.image.title": "Ordinal",
                "org.opencontainers.image.description": "A web console for Kubernetes StatefulSets",
                "org.opencontainers.image.version": env!("CARGO_PKG_VERSION"),
                "org.opencontainers.image.licenses": "Apache-2.0",
            },
        },
        "rootfs": {"type": "layers", "diff_ids": [layer]},
        "history": [{"created": TIME, "created_by": "cargo xtask image"}],
    })
}

/// The files of an image layout.
#[derive(Default)]
struct Layout(Files);

impl Layout {
    /// Adds a blob and returns its descriptor.
    fn blob(&mut self, kind: &str, bytes: Vec<u8>) -> Value {
        let digest = digest(&bytes);
        let descriptor = json!({"mediaType": kind, "digest": digest, "size": bytes.len()});
        self.0
            .insert(format!("blobs/{}", digest.replace(':', "/")), (0o644, bytes));
        descriptor
    }

    fn finish(mut self, manifest: &Value) -> Result<Vec<u8>> {
        let index = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": [manifest],
        });
        let layout = json!({"imageLayoutVersion": "1.0.0"});
        for (name, value) in [("index.json", index), ("oci-layout", layout)] {
            self.0
                .insert(name.to_owned(), (0o644, value.to_string().into_bytes()));
        }
        archive::tarred(&self.0)
    }
}

/// How a blob is called.
fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", archive::hash(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_found_by_its_digest() {
        let mut layout = Layout::default();
        let told = layout.blob("text", b"abc".to_vec());
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(told["digest"], format!("sha256:{digest}"));
        assert!(layout.0.contains_key(&format!("blobs/sha256/{digest}")));
    }
}
