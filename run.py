"""Sets Gymwright up in this checkout and starts it.

    python3 run.py                 open the app; on Linux without a screen, do the main job in the terminal
    python3 run.py test [...]      format, lint, types, import contracts and all tests; [...] goes to pytest
    python3 run.py proof [...]     the comparisons with other programs, in environments of their own

The first start makes `.venv` and installs the packages named in `requirements.lock`; a later start finds both
unchanged and only hands over. Standard library alone, and grammar of Python 3.8, so that an old interpreter still
gets far enough to look for a newer one. It is one file, though a long one, because it runs before anything is
installed. What the packages do is none of its business.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
SUPPORTED = ((3, 13), (3, 12), (3, 11))
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")

# Options of pytest that choose some tests, or speak with the person, or say themselves how the work is shared.
UNSHARED = ("-n", "--numprocesses", "--dist", "-p", "-k", "--lf", "--sw", "-s", "--capture", "--pdb", "--trace", "--co")

# Shared library -> Debian package, for a bare Debian 12. Newer releases add "t64" to some names: `_debian_names`.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libgbm.so.1": "libgbm1",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2",
    "libxkbfile.so.1": "libxkbfile1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")
WHY_LIBRARIES = "the app shows the sites in a browser inside its window (Qt WebEngine), which needs these libraries"
WHY_CHROMIUM = "recordings and proofs compare with a real browser, and this computer has no Chromium"

# What pip prints -> what that means to the person who waits.
PIP_CAUSES = (
    ("No space left on device", "The disk is full. Free about 2 GB, then run this again."),
    (
        "do not match the hashes",
        "A download is not the file that was tested. Empty pip's cache (pip cache purge), retry.",
    ),
    (
        "THESE PACKAGES DO NOT",
        "A download is not the file that was tested. Empty pip's cache (pip cache purge), retry.",
    ),
    ("Temporary failure in name resolution", "The package index cannot be reached. Check the network, then retry."),
    (
        "Failed to establish a new connection",
        "The package index cannot be reached. Check the network or proxy, then retry.",
    ),
    ("Read timed out", "The package index answers too slowly. Run this again; finished downloads are kept."),
    (
        "No matching distribution found",
        "A package has no build for this computer. Qt's need Linux with glibc 2.34 (Debian 12, Ubuntu 22.04; on ARM"
        " glibc 2.39, Ubuntu 24.04),"
        " macOS 13 or Windows 10, on a 64-bit processor; an index that lacks the package says the same.",
    ),
    ("Permission denied", "This folder cannot be written. Move the checkout to one that is yours, then retry."),
)

PROBE = (
    "import json, struct, sys, sysconfig, importlib.util as u;"
    "print(json.dumps({'version': sys.version_info[:3], 'path': getattr(sys, '_base_executable', sys.executable),"
    "'pip': u.find_spec('ensurepip') is not None and u.find_spec('venv') is not None,"
    "'fits': struct.calcsize('P') == 8 and sys.implementation.name == 'cpython'"
    " and not sysconfig.get_config_var('Py_GIL_DISABLED')}))"
)


class StepError(Exception):
    """A step failed in a way that a person can mend: what happened, and what to do next."""

    def __init__(self, happened: str, advice: str) -> None:
        super().__init__(happened)
        self.happened = happened
        self.advice = advice


class Interpreter:
    """A Python found on this computer, as it described itself."""

    def __init__(self, path: str, version: tuple[int, ...], has_ensurepip: bool) -> None:
        self.path = path
        self.version = version
        self.has_ensurepip = has_ensurepip

    def __str__(self) -> str:
        return "Python " + ".".join(str(part) for part in self.version)


# --- choosing an interpreter -----------------------------------------------------------------------------------


def candidates(environ: Mapping[str, str]) -> list[list[str]]:
    """Return the commands that may be a supported Python, the most likely first; none has been run yet."""
    names = [f"python{major}.{minor}" for major, minor in SUPPORTED]
    found = [[sys.executable]] if sys.executable else []
    if WINDOWS:
        found += [["py", f"-{major}.{minor}"] for major, minor in SUPPORTED]
    for name in [*names, "python3", "python"]:
        found += [[path] for path in _on_path(name, environ)]
    pyenv = environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")
    program = "python.exe" if WINDOWS else "bin/python"
    patterns = []
    for major, minor in SUPPORTED:
        patterns.append(f"{pyenv}/versions/{major}.{minor}.*/{program}")
        patterns.append(f"{pyenv}/pyenv-win/versions/{major}.{minor}.*/{program}")
        patterns.append(f"{Path.home()}/.local/share/uv/python/cpython-{major}.{minor}.*/{program}")
        patterns.append(f"/opt/homebrew/bin/python{major}.{minor}")
        patterns.append(f"/Library/Frameworks/Python.framework/Versions/{major}.{minor}/bin/python3")
        patterns.append(f"{environ.get('LOCALAPPDATA', '')}/Programs/Python/Python{major}{minor}/python.exe")
    for pattern in patterns:
        found += [[path] for path in sorted(glob.glob(pattern), reverse=True)]
    unique = []
    for command in found:
        if command not in unique:
            unique.append(command)
    return unique


def _on_path(name: str, environ: Mapping[str, str]) -> list[str]:
    """Return every program of a name in the search path, in order."""
    suffix = ".exe" if WINDOWS else ""
    places = [Path(folder) / (name + suffix) for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    return [str(place) for place in places if place.is_file() and os.access(str(place), os.X_OK)]


def probe(command: Sequence[str]) -> Interpreter | None:
    """Run a candidate and return what it is; None when it does not start or is not a supported Python."""
    import subprocess

    try:
        done = subprocess.run([*command, "-c", PROBE], capture_output=True, text=True, timeout=20, check=False)
        told = json.loads(done.stdout)
        version = tuple(int(part) for part in told["version"])
        if version[:2] not in SUPPORTED or not told["fits"]:
            return None
        return Interpreter(str(told["path"]), version, bool(told["pip"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return None


def choose_interpreter(commands: Iterable[Sequence[str]]) -> Interpreter:
    """Return the first supported Python that can make an environment.

    Raises:
        StepError: None is supported, or those that are lack ensurepip.
    """
    without_ensurepip = None
    for command in commands:
        found = probe(command)
        if found is not None and found.has_ensurepip:
            return found
        without_ensurepip = without_ensurepip or found
    if without_ensurepip is None:
        raise StepError(
            f"Gymwright needs Python 3.11, 3.12 or 3.13, and none was found (this is {sys.version.split()[0]}).",
            "Install one of them (python.org, your package manager, or pyenv), then run this again.",
        )
    package = "python{}.{}-venv".format(*without_ensurepip.version)
    if can_install():
        install_packages([package], f"{without_ensurepip} lacks ensurepip, with which .venv is made")
        return Interpreter(without_ensurepip.path, without_ensurepip.version, has_ensurepip=True)
    raise StepError(
        f"{without_ensurepip} ({without_ensurepip.path}) cannot make an environment: it lacks ensurepip.",
        f"On Debian and Ubuntu type:  sudo apt-get install {package}\n"
        "Elsewhere install the part of Python that holds venv and ensurepip. Then run this again.",
    )


# --- the environment -------------------------------------------------------------------------------------------


class Environment:
    """The `.venv` of a checkout, and the stamp in it that says that it is finished, for what, and where."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / "gymwright-ready.json"
        self.programs = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.programs / ("python.exe" if WINDOWS else "python")

    def wanted(self) -> dict[str, str]:
        """Return what the stamp of a finished environment says: the lock's hash and the place."""
        digest = hashlib.sha256()
        for name in ("requirements.lock", "pyproject.toml"):
            digest.update((self.root / name).read_bytes())
        return {"packages": digest.hexdigest(), "place": str(self.folder)}

    def stamped(self) -> dict[str, str]:
        """Return what the stamp says; empty where it is missing or unreadable."""
        try:
            told = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def mark(self, **facts: str) -> None:
        """Write the stamp: the environment is finished, and these further facts hold."""
        told = {**self.stamped(), **self.wanted(), **facts}
        self.stamp.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")

    def has_interpreter(self) -> bool:
        """Say whether the Python that the environment was made from is still there."""
        try:
            lines = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        homes = [line.split("=", 1)[1].strip() for line in lines if line.startswith("home")]
        return self.python.exists() and all(Path(home).is_dir() for home in homes)

    def state(self) -> str:
        """Return "none", "ready", "outdated" (other packages wanted) or "broken" (half-made, moved, no Python)."""
        if not os.path.lexists(str(self.folder)):
            return "none"
        told, wanted = self.stamped(), self.wanted()
        if not self.has_interpreter() or told.get("place") != wanted["place"]:
            return "broken"
        return "ready" if told.get("packages") == wanted["packages"] else "outdated"


def prepare(environment: Environment) -> None:
    """Make, repair or update the environment where needed.

    Raises:
        StepError: No interpreter, no write access, or pip failed.
    """
    state = environment.state()
    if state == "ready":
        return
    if state == "broken":
        say("The environment in .venv is half-made or was moved; it is made anew.")
        remove(environment.folder)
    if state != "outdated":
        interpreter = choose_interpreter(candidates(os.environ))
        say(f"1/3  Making .venv with {interpreter}")
        run_step([interpreter.path, "-m", "venv", str(environment.folder)], "The environment could not be made.")
    if state == "outdated":
        environment.mark(packages="", libraries="")
    lock = environment.root / "requirements.lock"
    count = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    if state == "outdated":
        say(f"2/3  Bringing {count} packages up to date")
    else:
        say(f"2/3  Installing {count} packages (about 400 MB to download, once)")
    pip = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run_step([*pip, "--require-hashes", "-r", str(lock)], "The packages could not be installed.", total=count)
    say("3/3  Linking this checkout")
    run_step([*pip, "--no-deps", "--no-build-isolation", "-e", str(environment.root)], "Linking the checkout failed.")
    environment.mark()


def remove(folder: Path) -> None:
    """Delete an environment; refuse anything that does not look like one.

    Raises:
        StepError: The folder holds something else, or files are in use.
    """
    import shutil

    is_folder = folder.is_dir() and not folder.is_symlink()
    if not is_folder or not ((folder / "pyvenv.cfg").exists() or not any(folder.iterdir())):
        raise StepError(f"{folder} is not an environment made by this program.", "Move it away, then run this again.")
    try:
        shutil.rmtree(str(folder))
    except OSError as error:
        raise StepError(
            f"{folder} could not be deleted: {error}.", "Close programs that use it, then run this again."
        ) from error


def run_step(command: Sequence[str], failure: str, total: int = 0) -> None:
    """Run one long command, showing how many packages it has come to.

    Raises:
        StepError: It could not be started or ended badly; carries its last lines and the cause where it is a known one.
    """
    import subprocess

    lines: list[str] = []
    try:
        with subprocess.Popen(
            list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as child:
            assert child.stdout is not None  # noqa: S101 - a pipe was asked for
            done = 0
            for line in child.stdout:
                lines.append(line.rstrip())
                done += line.startswith("Collecting ")
                show_progress(line, done, total)
        code = child.returncode
    except OSError as error:
        lines, code = [str(error)], 1
    if code:
        raise StepError(failure, explain(lines))


def show_progress(line: str, done: int, total: int) -> None:
    """Show one line of pip's as progress; in a terminal it overwrites the one before."""
    words = line.split()
    if not total or not words or words[0] not in ("Collecting", "Downloading", "Installing"):
        return
    what = {"Collecting": "", "Downloading": "downloading ", "Installing": "unpacking all"}[words[0]]
    size = " ".join(words[2:]) if words[0] == "Downloading" else ""
    name = "" if words[0] == "Installing" else words[1].split("==")[0] + " " + size
    text = f"     {min(done, total)}/{total}  {what}{name}".rstrip()
    if sys.stdout.isatty():
        sys.stdout.write("\r\x1b[K" + text[:100] + ("\n" if words[0] == "Installing" else ""))
        sys.stdout.flush()
    elif words[0] == "Installing" or (words[0] == "Collecting" and done % 10 == 0):
        say(text)


def explain(lines: Sequence[str]) -> str:
    """Return what to do about a failed command, from what it printed."""
    advice = [cause for needle, cause in PIP_CAUSES if any(needle in line for line in lines)]
    told = [line for line in lines if line.strip() and not line.startswith("WARNING: Location")][-12:]
    return "\n".join([*(advice[:1] or ["Its last words are below; mend that, then run this again."]), "", *told])


# --- libraries of the system -----------------------------------------------------------------------------------


def missing_libraries(libraries: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of those shared libraries that this computer cannot load."""
    import ctypes

    missing = []
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(package)
    return missing


def has_chromium(environ: Mapping[str, str]) -> bool:
    """Say whether a Chromium is here that Playwright can drive: the system's, or one that Playwright keeps."""
    if environ.get("GYMWRIGHT_CHROMIUM") or any(_on_path(name, environ) for name in CHROMIUM_NAMES):
        return True
    home = Path.home()
    kept = [environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), str(home / ".cache/ms-playwright")]
    kept += [str(home / "Library/Caches/ms-playwright"), environ.get("LOCALAPPDATA", "") + "/ms-playwright"]
    return any(glob.glob(folder + "/chromium*") for folder in kept if folder)


def check_system(environment: Environment, needs_window: bool, needs_browser: bool) -> None:
    """See to the libraries that Qt WebEngine and Chromium need; the answer is kept in the stamp.

    Where this is root on Debian or Ubuntu they are installed; elsewhere the one command is named. A missing Chromium
    stops only what drives one.

    Raises:
        StepError: Something needed is missing and cannot be installed from here.
    """
    checked = "window" if needs_window else "offscreen"
    browser_known = environment.stamped().get("browser")
    if environment.stamped().get("libraries") in (checked, "window") and (browser_known == "yes" or not needs_browser):
        return
    missing = missing_libraries({**QT_LIBRARIES, **(WINDOW_LIBRARIES if needs_window else {})}) if LINUX else []
    browser = has_chromium(os.environ)
    if can_install():
        if missing:
            install_packages(missing, WHY_LIBRARIES)
        if not browser and (needs_browser or not browser_known):
            try:
                install_packages(CHROMIUM_PACKAGES, WHY_CHROMIUM)
            except StepError as error:
                say(f"{error.happened} Everything but recordings and proofs works without it.")
        missing, browser = [], has_chromium(os.environ)
    if missing:
        raise StepError(
            "Qt WebEngine needs libraries that this computer lacks: " + " ".join(missing),
            "Type this, then run this again (other systems name the packages alike):\n"
            "    sudo apt-get install --no-install-recommends " + " ".join(missing),
        )
    if needs_browser and not browser:
        raise StepError(
            "No Chromium was found.", f"Type this:\n    {environment.python} -m playwright install chromium"
        )
    environment.mark(libraries=checked, browser="yes" if browser else "no")


def can_install() -> bool:
    """Say whether packages can be installed without asking: root, and a system with apt."""
    return LINUX and os.geteuid() == 0 and bool(_on_path("apt-get", os.environ))


def install_packages(packages: Sequence[str], reason: str) -> None:
    """Install Debian packages with apt, and say before which, and why.

    Raises:
        StepError: apt failed; the advice holds what it printed.
    """
    count = "1 system package" if len(packages) == 1 else f"{len(packages)} system packages"
    say(f"Now {count} will be installed with apt-get, as this is root.")
    say(f"     Why: {reason}.")
    say(f"     Which: {', '.join(packages)}, with what these need themselves.")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run_step(["apt-get", "update", "-q"], "The list of system packages could not be read (apt-get update).")
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *_debian_names(packages)]
    run_step(command, "System packages could not be installed (" + " ".join(packages) + ").")


def _debian_names(packages: Sequence[str]) -> list[str]:
    """Return the names under which this release has the packages: some end in t64 since the change of time_t."""
    import subprocess

    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=False).stdout.split()
    renamed = {name for name in known if name.endswith("t64")}
    return [name + "t64" if name + "t64" in renamed else name for name in packages]


# --- the three commands ----------------------------------------------------------------------------------------


def has_screen(environ: Mapping[str, str]) -> bool:
    """Say whether a window can be opened: always supposed on macOS and Windows."""
    return not LINUX or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def start(environment: Environment) -> int:
    """Open the app, or do the main job in the terminal where there is no screen."""
    screen = has_screen(os.environ)
    prepare(environment)
    try:
        check_system(environment, needs_window=screen, needs_browser=False)
    except StepError as error:
        if screen:
            raise
        say(f"{error.happened}\n{error.advice}\nWithout a window most of the work needs none of them, so it goes on.")
    if screen:
        return hand_over([str(environment.programs / ("gymwright.exe" if WINDOWS else "gymwright")), "app"])
    say("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): Gymwright works without its window.")
    return hand_over([str(environment.python), "-m", "app.commands.headless"])


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """Run every static check, then pytest, whose closing line comes last; 0 only when all of them pass."""
    import subprocess

    prepare(environment)
    check_system(environment, needs_window=False, needs_browser=False)
    checks = {
        "format": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "imports": ["lint-imports"],
    }
    failed = []
    for name, (program, *rest) in checks.items():
        command = [str(environment.programs / program), *rest]
        done = subprocess.run(
            command, cwd=str(environment.root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        say(f"{name:8}{'ok' if done.returncode == 0 else 'FAILED: ' + ' '.join([program, *rest])}")
        if done.returncode:
            say(done.stdout)
            failed.append(name)
    # Tests start hundreds of interpreters; without what the first has compiled, each would compile everything anew.
    environ = {**os.environ, "GYMWRIGHT_FAILED_CHECKS": ", ".join(failed), "PYTHONDONTWRITEBYTECODE": ""}
    command = [str(environment.python), "-m", "pytest", *sharing(arguments), *arguments]
    tests = subprocess.run(command, cwd=str(environment.root), env=environ, check=False).returncode
    return tests or (1 if failed else 0)


def sharing(arguments: Sequence[str]) -> list[str]:
    """Return what has pytest use all processors, unless the person chose otherwise or asks for a few tests."""
    is_for_few = any(argument.split("::")[0].endswith(".py") for argument in arguments)
    if is_for_few or any(argument.startswith(UNSHARED) for argument in arguments):
        return []
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # Beyond eight each one more interpreter, with Qt and examples of its own, costs what it saves.
    return ["-n", str(min(count, 8)), "--dist", "worksteal"] if count > 1 else []


def proof(environment: Environment, arguments: Sequence[str]) -> int:
    """Run the tests that compare with other programs; they make the environments that they need."""
    prepare(environment)
    check_system(environment, needs_window=False, needs_browser=True)
    os.chdir(str(environment.root))
    return hand_over([str(environment.python), "-m", "pytest", "-m", "proof", "--timeout=1800", *arguments])


def hand_over(command: Sequence[str]) -> int:
    """Become another program, or on Windows, which cannot, run it and return its exit code."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], list(command))
    import subprocess

    return subprocess.run(list(command), check=False).returncode


def say(text: str) -> None:
    """Print a line now, also when output goes to a file."""
    print(text, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    environment = Environment(ROOT)
    try:
        if not arguments:
            return start(environment)
        if arguments[0] == "test":
            return test(environment, arguments[1:])
        if arguments[0] == "proof":
            return proof(environment, arguments[1:])
    except StepError as error:
        say(f"\n{error.happened}\n{error.advice}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Running this again goes on from here.")
        return 130
    say((__doc__ or "").split("\n\n")[1])
    return 0 if arguments[0] in ("-h", "--help", "help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
