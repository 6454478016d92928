#!/usr/bin/env bash
# Makes the secrets that docker-compose.yml reads, each in a file of its own. Keeps every file that is there already: the
# database takes its passwords once, when its volume is empty. To rotate the token key, put `newKid:newSecret,` in front
# of what jwt_keys holds and drop the old one after ten minutes, the life of an access token.
#
#   scripts/make-secrets.sh [folder, ./secrets by default]
set -euo pipefail

folder=${1:-"$(dirname "${BASH_SOURCE[0]}")/../secrets"}
# Compose mounts a secret with the owner and mode that its file has here, while the containers run as users of their own.
# So the files are readable, and the folder, which only the host walks through, is closed to all but its owner.
mkdir -p "$folder"
chmod 700 "$folder"
printf '*\n' >"$folder/.gitignore"

random() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

keep_or_write() {
  local file="$folder/$1"
  if [ -e "$file" ]; then
    echo "kept $file"
    return
  fi
  printf '%s' "$2" >"$file.new"
  chmod 444 "$file.new"
  mv "$file.new" "$file"
  echo "made $file"
}

url() {
  printf 'postgresql://%s:%s@postgres:5432/sealpost' "$1" "$(cat "$folder/$2")"
}

keep_or_write postgres_password "$(random)"
keep_or_write owner_password "$(random)"
keep_or_write application_password "$(random)"
keep_or_write migration_database_url "$(url sealpost_owner owner_password)"
keep_or_write database_url "$(url sealpost_app application_password)"
keep_or_write jwt_keys "k$(date -u +%Y%m%d):$(random)"
keep_or_write server_secret "$(random)"
keep_or_write s3_secret "$(random)"
