"""What must hold of every sentence of the law, whichever test makes it say one."""

import os
import re
import sys

import pytest

from exigible.droit import phrase as phrases
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.phrase import Phrase

CODE = re.compile(r"[a-z][a-z0-9_]*")
# a table of the project that is badly written is told to who writes it, in French only
POUR_QUI_ECRIT_LES_TABLES = "bareme_invalide"
# a fault in a user's file may end with the text to write
FICHIER_DE_L_UTILISATEUR = "valeurs_illisibles"
# the modules that read a table once for all
LECTEURS = tuple(
    f"exigible.droit.{module}."
    for module in (
        *("bareme", "competence_lieu", "conditions", "delais_paiement", "feries", "nombres"),
        *("plafonds", "prescription.table", "referentiel", "taux", "valeurs", "voies_ouvertes"),
    )
)


def check_message(code, message):
    """A code for programs; for people, a whole sentence that another language can say again."""
    assert CODE.fullmatch(code), code
    assert isinstance(message, str if code == POUR_QUI_ECRIT_LES_TABLES else Phrase), f"{code} : {message!r}"
    assert message[0].upper() == message[0], message
    assert message.endswith(".") or code == FICHIER_DE_L_UTILISATEUR, message


@pytest.fixture(autouse=True, scope="module")
def _every_sentence_is_whole():
    """No refusal and no warning without its sentence, no sentence that tells nothing (None) instead of a value."""
    init_erreur, init_avertissement, write = ErreurExigible.__init__, Avertissement.__init__, phrases.write_valeur

    def open_erreur(self, code, message, champ=None, **parametres):
        check_message(code, message)
        assert None not in parametres.values(), parametres
        init_erreur(self, code, message, champ, **parametres)

    def open_avertissement(self, code, message, *reste, **nommes):
        check_message(code, message)
        init_avertissement(self, code, message, *reste, **nommes)
        assert None not in self.parametres.values(), self.parametres

    def write_present(valeur, forme=""):
        assert valeur is not None
        return write(valeur, forme)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ErreurExigible, "__init__", open_erreur)
        patch.setattr(Avertissement, "__init__", open_avertissement)
        patch.setattr(phrases, "write_valeur", write_present)
        yield


@pytest.fixture(autouse=True, scope="session")
def _read_the_tables_again():
    """Under `make mutation` only: a change in what reads a table shows nowhere while an earlier reading is kept."""
    if os.environ.get("MUTANT_UNDER_TEST", "").startswith(LECTEURS):
        for nom, module in list(sys.modules.items()):
            if nom.startswith("exigible.droit"):
                for fonction in vars(module).values():
                    if hasattr(fonction, "cache_clear"):
                        fonction.cache_clear()


def pytest_collection_modifyitems(items):
    """Refuse a name with an accent given by `ids=`: collected again, it changes, and `make mutation` takes the test
    that it no longer finds for one that fails. `pytest.param(…, id=…)` keeps its name.
    """
    for item in items:
        escaped = "\\" in item.nodeid
        if escaped and any("ids" in mark.kwargs for mark in item.iter_markers("parametrize")):
            raise pytest.UsageError(f"{item.nodeid} : pytest.param(…, id=…), non ids=")
