"""Days on which no interest runs: insolvency, over-indebtedness, a delay granted by the judge or agreed, a surety."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import Phrase, phrase


class MotifPause(StrEnum):
    """Why no interest runs."""

    PROCEDURE_COLLECTIVE = "procedure_collective"
    SURENDETTEMENT = "surendettement"
    MESURES_DE_SURENDETTEMENT = "mesures_de_surendettement"
    DELAI_DE_GRACE = "delai_de_grace"
    CAUTION_NON_INFORMEE = "caution_non_informee"
    PLAN = "plan"
    PRESCRIPTION = "prescription"


_ARTICLES = {
    MotifPause.PROCEDURE_COLLECTIVE: "C. com. L622-28",
    MotifPause.SURENDETTEMENT: "C. conso. L722-14",
    MotifPause.MESURES_DE_SURENDETTEMENT: "C. conso. L732-2 et L733-1",
    MotifPause.DELAI_DE_GRACE: "C. civ. 1343-5",
    MotifPause.CAUTION_NON_INFORMEE: "C. civ. 2302 et 2303",
    MotifPause.PLAN: "C. civ. 1103",
    MotifPause.PRESCRIPTION: "C. civ. 2224",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """No interest runs from `du` to `au`, both included; `au` None: until further notice.

    Raises ErreurSaisie (`dates_inversees`) when it ends before it starts.
    """

    du: date
    motif: MotifPause
    au: date | None = None

    def __post_init__(self) -> None:
        if self.au is not None and self.au < self.du:
            raise ErreurSaisie(
                "dates_inversees",
                phrase(
                    "La période sans intérêt finit le {au}, avant d'avoir commencé le {du}.", au=self.au, du=self.du
                ),
                "au",
            )

    @property
    def article(self) -> str:
        """The text that stops the interest."""
        return _ARTICLES[self.motif]

    @property
    def dernier_jour(self) -> date:
        """Last day without interest; `date.max` while nothing ends it."""
        return date.max if self.au is None else self.au

    def overlaps(self, du: date, au: date) -> bool:
        """Whether one day at least of `du`..`au` (both included) bears no interest."""
        return self.du <= au and du <= self.dernier_jour

    def build_avertissement(self) -> Avertissement:
        """Say which days bear no interest, and why."""
        periode = phrase("depuis le {du}", du=self.du)
        if self.au is not None:
            periode = phrase("du {du} au {au}", du=self.du, au=self.au)
        return Avertissement(
            "interets_suspendus",
            _write(self.motif, periode),
            {"motif": self.motif.value, "du": self.du.isoformat(), "au": self.au.isoformat() if self.au else ""},
        )


def _write(motif: MotifPause, periode: Phrase) -> Phrase:
    match motif:
        case MotifPause.PROCEDURE_COLLECTIVE | MotifPause.SURENDETTEMENT | MotifPause.MESURES_DE_SURENDETTEMENT:
            return _write_insolvabilite(motif, periode)
        case MotifPause.DELAI_DE_GRACE:
            return phrase(
                "Aucun intérêt n'est compté {periode}, pendant le délai accordé par le juge : les majorations et les "
                "pénalités n'y sont pas encourues (C. civ. 1343-5). Par prudence, l'intérêt légal ou convenu n'y est "
                "pas compté non plus : si la décision en fixe un, donnez-le comme une règle à part.",
                periode=periode,
            )
        case MotifPause.PLAN:
            return phrase(
                "Aucun intérêt n'est compté {periode} : le plan de paiement convenu ne le prévoit pas (C. civ. 1103).",
                periode=periode,
            )
        case MotifPause.PRESCRIPTION:
            return phrase(
                "Aucun intérêt n'est compté {periode} : né après le jugement, il se prescrit par son propre délai, "
                "plus court que les dix ans du titre, et ne peut plus être réclamé (C. civ. 2224 ; C. conso. L218-2 ; "
                "Cass. ass. plén. 10/06/2005, 03-18.922).",
                periode=periode,
            )
    return phrase(
        "Aucun intérêt ni aucune pénalité n'est compté {periode} à la caution, qui n'a pas été informée (C. civ. "
        "2302 et 2303).",
        periode=periode,
    )


def _write_insolvabilite(motif: MotifPause, periode: Phrase) -> Phrase:
    if motif is MotifPause.PROCEDURE_COLLECTIVE:
        return phrase(
            "Aucun intérêt n'est compté {periode} : le jugement d'ouverture d'une procédure collective arrête les "
            "intérêts et les majorations (C. com. L622-28).",
            periode=periode,
        )
    if motif is MotifPause.SURENDETTEMENT:
        return phrase(
            "Aucun intérêt n'est compté {periode} : le dossier de surendettement est recevable et les mesures ne "
            "sont pas encore mises en œuvre (C. conso. L722-14).",
            periode=periode,
        )
    return phrase(
        "Aucun intérêt n'est compté {periode} : le plan ou les mesures de surendettement fixent alors l'intérêt, "
        "souvent réduit ou nul (C. conso. L732-2 et L733-1), et rien ne dit ici qu'ils en laissent courir.",
        periode=periode,
    )


def skip_pauses(pauses: Sequence[Pause], du: date, au: date) -> Iterator[tuple[date, date]]:
    """Cut out of `du`..`au` (both included) the days without interest."""
    for pause in sorted(pauses, key=lambda p: p.du):
        if pause.overlaps(du, au):
            if du < pause.du:
                yield du, pause.du - UN_JOUR
            if pause.dernier_jour >= au:
                return
            du = pause.dernier_jour + UN_JOUR
    yield du, au
