# shellcheck shell=bash
# The tools that ./dev needs. Each `need_…` function finds a tool or installs it. Installed tools are not changed.

TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/spilno/tools
CARGO_LEPTOS=0.3.11
WASM=wasm32-unknown-unknown
# The oldest compiler that cargo-leptos supports. Spilno itself needs only the one in Cargo.toml.
CARGO_LEPTOS_RUST=1.96.0
# rustup's name for the compiler that builds server and site; empty for the default one.
BUILD_TOOLCHAIN=

# apt_install PURPOSE PACKAGE…
apt_install() {
    local purpose=$1
    shift
    if ! have apt-get || [ "$(id -u)" -ne 0 ]; then
        fail "$purpose is missing: install it, on Debian with: sudo apt-get install --no-install-recommends $*"
    fi
    step "Installing $purpose ($*)"
    local install=(apt-get install -q -y --no-install-recommends "$@")
    export DEBIAN_FRONTEND=noninteractive
    "${install[@]}" </dev/null || { apt-get update -q </dev/null && "${install[@]}" </dev/null; } ||
        fail "$purpose could not be installed: see apt-get's message above, then run this again"
}

need_rust() {
    { have cargo && have rustc; } || fail "Rust is missing: install 1.95 or newer from https://rustup.rs, then run this again"
    have cc || apt_install "a C compiler" gcc libc6-dev
}

# Runs a command with the compiler that builds server and site, and with the site's tools on PATH.
with_build_tools() {
    env ${BUILD_TOOLCHAIN:+RUSTUP_TOOLCHAIN="$BUILD_TOOLCHAIN"} \
        PATH="$(leptos_root)/bin:$(bindgen_root)/bin:$PWD/end2end/node_modules/.bin:$PATH" "$@"
}

leptos_root() { echo "$TOOLS/cargo-leptos-$CARGO_LEPTOS"; }
bindgen_root() { echo "$TOOLS/wasm-bindgen-$(bindgen_version)"; }

# The version of the wasm-bindgen library. The wasm-bindgen program must have the same one.
bindgen_version() { awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock; }

# can_build_wasm [TOOLCHAIN]: whether that compiler has the standard library for WebAssembly.
can_build_wasm() {
    local sysroot
    sysroot=$(env ${1:+RUSTUP_TOOLCHAIN="$1"} rustc --print sysroot 2>/dev/null) &&
        compgen -G "$sysroot/lib/rustlib/$WASM/lib/libstd-*.rlib" >/dev/null
}

# Chooses the compiler for server and site: the default one if rustup can add the standard library for WebAssembly,
# else Debian's, which comes with the source of that library.
need_wasm() {
    need_rust
    if can_build_wasm; then return; fi
    if have rustup; then
        if can_build_wasm debian; then
            BUILD_TOOLCHAIN=debian
            return
        fi
        step "Adding the standard library for WebAssembly ($WASM)"
        if timeout 300 rustup target add "$WASM" </dev/null && can_build_wasm; then return; fi
        echo "rustup cannot download it; using Debian's compiler instead."
    fi
    install_debian_wasm
}

# Installs Debian's compiler and builds the standard library from the source that comes with it.
install_debian_wasm() {
    local library=/usr/lib/rustlib/$WASM/lib
    apt_install "the standard library for WebAssembly" rustc-web cargo-web rust-web-src rust-web-llvm lld-22
    if ! compgen -G "$library/libstd-*.rlib" >/dev/null; then build_debian_std "$library"; fi
    if have rustup; then
        rustup toolchain link debian /usr
        BUILD_TOOLCHAIN=debian
    fi
    can_build_wasm "$BUILD_TOOLCHAIN" || fail "no standard library for $WASM: try 'rustup target add $WASM' by hand"
}

# build_debian_std FOLDER
build_debian_std() {
    step "Building the standard library for WebAssembly (half a minute, once)"
    local empty
    empty=$(mktemp -d)
    mkdir "$empty/src"
    touch "$empty/src/lib.rs"
    printf '[package]\nname = "only-std"\nedition = "2024"\n' >"$empty/Cargo.toml"
    (
        cd "$empty"
        env -u RUSTUP_TOOLCHAIN CARGO_TARGET_DIR="$empty/target" RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc \
            /usr/bin/cargo build --release -Zbuild-std=std,panic_abort --target "$WASM"
    ) || fail "the standard library for $WASM could not be built: see the compiler's message above"
    mkdir -p "$1"
    rm -f "$empty/target/$WASM/release/deps/"libonly_std*
    cp "$empty/target/$WASM/release/deps/"lib*.rlib "$1/"
    rm -rf "$empty"
}

# The tools that build the site.
need_site_tools() {
    need_wasm
    need_npm
    [ -x "$(bindgen_root)/bin/wasm-bindgen" ] ||
        install_tool "$(bindgen_root)" "$BUILD_TOOLCHAIN" "wasm-bindgen-cli@$(bindgen_version)"
}

# The tool that ./dev watch runs. `no_downloads`: it uses the site's tools on PATH and downloads none.
need_leptos() {
    [ ! -x "$(leptos_root)/bin/cargo-leptos" ] || return 0
    local toolchain
    toolchain=$(leptos_toolchain) || exit 1
    echo "Compiling cargo-leptos takes 6 minutes on two cores, once."
    install_tool "$(leptos_root)" "$toolchain" "cargo-leptos@$CARGO_LEPTOS" \
        --locked --no-default-features --features no_downloads
}

# install_tool FOLDER TOOLCHAIN CRATE@VERSION [ARGS…]: the prebuilt program if cargo-binstall is installed and finds
# one, else compiled with these arguments, without debug information (690 MB of it in cargo-leptos).
install_tool() {
    local folder=$1 toolchain=$2 crate=$3
    shift 3
    step "Installing $crate"
    if have cargo-binstall && timeout 180 cargo binstall --no-confirm --disable-strategies compile --root "$folder" "$crate" </dev/null; then
        return
    fi
    env ${toolchain:+RUSTUP_TOOLCHAIN="$toolchain"} CARGO_PROFILE_DEV_DEBUG=0 \
        cargo install --debug --root "$folder" "$@" "$crate" </dev/null ||
        fail "$crate could not be compiled: see the message above, then run this again"
}

# Prints a toolchain that is new enough for cargo-leptos: the one for the site, Debian's, or one that rustup downloads.
leptos_toolchain() {
    local candidate
    for candidate in "$BUILD_TOOLCHAIN" debian; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    rustup toolchain install "$CARGO_LEPTOS_RUST" --profile minimal --no-self-update </dev/null >&2 ||
        fail "Rust $CARGO_LEPTOS_RUST or newer is missing: rustup update"
    echo "$CARGO_LEPTOS_RUST"
}

# is_new_enough TOOLCHAIN
is_new_enough() {
    local version
    version=$(env ${1:+RUSTUP_TOOLCHAIN="$1"} rustc --version 2>/dev/null | awk '{ print $2 }')
    [ -n "$version" ] && printf '%s\n' "$CARGO_LEPTOS_RUST" "${version%%-*}" | sort --version-sort --check=silent
}

# npm packages: esbuild and wasm-opt for the site, and the libraries of the browser tests.
need_npm() {
    { have node && have npm; } || apt_install "Node.js (18 or newer)" nodejs npm
    cmp -s end2end/package-lock.json end2end/node_modules/.installed-lock && return
    step "Installing the npm packages of end2end"
    (cd end2end && npm ci --no-audit --no-fund --ignore-scripts </dev/null) ||
        fail "the npm packages of end2end could not be installed: see npm's message above, then run this again"
    cp end2end/package-lock.json end2end/node_modules/.installed-lock
}

need_chromium() {
    local name
    if [ -n "${CHROMIUM:-}" ]; then return; fi
    have chromium || have chromium-browser || have google-chrome || apt_install Chromium chromium
    for name in chromium chromium-browser google-chrome; do
        if have "$name"; then
            CHROMIUM=$(command -v "$name")
            export CHROMIUM
            return
        fi
    done
}

need_wrk() { have wrk || apt_install "wrk, the HTTP load generator" wrk; }
