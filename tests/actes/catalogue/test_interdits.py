"""What no amicable paper may say: entrepreneurs' accessories to a consumer, an officer's words, a cost, a threat."""

import re

import pytest

from exigible.actes.modele import Famille, Signataire, get_modele
from exigible.droit.regimes import QualitePartie

from .conftest import list_essais, prepare

AMIABLES = [
    e
    for e in list_essais()
    if not e.cas.erreur
    and get_modele(e.acte).famille in {Famille.AMIABLE, Famille.COMPTES}
    and not e.acte.startswith(("transmission_", "avis_", "information_caution"))
    and get_modele(e.acte).signataire is not Signataire.COMMISSAIRE
]
_ACCESSOIRES = re.compile(r"L441-10|D441-5|pénalités de retard|indemnité forfaitaire|(?<!\d)40(,00)? €", re.IGNORECASE)
_OFFICIER = re.compile(
    r"commandement de payer|\bsommation|saisie imminente|au nom de la loi|République française|huissier"
    r"|avis avant saisie",
    re.IGNORECASE,
)
_FRAIS = re.compile(r"frais de (dossier|relance|recouvrement|mise en demeure)[^.]{0,40}à votre charge", re.IGNORECASE)


def name(essai):
    return essai.nom


@pytest.mark.parametrize("essai", AMIABLES, ids=name)
def test_aucun_papier_amiable_ne_dit_ce_qui_est_interdit(essai):
    acte = prepare(essai)
    texte = acte.texte.replace("\u00a0", " ").replace("\u202f", " ")
    assert not _OFFICIER.search(texte), _OFFICIER.findall(texte)
    assert not _FRAIS.search(texte)
    if acte.demande.etat.debiteur.qualite in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL}:
        assert not _ACCESSOIRES.search(texte), _ACCESSOIRES.findall(texte)
