"""Tags and filters of every page: amounts, days, ages, icons, labels, navigation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django import template
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from exigible.bureau import phrases
from exigible.bureau.pages import libelles
from exigible.bureau.pages.contexte import aujourd_hui, cabinet_courant
from exigible.droit.argent import ESPACE_FINE, ESPACE_INSECABLE
from exigible.droit.jours import add_mois

register = template.Library()

MOIS_PAR_AN = 12
JOURS_LISIBLES = 90
"""Beyond as many days, people count in months and years."""


@register.filter
def montant(valeur: Decimal | None) -> str:
    """Write an amount in euros as the language does (`10 499,37 €`); an em dash when there is none."""
    return "—" if valeur is None else phrases.write_montant(Decimal(valeur))


@register.filter
def montant_ou_rien(valeur: Decimal | None) -> str:
    """Like `montant`, but nothing for zero: keeps wide tables readable."""
    return montant(valeur) if valeur else ""


@register.filter
def nombre(valeur: Decimal | int, decimales: int = 0) -> str:
    """Write a number as the language does."""
    return phrases.write_nombre(Decimal(valeur), decimales)


@register.filter
def taux(valeur: Decimal | None) -> str:
    """Write a yearly rate per cent as the language does."""
    return "—" if valeur is None else phrases.write_taux(Decimal(valeur))


@register.filter
def jour(valeur: date | datetime | None) -> str:
    """Write a day `21/11/2026` (Europe/Paris for instants); an em dash when there is none."""
    if valeur is None:
        return "—"
    if isinstance(valeur, datetime):
        valeur = timezone.localtime(valeur)
    return f"{valeur:%d/%m/%Y}"


@register.filter
def instant(valeur: datetime | None) -> str:
    """Write an instant `21/11/2026 à 14:05`, Europe/Paris."""
    if valeur is None:
        return "—"
    ici = timezone.localtime(valeur)
    return gettext("%(jour)s à %(heure)s") % {"jour": f"{ici:%d/%m/%Y}", "heure": f"{ici:%H:%M}"}


@register.filter
def age(valeur: date | None, au: date | None = None) -> str:
    """Days from `valeur` to `au` (today when not given): « 34 j », « dans 5 j » for the future."""
    if valeur is None:
        return ""
    jours = ((au or aujourd_hui()) - valeur).days
    if jours == 0:
        return gettext("aujourd’hui")
    if jours < 0:
        return gettext("dans %(jours)s j") % {"jours": -jours}
    return f"{jours}{ESPACE_INSECABLE}{gettext('j')}"


@register.filter
def duree(valeur: date | None, au: date | None = None) -> str:
    """Like `age`, in whole years and months beyond ninety days: « dans 4 ans et 10 mois »."""
    if valeur is None:
        return ""
    depart = au or aujourd_hui()
    if abs((valeur - depart).days) <= JOURS_LISIBLES:
        return age(valeur, depart)
    ecoule = write_annees_mois(count_mois(min(depart, valeur), max(depart, valeur)))
    return gettext("dans %(duree)s") % {"duree": ecoule} if valeur > depart else ecoule


def count_mois(du: date, au: date) -> int:
    """The whole months from `du` to `au`, which is not before it."""
    mois = (au.year - du.year) * MOIS_PAR_AN + au.month - du.month
    return mois if add_mois(du, mois) <= au else mois - 1


def write_annees_mois(mois: int) -> str:
    """Write whole months as years and months: « 4 ans et 10 mois »."""
    annees, reste = divmod(mois, MOIS_PAR_AN)
    parts = []
    if annees:
        parts.append(ngettext("%(n)s an", "%(n)s ans", annees) % {"n": annees})
    if reste:
        parts.append(ngettext("%(n)s mois", "%(n)s mois", reste) % {"n": reste})
    return gettext(" et ").join(parts)


@register.filter
def jours(valeur: int | None) -> str:
    """Write a number of days: « 1 jour », « 34 jours »."""
    return "" if valeur is None else ngettext("%(n)s jour", "%(n)s jours", valeur) % {"n": valeur}


@register.filter
def libelle(code: str) -> str:
    """The words for a code of the core (stage, step, channel, reason…)."""
    return libelles.get_libelle(str(code))


@register.filter
def phrase(texte: str) -> str:
    """A sentence of the core in the reader's language; its amounts read as those of the page."""
    return phrases.translate_phrase(texte).replace(ESPACE_FINE, ESPACE_INSECABLE)


@register.filter
def majuscule(texte: str) -> str:
    """Like `phrase`, beginning with a capital."""
    traduite = phrase(texte)
    return traduite[:1].upper() + traduite[1:]


@register.filter
def numerote(patron: str, rang: int) -> str:
    """A title that bears a rank: « Chef n° 2 »."""
    return str(patron) % rang


@register.filter
def telephone(numero: str) -> str:
    """A telephone number as a `tel:` address takes it: digits and a leading plus."""
    return "".join(c for c in numero if c.isdigit() or c == "+")


@register.filter
def iban(numero: str) -> str:
    """An IBAN by groups of four, as banks print it."""
    return ESPACE_INSECABLE.join(numero[i : i + 4] for i in range(0, len(numero), 4))


@register.filter
def mailto(message: Any, adresse: str) -> str:
    """A `mailto:` address that opens the message in the person's own mail program."""
    return f"mailto:{quote(adresse, safe='@')}?subject={quote(message.objet)}&body={quote(message.texte)}"


@register.filter
def icone_de(code: str) -> SafeString:
    """The icon that stands for a step, a channel or a kind of row."""
    return icone(libelles.ICONES.get(str(code), "note"))


@register.filter
def couleur(code: str) -> str:
    """The badge class of a stage or a state: red is kept for lateness and lost rights."""
    return libelles.COULEURS.get(str(code), "bg-secondary-lt")


@register.simple_tag
def icone(nom: str, classe: str = "", titre: str = "") -> SafeString:
    """An icon of the sheet; silent for screen readers unless it has a title."""
    adresse = f"{static('pages/vendeur/icones.svg')}#{nom}"
    patron = (
        '<svg class="icon {}" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" '
    )
    if titre:
        return format_html(patron + 'role="img" aria-label="{}"><use href="{}"></use></svg>', classe, titre, adresse)
    return format_html(patron + 'aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classe, adresse)


@register.simple_tag(takes_context=True)
def cabinet(context: dict[str, Any]) -> Any:
    """The tenant of the signed-in person, or None on public pages: `{% cabinet as cabinet %}`."""
    request: HttpRequest | None = context.get("request")
    utilisateur = getattr(request, "user", None)
    if request is None or utilisateur is None or not utilisateur.is_authenticated:
        return None
    try:
        return cabinet_courant(request)
    except Http404:  # an account without a company still sees the error page that says so
        return None


@register.simple_tag
def jour_du_bureau() -> date:
    """The day of the office: `{% jour_du_bureau as aujourdhui %}`."""
    return aujourd_hui()


@register.simple_tag(takes_context=True)
def page_courante(context: dict[str, Any], *noms: str) -> bool:
    """Whether the page shown is one of these address names, or a part of one (`courrier_poster` of `courrier`)."""
    resolution = getattr(context.get("request"), "resolver_match", None)
    ici = (resolution.url_name or "") if resolution is not None else ""
    return any(ici == nom or ici.startswith(f"{nom}_") for nom in noms)


@register.inclusion_tag("pages/composants/colonne.html", takes_context=True)
def colonne(context: dict[str, Any], champ: str, titre: str, classe: str = "") -> dict[str, Any]:
    """A table heading that sorts: `{% colonne "echu" "Échu" "montant" %}`. Needs `tri` in the context."""
    tri = context.get("tri", "")
    ordre = {champ: "ascending", f"-{champ}": "descending"}.get(tri, "none")
    return {
        "request": context["request"],
        "titre": titre,
        "classe": classe,
        "ordre": ordre,
        "suivant": f"-{champ}" if tri == champ else champ,
    }


@register.inclusion_tag("pages/composants/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """The pages of a list (50 rows each), keeping the filter of the address."""
    return {
        "request": context["request"],
        "page": page,
        "numeros": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@register.inclusion_tag("pages/composants/champ.html")
def champ(bound: Any, classe: str = "") -> dict[str, Any]:
    """A field of a form with its label, help and errors, tied for screen readers: `{% champ form.nom %}`."""
    return {"champ": bound, "classe": classe, "sorte": bound.field.widget.__class__.__name__}
