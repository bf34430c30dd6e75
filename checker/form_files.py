"""A form that loads, with the files that it is made of, so that a finding stands where its author can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.catalogue import rule
from checker.declared import name_of
from checker.finding import Finding
from forms.form import Field, Form
from forms.gif import BadNames, GifNames, gif_names
from forms.loader import Forms
from forms.reading import Pair


@dataclass(frozen=True)
class FormFiles:
    """A form and the pairs of files of itself and of its blocks, by id, with the names in the national data model.

    `gif_refused` is why a `gif.toml` laid over ours cannot be used; the names are then ours alone.
    """

    form: Form
    pairs: Mapping[str, Pair]
    gif: GifNames
    gif_refused: BadNames | None = None

    @property
    def own(self) -> Pair:
        """The form's own pair."""
        return self.pairs[self.form.id]

    def pair(self, owner: str) -> Pair:
        """The pair that a field's owner means; a block that the form changes for itself is still that block's file."""
        if owner in self.pairs:
            return self.pairs[owner]
        user, _, use = owner.partition(".")
        pair = self.pairs[user]
        while use:
            rows = pair.page.fields if pair.page is not None else ()
            row = next(one for one in rows if one.block and (use == one.id or use.startswith(f"{one.id}.")))
            pair, use = self.pairs[str(row.block)], use[len(row.id) + 1 :]
        return pair

    def at_field(self, name: str, field: Field, ja: str, en: str, *, key: str = "id", witness: str = "") -> Finding:
        """A finding at a key of the row that declares a field, in the form or in a block."""
        return self.at_page(name, field.owner, ("fields", field.row, key), ja, en, witness=witness)

    def at_page(self, name: str, owner: str, path: tuple[str, ...], ja: str, en: str, witness: str = "") -> Finding:
        """A finding at a place of a page, by the file's id and the ids of its rows."""
        pair = self.pair(owner)
        line, column = pair.page_positions.at(path)
        file = name_of_text(pair.page_file)
        return Finding(file, line, column, name, ".".join(path), ja, en, rule(name).severity, witness)

    def at_schema(self, name: str, field: Field, keyword: str, ja: str, en: str, witness: str = "") -> Finding:
        """A finding at a keyword of a field's own schema."""
        pair = self.pair(field.owner)
        path = [step for part in field.row.split(".") for step in ("properties", part)]
        line, column = pair.schema_positions.at([*path, keyword])
        file = name_of_text(pair.schema_file)
        return Finding(file, line, column, name, "/" + "/".join([*path, keyword]), ja, en, rule(name).severity, witness)


def name_of_text(file: str) -> str:
    """The name in messages of a file that the loader of forms names by its whole path."""
    from pathlib import Path

    return name_of(Path(file))


def form_files(forms: Forms, form_id: str) -> FormFiles | None:
    """A form with its files; None when it does not load, which its loader has told."""
    form, _ = forms.load(form_id)
    if form is None:
        return None
    try:
        return FormFiles(form, forms.pairs(form_id), gif_names(forms.folders))
    except BadNames as refused:
        return FormFiles(form, forms.pairs(form_id), gif_names(), refused)
