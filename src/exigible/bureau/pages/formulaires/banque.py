"""Forms of the bank page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.repartition import PartChoisie
from exigible.bureau.pages.contexte import get_du_cabinet
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme
from exigible.bureau.tiers.models import Dossier
from exigible.droit.argent import parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase


class FormulaireAffecter(FormulaireMisEnForme):
    """The dossier that a credit pays; the claims chosen are checked by the service."""

    dossier = forms.UUIDField()


class FormulaireMotifBanque(FormulaireMisEnForme):
    """Why a line is set aside, or its decision undone."""

    motif = forms.CharField(label=_("Motif"), max_length=500)


class FormulaireLever(FormulaireMotifBanque):
    """Of which dossier a credit is not, and why; no dossier: of none of those that nothing in it designates."""

    dossier = forms.UUIDField(required=False)


@dataclass(frozen=True, slots=True)
class Choix:
    """What a person chose, and the fields of the form that say it again."""

    parts: tuple[PartChoisie, ...]
    champs: tuple[tuple[str, str], ...]


def read_choix(request: HttpRequest, donnees: QueryDict, mouvement: Mouvement) -> Choix:
    """Read the parts of a credit: an amount for each target, else all of it for one dossier.

    A target is `dossier|claim`, or `dossier||debit` for a direct debit.
    A blank amount is no part. Raises ErreurSaisie; a dossier of another cabinet does not exist (404).
    """
    cibles, montants = donnees.getlist("cible"), donnees.getlist("montant")
    if cibles and len(cibles) == len(montants):
        return _read_parts(request, [(c, m) for c, m in zip(cibles, montants, strict=True) if m.strip()])
    form = FormulaireAffecter(donnees)
    if not form.is_valid():
        raise _ask_client()
    creances = donnees.getlist("creances")
    part = PartChoisie(_get_dossier(request, form.cleaned_data["dossier"]), tuple(creances), mouvement.reste)
    return Choix((part,), (("dossier", str(part.dossier.pk)), *(("creances", cle) for cle in creances)))


def _read_parts(request: HttpRequest, lignes: Sequence[tuple[str, str]]) -> Choix:
    dossiers: dict[str, Dossier] = {}
    parts, champs = [], []
    for cible, texte in lignes:
        nom, _separateur, creance = cible.partition("|")
        prelevement = creance[1:] if creance.startswith("|") else ""
        if nom not in dossiers:
            try:
                dossiers[nom] = _get_dossier(request, uuid.UUID(nom))
            except ValueError:
                raise _ask_client() from None
        montant = parse_montant(texte, "montant")
        parts.append(
            PartChoisie(dossiers[nom], (creance,) if creance and not prelevement else (), montant, prelevement)
        )
        champs += [("cible", cible), ("montant", str(montant))]
    return Choix(tuple(parts), tuple(champs))


def _get_dossier(request: HttpRequest, cle: uuid.UUID) -> Dossier:
    return get_du_cabinet(request, Dossier.objects.select_related("creancier", "chaine"), pk=cle)


def _ask_client() -> ErreurSaisie:
    return ErreurSaisie("client_absent", phrase("Choisissez le client qui a payé."), "dossier")
