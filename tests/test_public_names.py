"""The public names are those that are promised, and each is explained."""

import ast
import inspect
from pathlib import Path

import pytest

import bedside
from bedside import errors

ROOT = Path(__file__).parents[1]


def test_the_list_of_names_is_in_order_and_complete():
    """What is exported is what is listed, in alphabetical order."""
    assert bedside.__all__ == sorted(bedside.__all__)
    assert set(bedside.__all__) == set(bedside._HOME)


@pytest.mark.parametrize("name", bedside.__all__)
def test_every_public_name_exists_and_is_explained(name):
    """Each name can be imported, has a docstring, and stands on a page of the documentation."""
    found = getattr(bedside, name)
    assert inspect.getdoc(found)
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert f"`{name}" in pages or f"bedside.{name}" in pages


def test_every_error_is_in_the_tree_and_exported():
    """The error tree drawn at the top of the file names every error, and each can be caught by its public name."""
    found = {name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)}
    assert found == set(errors.__all__)
    assert all(name in errors.__doc__ for name in found)
    assert found <= set(bedside.__all__)


def test_an_unknown_name_is_an_attribute_error():
    """A misspelt name fails as Python does."""
    with pytest.raises(AttributeError, match="aks"):
        bedside.aks  # noqa: B018


def test_importing_the_package_loads_nothing():
    """The package itself imports no room."""
    tree = ast.parse((ROOT / "src" / "bedside" / "__init__.py").read_text(encoding="utf-8"))
    top = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert set(top) == {"__future__", "importlib", "typing"}
