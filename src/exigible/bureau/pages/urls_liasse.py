"""The address of the court bundle of a dossier."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.vues import liasse

urlpatterns = [path("dossiers/<uuid:pk>/preuves/", liasse.show_liasse, name="dossier_liasse")]
