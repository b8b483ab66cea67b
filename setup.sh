# Shared by ./start and ./test: a virtual environment from the lock file, and the programs the tests drive.

python_3_11_or_newer() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo 'Python 3.11 以上(venv を含む)が必要です。Debian・Ubuntu では: apt install python3 python3-venv' >&2
    return 1
}

make_environment() {
    # Debian's own Python comes without venv; one package brings it.
    if ! python=$(python_3_11_or_newer 2>/dev/null) && command -v apt-get >/dev/null; then
        apt_install python3-venv
    fi
    python=$(python_3_11_or_newer)
    "$python" -m venv .venv
}

install_locked() {
    lock=$1
    [ -x .venv/bin/python ] || make_environment
    # The stamp holds the lock it was made from, so a changed lock installs again and an unchanged one costs nothing.
    if ! cmp -s "$lock" ".venv/installed-$lock"; then
        echo "必要な部品を入れています ($lock)" >&2
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        cp "$lock" ".venv/installed-$lock"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

need_program() {
    command -v "$1" >/dev/null 2>&1 || apt_install "$2"
}

need_japanese_font() {
    fc-list :lang=ja 2>/dev/null | grep -q . || apt_install fonts-noto-cjk
}
