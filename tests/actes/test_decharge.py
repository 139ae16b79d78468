"""The receipt of a letter handed over stands beside the signature: never alone on a page."""

from dossiers_des_actes import load_dossier

from exigible.actes.decharge import DECHARGE, join_decharge
from exigible.actes.demande import build_demande
from exigible.actes.document import Saut, Signatures
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte

SEULE = Signatures((("Camille Exemple", "Présidente"),))
DEUX = Signatures((("Le créancier",), ("Le débiteur",)))


def test_la_decharge_rejoint_la_signature():
    assert join_decharge((SEULE, DECHARGE)) == (Signatures((*SEULE.colonnes, *DECHARGE.colonnes)),)


def test_elle_ne_rejoint_rien_d_autre():
    for blocs in ((Saut(), DECHARGE), (DECHARGE,), (DEUX, DECHARGE), (SEULE, SEULE)):
        assert join_decharge(blocs) == blocs


def test_une_lettre_remise_en_main_propre_a_un_seul_bloc_de_signatures():
    saisies = {"canal": "main_propre", "delai_jours": "8"}
    demande = build_demande(get_modele("mise_en_demeure"), load_dossier("professionnel"), saisies=saisies)
    blocs = [b for b in prepare_acte(demande).document.blocs if isinstance(b, Signatures)]
    assert len(blocs) == 1
    assert blocs[0].colonnes[1] == DECHARGE.colonnes[0]
