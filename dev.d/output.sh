# shellcheck shell=bash
# Output of ./dev: steps with their times, and errors.

# The current step, when it began, and the finished steps with their times.
STEP=
STEP_BEGAN=0
STEP_TIMES=

# step NAME: prints the name. A step ends where the next one starts.
step() {
    end_step
    STEP=$* STEP_BEGAN=$SECONDS
    print_title "$*"
}

print_title() { printf '\n\033[1m== %s\033[0m\n' "$*" | strip_colors_unless_terminal; }

# Ends the current step and prints how long it took.
end_step() {
    [ -n "$STEP" ] || return 0
    local seconds=$((SECONDS - STEP_BEGAN))
    printf '   took %s\n' "$(minutes "$seconds")"
    STEP_TIMES+=$(printf '%9s  %s' "$(minutes "$seconds")" "$STEP")$'\n'
    STEP=
}

# Prints the times of all steps so far and their sum.
print_times() {
    end_step
    print_title "Times"
    printf '%s%9s  in all\n' "$STEP_TIMES" "$(minutes "$SECONDS")"
}

# minutes SECONDS: for example "2 m 05 s".
minutes() {
    if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d m %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# Ends ./dev with one line that names the error and the remedy.
fail() {
    printf './dev: %s\n' "$*" >&2
    exit 1
}

strip_colors_unless_terminal() {
    if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi
}

have() { command -v "$1" >/dev/null 2>&1; }

# size_of FILE: its size in MB.
size_of() { stat -c %s "$1" | awk '{ printf "%.1f MB", $1 / 1000000 }'; }
