"""A debt that divides: no letter asks a joint debtor for more than his share; a surety leaves the debtor owing all."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.actes.decompte.rendu import build_document
from exigible.actes.mise_en_demeure.rendu import prepare_mise_en_demeure, render_mise_en_demeure
from exigible.actes.relance.message import write_relance, write_script_appel
from exigible.actes.sommes import find_part_du_debiteur
from exigible.actes.typst.texte import normalize_espaces
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.dossier.faits import ContestationRecue, Etape, PaiementRecu, PersonneTenue, RolePersonne

CONJOINT = RolePersonne.CODEBITEUR_CONJOINT


@pytest.fixture
def fabrique(fabrique):
    """One invoice of 4 800 €."""

    def fabriquer(*faits):
        return fabrique(*faits, factures=[fabrique.make_facture()])

    return fabriquer


def tenue(cle, role, **champs):
    return PersonneTenue(cle=cle, nom=f"{cle} Exemple", role=role, **champs)


def payer(montant, payeur="", cle="p"):
    return (date(2026, 6, 1), PaiementRecu(cle=cle, montant=Decimal(montant), payeur=payeur))


def build_demande(etat, creances):
    return prepare_mise_en_demeure(etat, creances).demande


def ecrire(etat):
    rendu = render_mise_en_demeure(etat, [c.cle for c in etat.creances], reference="DOS-1")
    return rendu.montant, normalize_espaces(rendu.texte)


def test_deux_debiteurs_conjoints_chacun_sa_moitie(fabrique):
    """4 800 € between two: 2 400 € of principal, and the interest of those 2 400 €; C. civ. 1309 al. 2."""
    etat = fabrique(tenue("B", CONJOINT))
    entier = fabrique()
    demande = build_demande(etat, ["F-2026-001"])
    assert demande.totaux.principal == Decimal("2400.00")
    assert demande.totaux.total == etat.personnes[0].du < entier.decompte.total_du
    assert demande.totaux.interets == sum(ligne.montant for ligne in list_lignes(demande))
    assert all(ligne.base == Decimal("2400.00") for ligne in list_lignes(demande))
    montant, texte = ecrire(etat)
    assert montant == etat.personnes[0].du
    assert "seule votre part vous est réclamée" in texte
    assert "2 400,00 € de principal, sur 4 800,00 €, forment la part comptée ici" in texte
    assert "d'avoirs" not in texte
    assert "dont le débiteur ne doit que" not in texte


@pytest.mark.parametrize(("part", "attendu"), [("25", "3600.00"), ("60", "1920.00")])
def test_la_part_dite_est_suivie(fabrique, part, attendu):
    etat = fabrique(tenue("B", CONJOINT, part=Decimal(part)))
    assert build_demande(etat, ["F-2026-001"]).totaux.principal == Decimal(attendu)


def test_le_paiement_de_l_un_ne_baisse_pas_la_part_de_l_autre(fabrique):
    """B paid 1 000 € of his own 2 400 €: the debtor still owes the whole of his share."""
    etat = fabrique(tenue("B", CONJOINT), payer("1000.00", "B"))
    assert build_demande(etat, ["F-2026-001"]).totaux.principal == Decimal("2400.00")


def test_jamais_plus_que_ce_qui_reste_du(fabrique):
    """B paid 4 000 €, far above his share: only what is left of the whole debt may be asked for."""
    etat = fabrique(tenue("B", CONJOINT), payer("4000.00", "B"))
    demande = build_demande(etat, ["F-2026-001"])
    assert demande.totaux.total == etat.personnes[0].du <= etat.decompte.total_du
    assert demande.totaux.total < Decimal("2400.00")
    assert ecrire(etat)[0] == etat.personnes[0].du


def test_une_caution_laisse_le_debiteur_tenu_de_tout(fabrique):
    etat = fabrique(tenue("C", RolePersonne.CAUTION_SOLIDAIRE, plafond=Decimal("1000.00")))
    assert find_part_du_debiteur(etat) is None
    montant, texte = ecrire(etat)
    assert montant == etat.decompte.total_du
    assert "seule votre part" not in texte


def test_un_codebiteur_solidaire_aussi(fabrique):
    etat = fabrique(tenue("B", RolePersonne.CODEBITEUR_SOLIDAIRE))
    assert ecrire(etat)[0] == etat.decompte.total_du


def test_un_conjoint_et_une_caution(fabrique):
    etat = fabrique(tenue("B", CONJOINT), tenue("C", RolePersonne.CAUTION_SIMPLE))
    assert build_demande(etat, ["F-2026-001"]).totaux.principal == Decimal("2400.00")


def test_le_rappel_et_l_appel_ne_demandent_que_la_part(fabrique):
    etat = fabrique(tenue("B", CONJOINT))
    for message in (
        write_relance(etat, Etape.RELANCE, ["F-2026-001"]),
        write_script_appel(etat, ["F-2026-001"]),
    ):
        assert message.montant == Decimal("2400.00")
        assert "4 800,00" not in normalize_espaces(message.texte)


def test_le_conteste_se_retire_de_la_part(fabrique):
    """Careful: the disputed sum is taken off the share as a whole, not its half."""
    contestation = ContestationRecue(cle="k", creances=("F-2026-001",), motif="défaut", montant=Decimal("500.00"))
    etat = fabrique(tenue("B", CONJOINT), contestation)
    assert build_demande(etat, ["F-2026-001"]).totaux.total == Decimal("1900.00")


def test_le_decompte_du_dossier_reste_celui_de_toute_la_dette_et_le_dit(fabrique):
    etat = fabrique(tenue("B", CONJOINT))
    releve = build_document(etat).releve
    assert normalize_espaces(releve.total.principal) == "4 800,00 €"
    assert any("dont le débiteur ne doit que" in note for note in releve.notes)
