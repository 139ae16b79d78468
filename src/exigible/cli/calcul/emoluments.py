"""`exigible calcul emoluments`: the regulated fee of a commissaire de justice."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import click

from exigible.cli.sortie import (
    JOUR,
    MONTANT,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.droit.actes_tarifes import ACTES
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.donnees import write_taux
from exigible.droit.ecriture import format_exact
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.droit.tarif_du_jour import Reglages
from exigible.droit.tarifs import CHARGES, Droit, Emolument, compute_acte, compute_droit
from exigible.droit.valeurs import ValeurAjoutee

_DROITS = {droit.value: droit for droit in Droit}
_ARTICLES = (*_DROITS, *dict.fromkeys(acte.article for acte in ACTES.values()))


class TypeArticle(click.ParamType[str]):
    """An article of the tariff: `A444-31`, `A. 444-31`, `444-31`, `article a444-31 C. com.`."""

    name = "article"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 — click's signature
        """Read it."""
        lu = re.sub(r"\bart(?:icle)?\b|C\.?\s*com\.?|[\s.]", "", str(value), flags=re.IGNORECASE).upper()
        lu = f"A{lu}" if lu[:1].isdecimal() else lu
        if lu not in _ARTICLES:
            raise ErreurSaisie(
                "article_inconnu",
                phrase(
                    "L'article « {lu} » n'est pas un tarif connu ici : choisissez parmi {articles}.",
                    lu=str(value)[:40],
                    articles=_ARTICLES,
                ),
                param.opts[0] if param else None,
            )
        return lu


@commande(
    "emoluments",
    aide="Calculer les émoluments d'un commissaire de justice : droits de recouvrement, actes.",
    exemple="exigible calcul emoluments --article A444-31 --montant 4000 --date 2025-11-21",
)
@click.option(
    "--article",
    cls=Option,
    type=TypeArticle(),
    help="A444-31 (débiteur), A444-32 (créancier), A444-15 (engagement des poursuites), ou l'article d'un acte.",
)
@click.option(
    "--acte",
    metavar="ACTE",
    cls=Option,
    type=click.Choice(list(ACTES), case_sensitive=False),
    help="Acte au tarif fixe (un nom inconnu affiche la liste) ; par exemple assignation.",
)
@click.option(
    "--montant", cls=Option, type=MONTANT, help="Somme recouvrée (principal, hors dépens) ; pour un acte, la créance."
)
@click.option("--date", "jour", cls=Option, type=JOUR, required=True, help="Jour de l'acte ou de l'encaissement.")
@click.option("--alimentaire", is_flag=True, cls=Option, help="Créance alimentaire : taux doublés (A444-31).")
@click.option(
    "--deja-recouvre", "deja", cls=Option, type=MONTANT, default="0", help="Acomptes déjà encaissés dans ce dossier."
)
@click.option(
    "--engagement-percu",
    "engagement",
    cls=Option,
    type=MONTANT,
    default="0",
    help="Droit d'engagement des poursuites déjà perçu (HT), imputé sur le droit de recouvrement.",
)
@click.option(
    "--provision", "provision_le", cls=Option, type=JOUR, help="Jour de la première provision versée par le client."
)
@click.option("--electronique", is_flag=True, cls=Option, help="Acte signifié seulement par voie électronique.")
@option_provisoire()
@option_valeurs()
def emoluments(
    *,
    article: str | None,
    acte: str | None,
    montant: Decimal | None,
    jour: date,
    alimentaire: bool,
    deja: Decimal,
    engagement: Decimal,
    provision_le: date | None,
    electronique: bool,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print one fee."""
    droit = _DROITS.get(article or "")
    reglages = Reglages(provision_le, provisoire, ajouts)
    try:
        if droit is not None:
            _refuse("acte", article, presente=acte is not None)
            _refuse("electronique", article, presente=electronique)
            _refuse("engagement", article, presente=engagement != ZERO and droit is Droit.ENGAGEMENT)
            if montant is None:
                raise ErreurSaisie("parametre_manquant", "L'option --montant est obligatoire.", "montant")
            emolument = compute_droit(
                droit, montant, jour, deja=deja, engagement=engagement, alimentaire=alimentaire, reglages=reglages
            )
        else:
            code = _find_acte(article, acte)
            _refuse("deja", code, presente=deja != ZERO)
            _refuse("engagement", code, presente=engagement != ZERO)
            _refuse("alimentaire", code, presente=alimentaire)
            emolument = compute_acte(code, jour, montant, electronique=electronique, reglages=reglages)
    except ErreurBareme as erreur:
        hors_dates = erreur.code == "date_hors_bareme"
        erreur.champ = "jour" if hors_dates else "acte" if acte else "article"
        raise
    emit(_build_resultat(emolument), _format_resultat(emolument), en_json=en_json)


def _refuse(champ: str, quoi: str | None, *, presente: bool) -> None:
    if presente:
        raise ErreurSaisie(
            "options_incompatibles",
            phrase("Cette option ne va pas avec « {quoi} » : retirez-la.", quoi=quoi or ""),
            champ,
        )


def _find_acte(article: str | None, acte: str | None) -> str:
    """Return the act meant by the two options. Raises ErreurSaisie."""
    codes = tuple(code for code, connu in ACTES.items() if article in {None, connu.article})
    if acte is None and article is None:
        raise ErreurSaisie("parametre_manquant", "Indiquez --article (un droit) ou --acte (un acte).", "article")
    if acte is None:
        raise ErreurSaisie(
            "parametre_manquant",
            phrase(
                "L'article {article} vise plusieurs actes : précisez --acte {codes}.",
                article=article or "",
                codes=codes,
            ),
            "acte",
        )
    if acte not in codes:
        raise ErreurSaisie(
            "article_discordant",
            phrase("L'acte « {acte} » relève de l'article {lu}.", acte=acte, lu=ACTES[acte].article),
            "article",
        )
    return acte


def _build_resultat(emolument: Emolument) -> dict[str, Any]:
    return {
        "total_ht": emolument.total_ht,
        "tva": emolument.tva,
        "total_ttc": emolument.total_ttc,
        "tranches": [
            {"de": t.de, "a": t.a, "assiette": t.assiette, "taux": write_taux(t.taux), "montant": t.montant}
            for t in emolument.tranches
        ],
        "base": emolument.base,
        "coefficient": emolument.coefficient,
        "deja_percu": emolument.deja_percu,
        "engagement_impute": emolument.impute,
        "deplacement": emolument.deplacement,
        "taux_tva": write_taux(emolument.taux_tva),
        "tarif_du": emolument.tarif_du,
        "a_la_charge": emolument.charge.value,
        "sources": emolument.sources,
        "articles": emolument.articles,
        "avertissements": build_avertissements(emolument.avertissements),
    }


def _format_resultat(emolument: Emolument) -> str:
    tranches = [
        (
            format_montant(t.de),
            format_montant(t.a) if t.a is not None else "sans limite",
            format_taux(t.taux),
            format_montant(t.montant),
        )
        for t in emolument.tranches
    ]
    soldes = [
        (emolument.libelle, format_montant(emolument.base)),
        *([("Coefficient", f"× {format_exact(emolument.coefficient)}")] if emolument.coefficient != 1 else []),
        *([("Déjà perçu", format_montant(-emolument.deja_percu))] if emolument.deja_percu else []),
        *([("Droit d'engagement imputé", format_montant(-emolument.impute))] if emolument.impute else []),
        *([("Déplacement", format_montant(emolument.deplacement))] if emolument.deplacement else []),
        ("Total hors taxe", format_montant(emolument.total_ht)),
        (f"TVA {format_taux(emolument.taux_tva)}", format_montant(emolument.tva)),
        ("Total TTC", format_montant(emolument.total_ttc)),
    ]
    blocs = [format_tableau(("De", "À", "Taux", "Montant"), tranches, a_droite=(0, 1, 2, 3))] if tranches else []
    blocs.append(format_tableau(("Émolument", "Montant"), soldes, a_droite=(1,)))
    fin = [
        f"Tarif du {format_jour(emolument.tarif_du)}",
        f"À la charge de : {CHARGES[emolument.charge]}",
        f"Articles : {', '.join(emolument.articles)}",
        *(f"Source : {source}" for source in emolument.sources),
    ]
    return "\n\n".join([*blocs, "\n".join([*fin, *format_avertissements(emolument.avertissements)])])
