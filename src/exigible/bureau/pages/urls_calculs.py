"""Addresses of the public calculators."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.calculs import vues

urlpatterns = [
    path("calculs/", vues.show_calculs, name="calculs"),
    path("calculs/<slug:nom>/", vues.show_calcul, name="calcul"),
]
