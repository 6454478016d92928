#!/usr/bin/env bash
# Run once by the postgres image, on an empty data volume, as the superuser. Makes two roles: one that owns the database
# and migrates it, and one that the relay runs as, which reads and writes rows and nothing more. Neither is a superuser.
# In a subshell, because the image sources this file where the mount has lost its run bit.
(
  set -euo pipefail

  secrets=${SECRETS_DIR:-/run/secrets}
  OWNER_PASSWORD=$(cat "$secrets/owner_password")
  APPLICATION_PASSWORD=$(cat "$secrets/application_password")
  # An empty password would make a role that cannot log in, and no error.
  export OWNER_PASSWORD=${OWNER_PASSWORD:?is empty} APPLICATION_PASSWORD=${APPLICATION_PASSWORD:?is empty}

  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv application_password APPLICATION_PASSWORD

CREATE ROLE sealpost_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE sealpost_app LOGIN PASSWORD :'application_password';

ALTER DATABASE :"DBNAME" OWNER TO sealpost_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO sealpost_app;
SQL
)
