//! The configuration file: flags by their names. A flag of the command line goes before a variable, that before the file.
use super::Config;
use clap::{ArgAction, CommandFactory};
use std::{env, ffi::OsString, fs, path::PathBuf};

/// The command line with what the configuration file adds to it.
///
/// # Errors
/// The file cannot be read, or names a flag that there is not.
pub fn arguments() -> Result<Vec<OsString>, String> {
    let given: Vec<OsString> = env::args_os().collect();
    let Some(path) = path(&given) else {
        return Ok(given);
    };
    let told = |why: String| format!("--config {}: {why}", path.display());
    let text = fs::read_to_string(&path).map_err(|e| told(e.to_string()))?;
    let added = added(&text, &given, |name| env::var_os(name).is_some()).map_err(told)?;
    let mut all = given;
    // Behind the program's name: what follows may be a command with arguments of its own.
    all.splice(1..1, added);
    Ok(all)
}

fn path(given: &[OsString]) -> Option<PathBuf> {
    let mut arguments = given.iter().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--config" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument.to_str().and_then(|a| a.strip_prefix("--config=")) {
            return Some(path.into());
        }
    }
    env::var_os("ORDINAL_CONFIG").map(PathBuf::from)
}

/// What a file adds to these arguments and the variables that are set.
fn added(text: &str, given: &[OsString], is_set: impl Fn(&str) -> bool) -> Result<Vec<OsString>, String> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let command = Config::command();
    let mut added = Vec::new();
    for (name, value) in table {
        let known = command.get_arguments().find(|a| a.get_long() == Some(&name));
        let known = known.filter(|_| name != "config" && name != "help" && name != "version");
        let flag = format!("--{name}");
        let Some(argument) = known else {
            return Err(format!(
                "there is no {flag}; `ordinal --help` tells those that there are"
            ));
        };
        let is_given = |a: &OsString| {
            a.to_str()
                .is_some_and(|a| a == flag || a.starts_with(&format!("{flag}=")))
        };
        let variable = argument.get_env().and_then(|v| v.to_str());
        if given.iter().any(is_given) || variable.is_some_and(&is_set) {
            continue;
        }
        let switch = matches!(argument.get_action(), ArgAction::SetTrue);
        let one = |value: &toml::Value| match value {
            toml::Value::String(text) => Ok(text.clone()),
            toml::Value::Integer(number) => Ok(number.to_string()),
            _ => Err(format!("{name}: a text or a number is wanted")),
        };
        let value = match &value {
            toml::Value::Boolean(on) if switch => {
                if *on {
                    added.push(flag.into());
                }
                continue;
            }
            _ if switch => return Err(format!("{name}: true or false is wanted")),
            toml::Value::Array(many) => {
                let between = argument.get_value_delimiter().unwrap_or(',').to_string();
                many.iter()
                    .map(one)
                    .collect::<Result<Vec<_>, _>>()?
                    .join(&between)
            }
            value => one(value)?,
        };
        added.push(format!("{flag}={value}").into());
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adds(text: &str, given: &[&str], set: &[&str]) -> Result<Vec<String>, String> {
        let given: Vec<OsString> = given.iter().map(OsString::from).collect();
        let added = added(text, &given, |name| set.contains(&name))?;
        Ok(added.into_iter().filter_map(|a| a.into_string().ok()).collect())
    }

    #[test]
    fn a_file_tells_what_no_flag_and_no_variable_tells() {
        let text = "listen = \"127.0.0.1:1\"\nread-only = true\nno-exec = false\noidc-scopes = [\"email\", \"groups\"]\ncluster-timeout = 3\n";
        let all = [
            "--cluster-timeout=3",
            "--listen=127.0.0.1:1",
            "--oidc-scopes=email groups",
            "--read-only",
        ];
        let mut added = adds(text, &[], &[]).expect("is read");
        added.sort();
        assert_eq!(added, all);
        let rest = adds(text, &["ordinal", "--listen", "[::1]:0"], &["ORDINAL_READ_ONLY"]).expect("is read");
        assert!(
            !rest
                .iter()
                .any(|a| a.contains("listen") || a.contains("read-only")),
            "{rest:?}"
        );
    }

    #[test]
    fn what_is_no_flag_is_named() {
        for (text, said) in [
            ("lisen = \"x\"", "no --lisen"),
            ("config = \"x\"", "no --config"),
            ("read-only = \"yes\"", "true or false"),
            ("listen = true", "a text or a number"),
            ("listen", "TOML"),
        ] {
            let error = adds(text, &[], &[]).expect_err("must be refused");
            assert!(error.contains(said), "{error}");
        }
    }
}
