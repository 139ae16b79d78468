"""The filter of the agenda, read from the address: a bookmark is a saved view."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.pages.libelles import LIBELLES
from exigible.bureau.tiers.agenda import build_alerte
from exigible.bureau.tiers.models import Echeance
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.dossier.procedures.graphe import Acteur
from exigible.dossier.texte import normalize

ALERTE = "alerte"
QUAND = [
    ("", _("toutes")),
    (ALERTE, _("en alerte")),
    ("aujourd-hui", _("aujourd’hui")),
    ("semaine", _("dans les 7 jours")),
    ("mois", _("dans les 31 jours")),
    ("depassees", _("dépassées")),
    ("ouvertes", _("on peut déjà agir")),
]
TRIS = {
    "le": "le",
    "alerte": "alerte_le",
    "client": "dossier__debiteur_nom",
    "creancier": "dossier__creancier__nom",
    "nature": "nature",
    "portee": "portee",
}
_HORIZONS = {"aujourd-hui": 0, "semaine": 7, "mois": 31}


class FiltreAgenda(FormulaireMisEnForme):
    """What the agenda shows; everything is optional, and without anything it shows all."""

    q = forms.CharField(label=_("Client, référence, acte"), required=False, max_length=100)
    quand = forms.ChoiceField(label=_("Échéances"), choices=QUAND, required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    portee = forms.ChoiceField(label=_("Portée"), required=False)
    acteur = forms.ChoiceField(label=_("Qui agit"), required=False)
    creancier = forms.ChoiceField(label=_("Créancier"), required=False)
    du = JourField(label=_("Du"), required=False)
    au = JourField(label=_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, creanciers: list[Any], aujourd_hui: date, **options: Any) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, label_suffix="", **options)
        for nom, valeurs in (("nature", NatureEcheance), ("portee", Portee), ("acteur", Acteur)):
            self.fields[nom].choices = [("", _("toutes")), *((v.value, LIBELLES[v.value]) for v in valeurs)]
        self.fields["acteur"].choices[0] = ("", _("tous"))
        self.fields["creancier"].choices = [("", _("tous")), *((str(c.pk), c.nom) for c in creanciers)]

    @property
    def valeurs(self) -> dict[str, Any]:
        """What could be read; a faulty field counts as empty, and its error is shown."""
        return getattr(self, "cleaned_data", {})

    def filter_echeances(self, lignes: QuerySet[Echeance]) -> QuerySet[Echeance]:
        """Keep the deadlines that match."""
        valeurs = self.valeurs
        egaux = {"nature": "nature", "portee": "portee", "acteur": "acteur", "creancier": "dossier__creancier"}
        lignes = lignes.filter(**{colonne: valeurs[nom] for nom, colonne in egaux.items() if valeurs.get(nom)})
        if valeurs.get("du"):
            lignes = lignes.filter(le__gte=valeurs["du"])
        if valeurs.get("au"):
            lignes = lignes.filter(le__lte=valeurs["au"])
        return lignes.filter(self._build_quand(), self._build_mots())

    def _build_quand(self) -> Q:
        quand, jour = self.valeurs.get("quand", ""), self.aujourd_hui
        if quand in _HORIZONS:
            return Q(le__range=(jour, jour + timedelta(days=_HORIZONS[quand])))
        ouverture = Q(portee=Portee.OUVERTURE.value)
        return {
            ALERTE: build_alerte(jour),
            "depassees": Q(le__lt=jour) & ~ouverture,
            "ouvertes": Q(le__lte=jour) & ouverture,
        }.get(quand, Q())

    def _build_mots(self) -> Q:
        texte = self.valeurs.get("q", "")
        mots = Q()
        for mot in normalize(texte).split():
            mots &= Q(dossier__recherche__contains=mot)
        if not texte:
            return Q()
        dits = Q(quoi__icontains=texte) | Q(objet__icontains=texte)
        return mots | dits | Q(dossier__reference__iexact=texte)


def read_tri(texte: str) -> str:
    """The sort of the address if it is one, the nearest first otherwise."""
    return texte if texte.removeprefix("-") in TRIS else "le"


def sort_echeances(lignes: QuerySet[Echeance], tri: str) -> QuerySet[Echeance]:
    """Sort by a column of the screen, then by day."""
    signe = "-" if tri.startswith("-") else ""
    return lignes.order_by(f"{signe}{TRIS[tri.removeprefix('-')]}", "le", "portee", "dossier_id", "cle")
