"""What all electronic invoices have in common, whatever their syntax: one invoice in, one claim out, doubts said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from lxml import etree

from exigible.droit.argent import ZERO, parse_montant, round_cent
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.enregistrements import CreanceLue, EcheanceLue, Origine, Tiers
from exigible.echanges.identifiants import list_doutes
from exigible.echanges.qualites import add_propositions
from exigible.echanges.valeurs import parse_date, strip_texte
from exigible.echanges.xml_sur import find_all, get_texte

TAILLE_XML_MAX = 20_000_000
# UNTDID 1001: the codes that mean a credit note, self-billed, factored or corrected ones included (those of the French
# reform, 261, 262, 381, 396, 502 and 503, are listed in XP Z12-012).
_TYPES_AVOIR = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})
_RECTIFICATIVES = frozenset({"384", "471", "472", "473"})
_ACOMPTES = frozenset({"386", "500"})
_AFFACTUREES = frozenset({"393", "472", "473", "501"})
_PRO_FORMA = "325"
_DECIMAL_XML = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_JOUR_XML = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
_ECART_TOLERE = Decimal("0.01")
_LONGUEUR_MAX = 40
_LIMITE = Decimal("1e13")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureXml:
    """An invoice as its document says it, before anything is judged. `credit`: the document itself is a credit note."""

    numero: str | None
    type_code: str | None
    emission: date | None
    total: Decimal | None
    du: Decimal | None
    acompte: Decimal | None = None
    arrondi: Decimal | None = None
    devise: str
    acheteur: Tiers | None
    echeances: tuple[EcheanceLue, ...] = ()
    execution: date | None = None
    libelle: str = ""
    anterieures: tuple[str, ...] = ()
    credit: bool = False
    chemin: str
    champs: tuple[str, str, str]
    """The names, in the document, of the date, of the total and of the buyer: where to look when one is missing."""


class LecteurValeurs:
    """Reads the values of one document; what is doubtful is warned about, with its path."""

    def __init__(self, collecte: Collecte) -> None:
        self._collecte = collecte

    def read_montant(self, texte: str | None, champ: str) -> Decimal | None:
        """Read an amount of XML Schema; more than two decimals are rounded, and said. Raises ErreurSaisie."""
        if texte is None:
            return None
        if len(texte) > _LONGUEUR_MAX or not _DECIMAL_XML.fullmatch(texte):
            return parse_montant(texte, champ)
        exact = Decimal(texte)
        if abs(exact) >= _LIMITE:
            return parse_montant(texte, champ)
        arrondi = round_cent(exact)
        if arrondi != exact:
            message = phrase("Le montant « {brut} » a plus de deux décimales : il est arrondi au centime.", brut=texte)
            self._collecte.warn("montant_arrondi", message, champ=champ)
        return parse_montant(f"{arrondi:f}", champ)

    def read_date(self, texte: str | None, champ: str) -> date | None:
        """Read a day that the invoice cannot do without. Raises ErreurSaisie."""
        if not texte:
            return None
        zone = _JOUR_XML.fullmatch(texte)
        return parse_date(zone[1] if zone else texte, champ)

    def read_date_secondaire(self, texte: str | None, champ: str) -> date | None:
        """Read a day that may be missing: an impossible one is left out, and said."""
        try:
            return self.read_date(texte, champ)
        except ErreurSaisie as erreur:
            self._collecte.warn(erreur.code, erreur.message, champ=champ)
            return None

    def read_montant_secondaire(self, texte: str | None, champ: str) -> Decimal | None:
        """Read an amount that may be missing: one that cannot be read is left out, and said."""
        try:
            return self.read_montant(texte, champ)
        except ErreurSaisie as erreur:
            self._collecte.warn(erreur.code, erreur.message, champ=champ)
            return None


def build_creance(facture: FactureXml, nom: str, collecte: Collecte) -> CreanceLue:
    """Make the claim of an invoice. Raises ErreurSaisie when it has no number, date, total or buyer."""
    champ_date, champ_total, champ_acheteur = facture.champs
    if not facture.numero:
        raise ErreurSaisie("numero_absent", phrase("La facture électronique n'a pas de numéro."), facture.chemin)
    numero = facture.numero
    if facture.type_code == _PRO_FORMA:
        message = phrase(
            "« {numero} » est une facture pro forma : rien n'est dû, elle n'est pas reprise.", numero=numero
        )
        raise ErreurSaisie("facture_pro_forma", message, facture.chemin)
    if facture.emission is None:
        message = phrase("La facture « {numero} » n'a pas de date.", numero=numero)
        raise ErreurSaisie("date_absente", message, champ_date)
    if facture.acheteur is None:
        message = phrase("La facture « {numero} » ne nomme pas l'acheteur.", numero=numero)
        raise ErreurSaisie("nom_absent", message, champ_acheteur)
    total = facture.total if facture.total is not None else facture.du
    if total is None:
        message = phrase("La facture « {numero} » n'a pas de montant total.", numero=numero)
        raise ErreurSaisie("montant_absent", message, champ_total)
    reste = facture.du if facture.du is not None else total - (facture.acompte or ZERO)
    avoir = facture.credit or facture.type_code in _TYPES_AVOIR or total < 0
    nature: Literal["facture", "avoir"] = "avoir" if avoir else "facture"
    _warn_type(facture, numero, collecte)
    _warn_montants(facture, total, reste, numero, collecte)
    _warn_devise(facture.devise, numero, collecte)
    _warn_acheteur(facture.acheteur, numero, collecte)
    echeance = _choose_echeance(facture.echeances, numero, collecte)
    return CreanceLue(
        numero=numero,
        date_emission=facture.emission,
        date_echeance=echeance,
        motif_sans_echeance=None if echeance else phrase("la facture électronique ne porte pas d'échéance"),
        montant_ttc=total,
        reste_du=reste,
        devise=facture.devise,
        debiteur=add_propositions(facture.acheteur),
        avoir=avoir,
        nature=nature,
        date_execution=facture.execution,
        libelle=facture.libelle,
        echeances=facture.echeances if len(facture.echeances) > 1 else (),
        factures_anterieures=facture.anterieures,
        type_piece=facture.type_code,
        origine=Origine(nom, chemin=facture.chemin),
    )


def _warn_type(facture: FactureXml, numero: str, collecte: Collecte) -> None:
    code = facture.type_code
    if code in _RECTIFICATIVES:
        if facture.anterieures:
            citees = tuple(phrase("« {facture} »", facture=citee) for citee in facture.anterieures)
            message = phrase(
                "La facture « {numero} » rectifie {anterieures} : vérifiez qu'elle la remplace.",
                numero=numero,
                anterieures=citees,
            )
        else:
            message = phrase(
                "La facture « {numero} » en rectifie une autre : vérifiez qu'elle la remplace.", numero=numero
            )
        collecte.warn("facture_rectificative", message)
    if code in _ACOMPTES:
        message = phrase(
            "La facture « {numero} » est une facture d'acompte : vérifiez que la facture de solde la déduit.",
            numero=numero,
        )
        collecte.warn("facture_d_acompte", message)
    if code in _AFFACTUREES:
        message = phrase(
            "La facture « {numero} » est affacturée : la créance est sans doute celle de l'affactureur, ne la réclamez "
            "pas sans son accord.",
            numero=numero,
        )
        collecte.warn("facture_affacturee", message)


def _warn_montants(facture: FactureXml, total: Decimal, reste: Decimal, numero: str, collecte: Collecte) -> None:
    """Say when what remains due is not the total less what was prepaid: what remains due is believed."""
    if facture.acompte is None or facture.du is None or facture.total is None:
        return
    attendu = total - facture.acompte + (facture.arrondi or ZERO)
    if abs(attendu - reste) > _ECART_TOLERE:
        collecte.warn(
            "net_a_payer_incoherent",
            phrase(
                "La facture « {numero} » annonce {reste} à payer, mais son total et son acompte donnent {attendu} : le "
                "net à payer est retenu.",
                numero=numero,
                reste=reste,
                attendu=attendu,
            ),
        )


def _warn_devise(devise: str, numero: str, collecte: Collecte) -> None:
    if devise != "EUR":
        message = phrase(
            "La facture « {numero} » est en {devise} : seuls les euros sont recouvrés.", numero=numero, devise=devise
        )
        collecte.warn("devise_etrangere", message)


def _warn_acheteur(acheteur: Tiers, numero: str, collecte: Collecte) -> None:
    if not acheteur.nom:
        message = phrase("La facture « {numero} » ne donne pas le nom de l'acheteur.", numero=numero)
        collecte.warn("nom_absent", message, champ="nom")
    for code, champ, remarque in list_doutes(acheteur.siren, acheteur.siret, acheteur.tva, acheteur.iban):
        message = phrase("Facture « {numero} », acheteur : {remarque}.", numero=numero, remarque=remarque)
        collecte.warn(code, message, champ=champ)


def _choose_echeance(echeances: Sequence[EcheanceLue], numero: str, collecte: Collecte) -> date | None:
    """The due date; of several, the last, since nothing may be chased before: the schedule is kept and said."""
    if not echeances:
        return None
    jours = tuple(dict.fromkeys(echeance.date for echeance in echeances))
    if len(jours) > 1:
        collecte.warn(
            "plusieurs_echeances",
            phrase(
                "La facture « {numero} » a plusieurs échéances ({dates}) : la dernière est retenue pour le tout.",
                numero=numero,
                dates=tuple(_say_echeance(echeance) for echeance in echeances),
            ),
        )
    return jours[-1]


def _say_echeance(echeance: EcheanceLue) -> str | Phrase:
    if echeance.montant is None:
        return format_jour(echeance.date)
    return phrase("{montant} le {jour}", montant=echeance.montant, jour=echeance.date)


def sort_echeances(echeances: Sequence[EcheanceLue]) -> tuple[EcheanceLue, ...]:
    """Order the due dates, each once (with its amount when one of its mentions has it)."""
    par_jour: dict[date, EcheanceLue] = {}
    for echeance in echeances:
        connue = par_jour.get(echeance.date)
        if connue is None or connue.montant is None:
            par_jour[echeance.date] = echeance
    return tuple(par_jour[jour] for jour in sorted(par_jour))


def list_textes(element: etree._Element | None, chemin: str) -> list[str]:
    """Give the texts, not empty, at a path of local names."""
    if element is None:
        return []
    return [texte for trouve in find_all(element, chemin) if (texte := strip_texte(trouve.text or ""))]


def get_montant_en(element: etree._Element | None, chemin: str, devise: str) -> str | None:
    """Give the text of an amount in a currency, of several; else the first whose currency is not said, else the first.

    An invoice may print its totals a second time, in the currency of its VAT.
    """
    if element is None:
        return None
    trouves = [trouve for trouve in find_all(element, chemin) if (trouve.text or "").strip()]
    ordre: tuple[Callable[[etree._Element], bool], ...] = (
        lambda trouve: trouve.get("currencyID") == devise,
        lambda trouve: trouve.get("currencyID") is None,
        lambda _: True,
    )
    for convient in ordre:
        for trouve in trouves:
            if convient(trouve):
                return strip_texte(trouve.text or "")
    return None


def write_resume(valeurs: dict[str, str | None]) -> dict[str, str]:
    """Keep what is said."""
    return {cle: valeur for cle, valeur in valeurs.items() if valeur}


def get_seul(element: etree._Element | None, *chemins: str) -> str | None:
    """Give the text at the first of these paths that has one."""
    return next((texte for chemin in chemins if (texte := get_texte(element, chemin))), None)
