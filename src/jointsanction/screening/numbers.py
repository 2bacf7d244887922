"""Cells as numbers of eighteen places (号码成列): plain ones as they lie in memory, odd ones folded first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jointsanction.identity.folding import bare
from jointsanction.screening.forms import ALONE, LENGTH, Forms, forms_of

if TYPE_CHECKING:
    from jointsanction.screening.forms import Bytes


def read_numbers(ids: pa.Array, declared: Bytes) -> tuple[Bytes, Forms]:
    """Return the signs of each number, a row each, and what it is; what has not eighteen places is `ALONE`.

    Full-width signs, spaces and hyphens are folded away as everywhere; such a cell costs as much as one by itself.
    """
    straight = pc.fill_null(pc.equal(pc.binary_length(ids), LENGTH), fill_value=False)
    fits = straight.to_numpy(zero_copy_only=False)
    if fits.all():
        rows = _signs(ids)
    else:
        rows = np.zeros((len(ids), LENGTH), np.uint8)
        rows[fits] = _signs(ids.filter(straight))
    forms = forms_of(rows, declared)
    odd, folded = [], []
    for at in np.nonzero(forms.kind == ALONE)[0]:
        text = ids[int(at)].as_py() or ""
        number = bare(text)
        if len(number) == LENGTH and number.isascii() and number != text.upper():
            odd.append(at)
            folded.append(number)
    if odd:
        rows = rows.copy()
        rows[odd] = _signs(pa.array(folded, pa.large_string()))
        again = forms_of(rows[odd], declared[odd])
        forms.kind[odd], forms.digest[odd] = again
    return rows, forms


def _signs(ids: pa.Array) -> Bytes:
    """Return texts of eighteen bytes, none of them null, as rows of bytes where they lie."""
    # A piece of a table begins wherever it does, and what was cast from one as well.
    _, offsets, data = ids.buffers()
    begin = int(np.frombuffer(offsets, np.int64, 1, ids.offset * np.int64().itemsize)[0]) if len(ids) else 0
    return np.frombuffer(data or b"", np.uint8, len(ids) * LENGTH, begin).reshape(-1, LENGTH)
