"""What is said of a ledger once read: that what was made of each account equals its balance, and what is kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.fec_comptes import LIBELLES, NUMEROS, Famille
from exigible.echanges.fec_lignes import CompteClient, to_euros
from exigible.echanges.fec_ouverts import Ouverts

_RIEN = Decimal("0.00")
_PAIEMENTS_MIN = 5


def check_soldes(comptes: Sequence[CompteClient], ouverts: Ouverts, refuses: int, collecte: Collecte) -> dict[str, str]:
    """Compare what was made of each account of a customer with its balance in the ledger, to the cent."""
    ecarts = [compte.solde - ouverts.totaux[compte.code, compte.famille] for compte in comptes]
    ecart = to_euros(sum(ecarts))
    if ecart or refuses:
        collecte.warn(
            "ecart_411",
            phrase(
                "Des lignes de comptes clients ont été refusées ({nombre}) ; écart connu avec le solde des comptes "
                "411 : {ecart}. Corrigez-les avant de relancer ces clients.",
                nombre=refuses,
                ecart=ecart,
            ),
        )
    if not any(compte.famille is Famille.CLIENT for compte in comptes):
        collecte.warn("aucun_compte_client", phrase("Ce FEC ne contient aucune ligne de compte client (411)."))
    soldes = _sum_soldes(comptes)
    return {
        **{f"solde_{numero}": str(to_euros(soldes[famille])) for famille, numero in NUMEROS.items()},
        "total_ouvert": str(sum((creance.effet for creance in ouverts.creances), _RIEN)),
        "total_a_part": str(sum((creance.effet for creance in ouverts.a_part), _RIEN)),
        "ecart": str(ecart),
        "comptes_de_clients": str(len(comptes)),
        "comptes_concordants": str(ecarts.count(0)),
    }


def warn_a_part(comptes: Sequence[CompteClient], ouverts: Ouverts, collecte: Collecte) -> None:
    """Say what is not chased with the rest, the opening balances without a day, and the advances of nobody."""
    soldes = _sum_soldes(comptes)
    for famille in (Famille.DOUTEUX, Famille.EFFET):
        if soldes[famille]:
            collecte.warn(
                f"solde_{NUMEROS[famille]}",
                phrase(
                    "Les comptes {prefixe} ({libelle}) portent un solde de {solde} : ils sont tenus à part et ne sont "
                    "pas relancés, vérifiez-les avec votre comptable.",
                    prefixe=NUMEROS[famille],
                    libelle=LIBELLES[famille],
                    solde=to_euros(soldes[famille]),
                ),
            )
    _warn_avances(ouverts, collecte)
    reprises = sum(creance.a_nouveau for creance in ouverts.creances if creance.reste_du)
    if reprises:
        collecte.warn(
            "a_nouveau_sans_date",
            phrase(
                "Créances reprises d'un exercice précédent sans le jour de leur facture : {nombre}. Déposez aussi le "
                "FEC de cet exercice, ou saisissez leur date et leur échéance : d'ici là rien n'est relancé.",
                nombre=reprises,
            ),
        )


def warn_clients(comptes: Sequence[CompteClient], ouverts: Ouverts, collecte: Collecte) -> None:
    """Say what keeps from knowing who owes what: an account that names nobody, payments set against nothing."""
    for compte in comptes:
        if compte.solde and len(compte.lignes) > 1 and _is_collectif(compte):
            collecte.warn(
                "compte_collectif",
                phrase(
                    "Le compte {compte} (lignes : {nombre}, solde {solde}) ne dit pas quel client doit chaque facture "
                    ": elles sont toutes au nom de « {nom} ». Demandez un export avec les comptes auxiliaires.",
                    compte=compte.numero,
                    nombre=len(compte.lignes),
                    solde=to_euros(compte.solde),
                    nom=compte.nom,
                ),
                ligne=compte.ligne,
            )
    paiements = sum(creance.nature == "acompte" for creance in ouverts.creances)
    if paiements >= _PAIEMENTS_MIN and not any(ligne.lettrage for compte in comptes for ligne in compte.lignes):
        collecte.warn(
            "sans_lettrage",
            phrase(
                "Aucune ligne de client n'est lettrée : les paiements ({nombre}) ne disent pas quelle facture ils "
                "règlent, et des factures payées paraissent dues. Faites lettrer les comptes avant de relancer.",
                nombre=paiements,
            ),
        )


def _is_collectif(compte: CompteClient) -> bool:
    """Whether an account is that of all the customers together: 411000, without anything after it."""
    return compte.famille is Famille.CLIENT and compte.code == compte.numero and compte.code.rstrip("0") == "411"


def _sum_soldes(comptes: Sequence[CompteClient]) -> Counter[Famille]:
    soldes: Counter[Famille] = Counter()
    for compte in comptes:
        soldes[compte.famille] += compte.solde
    return soldes


def _warn_avances(ouverts: Ouverts, collecte: Collecte) -> None:
    """Advances without a customer lower what nobody in particular owes: somebody must say whose they are."""
    avance = NUMEROS[Famille.AVANCE]
    siennes = sum((c.effet for c in ouverts.a_part if (c.compte or "").startswith(avance)), _RIEN)
    if siennes:
        collecte.warn(
            "avances_sans_client",
            phrase(
                "Des avances reçues (4191) pour {montant} ne disent pas de quel client : elles ne sont déduites "
                "d'aucune créance. Dites à qui elles sont avant de relancer.",
                montant=abs(siennes),
            ),
        )
