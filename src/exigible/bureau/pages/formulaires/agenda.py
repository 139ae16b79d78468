"""The filter of the agenda, read from the address: a bookmark is a saved view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exigible.bureau.comptes.attributions import build_critere
from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.horloge import PARIS
from exigible.bureau.pages.formulaires.attributions import QuiField
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.pages.libelles import LIBELLES
from exigible.bureau.tiers.agenda import build_alerte
from exigible.bureau.tiers.agenda_passe import LignePassee
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.dossier.agenda import RendezVous
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
_CHAMPS: dict[str, Callable[[LignePassee], Any]] = {
    "le": lambda x: x.rendez_vous.le,
    "alerte": lambda x: x.rendez_vous.alerte_le,
    "client": lambda x: x.rendez_vous.debiteur,
    "creancier": lambda x: x.rendez_vous.creancier,
    "nature": lambda x: x.rendez_vous.nature.value,
    "portee": lambda x: x.rendez_vous.portee.value,
}
_HORIZONS = {"aujourd-hui": 0, "semaine": 7, "mois": 31}


class FiltreAgenda(FormulaireMisEnForme):
    """What the agenda shows; everything is optional, and without anything it shows all.

    `vu_au`: the agenda as it stood on that day; `connu_au`: with what was recorded by that evening only.
    """

    q = forms.CharField(label=_("Client, référence, acte"), required=False, max_length=100)
    quand = forms.ChoiceField(label=_("Échéances"), choices=QUAND, required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    portee = forms.ChoiceField(label=_("Portée"), required=False)
    acteur = forms.ChoiceField(label=_("Qui agit"), required=False)
    creancier = forms.ChoiceField(label=_("Créancier"), required=False)
    qui = QuiField()
    du = JourField(label=_("Du"), required=False)
    au = JourField(label=_("Jusqu’au"), required=False)
    vu_au = JourField(label=_("Arrêté au"), required=False)
    connu_au = JourField(label=_("Connu au"), required=False)

    def __init__(
        self, *args: Any, creanciers: list[Any], aujourd_hui: date, qui: Sequence[Any] = (), **options: Any
    ) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, label_suffix="", **options)
        for nom, valeurs in (("nature", NatureEcheance), ("portee", Portee), ("acteur", Acteur)):
            self.fields[nom].choices = [("", _("toutes")), *((v.value, LIBELLES[v.value]) for v in valeurs)]
        self.fields["acteur"].choices[0] = ("", _("tous"))
        self.fields["creancier"].choices = [("", _("tous")), *((str(c.pk), c.nom) for c in creanciers)]
        self.fields["qui"].choices = qui or [("", "")]
        for champ in ("vu_au", "connu_au"):
            self.fields[champ].widget.attrs["max"] = aujourd_hui.isoformat()

    @property
    def jour(self) -> date:
        """The day on which the agenda stands: never later than today."""
        return min(self.valeurs.get("vu_au") or self.aujourd_hui, self.aujourd_hui)

    @property
    def connu_jusqu_a(self) -> datetime | None:
        """The last instant of the day chosen (Europe/Paris); None for all that is recorded."""
        jour = self.valeurs.get("connu_au")
        return None if jour is None or jour >= self.aujourd_hui else datetime.combine(jour, time.max, PARIS)

    @property
    def au_passe(self) -> bool:
        """Whether the agenda must be computed again, for a past day or a past knowledge."""
        return self.jour != self.aujourd_hui or self.connu_jusqu_a is not None

    @property
    def valeurs(self) -> dict[str, Any]:
        """What could be read; a faulty field counts as empty, and its error is shown."""
        return getattr(self, "cleaned_data", {})

    def filter_dossiers(self, dossiers: QuerySet[Dossier], utilisateur: Utilisateur) -> QuerySet[Dossier]:
        """Keep the dossiers that match: what does not depend on the day."""
        if self.valeurs.get("creancier"):
            dossiers = dossiers.filter(creancier=self.valeurs["creancier"])
        return dossiers.filter(build_critere(self.valeurs.get("qui", ""), utilisateur, "pk"))

    def keep(self, ligne: LignePassee) -> bool:
        """Whether a deadline computed again matches, as `filter_echeances` says for those of today."""
        r, valeurs = ligne.rendez_vous, self.valeurs
        dits = (("nature", r.nature.value), ("portee", r.portee.value), ("acteur", r.acteur))
        return (
            all(valeurs.get(nom) in {None, "", valeur} for nom, valeur in dits)
            and (not valeurs.get("du") or r.le >= valeurs["du"])
            and (not valeurs.get("au") or r.le <= valeurs["au"])
            and self._keep_quand(r)
            and self._keep_mots(r, ligne.dossier)
        )

    def _keep_quand(self, r: RendezVous) -> bool:
        quand, jour, ouverture = self.valeurs.get("quand", ""), self.jour, r.portee is Portee.OUVERTURE
        if quand in _HORIZONS:
            return jour <= r.le <= jour + timedelta(days=_HORIZONS[quand])
        return {
            ALERTE: r.portee is Portee.A_FAIRE and r.alerte_le <= jour,
            "depassees": r.le < jour and not ouverture,
            "ouvertes": r.le <= jour and ouverture,
        }.get(quand, True)

    def _keep_mots(self, r: RendezVous, dossier: Dossier) -> bool:
        texte = self.valeurs.get("q", "").casefold()
        if not texte:
            return True
        mots = normalize(texte).split()
        dits = f"{r.quoi}\n{r.objet}".casefold()
        return (
            (bool(mots) and all(mot in dossier.recherche for mot in mots))
            or texte in dits
            or texte == dossier.reference.casefold()
        )

    def filter_echeances(self, lignes: QuerySet[Echeance], utilisateur: Utilisateur) -> QuerySet[Echeance]:
        """Keep the deadlines that match."""
        valeurs = self.valeurs
        egaux = {"nature": "nature", "portee": "portee", "acteur": "acteur", "creancier": "dossier__creancier"}
        lignes = lignes.filter(**{colonne: valeurs[nom] for nom, colonne in egaux.items() if valeurs.get(nom)})
        if valeurs.get("du"):
            lignes = lignes.filter(le__gte=valeurs["du"])
        if valeurs.get("au"):
            lignes = lignes.filter(le__lte=valeurs["au"])
        qui = build_critere(self.valeurs.get("qui", ""), utilisateur)
        return lignes.filter(qui, self._build_quand(), self._build_mots())

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


def sort_lignes(lignes: list[LignePassee], tri: str) -> list[LignePassee]:
    """Sort deadlines computed again as the database sorts the others."""
    champ = _CHAMPS[tri.removeprefix("-")]
    par_jour = sorted(
        lignes, key=lambda x: (x.rendez_vous.le, x.rendez_vous.portee.value, str(x.dossier.pk), x.rendez_vous.cle)
    )
    return sorted(par_jour, key=champ, reverse=tri.startswith("-"))
