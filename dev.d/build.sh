# shellcheck shell=bash
# Building and running. The site (WebAssembly, styles, fonts) is built first: the server embeds it.

# The release program, and the one of the browser tests and the demo.
PROGRAM=target/spilno
DEV_PROGRAM=target/debug/spilno

# All sources of the site.
SITE_SOURCES=(Cargo.toml Cargo.lock .cargo app domain locales frontend style dev.d/build.sh dev.d/compress.mjs)
# What the styles may use without a fallback.
BROWSERS=chrome131,firefox132,safari18

# Builds target/site: optimised, with .br and .gz beside each file. Skipped while its sources are unchanged.
build_site() {
    local stamp=target/site.stamp now
    need_site_tools
    now=$({ cat end2end/package-lock.json && find "${SITE_SOURCES[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)
    if [ -f "$stamp" ] && [ "$now" = "$(<"$stamp")" ]; then return; fi
    rm -rf target/site "$stamp"
    mkdir -p target/site/pkg
    build_wasm
    step "Building styles and compressing the site"
    cp -r style/assets/. target/site/
    with_build_tools esbuild style/main.css --bundle --minify --target="$BROWSERS" '--external:/fonts/*' \
        --log-level=warning --outfile=target/site/pkg/spilno.css || fail "the styles do not build"
    node dev.d/compress.mjs target/site || fail "the site could not be compressed"
    echo "$now" >"$stamp"
}

# The islands as spilno.wasm and spilno.js, the names that Leptos asks for.
build_wasm() {
    local folder=target/wasm-bindgen
    step "Building the WebAssembly"
    with_build_tools cargo build --package frontend --target "$WASM" --profile wasm-release </dev/null ||
        fail "the WebAssembly does not build"
    step "Optimising the WebAssembly"
    rm -rf "$folder"
    with_build_tools wasm-bindgen --target web --no-typescript --out-name spilno --out-dir "$folder" \
        "target/$WASM/wasm-release/frontend.wasm" || fail "wasm-bindgen failed"
    with_build_tools wasm-opt -Oz "$folder/spilno_bg.wasm" -o target/site/pkg/spilno.wasm || fail "wasm-opt failed"
    with_build_tools esbuild "$folder/spilno.js" --minify --log-level=warning --outfile=target/site/pkg/spilno.js ||
        fail "the script does not build"
}

# Builds the release program.
build_program() {
    build_site
    step "Building the server (release)"
    with_build_tools cargo build --release --package server --bin spilno || fail "the server does not build"
    # A running server continues to use its old file.
    cp -f --remove-destination target/release/spilno "$PROGRAM"
}

# Builds the program of the browser tests and the demo. It has no link-time optimisation, and it shares all compiled
# dependencies with the unit tests: the example makes Cargo choose the same features for them.
build_dev_program() {
    build_site
    step "Building the server (dev)"
    with_build_tools cargo build --package server --bin spilno --example floor || fail "the server does not build"
}

cmd_build() {
    build_program
    print_times
    echo "$PROGRAM: $(size_of "$PROGRAM")"
}

cmd_run() {
    local demo=--demo data=./data argument arguments=()
    for argument in "$@"; do
        if [ "$argument" = --empty ]; then demo='' data=./data-empty; else arguments+=("$argument"); fi
    done
    # Flags of the caller override these.
    export SPILNO_LISTEN=${SPILNO_LISTEN:-127.0.0.1:3000} SPILNO_DATA=${SPILNO_DATA:-$data}
    build_dev_program
    print_times
    print_title "Starting Spilno; Ctrl+C stops it and leaves its data in $SPILNO_DATA"
    exec "$DEV_PROGRAM" serve ${demo:+"$demo"} "${arguments[@]}"
}

cmd_watch() {
    need_site_tools
    need_leptos
    # cargo-leptos writes unoptimised files to target/site.
    rm -f target/site.stamp
    export SPILNO_LISTEN=${SPILNO_LISTEN:-127.0.0.1:3000} SPILNO_DATA=${SPILNO_DATA:-./data}
    end_step
    print_title "Watching; data in $SPILNO_DATA unless an argument names another folder"
    with_build_tools cargo leptos watch -- serve --demo "$@"
}

# Server and browser are checked separately: Cargo unites the features of packages that it compiles together.
cmd_check() {
    need_wasm
    step "Checking the server"
    cargo check --workspace --exclude frontend --all-targets
    step "Checking the code for the browser"
    with_build_tools cargo check --package frontend --target "$WASM"
    end_step
}

cmd_screenshots() {
    build_program
    need_chromium
    step "Taking the screenshots"
    (cd end2end && E2E_PROGRAM=../$PROGRAM node screenshots.js "$@")
    end_step
}

# All figures on SQLite; on PostgreSQL those that depend on the database.
cmd_bench() {
    build_program
    need_wrk
    need_chromium
    step "Building the reference programs"
    with_build_tools cargo build --release --package server --example floor || fail "the reference for pages does not build"
    with_build_tools cargo build --release --package store --example commits || fail "the reference for commits does not build"
    start_postgres
    step "Figures"
    (cd end2end && E2E_PROGRAM=../$PROGRAM node bench/main.js "$@")
    (cd end2end && E2E_PROGRAM=../$PROGRAM E2E_DATABASE=postgres E2E_POSTGRES_URL=$POSTGRES_URL node bench/main.js messages)
    end_step
}
