"""The page of a dossier: what it shows, to whom, in how many queries."""

import html
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.templatetags.exigible import duree
from exigible.bureau.pages.vues import ouverture
from exigible.dossier.faits import (
    ContestationRecue,
    CreanceNee,
    DebiteurDecrit,
    EcheancePlan,
    FaitAnnule,
    NoteAjoutee,
    PaiementRecu,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    SuspensionDecidee,
)
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

PAGES = [
    ("dossier", ()),
    ("dossier_pieces", ()),
    ("dossier_contacts", ()),
    ("decompte", ()),
    ("decompte_pdf", ()),
    ("decompte_xlsx", ()),
    ("saisir", ("paiement",)),
    ("corriger", (2,)),
    ("annuler", (2,)),
    ("relance", ("relance",)),
    ("relance", ("appel",)),
    ("courrier_apercu", ()),
    ("courrier_pdf", ()),
]


@pytest.mark.parametrize(("nom", "suite"), PAGES)
def test_une_page_du_dossier_est_aux_seules_personnes_du_cabinet(navigateur, etranger, dossier, nom, suite):
    adresse = reverse(nom, args=[dossier.pk, *suite])
    assert navigateur.get(adresse).status_code == 200
    assert etranger.get(adresse).status_code == 404
    refus = Client().get(adresse)
    assert refus.status_code == 302
    assert refus.headers["Location"].startswith(reverse("connexion"))


@pytest.mark.parametrize(("nom", "suite"), PAGES)
def test_une_page_s_affiche_aussi_pour_qui_lit_l_anglais(navigateur, dossier, nom, suite):
    reponse = navigateur.get(reverse(nom, args=[dossier.pk, *suite]), headers={"accept-language": "en"})
    assert reponse.status_code == 200
    if "html" in reponse.headers["Content-Type"]:
        assert '<html lang="en"' in reponse.content.decode()


def montrer(navigateur, dossier, suite=""):
    reponse = navigateur.get(reverse("dossier", args=[dossier.pk]) + suite)
    assert reponse.status_code == 200
    return reponse


def test_l_entete_dit_le_total_et_ses_parts(navigateur, dossier):
    # 1 200 € × 12,15 % × 91 ÷ 365 = 36,35 ; × 12,40 % × 144 ÷ 365 = 58,70 ; et 40 € d'indemnité.
    page = montrer(navigateur, dossier)
    assert page.context["etat"].echu == Decimal("1335.05")
    assert page.context["echus"] == {
        "principal": Decimal("1200.00"),
        "interets": Decimal("95.05"),
        "indemnites": Decimal("40.00"),
    }
    texte = page.content.decode()
    assert "1\u00a0335,05\u00a0€" in texte
    assert "et 850,50\u00a0€ à échoir" in texte
    # Limitation runs from the date of issue, the careful reading, to 01/03/2031: the day before is the last safe one,
    # as the lists say it.
    assert "agir au plus tard le" in texte
    assert "28/02/2031" in texte
    assert "01/03/2031" not in texte
    assert "dans 4 ans et 3 mois" in texte
    assert dossier.prescription_le == date(2031, 2, 28)


def test_l_entete_dit_la_prochaine_echeance_ou_pourquoi_il_n_y_en_a_pas(navigateur, dossier, ouvrir_dossier):
    page = montrer(navigateur, dossier)
    assert page.context["prochaine"] == page.context["etat"].echeances[0]
    solde = ouvrir_dossier("Client soldé", "100.00", 10, suite=[PaiementRecu(cle="p", montant=Decimal("1000.00"))])
    page = montrer(navigateur, solde)
    assert "prochaine" not in page.context
    assert "Plus rien n'est dû : aucun délai ne court." in html.unescape(page.content.decode())


@pytest.mark.parametrize(
    ("valeur", "phrase"),
    [
        (None, ""),
        (date(2026, 11, 21), "aujourd’hui"),
        (date(2026, 11, 26), "dans 5 j"),
        (date(2027, 2, 19), "dans 90 j"),
        (date(2027, 2, 20), "dans 2 mois"),
        (date(2027, 2, 21), "dans 3 mois"),
        (date(2027, 11, 21), "dans 1 an"),
        (date(2029, 1, 20), "dans 2 ans et 1 mois"),
        (date(2031, 9, 24), "dans 4 ans et 10 mois"),
        (date(2026, 10, 18), "34 j"),
        (date(2025, 5, 21), "1 an et 6 mois"),
    ],
)
def test_une_duree_se_lit_en_mois_et_en_ans_au_dela_de_quatre_vingt_dix_jours(valeur, phrase):
    assert duree(valeur, date(2026, 11, 21)).replace("\u00a0", " ") == phrase


def test_le_dernier_jour_puis_la_perte_du_droit_d_agir_sont_dits(navigateur, dossier):
    page = reverse("decompte", args=[dossier.pk])

    def lire(jour):
        return navigateur.get(page, {"au": jour}).content.decode()

    assert "aujourd’hui" in lire("2031-02-28")
    assert "le délai s’achève aujourd’hui" in lire("2031-03-01")
    assert "acquise : le droit d’agir est perdu" in lire("2031-03-02")


def test_la_mise_en_demeure_du_jour_est_conseillee_et_le_reste_explique(navigateur, dossier):
    page = montrer(navigateur, dossier)
    (action, numeros) = page.context["actions"][0]
    assert (action.etape.value, numeros) == ("mise_en_demeure", "F1")
    assert [r.numeros for r in page.context["retenues"]] == [("F2",)]
    assert reverse("courrier_apercu", args=[dossier.pk]) in page.content.decode()


def test_les_accords_et_litiges_sont_montres(navigateur, dossier, ecrire):
    ecrire(
        dossier,
        (PromesseRecue(cle="p", jusqu_au=date(2026, 12, 5), creances=("f-F1",)), date(2026, 11, 20)),
        (ContestationRecue(cle="c", creances=("f-F1",), motif="Deux colis manquants"), date(2026, 11, 19)),
        (SuspensionDecidee(cle="s", motif="Accord du gérant", creances=("f-F2",)), date(2026, 11, 18)),
        (
            PlanConvenu(
                cle="l",
                creances=("f-F1",),
                echeances=(
                    EcheancePlan(jour=date(2026, 11, 10), montant=Decimal("600.00")),
                    EcheancePlan(jour=date(2026, 12, 10), montant=Decimal("600.00")),
                ),
            ),
            date(2026, 11, 5),
        ),
        (PaiementRecu(cle="v", montant=Decimal("100.00"), libelle="VIR CLIENT"), date(2026, 11, 15)),
    )
    texte = montrer(navigateur, dossier).content.decode()
    for attendu in ("05/12/2026", "Deux colis manquants", "Accord du gérant", "En retard", "10/12/2026", "VIR CLIENT"):
        assert attendu in texte
    for lien in ("contestation-close", "plan-rompu", "reprise"):
        assert reverse("saisir", args=[dossier.pk, lien]) in texte


def test_une_voie_bloquee_dit_pourquoi(navigateur, dossier, ecrire):
    libres = montrer(navigateur, dossier).context["voies"]
    assert [v.blocage for v in libres] == ["", "", ""]
    ecrire(dossier, (ProcedureCollectiveOuverte(nature="liquidation judiciaire"), date(2026, 11, 10)))
    bloquees = montrer(navigateur, dossier).context["voies"]
    assert all("procédure collective" in v.blocage and v.article == "C. com. L622-24" for v in bloquees)


def test_le_fil_est_du_plus_recent_au_plus_ancien_et_se_filtre(navigateur, dossier, ecrire):
    ecrire(dossier, (NoteAjoutee(texte="Rappeler le matin"), date(2026, 11, 10)))
    entrees = montrer(navigateur, dossier).context["entrees"]
    assert [e.jour for e in entrees] == sorted((e.jour for e in entrees), reverse=True)
    notes = montrer(navigateur, dossier, "?fil=notes").context["entrees"]
    assert [e.titre for e in notes] == ["Note", "Débiteur décrit : Client Modèle"]
    tout = montrer(navigateur, dossier, "?fil=inconnu").context["entrees"]
    assert len(tout) == len(entrees)


def test_un_fait_annule_reste_lisible_barre(navigateur, dossier):
    record_faits(dossier.chaine, [FaitAEcrire(FaitAnnule(motif="Doublon"), date(2026, 3, 1), corrige=2)], "essai")
    page = montrer(navigateur, dossier)
    annulee = next(e for e in page.context["entrees"] if e.rang == 2)
    assert (annulee.par, annulee.annulee, annulee.annulable) == (5, True, False)
    assert "annulée par l’inscription n° 5" in page.content.decode()
    assert page.context["etat"].echu == Decimal(0)


def test_un_texte_saisi_n_est_jamais_du_html(navigateur, dossier, ecrire):
    ecrire(dossier, (NoteAjoutee(texte="<script>alert(1)</script>"), date(2026, 11, 10)))
    texte = montrer(navigateur, dossier).content.decode()
    assert "<script>alert" not in texte
    assert "&lt;script&gt;alert" in texte


def test_un_dossier_incomplet_dit_ce_qui_manque(navigateur, ouvrir, ecrire):
    dossier = ouvrir("Inconnu SARL", QualitePartie.INCONNUE)
    ecrire(
        dossier,
        (
            CreanceNee(
                cle="a",
                numero="A",
                emission=date(2026, 1, 1),
                montant=Decimal("100.00"),
                echeance=date(2026, 1, 31),
            ),
            date(2026, 1, 1),
        ),
    )
    page = montrer(navigateur, dossier)
    assert [m.code for m in page.context["travail"].a_completer] == ["qualite"]
    assert "À compléter avant tout courrier" in page.content.decode()


def test_un_dossier_sans_facture_propose_la_premiere(navigateur, ouvrir):
    texte = montrer(navigateur, ouvrir()).content.decode()
    assert "Aucune facture encore" in texte


def test_un_dossier_illisible_montre_son_journal_et_le_moyen_de_le_reparer(navigateur, dossier, monkeypatch):
    def refuser(*_args, **_options):
        raise ErreurExigible("cle_en_double", "Deux créances portent la même clé « F1 ».")

    monkeypatch.setattr(ouverture, "load_etat", refuser)
    texte = montrer(navigateur, dossier).content.decode()
    assert "Deux créances portent la même clé" in texte
    assert reverse("annuler", args=[dossier.pk, 2]) in texte
    reponse = navigateur.get(reverse("saisir", args=[dossier.pk, "paiement"]))
    assert reponse.headers["Location"] == reverse("dossier", args=[dossier.pk])
    navigateur.post(reverse("annuler", args=[dossier.pk, 2]), {"motif": "Doublon"})
    monkeypatch.undo()
    assert [e.rang for e in montrer(navigateur, dossier).context["entrees"] if e.annulee] == [2]


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_factures(navigateur, dossier, ouvrir, ecrire):
    gros = ouvrir("Gros client")
    ecrire(
        gros,
        *(
            (
                CreanceNee(
                    cle=f"g{rang}",
                    numero=f"G{rang}",
                    emission=date(2026, 1, 1),
                    montant=Decimal("10.00"),
                    echeance=date(2026, 1, 31),
                ),
                date(2026, 1, 1),
            )
            for rang in range(80)
        ),
    )
    for nom in ("dossier", "decompte", "dossier_pieces", "courrier_apercu"):
        comptes = []
        for qui in (dossier, gros):
            with CaptureQueriesContext(connection) as requetes:
                assert navigateur.get(reverse(nom, args=[qui.pk])).status_code == 200
            comptes.append(len(requetes))
        assert comptes[0] == comptes[1] <= 12, nom


def test_un_long_fil_montre_d_abord_le_plus_recent(navigateur, dossier, ecrire):
    ecrire(dossier, *((NoteAjoutee(texte=f"note {rang}"), date(2026, 11, 2)) for rang in range(70)))
    page = montrer(navigateur, dossier)
    assert (len(page.context["entrees"]), page.context["entrees_cachees"]) == (60, 14)
    assert len(montrer(navigateur, dossier, "?tout=1").context["entrees"]) == 74


def test_les_contacts_disent_la_regle_applicable(navigateur, dossier):
    texte = navigateur.get(reverse("dossier_contacts", args=[dossier.pk])).content.decode()
    assert "C. com. L441-10 II" in texte
    assert "client@exemple.example" in texte
    assert "Réclamer" in texte


def test_la_description_du_debiteur_ne_s_annule_pas(navigateur, dossier, ecrire):
    assert navigateur.get(reverse("annuler", args=[dossier.pk, 1])).status_code == 404
    ecrire(dossier, (DebiteurDecrit(nom="Client Modèle SAS"), date(2026, 11, 20)))
    assert navigateur.get(reverse("annuler", args=[dossier.pk, 5])).status_code == 200
