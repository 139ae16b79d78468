"""Never a false certain match: whoever pays what, and however well its label says it, nothing else is certain."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.rapprochement.donnees import LigneBancaire, Payeur, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne

J = date(2026, 6, 1)
NOMS = ("Garage Fictif du Centre", "Garage Fictif du Marché", "Atelier Exemple", "Boulangerie Imaginaire et Fils")
NUMEROS = (
    "FA-2026-0012",
    "FA-2025-0012",
    "FA-2026-0013",
    "20260012",
    "4512",
    "F12",
    "12-2026",
    "FAC 101",
    "102",
    "103",
)
BRUITS = ("VIR SEPA RECU", "CHQ 4512", "CHEQUE 0004512", "DU 01 06 2026", "01062026", "LOYER", "CB 4512", "REMISE 102")
DOSSIERS = "abcd"


@st.composite
def draw_monde(draw):
    """Draw who owes what, of few numbers and few amounts so that they meet, and one true payment."""
    postes = []
    for rang, (dossier, numero, du) in enumerate(
        draw(
            st.lists(
                st.tuples(st.sampled_from(DOSSIERS), st.sampled_from(NUMEROS), st.integers(1, 6)),
                min_size=1,
                max_size=8,
                unique_by=lambda tirage: tirage[:2],
            )
        )
    ):
        postes.append(PosteOuvert(dossier, f"c{rang}", numero, du * 100, du * 100, J - timedelta(days=30 + rang)))
    dossier = draw(st.sampled_from(sorted({p.dossier for p in postes})))
    siens = [p for p in postes if p.dossier == dossier]
    payes = draw(st.lists(st.sampled_from(siens), min_size=1, max_size=3, unique=True))
    noms = draw(st.permutations(NOMS))
    payeurs = [Payeur(d, n, (f"FR76{d}",), (f"D-0000{d}1",)) for d, n in zip(DOSSIERS, noms, strict=True)]
    return postes, payeurs, payes


def dire_court(numero):
    return f"FAC {numero.split('-')[-1].split()[-1].lstrip('0FA')}"


@st.composite
def draw_libelle(draw, payes, nom):
    """Say the truth, more or less well, among noise: whether the numbers are all said, and the label."""
    maniere = draw(st.sampled_from(("entier", "colle", "court", "rien")))
    dits = {
        "entier": [p.numero for p in payes],
        "colle": [p.numero.replace("-", "") for p in payes],
        "court": [dire_court(p.numero) for p in payes],
        "rien": [],
    }[maniere]
    nom_dit = draw(st.sampled_from((nom.upper(), nom.upper()[:14], "")))
    mots = [*draw(st.lists(st.sampled_from(BRUITS), max_size=2)), nom_dit, *dits]
    return maniere, " ".join(draw(st.permutations(mots)))


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_un_certain_est_vrai(data):
    postes, payeurs, payes = data.draw(draw_monde())
    payeur = next(p for p in payeurs if p.dossier == payes[0].dossier)
    maniere, libelle = data.draw(draw_libelle(payes, payeur.nom))
    du = sum(p.principal for p in payes)
    remise = data.draw(st.sampled_from((0, 2))) if maniere != "rien" else 0
    iban = data.draw(st.sampled_from((payeur.ibans[0], "", "DE99")))
    ligne = LigneBancaire("m", J, du * (100 - remise) // 100, libelle=libelle, iban=iban)
    certain = match_ligne(ligne, Index(postes, payeurs)).certain
    if certain is not None:
        assert {(p.dossier, p.creance) for p in certain.parts} == {(p.dossier, p.creance) for p in payes}, libelle
        assert remise == 0


@given(st.data(), st.sampled_from(BRUITS))
@settings(max_examples=200, deadline=None)
def test_ni_un_nom_ni_un_montant_ne_font_une_certitude(data, bruit):
    postes, payeurs, payes = data.draw(draw_monde())
    payeur = next(p for p in payeurs if p.dossier == payes[0].dossier)
    ligne = LigneBancaire("m", J, sum(p.principal for p in payes), libelle=bruit, contrepartie=payeur.nom)
    assert match_ligne(ligne, Index(postes, payeurs)).certain is None
