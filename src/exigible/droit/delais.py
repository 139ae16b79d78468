"""Time limits of civil procedure (CPC 640 to 647): the last day, moved when it is not a working day.

One function counts forward from an act, and backward from a hearing. The day of departure never counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from exigible.droit.durees import MOIS_PAR_AN, Duree, format_duree
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.feries import Ferie, Zone, find_ferie, find_motif
from exigible.droit.jours import ANNEE_MAX, ANNEE_MIN, UN_JOUR, add_mois
from exigible.droit.phrase import Phrase, join_phrases, phrase

_SEMAINE = (
    phrase("lundi"),
    phrase("mardi"),
    phrase("mercredi"),
    phrase("jeudi"),
    phrase("vendredi"),
    phrase("samedi"),
    phrase("dimanche"),
)


class Sens(StrEnum):
    """From an act onward, or from a hearing backward."""

    APRES = "apres"
    AVANT = "avant"


class Distance(StrEnum):
    """Where the person lives whose time limit is lengthened (CPC 643 and 644)."""

    AUCUNE = "aucune"
    OUTRE_MER = "outre-mer"
    ETRANGER = "etranger"


MOIS_DE_DISTANCE = {Distance.AUCUNE: 0, Distance.OUTRE_MER: 1, Distance.ETRANGER: 2}


@dataclass(frozen=True, slots=True)
class JourEcarte:
    """A day on which the time limit cannot end, and why."""

    jour: date
    motif: Phrase


@dataclass(frozen=True, slots=True)
class Delai:
    """A time limit counted: `echeance` is the last useful day, until midnight; `avant_report`, before any move.

    `motif_report`: why it moved (the day `avant_report`); None when it did not. `ecartes`: every day passed over.
    """

    echeance: date
    avant_report: date
    motif_report: Phrase | None
    ecartes: tuple[JourEcarte, ...]
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_delai(
    depart: date,
    duree: Duree,
    *,
    sens: Sens = Sens.APRES,
    zone: Zone = Zone.METROPOLE,
    distance: Distance = Distance.AUCUNE,
    reporter: bool = True,
) -> Delai:
    """Count a time limit from the day of the act, event, decision or notification, or back from a hearing.

    Months first, then days (CPC 641); the months of distance join them and all is counted at one go. A last day that is
    a Saturday, a Sunday or a holiday moves to the next working day (CPC 642), backward to the one before. `reporter`
    False: no move (limitation periods). Raises ErreurSaisie (`date_hors_limites`) for a year outside 1900 to 2199.
    """
    if not ANNEE_MIN <= depart.year <= ANNEE_MAX:
        raise ErreurSaisie(
            "date_hors_limites",
            phrase(
                "La date du {depart} est hors limites : l'année doit être comprise entre {minimum} et {maximum}.",
                depart=depart,
                minimum=ANNEE_MIN,
                maximum=ANNEE_MAX,
            ),
            "depart",
        )
    comptee = duree.add(MOIS_DE_DISTANCE[distance])
    pas = UN_JOUR if sens is Sens.APRES else -UN_JOUR
    terme = _count(depart, comptee, sens)
    echeance, ecartes = _move(terme, pas, zone) if reporter else (terme, ())
    feries = tuple(ferie for ecarte in ecartes if (ferie := _get_ferie(ecarte, zone)))
    return Delai(
        echeance=echeance,
        avant_report=terme,
        motif_report=ecartes[0].motif if ecartes else None,
        ecartes=ecartes,
        explication=join_phrases(_explain(depart, duree, sens, distance, terme, echeance, ecartes)),
        articles=_list_articles(comptee, distance, feries, reporter=reporter and sens is Sens.APRES),
        avertissements=(
            *_warn_calcul(terme, sens, distance, zone, reporter=reporter),
            *_warn_feries(feries, _move(terme, pas, Zone.METROPOLE)[0], echeance),
        ),
    )


def _count(depart: date, duree: Duree, sens: Sens) -> date:
    signe = 1 if sens is Sens.APRES else -1
    return add_mois(depart, signe * duree.total_mois) + timedelta(days=signe * duree.jours)


def _move(terme: date, pas: timedelta, zone: Zone) -> tuple[date, tuple[JourEcarte, ...]]:
    """Go day by day to a working day."""
    ecartes: list[JourEcarte] = []
    jour = terme
    while (motif := find_motif(jour, zone)) is not None:
        ecartes.append(JourEcarte(jour, motif))
        jour += pas
    return jour, tuple(ecartes)


def _get_ferie(ecarte: JourEcarte, zone: Zone) -> Ferie | None:
    """The feast that moved the limit; none when a Saturday or a Sunday was enough."""
    ferie = find_ferie(ecarte.jour, zone)
    return ferie if ferie is not None and ferie.nom == ecarte.motif else None


def _name(jour: date) -> Phrase:
    return phrase("{semaine} {jour}", semaine=_SEMAINE[jour.weekday()], jour=jour)


def _explain(
    depart: date,
    duree: Duree,
    sens: Sens,
    distance: Distance,
    terme: date,
    echeance: date,
    ecartes: tuple[JourEcarte, ...],
) -> list[Phrase]:
    """Say each step, so that it can be redone with a calendar."""
    rebours = sens is Sens.AVANT
    etapes = [
        phrase("Le jour de l'audience, {jour}, ne compte pas.", jour=_name(depart))
        if rebours
        else phrase("Le jour du départ, {jour}, ne compte pas.", jour=_name(depart))
    ]
    if distance is not Distance.AUCUNE:
        mois = MOIS_DE_DISTANCE[distance]
        etapes.append(phrase("S'y ajoutent {mois} mois de distance, comptés avec le délai.", mois=mois))
    comptee = duree.add(MOIS_DE_DISTANCE[distance])
    if comptee.total_mois:
        etapes.append(_explain_mois(depart, comptee, sens))
    if comptee.jours:
        etapes.append(_explain_jours(comptee.jours, terme, rebours=rebours))
    if ecartes:
        motifs = join_phrases((phrase("{jour} ({motif})", jour=e.jour, motif=e.motif) for e in ecartes), ", ")
        etapes.append(
            phrase("Non ouvrable : {motifs}. Report au premier jour ouvrable précédent.", motifs=motifs)
            if rebours
            else phrase("Non ouvrable : {motifs}. Report au premier jour ouvrable suivant.", motifs=motifs)
        )
    etapes.append(phrase("Dernier jour : {jour}, à 24 h.", jour=_name(echeance)))
    return etapes


def _explain_jours(jours: int, terme: date, *, rebours: bool) -> Phrase:
    duree = phrase("1 jour") if jours == 1 else phrase("{nombre} jours", nombre=jours)
    if rebours:
        return phrase("{duree} à rebours : {jour}.", duree=duree, jour=_name(terme))
    return phrase("{duree} : {jour}.", duree=duree, jour=_name(terme))


def _explain_mois(depart: date, comptee: Duree, sens: Sens) -> Phrase:
    signe = 1 if sens is Sens.APRES else -1
    atteint = add_mois(depart, signe * comptee.total_mois)
    comment = phrase("même quantième")
    if atteint.day != depart.day:
        comment = phrase("pas de {quantieme} dans ce mois, donc son dernier jour", quantieme=depart.day)
    annees, mois = divmod(comptee.total_mois, MOIS_PAR_AN)
    duree = format_duree(Duree(annees, mois))
    if sens is Sens.AVANT:
        return phrase("{duree} à rebours : {comment}, {jour}.", duree=duree, comment=comment, jour=_name(atteint))
    return phrase("{duree} : {comment}, {jour}.", duree=duree, comment=comment, jour=_name(atteint))


def _list_articles(comptee: Duree, distance: Distance, feries: tuple[Ferie, ...], *, reporter: bool) -> tuple[str, ...]:
    articles = ["CPC 640"]
    if comptee.jours:
        articles.append("CPC 641 al. 1")
    if comptee.total_mois:
        articles.append("CPC 641 al. 2")
    if comptee.jours and comptee.total_mois:
        articles.append("CPC 641 al. 3")
    if reporter:
        articles.append("CPC 642")
    if distance is not Distance.AUCUNE:
        articles += ["CPC 643", "CPC 644", "CPC 645", "CPC 647"]
    return (*articles, *(ferie.article for ferie in feries))


def _warn_calcul(
    terme: date, sens: Sens, distance: Distance, zone: Zone, *, reporter: bool
) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    if distance is not Distance.AUCUNE:
        avertissements.append(
            Avertissement(
                "distance_limitee",
                phrase(
                    "L'augmentation de distance ne vaut que pour comparaître, faire appel, opposition, "
                    "tierce opposition, recours en révision ou pourvoi en cassation ; pas pour "
                    "signifier, dénoncer une saisie ou placer une assignation, ni si l'acte est remis à "
                    "la personne même en un lieu sans augmentation (CPC 647)."
                ),
            )
        )
    if sens is Sens.AVANT:
        veille = _move(terme - UN_JOUR, -UN_JOUR, zone)[0]
        avertissements.append(
            Avertissement(
                "compte_a_rebours",
                phrase(
                    "Aucun texte ne règle les délais à rebours, et l'article 642 ne les reporte pas "
                    "(Cass. 2e civ. 04/02/1998, 96-13.391) : reculer au jour ouvrable précédent est la "
                    "lecture prudente. Ils sont parfois comptés en jours francs (Cass. com. 14/03/2018, "
                    "16-26.996) : le plus sûr est d'agir au plus tard le {jour}.",
                    jour=_name(veille),
                ),
                {"veille": veille.isoformat()},
            )
        )
    motif = find_motif(terme, zone)
    if not reporter and motif is not None:
        veille = _move(terme, -UN_JOUR, zone)[0]
        avertissements.append(
            Avertissement(
                "echeance_non_reportee",
                phrase(
                    "Le délai expire un jour non ouvrable ({motif}) et n'est pas reporté : agissez au "
                    "plus tard le {jour}.",
                    motif=motif,
                    jour=_name(veille),
                ),
                {"motif": motif, "veille": veille.isoformat()},
            )
        )
    return tuple(avertissements)


def _warn_feries(feries: tuple[Ferie, ...], sans_local: date, echeance: date) -> tuple[Avertissement, ...]:
    """Local feasts: their effect on CPC 642 has not been judged, so give the date without them."""
    avertissements = [
        Avertissement(
            "ferie_local_non_juge",
            _warn_ferie_local(ferie, sans_local),
            {"ferie": ferie.nom, "sans_report_local": sans_local.isoformat()},
        )
        for ferie in feries
        if ferie.local and sans_local != echeance
    ]
    avertissements += [
        Avertissement(
            "ferie_a_verifier",
            phrase("Jour férié à vérifier, le {nom} : {note}.", nom=ferie.nom, note=ferie.note),
            {"ferie": ferie.nom},
        )
        for ferie in feries
        if ferie.a_verifier
    ]
    return tuple(avertissements)


def _warn_ferie_local(ferie: Ferie, sans_local: date) -> Phrase:
    if ferie.condition:
        return phrase(
            "Le {nom} n'est férié que dans cette zone, {condition} : aucun arrêt lu ne juge qu'il y reporte un délai. "
            "Sans lui, le dernier jour est le {jour}.",
            nom=ferie.nom,
            condition=ferie.condition,
            jour=_name(sans_local),
        )
    return phrase(
        "Le {nom} n'est férié que dans cette zone : aucun arrêt lu ne juge qu'il y reporte un délai. Sans lui, le "
        "dernier jour est le {jour}.",
        nom=ferie.nom,
        jour=_name(sans_local),
    )
