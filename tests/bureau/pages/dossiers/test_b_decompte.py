"""The statement on a chosen day: figures redone by hand, their justification, the files."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from exigible.bureau.horloge import fix_horloge
from exigible.dossier.faits import PaiementRecu


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
    (_numero, part) = versement.parts[0]
    # The 40 € first, then the 36,35 € of interest, then the principal.
    assert (part.indemnites, part.interets, part.principal) == (Decimal("40.00"), Decimal("36.35"), Decimal("23.65"))


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
    # A document does not say what was known when: none is offered then.
    assert reverse("decompte_pdf", args=[dossier.pk]) not in texte
