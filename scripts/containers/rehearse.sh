#!/usr/bin/env bash
# Brings up what docker-compose.yml describes, with its profiles `redis` and `tls`, as a project of its own, and asks of it what
# docs/self-hosting.md and docs/operations.md promise. Takes the ports 80, 443 and 3000. At the end nothing is left of it but the
# image, and the secrets if there were none. Arguments go to `docker compose up`.
#
#   scripts/containers/rehearse.sh --build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! docker info >/dev/null 2>&1; then
  echo 'skipped: no Docker engine answers'
  [ "${CI:-}" != true ]
  exit
fi
tool=(docker compose)
docker compose version >/dev/null 2>&1 || tool=(docker-compose)

export COMPOSE_PROJECT_NAME=sealpost-rehearsal COMPOSE_PROFILES=redis,tls
export PUBLIC_URL=https://localhost TRUST_PROXY=172.31.204.2 REDIS_URL=redis://redis:6379 BIND=127.0.0.1:3000
backups=$(mktemp -d)
chmod 777 "$backups"

compose() { "${tool[@]}" "$@"; }
relay() { compose exec -T relay "$@"; }
of_relay() { docker inspect --format "$1" "$(compose ps --quiet --all relay 2>/dev/null || compose ps --quiet relay)"; }
told() { echo "ok    $1"; }
refuse() {
  echo "fail  $1"
  exit 1
}

finish() {
  local status=$?
  [ "$status" -eq 0 ] || compose logs --no-color --tail=40 || true
  # What the relay's user has written there only root or that user may delete.
  compose run --rm -T --no-deps --volume "$backups:/backups" relay sh -c 'rm -rf /backups/*' >/dev/null 2>&1 || true
  compose down --volumes --timeout 30 >/dev/null 2>&1 || true
  rm -rf "$backups"
  exit "$status"
}

healthy() {
  for _ in $(seq 180); do
    [ "$(of_relay '{{.State.Health.Status}}')" != healthy ] || return 0
    sleep 1
  done
  refuse 'the relay is not healthy after three minutes'
}

answers() {
  curl --fail --silent --show-error http://127.0.0.1:3000/health/ready >/dev/null
  # Caddy makes a certificate of its own for localhost, which nobody trusts.
  curl --fail --silent --show-error --insecure --retry 20 --retry-delay 1 --retry-all-errors https://localhost/ |
    grep --quiet '<!doctype html>'
  told 'answers on loopback, and has the web app behind TLS'
  relay node --input-type=module - http://127.0.0.1:3000 <examples/send-and-receive.mjs >/dev/null
  told 'carries messages'
}

is_confined() {
  local process
  process=$(relay cat /proc/1/status)
  grep --quiet '^CapEff:[[:space:]]*0*$' <<<"$process" || refuse 'the relay has capabilities'
  grep --quiet '^CapBnd:[[:space:]]*0*$' <<<"$process" || refuse 'the relay could get capabilities'
  grep --quiet '^NoNewPrivs:[[:space:]]*1$' <<<"$process" || refuse 'the relay could get privileges'
  ! grep --quiet '^Uid:[[:space:]]*0' <<<"$process" || refuse 'the relay is root'
  for folder in / /app /etc /home/node /var/lib /var/tmp /run/secrets; do
    ! relay sh -c ": >$folder/probe" 2>/dev/null || refuse "the relay can write to $folder"
  done
  relay sh -c ': >/var/lib/sealpost/probe && rm /var/lib/sealpost/probe'
  told 'is nobody of rank, and writes where attachments go only'
}

has_commands() {
  # It fails for the certificate, which is Caddy's own.
  grep --quiet '^ok    attachments' <<<"$(relay node dist/relay/doctor.js || true)" || refuse 'doctor finds no attachments'
  relay node dist/relay/audit.js verify >/dev/null
  relay node dist/relay/reports.js list >/dev/null
  told 'has its commands'
}

comes_back() {
  local run=(run --rm -T --volume "$backups:/backups" relay node)
  compose "${run[@]}" dist/relay/backup.js /backups/one >/dev/null
  compose stop --timeout 30 relay
  [ "$(of_relay '{{.State.ExitCode}}')" = 0 ] || refuse 'the relay does not end by itself when it is told to'
  told 'ends when it is told to'
  compose down --timeout 30
  docker volume rm "${COMPOSE_PROJECT_NAME}_database" >/dev/null
  compose "${run[@]}" dist/relay/restore.js /backups/one >/dev/null
  compose up --detach --no-build
  healthy
  told 'comes back from a backup'
}

trap finish EXIT
scripts/make-secrets.sh >/dev/null
compose up --detach "$@"
healthy
told 'is healthy'
answers
is_confined
has_commands
comes_back
