"""Words for what a step of a procedure says: how it was served, before which court, what a decision is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import ModeSignification, Qualification
from exigible.droit.competence import LIBELLES
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance

MODES = {
    ModeSignification.A_PERSONNE: _("À personne"),
    ModeSignification.A_DOMICILE: _("À domicile"),
    ModeSignification.A_ETUDE: _("À l’étude"),
    ModeSignification.PV_659: _("Procès-verbal de recherches infructueuses (CPC 659)"),
    ModeSignification.ELECTRONIQUE_A_PERSONNE: _("Électronique, à personne"),
    ModeSignification.ELECTRONIQUE_A_DOMICILE: _("Électronique, à domicile"),
    ModeSignification.ETRANGER: _("À l’étranger"),
}
QUALIFICATIONS = {
    Qualification.CONTRADICTOIRE: _("Contradictoire"),
    Qualification.REPUTE_CONTRADICTOIRE: _("Réputée contradictoire"),
    Qualification.PAR_DEFAUT: _("Par défaut"),
}
DISTANCES = {
    Distance.AUCUNE: _("En métropole"),
    Distance.OUTRE_MER: _("Outre-mer"),
    Distance.ETRANGER: _("À l’étranger"),
}


def name_juridiction(juridiction: Juridiction) -> str:
    """The name of a court, in the reader's language; its code, made readable, when the law names none."""
    if juridiction in LIBELLES:
        return translate_phrase(LIBELLES[juridiction])
    return juridiction.value.replace("_", " ").capitalize()
