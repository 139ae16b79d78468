"""Addresses of batches of letters."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.vues import lots

urlpatterns = [
    path("lots/", lots.show_lots, name="lots"),
    path("lots/nouveau/", lots.new_lot, name="lot_nouveau"),
    path("lots/<uuid:pk>/", lots.show_lot, name="lot"),
    path("lots/<uuid:pk>/avancement/", lots.show_avancement, name="lot_avancement"),
    path("lots/<uuid:pk>/approuver/", lots.approve, name="lot_approuver"),
    path("lots/<uuid:pk>/reprendre/", lots.resume, name="lot_reprendre"),
    path("lots/<uuid:pk>/<str:nom>", lots.download, name="lot_fichier"),
]
