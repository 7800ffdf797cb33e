#!/usr/bin/env bash
# Make the virtual environment, or say in one sentence what is missing.
set -euo pipefail
python=$1 venv=$2
if [ "$(uname -s)" != Linux ]; then
  echo "The server runs on Linux only; this is $(uname -s). 服务端只支持 Linux。" >&2
  exit 1
fi
if ! command -v "$python" >/dev/null; then
  echo "Python 3.11 or later is missing (tried '$python'); install it, or set PYTHON=/path/to/python. 缺少 Python 3.11 以上。" >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or later is needed; '$python' is $("$python" -V). Set PYTHON=/path/to/python3.11. 需要 Python 3.11 以上。" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "Python's venv module is missing; on Debian: apt-get install python3-venv. 缺少 Python 的 venv 模块。" >&2
  exit 1
fi
echo "Making the virtual environment in $venv ..."
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
