"""Every act on every dossier, and on dossiers that nobody foresaw: a clean text or one sentence, never a failure."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import TypeReponse, get_modele, load_catalogue
from exigible.actes.preparation import prepare_acte
from exigible.actes.rendu import render_pdf
from exigible.dossier.description import fold_description, parse_description
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import ErreurExigible

REPONSES = {
    TypeReponse.TEXTE: "Réponse fictive",
    TypeReponse.LONG: "Réponse fictive",
    TypeReponse.DATE: "2026-12-15",
    TypeReponse.MONTANT: "150,00",
    TypeReponse.ENTIER: "3",
    TypeReponse.OUI_NON: "oui",
}
FAUTES = {
    "un mot du programme": r"\b(None|True|False|Decimal)\b",
    "deux espaces": r"(?<=\S)  +(?=\S)",
    "un pluriel pour un": r"(?<![\d ,.\u00a0\u202f])[01][ \u00a0\u202f](jours|factures|échéances|paiements|pièces)\b",
    "une accolade": r"[{}]",
    "une ponctuation double": r",,|;;|; ;|\(\s*\)|«\s*»|: \.| , envoyé",
    "un trou": r"\[à compléter",
}  # fmt: skip


def play(nom, etat, *, facultatives=False):
    """The act with what the dossier proposes and any answer to what it still asks; None when it is refused."""
    modele = get_modele(nom)
    saisies = dict(propose_reponses(modele, etat))
    prepare = None
    for _ in range(3):
        try:
            prepare = prepare_acte(build_demande(modele, etat, saisies=saisies, reference="D-1"))
        except ErreurExigible:
            return None
        posees = prepare.demande.questions if facultatives else prepare.manquantes
        ajouts = {q.nom: answer(q) for q in posees if q.nom not in saisies and answer(q)}
        if not ajouts:
            break
        saisies |= ajouts
    return prepare


def answer(question):
    if question.source or question.type is TypeReponse.CHOIX:
        return question.choix[0].valeur if question.choix else ""
    return REPONSES[question.type]


def find_fautes(prepare):
    """What no finished paper may show; a hole is expected while an answer is missing."""
    fautes = {nom: re.search(motif, prepare.texte) for nom, motif in FAUTES.items()}
    if prepare.manquantes:
        del fautes["un trou"]
    return {nom: prepare.texte[max(0, f.start() - 60) : f.end() + 40] for nom, f in fautes.items() if f}


@pytest.mark.parametrize("nom", load_catalogue())
def test_aucun_papier_ne_montre_une_faute(nom):
    for dossier in DOSSIERS:
        for facultatives in (False, True):
            prepare = play(nom, load_dossier(dossier), facultatives=facultatives)
            assert prepare is None or not find_fautes(prepare), (dossier, facultatives)


def fold(base, change, au=AU):
    decrit = json.loads(DOSSIERS[base].read_bytes())
    change(decrit)
    return fold_description(parse_description(json.dumps(decrit).encode()), au)


def make_creance(rang, montant="120.00", numero=""):
    numero = numero or f"F-{rang}"
    fait = {"type": "creance_nee", "cle": numero, "numero": numero, "montant": montant}
    return {"date_effet": "2026-04-01", "fait": fait | {"emission": "2026-04-01", "echeance": "2026-05-01"}}


SINGULIERS = {
    "nom_long": lambda d: d["debiteur"].update(nom="Société Fictive des Longues Dénominations " * 5),
    "adresse_longue": lambda d: d["debiteur"]["adresse"].update(lignes=[f"Ligne {rang}" for rang in range(6)]),
    "cent_factures": lambda d: d.update(faits=[make_creance(rang) for rang in range(100)]),
    "numero_long": lambda d: d.update(faits=[make_creance(0, numero="FACTURE-" * 8)]),
    "un_centime": lambda d: d.update(faits=[make_creance(0, "0.01")]),
    "tres_gros": lambda d: d.update(faits=[make_creance(0, "999999999.99")]),
    "creancier_nu": lambda d: d.update(creancier={"nom": "Atelier Exemple"}, faits_creancier=[]),
    "sans_code_postal": lambda d: d["debiteur"].update(adresse={"lignes": ["1 rue des Tests"], "ville": "Testville"}),
    "etats_unis": lambda d: d["debiteur"]["adresse"].update(code_postal="NY 10118", ville="New York", pays="US"),
    "entrepreneur": lambda d: d["debiteur"].update(nom="Camille Fictive", forme="EI", personne_physique=True),
    "qualite_inconnue": lambda d: d["debiteur"].update(qualite="inconnue"),
    "sans_facture": lambda d: d.update(faits=[]),
    "petit_langage": lambda d: d["debiteur"].update(nom="L'Atelier & Fils <SARL> #[x] *gras* _y_ $z$ [si pro]"),
    "trop_paye": lambda d: d["faits"].append(
        {"date_effet": "2026-09-10", "fait": {"type": "paiement_recu", "cle": "p-2", "montant": "90000.00"}}
    ),
    "avoir": lambda d: d["faits"].append(
        {"date_effet": "2026-08-10", "fait": {"type": "avoir_emis", "cle": "A", "numero": "A-1", "montant": "9000.00"}}
    ),
}


@pytest.mark.parametrize("nom", SINGULIERS)
def test_un_dossier_singulier_a_ses_papiers_ou_une_phrase(nom):
    etat = fold("professionnel", SINGULIERS[nom])
    for acte in load_catalogue():
        prepare = play(acte, etat)
        assert prepare is None or not find_fautes(prepare), acte


def test_un_avoir_n_est_pas_un_paiement():
    """10 000 € of credit notes were not received; what exceeds the debt is to be given back."""
    etat = fold("professionnel", SINGULIERS["avoir"])
    releve, solde, merci = (
        play(nom, etat).texte for nom in ("releve_de_compte", "solde_de_tout_compte", "remerciement")
    )
    assert "10/08/2026 | Avoir |" in releve
    assert "10/08/2026 | Paiement reçu" not in releve
    assert "10/08/2026" not in merci
    assert f"Nos avoirs, {format_montant(Decimal(9000))} en tout" in solde
    exces = format_montant(etat.decompte.trop_percu)
    assert all(f"{exces}" in texte for texte in (releve, solde, merci))
    [paiement, *_] = build_demande(get_modele("quittance"), etat, creances=()).questions
    assert [choix.valeur for choix in paiement.choix] == ["p-1"]


def test_un_compte_paye_deux_fois_se_rend():
    etat = fold("professionnel", SINGULIERS["trop_paye"])
    assert "créditeur" in play("solde_de_tout_compte", etat).texte
    assert "créditeur" in play("remerciement", etat).texte
    solde = load_dossier("professionnel_solde")
    assert "créditeur" not in play("solde_de_tout_compte", solde).texte


def test_un_milliard_ne_s_ecrit_pas_et_se_dit():
    etat = fold("professionnel", SINGULIERS["tres_gros"])
    with pytest.raises(ErreurExigible) as refus:
        prepare_acte(build_demande(get_modele("mise_en_demeure"), etat, saisies={"delai_jours": "8"}))
    assert refus.value.code == "somme_trop_grande"


@pytest.mark.parametrize("signe", ["🍕", "خدمة", "发票"])
def test_ce_qui_ne_s_imprime_pas_se_montre_dans_sa_ligne(signe):
    etat = fold("professionnel", lambda d: d["debiteur"].update(nom=f"Chez {signe} Fictif"))
    prepare = play("mise_en_demeure", etat)
    with pytest.raises(ErreurExigible, match=r"Chez .* Fictif") as refus:
        render_pdf(prepare)
    assert refus.value.code == "caractere_non_imprimable"


@pytest.mark.parametrize(
    ("acte", "manque"),
    [
        ("quittance", "aucun paiement"),
        ("plan_mise_en_demeure", "aucun plan"),
        ("decheance_du_terme", "aucun plan"),
        ("mise_en_demeure_caution", "aucune caution"),
        ("promesse_confirmee", "aucune promesse"),
    ],
)
def test_ce_que_le_dossier_n_a_pas_ne_se_demande_pas(acte, manque):
    with pytest.raises(ErreurExigible, match=manque):
        prepare_acte(build_demande(get_modele(acte), load_dossier("copropriete")))


@pytest.mark.parametrize(
    ("dossier", "raison"),
    [("consommateur_plan_ce_jour", "en retard"), ("professionnel_plan_manque", "envoyez d'abord")],
)
def test_une_decheance_impossible_dit_pourquoi(dossier, raison):
    with pytest.raises(ErreurExigible, match=raison):
        prepare_acte(build_demande(get_modele("decheance_du_terme"), load_dossier(dossier)))


@pytest.mark.parametrize("nom", load_catalogue())
def test_un_acte_ne_propose_que_ce_qu_il_demande(nom):
    modele = get_modele(nom)
    questions = {question.nom for question in modele.question}
    for dossier in DOSSIERS:
        assert set(propose_reponses(modele, load_dossier(dossier, date(2026, 11, 21)))) <= questions, dossier


def test_de_s_elide_devant_un_nom():
    """« la convocation d'Association sportive Fictive »; the mention that names it is still found."""
    etat = load_dossier("debiteur_association")
    texte = play("requete_tribunal_judiciaire", etat).texte
    assert "d’Association sportive Fictive" in texte
    assert "de Association" not in texte
    sans_compte = fold("professionnel", lambda d: d.update(faits_creancier=[]))
    assert "à l’ordre d’Atelier Exemple" in play("mise_en_demeure", sans_compte).texte


@pytest.mark.parametrize(("code", "ecrit"), [("US", "ÉTATS-UNIS"), ("MX", "MEXIQUE"), ("AU", "AUSTRALIE")])
def test_une_adresse_a_l_etranger_finit_par_le_nom_du_pays(code, ecrit):
    etat = fold("professionnel", lambda d: d["debiteur"]["adresse"].update(pays=code))
    assert play("mise_en_demeure", etat).document.tete.destinataire[-1] == ecrit
