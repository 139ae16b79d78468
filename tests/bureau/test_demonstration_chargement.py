"""The demonstration in the office: what its files and its history come to, to the cent, and that it loads once."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau.comptes.models import Cabinet, Utilisateur
from exigible.bureau.demonstration import IDENTIFIANT, MOT_DE_PASSE
from exigible.bureau.demonstration.charger import load_demonstration
from exigible.bureau.envois.services import approve_courrier, preview_courrier
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.models import Importation, StatutImportation
from exigible.bureau.journal.models import Maillon, Piece, Sceau
from exigible.bureau.journal.services import verify_journal
from exigible.bureau.journee import compute_journee
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.travail import Geste
from exigible.droit.erreurs import ErreurExigible

JOUR = date(2026, 11, 21)

# By hand, from the lists of docs/demonstration.md: 93 138,00 + 47 572,40 + 8 617,96 + 8 088,00 = 157 416,36 € open
# before the bank statement, which pays M2020 (2 712,00 €) and E4003 (3 468,00 €); and 3 600,00 € kept apart (416).
LIVRES = Decimal("154836.36")
# The books take a late part payment off the price, the law off the 40 € and the interest first (C. civ. 1343-1):
# FA1050, 20 days late when 2 000,00 € came: 4 920,00 × 12,40 % × 20 / 365 = 33,43, and 40,00;
# FA1059, 17 days late when 500,00 € came without a reference: 3 744,00 × 12,40 % × 17 / 365 = 21,62, and 40,00.
PRINCIPAL = LIVRES + Decimal("73.43") + Decimal("61.62")
GESTES = {
    Geste.METTRE_EN_DEMEURE: {"M2004", "M2005", "M2012", "B3001", "B3003", "B3004"},
    Geste.APPELER: {"B3008", "FA1069", "M2019", "M2021"},
}
RETENUES = {
    "M2006": "credit_non_rapproche",
    "M2007": "a_completer",
    "M2008": "contestation",
    "M2009": "a_completer",
    "M2010": "promesse",
    "M2011": "plan",
    "M2013": "credit_non_rapproche",
    "M2014": "delai",
    "M2017": "ne_pas_relancer",
    "M2001": "mise_en_demeure",
    "M2002": "mise_en_demeure",
    "B3002": "mise_en_demeure",
    "FA0958": "plan",
    "FA1053": "message_recent",
    "FA1061": "autre_etape",
    "FA1063": "credit_non_rapproche",
    "FA1077": "a_echoir",
}


@pytest.fixture(autouse=True)
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("EXIGIBLE_VAR", str(tmp_path / "var"))
    with fix_horloge(JOUR):
        yield tmp_path / "var"


@pytest.fixture
def cabinet(db):
    return load_demonstration(JOUR)


def find_creance(numero):
    dossier = Dossier.objects.select_related("creancier").get(creances__numero=numero)
    return next(c for c in load_etat(dossier).creances if c.creance.numero == numero)


def count_tout():
    return [modele.objects.count() for modele in (Cabinet, Utilisateur, Dossier, Creance, Maillon, Piece, Importation)]


def test_what_is_owed_is_to_the_cent_what_the_files_say(cabinet):
    dossiers = Dossier.objects.filter(cabinet=cabinet)
    assert dossiers.count() == 23
    assert sum(d.principal for d in dossiers) == PRINCIPAL
    assert {f.statut for f in Importation.objects.all()} == {StatutImportation.APPLIQUE}
    assert sum(f.apercu["comptes"]["refuse"] for f in Importation.objects.all()) == 0
    # M2020 and E4003 are paid; FA1058 had 500,00 € on 972,00 € in time; B3003 400,00 € on 1 234,56 €.
    restes = dict(Creance.objects.values_list("numero", "reste"))
    assert (restes["M2020"], restes["E4003"]) == (0, 0)
    assert (restes["FA1058"], restes["B3003"]) == (Decimal("472.00"), Decimal("834.56"))
    # FA0931 is kept apart by the books (416): it is owed, and held.
    assert restes["FA0931"] == Decimal("3600.00")
    assert find_creance("FA0931").suspensions


def test_the_statement_of_m2012_by_hand(cabinet):
    creance = find_creance("M2012")
    # Due on 24/10/2026: 28 days late. Rate: the ECB's on 1 July 2026 plus 10 points; 2 484,00 × 12,40 % × 28 / 365.
    assert (creance.creance.echeance, creance.jours_de_retard) == (date(2026, 10, 24), 28)
    assert (creance.principal_restant, creance.indemnites) == (Decimal("2484.00"), Decimal("40.00"))
    assert creance.interets == Decimal("23.63")
    assert creance.total == Decimal("2547.63")


def test_a_consumer_owes_neither_40_euros_nor_interest_before_a_formal_notice(cabinet):
    creance = find_creance("B3001")
    assert (creance.interets, creance.indemnites) == (0, 0)
    # B3002's notice was handed over 9 days ago: 149,90 × 2,75 % × 9 / 365 = 0,1016.
    notifiee = find_creance("B3002")
    assert (notifiee.interets, notifiee.indemnites) == (Decimal("0.10"), 0)


def test_the_day_has_every_kind_of_work(cabinet):
    journee = compute_journee(cabinet, JOUR)
    assert journee.problemes == ()
    faits = defaultdict(set)
    for ligne in journee.actions:
        faits[ligne.action.geste].update(ligne.numeros)
        faits[ligne.action.etape.value].update(ligne.numeros)
    assert {geste: faits[geste] for geste in GESTES} == GESTES
    assert faits["courtoisie"] == {"B3012"}
    assert {"B3005", "M2015", "M2016", "E4001", "FA1050", "FA1066"} <= faits["relance"]
    assert {ligne.dossier.debiteur_code for ligne in journee.completer} == {"CDIST", "CSPOR"}
    assert [credit.montant for credit in journee.banque] == [Decimal("396.00"), Decimal("1500.00")]


def test_every_formal_notice_of_the_day_can_be_read_and_approved(cabinet):
    lignes = [
        ligne for ligne in compute_journee(cabinet, JOUR).actions if ligne.action.geste is Geste.METTRE_EN_DEMEURE
    ]
    for ligne in lignes:
        rendu = preview_courrier(ligne.dossier, "mise_en_demeure", ligne.action.creances)
        assert [m for m in rendu.manquements if m.severite == "majeur"] == []
        assert rendu.montant == ligne.action.montant
        approve_courrier(ligne.dossier, "mise_en_demeure", ligne.action.creances, "essai", sha256_vu=rendu.sha256)
    assert len(compute_journee(cabinet, JOUR).courriers_a_poster) == len(lignes) == 6


def test_what_is_not_chased_says_why(cabinet):
    motifs = {ligne.numero: ligne.retenue.code for ligne in compute_journee(cabinet, JOUR).retenues}
    assert {numero: motifs.get(numero) for numero in RETENUES} == RETENUES


def test_every_open_claim_is_either_chased_or_held_with_its_reason(cabinet):
    journee = compute_journee(cabinet, JOUR)
    vues = Counter(numero for ligne in journee.actions for numero in ligne.numeros)
    vues += Counter(ligne.numero for ligne in journee.retenues)
    assert set(vues.values()) == {1}
    assert set(vues) == set(Creance.objects.exclude(stade="soldee").values_list("numero", flat=True))


def test_a_second_load_changes_nothing(cabinet, var):
    avant, sceaux = count_tout(), Sceau.objects.count()
    fichiers = {f.name: f.read_bytes() for f in (var / "demonstration").iterdir()}
    phrases = []
    assert load_demonstration(JOUR, phrases.append) == cabinet
    assert count_tout() == avant
    assert Sceau.objects.count() == sceaux == 1
    assert phrases[0] == "La démonstration est déjà chargée : elle est seulement mise à jour."
    assert {f.name: f.read_bytes() for f in (var / "demonstration").iterdir()} == fichiers


def test_another_day_only_brings_it_to_that_day(cabinet, var):
    avant = count_tout()
    fichiers = {f.name: f.read_bytes() for f in (var / "demonstration").iterdir()}
    suite = JOUR + timedelta(days=7)
    with fix_horloge(suite):
        load_demonstration(suite)
    assert count_tout() == avant
    assert {f.name: f.read_bytes() for f in (var / "demonstration").iterdir()} == fichiers
    assert set(Dossier.objects.exclude(stade="soldee").values_list("arrete_au", flat=True)) == {suite}
    assert list(Sceau.objects.order_by("jour").values_list("jour", flat=True)) == [JOUR, suite]
    # The promise of M2010 ended on the 27th without a payment: it is no longer held by it.
    assert "promesse" not in {ligne.retenue.code for ligne in compute_journee(cabinet, suite).retenues}


def test_journal_and_projections_agree(cabinet):
    assert verify_journal() == []
    assert list(verify_projections()) == []


def test_the_files_are_left_where_the_user_can_open_them(cabinet, var):
    assert len(list((var / "demonstration").iterdir())) == 8


def test_its_user_can_sign_in(cabinet, client):
    assert cabinet.demonstration
    utilisateur = Utilisateur.objects.get(email=IDENTIFIANT)
    assert utilisateur.check_password(MOT_DE_PASSE)
    assert utilisateur.appartenances.get().cabinet == cabinet


def test_an_interrupted_load_leaves_nothing(db, monkeypatch):
    def break_off(*_):
        raise ErreurExigible("panne", "La machine s'arrête là.")

    monkeypatch.setattr("exigible.bureau.demonstration.charger.record_histoire", break_off)
    with pytest.raises(ErreurExigible, match="s'arrête là"):
        load_demonstration(JOUR)
    assert not any(count_tout())


@pytest.mark.parametrize("jour", [date(2026, 3, 1), date(2027, 1, 4), date(2028, 2, 29)], ids=str)
def test_it_loads_on_any_day(db, jour):
    with fix_horloge(jour):
        cabinet = load_demonstration(jour)
        journee = compute_journee(cabinet, jour)
    # The rate of that day changes what the two late part payments left of the price, by some euros at most.
    assert abs(sum(d.principal for d in Dossier.objects.all()) - PRINCIPAL) < 5
    assert journee.problemes == ()
    assert set(GESTES) < {ligne.action.geste for ligne in journee.actions}
