"""Undo an import: all it wrote goes, nothing else does, and only while nothing rests on it."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.services import allocate_mouvement, discard_mouvement, release_mouvement
from exigible.bureau.envois.models import Courrier
from exigible.bureau.imports.annulation import compute_annulation
from exigible.bureau.imports.models import Importation
from exigible.bureau.imports.services import apply_import, prepare_import, undo_import
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.tiers.models import Action, Creance, Creancier, Dossier, Paiement
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier import faits as f
from exigible.dossier.faits_creancier import FichierImporte, ImportationAnnulee
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

from .conftest import JOUR
from .test_imports import RELEVE, comptes, csv, ecrire_fec

UNE = "F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;1 200,00;;"
LISTE = csv(
    "F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;1 200,00;;",
    "F-2;C1;Client Un;02/09/2026;02/10/2026;300,00;120,00;relance;10/11/2026",
    "F-3;C2;Client Deux;02/09/2026;05/10/2026;10,00;10,00;mise en demeure;12/11/2026",
)
CHANGEE = csv("F-1;C1;Client Un;01/09/2026;10/10/2026;1 300,00;900,00;;")
CLIENTS = (
    "Code client;Nom;Qualité;Adresse;Code postal;Ville;E-mail\n"
    "C1;Client Un;professionnel;3 rue Fictive;99000;Villefictive;un@client.example\n"
    "C9;Client Neuf;consommateur;;;;"
)
FEC = ecrire_fec(
    ("VE", "20260801", "411000", "C1", "F-8", "Facture", "1200,00", "0,00", "AA"),
    ("VE", "20260801", "706000", "", "F-8", "Facture", "0,00", "1200,00", ""),
    ("BQ", "20260820", "411000", "C1", "VIR1", "Règlement", "0,00", "450,00", "AA"),
    ("BQ", "20260820", "512000", "", "VIR1", "Règlement", "450,00", "0,00", ""),
    ("VE", "20260905", "411000", "C5", "AV-1", "Avoir", "0,00", "40,00", ""),
    ("VE", "20260905", "706000", "", "AV-1", "Avoir", "40,00", "0,00", ""),
)
FICHIERS = {"liste.csv": LISTE, "changee.csv": CHANGEE, "clients.csv": CLIENTS, "fec.txt": FEC, "releve.xml": RELEVE}


@pytest.fixture
def importer(creancier):
    def run(contenu, nom="factures.csv"):
        return apply_import(prepare_import(creancier, nom, contenu.encode(), "essai"), "essai")

    yield run
    assert list(verify_projections()) == []
    assert verify_journal() == []


def photographier(dossiers):
    """Take every projection of these dossiers and of their creditor, keys of rows left aside."""
    return {
        modele.__name__: sorted(
            ({nom: valeur for nom, valeur in ligne.items() if nom != "id"} for ligne in lignes.values()), key=str
        )
        for modele, lignes in (
            (Creancier, Creancier.objects.all()),
            (Mouvement, Mouvement.objects.all()),
            (Dossier, Dossier.objects.filter(pk__in=dossiers)),
            *((m, m.objects.all()) for m in (Creance, Paiement, Courrier, Action)),
        )
    }


@pytest.mark.parametrize("nom", FICHIERS)
@pytest.mark.parametrize("deja", [(), ("liste.csv",), ("releve.xml", "clients.csv"), tuple(FICHIERS)])
def test_appliquer_puis_annuler_ne_laisse_rien(importer, deja, nom):
    for autre in deja:
        if autre != nom:
            importer(FICHIERS[autre], autre)
    presents = set(Dossier.objects.values_list("pk", flat=True))
    avant = photographier(presents)
    importation = importer(FICHIERS[nom], nom)
    apres, bilan = photographier(presents), comptes(importation)
    annulee = undo_import(importation, "mauvais fichier", "Marie")
    assert (annulee.statut, annulee.annule_par, annulee.motif_annulation) == ("annule", "Marie", "mauvais fichier")
    assert photographier(presents) == avant
    for ouvert in Dossier.objects.exclude(pk__in=presents):
        assert (ouvert.stade, ouvert.erreur, ouvert.echu + ouvert.a_echoir) == ("soldee", "", Decimal(0))
        assert ouvert.debiteur_nom
    retour = importer(FICHIERS[nom], nom)
    assert {nom: apres[nom] for nom in ("Mouvement", "Creance", "Paiement", "Courrier")} == {
        nom: lignes
        for nom, lignes in photographier(presents).items()
        if nom in {"Mouvement", "Creance", "Paiement", "Courrier"}
    }
    if nom != "clients.csv":  # whose new debtors stay
        assert comptes(retour) == bilan


def test_le_journal_dit_par_qui_et_pourquoi(creancier, importer):
    importation = importer(LISTE)
    undo_import(importation, "mauvais fichier", "Marie")
    inscriptions = read_inscriptions(creancier.chaine)
    assert isinstance(inscriptions[-2].fait, FichierImporte)
    assert inscriptions[-1].fait == ImportationAnnulee(importation=str(importation.pk), motif="mauvais fichier")
    assert inscriptions[-1].auteur == "Marie"
    journal = read_inscriptions(Dossier.objects.get(debiteur_code="C1").chaine)
    annules = {i.corrige for i in journal if isinstance(i.fait, f.FaitAnnule) and "mauvais fichier" in i.fait.motif}
    assert annules == {i.rang for i in journal if not isinstance(i.fait, f.FaitAnnule | f.DebiteurDecrit)}


def test_ce_qui_partira_est_compte(importer):
    annulation = compute_annulation(importer(LISTE))
    assert annulation.comptes == {"creance": 3, "paiement": 1, "envoi": 2}
    assert (annulation.total, annulation.gardes, annulation.explain_refus()) == (Decimal("1510.00"), 2, "")
    assert compute_annulation(importer(RELEVE, "releve.xml")).comptes == {"mouvement": 1, "rapprochement": 1}
    assert compute_annulation(importer(CLIENTS, "clients.csv")).comptes == {"debiteur": 1}
    assert compute_annulation(importer(CHANGEE)).comptes == {"correction": 1}


CLE = "f-F-1"
DEPENDANTS = [
    f.RelanceFaite(etape=f.Etape.RELANCE, canal=f.Canal.LETTRE, creances=(CLE,)),
    f.AppelPasse(creances=(CLE,), issue=f.IssueAppel.ABOUTI),
    f.CourrierPoste(courrier="c", acte="mise_en_demeure", creances=(CLE,), mode=f.ModeEnvoi.LRAR),
    f.PromesseRecue(cle="p", jusqu_au=date(2026, 12, 1), creances=(CLE,)),
    f.ContestationRecue(cle="k", creances=(CLE,), motif="prix"),
    f.PlanConvenu(cle="l", creances=(CLE,), echeances=(f.EcheancePlan(date(2027, 1, 1), Decimal("1200.00")),)),
    f.PaiementRecu(cle="q", montant=Decimal("5.00"), creances=(CLE,)),
    f.AvoirEmis(cle="v", numero="V", montant=Decimal("5.00"), creance=CLE),
    f.SuspensionDecidee(cle="s", motif="attente", creances=(CLE,)),
    f.PieceJointe(piece="0" * 64, nom="bon.pdf", creances=(CLE,)),
]


@pytest.mark.parametrize("fait", DEPENDANTS, ids=lambda fait: type(fait).__name__)
def test_ce_qui_en_depend_interdit_d_annuler_et_le_dit(importer, noter, fait):
    importation = importer(csv(UNE))
    dossier = Dossier.objects.get()
    noter(dossier, fait)
    avant = Maillon.objects.count()
    with pytest.raises(ErreurExigible, match=r"21/11/2026 \(D-00001, Client Un\) s'appuie") as refus:
        undo_import(importation, "erreur", "Marie")
    assert refus.value.code == "import_utilise"
    assert Maillon.objects.count() == avant
    noter(dossier, f.FaitAnnule(motif="erreur"), corrige=read_inscriptions(dossier.chaine)[-1].rang)
    assert undo_import(importation, "erreur", "Marie").statut == "annule"


def test_une_correction_interdit_d_annuler_une_annulation_non(importer, noter, ouvrir):
    importation = importer(csv(UNE, "F-2;C1;Client Un;01/09/2026;01/10/2026;10,00;10,00;;"))
    dossier = Dossier.objects.get()
    autre = f.CreanceNee(cle="f-F-2", numero="F-2", emission=date(2026, 9, 1), montant=Decimal("9.00"))
    noter(dossier, autre, corrige=3)
    with pytest.raises(ErreurExigible, match="une facture corrigée"):
        undo_import(importation, "erreur", "Marie")
    noter(dossier, f.FaitAnnule(motif="non"), corrige=4)
    noter(dossier, f.FaitAnnule(motif="jamais émise"), corrige=2)
    undo_import(importation, "erreur", "Marie")
    # What a person said never was does not come back; what only the undone import had said does.
    assert comptes(importer(csv(UNE, "F-2;C1;Client Un;01/09/2026;01/10/2026;10,00;10,00;;"))) == (1, 0, 1, 0)
    assert [c.numero for c in Creance.objects.all()] == ["F-2"]


def test_ce_qu_une_personne_fait_revaloir_n_est_pas_double(importer, noter):
    importation = importer(csv(UNE))
    undo_import(importation, "erreur", "Marie")
    dossier = Dossier.objects.get()
    noter(dossier, f.FaitAnnule(motif="si, elle est due"), corrige=3)
    assert comptes(importer(csv(UNE))) == (0, 0, 1, 0)
    assert Creance.objects.count() == 1


def test_les_imports_s_annulent_dans_l_ordre_inverse(importer):
    premiere = importer(csv(UNE))
    seconde = importer(RELEVE, "releve.xml")
    assert Creance.objects.get().reste == 0
    with pytest.raises(ErreurExigible, match="un paiement du 18/11/2026"):
        undo_import(premiere, "erreur", "Marie")
    undo_import(seconde, "erreur", "Marie")
    assert Creance.objects.get().reste == Decimal("1200.00")
    undo_import(premiere, "erreur", "Marie")
    assert not Creance.objects.exists()
    assert not Mouvement.objects.exists()


def test_le_rapprochement_que_l_import_a_fait_part_avec_lui(importer):
    importer(RELEVE, "releve.xml")
    importation = importer(csv(UNE))
    assert importation.resume["rapproches"] == "1"
    undo_import(importation, "erreur", "Marie")
    assert (Mouvement.objects.get().statut, Paiement.objects.count()) == ("a_rapprocher", 0)


@pytest.mark.parametrize("geste", ["rapprocher", "ecarter"])
def test_un_mouvement_decide_depuis_interdit_d_annuler(importer, dossier, geste):
    importation = importer(RELEVE.replace("FACTURE F-1", "VIREMENT"), "releve.xml")
    if geste == "rapprocher":
        allocate_mouvement(Mouvement.objects.get(), dossier, (), "Marie")
    else:
        discard_mouvement(Mouvement.objects.get(), "autre chose", "Marie")
    with pytest.raises(ErreurExigible, match="annulez d'abord"):
        undo_import(importation, "erreur", "Marie")
    release_mouvement(Mouvement.objects.get(), "erreur", "Marie")
    undo_import(importation, "erreur", "Marie")
    assert not Mouvement.objects.exists()


def test_ce_qui_ne_nomme_rien_de_l_import_n_empeche_rien(importer, dossier, noter):
    importer(CLIENTS, "clients.csv")
    importation = importer(csv(UNE))
    noter(dossier, f.NoteAjoutee(texte="rappeler"), f.SuspensionDecidee(cle="s", motif="attente"))
    noter(dossier, f.RelanceFaite(etape=f.Etape.RELANCE, canal=f.Canal.LETTRE, creances=("f-AUTRE",)))
    assert undo_import(importation, "erreur", "Marie").statut == "annule"


def test_une_raison_est_demandee_et_l_annulation_ne_se_fait_qu_une_fois(creancier, importer):
    importation = importer(csv(UNE))
    with pytest.raises(ErreurSaisie, match="pourquoi"):
        undo_import(importation, "  ", "Marie")
    apercu = prepare_import(creancier, "f.csv", LISTE.encode(), "essai")
    with pytest.raises(ErreurExigible, match="pas appliqué"):
        undo_import(apercu, "erreur", "Marie")
    undo_import(importation, "erreur", "Marie")
    with pytest.raises(ErreurExigible, match="rien à annuler"):
        undo_import(importation, "erreur", "Marie")


def test_un_import_d_avant_se_corrige_a_la_main(importer):
    importation = importer(csv(UNE))
    importation.parts.all().delete()
    Importation.objects.update(ecrits={}, commence_le=None)
    with pytest.raises(ErreurExigible, match="dossier par dossier"):
        undo_import(importation, "erreur", "Marie")


def test_cinq_cents_factures_s_annulent_en_un_nombre_borne_de_requetes(importer, django_assert_max_num_queries):
    lignes = [f"F-{n};C{n % 50};Client {n % 50};01/09/2026;01/10/2026;10,00;10,00;;" for n in range(500)]
    importation = importer(csv(*lignes))
    with django_assert_max_num_queries(350):
        undo_import(importation, "erreur", "Marie")
    assert not Creance.objects.exists()


def test_un_paiement_sans_choix_reste_et_le_dossier_se_lit(importer):
    """A payment without a choice stays when the claims go: the dossier shows it as an overpayment, without error."""
    importation = importer(csv(UNE))
    dossier = Dossier.objects.get()
    paiement = f.PaiementRecu(cle="libre", montant=Decimal("50.00"))
    record_faits(dossier.chaine, [FaitAEcrire(paiement, JOUR)], "Marie")
    undo_import(importation, "erreur", "Marie")
    dossier.refresh_from_db()
    assert (dossier.stade, dossier.erreur, Paiement.objects.get().montant) == ("soldee", "", Decimal("50.00"))
