"""Addresses: all of them are pages."""

from django.urls import include, path

urlpatterns = [
    path("langue/", include("django.conf.urls.i18n")),
    path("", include("exigible.bureau.pages.urls")),
]
