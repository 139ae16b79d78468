"""Whatever the facts, a procedure only goes where its graph allows, and nothing makes the fold stop."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.faits import DebiteurDecrit, EtapeFranchie, FaitAnnule, ProcedureAbandonnee, ProcedureOuverte
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.procedures.graphe import load_graphe
from exigible.dossier.procedures.plier import fold_procedures
from exigible.droit.competence_faits import Juridiction

CREANCIER = CreancierDecrit(nom="Atelier Exemple SAS")
DEBITEUR = DebiteurDecrit(nom="Client Exemple SARL")
DEBUT = date(2025, 1, 2)
GRAPHE = load_graphe()
CODES = sorted(code for code, procedure in GRAPHE.procedures.items() if procedure.entrees)
JURIDICTIONS = [None, Juridiction.TRIBUNAL_DE_COMMERCE, Juridiction.TRIBUNAL_JUDICIAIRE]


@st.composite
def vies(draw, contre=()):
    """A procedure of any kind, begun in any way, then steps of any kind, in any order, for about three years.

    `contre`: the persons it is against; a step then names one of them, or nobody.
    """
    code = draw(st.sampled_from(CODES))
    procedure = GRAPHE.procedures[code]
    entree = draw(st.sampled_from(sorted({t.evenement for t in procedure.entrees})))
    juridiction = draw(st.sampled_from(JURIDICTIONS))
    jour = DEBUT + timedelta(days=draw(st.integers(0, 700)))
    faits = [
        (jour, ProcedureOuverte(cle="p", procedure=code, evenement=entree, juridiction=juridiction, contre=contre))
    ]
    suite = st.tuples(
        st.integers(0, 1100),
        st.sampled_from(sorted(procedure.evenements)),
        st.integers(-5, 60),
        st.sampled_from(["", *contre]),
    )
    for ecart, evenement, audience, personne in draw(st.lists(suite, max_size=12)):
        quand = jour + timedelta(days=ecart)
        faits.append(
            (
                quand,
                EtapeFranchie(
                    procedure="p", evenement=evenement, audience=quand + timedelta(days=audience), personne=personne
                ),
            )
        )
    if draw(st.booleans()):
        faits.append(
            (jour + timedelta(days=draw(st.integers(0, 900))), ProcedureAbandonnee(procedure="p", motif="essai"))
        )
    return faits


AU = date(2029, 6, 1)


def plier(faits, au=AU):
    return fold_procedures(sorted(faits, key=lambda f: f[0]), CREANCIER, [(date.min, DEBITEUR)], au)


PLUSIEURS = vies() | vies(contre=("debiteur", "co", "tiers"))


@given(PLUSIEURS)
def test_chaque_pas_suit_le_graphe(faits):
    for procedure in plier(faits).liste:
        etat = procedure.passages[0].transition.vers
        if not procedure.mere:
            assert procedure.passages[0].transition in procedure.graphe.entrees
        for passage in procedure.passages[1:]:
            assert passage.transition.de == etat
            etat = passage.transition.vers if passage.transition.vers in procedure.graphe.par_code else etat
        assert procedure.etat.code == etat
        assert [p.jour for p in procedure.passages] == sorted(p.jour for p in procedure.passages)


@given(vies())
def test_aucun_fait_ne_se_perd(faits):
    """Each recorded step is either taken or said to be without effect."""
    plie = plier(faits)
    premiere = next((p for p in plie.liste if p.cle == "p"), None)
    if premiere is None:  # a procedure that the law did not know yet on that day
        assert "entree_impossible" in {a.code for a in plie.avertissements}
        return
    etapes = sum(isinstance(fait, EtapeFranchie) and jour <= AU for jour, fait in faits)
    prises = sum(not passage.par_terme for passage in premiere.passages) - 1
    assert prises <= etapes
    if prises < etapes:
        assert "etape_impossible" in {a.code for a in premiere.avertissements}


@given(PLUSIEURS, st.integers(0, 2000))
def test_le_temps_qui_passe_ne_change_pas_le_passe(faits, jours):
    """The state as of a day is the same whether later facts are known or not."""
    au = DEBUT + timedelta(days=jours)
    avant = plier([f for f in faits if f[0] <= au], au)
    assert plier(faits, au) == avant


@given(PLUSIEURS, st.data())
def test_annuler_un_fait_rend_ce_qui_etait(faits, data):
    rang = data.draw(st.integers(1, len(faits)))
    journal = [Inscription(rang=i, date_effet=jour, fait=fait) for i, (jour, fait) in enumerate(faits, start=1)]
    annulation = Inscription(rang=len(faits) + 1, date_effet=AU, fait=FaitAnnule(motif="erreur"), corrige=rang)
    annulee = list_effectives([*journal, annulation], AU)
    restantes = list_effectives([i for i in journal if i.rang != rang], AU)
    assert plier([(i.date_effet, i.fait) for i in annulee]) == plier([(i.date_effet, i.fait) for i in restantes])


def test_une_etape_sans_procedure_se_dit():
    plie = plier([(DEBUT, EtapeFranchie(procedure="absente", evenement="ordonnance"))])
    assert [a.code for a in plie.avertissements] == ["etape_sans_procedure"]
    assert plie.liste == ()


@pytest.mark.parametrize(
    ("fait", "code"),
    [
        (ProcedureOuverte(cle="p", procedure="ZZ", evenement="depot_requete"), "procedure_inconnue"),
        (ProcedureOuverte(cle="p", procedure="IP", evenement="ordonnance"), "entree_impossible"),
    ],
)
def test_une_ouverture_impossible_se_dit(fait, code):
    plie = plier([(DEBUT, fait)])
    assert ([a.code for a in plie.avertissements], plie.liste) == ([code], ())


def test_une_saisie_sans_titre_ou_malgre_l_insolvabilite_est_signalee():
    saisie = ProcedureOuverte(cle="sv", procedure="SV", evenement="commandement_saisie_vente")
    titre = ProcedureOuverte(cle="t", procedure="TITRE", evenement="titre")
    ouverture = ProcedureOuverte(cle="pc", procedure="PC", evenement="jugement_ouverture")
    attendus = {
        (saisie,): {"ouverture_sans_depart"},
        (titre, saisie): set(),
        (titre, ouverture, saisie): {"ouverture_interdite"},
    }
    for ouvertes, codes in attendus.items():
        plie = plier([(DEBUT + timedelta(days=rang), fait) for rang, fait in enumerate(ouvertes)], DEBUT + timedelta(9))
        saisies = next(p for p in plie.liste if p.cle == "sv")
        assert {a.code for a in saisies.avertissements if a.code.startswith("ouverture")} == codes
