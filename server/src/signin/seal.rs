//! Encrypts what a browser keeps for the console, so that any replica with the same keys can read it and nobody else.
use anyhow::{Context, bail};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
    rand::{SecureRandom, SystemRandom},
};
use serde::{Serialize, de::DeserializeOwned};
use std::path::PathBuf;

/// The bytes that a key file has at least.
const LEAST: usize = 32;

/// The keys: the first one encrypts, each decrypts.
pub struct Keys {
    all: Vec<LessSafeKey>,
    random: SystemRandom,
}

impl Keys {
    /// Reads the files; without any, a key is made that ends with this process.
    ///
    /// # Errors
    /// One cannot be read, or is too short to be a key.
    pub fn read(files: &[PathBuf]) -> anyhow::Result<Self> {
        if files.is_empty() {
            return Self::of(&[crate::access::sessions::secret().into_bytes()]);
        }
        let read = |file: &PathBuf| {
            let bytes = std::fs::read(file).with_context(|| format!("--session-key {}", file.display()))?;
            let bytes = bytes.trim_ascii().to_vec();
            if bytes.len() < LEAST {
                bail!(
                    "--session-key {}: {} bytes; at least {LEAST} random ones are wanted, such as `openssl rand -hex 32` writes",
                    file.display(),
                    bytes.len()
                );
            }
            Ok(bytes)
        };
        Self::of(&files.iter().map(read).collect::<Result<Vec<_>, _>>()?)
    }

    fn of(secrets: &[Vec<u8>]) -> anyhow::Result<Self> {
        let key = |secret: &Vec<u8>| {
            let derived = Salt::new(HKDF_SHA256, b"ordinal").extract(secret);
            let okm = derived.expand(&[b"cookies"], &CHACHA20_POLY1305);
            okm.map(|okm| LessSafeKey::new(UnboundKey::from(okm)))
        };
        let all: Result<Vec<_>, _> = secrets.iter().map(key).collect();
        Ok(Self {
            all: all.map_err(|_| anyhow::anyhow!("the session's key cannot be made"))?,
            random: SystemRandom::new(),
        })
    }

    /// Encrypts it for one purpose; what is opened for another one is nothing. None where there is no randomness.
    pub fn seal(&self, purpose: &str, value: &impl Serialize) -> Option<String> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).ok()?;
        let mut text = serde_json::to_vec(value).ok()?;
        let sealing = Nonce::assume_unique_for_key(nonce);
        self.all
            .first()?
            .seal_in_place_append_tag(sealing, Aad::from(purpose), &mut text)
            .ok()?;
        Some(BASE64.encode([&nonce[..], &text].concat()))
    }

    /// What was encrypted for this purpose by any of the keys; none for everything else.
    pub fn open<T: DeserializeOwned>(&self, purpose: &str, text: &str) -> Option<T> {
        let bytes = BASE64.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        self.all.iter().find_map(|key| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut sealed = sealed.to_vec();
            let plain = key.open_in_place(nonce, Aad::from(purpose), &mut sealed).ok()?;
            serde_json::from_slice(plain).ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secrets: &[&str]) -> Keys {
        let secrets: Vec<_> = secrets.iter().map(|s| s.as_bytes().to_vec()).collect();
        Keys::of(&secrets).expect("are keys")
    }

    #[test]
    fn only_the_keys_and_the_purpose_open_it() {
        let text = keys(&["new", "old"])
            .seal("session", &"alice")
            .expect("is sealed");
        let open = |secrets: &[&str], purpose| keys(secrets).open::<String>(purpose, &text);
        assert_eq!(open(&["new"], "session").as_deref(), Some("alice"));
        assert_eq!(
            open(&["newer", "new"], "session").as_deref(),
            Some("alice"),
            "one rollout"
        );
        assert_eq!(open(&["old"], "session"), None);
        assert_eq!(open(&["new"], "login"), None);
    }

    #[test]
    fn whatever_was_changed_is_nothing() {
        let keys = keys(&["k"]);
        let text = keys.seal("session", &"alice").expect("is sealed");
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            let other = String::from_utf8(other).expect("is text");
            // The last character has bits that mean nothing.
            if at + 1 < text.len() {
                assert_eq!(keys.open::<String>("session", &other), None, "{at}");
            }
            assert_eq!(keys.open::<String>("session", &text[..at]), None);
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "secret\n").expect("is written");
        let said = Keys::read(&[file.path().to_owned()])
            .err()
            .expect("must be refused");
        assert!(said.to_string().contains("6 bytes"), "{said}");
    }
}
