//! What a folder holds, by `stat` over the names that a shell finds: busybox and coreutils have both.
use super::{checked, program::output};
use crate::cluster::Kube;
use app::{
    api::ApiError,
    model::files::{At, Listing, MOST, parse},
};

/// The most that is read, in bytes: 2,000 names of the longest kind.
const ROOM: usize = 1024 * 1024;

/// The folder is an argument and no part of the script. Names go to `stat` some at a time, for a program takes only so
/// many.
fn script() -> String {
    format!(
        "cd -- \"$1\" || exit 1; command -v stat >/dev/null || {{ echo 'stat: not found' >&2; exit 127; }}; \
         n=0; set --; for f in * .[!.]* ..?*; do [ -e \"$f\" ] || [ -L \"$f\" ] || continue; \
         set -- \"$@\" \"$f\"; n=$((n+1)); [ $n -gt {MOST} ] && break; \
         [ $# -lt 200 ] || {{ stat -c '/%f %s %Y %n' -- \"$@\"; set --; }}; done; \
         [ $# -eq 0 ] || stat -c '/%f %s %Y %n' -- \"$@\"; exit 0"
    )
}

/// The folder at this place.
///
/// # Errors
/// Forbidden; not found where the image has no shell; invalid in the words of the shell, or where the place is none;
/// unavailable.
pub async fn list(kube: &Kube, at: &At) -> Result<Listing, ApiError> {
    checked(at)?;
    if let Some(refused) = kube.exec_refused(&at.namespace).await {
        return Err(refused);
    }
    let said = output(kube, at, &["sh", "-c", &script(), "sh", &at.path], ROOM).await?;
    let much = || ApiError::invalid("too much is in it to be listed".to_owned());
    said.map(|said| parse(&said)).ok_or_else(much)
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::model::files::Kind;
    use std::{fs, os::unix::fs::symlink, process::Command};

    /// The same script in the shell of this machine.
    fn run(folder: &str) -> (Listing, bool) {
        let ran = Command::new("sh").args(["-c", &script(), "sh", folder]).output();
        let ran = ran.expect("a shell");
        (parse(&ran.stdout), ran.status.success())
    }

    #[test]
    fn a_real_shell_lists_names_of_every_kind() {
        let folder = std::env::temp_dir().join(format!("ordinal-files-{}", rand::random::<u64>()));
        fs::create_dir_all(folder.join("inner")).expect("a folder");
        for name in ["-rf", ".hidden", "a b", "$(id)", "two\nlines", "..odd", "*"] {
            fs::write(folder.join(name), "12345").expect("a file");
        }
        symlink("nowhere", folder.join("link")).expect("a link");
        for n in 0..450 {
            fs::write(folder.join(format!("many-{n}")), "").expect("a file");
        }
        let (listing, good) = run(&folder.display().to_string());
        assert!(good && !listing.more);
        assert_eq!(listing.entries.len(), 459);
        let of = |name: &str| listing.entries.iter().find(|e| e.name == name);
        for name in ["-rf", ".hidden", "a b", "$(id)", "two\nlines", "..odd", "*"] {
            assert_eq!(
                of(name).map(|e| (e.size, e.kind)),
                Some((5, Kind::File)),
                "{name}"
            );
        }
        assert_eq!(of("inner").map(|e| e.kind), Some(Kind::Folder));
        assert_eq!(of("link").map(|e| e.kind), Some(Kind::Link));
        fs::remove_dir_all(&folder).expect("is gone");
        assert!(!run(&folder.display().to_string()).1);
    }

    #[test]
    fn an_empty_folder_is_empty() {
        let folder = std::env::temp_dir().join(format!("ordinal-files-{}", rand::random::<u64>()));
        fs::create_dir_all(&folder).expect("a folder");
        assert_eq!(run(&folder.display().to_string()), (Listing::default(), true));
        fs::remove_dir_all(&folder).expect("is gone");
    }
}
