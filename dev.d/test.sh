# shellcheck shell=bash
# ./dev test. All parts run, also after a failed one. The summary counts single tests.

ALL_PARTS=(fmt clippy unit build browser-sqlite browser-postgres)
PASSED=0
FAILED=0
SUMMARY=
RUNNER_ARGS=()

cmd_test() {
    local parts=() part
    while [ $# -gt 0 ]; do
        case $1 in
            fmt | clippy | unit | build | browser-sqlite | browser-postgres) parts+=("$1") ;;
            browser) parts+=(browser-sqlite browser-postgres) ;;
            --)
                shift
                RUNNER_ARGS=("$@")
                break
                ;;
            *) fail "there is no part '$1'; there are: ${ALL_PARTS[*]}" ;;
        esac
        shift
    done
    [ ${#parts[@]} -gt 0 ] || parts=("${ALL_PARTS[@]}")
    need_rust
    for part in "${parts[@]}"; do run_part "$part"; done
    summary
}

# run_part PART: runs `test_PART FILE` and adds the two numbers in FILE, passed and failed tests, to the summary. A part
# that writes no numbers counts as one test.
run_part() {
    local part=$1 began=$SECONDS counts status=0 passed='' failed=''
    counts=$(mktemp)
    end_step
    print_title "Test: $part"
    { postgres_for "$part" && run_in_subshell "$part" "$counts"; } || status=1
    read -r passed failed <"$counts" || true
    rm -f "$counts"
    if [ -z "$failed" ]; then
        passed=$((1 - status)) failed=$status
    elif [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
    fi
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
    SUMMARY+=$(printf '%-18s %9s  %5d passed  %3d failed' "$part" "$(minutes $((SECONDS - began)))" "$passed" "$failed")$'\n'
}

# A subshell: a `fail` ends only this part.
run_in_subshell() (
    status=0
    test_"${1//-/_}" "$2" || status=1
    end_step
    exit $status
)

summary() {
    end_step
    print_title "Summary"
    printf '%s%-18s %9s\n\n%s passed, %s failed\n' "$SUMMARY" "in all" "$(minutes "$SECONDS")" "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}

# One server for all parts; each test creates its own database in it. Without fsync: tests kill Spilno, never
# PostgreSQL.
postgres_for() {
    case $1 in
        unit | browser-postgres) (need_postgres) && start_postgres -c fsync=off ;;
    esac
}

test_fmt() { cargo fmt --all --check; }

test_clippy() {
    need_wasm
    step "Clippy for the server"
    cargo clippy --workspace --exclude frontend --all-targets -- -D warnings || return 1
    # Debian's compiler comes without clippy.
    if [ -z "$BUILD_TOOLCHAIN" ]; then
        step "Clippy for the browser"
        cargo clippy --package frontend --target "$WASM" -- -D warnings
    else
        step "Checking the code for the browser"
        with_build_tools cargo check --package frontend --target "$WASM"
    fi
}

test_unit() {
    export TEST_DATABASE_URL=$POSTGRES_URL
    local report=target/nextest/default/junit.xml log status=0 runner=(test)
    need_wasm
    if cargo nextest --version >/dev/null 2>&1; then runner=(nextest run); fi
    step "Compiling the tests"
    with_build_tools cargo "${runner[@]}" --workspace --exclude frontend --no-run || return 1
    step "Running the tests"
    if [ "${runner[0]}" = nextest ]; then
        rm -f "$report"
        with_build_tools cargo nextest run --workspace --exclude frontend "${RUNNER_ARGS[@]}" </dev/null || status=1
        [ ! -f "$report" ] || junit_counts "$report" >"$1"
    else
        log=$(mktemp)
        with_build_tools cargo test --workspace --exclude frontend --no-fail-fast -- "${RUNNER_ARGS[@]}" </dev/null 2>&1 |
            tee "$log" || status=1
        awk '/^test result:/ { passed += $4; failed += $6 } END { print passed + 0, failed + 0 }' "$log" >"$1"
        rm -f "$log"
    fi
    return $status
}

# junit_counts REPORT: prints passed and failed tests. The first element with numbers is that of all suites together.
junit_counts() {
    awk -F'"' '/<testsuites / {
        for (i = 1; i < NF; i++) { if ($i ~ / tests=$/) tests = $(i + 1); if ($i ~ / (failures|errors)=$/) bad += $(i + 1) }
        print tests - bad, bad + 0; exit
    }' "$1"
}

test_build() { build_dev_program; }

test_browser_sqlite() { E2E_DATABASE=sqlite test_browser "$1"; }
test_browser_postgres() { E2E_DATABASE=postgres E2E_POSTGRES_URL=$POSTGRES_URL test_browser "$1"; }

test_browser() {
    build_dev_program
    need_chromium
    export E2E_PROGRAM=$PWD/$DEV_PROGRAM E2E_COUNTS=$1
    step "Running the browser tests"
    (cd end2end && node_modules/.bin/playwright test "${RUNNER_ARGS[@]}" </dev/null)
}
