# shellcheck shell=bash
# A temporary PostgreSQL server for tests and benchmarks. It is removed when ./dev ends, also after an error.

POSTGRES_FOLDER=
POSTGRES_URL=

need_postgres() {
    postgres_programs >/dev/null || apt_install "PostgreSQL's server" postgresql
    postgres_programs >/dev/null || fail "PostgreSQL's programs initdb and pg_ctl are missing: put their folder on PATH"
}

# Prints the folder with initdb and pg_ctl of the newest version. Debian does not put it on PATH.
postgres_programs() {
    if have initdb && have pg_ctl; then
        dirname "$(command -v initdb)"
    else
        compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 | xargs -r dirname | grep .
    fi
}

# Runs a command as an ordinary user: PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    elif id postgres >/dev/null 2>&1; then
        runuser -u postgres -- "$@"
    else
        runuser -u nobody -- "$@"
    fi
}

# start_postgres [SETTINGS…]: starts the server and sets POSTGRES_URL. Every local user is its administrator.
start_postgres() {
    [ -z "$POSTGRES_URL" ] || return 0
    need_postgres
    local programs port try
    programs=$(postgres_programs)
    POSTGRES_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/spilno-postgres.XXXXXX")
    trap stop_postgres EXIT
    trap 'exit 130' INT TERM HUP
    if [ "$(id -u)" -eq 0 ]; then chown "$(as_postgres id -un)" "$POSTGRES_FOLDER"; fi
    (cd "$POSTGRES_FOLDER" && as_postgres "$programs/initdb" --pgdata=data --username=spilno --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1) ||
        fail "initdb failed: $(tail -n 3 "$POSTGRES_FOLDER/initdb.log")"
    for try in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        if (cd "$POSTGRES_FOLDER" && as_postgres "$programs/pg_ctl" start --pgdata=data --wait --silent --log=data/server.log \
            -o "-k $POSTGRES_FOLDER -h 127.0.0.1 -p $port -c max_connections=300 $*" >/dev/null </dev/null); then
            POSTGRES_URL=postgres://spilno@127.0.0.1:$port/postgres
            return
        fi
        echo "PostgreSQL did not start on port $port (try $try)"
    done
    fail "PostgreSQL did not start: $(tail -n 3 "$POSTGRES_FOLDER/data/server.log")"
}

stop_postgres() {
    [ -n "$POSTGRES_FOLDER" ] || return 0
    (cd "$POSTGRES_FOLDER" && as_postgres "$(postgres_programs)/pg_ctl" stop --pgdata=data --mode=immediate --silent) \
        >/dev/null 2>&1 || true
    rm -rf "$POSTGRES_FOLDER"
    POSTGRES_FOLDER=
}
