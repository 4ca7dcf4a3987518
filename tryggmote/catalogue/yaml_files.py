"""Reads a YAML file so that every value can be traced back to its line, and no key is said twice."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# libyaml's parser where it is compiled in: about ten times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[str | int, ...]


class UnreadableFile(Exception):
    """The file is no usable YAML. The message says what is wrong and, where known, on which line."""


@dataclass(frozen=True)
class Document:
    """The contents of a file, and the nodes that remember where each value stands."""

    data: Any
    node: yaml.Node

    def line_of(self, location: Location) -> int:
        """Line (from 1) of the value at `location`, or of the nearest thing around it that exists."""
        node = self.node
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            node = found
        return int(node.start_mark.line) + 1


def read_yaml(path: Path) -> Document:
    """The file's contents. Raises: UnreadableFile."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            raise UnreadableFile("the file is empty")
        _refuse_repeated_keys(node)
        return Document(loader.construct_document(node), node)
    except UnicodeDecodeError:
        raise UnreadableFile("the file is not text in UTF-8") from None
    except OSError as error:
        raise UnreadableFile(f"the file cannot be read: {error.strerror}") from None
    except yaml.MarkedYAMLError as error:
        raise UnreadableFile(_explain(error)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableFile(str(error)) from None


def _explain(error: yaml.MarkedYAMLError) -> str:
    line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
    return f"{line}{error.problem or error.context}"


def _refuse_repeated_keys(node: yaml.Node) -> None:
    """YAML keeps the last of two equal keys and says nothing; here the first would be lost unseen."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise UnreadableFile(f"line {key.start_mark.line + 1}: “{key.value}” is given twice")
            seen.add(key.value)
            _refuse_repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None
