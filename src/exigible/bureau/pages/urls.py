"""Addresses of the office. Those of a dossier and of imports are in `urls_dossier.py`."""

from __future__ import annotations

from django.urls import include, path

from exigible.bureau.pages.vues import (
    acces,
    actions,
    agenda,
    aujourdhui,
    banque,
    baremes,
    completer,
    portefeuille,
    reglages,
)

urlpatterns = [
    path("connexion/", acces.Connexion.as_view(), name="connexion"),
    path("deconnexion/", acces.Deconnexion.as_view(), name="deconnexion"),
    path("entreprise/", acces.switch_cabinet, name="cabinet_choisir"),
    path("premiere-visite/", acces.show_premiere_visite, name="premiere_visite"),
    path("", aujourdhui.show_aujourdhui, name="aujourdhui"),
    path("aujourdhui.<str:extension>", aujourdhui.export_aujourdhui, name="aujourdhui_export"),
    path("travail-du-jour/", aujourdhui.run_travail, name="travail_du_jour"),
    path("actions/<int:pk>/", actions.show_action, name="action"),
    path("actions/<int:pk>/executer/", actions.execute_action, name="action_executer"),
    path("actions/<int:pk>/reporter/", actions.postpone_action, name="action_reporter"),
    path("actions/<int:pk>/ignorer/", actions.ignore_action, name="action_ignorer"),
    path("clients/", portefeuille.show_portefeuille, name="portefeuille"),
    path("clients.<str:extension>", portefeuille.export_portefeuille, name="portefeuille_export"),
    path("agenda/", agenda.show_agenda, name="agenda"),
    path("agenda.<str:extension>", agenda.export_agenda, name="agenda_export"),
    path("banque/", banque.show_banque, name="banque"),
    path("banque.<str:extension>", banque.export_banque, name="banque_export"),
    path("banque/<int:pk>/", banque.show_mouvement, name="mouvement"),
    path("banque/<int:pk>/apercu/", banque.preview, name="mouvement_apercu"),
    path("banque/<int:pk>/affecter/", banque.allocate, name="mouvement_affecter"),
    path("banque/<int:pk>/ecarter/", banque.discard, name="mouvement_ecarter"),
    path("banque/<int:pk>/rouvrir/", banque.release, name="mouvement_rouvrir"),
    path("a-completer/", completer.show_completer, name="completer"),
    path("a-completer.<str:extension>", completer.export_completer, name="completer_export"),
    path("reglages/", reglages.show_reglages, name="reglages"),
    path("reglages/<uuid:pk>/", reglages.show_creancier, name="reglages_creancier"),
    path("reglages/<uuid:pk>/logo/", reglages.set_logo, name="reglages_logo"),
    path("reglages/<uuid:pk>/logo/retirer/", reglages.remove_logo, name="reglages_logo_retirer"),
    path("reglages/<uuid:pk>/comptes/", reglages.add_compte, name="reglages_compte"),
    path("reglages/<uuid:pk>/comptes/retirer/", reglages.remove_compte, name="reglages_compte_retirer"),
    path("reglages/<uuid:pk>/conditions/", reglages.set_conditions, name="reglages_conditions"),
    path("reglages/<uuid:pk>/reclamation/", reglages.set_reclamation, name="reglages_reclamation"),
    path("baremes/", baremes.open_baremes, name="baremes_accueil"),
    path("reglages/<uuid:pk>/baremes/", baremes.show_baremes, name="baremes"),
    path("reglages/<uuid:pk>/baremes/retirer/<int:rang>/", baremes.remove_valeur, name="bareme_retirer"),
    path("reglages/<uuid:pk>/baremes/<slug:nom>/", baremes.show_bareme, name="bareme"),
    path("", include("exigible.bureau.pages.urls_dossier")),
    path("", include("exigible.bureau.pages.urls_calculs")),
]
