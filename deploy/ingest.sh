#!/bin/sh
# Runs `claimgraph ingest` every EVERY seconds (900), one run after the other. SIGTERM lets a run store what it has.
set -u

child=
stop() {
    trap '' TERM INT
    if [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null
        wait "$child"
    fi
    exit 0
}
trap stop TERM INT

while :; do
    claimgraph --quiet ingest &
    child=$!
    wait "$child" # what failed it has said; the next run tries again
    sleep "${EVERY:-900}" &
    child=$!
    wait "$child"
done
