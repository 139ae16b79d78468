"""CAMT.053 bank statements (ISO 20022), versions 02 to 13, read entry by entry as a stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from exigible.droit.argent import ZERO, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Valeur, phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.valeurs import clean_texte, compact_identifiant, parse_date
from exigible.echanges.xml_sur import Feuilles, find, find_all, flatten, get_ligne, get_premier, iter_xml, local_name

_OUVERTURES = ("OPBD", "PRCD")
_CLOTURE = "CLBD"
_COMPTABILISEE = "BOOK"
_SENS = {"CRDT": 1, "DBIT": -1}
_NON_FOURNI = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE"})


@dataclass(slots=True)
class _Releve:
    """What is known of the statement being read; `somme` is that of its booked entries."""

    iban: str | None = None
    devise: str | None = None
    soldes: dict[str, tuple[Decimal, str, date | None]] = field(default_factory=dict)
    somme: Decimal = ZERO
    verifiable: bool = True


def read_camt053(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read every statement of the file; memory follows the movements kept. A file cut short gives what came before."""
    lecteur = _LecteurCamt(contenu.nom, collecte)
    with contenu.open() as flux:
        try:
            for element in iter_xml(flux, contenu.nom, ("Acct", "Bal", "Ntry", "Stmt")):
                lecteur.read(element)
        except ErreurSaisie as erreur:
            ligne = erreur.parametres.get("ligne")
            collecte.add_exception(erreur, ligne=int(ligne) if ligne else None)
            lecteur.close_releve(complet=False)
    if not lecteur.comptes and not collecte.list_erreurs():
        collecte.add("releve_vide", phrase("Ce fichier CAMT.053 ne contient aucun relevé."))
    resume = {"releves": str(len(lecteur.comptes)), "mouvements": str(len(lecteur.mouvements))}
    return Lecture(
        format="camt053", mouvements=tuple(lecteur.mouvements), comptes=tuple(lecteur.comptes), resume=resume
    )


class _LecteurCamt:
    def __init__(self, fichier: str, collecte: Collecte) -> None:
        self._fichier, self._collecte = fichier, collecte
        self._releve: _Releve | None = None
        self._rang = 0
        self.mouvements: list[MouvementLu] = []
        self.comptes: list[CompteLu] = []

    def read(self, element: etree._Element) -> None:
        """Take one closed element into account."""
        parent = element.getparent()
        nom = local_name(element)
        if nom == "Stmt":
            self.close_releve()
        elif parent is None or local_name(parent) != "Stmt":
            return
        else:
            self._releve = self._releve or _Releve()
            try:
                self._read_partie(nom, element, self._releve)
            except ErreurSaisie as erreur:
                self._releve.verifiable = False
                ligne = get_ligne(element)
                self._collecte.add(
                    erreur.code,
                    phrase("Ligne {ligne} : {faute}", ligne=ligne or 0, faute=lower_first(erreur.message)),
                    ligne=ligne,
                    champ=erreur.champ,
                    chemin=self._name_chemin(nom),
                )

    def _read_partie(self, nom: str, element: etree._Element, releve: _Releve) -> None:
        if nom == "Ntry":
            self._rang += 1
            self._read_ecriture(element, releve)
            return
        feuilles = flatten(element)
        if nom == "Acct":
            releve.iban = _compact(get_premier(feuilles, "Id/IBAN", "Id/Othr/Id"))
            releve.devise = get_premier(feuilles, "Ccy")
        else:
            code = get_premier(feuilles, "Tp/CdOrPrtry/Cd")
            if code in (*_OUVERTURES, _CLOTURE) and code not in releve.soldes:
                montant, devise = _read_montant(element)
                releve.soldes[code] = (_sign(feuilles, montant), devise, _read_jour(feuilles, ""))

    def _name_chemin(self, nom: str) -> str:
        return f"Stmt[{len(self.comptes) + 1}]/{nom}" + (f"[{self._rang}]" if nom == "Ntry" else "")

    def _read_ecriture(self, element: etree._Element, releve: _Releve) -> None:
        details = [flatten(detail) for detail in find_all(element, "NtryDtls/TxDtls")]
        ecriture = flatten(element, sauf="NtryDtls")
        statut = get_premier(ecriture, "Sts/Cd", "Sts") or _COMPTABILISEE
        montant, devise = _read_montant(element)
        ligne = get_ligne(element)
        if statut != _COMPTABILISEE:
            self._collecte.warn(
                "operation_en_attente",
                phrase(
                    "Ligne {ligne} : une opération de {montant} n'est pas encore comptabilisée par la banque "
                    "({statut}) : elle n'est pas reprise.",
                    ligne=ligne or 0,
                    montant=_say_montant(montant, devise),
                    statut=statut,
                ),
                ligne=ligne,
            )
            return
        if devise != "EUR":
            self._collecte.warn(
                "devise_etrangere",
                phrase(
                    "Ligne {ligne} : l'opération est en {devise}, elle ne sera pas rapprochée.",
                    ligne=ligne or 0,
                    devise=devise,
                ),
                ligne=ligne,
            )
        jour = _read_jour(ecriture, "BookgDt/") or _read_jour(ecriture, "ValDt/")
        if jour is None:
            raise ErreurSaisie("date_absente", phrase("L'opération n'a pas de date."), "BookgDt")
        releve.verifiable &= devise == (releve.devise or devise)
        releve.devise = releve.devise or devise
        total = _sign(ecriture, montant)
        origine = Origine(self._fichier, ligne, self._name_chemin("Ntry"))
        for rang, (detail, part) in enumerate(_split(ecriture, details, total)):
            contrepartie, iban = _read_contrepartie(ecriture, detail, releve.iban)
            self.mouvements.append(
                MouvementLu(
                    date=jour,
                    date_valeur=_read_jour(ecriture, "ValDt/"),
                    montant=part,
                    devise=devise,
                    libelle=_read_libelle(ecriture, detail),
                    reference=_read_reference(detail),
                    contrepartie=contrepartie,
                    iban=iban,
                    identifiant=_read_identifiant(ecriture, detail, rang),
                    compte=releve.iban,
                    origine=origine,
                )
            )
        releve.somme += total

    def close_releve(self, *, complet: bool = True) -> None:
        """Close the statement: its account, its balances, and whether start + movements = end."""
        releve, self._releve, self._rang = self._releve, None, 0
        if releve is None:
            return
        debut = next((releve.soldes[code] for code in _OUVERTURES if code in releve.soldes), None)
        fin = releve.soldes.get(_CLOTURE)
        controle = None
        if complet and releve.verifiable and debut and fin and debut[1] == fin[1] == (releve.devise or fin[1]):
            controle = debut[0] + releve.somme == fin[0]
        if controle is False and debut and fin:
            self._collecte.warn(
                "solde_incoherent",
                phrase(
                    "Relevé du compte {compte} : le solde de départ et les opérations donnent {calcule}, la banque "
                    "annonce {annonce} : il manque sans doute des opérations.",
                    compte=releve.iban or phrase("inconnu"),
                    calcule=_say_montant(debut[0] + releve.somme, fin[1]),
                    annonce=_say_montant(fin[0], fin[1]),
                ),
            )
        self.comptes.append(
            CompteLu(
                iban=releve.iban,
                solde_debut=debut[0] if debut else None,
                solde_fin=fin[0] if fin else None,
                date_debut=debut[2] if debut else None,
                date_fin=fin[2] if fin else None,
                devise=releve.devise or (fin[1] if fin else "EUR"),
                controle=controle,
            )
        )


def _read_montant(element: etree._Element) -> tuple[Decimal, str]:
    montant = find(element, "Amt")
    if montant is None or not montant.text:
        raise ErreurSaisie("montant_absent", phrase("Le montant manque."), "Amt")
    return parse_montant(montant.text, "Amt"), montant.get("Ccy") or "EUR"


def _sign(feuilles: Feuilles, montant: Decimal) -> Decimal:
    """Sign an amount by CdtDbtInd, which already says where the money went for a reversal (RvslInd) too.

    ISO 20022 gives the indicator of the reversal itself, opposite to that of the operation that it undoes.
    """
    sens = get_premier(feuilles, "CdtDbtInd")
    if sens not in _SENS:
        raise ErreurSaisie("sens_inconnu", phrase("Ni crédit (CRDT) ni débit (DBIT)."), "CdtDbtInd")
    return montant * _SENS[sens]


def _split(ecriture: Feuilles, details: list[Feuilles], total: Decimal) -> list[tuple[Feuilles, Decimal]]:
    """Give the transactions of a batch with their own amounts when these add up; else the entry whole."""
    seul = details[0] if details else {}
    if len(details) <= 1:
        return [(seul, total)]
    parts: list[tuple[Feuilles, Decimal]] = []
    for detail in details:
        texte = get_premier(detail, "Amt", "AmtDtls/TxAmt/Amt")
        if texte is None:
            return [(seul, total)]
        sens = detail if "CdtDbtInd" in detail else ecriture
        parts.append((detail, _sign(sens, parse_montant(texte, "TxDtls/Amt"))))
    return parts if sum((part for _, part in parts), ZERO) == total else [(seul, total)]


def _read_jour(feuilles: Feuilles, chemin: str) -> date | None:
    """Read the day printed, as the bank wrote it: an hour and its zone never move it."""
    texte = get_premier(feuilles, f"{chemin}Dt", f"{chemin}DtTm", f"{chemin}Dt/Dt", f"{chemin}Dt/DtTm")
    return parse_date(texte[:10], "Dt") if texte else None


def _read_contrepartie(ecriture: Feuilles, detail: Feuilles, compte: str | None) -> tuple[str | None, str | None]:
    """Give name and IBAN of the other party: the debtor of a credit, the creditor of a debit; a reversal swaps them."""
    credit = get_premier(ecriture, "CdtDbtInd") == "CRDT"
    roles = ["Dbtr" if credit else "Cdtr"]
    if get_premier(ecriture, "RvslInd") in ("true", "1"):
        roles.insert(0, "Cdtr" if credit else "Dbtr")
    for role in roles:
        nom = get_premier(detail, f"RltdPties/{role}/Nm", f"RltdPties/{role}/Pty/Nm")
        iban = _compact(get_premier(detail, f"RltdPties/{role}Acct/Id/IBAN"))
        if (nom or iban) and (iban is None or iban != compte):
            return clean_texte(nom) if nom else None, iban
    return None, None


def _read_libelle(ecriture: Feuilles, detail: Feuilles) -> str:
    """Give the remittance text and the documents it names, else what the bank adds about the operation."""
    chemins = ("RmtInf/Ustrd", "RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Strd/AddtlRmtInf")
    morceaux = [clean_texte(texte) for chemin in chemins for texte in detail.get(chemin, ())]
    texte = " ".join(dict.fromkeys(morceau for morceau in morceaux if morceau))
    return texte or clean_texte(get_premier(detail, "AddtlTxInf") or get_premier(ecriture, "AddtlNtryInf") or "")


def _read_reference(detail: Feuilles) -> str | None:
    """Give the reference of the payer: the structured one, the document named, else the end-to-end reference."""
    for chemin in ("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb", "Refs/EndToEndId"):
        if reference := _clean_reference(get_premier(detail, chemin)):
            return reference
    return None


def _read_identifiant(ecriture: Feuilles, detail: Feuilles, rang: int) -> str | None:
    """Give the bank's own reference; the transactions of a batch that share it are told apart by their rank."""
    propre = _clean_reference(get_premier(detail, "Refs/AcctSvcrRef"))
    commun = _clean_reference(get_premier(ecriture, "AcctSvcrRef", "NtryRef"))
    if propre and propre != commun:
        return propre
    return f"{commun}/{rang + 1}" if commun and rang else commun


def _clean_reference(texte: str | None) -> str | None:
    propre = clean_texte(texte or "")
    return propre if propre and propre.upper() not in _NON_FOURNI else None


def _compact(iban: str | None) -> str | None:
    return compact_identifiant(iban) if iban else None


def _say_montant(montant: Decimal, devise: str) -> Valeur:
    """Give an amount as a sentence takes it: euros are the amounts of every sentence, another currency is named."""
    return montant if devise == "EUR" else phrase("{montant:nombre} {devise}", montant=montant, devise=devise)
