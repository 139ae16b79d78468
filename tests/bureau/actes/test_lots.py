"""A batch at the office: read in a fixed number of queries, stopped and gone on with, approved letter by letter."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exigible.actes.rendu import render_acte
from exigible.bureau.actes import lots
from exigible.bureau.actes.lots import approve_lot, create_lot, list_actes_en_lot, make_lot, read_commandes, resume_lot
from exigible.bureau.actes.lots_models import Lot, RelieLot, StatutLot, StatutPart
from exigible.bureau.actes.services import Choix, prepare
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_dossier
from exigible.bureau.travaux.models import Travail
from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

ACTE = "mise_en_demeure"
REPONSES = {"delai_jours": "8"}
EMISSION = date(2026, 8, 1)


def open_dossier(creancier, rang, *, echu=True):
    adresse = Adresse(lignes=(f"{rang} rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    debiteur = DebiteurDecrit(
        nom=f"Client {rang}", code=f"C{rang}", qualite=QualitePartie.PROFESSIONNEL, adresse=adresse
    )
    dossier = create_dossier(creancier, debiteur, "essai", date(2026, 1, 1))
    echeance = date(2026, 8, 31) if echu else date(2026, 12, 31)
    creance = CreanceNee(
        cle=f"f-{rang}", numero=f"F-{rang}", emission=EMISSION, echeance=echeance, montant=Decimal("1200.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(creance, EMISSION)], "essai")
    return dossier


@pytest.fixture
def dossiers(creancier):
    cles = [open_dossier(creancier, rang, echu=rang != 2).pk for rang in (1, 2, 3)]
    return list(
        Dossier.objects.select_related("creancier", "chaine", "cabinet").filter(pk__in=cles).order_by("reference")
    )


def make(cabinet, dossiers, **options):
    return make_lot(create_lot(cabinet, ACTE, dossiers, "essai", reponses=REPONSES, **options))


def test_un_lot_fait_ce_qui_peut_l_etre(cabinet, dossiers):
    lot = make(cabinet, dossiers)
    parts = list(lot.parts.order_by("rang"))
    assert lot.statut == StatutLot.FAIT
    assert [p.statut for p in parts] == [StatutPart.FAIT, StatutPart.REFUSE, StatutPart.FAIT]
    assert "échue" in parts[1].raison
    assert bytes(parts[0].contenu).startswith(b"%PDF")
    assert lot.relies.count() == 1


def test_une_lettre_d_un_lot_est_celle_du_dossier_seul(cabinet, dossiers):
    lot = make(cabinet, dossiers)
    seule = render_acte(prepare(dossiers[0], ACTE, Choix(REPONSES)).acte)
    assert lot.parts.get(rang=1).sha256 == seule.sha256


def test_le_nombre_de_requetes_ne_depend_pas_du_lot(cabinet, creancier, dossiers):
    autres = [open_dossier(creancier, rang) for rang in range(4, 14)]
    tous = list(Dossier.objects.select_related("creancier", "chaine"))
    assert len(autres) + len(dossiers) == len(tous)
    lot = create_lot(cabinet, ACTE, dossiers, "essai", reponses=REPONSES)

    def count(choisis):
        with CaptureQueriesContext(connection) as requetes:
            assert len(list(read_commandes(lot, choisis))) == len(choisis)
        return len(requetes)

    assert count(tous[:2]) == count(tous)


def test_un_lot_interrompu_reprend_ou_il_en_etait(cabinet, dossiers, monkeypatch):
    monkeypatch.setattr("exigible.actes.lot.TRANCHE", 1)
    lot = create_lot(cabinet, ACTE, dossiers, "essai", reponses=REPONSES)
    reelle = lots.render_lot

    def render(commandes, **options):
        yield next(reelle(commandes, **options))
        raise RuntimeError

    monkeypatch.setattr(lots, "render_lot", render)
    with pytest.raises(RuntimeError):
        make_lot(lot)
    assert lot.parts.filter(statut=StatutPart.FAIT).count() == 1
    monkeypatch.setattr(lots, "render_lot", reelle)
    Travail.objects.update(pas_avant="2000-01-01T00:00:00Z")
    lot = make_lot(lot)
    assert lot.statut == StatutLot.FAIT
    assert RelieLot.objects.filter(lot=lot).count() == 2


def test_un_lot_abandonne_se_reprend(cabinet, dossiers):
    lot = create_lot(cabinet, ACTE, dossiers, "essai", reponses=REPONSES)
    lots.give_up_lot({"lot": str(lot.pk)}, "")
    lot.refresh_from_db()
    assert lot.statut == StatutLot.INTERROMPU
    assert make_lot(resume_lot(lot, "essai")).statut == StatutLot.FAIT
    with pytest.raises(ErreurExigible):
        resume_lot(Lot.objects.get(pk=lot.pk), "essai")


def test_approuver_un_lot_approuve_chaque_lettre(cabinet, dossiers, coherent):
    lot = make_lot(approve_lot(make(cabinet, dossiers), "Camille"))
    assert lot.statut == StatutLot.APPROUVE
    assert lot.approuve_par == "Camille"
    assert [p.statut for p in lot.parts.order_by("rang")] == [
        StatutPart.APPROUVE, StatutPart.REFUSE, StatutPart.APPROUVE,
    ]  # fmt: skip
    assert Courrier.objects.filter(acte=ACTE).count() == 2


def test_ce_qui_a_change_depuis_n_est_pas_approuve(cabinet, dossiers):
    lot = make(cabinet, dossiers)
    creance = CreanceNee(
        cle="f-n", numero="F-N", emission=EMISSION, echeance=date(2026, 8, 31), montant=Decimal("10.00")
    )
    record_faits(dossiers[0].chaine, [FaitAEcrire(creance, EMISSION)], "essai")
    lot = make_lot(approve_lot(lot, "Camille"))
    part = lot.parts.get(rang=1)
    assert part.statut == StatutPart.REFUSE_DEPART
    assert "a changé" in part.raison
    assert lot.parts.get(rang=3).statut == StatutPart.APPROUVE


def test_ce_qui_ne_se_demande_pas(cabinet, dossiers):
    with pytest.raises(ErreurSaisie, match="Cochez"):
        create_lot(cabinet, ACTE, [], "essai")
    with pytest.raises(ErreurSaisie, match="en lot"):
        create_lot(cabinet, "requete_injonction_de_payer", dossiers, "essai")
    with pytest.raises(ErreurExigible):
        approve_lot(create_lot(cabinet, ACTE, dossiers, "essai"), "essai")


def test_seules_les_lettres_du_creancier_se_font_en_lot():
    noms = {m.nom for m in list_actes_en_lot()}
    assert {ACTE, "relance_1"} <= noms
    assert not {"requete_injonction_de_payer", "bordereau_de_pieces"} & noms
