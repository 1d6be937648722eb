//! Keys, certificates and kubeconfigs of one cluster. They live as long as the cluster does.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// Name, groups and namespace of everybody who can sign in with a token.
const TOKEN_USERS: &[(&str, &str, Option<&str>)] = &[
    ("bob", "team-a", Some("team-a")),
    ("carol", "viewers", None),
    ("dave", "nobody", None),
];

/// The folder with a cluster's keys.
pub(crate) struct Pki {
    dir: PathBuf,
}

/// How somebody proves who they are.
enum Proof {
    Certificate(&'static str),
    Token(String),
}

impl Pki {
    /// Makes every key anew.
    pub(crate) fn make(dir: &Path) -> Result<Self> {
        let pki = Self {
            dir: dir.to_path_buf(),
        };
        fs::create_dir_all(dir)?;
        let ca = pki.authority("ca", "ordinal-local-ca")?;
        // Requests passed on by the API server must not be provable with a user's certificate: a second CA.
        let front = pki.authority("front", "ordinal-local-front-proxy")?;
        for name in ["apiserver", "kwok", "metrics"] {
            pki.server(name, &ca)?;
        }
        pki.client("admin", "alice", Some("system:masters"), &ca)?;
        pki.client(
            "kubelet-client",
            "apiserver-kubelet-client",
            Some("system:masters"),
            &ca,
        )?;
        pki.client("controllers", "system:kube-controller-manager", None, &ca)?;
        pki.client("scheduler", "system:kube-scheduler", None, &ca)?;
        pki.client("simulator", "kwok", Some("system:masters"), &ca)?;
        pki.client("metrics-client", "metrics-server", None, &ca)?;
        pki.client("front-client", "front-proxy-client", None, &front)?;
        let accounts = KeyPair::generate()?;
        pki.write("accounts.key", &accounts.serialize_pem())?;
        pki.write("accounts.pub", &accounts.public_key_pem())?;
        let mut tokens = String::new();
        for (user, groups, _) in TOKEN_USERS {
            // The bytes of a fresh key are as good a secret as any, and need no other crate.
            let token = secret()?;
            pki.write(&format!("{user}.token"), &token)?;
            tokens.push_str(&format!("{token},{user},{user},\"{groups}\"\n"));
        }
        pki.write("tokens.csv", &tokens)?;
        Ok(pki)
    }

    /// The path of one of its files.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Writes the kubeconfigs: those of people into `people`, those of the servers beside the keys.
    pub(crate) fn kubeconfigs(&self, people: &Path, cluster: &str, port: u16) -> Result<()> {
        for name in ["controllers", "scheduler", "simulator", "metrics-client"] {
            let file = self.file(&format!("{name}.kubeconfig"));
            self.kubeconfig(&file, cluster, port, name, &Proof::Certificate(name), None)?;
        }
        let admin = people.join("admin.kubeconfig");
        self.kubeconfig(
            &admin,
            cluster,
            port,
            "alice",
            &Proof::Certificate("admin"),
            Some("orders"),
        )?;
        for (user, _, namespace) in TOKEN_USERS {
            let file = people.join(format!("{user}.kubeconfig"));
            let proof = Proof::Token(fs::read_to_string(self.file(&format!("{user}.token")))?);
            self.kubeconfig(&file, cluster, port, user, &proof, *namespace)?;
        }
        Ok(())
    }

    fn kubeconfig(
        &self,
        file: &Path,
        cluster: &str,
        port: u16,
        user: &str,
        proof: &Proof,
        namespace: Option<&str>,
    ) -> Result<()> {
        let proof = match proof {
            Proof::Token(token) => format!("token: {token}"),
            Proof::Certificate(name) => format!(
                "client-certificate-data: {}\n      client-key-data: {}",
                self.base64(&format!("{name}.crt"))?,
                self.base64(&format!("{name}.key"))?
            ),
        };
        let namespace = namespace.map_or_else(String::new, |name| format!("\n      namespace: {name}"));
        let authority = self.base64("ca.crt")?;
        let text = format!(
            "apiVersion: v1
kind: Config
current-context: {cluster}
clusters:
  - name: {cluster}
    cluster:
      server: https://127.0.0.1:{port}
      certificate-authority-data: {authority}
contexts:
  - name: {cluster}
    context:
      cluster: {cluster}
      user: {user}{namespace}
users:
  - name: {user}
    user:
      {proof}
"
        );
        write_private(file, &text)
    }

    fn authority(&self, name: &str, common_name: &str) -> Result<Issuer<'static, KeyPair>> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, common_name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        self.write(&format!("{name}.crt"), &certificate.pem())?;
        Ok(Issuer::new(params, key))
    }

    fn server(&self, name: &str, ca: &Issuer<'_, KeyPair>) -> Result<()> {
        let names = ["localhost", "kubernetes.default.svc", "127.0.0.1", "10.96.0.1"];
        let mut params = CertificateParams::new(names.map(str::to_owned))?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.signed(name, params, ca)
    }

    fn client(&self, name: &str, user: &str, group: Option<&str>, ca: &Issuer<'_, KeyPair>) -> Result<()> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, user);
        if let Some(group) = group {
            params.distinguished_name.push(DnType::OrganizationName, group);
        }
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.signed(name, params, ca)
    }

    fn signed(&self, name: &str, mut params: CertificateParams, ca: &Issuer<'_, KeyPair>) -> Result<()> {
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate()?;
        self.write(&format!("{name}.crt"), &params.signed_by(&key, ca)?.pem())?;
        self.write(&format!("{name}.key"), &key.serialize_pem())
    }

    fn base64(&self, name: &str) -> Result<String> {
        Ok(BASE64_STANDARD.encode(fs::read(self.file(name))?))
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        write_private(&self.file(name), text)
    }
}

fn secret() -> Result<String> {
    let random = KeyPair::generate()?.serialize_der();
    let tail = &random[random.len().saturating_sub(24)..];
    Ok(tail.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Other users of the machine have no business with these.
fn write_private(file: &Path, text: &str) -> Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)?;
    Ok(file.write_all(text.as_bytes())?)
}
