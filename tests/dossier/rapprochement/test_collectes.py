"""A credit that is debits of ours: by its own reference, by that of its batch, or by its amount alone."""

from datetime import date, timedelta

import pytest

from exigible.dossier.rapprochement.donnees import LigneBancaire, PosteOuvert, PrelevementConnu
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne, match_lignes

J = date(2026, 12, 7)
MESSAGE = "0123456789abcdef0123456789abcde1"
"""Its last sign is that of its first batch: without the dash, both have one name."""
REMISE = f"{MESSAGE[:31]}-1"


def prelever(rang, centimes=20_000, lot=REMISE, **champs):
    return PrelevementConnu(
        f"d{rang}", "P-1", f"D-0000{rang}-20261205-AB12-1", centimes, J, "prelevement-P-1", (lot, MESSAGE), **champs
    )


UN, DEUX, TROIS = prelever(1), prelever(2, 15_050), prelever(3, 7_000, f"{MESSAGE[:31]}-2")


def proposer(libelle, centimes, *prelevements, jour=J, **champs):
    poste = PosteOuvert("d1", "c", "FA-2026-002", 60_000, 60_000, date(2026, 6, 1))
    index = Index([poste], (), (), prelevements or (UN, DEUX, TROIS))
    return match_ligne(LigneBancaire("m", jour, centimes, libelle=libelle, **champs), index)


def voir(proposition):
    return [([p.dossier for p in c.parts], c.certain) for c in proposition.candidats]


@pytest.mark.parametrize(
    ("libelle", "centimes", "attendus"),
    [
        (f"REMISE {REMISE.upper()}", 35_050, ["d1", "d2"]),
        (f"REMISE {MESSAGE}", 42_050, ["d1", "d2", "d3"]),
        (f"REMISE {MESSAGE[:31]}-2", 7_000, ["d3"]),
        (f"{UN.reference} {TROIS.reference}", 27_000, ["d1", "d3"]),
    ],
)
def test_la_remise_le_fichier_ou_les_references(libelle, centimes, attendus):
    assert voir(proposer(libelle, centimes)) == [(attendus, True)]


@pytest.mark.parametrize("ecart", [-1, 1])
def test_une_autre_somme_n_est_jamais_certaine(ecart):
    assert not any(certain for _, certain in voir(proposer(REMISE, 35_050 + ecart)))


def test_un_prelevement_deja_rapproche_ne_compte_plus_dans_la_remise():
    rapproche = prelever(2, 15_050, rapproche=True)
    assert voir(proposer(REMISE, 20_000, UN, rapproche)) == [(["d1"], True)]
    assert "déjà rapproché" in proposer(rapproche.reference, 15_050, UN, rapproche).refus


def test_une_remise_nette_de_ses_rejets():
    rejete = prelever(2, 15_050, rejete=True)
    assert voir(proposer(REMISE, 20_000, UN, rejete)) == [(["d1"], True)]
    assert voir(proposer(REMISE, 35_050, UN, rejete)) == [(["d1", "d2"], True)]


def test_deux_credits_de_la_meme_reference_ne_sont_pas_certains():
    lignes = [LigneBancaire(cle, J, 20_000, bout_en_bout=UN.reference) for cle in ("m1", "m2")]
    propositions = match_lignes(lignes, Index((), (), (), [UN]))
    assert [p.certain for p in propositions.values()] == [None, None]


def test_un_prelevement_rendu_n_est_pas_un_encaissement():
    assert not any(certain for _, certain in voir(proposer(UN.reference, 20_000, extourne=True)))


@pytest.mark.parametrize("jours", [-9, 9])
def test_sans_reference_ni_jour_voisin_rien_ne_dit_une_remise(jours):
    voisin = voir(proposer("REMISE PRLV", 35_050))
    assert voisin[0] == (["d1", "d2"], False)
    assert voir(proposer("REMISE PRLV", 35_050, jour=J + timedelta(days=jours))) == []
    assert voir(proposer("VIR RECU", 35_050)) == []


def test_un_refus_avant_le_jour_se_reconnait_a_sa_reference_seule():
    avant = J - timedelta(days=10)
    assert [r.certain for r in proposer(f"REJET {UN.reference}", -20_000, jour=avant).retours] == [True]
    assert proposer("REJET", -20_000, jour=avant).retours == ()


def test_le_retour_dit_quel_prelevement_revient_parmi_ceux_du_meme_compte():
    freres = [
        PrelevementConnu("d1", f"P-{n}", f"D-00001-2026120{n}-AB12-1", 20_000, J, f"p{n}", iban="FR761")
        for n in (1, 2, 3)
    ]
    proposition = proposer("REJET", -20_000, *freres, bout_en_bout=freres[1].reference, iban="FR761")
    premier = proposition.retours[0]
    assert (premier.encaissement.prelevement, premier.certain) == ("P-2", True)
    assert sum(r.certain for r in proposition.retours) == 1
    assert not any(r.certain for r in proposer("REJET", -20_000, *freres, iban="FR761").retours)
