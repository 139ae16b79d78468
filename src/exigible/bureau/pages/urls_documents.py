"""Addresses of the documents of a dossier, and of the wordings of a creditor."""

from __future__ import annotations

from django.urls import path

from exigible.bureau.pages.vues import documents, textes

urlpatterns = [
    path("dossiers/<uuid:pk>/documents/", documents.list_documents, name="dossier_documents"),
    path("dossiers/<uuid:pk>/documents/<slug:nom>/", documents.show_document, name="document"),
    path("dossiers/<uuid:pk>/documents/<slug:nom>/apercu.pdf", documents.show_pdf, name="document_pdf"),
    path("dossiers/<uuid:pk>/documents/<slug:nom>/document.docx", documents.download_docx, name="document_docx"),
    path("reglages/<uuid:pk>/textes/", textes.list_textes, name="textes"),
    path("reglages/<uuid:pk>/textes/<slug:nom>/", textes.show_texte, name="texte"),
    path("reglages/<uuid:pk>/textes/<slug:nom>/apercu/", textes.preview, name="texte_apercu"),
    path("reglages/<uuid:pk>/textes/<slug:nom>/apercu.pdf", textes.preview_pdf, name="texte_pdf"),
    path("reglages/<uuid:pk>/textes/<slug:nom>/notre/", textes.remove, name="texte_notre"),
    path("reglages/<uuid:pk>/textes/<slug:nom>/<int:numero>/restaurer/", textes.restore, name="texte_restaurer"),
]
