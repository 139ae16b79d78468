"""What the bank says of the orders given to it: ISO 20022 pain.002, from 001.02 to 001.14.

A report speaks of the file (`GrpSts`), of its batches (`PmtInfSts`, absent from 001.02) and of its orders (`TxSts`):
each gives a record. It moves no money: only a statement of the account does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from lxml import etree

from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteRenduLu, Origine
from exigible.echanges.facture_electronique import (
    TAILLE_XML_MAX,
    LecteurValeurs,
    get_seul,
    list_textes,
    write_resume,
)
from exigible.echanges.valeurs import clean_texte
from exigible.echanges.xml_sur import find, find_all, get_ligne, get_texte, parse_xml

REFUSE = "RJCT"
_GROUPE, _LOT, _ORDRE = "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts"
_VIREMENTS = "pain.001"
_CODES = ("Rsn/Cd", "Rsn/Prtry", "StsRsn/Cd", "StsRsn/Prtry")
_MONTANTS = ("OrgnlTxRef/Amt/InstdAmt", "OrgnlTxRef/Amt/EqvtAmt/Amt", "OrgnlTxRef/IntrBkSttlmAmt")
_MANDATS = ("OrgnlTxRef/MndtRltdInf/MndtId", "OrgnlTxRef/MndtRltdInf/DrctDbtMndt/MndtId")
_JOURS = ("OrgnlTxRef/ReqdColltnDt", "OrgnlTxRef/ReqdExctnDt/Dt", "OrgnlTxRef/ReqdExctnDt")
_LONGUEUR_JOUR = 10


def read_pain002(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read every status of a report, in its order. Raises ErreurSaisie on a damaged XML."""
    racine = parse_xml(contenu.read(TAILLE_XML_MAX), contenu.nom)
    lecteur = _Lecteur(racine, contenu.nom, collecte)
    rendus = tuple(lecteur.read_rendus())
    if not rendus:
        collecte.add("statut_absent", phrase("Le compte rendu ne dit ce que devient aucun ordre."))
    return Lecture(format="pain002", comptes_rendus=rendus, resume=lecteur.read_resume(rendus))


class _Lecteur:
    """Reads one report: what is said once for all its orders, then each of them."""

    def __init__(self, racine: etree._Element, nom: str, collecte: Collecte) -> None:
        # The message stands in its envelope, or alone.
        self._corps = next((e for e in racine if find(e, "GrpHdr") is not None), racine)
        self._nom = nom
        self._valeurs = LecteurValeurs(collecte)
        self._collecte = collecte
        groupe = find(self._corps, _GROUPE)
        self._commun: dict[str, Any] = {
            "message": get_texte(groupe, "OrgnlMsgId"),
            "ordres": get_texte(groupe, "OrgnlMsgNmId"),
            "date": self._read_jour(self._corps, ("GrpHdr/CreDtTm", "GrpHdr/CreDt")),
        }

    def read_rendus(self) -> Iterator[CompteRenduLu]:
        """Give the status of the file, of each batch, of each order."""
        groupe = find(self._corps, _GROUPE)
        if groupe is not None:
            yield from self._read_ensemble(groupe, "fichier", "GrpSts")
        for ordre in find_all(self._corps, _ORDRE):
            yield from self._read_ordre(ordre, get_texte(ordre, "OrgnlPmtInfId"))
        for lot in find_all(self._corps, _LOT):
            yield from self._read_ensemble(lot, "lot", "PmtInfSts")
            for ordre in find_all(lot, _ORDRE):
                yield from self._read_ordre(ordre, get_texte(lot, "OrgnlPmtInfId"))

    def read_resume(self, rendus: tuple[CompteRenduLu, ...]) -> dict[str, str]:
        """Say what the whole is about."""
        ordres = [r for r in rendus if r.niveau == "ordre"]
        return write_resume(
            {
                "message": get_texte(self._corps, "GrpHdr/MsgId"),
                "fichier": self._commun["message"],
                "ordres": self._commun["ordres"],
                "refuses": str(sum(r.refuse for r in ordres)) if ordres else None,
            }
        )

    def _read_ensemble(
        self, element: etree._Element, niveau: Literal["fichier", "lot"], champ: str
    ) -> Iterator[CompteRenduLu]:
        statut = get_texte(element, champ)
        if not statut:
            return
        nombre = get_texte(element, "OrgnlNbOfTxs") or ""
        yield CompteRenduLu(
            **self._commun,
            niveau=niveau,
            statut=statut.upper(),
            refuse=statut.upper() == REFUSE,
            motifs=_read_motifs(element),
            lot=get_texte(element, "OrgnlPmtInfId"),
            total=self._valeurs.read_montant_secondaire(get_texte(element, "OrgnlCtrlSum"), "OrgnlCtrlSum"),
            nombre=int(nombre) if nombre.isascii() and nombre.isdigit() and len(nombre) < len("1" * 16) else None,
            origine=Origine(self._nom, ligne=get_ligne(element), chemin=champ),
        )

    def _read_ordre(self, ordre: etree._Element, lot: str | None) -> Iterator[CompteRenduLu]:
        statut = get_texte(ordre, "TxSts")
        reference = get_texte(ordre, "OrgnlEndToEndId")
        if not statut:
            message = phrase("Un ordre du compte rendu n'a pas de statut : il est laissé de côté.")
            self._collecte.warn("statut_absent", message, ligne=get_ligne(ordre), champ="TxSts")
            return
        montant = next((e for chemin in _MONTANTS if (e := find(ordre, chemin)) is not None), None)
        role = "Cdtr" if (self._commun["ordres"] or "").startswith(_VIREMENTS) else "Dbtr"
        yield CompteRenduLu(
            **self._commun,
            niveau="ordre",
            statut=statut.upper(),
            refuse=statut.upper() == REFUSE,
            motifs=_read_motifs(ordre),
            lot=lot,
            bout_en_bout=reference,
            montant=self._valeurs.read_montant_secondaire(montant.text if montant is not None else None, "Amt"),
            devise=(montant.get("Ccy") if montant is not None else None) or "EUR",
            date_demandee=self._read_jour(ordre, _JOURS),
            mandat=get_seul(ordre, *_MANDATS),
            nom=get_seul(ordre, f"OrgnlTxRef/{role}/Nm", f"OrgnlTxRef/{role}/Pty/Nm"),
            iban=get_texte(ordre, f"OrgnlTxRef/{role}Acct/Id/IBAN"),
            origine=Origine(self._nom, ligne=get_ligne(ordre), chemin="TxInfAndSts"),
        )

    def _read_jour(self, element: etree._Element, chemins: tuple[str, ...]) -> date | None:
        """Read the civil day as written: an hour or a zone never moves it."""
        texte = get_seul(element, *chemins)
        return self._valeurs.read_date_secondaire(texte[:_LONGUEUR_JOUR] if texte else None, chemins[0])


def _read_motifs(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """The reasons: each code with what the bank adds to it."""
    motifs = []
    for raison in find_all(element, "StsRsnInf"):
        code = get_seul(raison, *_CODES) or ""
        ajouts = (*list_textes(raison, "AddtlInf"), *list_textes(raison, "AddtlStsRsnInf"))
        texte = clean_texte(" ".join(ajouts))
        if code or texte:
            motifs.append((code, texte))
    return tuple(dict.fromkeys(motifs))
