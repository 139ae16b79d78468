"""A creditor's own wordings: checked, numbered, never changed, put back."""

import re

import pytest

from exigible.actes.modele import get_modele, load_catalogue, load_texte
from exigible.actes.relecture import check_texte, describe_noms, find_exemple, load_exemples
from exigible.bureau.actes.models import TexteActe
from exigible.bureau.actes.sens import load_sens
from exigible.bureau.actes.services import prepare
from exigible.bureau.actes.textes import list_versions, load_textes, remove_texte, restore_texte, save_texte
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

QUITTANCE = get_modele("quittance")
NOTRE = load_texte("quittance")
LE_MIEN = NOTRE.replace("Madame, Monsieur,", "Chère cliente, cher client,")


def test_une_version_s_enregistre_et_entre_en_vigueur(creancier, dossier):
    version, perdues = save_texte(creancier, QUITTANCE, LE_MIEN, "Marie", note="plus chaleureux")
    assert (version.numero, version.en_vigueur, version.note, perdues) == (1, True, "plus chaleureux", ())
    du_dossier = prepare(dossier, "quittance")
    assert "Chère cliente" in du_dossier.acte.texte
    assert du_dossier.numero_texte == 1


def test_les_versions_se_suivent_et_une_seule_vaut(creancier):
    save_texte(creancier, QUITTANCE, LE_MIEN, "Marie")
    save_texte(creancier, QUITTANCE, LE_MIEN.replace("Chère cliente, ", ""), "Luc")
    assert [(v.numero, v.en_vigueur, v.auteur) for v in list_versions(creancier, "quittance")] == [
        (2, True, "Luc"),
        (1, False, "Marie"),
    ]
    restore_texte(TexteActe.objects.get(numero=1))
    assert [(v.numero, v.en_vigueur) for v in list_versions(creancier, "quittance")] == [(2, False), (1, True)]
    remove_texte(creancier, "quittance")
    assert load_textes([creancier]) == {}
    assert len(list_versions(creancier, "quittance")) == 2


def test_le_meme_texte_ne_fait_pas_une_version(creancier):
    save_texte(creancier, QUITTANCE, LE_MIEN, "Marie")
    with pytest.raises(ErreurSaisie, match="déjà"):
        save_texte(creancier, QUITTANCE, f"{LE_MIEN}\n\n", "Marie")


@pytest.mark.parametrize(
    ("remplace", "par", "dit"),
    [
        ("{paiement_montant}", "{somme_inventee}", "somme_inventee"),
        ("expressément réservés", "dus", "1908"),
        ("Madame, Monsieur,", "Sans paiement demain, ce sera la prison.", "L121-6"),
        ("**{paiement_montant}**", "**{paiement_montant}", "gras"),
        ("[si impute]", "[si inconnu]", "inconnu"),
    ],
)
def test_un_texte_dangereux_est_refuse_avec_la_raison(creancier, remplace, par, dit):
    with pytest.raises(ErreurExigible, match=dit):
        save_texte(creancier, QUITTANCE, NOTRE.replace(remplace, par), "Marie")
    assert list_versions(creancier, "quittance") == []


def test_une_mention_perdue_dans_un_seul_cas_suffit():
    """The reserve of interest is only written when some is owed: a wording that drops it is refused all the same."""
    reserve = re.compile(r"\[si interets_dus\].*?\[fin\]\n", re.DOTALL)
    assert reserve.search(NOTRE)
    with pytest.raises(ErreurExigible, match="1908"):
        check_texte(QUITTANCE, reserve.sub("", NOTRE))


def test_ce_que_la_loi_ne_veut_pas_peut_se_perdre_mais_se_dit():
    reserve = "sous réserve de son encaissement définitif"
    assert reserve in NOTRE
    perdues = check_texte(QUITTANCE, NOTRE.replace(reserve, "merci"))
    assert [(m.code, m.statut) for m in perdues] == [("sauf_encaissement", "politique")]


@pytest.mark.parametrize("nom", load_catalogue())
def test_notre_propre_texte_passe_l_examen(nom):
    assert check_texte(get_modele(nom), load_texte(nom)) == ()


@pytest.mark.parametrize("nom", load_catalogue())
def test_chaque_acte_a_un_exemple(nom):
    assert find_exemple(get_modele(nom), list(load_exemples().values())) is not None


def test_chaque_nom_commun_a_un_sens():
    communs: set[str] | None = None
    for modele in load_catalogue().values():
        demande = find_exemple(modele, list(load_exemples().values()))
        assert demande is not None
        vocabulaire = describe_noms(demande)
        noms = {*vocabulaire.valeurs, *vocabulaire.faits, *vocabulaire.blocs} - {q.nom for q in demande.questions}
        communs = noms if communs is None else communs & noms
    assert communs is not None
    assert {nom for nom in communs if not nom.startswith("texte ")} <= load_sens().keys()


@pytest.mark.parametrize(("nom", "dit"), [("debiteur_nm", "debiteur_nom"), ("zzz", "voyez la liste")])
def test_un_nom_mal_tape_est_rapproche_de_ceux_qui_existent(nom, dit):
    with pytest.raises(ErreurSaisie, match=dit):
        check_texte(QUITTANCE, f"{NOTRE}\n\n{{{nom}}}")
