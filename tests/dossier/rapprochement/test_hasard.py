"""What must hold of any matching, whatever the claims and the credits."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.rapprochement.donnees import LigneBancaire, Payeur, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_lignes
from exigible.dossier.rapprochement.mots import is_reference_rf
from exigible.dossier.rapprochement.sommes import POSTES_SURS, SOMMES_MAX, find_sommes

J = date(2026, 6, 1)
NUMEROS = ("FA-1001", "FA-1002", "FA-1002-3", "4512", "2026", "FB-1")
NOMS = ("Garage Fictif", "Garage Fictif Modèle", "Atelier Exemple", "")
IBANS = ("", "FR761", "FR762")
DOSSIERS = ("a", "b", "c")

postes = st.lists(
    st.tuples(
        st.sampled_from(DOSSIERS),
        st.sampled_from(NUMEROS),
        st.integers(1, 12),
        st.integers(0, 3),
        st.integers(-5, 60),
    ),
    max_size=9,
).map(
    lambda tirages: [
        PosteOuvert(dossier, f"c{rang}", numero, du, du + accessoires, J - timedelta(days=jours))
        for rang, (dossier, numero, du, accessoires, jours) in enumerate(tirages)
    ]
)
payeurs = st.tuples(*(st.tuples(st.sampled_from(NOMS), st.sampled_from(IBANS)) for _ in DOSSIERS)).map(
    lambda tirages: [Payeur(d, nom, (iban,)) for d, (nom, iban) in zip(DOSSIERS, tirages, strict=True)]
)
lignes = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.lists(st.sampled_from((*NUMEROS, "VIR", "REGLT")), max_size=3).map(" ".join),
        st.sampled_from(NOMS),
        st.sampled_from(IBANS),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda tirages: [
        LigneBancaire(f"m{rang}", J, centimes, libelle=libelle, contrepartie=nom, iban=iban)
        for rang, (centimes, libelle, nom, iban) in enumerate(tirages)
    ]
)


@given(postes, payeurs, lignes)
@settings(max_examples=200, deadline=None)
def test_les_parts_ne_depassent_ni_le_virement_ni_la_dette(ouverts, connus, recues):
    dus = {(p.dossier, p.creance): p.total for p in ouverts}
    totaux = {d: sum(p.total for p in ouverts if p.dossier == d) for d in DOSSIERS}
    propositions = match_lignes(recues, Index(ouverts, connus))
    for ligne in recues:
        for candidat in propositions[ligne.cle].candidats:
            assert sum(p.centimes for p in candidat.parts) <= ligne.centimes
            assert all(0 < p.centimes <= dus.get((p.dossier, p.creance), totaux[p.dossier]) for p in candidat.parts)
            assert len({(p.dossier, p.creance) for p in candidat.parts}) == len(candidat.parts)
            for dossier in candidat.dossiers:
                assert sum(p.centimes for p in candidat.parts if p.dossier == dossier) <= totaux[dossier]


@given(postes, payeurs, lignes, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_l_ordre_de_ce_qui_est_donne_ne_change_rien(ouverts, connus, recues, hasard):
    attendu = match_lignes(recues, Index(ouverts, connus))
    for liste in (ouverts, connus, recues):
        hasard.shuffle(liste)
    assert match_lignes(recues, Index(ouverts, connus)) == attendu


@given(postes, payeurs, lignes)
@settings(max_examples=200, deadline=None)
def test_certain_est_seul_et_une_creance_n_est_payee_qu_une_fois(ouverts, connus, recues):
    propositions = match_lignes(recues, Index(ouverts, connus))
    certains = [c for p in propositions.values() for c in p.candidats if c.certain]
    for proposition in propositions.values():
        assert sum(c.certain for c in proposition.candidats) <= 1
        assert proposition.certain is None or proposition.candidats[0] is proposition.certain
    parts = [(p.dossier, p.creance) for c in certains for p in c.parts]
    assert len(parts) == len(set(parts))
    assert all(c.ecart == 0 for c in certains)


@given(postes, payeurs, lignes, st.sampled_from(NUMEROS), st.integers(1, 30), st.sampled_from(NOMS))
@settings(max_examples=300, deadline=None)
def test_un_rival_de_plus_ne_rend_jamais_plus_certain(ouverts, connus, recues, numero, du, nom):
    def list_certains(postes_ouverts, payeurs_connus):
        propositions = match_lignes(recues, Index(postes_ouverts, payeurs_connus))
        return {(cle, p.certain.parts) for cle, p in propositions.items() if p.certain}

    rival = PosteOuvert("rival", "c-rival", numero, du, du, J - timedelta(days=1))
    apres = list_certains([*ouverts, rival], [*connus, Payeur("rival", nom)])
    assert {c for c in apres if all(p.dossier != "rival" for p in c[1])} <= list_certains(ouverts, connus)


@given(st.lists(st.integers(1, 40), max_size=9), st.integers(1, 120), st.integers(1, 2), st.integers(2, 5))
@settings(max_examples=300, deadline=None)
def test_les_sommes_sont_celles_de_la_recherche_complete(montants, cible, minimum, maximum):
    attendues = [
        rangs
        for taille in range(minimum, maximum + 1)
        for rangs in combinations(range(len(montants)), taille)
        if sum(montants[r] for r in rangs) == cible
    ]
    trouvees = find_sommes(montants, cible, minimum, maximum)
    assert len(trouvees) == len(set(trouvees)) == min(len(attendues), SOMMES_MAX)
    assert set(trouvees) <= set(attendues)
    assert [len(r) for r in trouvees] == sorted(len(r) for r in attendues)[:SOMMES_MAX]


def test_parmi_beaucoup_de_creances_les_plus_petites_sommes_suffisent():
    montants = [1, 2, 3, *range(100, 100 + POSTES_SURS)]
    assert find_sommes(montants, 3, 1, 5) == [(2,)]
    assert find_sommes(montants[:3], 3, 1, 5) == [(2,), (0, 1)]


@given(st.text(alphabet="ABCXYZ0123456789", min_size=1, max_size=21))
def test_la_cle_de_controle_rf_est_celle_de_l_iso_11649(corps):
    cle = 98 - int("".join(str(int(c, 36)) for c in corps + "RF00")) % 97
    assert is_reference_rf(f"RF{cle:02d}{corps}")
    assert not is_reference_rf(f"RF{(cle + 1) % 100:02d}{corps}")
