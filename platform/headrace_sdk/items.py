"""What travels along a wire: items, the files they refer to, and where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, cast, overload

JsonScalar: TypeAlias = str | int | float | bool | None
JsonValue: TypeAlias = "JsonScalar | list[JsonValue] | dict[str, JsonValue]"
JsonObject: TypeAlias = "dict[str, JsonValue]"


class Pair(NamedTuple):
    """One ancestor of an item: the `item`-th item of the `input`-th main input port."""

    input: int
    item: int


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file in the tenant's store. `id` is all that is needed to open it."""

    id: str
    name: str
    mime: str
    size: int
    sha256: str

    def to_json(self) -> JsonObject:
        """The form in which a reference is stored and shown."""
        return {
            "id": self.id,
            "name": self.name,
            "mime": self.mime,
            "size": self.size,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class Item:
    """One record. `json` must not be changed in place: other branches see the same object."""

    json: JsonObject
    binary: Mapping[str, FileRef] | None = None
    paired: tuple[Pair, ...] = ()

    def at(self, index: int, port: int = 0) -> Item:
        """This item passed on unchanged, with the lineage of the receiving node."""
        return Item(self.json, self.binary, (Pair(port, index),))

    def to_json(self) -> JsonObject:
        """`{"json", "binary"?, "paired"?}`, the form of the log and of the API."""
        out: JsonObject = {"json": self.json}
        if self.binary:
            out["binary"] = {name: ref.to_json() for name, ref in self.binary.items()}
        if self.paired:
            out["paired"] = [{"input": pair.input, "item": pair.item} for pair in self.paired]
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Item:
        """Reads `to_json`'s form, which we wrote ourselves.

        Raises:
            KeyError, TypeError: it is not that form.
        """
        binary = cast("Mapping[str, Mapping[str, object]] | None", data.get("binary"))
        paired = cast("Sequence[Mapping[str, int]]", data.get("paired") or ())
        return cls(
            json=cast("JsonObject", data["json"]),
            binary={name: FileRef(**ref) for name, ref in binary.items()} if binary else None,  # type: ignore[arg-type]
            paired=tuple(Pair(pair["input"], pair["item"]) for pair in paired),
        )


class Inputs(Mapping[str, Sequence[Item]]):
    """The items that arrived at each main input port; a port without a delivery is empty."""

    __slots__ = ("_ports",)

    def __init__(self, ports: Mapping[str, Sequence[Item]]) -> None:
        self._ports = ports

    @property
    def main(self) -> Sequence[Item]:
        """The items of the port `main`, the only one that most nodes have."""
        return self._ports.get("main", ())

    def __getitem__(self, port: str) -> Sequence[Item]:
        return self._ports[port]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ports)

    def __len__(self) -> int:
        return len(self._ports)

    def values(self) -> ValuesView[Sequence[Item]]:
        """The items of each port; asked for several times a step, so not by way of the names."""
        return self._ports.values()


class PassedOn(Sequence[Item]):
    """Items passed on as they came, with the lineage of the node that passes them.

    A loop head returns it, however many items there are: nothing is copied and nothing stored.
    Of a loop over items, each turn gets `batch_size` of them.
    """

    __slots__ = ("batch_size", "given")

    def __init__(self, given: Sequence[Item], batch_size: int = 1) -> None:
        self.given = given
        self.batch_size = batch_size

    def __len__(self) -> int:
        return len(self.given)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self.given[at].at(at) for at in range(*index.indices(len(self.given)))]
        at = range(len(self.given))[index]
        return self.given[at].at(at)


Outputs: TypeAlias = Mapping[str, Sequence[Item]]


def to_main(items: Sequence[Item]) -> Outputs:
    """Everything out of the one main port."""
    return {"main": items}
