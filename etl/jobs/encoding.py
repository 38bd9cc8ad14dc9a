"""Values of the pipeline as JSON and back, so that a job's outcome can be kept in a row and read by another process.

Findings are kept by code, place and facts, not as prose: whoever reads them chooses the language. Only the frozen
dataclasses, enums and plain values of `etl.importing` and `surveys.findings` are understood; nothing is unpickled.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_plain(value: object) -> Any:
    """Return a value as what JSON can hold: dataclasses as objects, tuples as lists, enums as their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be kept with a job")


def from_plain(wanted: type[Value], plain: Any) -> Value:
    """Return the dataclass that `to_plain` took apart.

    Raises:
        TypeError: the plain value does not have the shape of the class.
    """
    return cast("Value", _build(wanted, plain))


def _build(wanted: Any, plain: Any) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _build_one_of(get_args(wanted), plain)
    if origin is tuple:
        return _build_tuple(get_args(wanted), plain)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key_type, item_type = get_args(wanted)
        return {key_type(key): _build(item_type, item) for key, item in plain.items()}
    if is_dataclass(wanted):
        return _build_dataclass(cast("type", wanted), plain)
    return _build_scalar(wanted, plain)


def _build_dataclass(wanted: type, plain: Any) -> Any:
    hints = get_type_hints(wanted)
    names = [field.name for field in fields(wanted) if field.name in plain]
    return wanted(**{name: _build(hints[name], plain[name]) for name in names})


def _build_scalar(wanted: type, plain: Any) -> Any:
    if issubclass(wanted, Enum):
        return wanted(plain)
    if wanted is float and isinstance(plain, int):
        return float(plain)
    if isinstance(plain, wanted):
        return plain
    raise TypeError(f"found a {type(plain).__name__} where a {wanted.__name__} was kept")


def _build_one_of(choices: tuple[Any, ...], plain: Any) -> Any:
    if plain is None and NoneType in choices:
        return None
    kinds = [choice for choice in choices if choice is not NoneType]
    if len(kinds) == 1:
        return _build(kinds[0], plain)
    if isinstance(plain, tuple(kinds)):
        return plain
    raise TypeError(f"found a {type(plain).__name__} where one of {len(kinds)} other types was kept")


def _build_tuple(parts: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_build(parts[0], item) for item in plain)
    return tuple(_build(part, item) for part, item in zip(parts, plain, strict=True))
