//! A command as a shell line (CCE-45, CCE-48).

/// The words of a line as a POSIX shell splits them; `None` where a quote is not closed. Nothing is expanded.
pub fn words(line: &str) -> Option<Vec<String>> {
    shlex::split(line)
}

/// Whether words are a script already: `sh -c` with one word more.
pub fn is_in_shell(words: &[String]) -> bool {
    let shell = words.first().is_some_and(|w| {
        let name = w.rsplit('/').next().unwrap_or_default();
        ["sh", "bash", "ash", "dash", "zsh"].contains(&name)
    });
    shell
        && words
            .get(1)
            .is_some_and(|w| w.starts_with('-') && w.ends_with('c'))
}

/// The same command as one script for `sh -c`; `None` where a word cannot stand in a script (it has a NUL).
pub fn in_shell(words: &[String]) -> Option<Vec<String>> {
    let script = shlex::try_join(words.iter().map(String::as_str)).ok()?;
    Some(vec!["sh".to_owned(), "-c".to_owned(), script])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_a_shell_does() {
        let split = |line| words(line).unwrap();
        assert_eq!(
            split("redis-server --port 6379"),
            ["redis-server", "--port", "6379"]
        );
        assert_eq!(
            split(r#"sh -c "echo 'a b' > /x""#),
            ["sh", "-c", "echo 'a b' > /x"]
        );
        assert_eq!(split("a $HOME *"), ["a", "$HOME", "*"]);
        assert_eq!(words("a 'b"), None);
    }

    #[test]
    fn a_command_becomes_one_script() {
        let list = |w: &[&str]| w.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let plain = list(&["etcd", "--name", "a b"]);
        assert_eq!(in_shell(&plain).unwrap(), ["sh", "-c", "etcd --name 'a b'"]);
        assert!(is_in_shell(&list(&["/bin/bash", "-ec", "x"])) && !is_in_shell(&plain));
    }
}
