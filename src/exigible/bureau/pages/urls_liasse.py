"""The addresses of the court bundle of a dossier."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.vues import liasse

urlpatterns = [
    path("dossiers/<uuid:pk>/preuves/", liasse.show_liasse, name="dossier_liasse"),
    path("dossiers/<uuid:pk>/preuves/avancement/", liasse.show_avancement, name="liasse_avancement"),
    path("dossiers/<uuid:pk>/preuves/<int:liasse>.zip", liasse.download_zip, name="liasse_zip"),
    path("dossiers/<uuid:pk>/preuves/<int:liasse>.pdf", liasse.download_pdf, name="liasse_pdf"),
]
