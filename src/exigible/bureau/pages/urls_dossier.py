"""Addresses of a dossier, of what is recorded in it by hand, of its letters, and of imports."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.vues import (
    courrier,
    creancier,
    decompte,
    dossier,
    importer,
    pieces,
    plan,
    procedures,
    que_faire,
    relance,
    saisies,
)

urlpatterns = [
    path("creanciers/nouveau/", creancier.create, name="creancier_nouveau"),
    path("dossiers/nouveau/", creancier.create_debiteur, name="dossier_nouveau"),
    path("dossiers/<uuid:pk>/", dossier.show_dossier, name="dossier"),
    path("dossiers/<uuid:pk>/pieces/", pieces.list_pieces, name="dossier_pieces"),
    path("dossiers/<uuid:pk>/pieces.<str:extension>", pieces.export_pieces, name="dossier_pieces_export"),
    path("dossiers/<uuid:pk>/contacts/", dossier.show_contacts, name="dossier_contacts"),
    path("dossiers/<uuid:pk>/plan/", plan.show_plan, name="dossier_plan"),
    path("dossiers/<uuid:pk>/procedures/", procedures.show_procedures, name="dossier_procedures"),
    path("dossiers/<uuid:pk>/procedures/ouvrir/", procedures.open_procedure, name="dossier_procedure_ouvrir"),
    path("dossiers/<uuid:pk>/procedures/<str:cle>/etape/", procedures.add_etape, name="dossier_procedure_etape"),
    path("dossiers/<uuid:pk>/que-faire/", que_faire.show_que_faire, name="dossier_que_faire"),
    path("dossiers/<uuid:pk>/voies/", que_faire.show_voies, name="dossier_voies"),
    path("dossiers/<uuid:pk>/decompte/", decompte.show_decompte, name="decompte"),
    path("dossiers/<uuid:pk>/decompte.pdf", decompte.download_pdf, name="decompte_pdf"),
    path("dossiers/<uuid:pk>/decompte.xlsx", decompte.download_xlsx, name="decompte_xlsx"),
    path("dossiers/<uuid:pk>/saisir/<slug:sorte>/", saisies.record, name="saisir"),
    path("dossiers/<uuid:pk>/corriger/<int:rang>/", saisies.correct, name="corriger"),
    path("dossiers/<uuid:pk>/annuler/<int:rang>/", saisies.cancel, name="annuler"),
    path("dossiers/<uuid:pk>/relance/<slug:etape>/", relance.show_relance, name="relance"),
    path("dossiers/<uuid:pk>/courrier/", courrier.show_apercu, name="courrier_apercu"),
    path("dossiers/<uuid:pk>/courrier/apercu.pdf", courrier.show_pdf, name="courrier_pdf"),
    path("courriers/<int:pk>/", courrier.show_courrier, name="courrier"),
    path("courriers/<int:pk>/poster/", courrier.post, name="courrier_poster"),
    path("courriers/<int:pk>/sort/", courrier.record_issue, name="courrier_sort"),
    path("courriers/<int:pk>/annuler/", courrier.cancel, name="courrier_annuler"),
    path("importer/", importer.show_importer, name="importer"),
    path("importer/export.<slug:extension>", importer.export_importations, name="importer_export"),
    path("importer/<uuid:pk>/", importer.show_apercu, name="import_apercu"),
    path("importer/<uuid:pk>/lignes.<str:extension>", importer.export_apercu, name="import_export"),
    path("importer/<uuid:pk>/appliquer/", importer.apply, name="import_appliquer"),
    path("importer/<uuid:pk>/abandonner/", importer.abandon, name="import_abandonner"),
    path("importer/<uuid:pk>/colonnes/", importer.choose_colonnes, name="import_colonnes"),
    path("importer/<uuid:pk>/annuler/", importer.undo, name="import_annuler"),
    path("pieces/<str:sha256>/", pieces.show_piece, name="piece"),
]
