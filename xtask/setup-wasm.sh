#!/usr/bin/env bash
# Makes a Rust toolchain that builds for wasm32, for machines where rustup cannot add the target:
# Debian's compiler, and beside it a wasm32 standard library built once from Debian's own source.
#
#   setup-wasm.sh DIR     DIR/bin then belongs at the front of PATH
#
# The library itself is compiled with RUSTC_BOOTSTRAP, which is what Debian's own packages do.
set -euo pipefail
dir=$1
target=wasm32-unknown-unknown
packages=(rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing the Debian packages ${missing[*]}" >&2
  root=(); [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}" >&2 || {
    "${root[@]}" apt-get update >&2
    "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}" >&2
  }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
touch "$work/src/lib.rs"
printf '[package]\nname = "seed"\nedition = "2021"\n[profile.release]\ncodegen-units = 1\n' >"$work/Cargo.toml"

# Cargo leaves the bitcode out of what is built without LTO, and a fat-LTO build then misses std.
( cd "$work" && env -u RUSTUP_TOOLCHAIN -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_BUILD_DIR \
    RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo build --release --target "$target" \
      -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test \
      -Zbuild-std-features=panic-unwind,backtrace,compiler-builtins-mem >&2 )

mkdir -p "$dir/bin" "$dir/lib/rustlib/$target/lib"
for host in /usr/lib/rustlib/*; do ln -sf "$host" "$dir/lib/rustlib/"; done
for program in cargo cargo-fmt rustfmt; do ln -sf "/usr/bin/$program" "$dir/bin/$program"; done
# The compiler finds its libraries beside its own real path, so a link would not do: these point it here,
# wherever the folder is moved to.
self='$(cd "$(dirname "$0")/.." && pwd)'
for program in rustc rustdoc; do
  printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' "$program" "$self" >"$dir/bin/$program"
done
for program in cargo-clippy clippy-driver; do
  printf '#!/bin/sh\nSYSROOT="%s" exec /usr/bin/%s "$@"\n' "$self" "$program" >"$dir/bin/$program"
done
chmod +x "$dir"/bin/{rustc,rustdoc,cargo-clippy,clippy-driver}
find "$work/target/$target/release/deps" -name 'lib*.rlib' ! -name 'libseed*' \
  -exec cp {} "$dir/lib/rustlib/$target/lib/" \;
