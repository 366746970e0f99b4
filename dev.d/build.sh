# shellcheck shell=bash
# Building and running. The browser's half comes first: the server carries it inside.

PROGRAM=target/spilno

# What the browser's half is made of.
SITE_SOURCES=(Cargo.toml Cargo.lock app domain locales frontend style)

# Makes target/site: optimised, with .br and .gz beside each file. Skipped when nothing it is made of has changed.
build_site() {
    local stamp=target/site.stamp now
    need_site_tools
    now=$({ bindgen_version && echo "$CARGO_LEPTOS" && find "${SITE_SOURCES[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)
    if [ -f "$stamp" ] && [ "$now" = "$(<"$stamp")" ]; then return; fi
    step "Building the browser's half"
    rm -rf target/site "$stamp"
    RUST_BACKTRACE=0 with_build_tools cargo leptos build --release --frontend-only --precompress </dev/null ||
        fail "the browser's half does not build"
    # Fonts are compressed already; nobody reads wasm-bindgen's types.
    find target/site \( -name '*.woff2.*' -o -name '*.d.ts*' \) -delete
    echo "$now" >"$stamp"
}

build_program() {
    build_site
    step "Building the server"
    with_build_tools cargo build --release --package server --bin spilno || fail "the server does not build"
    # A running server keeps its old file.
    cp -f --remove-destination target/release/spilno "$PROGRAM"
}

cmd_build() {
    build_program
    echo "$PROGRAM: $(size_of "$PROGRAM")"
}

# Released code also here: a second start costs nothing, and what a stranger sees is as fast as the real thing.
cmd_run() {
    local demo=--demo data=./data argument arguments=()
    for argument in "$@"; do
        if [ "$argument" = --empty ]; then demo='' data=./data-empty; else arguments+=("$argument"); fi
    done
    # A flag of the caller counts more than these.
    export SPILNO_LISTEN=${SPILNO_LISTEN:-127.0.0.1:3000} SPILNO_DATA=${SPILNO_DATA:-$data}
    build_program
    step "Starting Spilno; Ctrl+C stops it, its data stays"
    exec "$PROGRAM" serve ${demo:+"$demo"} "${arguments[@]}"
}

cmd_watch() {
    need_site_tools
    # What it writes there is no release.
    rm -f target/site.stamp
    export SPILNO_LISTEN=${SPILNO_LISTEN:-127.0.0.1:3000} SPILNO_DATA=${SPILNO_DATA:-./data}
    step "Watching; data in $SPILNO_DATA where nothing else is said"
    with_build_tools cargo leptos watch -- serve --demo "$@"
}

# Each half with its own features: the browser's is left out where the server's is compiled, since features add up.
cmd_check() {
    need_wasm
    step "Checking the server's half"
    cargo check --workspace --exclude frontend --all-targets
    step "Checking the browser's half"
    with_build_tools cargo check --package frontend --target "$WASM"
}

cmd_screenshots() {
    build_program
    need_chromium
    (cd end2end && E2E_PROGRAM=../$PROGRAM node screenshots.js "$@")
}

# On SQLite all figures; on PostgreSQL those that depend on the database.
cmd_bench() {
    build_program
    need_wrk
    need_chromium
    step "Building the floors"
    with_build_tools cargo build --release --package server --example floor || fail "the floor of pages does not build"
    with_build_tools cargo build --release --package store --example commits || fail "the floor of commits does not build"
    start_postgres
    step "Figures"
    (cd end2end && E2E_PROGRAM=../$PROGRAM node bench/main.js "$@")
    (cd end2end && E2E_PROGRAM=../$PROGRAM E2E_DATABASE=postgres E2E_POSTGRES_URL=$POSTGRES_URL node bench/main.js messages)
}
