from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.gardes import install_gardes, remove_gardes
from exigible.bureau.journal.models import Chaine, Contenu, Maillon, Piece, Sceau, Tete
from exigible.bureau.journal.sceaux import verify_temoins
from exigible.bureau.journal.services import (
    FaitAEcrire,
    list_fil,
    read_inscriptions,
    record_faits,
    record_lots,
    seal_jour,
    store_piece,
    verify_journal,
)
from exigible.dossier.faits import FaitAnnule, NoteAjoutee, PaiementRecu
from exigible.droit.erreurs import ErreurExigible

from .conftest import JOUR


def test_les_faits_relus_sont_ceux_ecrits(dossier):
    note = NoteAjoutee(texte="Été, « guillemets » et \u0000 nul")
    [maillon] = record_faits(dossier.chaine, [FaitAEcrire(note, date(2026, 3, 1))], "Marie")
    derniere = read_inscriptions(dossier.chaine)[-1]
    assert derniere.fait == note
    assert (derniere.rang, derniere.auteur, derniere.date_effet) == (maillon.rang, "Marie", date(2026, 3, 1))
    assert derniere.enregistre_le == datetime(2026, 11, 21, 11, tzinfo=UTC)
    chaine = Chaine.objects.get(pk=dossier.chaine_id)
    assert (chaine.tete_rang, chaine.tete_empreinte) == (maillon.rang, maillon.empreinte)


def test_une_correction_doit_nommer_un_fait(dossier):
    with pytest.raises(ErreurExigible, match="n'existe pas"):
        record_faits(dossier.chaine, [FaitAEcrire(FaitAnnule(motif="erreur"), JOUR, corrige=99)], "Marie")
    assert Maillon.objects.filter(chaine=dossier.chaine).count() == 2


def test_un_fait_que_la_pliure_refuse_n_entre_pas(dossier, noter):
    sans_debiteur = FaitAEcrire(FaitAnnule(motif="essai"), JOUR, corrige=1)
    with pytest.raises(ErreurExigible, match="débiteur"):
        record_faits(dossier.chaine, [sans_debiteur], "Marie")
    assert Maillon.objects.filter(chaine=dossier.chaine).count() == 2
    assert verify_journal() == []


def test_la_chaine_ne_peut_pas_bifurquer(dossier):
    dernier = Maillon.objects.filter(chaine=dossier.chaine).order_by("rang").last()
    dernier.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        dernier.save(force_insert=True)


def test_plusieurs_chaines_en_un_nombre_fixe_de_requetes(ouvrir, django_assert_max_num_queries):
    chaines = [ouvrir(nom=f"Client {n}", code=f"C{n}").chaine for n in range(12)]
    lots = [(chaine, [FaitAEcrire(NoteAjoutee(texte="x"), JOUR)]) for chaine in chaines]
    with django_assert_max_num_queries(25) as peu:
        record_lots(lots[:2], "Marie")
    with django_assert_max_num_queries(len(peu)):
        record_lots(lots[2:], "Marie")


def test_le_fil_montre_ce_qui_est_corrige_et_ce_qui_vient(dossier, noter):
    noter(dossier, PaiementRecu(cle="p", montant="10.00"), jour=date(2026, 11, 2))
    rang = read_inscriptions(dossier.chaine)[-1].rang
    noter(dossier, FaitAnnule(motif="saisi deux fois"), jour=date(2026, 11, 3), corrige=rang)
    noter(dossier, NoteAjoutee(texte="plus tard"), jour=JOUR + timedelta(days=3))
    fil = list_fil(dossier.chaine, JOUR)
    assert [e.type for e in fil] == ["note_ajoutee", "fait_annule", "paiement_recu", "creance_nee", "debiteur_decrit"]
    assert [e.futur for e in fil] == [True, False, False, False, False]
    assert fil[2].remplacee_par == rang + 1
    assert fil[1].remplacee_par is None


def test_une_piece_deux_fois_n_est_gardee_qu_une(cabinet):
    premiere = store_piece(cabinet, b"abc", "a.txt", "text/plain")
    assert store_piece(cabinet, b"abc", "b.txt", "text/plain") == premiere
    assert Piece.objects.get().nom == "a.txt"


def test_le_sceau_du_jour_est_unique_et_suit_le_precedent(cabinet, dossier, noter):
    premier = seal_jour(cabinet, JOUR)
    noter(dossier, NoteAjoutee(texte="x"))
    assert seal_jour(cabinet, JOUR) == premier
    assert seal_jour(cabinet, JOUR - timedelta(days=1)) == premier
    second = seal_jour(cabinet, JOUR + timedelta(days=1))
    assert second.precedent == premier.empreinte
    assert Sceau.objects.count() == 2
    assert verify_journal() == []


@pytest.fixture
def sans_gardes():
    """Run as whoever has every right on the database; the guards come back after."""

    @contextmanager
    def run():
        remove_gardes(connection)
        yield
        install_gardes(connection)

    return run


def test_un_dossier_qui_disparait_entier_se_voit(cabinet, dossier, sans_gardes):
    seal_jour(cabinet, JOUR)
    chaine = dossier.chaine
    with sans_gardes():
        dossier.delete()
        Contenu.objects.filter(maillon__chaine=chaine).delete()
        Maillon.objects.filter(chaine=chaine).delete()
        Chaine.objects.filter(pk=chaine.pk).delete()
        seal_jour(cabinet, JOUR + timedelta(days=1))
    [anomalie] = verify_journal()
    assert (anomalie.code, anomalie.rang) == ("chaine_disparue", 2)
    assert anomalie.message == "ce dossier, scellé le 21/11/2026 au fait n° 2, a disparu en entier."


def truncate(chaine, jusqu_au):
    """Remove the last facts of a chain and note the head as if they never were."""
    Contenu.objects.filter(maillon__chaine=chaine, maillon__rang__gt=jusqu_au).delete()
    Maillon.objects.filter(chaine=chaine, rang__gt=jusqu_au).delete()
    dernier = Maillon.objects.get(chaine=chaine, rang=jusqu_au)
    Chaine.objects.filter(pk=chaine.pk).update(tete_rang=jusqu_au, tete_empreinte=dernier.empreinte)


def test_des_faits_scelles_retires_de_la_fin_se_voient(cabinet, dossier, noter, sans_gardes):
    noter(dossier, NoteAjoutee(texte="un"), NoteAjoutee(texte="deux"))
    seal_jour(cabinet, JOUR)
    with sans_gardes():
        truncate(dossier.chaine, 2)
    seal_jour(cabinet, JOUR + timedelta(days=1))
    [anomalie] = verify_journal()
    assert (anomalie.chaine, anomalie.code) == (dossier.reference, "fait_scelle_absent")
    assert anomalie.message == "le fait n° 4, scellé le 21/11/2026, a disparu : le journal s'arrête au n° 2."


def test_une_histoire_recrite_se_voit(cabinet, dossier, noter, sans_gardes):
    noter(dossier, NoteAjoutee(texte="un"), NoteAjoutee(texte="deux"))
    seal_jour(cabinet, JOUR)
    with sans_gardes():
        truncate(dossier.chaine, 2)
    noter(dossier, NoteAjoutee(texte="un"), NoteAjoutee(texte="autre chose"), NoteAjoutee(texte="trois"))
    [anomalie] = verify_journal()
    assert (anomalie.chaine, anomalie.code, anomalie.rang) == (dossier.reference, "fait_scelle_change", 4)
    assert anomalie.message == "le fait n° 4, scellé le 21/11/2026, n'est plus celui qui l'a été."


def test_un_sceau_retire_se_voit(cabinet, dossier, noter, sans_gardes):
    for jour in range(3):
        noter(dossier, NoteAjoutee(texte="x"))
        seal_jour(cabinet, JOUR + timedelta(days=jour))
    with sans_gardes():
        retire = Sceau.objects.get(jour=JOUR + timedelta(days=1))
        Tete.objects.filter(sceau=retire).delete()
        retire.delete()
    [anomalie] = verify_journal()
    assert (anomalie.chaine, anomalie.code) == ("sceau du 23/11/2026", "sceau_rompu")
    assert anomalie.message == "il ne suit pas le sceau précédent : un sceau manque."


def test_tout_ramene_en_arriere_ne_se_voit_que_par_le_temoin(cabinet, dossier, noter, sans_gardes):
    premier = seal_jour(cabinet, JOUR)
    noter(dossier, NoteAjoutee(texte="x"))
    dernier = seal_jour(cabinet, JOUR + timedelta(days=1))
    temoins = {premier.empreinte: "premier", dernier.empreinte: "dernier"}
    assert list(verify_temoins(temoins)) == []
    with sans_gardes():
        truncate(dossier.chaine, 2)
        Tete.objects.filter(sceau=dernier).delete()
        dernier.delete()
    assert verify_journal() == []
    [anomalie] = verify_temoins(temoins)
    assert (anomalie.chaine, anomalie.code) == ("sceau dernier", "sceau_disparu")


def test_un_sceau_ne_porte_que_ce_qui_a_avance(cabinet, dossier, ouvrir, noter):
    premier = seal_jour(cabinet, JOUR)
    assert premier.tetes.count() == 2  # the creditor and the dossier
    neuf = ouvrir(code="C2")
    second = seal_jour(cabinet, JOUR + timedelta(days=1))
    assert list(second.tetes.values_list("chaine", "rang")) == [(neuf.chaine_id, 1)]
    assert seal_jour(cabinet, JOUR + timedelta(days=2)).tetes.count() == 0
    assert verify_journal() == []


def test_les_faits_disparus_d_une_chaine_jamais_scellee_se_voient(dossier, sans_gardes):
    with sans_gardes():
        Contenu.objects.filter(maillon__chaine=dossier.chaine).delete()
        Maillon.objects.filter(chaine=dossier.chaine).delete()
    [anomalie] = verify_journal()
    assert (anomalie.chaine, anomalie.message) == (
        dossier.reference,
        "tous ses faits ont disparu : le dernier était le n° 2.",
    )


@pytest.mark.parametrize("lot", [1, 2, 500])
def test_la_verification_par_lots_lit_tout(ouvrir, sans_gardes, monkeypatch, lot):
    dossiers = [ouvrir(code=f"C{n}") for n in range(4)]
    monkeypatch.setattr("exigible.bureau.journal.verification.TAILLE_LOT", lot)
    assert verify_journal() == []
    with sans_gardes():
        Contenu.objects.filter(maillon__chaine__in=[d.chaine_id for d in dossiers]).update(contenu="{}")
    assert sorted(a.chaine for a in verify_journal()) == sorted(d.reference for d in dossiers)


def test_l_instant_d_enregistrement_est_celui_de_l_horloge(dossier, noter):
    with fix_horloge(datetime(2026, 12, 1, 8, 0, tzinfo=UTC)):
        noter(dossier, NoteAjoutee(texte="x"))
    assert read_inscriptions(dossier.chaine)[-1].enregistre_le == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
