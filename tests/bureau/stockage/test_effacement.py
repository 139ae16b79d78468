"""What has been kept long enough goes, the rest stays, and the chain still verifies."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.models import Importation
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.journal.effacement import get_annees, run_effacement, set_annees
from exigible.bureau.journal.exportation import export_journal
from exigible.bureau.journal.models import Contenu, Piece
from exigible.bureau.journal.services import (
    FaitAEcrire,
    read_inscriptions,
    record_faits,
    seal_jour,
    store_piece,
    verify_journal,
)
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import DebiteurDecrit, DossierEfface, NoteAjoutee, PaiementRecu, PieceJointe
from exigible.dossier.faits_creancier import MouvementConstate, MouvementEcarte, MouvementRapproche
from exigible.dossier.journal import FaitEfface
from exigible.dossier.journal_fichier import read_lignes
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.regimes import QualitePartie

from .conftest import JOUR

# The last fact is of 10 March 2014: its year closed on 31 December 2015 at the latest, ten more years end in 2025.
VIEUX = date(2014, 3, 10)


@pytest.fixture
def ouvert(creancier):
    """A dossier opened in 2014."""
    with fix_horloge(VIEUX):
        debiteur = DebiteurDecrit(nom="Personne Exemple", code="P1", qualite=QualitePartie.PROFESSIONNEL)
        return create_dossier(creancier, debiteur, "essai", VIEUX)


@pytest.fixture
def ancien(ouvert, facturer, noter, creancier):
    """A dossier paid in full in 2014, with a file; bank lines of that time: its own, one set aside, one to match."""
    with fix_horloge(VIEUX):
        dossier = facturer(ouvert, "F-1", "100.00", VIEUX, VIEUX)
        piece = store_piece(dossier.cabinet, b"bon de livraison", "bon de Personne Exemple.pdf", "application/pdf")
        noter(dossier, PieceJointe(piece=piece.sha256, nom="Bon de livraison"), jour=VIEUX)
        noter(dossier, PaiementRecu(cle="p-1", montant=Decimal("100.00")), jour=VIEUX)
        lignes = [
            MouvementConstate(mouvement=cle, iban="X", montant=Decimal("100.00"), contrepartie="Personne Exemple")
            for cle in ("m-1", "m-2", "m-3")
        ]
        suites = [
            MouvementRapproche(mouvement="m-1", dossier=str(dossier.pk), paiement="p-1", motif=""),
            MouvementEcarte(mouvement="m-2", motif="personnel"),
        ]
        record_faits(creancier.chaine, [FaitAEcrire(f, VIEUX) for f in [*lignes, *suites]], "essai")
        seal_jour(dossier.cabinet, VIEUX)
    dossier.refresh_from_db()
    return dossier


def efface(cabinet, au=JOUR):
    """Say what would be erased, see that nothing was, then erase: the same, but for what is not there any more."""
    with fix_horloge(au):
        avant = list(export_journal(cabinet))
        annonce = run_effacement(cabinet, au, "essai", appliquer=False)
        assert list(export_journal(cabinet)) == avant
        fait = run_effacement(cabinet, au, "essai", appliquer=True)
        assert (annonce.mouvements, annonce.pieces) == (fait.mouvements, fait.pieces)
        assert [e.dossier for e in annonce.effaces] == [e.dossier for e in fait.effaces]
        assert [e.dossier for e in annonce.retenus] == [e.dossier for e in fait.retenus]
        return fait


def test_un_dossier_solde_depuis_assez_longtemps_est_efface(cabinet, ancien):
    bilan = efface(cabinet)
    assert [(e.dossier.pk, e.jusqu_au) for e in bilan.effaces] == [(ancien.pk, date(2025, 12, 31))]
    assert (bilan.retenus, bilan.mouvements, bilan.pieces) == ((), 4, 1)
    *effaces, trace = [i.fait for i in read_inscriptions(ancien.chaine)]
    assert all(isinstance(fait, FaitEfface) for fait in effaces)
    assert trace == DossierEfface(faits=4, annees=10, conserve_jusqu_au=date(2025, 12, 31))
    assert Piece.objects.values_list("nom", "contenu").get() == ("", None)
    assert list(Mouvement.objects.values_list("cle", flat=True)) == ["m-3"]
    assert verify_journal() == []
    assert list(verify_projections()) == []


def test_plus_rien_ne_nomme_la_personne(cabinet, ancien):
    efface(cabinet)
    restes = "".join(Contenu.objects.exclude(contenu=None).values_list("contenu", flat=True))
    assert restes.count("Personne Exemple") == 1  # the bank line that nobody matched nor set aside
    dossier = Dossier.objects.get(pk=ancien.pk)
    assert (dossier.debiteur_nom, dossier.reference) == ("(effacé)", ancien.reference)
    assert "Personne" not in dossier.recherche


def test_le_dossier_efface_se_lit_encore_et_le_dit(cabinet, ancien):
    efface(cabinet)
    etat = load_etat(ancien)
    assert etat.debiteur == DebiteurDecrit(nom="(effacé)")
    assert [a.code for a in etat.avertissements if a.code == "faits_effaces"] == ["faits_effaces"]
    assert etat.creances == ()


def test_effacer_deux_fois_ne_change_rien(cabinet, ancien):
    efface(cabinet)
    avant = list(export_journal(cabinet))
    bilan = efface(cabinet)
    assert (bilan.effaces, bilan.mouvements, bilan.pieces) == ((), 0, 0)
    assert list(export_journal(cabinet)) == avant
    assert sum(1 for _ in read_lignes(avant)) == len(avant)


@pytest.mark.parametrize(("au", "effaces"), [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1)])
def test_le_dernier_jour_compte(cabinet, ancien, au, effaces):
    assert len(efface(cabinet, au).effaces) == effaces


def test_un_fait_recent_garde_tout_le_dossier(cabinet, ancien, noter):
    noter(ancien, NoteAjoutee(texte="relue"), jour=VIEUX)  # of old by its effect, but recorded today
    bilan = efface(cabinet)
    assert (bilan.effaces, bilan.retenus) == ((), ())
    assert bilan.mouvements == 2  # the line that was set aside and why; that of the dossier stays with it
    assert bilan.pieces == 0
    assert not any(isinstance(i.fait, FaitEfface) for i in read_inscriptions(ancien.chaine))


def test_ce_qui_reste_du_garde_le_dossier_et_c_est_dit(cabinet, ouvert, facturer):
    with fix_horloge(VIEUX):
        du = facturer(ouvert, "F-9", "50.00", VIEUX, VIEUX)
    [retenu] = efface(cabinet).retenus
    assert retenu.dossier == du
    assert "une somme reste due" in retenu.retenu
    assert not Contenu.objects.filter(contenu=None).exists()


def test_une_piece_citee_ailleurs_reste(cabinet, ancien, ouvrir, noter):
    sha256 = Piece.objects.get().sha256
    noter(ouvrir(code="C2"), PieceJointe(piece=sha256, nom="La même"))
    assert efface(cabinet).pieces == 0
    assert Piece.objects.get().contenu is not None


def test_le_fichier_importe_part_avec_tout_ce_qu_il_avait_ecrit(cabinet, creancier, noter):
    entete = "Numéro;Code client;Client;Qualité;Date;Échéance;Montant TTC\n"
    factures = entete + "".join(f"F-{n};C{n};Client {n};professionnel;10/02/2014;10/03/2014;{n}00,00\n" for n in (1, 2))
    with fix_horloge(VIEUX):
        apply_import(prepare_import(creancier, "factures.csv", factures.encode(), "essai"), "essai")
        un, deux = Dossier.objects.order_by("reference")
        noter(un, PaiementRecu(cle="p", montant=Decimal("100.00")), jour=VIEUX)
    assert (len(efface(cabinet).effaces), Piece.objects.get().contenu is None) == (1, False)
    with fix_horloge(VIEUX):
        noter(deux, PaiementRecu(cle="p", montant=Decimal("200.00")), jour=VIEUX)
    bilan = efface(cabinet)
    assert (len(bilan.effaces), bilan.pieces) == (1, 1)
    assert Piece.objects.get().contenu is None
    importation = Importation.objects.get()
    assert (importation.apercu, importation.resume) == ({}, {})
    assert verify_journal() == []


def test_la_duree_ne_descend_pas_sous_celle_de_la_loi(cabinet, ancien):
    assert get_annees(cabinet) == 10
    set_annees(cabinet, 11)
    assert efface(cabinet).effaces == ()
    with pytest.raises(ErreurSaisie, match="L123-22"):
        set_annees(cabinet, 9)
    assert get_annees(cabinet) == 11
