//! Files in a container: where they are, and what a folder holds.
use serde::{Deserialize, Serialize};

/// The most entries of one folder that are told.
pub const MOST: usize = 2_000;

/// A path in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    pub namespace: String,
    pub pod: String,
    pub container: String,
    /// Absolute, as [`path`] writes it.
    pub path: String,
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Folder,
    #[default]
    File,
    /// A symbolic link, to whatever.
    Link,
    /// A device, a pipe, a socket.
    Other,
}

/// An entry of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    /// Whether the name is text: by another one nothing can be asked for.
    pub plain: bool,
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// Seconds since 1970.
    pub modified: i64,
}

/// A folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Folders first, then by name.
    pub entries: Vec<Entry>,
    /// It has more than [`MOST`].
    pub more: bool,
}

/// An absolute path without what says nothing; none for any other. `..` stays: what it means is for the container to
/// say, where links lead elsewhere.
pub fn path(typed: &str) -> Option<String> {
    if !typed.starts_with('/') || typed.contains('\0') {
        return None;
    }
    let parts: Vec<&str> = typed.split('/').filter(|p| !matches!(*p, "" | ".")).collect();
    Some(format!("/{}", parts.join("/")))
}

/// The folder of a path, and the name in it; the root has no name.
pub fn split(path: &str) -> (&str, &str) {
    match path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => ("/", path),
    }
}

/// The path of an entry.
pub fn inside(folder: &str, name: &str) -> String {
    format!("{}/{name}", folder.trim_end_matches('/'))
}

/// Reads what `stat -c '/%f %s %Y %n'` says of names in a folder: mode, size, time, name. No name has a slash in it, so
/// each slash begins an entry, whatever else is in the names.
pub fn parse(said: &[u8]) -> Listing {
    let records = said.split(|byte| *byte == b'/').skip(1);
    let mut entries: Vec<Entry> = records.filter_map(entry).collect();
    let more = entries.len() > MOST;
    entries.truncate(MOST);
    entries.sort_by(|a, b| (a.kind != Kind::Folder, &a.name).cmp(&(b.kind != Kind::Folder, &b.name)));
    Listing { entries, more }
}

fn entry(record: &[u8]) -> Option<Entry> {
    let mut parts = record.splitn(4, |byte| *byte == b' ');
    let mut text = || std::str::from_utf8(parts.next()?).ok();
    let mode = u32::from_str_radix(text()?, 16).ok()?;
    let size = text()?.parse().ok()?;
    let modified = text()?.parse().ok()?;
    let name = parts.next()?;
    let name = name.strip_suffix(b"\n").unwrap_or(name);
    Some(Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        plain: std::str::from_utf8(name).is_ok(),
        kind: kind(mode),
        size,
        modified,
    })
}

/// By the format bits of the mode (`S_IFMT`, inode(7)).
pub fn kind(mode: u32) -> Kind {
    match mode & 0o170_000 {
        0o040_000 => Kind::Folder,
        0o100_000 => Kind::File,
        0o120_000 => Kind::Link,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whatever_is_in_them() {
        let said =
            b"/81a4 12 1700000000 a b\n/41ed 4096 1700000001 etc\n/81a4 0 5 two\nlines\n/a1ff 7 6 link\n\
            /81a4 1 7  \n/81a4 2 8 \xff\xfe\n/1180 0 9 pipe\n";
        let read = parse(said);
        assert!(!read.more);
        let told: Vec<_> = read.entries.iter().map(|e| (e.name.as_str(), e.kind)).collect();
        let odd = "\u{fffd}\u{fffd}";
        assert_eq!(
            told,
            [
                ("etc", Kind::Folder),
                (" ", Kind::File),
                ("a b", Kind::File),
                ("link", Kind::Link),
                ("pipe", Kind::Other),
                ("two\nlines", Kind::File),
                (odd, Kind::File),
            ]
        );
        let a = &read.entries[2];
        assert_eq!((a.size, a.modified, a.plain), (12, 1_700_000_000, true));
        assert!(!read.entries[6].plain);
    }

    #[test]
    fn what_is_no_entry_is_left_out() {
        assert_eq!(parse(b""), Listing::default());
        assert_eq!(parse(b"noise\n/zz 1 2 a\n/81a4 x 2 b\n/81a4 1 2").entries, []);
        let many = b"/81a4 1 2 a\n".repeat(MOST + 1);
        let read = parse(&many);
        assert_eq!((read.entries.len(), read.more), (MOST, true));
    }

    #[test]
    fn a_path_is_absolute() {
        assert_eq!(path("/").as_deref(), Some("/"));
        assert_eq!(path("//var/./log/").as_deref(), Some("/var/log"));
        assert_eq!(path("/a/../b").as_deref(), Some("/a/../b"));
        for typed in ["", "var", "./x", "/a\0b", "-rf"] {
            assert_eq!(path(typed), None, "{typed:?}");
        }
        assert_eq!(split("/var/log"), ("/var", "log"));
        assert_eq!(split("/var"), ("/", "var"));
        assert_eq!(split("/"), ("/", ""));
        assert_eq!(inside("/", "a"), "/a");
        assert_eq!(inside("/a", "b c"), "/a/b c");
    }
}
