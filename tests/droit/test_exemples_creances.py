"""The worked examples of interest and payments, kept as data."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.caution import DefautInformation, compute_decompte_caution
from exigible.droit.creance import OrdreImputation, Poste
from exigible.droit.decompte import Creance, Versement, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

CAS = json.loads((Path(__file__).parent / "donnees" / "creances.json").read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date.fromisoformat

CHAMPS = {
    "regime": Regime,
    "depart": JOUR,
    "creancier": QualiteCreancier,
    "taux": D,
    "multiple_legal": D,
    "diviseur": Diviseur,
    "executoire": JOUR,
    "capitalisation": JOUR,
    "pauses": lambda pauses: tuple(Pause(JOUR(p["du"]), MotifPause(p["motif"])) for p in pauses),
}


def build_regle(donnees, echeance):
    return RegleInterets(**{c: CHAMPS[c](v) for c, v in {"depart": echeance, **donnees}.items()})


def build_ordre(donnees):
    return OrdreImputation(JOUR(donnees["du"]), tuple(map(Poste, donnees["ordre"])), donnees["article"])


def build_creance(donnees):
    echeance = donnees["echeance"]
    return Creance(
        cle=donnees["cle"],
        libelle=f"Facture {donnees['cle']}",
        principal=D(donnees["principal"]),
        echeance=JOUR(echeance),
        regle=build_regle(donnees["regle"], echeance) if "regle" in donnees else None,
        indemnite=D(donnees.get("indemnite", "0.00")),
        suites=tuple(build_regle(suite, echeance) for suite in donnees.get("suites", ())),
        ordres=tuple(map(build_ordre, donnees.get("ordres", ()))),
        garantie=donnees.get("garantie", False),
    )


def build_versement(rang, donnees):
    return Versement(
        f"V{rang}",
        JOUR(donnees["date"]),
        D(donnees["montant"]),
        tuple(donnees.get("creances", ())),
        accord_creancier=donnees.get("accord_creancier", False),
    )


def compute(cas):
    creances = [build_creance(donnees) for donnees in cas["creances"]]
    versements = [build_versement(rang, donnees) for rang, donnees in enumerate(cas.get("versements", ()))]
    au = JOUR(cas["au"])
    if "caution" in cas:
        defauts = [DefautInformation(JOUR(cas["caution"]["du"]))]
        return compute_decompte_caution(creances[0].cle, creances, versements, au, defauts)
    return compute_decompte(creances, versements, au)


def read(decompte, cle):
    """What a statement says under the key of an example."""
    match cle:
        case "montants":
            return [str(ligne.montant) for ligne in decompte.lignes]
        case "restes":
            return {solde.cle: str(solde.principal_restant) for solde in decompte.soldes}
        case "total":
            return str(decompte.total_du)
        case "avertissements":
            return [avertissement.code for avertissement in decompte.avertissements]
    return str(getattr(decompte, cle))


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_exemple(cas):
    attendu = dict(cas["attendu"])
    if "erreur" in attendu:
        with pytest.raises(ErreurSaisie) as erreur:
            compute(cas)
        assert erreur.value.code == attendu["erreur"]
        return
    decompte = compute(cas)
    if "imputations" in attendu:
        for imputation, parts in zip(decompte.imputations, attendu.pop("imputations"), strict=True):
            assert {part: str(getattr(imputation, part)) for part in parts} == parts
            noms = {"frais", "indemnites", "interets", "principal"}
            assert all(getattr(imputation, part) == 0 for part in noms - set(parts))
    if "article" in attendu:
        assert attendu.pop("article") in decompte.articles
    assert {cle: read(decompte, cle) for cle in attendu} == attendu


def test_tous_les_exemples_sont_la():
    numeros = {"-".join(cas["id"].split("-")[:3]) for cas in CAS}
    # T-INT-11 is a rule of compliance: the 40 € asked of a consumer.
    assert numeros == {f"T-INT-{n:02}" for n in range(1, 13) if n != 11} | {f"T-IMP-{n:02}" for n in range(1, 10)}
