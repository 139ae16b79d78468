"""The filter of the portfolio, read from the address: a bookmark is a saved view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exigible.bureau.comptes.attributions import build_critere
from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.horloge import PARIS
from exigible.bureau.pages.formulaires.attributions import QuiField
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField
from exigible.bureau.pages.libelles import LIBELLES
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.dossier.etat import Stade
from exigible.dossier.texte import normalize
from exigible.droit.regimes import QualitePartie

TRIS = {
    "nom": "debiteur_nom",
    "echu": "echu",
    "a_echoir": "a_echoir",
    "conteste": "conteste",
    "promis": "promis",
    "retard": "jours_retard",
    "stade": "stade",
    "derniere": "derniere_action_le",
    "prochaine": "prochaine_action_le",
    "prescription": "prescription_le",
}
TRI_PAR_DEFAUT = "-echu"

SITUATIONS = [
    ("", _("en cours")),
    ("echu", _("avec de l’échu")),
    ("conteste", _("contestés")),
    ("promis", _("avec une promesse")),
    ("a_completer", _("à compléter")),
    ("soldes", _("soldés")),
    ("tous", _("tous")),
]


@dataclass(frozen=True, slots=True)
class Tranche:
    """An age of debt: days late from `debut` to `fin` (included; None: no end). `debut` None: not late."""

    code: str
    titre: Any
    classe: str
    debut: int | None
    fin: int | None

    def build_critere(self, au: date) -> Q:
        """The open claims of this age on the day `au`. A claim without due date is not late."""
        if self.debut is None:
            return Q(reste__gt=0) & (Q(echeance__gte=au) | Q(echeance__isnull=True))
        critere = Q(reste__gt=0, echeance__lte=au - timedelta(days=self.debut))
        return critere if self.fin is None else critere & Q(echeance__gte=au - timedelta(days=self.fin))

    def contains(self, echeance: date | None, au: date) -> bool:
        """Whether a claim due on `echeance` has this age on the day `au`."""
        retard = 0 if echeance is None else (au - echeance).days
        if self.debut is None:
            return retard <= 0
        return retard >= self.debut and (self.fin is None or retard <= self.fin)


TRANCHES = (
    Tranche("non-echu", _("Non échu"), "t0", None, None),
    Tranche("1-30", _("1 à 30 jours"), "t1", 1, 30),
    Tranche("31-60", _("31 à 60 jours"), "t31", 31, 60),
    Tranche("61-90", _("61 à 90 jours"), "t61", 61, 90),
    Tranche("90", _("plus de 90 jours"), "t90", 91, None),
)


class FiltrePortefeuille(FormulaireMisEnForme):
    """What the portfolio shows. Everything is optional; `au` empty means today."""

    q = forms.CharField(label=_("Client, facture, SIREN"), required=False, max_length=100)
    situation = forms.ChoiceField(label=_("Montrer"), choices=SITUATIONS, required=False)
    stade = forms.ChoiceField(label=_("Étape"), required=False)
    qualite = forms.ChoiceField(label=_("Qualité"), required=False)
    creancier = forms.ChoiceField(label=_("Créancier"), required=False)
    qui = QuiField()
    tranche = forms.ChoiceField(choices=[("", ""), *((t.code, t.titre) for t in TRANCHES)], required=False)
    au = JourField(label=_("Au"), required=False)
    connu_au = JourField(label=_("Connu au"), required=False)

    def __init__(
        self, *args: Any, creanciers: list[Any], aujourd_hui: date, qui: Sequence[Any] = (), **options: Any
    ) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, label_suffix="", **options)
        self.fields["stade"].choices = [("", _("toutes")), *((s.value, LIBELLES[s.value]) for s in Stade)]
        self.fields["qualite"].choices = [("", _("toutes")), *((s.value, LIBELLES[s.value]) for s in QualitePartie)]
        self.fields["creancier"].choices = [("", _("tous")), *((str(c.pk), c.nom) for c in creanciers)]
        self.fields["qui"].choices = qui or [("", "")]
        for champ in ("au", "connu_au"):
            self.fields[champ].widget.attrs["max"] = aujourd_hui.isoformat()

    @property
    def valeurs(self) -> dict[str, Any]:
        """What could be read; a faulty field counts as empty, and its error is shown."""
        return getattr(self, "cleaned_data", {})

    @property
    def au_jour(self) -> date:
        """The day of the portfolio: never later than today."""
        return min(self.valeurs.get("au") or self.aujourd_hui, self.aujourd_hui)

    @property
    def connu_jusqu_a(self) -> datetime | None:
        """The instant until which what was recorded is read: the end of the day chosen, Paris time."""
        jour = self.valeurs.get("connu_au")
        if jour is None or jour >= self.aujourd_hui:
            return None
        return datetime.combine(jour + timedelta(days=1), time(), PARIS)

    @property
    def au_passe(self) -> bool:
        """Whether the portfolio must be recomputed for a past day or a past knowledge."""
        return self.au_jour != self.aujourd_hui or self.connu_jusqu_a is not None

    @property
    def tranche_choisie(self) -> Tranche | None:
        """The age clicked on, if any."""
        return next((t for t in TRANCHES if t.code == self.valeurs.get("tranche")), None)

    def filter_identite(self, dossiers: QuerySet, utilisateur: Utilisateur) -> QuerySet:
        """Keep the debtors that match the words, the creditor, the quality and who follows them.

        None of it depends on the day.
        """
        valeurs = self.valeurs
        dossiers = dossiers.filter(build_critere(valeurs.get("qui", ""), utilisateur, "pk"))
        texte = valeurs.get("q", "")
        if texte:
            mots = Q()
            for mot in normalize(texte).split():
                mots &= Q(recherche__contains=mot)
            facture = Creance.objects.filter(dossier=OuterRef("pk"), numero__icontains=texte)
            dossiers = dossiers.filter(mots | Q(reference__iexact=texte) | Exists(facture))
        if valeurs.get("creancier"):
            dossiers = dossiers.filter(creancier_id=valeurs["creancier"])
        if valeurs.get("qualite"):
            dossiers = dossiers.filter(qualite=valeurs["qualite"])
        return dossiers

    def filter_situation(self, dossiers: QuerySet) -> QuerySet:
        """Keep the dossiers in the chosen situation, stage and age, as valued today."""
        criteres = {
            "": Q(echu__gt=0) | Q(a_echoir__gt=0) | Q(erreur__gt=""),
            "echu": Q(echu__gt=0),
            "conteste": Q(conteste__gt=0),
            "promis": Q(promis__gt=0),
            "a_completer": ~Q(a_completer=[]) & ~Q(stade=Stade.SOLDEE.value),
            "soldes": Q(echu=0, a_echoir=0),
            "tous": Q(),
        }
        dossiers = dossiers.filter(criteres[self.valeurs.get("situation", "")])
        if self.valeurs.get("stade"):
            dossiers = dossiers.filter(stade=self.valeurs["stade"])
        if self.tranche_choisie is not None:
            dans = Creance.objects.filter(self.tranche_choisie.build_critere(self.au_jour), dossier=OuterRef("pk"))
            dossiers = dossiers.filter(Exists(dans))
        return dossiers


def read_tri(texte: str) -> str:
    """The sort of the address if it is one, the default otherwise."""
    return texte if texte.removeprefix("-") in TRIS else TRI_PAR_DEFAUT


def sort_dossiers(dossiers: QuerySet[Dossier], tri: str) -> QuerySet[Dossier]:
    """Sort by a column of the screen; rows without a value come last."""
    colonne = F(TRIS[tri.removeprefix("-")])
    ordre = colonne.desc(nulls_last=True) if tri.startswith("-") else colonne.asc(nulls_last=True)
    return dossiers.order_by(ordre, "debiteur_nom", "pk")
