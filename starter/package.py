r"""Makes ``import etl`` and the command ``diagnoza`` work inside ``.venv``, from this very folder.

Why not ``pip install --editable .``: it needs a build tool and its four packages among those every user installs, and
the path it writes into a ``.pth`` file is read in the system's code page by Python 3.11 and 3.12 on Windows, where a
folder such as ``C:\Users\Paweł`` then isn't found. So the wheel that such an installation would make is written here:
a ``.pth`` file with a *relative* path, always plain ASCII, and the entry points that ``pyproject.toml`` names. pip
installs it like any other, and makes the command in the way each system needs. ``pyproject.toml`` stays a complete
project, and ``pip install .`` works as everywhere.
"""

import base64
import hashlib
import os
import sysconfig
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LinkPackage:
    """The small wheel that links an environment to the folder of the project.

    Attributes:
        name: distribution name as in file names, ``diagnoza_lokalna``.
        version: version in ``pyproject.toml``.
        files: path inside the wheel to content.
    """

    name: str
    version: str
    files: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that the wheel says; a change means it has to be installed again."""
        return hashlib.sha256(repr(sorted(self.files.items())).encode()).hexdigest()

    def write(self, folder: Path) -> Path:
        """Write the wheel into a folder and return its path."""
        information = f"{self.name}-{self.version}.dist-info"
        record = "".join(f"{path},{_hash(content)},{len(content.encode())}\n" for path, content in self.files.items())
        wheel = folder / f"{self.name}-{self.version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, content in self.files.items():
                archive.writestr(path, content)
            archive.writestr(f"{information}/RECORD", f"{record}{information}/RECORD,,\n")
        return wheel


def describe_package(root: Path, folder: Path) -> LinkPackage:
    """Return the link from an environment to the project.

    Args:
        root: folder of the project, with ``pyproject.toml``.
        folder: the environment, ``.venv``.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = str(project["name"]).replace("-", "_")
    version = str(project["version"])
    libraries = sysconfig.get_path("purelib", scheme="venv", vars={"base": str(folder), "platbase": str(folder)})
    information = f"{name}-{version}.dist-info"
    commands = "".join(f"{command} = {target}\n" for command, target in project["scripts"].items())
    requirements = "".join(f"Requires-Dist: {requirement}\n" for requirement in project["dependencies"])
    return LinkPackage(
        name=name,
        version=version,
        files={
            f"{name}.pth": f"{os.path.relpath(root, libraries)}\n",
            f"{information}/METADATA": (
                f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n"
                f"Summary: {project['description']}\nRequires-Python: {project['requires-python']}\n{requirements}"
            ),
            f"{information}/WHEEL": (
                "Wheel-Version: 1.0\nGenerator: start.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            ),
            f"{information}/entry_points.txt": f"[console_scripts]\n{commands}",
        },
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
