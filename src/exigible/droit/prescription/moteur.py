"""The engine of limitation: a claim's events, replayed in the order of their days, give the term and the timeline.

Time is counted by days, the day of the start excluded (C. civ. 2228, 2229); the term is the same day of the month,
never moved. Each interruption opens a run of its own, which begins where no pause holds it any more; the term is the
latest of all the runs, so that an interruption that stands never brings it forward.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.prescription import alertes
from exigible.droit.prescription.resultat import Demande, Etape, Evenement, Prescription
from exigible.droit.prescription.saisie import MOIS_PAR_AN, check_naissance, choose_duree, get_cause
from exigible.droit.prescription.table import Cause, Effet, Regle, TypeDelai, load_table

_COURRIER: Final = "INT-COURRIER"
_RECONNAISSANCE: Final = "INT-REC"
_REAMENAGEMENT: Final = "REAMENAGEMENT"
_INCIDENT: Final = "INCIDENT"
_TITRE: Final = "P-27"
_ORDRE: Final = {Effet.DEPLACEMENT: 0, Effet.TITRE: 2}
_AUCUN_JOUR: Final = timedelta()
_PAUSE_PUBLIQUE: Final = 6
_TOUCHENT_LE_DELAI: Final = frozenset({"interruption", "titre", "deplacement", "suspension"})

_SANS_EFFET: Final = phrase("ce fait n'interrompt ni ne suspend le délai")
_AUTRE_NATURE: Final = phrase("cette cause ne vaut que pour une autre nature de créance")
_COURRIER_VAIN: Final = phrase("un courrier n'interrompt pas ce délai")
_FORCLUSION: Final = phrase("une forclusion n'est ni suspendue, ni interrompue par une reconnaissance ou un courrier")
_ECHEANCES: Final = phrase("cette suspension ne vaut pas pour ce qui se paie par échéances")
_PAS_ENCORE: Final = phrase("la loi n'en faisait pas encore une cause de suspension")
_HORS_DELAI: Final = phrase("le délai ne courait pas")
_DEJA_REAMENAGE: Final = phrase("seul le premier réaménagement compte")
_INCIDENT_SEUL: Final = phrase("il ne suit ni un premier réaménagement, ni un plan")
_NON_AVENU: Final = phrase("tenu pour n'avoir jamais existé")
_DUREE_GARDEE: Final = phrase("la durée reste celle de la créance, même en vertu d'un jugement")
_COURT: Final = phrase("le délai court")
_BUTOIR: Final = phrase("vingt ans depuis la naissance du droit")
_ACQUISE: Final = phrase("le droit d'agir est perdu")


def replay_prescription(demande: Demande) -> Prescription:
    """Compute the term of a claim and its timeline.

    Raises ErreurSaisie: `regle_de_renvoi`, `clause_interdite`, `clause_hors_bornes`, `naissance_apres_depart`,
    `code_inconnu`, `fin_manquante`, `fin_inattendue`, `dates_inversees`.
    """
    check_naissance(demande)
    delai = _Delai(demande)
    evenements = [(evenement, get_cause(evenement)) for evenement in demande.evenements]
    for evenement, cause in sorted(evenements, key=lambda paire: _rank(*paire)):
        delai.play(evenement, cause)
    return delai.close()


def _rank(evenement: Evenement, cause: Cause) -> tuple[date, int, bool, str, date, bool]:
    """Order the facts of one day the same way however they were recorded."""
    ordre, est_incident = _ORDRE.get(cause.effet, 1), cause.identifiant == _INCIDENT
    return evenement.jour, ordre, est_incident, cause.identifiant, evenement.fin or date.max, evenement.non_avenu


@dataclass(slots=True)
class _Course:
    """One run of time, from the start or from an interruption: its first day counted, and its last."""

    reprise: date
    terme: date


@dataclass(slots=True)
class _Delai:
    """The running time: its `courses`, and what the timeline shows of them.

    `pause`: last day of the pauses seen; `arrete`: last day on which a pause or an instance holds the time; `reprise`:
    first day that counts after it. `ouverte`: an instance without known end. `attente`: a rescheduling or a plan, until
    the incident that follows.
    """

    demande: Demande
    regle: Regle = field(init=False)
    duree: int = field(init=False)
    butoir: date | None = field(init=False)
    reprise: date = field(init=False)
    arrete: date = field(init=False)
    pause: date = date.min
    courses: list[_Course] = field(default_factory=list)
    ouverte: Evenement | None = None
    attente: Evenement | None = None
    reamenage: bool = False
    preservee: bool = False
    frise: list[Etape] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    avertissements: list[Avertissement] = field(default_factory=list)

    def __post_init__(self) -> None:
        demande, depart = self.demande, self.demande.depart
        self.regle, self.duree = demande.regle, choose_duree(demande)
        self.articles += self.regle.articles
        self.avertissements += alertes.list_de_regle(demande)
        compte = UN_JOUR if demande.zero_heure and not self.regle.annuelle else _AUCUN_JOUR
        self.reprise = self._find_reprise(depart - compte)
        self.arrete = self.reprise - UN_JOUR
        self.butoir = self._compute_butoir()
        terme = self._compute_terme(depart) - compte
        self.courses.append(_Course(self.reprise, self._cap(terme) if self._is_report(demande) else terme))

    @property
    def terme(self) -> date:
        """Last day of the latest run."""
        return max(course.terme for course in self.courses)

    # ------------------------------------------------------------ the dates

    def _find_reprise(self, jour: date) -> date:
        """First day counted of a time that starts on `jour`."""
        return date(jour.year + 1, 1, 1) if self.regle.annuelle else jour + UN_JOUR

    def _compute_terme(self, jour: date) -> date:
        """Last day of the whole time that starts on `jour`."""
        if self.regle.annuelle:
            return date(jour.year + self.duree // MOIS_PAR_AN, 12, 31)
        loi = self.regle.loi_nouvelle
        if loi is None or jour >= loi.entree_en_vigueur:
            return add_mois(jour, self.duree)
        self.articles += loi.articles
        self.avertissements.append(alertes.warn_loi_nouvelle(loi))
        # the new time runs from the first hour of its first day, which therefore counts
        nouveau = add_mois(loi.entree_en_vigueur, self.duree) - UN_JOUR
        return min(add_mois(jour, loi.ancienne_mois), nouveau)

    def _find_debut(self, course: _Course) -> date:
        """First day a pause may add: one before a law that shortened the time does not lengthen the new time."""
        loi = self.regle.loi_nouvelle
        return loi.entree_en_vigueur if loi is not None and course.reprise <= loi.entree_en_vigueur else course.reprise

    def _compute_butoir(self) -> date | None:
        if self.regle.butoir_exclu or self.regle.genre is TypeDelai.FORCLUSION:
            return None
        return add_mois(self.demande.naissance or self.demande.depart, load_table().butoir_mois)

    def _is_report(self, demande: Demande) -> bool:
        """Whether the time starts later than the right, by ignorance and not by a term (C. civ. 2232, 2233)."""
        echappe = load_table().departs[self.regle.depart_prudent].echappe_au_butoir
        return demande.naissance is not None and demande.naissance < demande.depart and not echappe

    def _cap(self, terme: date) -> date:
        """Bring a term back to the 20-year stop."""
        if self.butoir is None or terme <= self.butoir:
            return terme
        table = load_table()
        self.articles.append(table.butoir_article)
        self.avertissements += alertes.list_de_butoir(self.demande, table)
        return self.butoir

    def _restart(self, jour: date, cause: Cause) -> None:
        """Open a run from `jour`, or from the end of the pause that holds it."""
        depart = max(jour, self.pause)
        course = _Course(self._find_reprise(depart), date.min)
        self._extend(course, self._compute_terme(depart), cause)
        self.courses.append(course)
        self.reprise = self._find_reprise(max(depart, self.arrete))

    def _extend(self, course: _Course, terme: date, cause: Cause) -> None:
        """Give a run a later term, up to the 20-year stop unless the cause escapes it."""
        course.terme = max(course.terme, terme if cause.echappe_au_butoir else self._cap(terme))

    # ------------------------------------------------------------ the events

    def play(self, evenement: Evenement, cause: Cause) -> None:
        """Apply one event, or say on the timeline why it has no effect."""
        if cause.statut == "a_verifier":
            self.avertissements.append(alertes.warn_cause(cause))
        self._note_reclamation(evenement, cause)
        if evenement.non_avenu:
            self._cancel(evenement, cause)
        elif motif := self._find_motif(evenement, cause):
            self._mark(evenement, cause, "sans_effet", motif)
        elif evenement.jour > self.terme and self.ouverte is None and self.attente is None:
            self._note_tardif(evenement, cause)
        else:
            self._apply(evenement, cause)

    def _apply(self, evenement: Evenement, cause: Cause) -> None:
        match cause.effet:
            case Effet.SUSPENSION:
                self._suspend(evenement, cause)
            case Effet.DEPLACEMENT:
                self._move(evenement, cause)
            case Effet.TITRE:
                self._obtain_titre(evenement, cause)
            case _:
                self._interrupt(evenement, cause)

    def _find_motif(self, evenement: Evenement, cause: Cause) -> Phrase:
        """Why an event has no effect whatever the term, or an empty text."""
        regle = self.regle
        verdicts = (
            (_SANS_EFFET, cause.effet is Effet.AUCUN),
            (_AUTRE_NATURE, bool(cause.regles) and regle.identifiant not in cause.regles),
            (_COURRIER_VAIN, cause.identifiant == _COURRIER and not regle.courrier_interruptif),
            (_FORCLUSION, regle.genre is TypeDelai.FORCLUSION and not cause.opere_sur_forclusion),
            (_PAS_ENCORE, evenement.jour < cause.depuis),
            (_ECHEANCES, cause.sauf_par_echeance and regle.par_echeance),
            (_HORS_DELAI, cause.effet is not Effet.SUSPENSION and evenement.jour < self.demande.depart),
            (_DEJA_REAMENAGE, cause.identifiant == _REAMENAGEMENT and self.reamenage),
            (_INCIDENT_SEUL, cause.identifiant == _INCIDENT and self.attente is None),
        )
        return next((motif for motif, vrai in verdicts if vrai), SANS_TEXTE)

    def _interrupt(self, evenement: Evenement, cause: Cause) -> None:
        """Wipe out the time already run: a new one, of the same length, begins (C. civ. 2231)."""
        sans_fin = cause.effet is Effet.JUSQU_A_LA_FIN and evenement.fin is None
        ouverte = sans_fin and not cause.instance_eventuelle
        self._mark(evenement, cause, "interruption", sans_fin=ouverte)
        if sans_fin:
            self.avertissements.append(alertes.warn_instance(evenement, cause))
        if ouverte:
            self.ouverte = evenement
        fin = evenement.fin or evenement.jour
        self.arrete = max(self.arrete, fin)
        self._restart(fin, cause)
        if not self.regle.annuelle:
            self.articles += [cause.articles[0], "C. civ. 2231"]

    def _obtain_titre(self, evenement: Evenement, cause: Cause) -> None:
        """Ten years from the title to enforce it, without the 20-year stop (CPCE L111-4); it ends all pauses."""
        self.ouverte = None
        self.articles.append(cause.articles[0])
        if self.regle.titre_change_duree:
            self._mark(evenement, cause, "titre")
            self.regle = load_table().get_regle(_TITRE)
            self.duree = max(self.duree, self.regle.duree_mois or 0)
            self.butoir = None
            self.courses = [_Course(evenement.jour + UN_JOUR, self.terme)]
        else:
            self._mark(evenement, cause, "interruption", _DUREE_GARDEE)
        self.arrete = self.pause = evenement.jour
        self._restart(evenement.jour, cause)

    def _suspend(self, evenement: Evenement, cause: Cause) -> None:
        """Put the time on hold: its days, both ends included, are added; some causes leave at least so many months."""
        fin = evenement.fin or evenement.jour
        avant = self.terme
        for course in self.courses:
            self._hold(course, evenement, fin, cause)
        tenu, plancher = self.terme, add_mois(fin, cause.reprise_minimum_mois)
        for course in self.courses:
            self._extend(course, plancher, cause)
        if self.terme == avant and fin < self.reprise:
            self._mark(evenement, cause, "sans_effet", _HORS_DELAI)
        else:
            self._mark_suspension(evenement, cause, plancher if plancher > tenu else None)
            if self.regle.annuelle and cause.reprise_minimum_mois and fin >= add_mois(evenement.jour, _PAUSE_PUBLIQUE):
                self.avertissements.append(alertes.warn_pause_publique(evenement))
            self.reprise = max(self.arrete, fin) + UN_JOUR
        self.arrete, self.pause = max(self.arrete, fin), max(self.pause, fin)

    def _hold(self, course: _Course, evenement: Evenement, fin: date, cause: Cause) -> None:
        """Hold a run: one that has not begun starts at the end (C. civ. 2234), to another the days are added."""
        if not self.regle.annuelle and evenement.jour <= course.reprise <= fin:
            self._extend(course, self._compute_terme(fin), cause)
            course.reprise = fin + UN_JOUR
            return
        debut = max(evenement.jour, self._find_debut(course), self.pause + UN_JOUR)
        self._extend(course, course.terme + max(fin - debut + UN_JOUR, _AUCUN_JOUR), cause)

    def _move(self, evenement: Evenement, cause: Cause) -> None:
        """Move the start of a forclusion: to the first incident after a first rescheduling, or after a plan."""
        self._mark(evenement, cause, "deplacement")
        self.articles.append(cause.articles[0])
        if cause.identifiant == _INCIDENT:
            self.attente = None
            self._restart(evenement.jour, cause)
            return
        self.reamenage = self.reamenage or cause.identifiant == _REAMENAGEMENT
        self.attente = evenement

    def _cancel(self, evenement: Evenement, cause: Cause) -> None:
        self._mark(evenement, cause, "non_avenu", _NON_AVENU)
        self.articles.append(cause.articles[0])
        if not cause.non_avenue_si:
            self.avertissements.append(alertes.warn_non_avenue(evenement, cause))

    def _note_tardif(self, evenement: Evenement, cause: Cause) -> None:
        self._mark(evenement, cause, "tardif", phrase("venu après le terme du {terme}", terme=self.terme))
        self.avertissements.append(alertes.warn_tardif(evenement, cause, self.terme, self.regle))
        if cause.identifiant == _RECONNAISSANCE:
            self.articles += load_table().articles_tardifs

    def _note_reclamation(self, evenement: Evenement, cause: Cause) -> None:
        if not cause.vaut_reclamation or not self.demande.depart <= evenement.jour <= self.terme:
            return
        self.preservee = self.preservee or self.regle.preserve_par_reclamation
        if self.regle.courrier_interruptif and cause.identifiant != _COURRIER:
            self.avertissements.append(alertes.warn_courrier(evenement, cause, self.regle))

    # ------------------------------------------------------------ the timeline

    def _mark(
        self, evenement: Evenement, cause: Cause, effet: str, motif: Phrase = SANS_TEXTE, *, sans_fin: bool = False
    ) -> None:
        """Write an event on the timeline; one that touches the time first closes the stretch that ran until it."""
        if effet in _TOUCHENT_LE_DELAI:
            self._close_court(evenement.jour - UN_JOUR)
        au = None if sans_fin else evenement.fin or evenement.jour
        article = ", ".join(self._list_articles(cause, effet))
        self.frise.append(Etape(evenement.jour, au, effet, cause.libelle, article, cause.identifiant, motif))

    def _list_articles(self, cause: Cause, effet: str) -> tuple[str, ...]:
        """List the texts of an effect: those of the rule where it has its own."""
        if effet == "interruption" and (self.regle.annuelle or cause.identifiant == _COURRIER):
            return self.regle.articles
        if effet in {"suspension", "plancher"} and self.regle.articles_suspension:
            return self.regle.articles_suspension
        return cause.articles

    def _mark_suspension(self, evenement: Evenement, cause: Cause, plancher: date | None) -> None:
        self._mark(evenement, cause, "suspension")
        if plancher is not None:
            motif = phrase("au moins {mois} mois restent à la reprise", mois=cause.reprise_minimum_mois)
            self._mark(Evenement(plancher, evenement.code), cause, "plancher", motif)
        self.articles += self.regle.articles_suspension or [cause.articles[0], "C. civ. 2230"]

    def _close_court(self, au: date) -> None:
        if self.reprise <= au and self.attente is None and self.ouverte is None:
            article = ", ".join(self.regle.articles)
            self.frise.append(Etape(self.reprise, au, "court", _COURT, article))

    def close(self) -> Prescription:
        """Give the result once every event is played."""
        table, regle, terme = load_table(), self.demande.regle, self.terme
        if self.attente is not None:
            self.avertissements.append(alertes.warn_attente(self.attente, terme))
        if regle.reserve and (self.preservee or not regle.preserve_par_reclamation):
            self.avertissements.append(Avertissement("reserve", regle.reserve, {"regle": regle.identifiant}))
        self._close_court(terme)
        if terme == self.butoir:
            self.frise.append(Etape(terme, terme, "butoir", _BUTOIR, table.butoir_article))
        if self.ouverte is None:
            self.frise.append(Etape(terme + UN_JOUR, None, "acquise", _ACQUISE, "C. civ. 2229"))
        return Prescription(
            terme=terme,
            dernier_jour_sur=terme - UN_JOUR,
            duree_mois=self.duree,
            regle=regle,
            articles=tuple(dict.fromkeys(self.articles)),
            avertissements=alertes.keep_first(self.avertissements),
            frise=tuple(sorted(self.frise, key=lambda etape: etape.du)),
            en_cours=self.ouverte is not None,
        )
