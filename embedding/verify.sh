#!/usr/bin/env bash
# Proves that a host outside our parent POM can embed recsys4j: on an empty local Maven repository it installs the
# three library modules, then builds and runs two hosts, one that trains and one that only serves, and reads their class paths.
# Usage: embedding/verify.sh [LOCAL_REPOSITORY]   (default: a new temporary folder, removed afterwards)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
repository="${1:-$work/repository}"
maven() { "$root/mvnw" -q -B --no-transfer-progress -Dmaven.repo.local="$repository" "$@"; }
fail() { echo "embedding: $*" >&2; exit 1; }

echo "embedding: installing the library into $repository"
(cd "$root" && maven -pl recsys-core,recsys-eval,recsys-models -am install -DskipTests -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip)

for host in train serve; do
  cp -r "$root/embedding/$host" "$work/$host"
  (cd "$work/$host" && maven package dependency:build-classpath -Dmdep.outputFile=classpath.txt)
  tr ':' '\n' < "$work/$host/classpath.txt" | sed 's:.*/::' | sort > "$work/$host/jars.txt"
  echo "embedding: host '$host' has $(wc -l < "$work/$host/jars.txt") jars, $(tr ':' '\n' < "$work/$host/classpath.txt" | xargs du -cm | tail -1 | cut -f1) MB"
  if grep -E '^(slf4j-api-1\.|jna-[0-4]\.|jna-platform-|commons-(io-2\.[0-9]\.|net-|codec-1\.10)|oshi-|log4j|junit|logback)' "$work/$host/jars.txt"; then
    fail "the class path of host '$host' holds jars that must not reach a host (above)"
  fi
  if grep -E '^(lucene-|micrometer-|HdrHistogram|LatencyUtils)' "$work/$host/jars.txt"; then
    fail "the class path of host '$host' holds optional libraries that it did not ask for (above)"
  fi
  if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] && grep -E '(macosx|osx|windows|win-x86|arm|aarch64|ppc64)' "$work/$host/jars.txt"; then
    fail "the class path of host '$host' holds native libraries of other platforms (above)"
  fi
done
if grep -E 'pytorch|torch' "$work/serve/jars.txt"; then
  fail "the class path of the host that only serves holds libtorch (above)"
fi

native=""
java -version 2>&1 | grep -qE 'version "(2[4-9]|[3-9][0-9])' && native="--enable-native-access=ALL-UNNAMED"
mkdir "$work/data"
# shellcheck disable=SC2086
java $native -cp "$work/train/target/classes:$(cat "$work/train/classpath.txt")" host.TrainingHost "$work/data"
# shellcheck disable=SC2086
java $native -cp "$work/serve/target/classes:$(cat "$work/serve/classpath.txt")" host.ServingHost "$work/data/model"
echo "embedding: both hosts work"
