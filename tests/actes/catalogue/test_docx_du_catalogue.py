"""Every act that is also given as DOCX says there, word for word, what its PDF says: two cases of each are enough."""

import io
import re
from itertools import groupby

import docx
import pytest
from docx.table import Table

from exigible.actes.modele import get_modele
from exigible.actes.sorties.docx import render_docx
from exigible.actes.sorties.texte import write_texte

from .conftest import list_essais, prepare

TOUS = [e for e in list_essais() if not e.cas.erreur and get_modele(e.acte).docx]
ESSAIS = [e for _, essais in groupby(TOUS, key=lambda e: e.acte) for e in list(essais)[:2]]


def iter_textes(octets):
    for bloc in docx.Document(io.BytesIO(octets)).iter_inner_content():
        if isinstance(bloc, Table):
            yield from (p.text for rangee in bloc.rows for c in rangee.cells for p in c.paragraphs)
        else:
            yield bloc.text


@pytest.mark.parametrize("essai", ESSAIS, ids=lambda essai: essai.nom)
def test_le_docx_dit_ce_que_dit_le_pdf(essai):
    acte = prepare(essai)
    octets = render_docx(acte)
    corps = write_texte(acte.document).split("Annexe — ", maxsplit=1)[0]
    attendus = re.findall(r"\w+", re.sub(r"^\d+\. ", "", corps, flags=re.MULTILINE))
    assert re.findall(r"\w+", " ".join(iter_textes(octets)))[: len(attendus)] == attendus
