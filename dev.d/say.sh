# shellcheck shell=bash
# What ./dev says while it works.

step() { printf '\n\033[1m== %s\033[0m\n' "$*" | plain_unless_terminal; }

# Ends ./dev with one line that says what is wrong and what to do.
fail() {
    printf './dev: %s\n' "$*" >&2
    exit 1
}

plain_unless_terminal() {
    if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi
}

have() { command -v "$1" >/dev/null 2>&1; }

# Bytes as people read them.
size_of() { stat -c %s "$1" | awk '{ printf "%.1f MB", $1 / 1000000 }'; }
