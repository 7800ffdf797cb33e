"""XML as office programs write it: parsed without entities, named without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from services.intake.readers.grid import UnreadableFileError

Element: TypeAlias = etree._Element  # noqa: SLF001  # the library gives its type no other name

DAMAGED = "文件已损坏，打不开。请用原来的程序打开、另存后重试。"
DECLARES = "文件内部含有自定义实体声明，拒绝读取。请用Office或WPS打开、另存后重试。"

_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def xml(data: bytes) -> Element:
    """Parse XML without entities, network or great depth (faults D6).

    Raises:
        UnreadableFileError: no XML, with declarations, or deeper than any office program writes.
    """
    refuse_declarations(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnreadableFileError(DAMAGED) from problem


def refuse_declarations(data: bytes) -> None:
    """Refuse a document that declares entities: no office program writes one."""
    if any(mark in data for mark in _DECLARATIONS):
        raise UnreadableFileError(DECLARES)


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between editions."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name alone; None where it, or the element, is missing."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def whole(said: str | None, default: int = 0) -> int:
    """A count as attributes give it; the default where it is missing or no small number."""
    return int(said) if said and len(said) <= 7 and said.isascii() and said.isdecimal() else default


def flagged(element: Element | None) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off"}


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, in order."""
    for child in element:
        if local(child) in names:
            yield child
