"""Who may follow dossiers, as a request sees it: the people and the teams of its tenant, for filters and forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exigible.bureau.comptes.attributions import (
    EQUIPE,
    MIENS,
    SANS,
    Suivi,
    build_critere,
    list_equipes,
    list_membres,
    name_equipe,
    name_personne,
)
from exigible.bureau.comptes.models import Equipe, Utilisateur
from exigible.bureau.pages.contexte import cabinet_courant, utilisateur_courant
from exigible.bureau.tiers.models import Dossier


@dataclass(frozen=True, slots=True)
class Suiveurs:
    """The people and the teams of a tenant."""

    membres: list[Utilisateur]
    equipes: list[Equipe]

    @property
    def plusieurs(self) -> bool:
        """Whether there is anything to share out: alone, one follows everything and is asked nothing."""
        return len(self.membres) > 1 or bool(self.equipes)

    def list_choix(self) -> list[Any]:
        """The choices of a filter; none when there is nothing to share out."""
        if not self.plusieurs:
            return []
        choix: list[Any] = [
            ("", _("tous")),
            (MIENS, _("les miens")),
            (EQUIPE, _("ceux de mes équipes")),
            (SANS, _("suivis par personne")),
            (_("Une personne"), [(name_personne(u), str(u)) for u in self.membres]),
        ]
        if self.equipes:
            choix.append((_("Une équipe"), [(name_equipe(e), e.nom) for e in self.equipes]))
        return choix if self.equipes else [c for c in choix if c[0] != EQUIPE]


def list_suiveurs(request: HttpRequest) -> Suiveurs:
    """The people and the teams of the tenant; read once a request."""
    suiveurs: Suiveurs | None = getattr(request, "suiveurs", None)
    if suiveurs is None:
        cabinet = cabinet_courant(request)
        suiveurs = Suiveurs(list_membres(cabinet), list_equipes(cabinet))
        request.suiveurs = suiveurs
    return suiveurs


def read_qui(request: HttpRequest) -> str:
    """Whose dossiers the address asks for (`?qui=`), when there is anything to share out."""
    return str(request.GET.get("qui", "")) if list_suiveurs(request).plusieurs else ""


def filter_suivis(request: HttpRequest, lignes: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the rows of the dossiers that the address asks for; what bears no dossier (a bank line) stays for all."""
    if lignes.model is Dossier:
        return lignes.filter(build_critere(read_qui(request), utilisateur_courant(request), "pk"))
    if any(champ.name == "dossier" for champ in lignes.model._meta.concrete_fields):  # noqa: SLF001 - documented API
        return lignes.filter(build_critere(read_qui(request), utilisateur_courant(request)))
    return lignes


def write_suivi(suivi: Suivi) -> str:
    """Who follows a dossier, in a few words; nothing when nobody does."""
    return " · ".join(str(qui) for qui in (suivi.gestionnaire, suivi.equipe) if qui)
