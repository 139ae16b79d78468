"""The statement on a chosen day: figures redone by hand, their justification, the files."""

import io
import json
import re
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from exigible.bureau.horloge import fix_horloge
from exigible.dossier.faits import AvoirEmis, PaiementRecu, Reclamation, ReclamationDecidee


def montrer(navigateur, dossier, **parametres):
    reponse = navigateur.get(reverse("decompte", args=[dossier.pk]), parametres)
    assert reponse.status_code == 200
    return reponse


def test_le_decompte_du_jour(navigateur, dossier):
    page = montrer(navigateur, dossier)
    lignes = [x.ligne for x in page.context["lignes"]]
    # 1 200 × 12,15 % × 91 ÷ 365 = 36,350… ; 1 200 × 12,40 % × 144 ÷ 365 = 58,704…
    assert [(x.du, x.au, x.jours, x.montant) for x in lignes] == [
        (date(2026, 4, 1), date(2026, 6, 30), 91, Decimal("36.35")),
        (date(2026, 7, 1), date(2026, 11, 21), 144, Decimal("58.70")),
    ]
    decompte = page.context["decompte"]
    # Both invoices' principal, 95,05 of interest, 40 of indemnity.
    assert decompte.total_du == Decimal("2185.55")
    assert 'data-total="2185.55"' in page.content.decode()


def test_chaque_montant_dit_comment_il_se_refait(navigateur, dossier):
    phrase = montrer(navigateur, dossier).context["lignes"][0].justification
    for attendu in ("1\u00a0200,00\u00a0€", "12,15\u00a0%", "× 91 ÷ 365 = 36,35\u00a0€", "01/04/2026", "L441-10"):
        assert attendu in phrase


def test_le_decompte_se_recalcule_a_une_date_passee(navigateur, dossier):
    page = montrer(navigateur, dossier, au="2026-04-10")
    # 1 200 × 12,15 % × 10 ÷ 365 = 3,994… ; the second invoice is not born yet.
    assert page.context["decompte"].total_du == Decimal("1243.99")
    texte = page.content.decode()
    assert "Décompte arrêté au 10/04/2026" in texte
    assert "?au=2026-04-10" in texte


def test_avant_toute_facture_il_n_y_a_rien(navigateur, dossier):
    assert "Aucune facture à ce jour" in montrer(navigateur, dossier, au="2025-06-01").content.decode()


@pytest.mark.parametrize("au", ["31/02/2026", "demain", "2026-13-01"])
def test_une_date_illisible_est_dite_et_le_jour_reste(navigateur, dossier, au):
    page = montrer(navigateur, dossier, au=au)
    assert "n’existe pas ou n’est pas lisible" in page.content.decode()
    assert page.context["etat"].au == date(2026, 11, 21)


def test_au_dela_des_taux_connus_les_interets_s_arretent_et_c_est_dit(navigateur, dossier):
    page = montrer(navigateur, dossier, au="2027-02-01")
    assert page.context["decompte"].interets_arretes_au == date(2026, 12, 31)
    assert "31/12/2026" in page.content.decode()


def test_les_paiements_montrent_leur_imputation(navigateur, dossier, ecrire):
    ecrire(dossier, (PaiementRecu(cle="p", montant=Decimal("100.00"), creances=("f-F1",)), date(2026, 6, 30)))
    (versement,) = montrer(navigateur, dossier).context["versements"]
    (_numero, part, phrases) = versement.parts[0]
    # The 40 € first, then the 36,35 € of interest, then the principal.
    assert (part.indemnites, part.interets, part.principal) == (Decimal("40.00"), Decimal("36.35"), Decimal("23.65"))
    assert phrases["interets"].startswith("Des 60,00\u00a0€")
    assert "36,35\u00a0€ vont aux intérêts" in phrases["interets"]
    assert phrases["principal"].startswith("60,00\u00a0€ − 36,35\u00a0€ d’intérêts = 23,65\u00a0€")
    assert all("1343-1" in phrases[cle] for cle in ("interets", "principal"))
    attendu = "Indemnité 40,00\u00a0€ + intérêts 36,35\u00a0€ + en principal 23,65\u00a0€ = 100,00\u00a0€."
    assert phrases["montant"] == attendu


def test_chaque_solde_dit_d_ou_il_vient(navigateur, dossier, ecrire):
    ecrire(
        dossier,
        (AvoirEmis(cle="a", montant=Decimal("200.00"), numero="AV1", creance="f-F1"), date(2026, 3, 15)),
        (PaiementRecu(cle="p", montant=Decimal("100.00"), creances=("f-F1",)), date(2026, 6, 30)),
    )
    page = montrer(navigateur, dossier)
    f1, f2 = page.context["soldes"]
    # 1 000 × 12,15 % × 91 ÷ 365 = 30,29 ; the payment takes 40 €, 30,29 €, then 29,71 € of principal.
    assert f1.phrases["principal"] == (
        "Prix de la facture 1\u00a0200,00\u00a0€ − avoirs 200,00\u00a0€ − paiements imputés sur le principal"
        " 29,71\u00a0€ = 970,29\u00a0€."
    )
    assert "− intérêts déjà payés 30,29\u00a0€" in f1.phrases["interets"]
    assert "40,00\u00a0€ par facture payée en retard (C. com. D441-5)." in f1.phrases["indemnites"]
    assert "il reste 0,00\u00a0€" in f1.phrases["indemnites"]
    assert f1.phrases["total"].startswith("En principal 970,29\u00a0€ + intérêts ")
    assert f2.phrases["interets"] == f2.phrases["indemnites"] == "Zéro : la facture n’est pas échue."
    assert page.context["totaux"]["total"].startswith("Somme des 2 lignes : ")


def test_une_indemnite_nulle_dit_pourquoi(navigateur, dossier, ecrire):
    ecrire(
        dossier, (ReclamationDecidee(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER), date(2026, 4, 1))
    )
    f1 = montrer(navigateur, dossier).context["soldes"][0]
    assert f1.phrases["indemnites"] == "Zéro : dans ce dossier, l’indemnité forfaitaire n’est pas réclamée."
    assert f1.phrases["interets"] == "Zéro : dans ce dossier, les pénalités de retard ne sont pas réclamées."


def test_une_facture_payee_a_l_echeance_n_a_pas_d_indemnite(navigateur, dossier, ecrire):
    ecrire(dossier, (PaiementRecu(cle="p", montant=Decimal("1200.00"), creances=("f-F1",)), date(2026, 3, 31)))
    f1 = montrer(navigateur, dossier).context["soldes"][0]
    assert f1.phrases["indemnites"] == "Zéro : la facture était soldée à son échéance."


def test_un_avoir_sur_le_compte_n_eteint_que_le_principal(navigateur, dossier, ecrire):
    ecrire(dossier, (AvoirEmis(cle="a", montant=Decimal("200.00"), numero="AV1"), date(2026, 6, 30)))
    page = montrer(navigateur, dossier)
    (_numero, _part, phrases) = page.context["versements"][0].parts[0]
    assert phrases["principal"] == "Un avoir s’impute sur le principal seul."
    assert "avoirs 200,00\u00a0€ − paiements" in page.context["soldes"][0].phrases["principal"]


def test_chaque_justification_a_son_adresse_dans_la_page(navigateur, dossier, ecrire):
    for rang in (1, 2):
        ecrire(dossier, (PaiementRecu(cle=f"p{rang}", montant=Decimal("60.00")), date(2026, 6, rang)))
    texte = montrer(navigateur, dossier).content.decode()
    cles = re.findall(r'role="tooltip" id="([^"]+)"', texte)
    assert len(cles) == len(set(cles))
    assert cles == re.findall(r'class="justifie" tabindex="0" aria-describedby="([^"]+)"', texte)
    assert {"solde-principal-1", "solde-total-2", "total-total", "part-montant-2-1"} <= set(cles)


def test_le_pdf_et_le_classeur_portent_la_date(navigateur, dossier):
    pdf = navigateur.get(reverse("decompte_pdf", args=[dossier.pk]), {"au": "2026-04-10"})
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="decompte-{dossier.reference}-2026-04-10.pdf"'
    xlsx = navigateur.get(reverse("decompte_xlsx", args=[dossier.pk]), {"au": "2026-04-10"})
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.content))
    cellules = {
        cellule
        for nom in classeur.sheet_names
        for ligne in classeur.get_sheet_by_name(nom).to_python()
        for cellule in ligne
    }
    assert 1243.99 in cellules


def test_connu_au_ignore_ce_qui_fut_enregistre_depuis(navigateur, dossier, ecrire):
    with fix_horloge(date(2026, 11, 25)):
        ecrire(dossier, (PaiementRecu(cle="p", montant=Decimal("100.00")), date(2026, 11, 20)))
        adresse = {"au": "2026-11-21"}
        # 36,35 + 58,30 of interest at the payment, which takes the 40 € and 60 € of it; then 0,41 € for one day more.
        assert montrer(navigateur, dossier, **adresse).context["decompte"].total_du == Decimal("2085.56")
        avant = montrer(navigateur, dossier, **adresse, connu_au="2026-11-24")
    assert avant.context["decompte"].total_du == Decimal("2185.55")
    texte = avant.content.decode()
    assert "enregistré le 24/11/2026 au soir" in texte
    assert "selon ce qui était connu au 24/11/2026" in texte.replace("\u00a0", " ")
    assert f"{reverse('decompte_pdf', args=[dossier.pk])}?au=2026-11-21&amp;connu_au=2026-11-24" in texte


@pytest.fixture
def tardif(dossier, ecrire):
    """A payment of 20 November that the office learnt on the 25th."""
    with fix_horloge(date(2026, 11, 25)):
        ecrire(dossier, (PaiementRecu(cle="p", montant=Decimal("100.00")), date(2026, 11, 20)))
        yield dossier


CONNU = {"au": "2026-11-21", "connu_au": "2026-11-24"}


def test_le_pdf_dit_ce_qui_etait_connu(navigateur, tardif):
    reponse = navigateur.get(reverse("decompte_pdf", args=[tardif.pk]), CONNU)
    nom = f"decompte-{tardif.reference}-2026-11-21-connu-2026-11-24.pdf"
    assert reponse.headers["Content-Disposition"] == f'attachment; filename="{nom}"'
    texte = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(reponse.content)).pages)
    texte = " ".join(texte.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "Décompte arrêté au 21/11/2026, selon ce qui était connu au 24/11/2026" in texte
    assert "2 185,55 €" in texte


def test_le_classeur_aussi(navigateur, tardif):
    reponse = navigateur.get(reverse("decompte_xlsx", args=[tardif.pk]), CONNU)
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(reponse.content))
    cellules = [c for ligne in classeur.get_sheet_by_name("Décompte").to_python() for c in ligne]
    assert "Décompte arrêté au 21/11/2026, selon ce qui était connu au 24/11/2026" in cellules
    assert 2185.55 in cellules


def test_les_donnees_aussi(navigateur, tardif):
    adresse = reverse("decompte_json", args=[tardif.pk])
    connu = json.loads(navigateur.get(adresse, CONNU).content)
    assert (connu["dossier"], connu["au"], connu["connu_au"]) == (tardif.reference, "2026-11-21", "2026-11-24")
    assert Decimal(connu["total_du"]) + Decimal(connu["a_echoir"]) == Decimal("2185.55")
    tout = json.loads(navigateur.get(adresse, {"au": "2026-11-21"}).content)
    assert tout["connu_au"] is None
    assert Decimal(tout["total_du"]) + Decimal(tout["a_echoir"]) == Decimal("2085.56")


@pytest.mark.parametrize("jours", [{"au": "31/02/2026"}, {"connu_au": "hier"}])
def test_un_fichier_ne_prend_pas_un_autre_jour_que_celui_qu_on_demande(navigateur, dossier, jours):
    assert navigateur.get(reverse("decompte_json", args=[dossier.pk]), jours).status_code == 404
