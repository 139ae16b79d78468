"""What the field « :86: » says of a movement: in numbered parts (?20…), in named ones (/NAME/…), or as mere text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.releves_valeurs import clean_compte, find_iban, read_montant
from exigible.echanges.valeurs import clean_texte

_NON_FOURNI = frozenset({"", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "N", "KREF+", "EREF"})

# A code of three figures, then parts told apart by one sign and two figures: Germany, Austria, Poland…
_NUMEROTE = re.compile(r"\s?(\d{3})?([?~<>^|§])(?=\d\d)")
_SEPA = frozenset(
    ("EREF", "KREF", "MREF", "CRED", "DEBT", "SVWZ", "ABWA", "ABWE", "IBAN", "COAM", "OAMT", "RREF", "PURP", "MTLG")
)
_NOMME = re.compile(
    r"/(EREF|KREF|MREF|IREF|MARF|CSID|TRTP|NAME|REMI|IBAN|BIC|ORDP|BENM|ISDT|CNTP|USTD|STRD|PURP|ULTC|ULTD|ULTB|ULTO|"
    r"RTRN|RREF|PREF|ACCT|ADDR|SVCL|ORIG|OCMT|CHGS|EXCH|INIT|ID|RFB|OCUR|CDTRREF|CDTRREFTP|CD|ISSR)/"
)
_RETOURS = frozenset({"108", "109", "159"})
_LIBELLES = frozenset(str(rang) for rang in (*range(20, 30), *range(60, 64)))
# Parts are cut at twenty-seven signs, amid a word or not: a shorter one ended there.
_PLEINE = 27
_IBAN_MIN = 14
# The reference has sixteen signs: some banks fill it with blanks and write the other party's name after it.
_REFERENCE = 16
_NS_LIBELLE, _NS_NOM, _NS_NATURE = 14, 16, 17
_CHAMP_NS = re.compile(r"(\d\d)(.*)")
_FRAIS = re.compile(r"[A-Z]{3}\s?([\d.,]+)")


class Details(msgspec.Struct, gc=False):
    """What is known of a movement beside its amount and days."""

    libelle: str = ""
    reference: str | None = None
    bout_en_bout: str | None = None
    mandat: str | None = None
    nom: str | None = None
    iban: str | None = None
    operation: str | None = None
    motif_retour: str | None = None
    frais: Decimal | None = None


def read_details(lignes: Sequence[str], suite: str, compte: str | None) -> Details:
    """Read the lines of « :86: » and those that follow « :61: » (`suite`). Nothing written is lost from the label."""
    details = _read(lignes, compte) if lignes else Details()
    autre = clean_texte(suite) if suite else ""
    if autre and autre not in details.libelle:
        iban = clean_compte(autre)
        if (
            details.iban is None
            and iban != compte
            and len(iban) > _IBAN_MIN
            and iban[:2].isalpha()
            and iban[2:].isalnum()
        ):
            details.iban = iban
        else:
            details.libelle = f"{details.libelle} {autre}" if details.libelle else autre
    return details


def take_reference(texte: str, details: Details) -> str:
    """Give the reference of « :61: »; the name that follows it, or the account that it is, goes to the details."""
    if len(texte) <= _IBAN_MIN:
        return texte.strip()
    reference = texte.strip()
    if texte[_REFERENCE - 2 : _REFERENCE].isspace():
        reference, nom = texte[:_REFERENCE].strip(), clean_texte(texte[_REFERENCE:])
        details.nom = details.nom or nom or None
    iban = find_iban(reference)
    if iban is None or iban != clean_compte(reference):
        return reference
    details.iban = details.iban or iban
    return ""


def _read(lignes: Sequence[str], compte: str | None) -> Details:
    if trouve := _NUMEROTE.match(lignes[0]):
        return _read_numerote("".join(lignes), trouve[2], trouve[1], compte)
    texte = " ".join(lignes)
    if _NOMME.search(texte[:40]):
        return _read_nomme("".join(lignes) if len(lignes) == 1 else texte, compte)
    if len(lignes) > 1 and all(_CHAMP_NS.match(ligne) for ligne in lignes):
        return _read_ns(lignes)
    propre = clean_texte(texte)
    return Details(libelle=propre, iban=find_iban(propre, compte))


def _read_numerote(texte: str, signe: str, code: str | None, compte: str | None) -> Details:
    morceaux = texte.split(signe)[1:]
    parts = {morceau[:2]: morceau[2:] for morceau in morceaux}
    if len(parts) < len(morceaux) or not "".join(parts).isdigit():
        parts = _join_parts(morceaux, signe)
    dits = [part if len(part) >= _PLEINE else f"{part} " for rang, part in parts.items() if rang in _LIBELLES]
    libelle = clean_texte("".join(dits))
    details = Details(operation=code)
    if (marques := _split_sepa(libelle)) is not None:
        _read_sepa(marques, details)
    else:
        details.libelle = libelle
    if not details.libelle:
        details.libelle = clean_texte(parts.get("00", ""))
    if nom := parts.get("32"):
        if "33" in parts:
            nom += ("" if len(nom) >= _PLEINE else " ") + parts["33"]
        details.nom = clean_texte(nom) or details.nom
    for rang in ("38", "31"):
        lu = parts.get(rang, "")
        if len(lu) > _IBAN_MIN and lu[:2].isalpha() and (iban := clean_compte(lu)) != compte:
            details.iban = iban
            break
    if code in _RETOURS:
        details.motif_retour = clean_texte(parts.get("34", "")) or None
    return details


def _join_parts(morceaux: Sequence[str], signe: str) -> dict[str, str]:
    """Put together the parts that have the same number, and what the sign cut without one after it."""
    parts: dict[str, str] = {}
    rang = ""
    for morceau in morceaux:
        if morceau[:2].isdigit():
            rang = morceau[:2]
            parts[rang] = parts.get(rang, "") + morceau[2:]
        elif rang:
            parts[rang] += signe + morceau
    return parts


def _split_sepa(libelle: str) -> dict[str, str] | None:
    """Cut a label at its SEPA marks (EREF+…, SVWZ+…): the first text of each, what comes before them under no name."""
    if "MTLG:" in libelle:
        libelle = libelle.replace("MTLG:", "MTLG+")
    dits: dict[str, str] = {}
    marque = debut = ""
    *morceaux, dernier = libelle.split("+")
    for morceau in morceaux:
        suivante = morceau[-4:]
        if suivante not in _SEPA:
            suivante = morceau[-3:]
            if suivante != "BIC":
                debut += f"{morceau}+"
                continue
        dits.setdefault(marque, (debut + morceau[: -len(suivante)]).strip())
        marque, debut = suivante, ""
    if not marque:
        return None
    dits.setdefault(marque, (debut + dernier).strip())
    return dits


def _read_sepa(dits: Mapping[str, str], details: Details) -> None:
    """Read the texts that SEPA marks tell apart."""
    find = dits.get
    details.bout_en_bout = clean_reference(find("EREF"))
    details.reference = details.bout_en_bout or clean_reference(find("KREF"))
    details.libelle = " ".join([m for m in (find(""), find("SVWZ"), find("MTLG")) if m]) or details.reference or ""
    details.mandat = clean_reference(find("MREF"))
    details.nom = find("ABWA") or find("ABWE")
    details.iban = find("IBAN") or None
    if "COAM" in dits:
        details.frais = _read_frais(dits["COAM"])


def _read_nomme(texte: str, compte: str | None) -> Details:
    """Read named parts: the name and account that follow ORDP or BENM are those of the other party."""
    dits: dict[str, str] = {}
    bornes = list(_NOMME.finditer(texte))
    avant = clean_texte(texte[: bornes[0].start()])
    fin = 0
    for rang, borne in enumerate(bornes):
        # « /BENM//NAME/… »: an empty part, whose last bar is the first one of the next.
        fin = bornes[rang + 1].start() if rang + 1 < len(bornes) else len(texte)
        valeur = clean_texte(texte[borne.end() : fin]).strip("/")
        if valeur:
            dits.setdefault(borne[1], valeur)
    reste = [clean_texte(p) for p in dits.get("CNTP", "").split("/")] + ["", "", ""]
    iban = dits.get("IBAN") or dits.get("ACCT") or reste[0]
    iban = clean_compte(iban) if iban else ""
    remise = [dits[c] for c in ("REMI", "USTD", "STRD") if c in dits]
    libelle = clean_texte(" ".join([avant, *(_strip_sous_codes(r) for r in remise)]))
    details = Details(
        libelle=libelle or dits.get("TRTP") or dits.get("PREF") or dits.get("EREF") or clean_texte(texte),
        bout_en_bout=clean_reference(dits.get("EREF")),
        mandat=clean_reference(dits.get("MARF") or dits.get("MREF")),
        nom=dits.get("NAME") or dits.get("ORDP") or dits.get("BENM") or reste[2] or None,
        iban=iban if iban and iban != compte else None,
        motif_retour=dits.get("RTRN"),
        frais=_read_frais(dits.get("CHGS")),
    )
    details.reference = (
        clean_reference(dits.get("CDTRREF")) or details.bout_en_bout or clean_reference(dits.get("PREF"))
    )
    return details


def _strip_sous_codes(texte: str) -> str:
    return re.sub(r"^(?:USTD|STRD)?/+", "", texte).strip("/")


def _read_ns(lignes: Sequence[str]) -> Details:
    """Read the numbered lines of « :NS: »: 01 to 14 the label, 15 and 16 the name, 17 the kind of operation."""
    libelle: list[str] = []
    nom: list[str] = []
    for ligne in lignes:
        trouve = _CHAMP_NS.match(ligne)
        if trouve is None:
            continue
        rang, texte = int(trouve[1]), clean_texte(trouve[2])
        if rang <= _NS_LIBELLE:
            libelle.append(texte)
        elif rang <= _NS_NOM:
            nom.append(texte)
        elif rang == _NS_NATURE and not libelle:
            libelle.append(texte)
    return Details(libelle=" ".join(libelle), nom=" ".join(nom) or None)


def clean_reference(texte: str | None) -> str | None:
    """Give a reference, unless it says that there is none."""
    return texte if texte and texte.upper() not in _NON_FOURNI else None


def _read_frais(texte: str | None) -> Decimal | None:
    """Read the charges, « EUR1,50 » or « 1,50 »; what can't be read is not one."""
    if not texte:
        return None
    trouve = _FRAIS.fullmatch(texte)
    try:
        return read_montant(trouve[1] if trouve else texte)
    except ErreurSaisie:
        return None
