#!/bin/sh
# Installs the Debian packages that opcon needs, if any is missing: once with the network, then never again.
#   tools/install-packages.sh            to build and run
#   tools/install-packages.sh test       also for the tests
#   tools/install-packages.sh package    also to build and judge the Debian packages (tests/package)
set -eu
packages="gcc libc6-dev pkg-config meson ninja-build python3 clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32
  libyaml-dev libutf8proc-dev libsqlite3-dev libxml2-dev libicu-dev libgraphviz-dev librsvg2-dev libmicrohttpd-dev zlib1g-dev poppler-utils"
if [ "${1:-}" = test ] || [ "${1:-}" = package ]; then
  packages="$packages libcmocka-dev libclang-rt-14-dev nodejs chromium fonts-noto-cjk valgrind libsleef-dev python3-numpy
  openmpi-bin libopenmpi-dev"
fi
[ "${1:-}" != package ] || packages="$packages build-essential debhelper lintian man-db"
missing=""
for package in $packages; do
  # nodejs may come from elsewhere than Debian.
  [ "$package" = nodejs ] && command -v node >/dev/null && continue
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
  sudo=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "please install as root:$missing" >&2; exit 3; }
    sudo=sudo
  fi
  echo "installing:$missing" >&2
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
# The browser and schema tests use packages from npm; without them those tests are left out.
[ "${1:-}" != "" ] && command -v npm >/dev/null || exit 0
cd "$(dirname "$0")/../tests"
for lock in */package-lock.json; do
  folder=$(dirname "$lock")
  [ -d "$folder/node_modules" ] && continue
  echo "installing npm packages of tests/$folder" >&2
  (cd "$folder" && npm ci --silent --no-audit --no-fund) ||
    echo "npm packages of tests/$folder could not be installed: its tests are left out" >&2
done
