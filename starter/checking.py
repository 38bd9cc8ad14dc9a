"""The stories of ``start.py test``, ``check`` and ``bench``."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from starter.browsers import VARIABLE as BROWSER_VARIABLE
from starter.browsers import obtain_browser
from starter.environment import Environment, Need, prepare_environment
from starter.texts import StarterError, say

MOST_WORKERS = 4  # more only get in each other's way: each has a server, a browser or a PostgreSQL
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("import-linter", ("lint-imports",)),
)


def run_tests(environment: Environment, arguments: Sequence[str], *, with_coverage: bool) -> int:
    """Run the whole test suite, browser and PostgreSQL tests included.

    Args:
        environment: which one.
        arguments: handed on to pytest.
        with_coverage: measure which lines the tests reach, and report.

    Returns:
        pytest's exit code.
    """
    prepare_environment(environment, Need.DEVELOPMENT)
    variables = environment.variables() | choose_browser(environment, os.environ)
    pytest = ["-m", "pytest", *choose_workers(arguments, os.cpu_count() or 1), *arguments]
    if not with_coverage:
        return run(environment, ["python", *pytest], variables)
    code = run(environment, ["coverage", "run", *pytest], variables)
    run(environment, ["coverage", "combine", "--quiet"], variables)
    return run(environment, ["coverage", "report"], variables) or code


def choose_browser(environment: Environment, variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variable that names the browser for the tests; empty when there is none and that may be.

    Raises:
        StarterError: there is none, and this is continuous integration, where nothing is skipped.
    """
    try:
        return {BROWSER_VARIABLE: str(obtain_browser(environment))}
    except StarterError as error:
        if error.key not in {"no_browser", "no_driver"} or is_continuous_integration(variables):
            raise
        print(error.explain())
        say("browser_tests_skipped")
        return {}


def is_continuous_integration(variables: Mapping[str, str]) -> bool:
    """Tell whether nobody is watching, so that what can't be tested has to fail."""
    return variables.get("CI", "").lower() in {"1", "true"}


def choose_workers(arguments: Sequence[str], cores: int) -> list[str]:
    """Return pytest-xdist's options: a worker a core, unless the person chose or wants the debugger."""
    chosen = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--capture=no")
    if any(argument.startswith(chosen) for argument in arguments):
        return []
    return ["-n", str(max(1, min(cores, MOST_WORKERS))), "--dist", "loadgroup"]


def run_benchmarks(environment: Environment, arguments: Sequence[str]) -> int:
    """Measure speed and memory: the benchmarks alone, one after another, on an otherwise quiet machine."""
    prepare_environment(environment, Need.DEVELOPMENT)
    command = ["python", "-m", "pytest", "tests/benchmarks", "--benchmark-enable", "--benchmark-only", *arguments]
    return run(environment, command, environment.variables())


def run_checks(environment: Environment) -> int:
    """Run every static check, also after one has failed, and sum up.

    Returns:
        0 when all is well, else 1.
    """
    prepare_environment(environment, Need.DEVELOPMENT)
    results: list[tuple[str, int, float]] = []
    for name, command in CHECKS:
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        code = run(environment, command, environment.variables())
        results.append((name, code, time.monotonic() - began))
    print()
    for name, code, seconds in results:
        print(f"{name:<14} {'OK' if code == 0 else f'FAULTS (exit code {code})'} ({seconds:.1f} s)")
    is_clean = all(code == 0 for _, code, _ in results)
    say("checks_clean" if is_clean else "checks_faulty")
    return 0 if is_clean else 1


def run(environment: Environment, command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run one of the environment's commands in the project's folder and return its exit code."""
    program, *arguments = command
    finished = subprocess.run(
        [environment.program(program), *arguments],
        check=False,
        cwd=environment.root,
        env=dict(variables),
        stdin=subprocess.DEVNULL if is_continuous_integration(variables) else None,
    )
    return finished.returncode
