"""The matching of real statements: every line is classified, none is lost, nothing crashes."""

from pathlib import Path

import pytest

from exigible.dossier.rapprochement.donnees import LigneBancaire, Nature, Payeur, PosteOuvert, to_centimes
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_lignes
from exigible.echanges.lecture import read_fichier

DONNEES = Path(__file__).parent / "donnees"
RELEVES = sorted(
    fichier
    for genre in ("camt053", "camt054", "cfonb120", "mt940", "ofx", "csv_releves")
    for fichier in (DONNEES / genre).glob("*")
    if fichier.suffix != ".json"
)


def read_lignes(fichier):
    return [
        LigneBancaire(
            cle=f"m{rang}",
            jour=m.date,
            centimes=to_centimes(m.montant),
            devise=m.devise,
            libelle=m.libelle,
            reference=m.reference or "",
            contrepartie=m.contrepartie or "",
            iban=m.iban or "",
            bout_en_bout=m.bout_en_bout or "",
            operation=m.operation or "",
            motif_retour=m.motif_retour or "",
            extourne=m.extourne,
        )
        for rang, m in enumerate(read_fichier(fichier).mouvements)
    ]


@pytest.mark.parametrize("fichier", RELEVES, ids=lambda f: f.name)
def test_chaque_ligne_a_sa_proposition(fichier):
    lignes = read_lignes(fichier)
    entrees = [ligne for ligne in lignes if ligne.devise == "EUR" and ligne.centimes > 0]
    # One claim a credit, of its amount; one debtor a name.
    postes = [
        PosteOuvert(
            ligne.contrepartie or "anonyme",
            ligne.cle,
            f"FA-2026-{rang:04d}",
            ligne.centimes,
            ligne.centimes,
            ligne.jour,
        )
        for rang, ligne in enumerate(entrees)
    ]
    payeurs = [Payeur(ligne.contrepartie, ligne.contrepartie, (ligne.iban,)) for ligne in entrees]
    propositions = match_lignes(lignes, Index(postes, payeurs))
    assert propositions.keys() == {ligne.cle for ligne in lignes}
    for ligne in lignes:
        proposition = propositions[ligne.cle]
        assert (proposition.nature is Nature.DEVISE) == (ligne.devise != "EUR") == bool(proposition.refus)
        if ligne in entrees:
            assert any(abs(c.ecart) == 0 for c in proposition.candidats), ligne
        else:
            assert not proposition.candidats


def test_des_retours_reels_sont_reconnus():
    natures = {
        match.nature for fichier in RELEVES for match in match_lignes(read_lignes(fichier), Index([], [])).values()
    }
    assert {Nature.CREDIT, Nature.DEBIT, Nature.DEVISE, Nature.RETOUR} <= natures
