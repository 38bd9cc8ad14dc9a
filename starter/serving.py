"""The story of ``python3 start.py``: database, sample data, server."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from starter.environment import Environment, Need, prepare_environment
from starter.ports import choose_port
from starter.texts import StarterError, say

USUAL_HOST = "127.0.0.1"


@dataclass(frozen=True)
class ServeOptions:
    """What the person asked for.

    Attributes:
        host: address to listen on.
        port: port asked for, or ``None`` for the usual one or the next that is free.
        opens_browser: whether a browser is opened once the server answers.
        is_fresh: whether ``.venv`` is made anew first.
    """

    host: str = USUAL_HOST
    port: int | None = None
    opens_browser: bool = True
    is_fresh: bool = False


def start_dashboard(environment: Environment, options: ServeOptions) -> int:
    """Make everything ready and serve until somebody stops it.

    Returns:
        The exit code of the server, where the system lets us wait for it.

    Raises:
        StarterError: something stops it that a person can remedy.
    """
    choose_port(options.host, options.port)  # an address that can't be had is said before minutes of installing
    prepare_environment(environment, Need.RUNTIME, fresh=options.is_fresh)
    run_step(environment, ["db", "upgrade"])
    run_step(environment, ["demo", "--if-empty"])
    # Chosen again last of all, so that it is likely to be free still when the server takes it.
    choice = choose_port(options.host, options.port)
    if choice.taken is not None:
        say("port_moved", taken=choice.taken, port=choice.port)
    say("serving", port=choice.port)
    arguments = ["serve", "--host", options.host, "--port", str(choice.port)]
    if not options.opens_browser:
        arguments.append("--no-browser")
    return become(environment, arguments)


def run_step(environment: Environment, arguments: Sequence[str]) -> None:
    """Run one ``diagnoza`` command that has to succeed before the next.

    Raises:
        StarterError: it did not; its own words are on the screen by then.
    """
    command = [str(environment.program("diagnoza")), *arguments]
    finished = subprocess.run(
        command, check=False, cwd=environment.root, env=environment.variables(), stdin=subprocess.DEVNULL
    )
    if finished.returncode != 0:
        raise StarterError("step_failed", command=" ".join(["diagnoza", *arguments]), code=finished.returncode)


def become(environment: Environment, arguments: Sequence[str]) -> int:
    """Turn into a ``diagnoza`` command.

    Where the system can, this very process becomes it: stopping, killing or supervising the start then stops the
    server, and nothing is left behind holding the port. Windows can't; there we wait, and Ctrl+C reaches both.
    """
    command = [str(environment.program("diagnoza")), *arguments]
    os.chdir(environment.root)
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, environment.variables())  # noqa: S606 # there is no shell, and none is wanted
    with subprocess.Popen(command, env=environment.variables()) as server:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return server.wait()
