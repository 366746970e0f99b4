# shellcheck shell=bash
# The tools that ./dev works with. Each `need_…` finds one or installs it; what is there is not touched.

TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/spilno/tools
CARGO_LEPTOS=0.3.11
WASM=wasm32-unknown-unknown
# The oldest compiler that cargo-leptos' lock file allows; Spilno itself is content with less.
TOOLS_RUST=1.96.0
# rustup's name for the compiler that builds both halves; empty for the default one.
BUILD_TOOLCHAIN=

# apt_install WHAT-FOR PACKAGE…
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

# Runs a command with the one toolchain that builds both halves, and with the tools it calls.
with_build_tools() {
    env ${BUILD_TOOLCHAIN:+RUSTUP_TOOLCHAIN="$BUILD_TOOLCHAIN"} \
        PATH="$(leptos_root)/bin:$(bindgen_root)/bin:$PWD/end2end/node_modules/.bin:$PATH" "$@"
}

leptos_root() { echo "$TOOLS/cargo-leptos-$CARGO_LEPTOS"; }
bindgen_root() { echo "$TOOLS/wasm-bindgen-$(bindgen_version)"; }

# What the browser half links against; the program must be of exactly this version.
bindgen_version() { awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock; }

# can_build_wasm [TOOLCHAIN]: whether that compiler has the browser's standard library.
can_build_wasm() {
    local sysroot
    sysroot=$(env ${1:+RUSTUP_TOOLCHAIN="$1"} rustc --print sysroot 2>/dev/null) &&
        compgen -G "$sysroot/lib/rustlib/$WASM/lib/libstd-*.rlib" >/dev/null
}

# Settles on a compiler for both halves: the default one where rustup can add the browser's standard library, else
# Debian's, which has the library's source.
need_wasm() {
    need_rust
    if can_build_wasm; then return; fi
    if have rustup; then
        if can_build_wasm debian; then
            BUILD_TOOLCHAIN=debian
            return
        fi
        step "Adding the browser's standard library ($WASM)"
        if timeout 300 rustup target add "$WASM" </dev/null && can_build_wasm; then return; fi
        echo "rustup cannot fetch it here; taking Debian's compiler for both halves."
    fi
    install_debian_wasm
}

# See Debian's packages: its compiler comes with the source of the standard library and all that it needs.
install_debian_wasm() {
    local library=/usr/lib/rustlib/$WASM/lib
    apt_install "the browser's standard library" rustc-web cargo-web rust-web-src rust-web-llvm lld-22
    if ! compgen -G "$library/libstd-*.rlib" >/dev/null; then build_debian_std "$library"; fi
    if have rustup; then
        rustup toolchain link debian /usr
        BUILD_TOOLCHAIN=debian
    fi
    can_build_wasm "$BUILD_TOOLCHAIN" || fail "no standard library for $WASM: try 'rustup target add $WASM' by hand"
}

# build_debian_std FOLDER
build_debian_std() {
    step "Building the browser's standard library (half a minute, once)"
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

# cargo_install FOLDER WHAT ARGS…: without debug information (690 MB of it in cargo-leptos).
cargo_install() {
    local folder=$1 what=$2 toolchain
    shift 2
    step "Compiling $what"
    toolchain=$(tools_toolchain)
    env ${toolchain:+RUSTUP_TOOLCHAIN="$toolchain"} CARGO_PROFILE_DEV_DEBUG=0 \
        cargo install --debug --root "$folder" "$@" </dev/null ||
        fail "$what could not be compiled: see the message above, then run this again"
}

# A compiler that is new enough for the tools: ours, Debian's, else one that rustup fetches.
tools_toolchain() {
    local candidate
    for candidate in "$BUILD_TOOLCHAIN" debian; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    rustup toolchain install "$TOOLS_RUST" --profile minimal --no-self-update </dev/null >&2 ||
        fail "Rust $TOOLS_RUST or newer is missing: rustup update"
    echo "$TOOLS_RUST"
}

new_enough() {
    local version
    version=$(env ${1:+RUSTUP_TOOLCHAIN="$1"} rustc --version 2>/dev/null | awk '{ print $2 }')
    [ -n "$version" ] && printf '%s\n' "$TOOLS_RUST" "${version%%-*}" | sort --version-sort --check=silent
}

need_site_tools() {
    need_wasm
    need_npm
    [ -x "$(bindgen_root)/bin/wasm-bindgen" ] ||
        cargo_install "$(bindgen_root)" "wasm-bindgen (a minute, once)" "wasm-bindgen-cli@$(bindgen_version)"
    # Its own helpers are those above: it must not fetch others.
    [ -x "$(leptos_root)/bin/cargo-leptos" ] ||
        cargo_install "$(leptos_root)" "cargo-leptos (6 minutes on two cores, once)" --locked \
            --no-default-features --features no_downloads "cargo-leptos@$CARGO_LEPTOS"
}

# npm packages: wasm-opt for the build, the browser tests' libraries.
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

need_wrk() { have wrk || apt_install "wrk (which loads the server)" wrk; }
