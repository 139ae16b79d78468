"""The term of limitation of a claim, and the timeline of what restarts, holds or leaves the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exigible.bureau.pages.calculs.champs import Cellule, DateField, LignesField
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import Case, Chiffre, Resultat, Tableau, build_colonnes, build_jour, say
from exigible.bureau.phrases import translate_phrase
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import parse_jour
from exigible.droit.phrase import phrase
from exigible.droit.prescription import (
    Demande,
    Effet,
    Etape,
    Evenement,
    Prescription,
    TypeDelai,
    find_cause,
    find_regle,
    load_table,
    replay_prescription,
)

_ANS_MAX = 99
_MOIS_PAR_AN = 12
_EFFETS = {
    "court": gettext_lazy("court"),
    "interruption": gettext_lazy("repart de zéro"),
    "titre": gettext_lazy("repart pour dix ans"),
    "suspension": gettext_lazy("suspendu"),
    "plancher": gettext_lazy("reprise minimale"),
    "deplacement": gettext_lazy("départ déplacé"),
    "reclamation": gettext_lazy("réclamation"),
    "sans_effet": gettext_lazy("sans effet"),
    "tardif": gettext_lazy("trop tard"),
    "non_avenu": gettext_lazy("effacé"),
    "butoir": gettext_lazy("butoir de vingt ans"),
    "acquise": gettext_lazy("droit perdu"),
}
_GROUPES = {
    Effet.NOUVEAU_DELAI: gettext_lazy("Interrompt : le délai repart"),
    Effet.JUSQU_A_LA_FIN: gettext_lazy("Interrompt jusqu’à la fin de l’instance"),
    Effet.TITRE: gettext_lazy("Interrompt : dix ans"),
    Effet.SUSPENSION: gettext_lazy("Suspend"),
    Effet.DEPLACEMENT: gettext_lazy("Déplace le départ"),
    Effet.AUCUN: gettext_lazy("Sans effet"),
}

_GENRES = {
    TypeDelai.PRESCRIPTION: gettext_lazy("prescription"),
    TypeDelai.FORCLUSION: gettext_lazy("forclusion"),
    TypeDelai.QUADRIENNALE: gettext_lazy("prescription quadriennale"),
    TypeDelai.EXECUTION_TITRE: gettext_lazy("exécution d’un titre"),
    TypeDelai.RENVOI: gettext_lazy("durée de la créance elle-même"),
}


def list_natures() -> list[tuple[str, str]]:
    """Every rule of the table by its readable name."""
    return [("", "—"), *((regle.alias, translate_phrase(regle.libelle)) for regle in load_table().regles)]


def list_causes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every cause of the table under what it does."""
    causes = load_table().causes.values()
    groupes = (
        (str(titre), [(cause.identifiant, translate_phrase(cause.libelle)) for cause in causes if cause.effet is effet])
        for effet, titre in _GROUPES.items()
    )
    return [("", [("", "—")]), *groupes]


class EvenementsField(LignesField):
    """What happened since the start; gives events of the core."""

    def read_ligne(self, ligne: tuple[str, ...]) -> Evenement:
        """Read one event."""
        debut, fin, code, effacee = ligne
        if not code:
            raise ErreurSaisie("code_inconnu", _("choisissez ce qui s’est passé ce jour-là."))
        cause = find_cause(code)
        if cause.effet is Effet.SUSPENSION and not fin:
            raise ErreurSaisie(
                "fin_manquante", _("une suspension a une fin ; si elle dure encore, indiquez le jour du calcul.")
            )
        jour = parse_jour(debut)
        return Evenement(jour, cause.identifiant, parse_jour(fin) if fin else None, non_avenu=effacee == "oui")

    def write_arguments(self, lue: Evenement) -> list[str]:
        """`--evenement 2025-06-15:INT-REC`, and `--non-avenue` when it was wiped out."""
        periode = f"{lue.jour.isoformat()}/{lue.fin.isoformat()}" if lue.fin else lue.jour.isoformat()
        effacement = ["--non-avenue", lue.jour.isoformat()] if lue.non_avenu else []
        return ["--evenement", f"{periode}:{lue.code}", *effacement]


class CalculPrescription(Calculatrice):
    """`exigible calcul prescription`."""

    nom = "prescription"
    titre = gettext_lazy("Prescription")
    resume = gettext_lazy("Jusqu’à quand agir, et ce qui interrompt ou suspend le délai.")
    icone = "timeline"
    principaux = ("nature", "depart", "au", "evenement")
    exemple: ClassVar = {
        "nature": "facture_consommateur",
        "depart": "2023-09-01",
        "au": "2026-11-21",
        "evenement_le": "2025-06-15",
        "evenement_fin": "",
        "evenement_code": "INT-REC",
        "evenement_efface": "",
    }
    champs_du_droit: ClassVar = {"evenements": "evenement"}

    nature = forms.ChoiceField(label=gettext_lazy("Créance"), choices=list_natures)
    depart = DateField(
        label=gettext_lazy("Départ du délai"),
        help_text=gettext_lazy("Le plus ancien défendable : exécution, livraison, échéance, incident."),
    )
    au = DateField(label=gettext_lazy("Situation au"))
    evenement = EvenementsField(
        (
            Cellule("le", gettext_lazy("date"), "date"),
            Cellule("fin", gettext_lazy("fin, s’il dure"), "date"),
            Cellule("code", gettext_lazy("événement"), "choix", list_causes),
            Cellule(
                "efface",
                gettext_lazy("effacé ensuite ?"),
                "choix",
                lambda: [("", _("Il tient")), ("oui", _("Effacé : désistement, péremption, rejet, caducité"))],
            ),
        ),
        gettext_lazy("Événement"),
        label=gettext_lazy("Ce qui s’est passé depuis"),
    )
    depart_plaidable = DateField(
        label=gettext_lazy("Autre départ, plaidable"),
        required=False,
        help_text=gettext_lazy("Plus récent : l’échéance convenue, par exemple."),
    )
    naissance = DateField(
        label=gettext_lazy("Naissance du droit"),
        required=False,
        help_text=gettext_lazy("Pour le butoir de vingt ans."),
    )
    clause_ans = forms.IntegerField(
        label=gettext_lazy("Durée fixée par le contrat, en années"), required=False, min_value=0, max_value=_ANS_MAX
    )
    zero_heure = forms.BooleanField(
        label=gettext_lazy("Le délai court dès 0 h du jour de départ, qui compte"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The term and its timeline."""
        depart, plaidable, au = valeurs["depart"], valeurs["depart_plaidable"], valeurs["au"]
        if plaidable is not None and plaidable < depart:
            raise ErreurSaisie(
                "departs_inverses", _("Le départ prudent est le plus ancien des deux."), "depart_plaidable"
            )
        demande = Demande(
            find_regle(valeurs["nature"], "nature"),
            depart,
            valeurs["evenement"],
            valeurs["naissance"],
            valeurs["zero_heure"],
            valeurs["clause_ans"],
        )
        resultat = replay_prescription(demande)
        autre = None if plaidable is None else replay_prescription(replace(demande, depart=plaidable))
        return Resultat(
            chiffres=tuple(_list_chiffres(resultat, autre, au)),
            tableaux=(_build_frise(resultat),),
            explications=tuple(_explain(resultat)),
            articles=resultat.articles,
            avertissements=(*resultat.avertissements, *_warn_futurs(valeurs["evenement"], au)),
        )


def _list_chiffres(resultat: Prescription, autre: Prescription | None, au: date) -> list[Chiffre]:
    acquise = resultat.acquise_au(au)
    etat = _("acquise : le droit d’agir est perdu") if acquise else _("non acquise")
    if resultat.en_cours:
        etat = _("non acquise : une instance arrête le délai")
    chiffres = [
        Chiffre(_("Dernier jour sûr pour agir"), build_jour(resultat.dernier_jour_sur), fort=True),
        Chiffre(_("Terme"), build_jour(resultat.terme), _("à la fin du jour")),
        Chiffre(_("Au %(jour)s") % {"jour": build_jour(au)}, etat),
        Chiffre(_("Durée"), _write_duree(resultat.duree_mois), str(_GENRES[resultat.regle.genre])),
    ]
    if autre is not None:
        chiffres.append(Chiffre(_("Terme plaidable"), build_jour(autre.terme)))
    return chiffres


def _write_duree(mois: int) -> str:
    annees, reste = divmod(mois, _MOIS_PAR_AN)
    if reste:
        return ngettext("%(n)s mois", "%(n)s mois", mois) % {"n": mois}
    return ngettext("%(n)s an", "%(n)s ans", annees) % {"n": annees}


def _build_frise(resultat: Prescription) -> Tableau:
    return Tableau(
        _("La frise du délai"),
        build_colonnes((_("Période"), _("Effet"), _("Cause"), _("Texte"))),
        tuple(_build_etape(etape) for etape in resultat.frise),
    )


def _build_etape(etape: Etape) -> tuple[Case, ...]:
    effet = _EFFETS.get(etape.effet, etape.effet)
    return (
        Case(_write_periode(etape)),
        Case(str(effet)),
        Case(say(etape.cause), say(etape.motif) if etape.motif else ""),
        Case(etape.article),
    )


def _write_periode(etape: Etape) -> str:
    debut = build_jour(etape.du)
    if etape.au is None:
        return _("depuis le %(debut)s") % {"debut": debut}
    if etape.au == etape.du:
        return _("le %(jour)s") % {"jour": debut}
    return _("du %(debut)s au %(fin)s") % {"debut": debut, "fin": build_jour(etape.au)}


def _explain(resultat: Prescription) -> list[str]:
    regle = resultat.regle
    textes = (
        phrase("{code} : {libelle}.", code=regle.identifiant, libelle=regle.libelle),
        phrase("Départ : {depart}.", depart=load_table().departs[regle.depart_prudent].libelle),
        regle.note,
    )
    return [say(texte) for texte in textes if texte]


def _warn_futurs(evenements: tuple[Evenement, ...], au: date) -> tuple[Avertissement, ...]:
    futurs = [evenement.jour for evenement in evenements if evenement.jour > au]
    if not futurs:
        return ()
    message = _("Un événement est postérieur au %(au)s (le %(jour)s) : il est compté comme s’il avait eu lieu.")
    return (Avertissement("evenement_futur", message % {"au": build_jour(au), "jour": build_jour(min(futurs))}),)
