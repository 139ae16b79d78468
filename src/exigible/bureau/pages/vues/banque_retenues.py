"""An unmatched credit holds reminders: a person says of whom it is not."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.retenues import lift_retenue, restore_retenues
from exigible.bureau.pages.contexte import auteur_courant, get_du_cabinet
from exigible.bureau.pages.formulaires.banque import FormulaireLever, FormulaireMotifBanque
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Dossier
from exigible.droit.erreurs import ErreurExigible


@login_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the credit is not of a dossier, else of none of those that nothing in it designates."""
    mouvement = get_du_cabinet(request, Mouvement.objects.select_related("creancier"), pk=pk)
    form = FormulaireLever(request.POST)
    if not form.is_valid():
        messages.error(request, _("Indiquez un motif : il reste dans le journal."))
        return redirect("mouvement", pk=pk)
    cle = form.cleaned_data["dossier"]
    dossier = get_du_cabinet(request, Dossier.objects.all(), pk=cle) if cle else None
    try:
        lift_retenue(mouvement, dossier, form.cleaned_data["motif"], auteur_courant(request))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        dit = (
            _("Ce virement ne suspend plus les relances de %(nom)s.") % {"nom": dossier.debiteur_nom}
            if dossier
            else _("Ce virement ne suspend plus que les relances des clients qu’il désigne.")
        )
        messages.success(request, dit)
    return redirect("dossier", dossier.pk) if dossier else redirect("mouvement", pk=pk)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold again all those whom the credit may come from."""
    mouvement = get_du_cabinet(request, Mouvement.objects.select_related("creancier"), pk=pk)
    form = FormulaireMotifBanque(request.POST)
    if form.is_valid():
        try:
            restore_retenues(mouvement, form.cleaned_data["motif"], auteur_courant(request))
        except ErreurExigible as erreur:
            messages.error(request, translate_phrase(erreur.message))
        else:
            messages.success(request, _("Ce virement suspend de nouveau toutes les relances qu’il peut concerner."))
    else:
        messages.error(request, _("Indiquez un motif : il reste dans le journal."))
    return redirect("mouvement", pk=pk)
