"""A list of invoices (CSV or spreadsheet), with its debtors and what was already sent to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Literal

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.enregistrements import CreanceLue, DejaEnvoye, Tiers
from exigible.echanges.entetes import Entete
from exigible.echanges.factures_lignes import (
    find_intertitre,
    is_rappel_des_titres,
    is_total,
    names_client,
    read_montants,
    read_statut,
    split_intertitre,
)
from exigible.echanges.lignes import LigneLue, explain_refus
from exigible.echanges.tiers import build_tiers
from exigible.echanges.valeurs import convert_texte, fold_texte, shorten

_AVOIRS = ("avoir", "avoirs", "note de credit", "credit note", "credit memo", "av", "facture d avoir")
_ENVOIS: dict[str, DejaEnvoye] = {
    **dict.fromkeys(("courtoisie", "rappel courtois", "rappel de courtoisie", "pre relance", "courtesy"), "courtoisie"),
    **dict.fromkeys(("relance", "relances", "relance simple", "rappel", "reminder", "oui", "yes"), "relance"),
    **dict.fromkeys(("mise en demeure", "med", "formal notice", "lrar", "final notice"), "mise_en_demeure"),
}
_COLONNES_MONTREES = 12
Lignes = Iterable[tuple[int, Sequence[object]]]
_ORDINAUX = ("n", "re", "ere", "er", "e", "eme", "premiere", "deuxieme", "seconde", "troisieme", "derniere")
_RIEN_ENVOYE = ("", "non", "no", "aucun", "aucune", "none", "rien", "neant", "0", "jamais")
_OBLIGATOIRES = (
    ("numero", phrase("le numéro de facture (« N° facture », « Facture », « Invoice number »)")),
    ("date_emission", phrase("la date de facture (« Date », « Date facture », « Invoice date »)")),
    ("montant_ttc", phrase("le montant TTC ou le reste dû (« Montant TTC », « Total », « Reste dû », « Amount »)")),
    ("nom", phrase("le client (« Client », « Raison sociale », « Code client », « Customer »)")),
)
_SANS_ECHEANCE = phrase("le fichier ne donne pas d'échéance pour cette facture")


def find_colonnes_absentes(entete: Entete, premieres: Lignes = ()) -> Phrase | None:
    """One sentence when a column that can't be done without is missing: those expected, and those found.

    No column names the customer when rows of their own do, above the invoices: `premieres` are the first rows.
    """
    presents = set(entete.colonnes)
    lues = (LigneLue("", numero, cellules, entete.colonnes) for numero, cellules in premieres)
    if any((texte := find_intertitre(ligne)) and names_client(texte, ligne) for ligne in lues):
        presents.add("nom")
    if "reste_du" in presents:
        presents.add("montant_ttc")
    if "code" in presents:
        presents.add("nom")
    obligatoires = _OBLIGATOIRES if entete.nature == "factures" else _OBLIGATOIRES[-1:]
    absentes = tuple(description for champ, description in obligatoires if champ not in presents)
    if not absentes:
        return None
    trouvees = tuple(
        phrase("« {nom} »", nom=shorten(nom)) for nom in islice(filter(None, entete.noms), _COLONNES_MONTREES)
    )
    return phrase(
        "Il manque une colonne : {absentes}. Colonnes trouvées : {trouvees}.", absentes=absentes, trouvees=trouvees
    )


def read_factures(
    lignes: Lignes, entete: Entete, fichier: str, collecte: Collecte
) -> tuple[tuple[CreanceLue, ...], tuple[Tiers, ...]]:
    """Read each row below the header into an invoice; a row that can't be read is refused and listed."""
    lecteur = _LecteurFactures(entete, fichier, collecte)
    creances = [creance for numero, cellules in lignes if (creance := lecteur.read(numero, cellules))]
    return tuple(creances), tuple(lecteur.debiteurs.values())


class _LecteurFactures:
    """What must be remembered from row to row: debtors already met, invoice numbers already seen."""

    def __init__(self, entete: Entete, fichier: str, collecte: Collecte) -> None:
        self._entete, self._fichier, self._collecte = entete, fichier, collecte
        self.debiteurs: dict[tuple[str | None, str], Tiers] = {}
        self._vues: dict[tuple[tuple[str | None, str], str], CreanceLue] = {}
        self._courant: str | None = None

    def read(self, numero: int, cellules: Sequence[object]) -> CreanceLue | None:
        ligne = LigneLue(self._fichier, numero, cellules, self._entete.colonnes, self._entete.ecriture)
        if ligne.is_vide() or is_rappel_des_titres(ligne, self._entete.noms):
            return None
        if is_total(ligne):
            message = phrase("Ligne {ligne} : c'est une ligne de total, elle n'est pas reprise.", ligne=numero)
            self._collecte.warn("ligne_de_total", message, ligne=numero)
            return None
        if intertitre := find_intertitre(ligne):
            self._read_intertitre(intertitre, ligne)
            return None
        if self._is_sans_effet(ligne):
            return None
        try:
            creance = self._build(ligne)
        except ErreurSaisie as erreur:
            explain_refus(erreur, ligne, self._entete, self._collecte)
            return None
        return None if self._is_repetition(creance) else creance

    def _build(self, ligne: LigneLue) -> CreanceLue:
        numero = ligne.get_texte("numero")
        if not numero:
            raise ErreurSaisie("numero_absent", phrase("Le numéro de la facture manque."), "numero")
        date_emission = ligne.get_date("date_emission")
        if date_emission is None:
            raise ErreurSaisie("date_absente", phrase("La date de la facture manque."), "date_emission")
        montant, reste = read_montants(ligne, read_statut(ligne), self._collecte)
        debiteur = self._read_debiteur(ligne)
        avoir = montant < 0 or fold_texte(ligne.get_texte("type") or "") in _AVOIRS
        date_echeance = ligne.get_date("date_echeance")
        if date_echeance and date_echeance < date_emission:
            remarque = phrase("l'échéance précède la date de la facture : vérifiez-les")
            self._warn(ligne, "echeance_avant_facture", remarque)
        devise = (ligne.get_texte("devise") or "EUR").upper().replace("€", "EUR").replace("EUROS", "EUR")
        if devise != "EUR":
            remarque = phrase("la facture est en {devise} : seuls les euros sont recouvrés", devise=devise)
            self._warn(ligne, "devise_etrangere", remarque)
        deja_envoye, date_envoi = self._read_envoi(ligne)
        nature: Literal["facture", "avoir"] = "avoir" if avoir else "facture"
        return CreanceLue(
            numero=numero,
            date_emission=date_emission,
            date_echeance=date_echeance,
            motif_sans_echeance=None if date_echeance else _SANS_ECHEANCE,
            montant_ttc=montant,
            reste_du=reste,
            devise=devise,
            debiteur=debiteur,
            avoir=avoir,
            nature=nature,
            date_execution=ligne.get_date("date_execution"),
            deja_envoye=deja_envoye,
            date_envoi=date_envoi,
            libelle=ligne.get_texte("libelle") or "",
            origine=ligne.origine,
        )

    def _read_intertitre(self, intertitre: str, ligne: LigneLue) -> None:
        if names_client(intertitre, ligne):
            self._courant = intertitre
            return
        message = phrase(
            "Ligne {ligne} : « {texte} » est seul sur sa ligne, ce n'est pas une facture.",
            ligne=ligne.numero,
            texte=shorten(intertitre),
        )
        self._collecte.warn("intertitre", message, ligne=ligne.numero)

    def _is_sans_effet(self, ligne: LigneLue) -> bool:
        """Leave aside a draft or a cancelled invoice, and say so."""
        statut = read_statut(ligne)
        if statut not in ("brouillon", "annulee"):
            return False
        message = phrase(
            "Ligne {ligne} : la facture « {numero} » est marquée « {statut} » : elle n'est pas reprise.",
            ligne=ligne.numero,
            numero=ligne.get_texte("numero") or "",
            statut=ligne.get_texte("statut") or "",
        )
        self._collecte.warn("facture_non_due", message, ligne=ligne.numero)
        return True

    def _read_debiteur(self, ligne: LigneLue) -> Tiers:
        code, nom = ligne.get_texte("code"), ligne.get_texte("nom")
        if not code and not nom and self._courant:
            code, nom = split_intertitre(self._courant)
        if not code and not nom:
            raise ErreurSaisie("nom_absent", phrase("Le nom du client manque."), "nom")
        cle = (code, fold_texte(nom or ""))
        if cle not in self.debiteurs:
            tiers = build_tiers(ligne, self._collecte, code, nom)
            if tiers is None:
                raise ErreurSaisie("nom_absent", phrase("Le nom du client manque."), "nom")
            self.debiteurs[cle] = tiers
        return self.debiteurs[cle]

    def _read_envoi(self, ligne: LigneLue) -> tuple[DejaEnvoye | None, date | None]:
        """What was already sent, and when; a « dernière relance » column may hold the date itself."""
        date_envoi = ligne.get_date("date_envoi")
        brut = ligne.get("deja_envoye")
        if brut is None:
            return ("relance", date_envoi) if date_envoi else (None, None)
        if isinstance(brut, date):
            return "relance", ligne.get_date("deja_envoye")
        texte = convert_texte(brut)
        if texte[:1].isdigit() and any(signe in texte for signe in "/-."):
            return "relance", ligne.get_date("deja_envoye")
        plie = fold_texte(texte)
        if plie in _RIEN_ENVOYE:
            return None, None
        mots = " ".join(mot for mot in plie.split() if not mot[0].isdigit() and mot not in _ORDINAUX)
        envoi = _ENVOIS.get(plie) or _ENVOIS.get(mots)
        if envoi is None:
            self._warn(
                ligne,
                "envoi_inconnu",
                phrase("« {texte} » n'est pas compris : écrivez courtoisie, relance ou mise en demeure", texte=texte),
            )
        elif date_envoi is None:
            self._warn(ligne, "date_envoi_absente", phrase("un envoi est indiqué sans sa date"))
        return envoi, date_envoi

    def _is_repetition(self, creance: CreanceLue) -> bool:
        """The same invoice twice is taken once; the same number with other figures is taken, with a warning."""
        cle = ((creance.debiteur.code, fold_texte(creance.debiteur.nom)), creance.numero)
        premiere = self._vues.setdefault(cle, creance)
        if premiere is creance:
            return False
        ligne = creance.origine.ligne
        identique = (premiere.montant_ttc, premiere.reste_du, premiere.date_emission) == (
            creance.montant_ttc,
            creance.reste_du,
            creance.date_emission,
        )
        suite = (
            phrase("elle n'est reprise qu'une fois")
            if identique
            else phrase("les montants ou les dates diffèrent, vérifiez-les")
        )
        self._collecte.warn(
            "facture_en_double",
            phrase(
                "Ligne {ligne} : la facture « {numero} » de {client} figure déjà à la ligne {premiere} : {suite}.",
                ligne=ligne or 0,
                numero=creance.numero,
                client=creance.debiteur.nom,
                premiere=premiere.origine.ligne or 0,
                suite=suite,
            ),
            ligne=ligne,
        )
        return identique

    def _warn(self, ligne: LigneLue, code: str, remarque: Phrase) -> None:
        message = phrase("Ligne {ligne} : {remarque}.", ligne=ligne.numero, remarque=remarque)
        self._collecte.warn(code, message, ligne=ligne.numero)
