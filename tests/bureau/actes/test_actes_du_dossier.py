"""Documents of a dossier: prepared from the journal, answered, approved as evidence."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.actes.modele import get_modele, load_catalogue, load_texte
from exigible.actes.rendu import render_acte
from exigible.bureau.actes.approbation import LETTRES, MESSAGES, SUJETS, Sorte, approve_acte, find_sorte
from exigible.bureau.actes.models import BrouillonActe
from exigible.bureau.actes.services import (
    Choix,
    forget_choix,
    needs_pieces,
    open_etabli,
    prepare,
    read_choix,
    save_choix,
    write_acte,
)
from exigible.bureau.actes.textes import save_texte
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, store_piece
from exigible.bureau.tiers.lecture import load_etat
from exigible.dossier.faits import (
    ActeProduit,
    Canal,
    CourrierApprouve,
    EcheancePlan,
    Etape,
    NaturePiece,
    PieceJointe,
    PlanConvenu,
    RelanceFaite,
    SuspensionDecidee,
)
from exigible.dossier.travail import compute_travail
from exigible.droit.echeancier import InteretsDuPlan
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

from .conftest import JOUR

pytestmark = pytest.mark.usefixtures("coherent")


def approuver(dossier, nom, **options):
    """Approve a document as it stands, as somebody who has read it."""
    du_dossier = prepare(dossier, nom, options.get("choix"))
    if du_dossier.acte is None:
        raise du_dossier.refus
    acte = du_dossier.acte
    derogations = tuple(f"{m.regle} : vu" for m in acte.manquements if m.severite == "majeur")
    return approve_acte(
        dossier, nom, "Marie", **{"sha256_vu": render_acte(acte).sha256, "derogations": derogations} | options
    )


def repondre_tout(dossier, nom):
    """Answer what the journal does not, any way that can be read."""
    exemples = {"date": "2026-11-21", "montant": "10", "entier": "1", "oui_non": "oui"}
    du_dossier = prepare(dossier, nom, Choix())
    return {
        q.nom: q.choix[0].valeur if q.choix else exemples.get(q.type.value, "Exemple")
        for q in du_dossier.questions
        if q.nom not in du_dossier.proposees and q.obligatoire
    }


def lire(dossier):
    return [i.fait for i in read_inscriptions(dossier.chaine)]


def test_le_journal_repond_et_le_reste_se_demande(dossier):
    du_dossier = prepare(dossier, "quittance", Choix())
    assert [q.nom for q in du_dossier.acte.manquantes] == ["paiement"]
    posees = [q.nom for q in du_dossier.questions]
    assert posees[:2] == ["paiement", "moyen"]
    assert "loyer_et_charges" not in posees
    assert not du_dossier.acte.utilisable
    assert "1 rue de l'Exemple" in du_dossier.acte.texte.replace("’", "'")


def test_les_reponses_se_gardent_et_s_oublient(dossier):
    save_choix(dossier, "quittance", Choix({"paiement": "p-1"}, ("f-1",), None), "Marie")
    assert read_choix(dossier, "quittance") == Choix({"paiement": "p-1"}, ("f-1",), None)
    assert prepare(dossier, "quittance").acte.utilisable
    forget_choix(dossier, "quittance")
    assert read_choix(dossier, "quittance") == Choix()


def test_une_reponse_mal_tapee_se_garde_et_se_dit(dossier):
    du_dossier = prepare(dossier, "quittance", Choix({"paiement": "inconnu"}))
    assert du_dossier.acte is None
    assert du_dossier.demande is None
    assert (du_dossier.refus.code, du_dossier.refus.champ) == ("reponse_illisible", "paiement")
    assert {"paiement", "moyen"} <= {q.nom for q in du_dossier.questions}


def test_une_lettre_au_debiteur_devient_un_courrier_a_poster(dossier):
    choix = Choix({"paiement": "p-1"})
    save_choix(dossier, "quittance", choix, "Marie")
    faite = approuver(dossier, "quittance")
    assert faite.sorte is Sorte.COURRIER
    assert (faite.courrier.acte, faite.courrier.statut) == ("quittance", "approuve")
    fait = lire(dossier)[-1]
    assert isinstance(fait, CourrierApprouve)
    contenu = bytes(Piece.objects.get(sha256=fait.piece).contenu)
    assert hashlib.sha256(contenu).hexdigest() == fait.piece
    assert contenu.startswith(b"%PDF-")
    assert not BrouillonActe.objects.exists()


def test_deux_lettres_pour_les_memes_factures_n_attendent_pas_ensemble(dossier):
    approuver(dossier, "mise_en_demeure")
    with pytest.raises(ErreurExigible, match="attend d'être postée"):
        approuver(dossier, "mise_en_demeure")


def test_le_numero_du_texte_entre_au_journal(creancier, dossier):
    save_texte(creancier, get_modele("quittance"), load_texte("quittance").replace("Madame, ", ""), "Marie")
    approuver(dossier, "quittance", choix=Choix({"paiement": "p-1"}))
    assert lire(dossier)[-1].version_texte == 1


def test_un_document_incomplet_ne_s_approuve_pas(dossier):
    with pytest.raises(ErreurSaisie, match="Le paiement") as refus:
        approuver(dossier, "quittance", choix=Choix())
    assert refus.value.champ == "paiement"
    assert Courrier.objects.count() == 0


def test_un_document_qui_a_change_se_relit(dossier):
    with pytest.raises(ErreurExigible, match="relisez-le"):
        approuver(dossier, "quittance", choix=Choix({"paiement": "p-1"}), sha256_vu="0" * 64)


def test_un_projet_a_verifier_ne_s_approuve_pas(dossier):
    nom = "commandement_l126_1"
    choix = Choix(repondre_tout(dossier, nom))
    assert prepare(dossier, nom, choix).acte.projet
    with pytest.raises(ErreurExigible) as refus:
        approuver(dossier, nom, choix=choix)
    assert refus.value.code == "acte_a_verifier"


def test_une_relance_approuvee_est_notee_comme_envoyee(dossier):
    faite = approuver(dossier, "relance_1", canal=Canal.COURRIEL)
    assert faite.sorte is Sorte.MESSAGE
    fait = lire(dossier)[-1]
    assert isinstance(fait, RelanceFaite)
    assert (fait.etape.value, fait.canal, fait.destinataire) == ("relance", Canal.COURRIEL, "client@exemple.example")
    assert Piece.objects.filter(sha256=fait.piece).exists()
    assert "F-1" in fait.texte
    with pytest.raises(ErreurExigible):
        approuver(dossier, "relance_1", canal=Canal.COURRIEL)


def test_rien_ne_part_quand_les_relances_sont_suspendues(dossier):
    fait = SuspensionDecidee(cle="s-1", motif="accord verbal")
    record_faits(dossier.chaine, [FaitAEcrire(fait, JOUR)], "essai")
    avant = len(lire(dossier))
    with pytest.raises(ErreurExigible):
        approuver(dossier, "relance_1")
    assert len(lire(dossier)) == avant


def test_un_document_pour_le_juge_garde_son_pdf_et_son_docx(dossier):
    piece = store_piece(dossier.cabinet, b"%PDF-bon", "bon-12.pdf", "application/pdf")
    fait = PieceJointe(piece=piece.sha256, nom="bon-12.pdf", nature=NaturePiece.BON_DE_COMMANDE)
    record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 8, 1))], "essai")
    nom = "requete_injonction_de_payer"
    assert find_sorte(get_modele(nom)) is Sorte.DOCUMENT
    saisies = repondre_tout(dossier, nom)
    choix = Choix(saisies)
    acte = prepare(dossier, nom, choix).acte
    assert acte is not None
    assert [q.nom for q in acte.manquantes] == []
    assert "bon-12.pdf" in acte.texte
    faite = approuver(dossier, nom, choix=choix)
    produit = lire(dossier)[-1]
    assert isinstance(produit, ActeProduit)
    assert faite.courrier is None
    assert (produit.acte, produit.piece, produit.version_texte) == (nom, faite.piece, 0)
    assert bytes(Piece.objects.get(sha256=produit.docx).contenu).startswith(b"PK")
    assert dict(produit.reponses).items() >= {n: s for n, s in saisies.items() if s}.items()


def relancer_hier(dossier):
    fait = RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("f-1",))
    record_faits(dossier.chaine, [FaitAEcrire(fait, JOUR - timedelta(days=1))], "essai")


def test_un_manquement_majeur_veut_une_raison_ecrite(dossier):
    choix = Choix({"canal": "courriel"})
    [majeur] = [m for m in prepare(dossier, "mise_en_demeure", choix).acte.manquements if m.severite == "majeur"]
    with pytest.raises(ErreurExigible, match="passez outre"):
        approuver(dossier, "mise_en_demeure", choix=choix, derogations=())
    faite = approuver(dossier, "mise_en_demeure", choix=choix, derogations=(f"{majeur.regle} : usage établi",))
    assert lire(dossier)[-1].derogations == (f"{majeur.regle} : usage établi",)
    assert faite.courrier is not None


def test_un_message_en_manquement_majeur_ne_part_pas(dossier):
    relancer_hier(dossier)
    with pytest.raises(ErreurExigible, match="ne peut pas partir") as refus:
        approuver(dossier, "relance_1")
    assert refus.value.code == "message_refuse"


def test_les_pieces_choisies_sont_numerotees_dans_leur_ordre(dossier):
    for rang, contenu in enumerate((b"%PDF-1", b"%PDF-2", b"%PDF-3"), start=1):
        piece = store_piece(dossier.cabinet, contenu, f"p{rang}.pdf", "application/pdf")
        fait = PieceJointe(piece=piece.sha256, nom=f"p{rang}.pdf")
        record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 9, rang))], "essai")
    etabli = open_etabli(dossier)
    assert [p.intitule for p in etabli.pieces] == ["p1.pdf", "p2.pdf", "p3.pdf"]
    choix = Choix({}, None, (etabli.pieces[2].sha256, etabli.pieces[0].sha256))
    demande = write_acte(etabli, get_modele("bordereau_de_pieces"), choix).demande
    assert [(p.numero, p.intitule) for p in demande.pieces] == [(1, "p3.pdf"), (2, "p1.pdf")]


def test_les_pieces_ne_se_choisissent_que_si_le_document_les_nomme(dossier):
    assert not needs_pieces(prepare(dossier, "bordereau_de_pieces"))
    piece = store_piece(dossier.cabinet, b"%PDF-1", "p1.pdf", "application/pdf")
    fait = PieceJointe(piece=piece.sha256, nom="p1.pdf")
    record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 9, 1))], "essai")
    assert needs_pieces(prepare(dossier, "bordereau_de_pieces"))
    assert needs_pieces(prepare(dossier, "bordereau_de_pieces", Choix({}, None, ())))
    assert not needs_pieces(prepare(dossier, "mise_en_demeure"))


def test_ecrire_tout_le_catalogue_ne_coute_pas_une_requete_de_plus(dossier, django_assert_num_queries):
    etabli = open_etabli(dossier)
    with django_assert_num_queries(0):
        for modele in load_catalogue().values():
            du_dossier = write_acte(etabli, modele)
            assert (du_dossier.acte is None) is (du_dossier.refus is not None)


def test_ouvrir_un_dossier_coute_toujours_autant(dossier, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        open_etabli(dossier)


def test_une_lettre_ordinaire_a_poster_ne_retient_pas_les_relances_et_ne_se_dit_pas_mise_en_demeure(dossier):
    approuver(dossier, "quittance", choix=Choix({"paiement": "p-1"}))
    travail = compute_travail(load_etat(dossier))
    phrases = {action.geste.value: action.phrase for action in travail.actions}
    assert phrases.pop("poster") == "lettre approuvée le 21/11/2026 : à poster, puis à marquer comme postée"
    assert phrases
    assert "courrier_a_poster" not in {retenue.code for retenue in travail.retenues}


def test_une_mise_en_demeure_a_poster_retient_les_relances(dossier):
    approuver(dossier, "mise_en_demeure")
    [action] = compute_travail(load_etat(dossier)).actions
    assert action.phrase.startswith("mise en demeure approuvée")


def test_un_plan_en_retard_se_met_en_demeure_malgre_le_plan(dossier):
    plan = PlanConvenu(
        cle="plan-1",
        creances=("f-1",),
        echeances=(EcheancePlan(jour=date(2026, 11, 1), montant=Decimal("1000.00")),),
        interets=InteretsDuPlan.MAINTENUS,
    )
    record_faits(dossier.chaine, [FaitAEcrire(plan, date(2026, 10, 5))], "essai")
    nom = "plan_mise_en_demeure"
    choix = Choix(repondre_tout(dossier, nom))
    faite = approuver(dossier, nom, choix=choix)
    assert faite.courrier.acte == nom
    with pytest.raises(ErreurExigible):
        approuver(dossier, "relance_1")


def test_les_messages_sont_des_actes_du_catalogue():
    assert MESSAGES.keys() | LETTRES | SUJETS.keys() <= load_catalogue().keys()
    assert {find_sorte(m) for m in load_catalogue().values()} == set(Sorte)
