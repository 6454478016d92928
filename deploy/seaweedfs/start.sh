#!/bin/sh
# Run by the container of the object store: one account, whose secret is a file, and one bucket.
set -eu

secret=$(cat /run/secrets/s3_secret)
umask 077
cat >/run/seaweedfs/s3.json <<JSON
{
  "identities": [
    {
      "name": "sealpost",
      "credentials": [{ "accessKey": "sealpost", "secretKey": "${secret:?is empty}" }],
      "actions": ["Admin:sealpost", "Read:sealpost", "Write:sealpost", "List:sealpost"]
    }
  ]
}
JSON

# The bucket is made once the store answers; that it is there already is no mistake.
(
  until wget --quiet --spider http://127.0.0.1:8333/healthz; do sleep 1; done
  echo 's3.bucket.create -name sealpost' | weed shell -master=127.0.0.1:9333
) &

exec weed server -dir=/data -ip=127.0.0.1 -ip.bind=0.0.0.0 -s3 -s3.port=8333 -s3.config=/run/seaweedfs/s3.json
