//! Writes the manual page and the shells' completions, made of the flags: `cargo xtask dist` asks for them. An example, so
//! that what makes them is no part of the console.
use clap::CommandFactory;
use clap_complete::Shell;
use server::config::Config;
use std::{env, fs::File, io, path::PathBuf};

fn main() -> io::Result<()> {
    let place = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| ".".into()));
    let mut command = Config::command();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut command, "ordinal", &place)?;
    }
    clap_mangen::Man::new(command).render(&mut File::create(place.join("ordinal.1"))?)
}
