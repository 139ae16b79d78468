"""What dossiers are on a day: the fold of their journals, read in a number of queries that does not grow with them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from exigible.bureau import horloge
from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.etat import EtatCreancier, EtatDossier
from exigible.dossier.faits import FaitAnnule
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    CompteBancaireRetire,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
    ValeurDeBaremeSaisie,
)
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, ConventionTerminee
from exigible.dossier.journal import Inscription, get_type
from exigible.dossier.plier import CreancierPlie, fold_creancier, fold_dossier, prepare_creancier
from exigible.droit.erreurs import ErreurExigible

_journal = logging.getLogger(__name__)

REGLES = (
    CreancierDecrit,
    CompteBancaireAjoute,
    CompteBancaireRetire,
    ConditionsDeVenteFixees,
    ReclamationFixee,
    ValeurDeBaremeSaisie,
    ConventionDeRecouvrement,
    ConventionTerminee,
)
"""The facts of a creditor that bear on its dossiers; its bank lines and imports do not."""
_TYPES = frozenset(str(fait.__struct_config__.tag) for fait in REGLES)
TYPES_DES_REGLES = _TYPES | {get_type(FaitAnnule(motif=""))}
"""Their names in the journal, and that of a cancellation."""


@dataclass(frozen=True, slots=True)
class Journaux:
    """The entries of several dossiers and of their creditors."""

    dossiers: dict[uuid.UUID, list[Inscription]]
    creanciers: dict[uuid.UUID, list[Inscription]]
    _plies: dict[tuple[uuid.UUID, date, datetime | None], CreancierPlie] = field(default_factory=dict)

    def of_dossier(self, dossier: Dossier) -> list[Inscription]:
        """Return the entries of a dossier."""
        return self.dossiers[dossier.chaine_id]

    def of_creancier(self, dossier: Dossier) -> list[Inscription]:
        """Return the rules that the creditor of a dossier set."""
        return self.creanciers[dossier.creancier.chaine_id]

    def fold(
        self, dossier: Dossier, au: date, connu_au: datetime | None = None, *, provisoire: bool = False
    ) -> EtatDossier:
        """Fold one of them. Raises ErreurExigible."""
        return fold_dossier(
            self.of_dossier(dossier),
            self._prepare_creancier(dossier, au, connu_au),
            au,
            connu_au=connu_au,
            provisoire=provisoire,
        )

    def _prepare_creancier(self, dossier: Dossier, au: date, connu_au: datetime | None) -> CreancierPlie:
        """Fold a creditor once for all its dossiers."""
        cle = dossier.creancier.chaine_id, au, connu_au
        if cle not in self._plies:
            self._plies[cle] = prepare_creancier(self.of_creancier(dossier), au, connu_au=connu_au)
        return self._plies[cle]


def read_journaux_des_dossiers(
    dossiers: Sequence[Dossier], connus: Mapping[uuid.UUID, list[Inscription]] | None = None
) -> Journaux:
    """Read what folding these dossiers needs (each loaded with its creditor: `select_related("creancier")`).

    `connus`: the journals that the caller already holds, whole.
    """
    connus = connus or {}
    return Journaux(
        {**connus, **read_journaux([d.chaine_id for d in dossiers if d.chaine_id not in connus])},
        read_journaux([d.creancier.chaine_id for d in dossiers], _TYPES),
    )


def load_etat(
    dossier: Dossier, au: date | None = None, connu_au: datetime | None = None, *, provisoire: bool = False
) -> EtatDossier:
    """Compute a dossier as of a day (today by default, included); `connu_au`: with what was recorded by then only.

    `provisoire` carries the last known rate on beyond the tables (screens); without it, interest stops there
    (statements, letters). Raises ErreurExigible when the dossier cannot be read.
    """
    return read_journaux_des_dossiers([dossier]).fold(dossier, au or horloge.today(), connu_au, provisoire=provisoire)


def load_etats(
    dossiers: Sequence[Dossier], au: date | None = None, connu_au: datetime | None = None, *, provisoire: bool = True
) -> dict[uuid.UUID, EtatDossier]:
    """Compute several dossiers as of a day, by key. One that cannot be read is left out and logged."""
    journaux = read_journaux_des_dossiers(dossiers)
    etats: dict[uuid.UUID, EtatDossier] = {}
    for dossier in dossiers:
        try:
            etats[dossier.pk] = journaux.fold(dossier, au or horloge.today(), connu_au, provisoire=provisoire)
        except ErreurExigible as erreur:
            _journal.warning("%s laissé de côté : %s", dossier.reference, erreur)
    return etats


def load_etat_creancier(creancier: Creancier, au: date | None = None) -> EtatCreancier:
    """Compute what a creditor is and decided as of a day (today by default)."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    return fold_creancier(inscriptions, au or horloge.today())
