"""The facts about direct debits, in words for the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.templatetags.exigible import iban, jour, montant
from exigible.bureau.pages.vues.fil_obliges import Description, describe_texte
from exigible.dossier import faits as f


def _mandat(fait: f.MandatSigne, _numeros: Mapping[str, str]) -> Description:
    return _("Mandat de prélèvement signé : %s") % fait.rum, (
        fait.schema.value.upper(),
        iban(fait.iban),
        fait.titulaire,
        _("Préavis : %s jours") % fait.preavis_jours,
    )


def _ordonne(fait: f.PrelevementOrdonne, _numeros: Mapping[str, str]) -> Description:
    titre = _("Prélèvement de %(montant)s demandé à la banque") % {"montant": montant(fait.montant)}
    return titre, (
        _("Échéance du %(echeance)s, pour le %(jour)s") % {"echeance": jour(fait.echeance), "jour": jour(fait.jour)},
        fait.reference,
    )


def _rendu(fait: f.TropPercuRembourse, _numeros: Mapping[str, str]) -> Description:
    return _("Trop-perçu rendu : %s") % montant(fait.montant), (iban(fait.iban), fait.beneficiaire, fait.motif)


def _virement(fait: f.VirementOrdonne, _numeros: Mapping[str, str]) -> Description:
    return _("Virement du trop-perçu demandé à la banque"), (_("Pour le %s") % jour(fait.jour), fait.reference)


DESCRIPTIONS_MANDATS: dict[type[f.Fait], Callable[[Any, Mapping[str, str]], Description]] = {
    f.MandatSigne: _mandat,
    f.MandatRevoque: describe_texte(gettext_lazy("Mandat de prélèvement révoqué"), "motif"),
    f.PrelevementsAnnonces: describe_texte(gettext_lazy("Prélèvements annoncés au débiteur")),
    f.PrelevementOrdonne: _ordonne,
    f.PrelevementRejete: describe_texte(gettext_lazy("Prélèvement rejeté"), "code", "motif"),
    f.TropPercuRembourse: _rendu,
    f.VirementOrdonne: _virement,
}
ICONES_MANDATS = {
    "mandat_signe": ("signature", "accords"),
    "mandat_revoque": ("x", "accords"),
    "prelevements_annonces": ("mail", "accords"),
    "prelevement_ordonne": ("building-bank", "argent"),
    "prelevement_rejete": ("circle-x", "argent"),
    "trop_percu_rembourse": ("arrow-back-up", "argent"),
    "virement_ordonne": ("building-bank", "argent"),
}
