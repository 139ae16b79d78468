"""A choice shown whole, by our own template."""

from __future__ import annotations

from django import forms


class RadiosInput(forms.RadioSelect):
    """Radio buttons laid out as the design wants."""

    template_name = "pages/composants/radios.html"
