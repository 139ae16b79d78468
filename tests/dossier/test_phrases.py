"""What the core says can be said in another language: each sentence is a `Phrase`, and none is written otherwise."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import exigible
from exigible.dossier.credits import CreditNonRapproche, Repere, designate_credits
from exigible.dossier.faits import (
    Adresse,
    Canal,
    ContestationClose,
    ContestationRecue,
    CourrierApprouve,
    DebiteurDecrit,
    EcheancePlan,
    Etape,
    IssueContestation,
    PaiementRecu,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    RelanceFaite,
    SurendettementRecevable,
    SuspensionDecidee,
)
from exigible.dossier.travail import compute_travail
from exigible.droit.phrase import Phrase, render_modele, write_valeur

RACINE = Path(exigible.__file__).parent

# Where the sentence stands among the arguments; errors have it second too.
PLACES = {"ACompleter": 1, "Attente": 1, "Avertissement": 1, "CreditRetenu": 1, "Retenue": 2, "Suspension": 1}
# Defects of our own files, which no page shows.
DEFAUTS = {"bareme_invalide", "regle_invalide"}
TEXTES = ast.JoinedStr | ast.Constant | ast.BinOp


def list_modules_montres():
    """The modules of `dossier`, and those of `droit` that they use, near or far: what the office's pages may show."""
    a_lire, lus = sorted((RACINE / "dossier").glob("*.py")), {}
    while a_lire:
        fichier = a_lire.pop()
        if fichier in lus or not fichier.exists():
            continue
        lus[fichier] = ast.parse(fichier.read_text("utf-8"))
        noms = [n.module or "" for n in ast.walk(lus[fichier]) if isinstance(n, ast.ImportFrom)]
        chemins = [RACINE.joinpath(*nom.split(".")[1:]) for nom in noms if nom.startswith("exigible.")]
        a_lire += [f for c in chemins for f in (c.with_suffix(".py"), c / "__init__.py")]
    return lus


def find_fautes(arbre):
    """The lines where a sentence is written as plain text: to an error, a warning, a reason to wait…"""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name):
            nom = noeud.func.id
            place = 1 if nom.startswith("Erreur") else PLACES.get(nom, len(noeud.args))
            defaut = noeud.args and getattr(noeud.args[0], "value", None) in DEFAUTS
            if len(noeud.args) > place and not defaut and isinstance(noeud.args[place], TEXTES):
                yield noeud.lineno


def test_aucune_phrase_montree_n_est_ecrite_sans_son_modele():
    fautes = [
        f"{fichier.relative_to(RACINE)}:{ligne}"
        for fichier, arbre in list_modules_montres().items()
        for ligne in find_fautes(arbre)
    ]
    assert fautes == []


def test_la_faute_se_voit():
    fautives = """
Retenue(cle, "delai", f"à partir du {jour}", montant)
raise ErreurSaisie("date", "La date " + texte)
Avertissement("trop_percu", "Trop.")
"""
    assert len(list(find_fautes(ast.parse(fautives)))) == 3
    assert (
        list(find_fautes(ast.parse('ErreurBareme("bareme_invalide", f"{nom}"); ACompleter("nom", phrase("x"))'))) == []
    )


HISTOIRES = {
    "à échoir": ("2026-08-10", []),
    "courtoisie le jour même": ("2026-09-01", []),
    "courtoisie": ("2026-08-28", []),
    "appel": ("2026-09-02", []),
    "relance": ("2026-09-10", []),
    "mise en demeure": (
        "2026-10-20",
        [("2026-09-10", RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("A",)))],
    ),
    "message récent": (
        "2026-09-09",
        [("2026-09-05", RelanceFaite(etape=Etape.COURTOISIE, canal=Canal.COURRIEL, creances=("B",)))],
    ),
    "lettre à poster": (
        "2026-10-20",
        [
            (
                "2026-10-19",
                CourrierApprouve(
                    courrier="L",
                    acte="mise_en_demeure",
                    piece="0" * 64,
                    creances=("A",),
                    montant=Decimal("1.00"),
                    delai_jours=8,
                    destinataire="Client",
                ),
            )
        ],
    ),
    "à compléter": ("2026-09-10", [("2026-09-02", DebiteurDecrit(nom="", adresse=Adresse()))]),
    "promesse": (
        "2026-09-10",
        [("2026-09-05", PromesseRecue(cle="P", jusqu_au=date(2026, 9, 20), montant=Decimal("10.00")))],
    ),
    "promesse du tout": ("2026-09-10", [("2026-09-05", PromesseRecue(cle="P", jusqu_au=date(2026, 9, 20)))]),
    "contestation": ("2026-09-10", [("2026-09-05", ContestationRecue(cle="C", creances=(), motif="défaut"))]),
    "contestation fondée": (
        "2026-09-10",
        [
            ("2026-09-05", ContestationRecue(cle="C", creances=(), motif="défaut")),
            ("2026-09-06", ContestationClose(contestation="C", issue=IssueContestation.FONDEE)),
        ],
    ),
    "plan tenu": (
        "2026-09-10",
        [
            (
                "2026-09-05",
                PlanConvenu(
                    cle="X", creances=(), echeances=(EcheancePlan(jour=date(2026, 12, 1), montant=Decimal("10.00")),)
                ),
            )
        ],
    ),
    "plan en retard": (
        "2026-09-10",
        [
            (
                "2026-09-05",
                PlanConvenu(
                    cle="X", creances=(), echeances=(EcheancePlan(jour=date(2026, 9, 8), montant=Decimal("10.00")),)
                ),
            )
        ],
    ),
    "ne pas relancer": ("2026-09-10", [("2026-09-05", SuspensionDecidee(cle="S", motif="congés"))]),
    "ne pas relancer jusqu'à": (
        "2026-09-10",
        [("2026-09-05", SuspensionDecidee(cle="S", motif="congés", jusqu_au=date(2026, 9, 30)))],
    ),
    "procédure collective": ("2026-09-10", [("2026-09-05", ProcedureCollectiveOuverte(nature="sauvegarde"))]),
    "surendettement": ("2026-09-10", [("2026-09-05", SurendettementRecevable())]),
    "principal payé": ("2026-10-20", [("2026-09-20", PaiementRecu(cle="V", montant=Decimal("20000.00")))]),
    "prescrite": ("2036-09-10", []),
}


@pytest.mark.parametrize("histoire", HISTOIRES)
def test_tout_ce_que_dit_un_dossier_se_retrouve_depuis_son_modele(plie, facture, histoire):
    au, faits = HISTOIRES[histoire]
    base = [(f"2026-08-0{rang}", facture(cle, "2026-08-01", "2026-09-01")) for rang, cle in ((1, "A"), (2, "B"))]
    etat = plie([*base, *faits], au)
    travail = compute_travail(etat)
    phrases = [
        *(a.phrase for a in travail.actions),
        *(r.phrase for r in travail.retenues),
        *(m.phrase for m in travail.a_completer),
        *(s.phrase for c in etat.creances for s in c.suspensions),
        *(a.message for a in (*etat.avertissements, *etat.decompte.avertissements)),
        etat.regime.motif,
        *(ligne.source for ligne in etat.decompte.lignes),
    ]
    assert travail.actions or travail.retenues
    for dite in phrases:
        assert isinstance(dite, Phrase), dite
        assert dite == render_modele(dite.modele, dite.parametres, write_valeur)


def test_la_raison_d_un_virement_aussi():
    credit = CreditNonRapproche("M", date(2026, 9, 1), Decimal("12.00"))
    (retenu,) = designate_credits([credit], [Repere("D", "Client", (), (), Decimal("20.00"))])["D"]
    assert isinstance(retenu.raison, Phrase)
    assert retenu.raison.parametres["raison"].modele == "rien ne dit de qui il vient"
