"""A bundle as a piece of work: asked once, said how far, gone on with when stopped, kept, then let go of."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models.functions import Now

from exigible.actes.modele import get_modele
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.effacement import run_effacement
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.journee import run_journee
from exigible.bureau.phrases import load_phrase
from exigible.bureau.preuve import liasses
from exigible.bureau.preuve.garde import JOURS_D_UNE_LIASSE
from exigible.bureau.preuve.liasses import (
    ask_liasse,
    copy_pdf,
    find_echec,
    list_en_cours,
    list_liasses,
    open_archive,
)
from exigible.bureau.preuve.models import Bordereau, LiasseFaite
from exigible.bureau.travaux.models import EtatTravail, Travail
from exigible.bureau.travaux.services import Arret, execute_travail, run_maintenant, sweep, take_travail
from exigible.dossier.faits import PaiementRecu

MODELE = "requete_injonction_de_payer"


@pytest.fixture(name="demander")
def _demander(dossier):
    def ask(**options):
        return ask_liasse(dossier, get_modele(MODELE), "essai", **{"projet": True, **options})

    return ask


def test_elle_est_gardee_avec_son_empreinte_et_son_jour(demander, dossier):
    travail = demander()
    dits = []
    assert run_maintenant(travail, lambda fait, total: dits.append((fait, total)))
    assert dits == [(1, 3), (2, 3), (3, 3)]
    (faite,) = list_liasses(dossier)
    assert (faite.au, faite.pieces, faite.projet, faite.approuve_le) == (date(2026, 11, 21), 3, True, None)
    assert travail.resultat == {"liasse": faite.pk}
    with open_archive(faite) as chemin:
        octets = chemin.read_bytes()
    assert (len(octets), hashlib.sha256(octets).hexdigest()) == (faite.taille, faite.sha256)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        manifeste = archive.read(f"{faite.nom}/manifeste.json")
        pdf = archive.read(f"{faite.nom}/liasse.pdf")
    assert hashlib.sha256(manifeste).hexdigest() == faite.empreinte
    sortie = io.BytesIO()
    copy_pdf(faite, sortie)
    assert sortie.getvalue() == pdf
    assert Bordereau.objects.get(dossier=dossier).auteur == "essai"


def test_deux_demandes_du_meme_acte_n_en_font_qu_une(demander, dossier):
    assert demander().pk == demander().pk
    autre = ask_liasse(dossier, get_modele("bordereau_de_pieces"), "essai")
    assert [t.pk for t in list_en_cours(dossier)] == [demander().pk, autre.pk]
    assert sweep() == 2
    assert [faite.acte for faite in list_liasses(dossier)] == ["bordereau_de_pieces", MODELE]


def test_les_memes_octets_ne_sont_gardes_qu_une_fois(demander, dossier):
    for _ in range(2):
        demander()
        sweep()
    assert len(list_liasses(dossier)) == 1
    assert Travail.objects.filter(nature="liasse", etat=EtatTravail.FAIT).count() == 2


def test_une_liasse_arretee_reprend(demander, dossier):
    demander()
    tenue = take_travail()
    tenue.demande_arret = lambda: True
    with pytest.raises(Arret):
        execute_travail(tenue)
    assert not LiasseFaite.objects.exists()
    assert sweep() == 1
    assert len(list_liasses(dossier)) == 1


def test_un_travailleur_mort_est_remplace_et_n_ecrit_plus(demander, dossier):
    travail = demander()
    perdue = take_travail()
    Travail.objects.filter(pk=travail.pk).update(bail=Now() - timedelta(seconds=1))
    assert sweep() == 1
    (faite,) = list_liasses(dossier)
    execute_travail(perdue)
    assert [x.pk for x in list_liasses(dossier)] == [faite.pk]


def test_un_refus_est_une_phrase_et_se_lit_sur_la_page(demander, dossier):
    travail = demander(projet=False)
    sweep()
    echec = find_echec(dossier)
    assert (echec.pk, list_en_cours(dossier)) == (travail.pk, [])
    assert "il manque" in load_phrase(echec.erreur)
    demander()
    sweep()
    assert find_echec(dossier) is None


def test_une_liasse_trop_grande_est_refusee(demander, dossier, monkeypatch):
    monkeypatch.setattr(liasses, "TAILLE_MAX", 1000)
    demander()
    sweep()
    assert "écartez des pièces" in load_phrase(find_echec(dossier).erreur)
    assert not LiasseFaite.objects.exists()


@pytest.mark.parametrize(
    "geste",
    [
        lambda dossier, _: ask_liasse(dossier, get_modele("bordereau_de_pieces"), "essai"),
        lambda dossier, jour: run_journee(dossier.cabinet, jour),
    ],
    ids=["demande", "travail du jour"],
)
def test_les_octets_partent_apres_leur_temps_l_empreinte_reste(demander, dossier, geste):
    demander()
    sweep()
    for jours, gardee in ((JOURS_D_UNE_LIASSE - 1, True), (JOURS_D_UNE_LIASSE + 2, False)):
        jour = date(2026, 11, 21) + timedelta(days=jours)
        with fix_horloge(jour):
            geste(dossier, jour)
        assert [faite.gardee for faite in list_liasses(dossier)] == [gardee]
    (faite,) = list_liasses(dossier)
    assert len(faite.sha256) == 64


def test_un_dossier_efface_perd_ses_liasses(demander, dossier):
    demander()
    sweep()
    paiement = PaiementRecu(cle="p-1", montant=Decimal("9000.00"))
    record_faits(dossier.chaine, [FaitAEcrire(paiement, date(2026, 11, 21))], "essai")
    with fix_horloge(date(2045, 1, 1)):
        run_effacement(dossier.cabinet, date(2045, 1, 1), "essai", appliquer=True)
    assert not LiasseFaite.objects.exists()
