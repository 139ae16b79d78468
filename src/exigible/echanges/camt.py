"""CAMT bank files (ISO 20022): 053 statements, 052 interim reports, 054 notifications, versions 02 to 13 and later.

The name space does not matter, nor its prefix: national variants have their own. Read entry by entry, as a stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.camt_details import (
    Ecriture,
    find_frais,
    find_montant,
    merge_details,
    read_bout_en_bout,
    read_contrepartie,
    read_identifiant,
    read_libelle,
    read_lot,
    read_motif_retour,
    read_reference,
)
from exigible.echanges.camt_xml import (
    COMPTE,
    CREATION,
    ECRITURE,
    PERIODE,
    RELEVE,
    SOLDE,
    Bloc,
    Feuilles,
    get_devise,
    iter_blocs,
)
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.releves_compte import Solde, Suivi, say_montant
from exigible.echanges.releves_valeurs import clean_compte, read_jour_iso, read_montant

_OUVERTURES = ("OPBD", "PRCD")
_CLOTURES = ("CLBD", "ITBD")
_COMPTABILISEE = "BOOK"
_SENS = {"CRDT": 1, "DBIT": -1}
_VRAI = ("true", "1")
_DEVISE = get_devise("Amt")
# Days that a transaction may have when its entry has none, the surest first; then those of the statement.
_JOURS_DETAIL = ("RltdDts/IntrBkSttlmDt", "RltdDts/TxDtTm", "RltdDts/AccptncDtTm")
_JOURS_RELEVE = ("ToDtTm", "ToDt", CREATION)
_DATES_MONTREES = 3


def read_camt(contenu: Contenu, collecte: Collecte) -> Iterator[MouvementLu | CompteLu]:
    """Give the movements and accounts of every statement. A file cut short gives what came before."""
    lecteur = _Lecteur(contenu.nom, collecte)
    try:
        for bloc in iter_blocs(contenu):
            if bloc.genre == ECRITURE:
                yield from lecteur.read_ecriture(bloc)
            elif bloc.genre == RELEVE:
                yield lecteur.close(complet=True)
            else:
                lecteur.read(bloc)
    except ErreurSaisie as erreur:
        ligne = erreur.parametres.get("ligne")
        collecte.add_exception(erreur, ligne=int(ligne) if ligne else None)
        if lecteur.ouvert:
            yield lecteur.close(complet=False)


class _Part(msgspec.Struct, gc=False):
    """A movement to be made of an entry: the transaction it is, and its signed amount."""

    detail: Feuilles
    montant: Decimal


class _Lecteur:
    def __init__(self, fichier: str, collecte: Collecte) -> None:
        self._fichier, self._collecte = fichier, collecte
        self._suivi = Suivi()
        self._soldes: dict[str, Solde] = {}
        self._jours: dict[str, str] = {}
        self._rang = self._releves = 0
        self.ouvert = False

    def read(self, bloc: Bloc) -> None:
        """Take an account or a balance into account."""
        self.ouvert = True
        if bloc.genre == COMPTE:
            compte = bloc.feuilles.get_premier("Id/IBAN", "Id/Othr/Id")
            self._suivi.iban = clean_compte(compte) if compte else None
            self._suivi.devise = bloc.feuilles.get("Ccy")
        elif bloc.genre in (PERIODE, CREATION):
            self._jours |= bloc.feuilles
        elif bloc.genre == SOLDE:
            try:
                self._read_solde(bloc.feuilles)
            except ErreurSaisie as erreur:
                self._refuse(bloc, erreur)

    def read_ecriture(self, bloc: Bloc) -> list[MouvementLu]:
        """Give the movements of an entry; none, and the reason, when it can't be read."""
        self.ouvert = True
        self._rang += 1
        try:
            return self._read_ecriture(bloc.feuilles, self._suivi)
        except ErreurSaisie as erreur:
            self._refuse(bloc, erreur)
            return []

    def close(self, *, complet: bool) -> CompteLu:
        """Close the statement: its account, its balances, and whether start + movements = end."""
        suivi, soldes = self._suivi, self._soldes
        self._suivi, self._soldes, self._jours, self._rang, self.ouvert = Suivi(), {}, {}, 0, False
        self._releves += 1
        suivi.debut = next((soldes[code] for code in _OUVERTURES if code in soldes), None)
        suivi.fin = next((soldes[code] for code in _CLOTURES if code in soldes), None)
        return suivi.close(self._collecte, complet=complet and _CLOTURES[0] in soldes)

    def _refuse(self, bloc: Bloc, erreur: ErreurSaisie) -> None:
        self._suivi.verifiable = False
        if bloc.genre == ECRITURE:
            message = phrase("Opération n° {rang} : {faute}", rang=self._rang, faute=lower_first(erreur.message))
        else:
            message = phrase("Solde du relevé : {faute}", faute=lower_first(erreur.message))
        self._collecte.add(erreur.code, message, champ=erreur.champ, chemin=self._name_chemin(bloc.genre))

    def _read_solde(self, feuilles: Feuilles) -> None:
        code = feuilles.get_premier("Tp/CdOrPrtry/Cd", "Tp/Cd") or ""
        # The first opening balance, and the last closing one: pages of a statement have their own.
        if (code in _OUVERTURES and code not in self._soldes) or code in _CLOTURES:
            montant, devise = _read_montant(feuilles, self._suivi.devise)
            # Some banks write no indicator beside a balance: it is then signed as written.
            signe = _sign(feuilles, montant) if "CdtDbtInd" in feuilles else montant
            self._soldes[code] = Solde(signe, devise, _read_jour(feuilles, "Dt"))

    def _name_chemin(self, nom: str) -> str:
        return f"Stmt[{self._releves + 1}]/{nom}" + (f"[{self._rang}]" if nom == ECRITURE else "")

    def _read_ecriture(self, ecriture: Feuilles, suivi: Suivi) -> list[MouvementLu]:
        montant, devise = _read_montant(ecriture, suivi.devise)
        statut = ecriture.get("Sts/Cd") or ecriture.get("Sts") or ecriture.get("Sts/Prtry") or _COMPTABILISEE
        if statut != _COMPTABILISEE:
            self._warn_attente(montant, devise, statut)
            return []
        valeur = _read_jour(ecriture, "ValDt")
        jour = _read_jour(ecriture, "BookgDt") or valeur or self._find_jour(ecriture)
        total = _sign(ecriture, montant)
        parts, entier = _split(ecriture, total, devise)
        if not entier:
            self._warn_lot(len(ecriture.details))
        suivi.add(total, devise)
        extourne = ecriture.get("RvslInd") in _VRAI
        origine = Origine(self._fichier, None, self._name_chemin(ECRITURE))
        commun = Ecriture(ecriture, jour, valeur, devise, suivi.iban, extourne, origine)
        return [_build(commun, part, rang, seul=len(parts) == 1) for rang, part in enumerate(parts)]

    def _find_jour(self, ecriture: Feuilles) -> date:
        """Find the day of an entry that has none of its own (the message allows it): said to be checked."""
        detail = next((lu for d in ecriture.details if (lu := d.get_premier(*_JOURS_DETAIL))), None)
        cloture = self._soldes.get(_CLOTURES[0])
        releve = next((self._jours[nom] for nom in _JOURS_RELEVE if nom in self._jours), None)
        if detail:
            jour: date | None = read_jour_iso(detail, "Dt")
        elif cloture and cloture.jour:
            jour = cloture.jour
        else:
            jour = read_jour_iso(releve, "Dt") if releve else None
        if jour is None:
            raise ErreurSaisie("date_absente", phrase("L'opération n'a pas de date."), "BookgDt")
        self._collecte.warn(
            "date_deduite",
            phrase(
                "Opération n° {rang} : la banque ne la date pas ; le {jour}, dit ailleurs dans le relevé, est pris : "
                "vérifiez-le.",
                rang=self._rang,
                jour=jour,
            ),
            chemin=self._name_chemin(ECRITURE),
            plafond=_DATES_MONTREES,
        )
        return jour

    def _warn_attente(self, montant: Decimal, devise: str, statut: str) -> None:
        self._collecte.warn(
            "operation_en_attente",
            phrase(
                "Opération n° {rang} : {montant} n'est pas encore comptabilisé par la banque ({statut}) : elle "
                "n'est pas reprise.",
                rang=self._rang,
                montant=say_montant(montant, devise),
                statut=statut,
            ),
            chemin=self._name_chemin(ECRITURE),
        )

    def _warn_lot(self, nombre: int) -> None:
        self._collecte.warn(
            "lot_non_detaille",
            phrase(
                "Opération n° {rang} : le détail des {nombre} opérations groupées ne donne pas leur total : elles sont "
                "reprises en un seul mouvement.",
                rang=self._rang,
                nombre=nombre,
            ),
            chemin=self._name_chemin(ECRITURE),
        )


def _build(commun: Ecriture, part: _Part, rang: int, *, seul: bool) -> MouvementLu:
    ecriture, detail = commun.feuilles, part.detail
    nom, iban = read_contrepartie(commun, detail)
    bout_en_bout = read_bout_en_bout(detail)
    return MouvementLu(
        date=commun.jour,
        date_valeur=commun.valeur,
        montant=part.montant,
        devise=commun.devise,
        libelle=read_libelle(ecriture, detail, nom),
        reference=read_reference(detail) or bout_en_bout or read_lot(ecriture),
        contrepartie=nom,
        iban=iban,
        identifiant=read_identifiant(ecriture, detail, rang),
        compte=commun.compte,
        bout_en_bout=bout_en_bout,
        mandat=detail.get("Refs/MndtId"),
        operation=ecriture.get("BkTxCd/Domn/Fmly/SubFmlyCd") or ecriture.get("BkTxCd/Prtry/Cd"),
        motif_retour=read_motif_retour(detail) or (read_motif_retour(ecriture) if seul else None),
        extourne=commun.extourne,
        frais=find_frais(detail) or (find_frais(ecriture) if seul else None),
        origine=commun.origine,
    )


def _read_montant(feuilles: Feuilles, compte: str | None) -> tuple[Decimal, str]:
    texte = feuilles.get("Amt")
    if texte is None:
        raise ErreurSaisie("montant_absent", phrase("Le montant manque."), "Amt")
    devise = feuilles.get(_DEVISE) or compte or "EUR"
    return read_montant(texte, "Amt", devise), devise


def _sign(feuilles: Feuilles, montant: Decimal) -> Decimal:
    """Sign an amount by CdtDbtInd, which already says where the money went for a reversal (RvslInd) too.

    ISO 20022 gives the indicator of the reversal itself, opposite to that of the operation that it undoes.
    """
    sens = _SENS.get(feuilles.get("CdtDbtInd", ""))
    if sens is None:
        raise ErreurSaisie("sens_inconnu", phrase("Ni crédit (CRDT) ni débit (DBIT)."), "CdtDbtInd")
    return montant if sens > 0 else -montant


def _split(ecriture: Feuilles, total: Decimal, devise: str) -> tuple[list[_Part], bool]:
    """Give the transactions of a batch with their own amounts when these add up; else the entry whole, and False."""
    details = ecriture.details
    seul = _Part(details[0] if len(details) == 1 else merge_details(details), total)
    if len(details) <= 1:
        return [seul], True
    parts: list[_Part] = []
    for detail in details:
        texte, sa_devise = find_montant(detail, devise)
        if texte is None or sa_devise != devise:
            return [seul], False
        sens = detail if "CdtDbtInd" in detail else ecriture
        parts.append(_Part(detail, _sign(sens, read_montant(texte, "TxDtls/Amt", devise))))
    return (parts, True) if sum((part.montant for part in parts), ZERO) == total else ([seul], False)


def _read_jour(feuilles: Feuilles, chemin: str) -> date | None:
    """Read the day printed, as the bank wrote it: an hour and its zone never move it."""
    texte = feuilles.get(f"{chemin}/Dt") or feuilles.get(f"{chemin}/DtTm")
    return read_jour_iso(texte, "Dt") if texte else None
