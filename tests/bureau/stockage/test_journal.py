from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.gardes import install_gardes, remove_gardes
from exigible.bureau.journal.models import Chaine, Contenu, Maillon, Piece, Sceau
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


def test_un_dossier_qui_disparait_entier_se_voit(cabinet, dossier):
    seal_jour(cabinet, JOUR)
    chaine = dossier.chaine
    remove_gardes(connection)
    dossier.delete()
    Contenu.objects.filter(maillon__chaine=chaine).delete()
    Maillon.objects.filter(chaine=chaine).delete()
    chaine.delete()
    seal_jour(cabinet, JOUR + timedelta(days=1))
    install_gardes(connection)
    assert {a.code for a in verify_journal()} == {"fait_scelle_absent", "chaine_disparue"}


def test_l_instant_d_enregistrement_est_celui_de_l_horloge(dossier, noter):
    with fix_horloge(datetime(2026, 12, 1, 8, 0, tzinfo=UTC)):
        noter(dossier, NoteAjoutee(texte="x"))
    assert read_inscriptions(dossier.chaine)[-1].enregistre_le == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
