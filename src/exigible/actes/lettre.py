"""A letter as plain data: what the template lays out, in reading order, and its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from exigible.actes.decompte.releve import Releve
from exigible.actes.logo.image import Logo, read_logo
from exigible.actes.qr import draw_qr
from exigible.actes.typst.texte import (
    Paragraphe,
    clean_texte,
    format_iban,
    format_siren,
    join_paragraphe,
    list_sans_doublon,
    write_phrase,
)
from exigible.dossier.etat import EtatCreancier
from exigible.dossier.faits import Adresse, DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.argent import ESPACE_INSECABLE, format_montant, format_nombre
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase


class Etiquette(msgspec.Struct, frozen=True):
    """A label and its value."""

    libelle: str
    valeur: str


class Entete(msgspec.Struct, frozen=True):
    """The letterhead: who writes, in what legal form, where to answer."""

    nom: str
    identite: str
    coordonnees: tuple[str, ...]
    logo: Logo | None = None


class LigneFacture(msgspec.Struct, frozen=True):
    """One invoice, as the letter lists it."""

    numero: str
    libelle: str
    emission: str
    echeance: str
    montant: str
    reste: str


class LigneSomme(msgspec.Struct, frozen=True):
    """One line of what is claimed: what, how it is computed, how much."""

    libelle: str
    detail: str
    montant: str


class Paiement(msgspec.Struct, frozen=True):
    """How to pay; `qr` is an SVG text, empty when there is none."""

    phrase: str
    etiquettes: tuple[Etiquette, ...]
    qr: str


class Lettre(msgspec.Struct, frozen=True):
    """A letter that claims money."""

    titre: str
    auteur: str
    pied: str
    entete: Entete
    destinataire: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    lieu_date: str
    objet: str
    appel: str
    ouverture: tuple[Paragraphe, ...]
    factures: tuple[LigneFacture, ...]
    total_factures: str
    ordre: tuple[Paragraphe, ...]
    sommes: tuple[LigneSomme, ...]
    total: LigneSomme
    suites: tuple[Paragraphe, ...]
    paiement: Paiement
    cloture: tuple[Paragraphe, ...]
    signature: tuple[str, ...]
    donnees: tuple[Paragraphe, ...]
    annexe: Releve


def build_entete(creancier: CreancierDecrit, logo: bytes | None = None) -> Entete:
    """The letterhead of a creditor; `logo`: the bytes of a PNG or JPEG image. Raises ErreurSaisie (`logo_*`)."""
    return Entete(
        nom=clean_texte(creancier.nom),
        identite=f"{ESPACE_INSECABLE}· ".join(_list_identite(creancier)),
        coordonnees=(*list_adresse(creancier.adresse), *list_contacts(creancier)),
        logo=read_logo(logo) if logo else None,
    )


def _list_identite(creancier: CreancierDecrit) -> tuple[str, ...]:
    forme, capital, rcs = (clean_texte(t) for t in (creancier.forme, creancier.capital, creancier.rcs))
    siren = format_siren(creancier.siren)
    if capital.isdigit():
        capital = f"{format_nombre(Decimal(capital), 0)}{ESPACE_INSECABLE}€"
    if capital:
        forme = write_phrase("{forme} au capital de {capital}", forme=forme, capital=capital).strip()
    if rcs and not rcs.upper().startswith("RCS"):
        rcs = f"RCS {rcs}"
    if rcs and siren and re.sub(r"\D", "", siren) not in re.sub(r"\D", "", rcs):
        rcs = f"{rcs} {siren}"
    immatriculation = rcs or (f"SIREN{ESPACE_INSECABLE}{siren}" if siren else "")
    tva = f"TVA{ESPACE_INSECABLE}{clean_texte(creancier.tva)}" if creancier.tva else ""
    return list_sans_doublon((forme, immatriculation, tva))


def list_adresse(adresse: Adresse) -> tuple[str, ...]:
    """The lines of an address below the name, postcode and town in capitals as the post wants them."""
    ville = " ".join(part for part in (clean_texte(adresse.code_postal), clean_texte(adresse.ville).upper()) if part)
    pays = clean_texte(adresse.pays).upper() if adresse.pays not in {"", "FR"} else ""
    return list_sans_doublon((*(clean_texte(ligne) for ligne in adresse.lignes), ville, pays))


def list_contacts(creancier: CreancierDecrit) -> tuple[str, ...]:
    """Telephone and e-mail of the creditor, those that are known."""
    return list_sans_doublon((clean_texte(creancier.telephone), clean_texte(creancier.courriel)))


def write_contacts(creancier: CreancierDecrit) -> str:
    """How to reach the creditor, as the end of a sentence."""
    contacts = list_contacts(creancier)
    return " ou ".join(contacts) if contacts else "à l’adresse ci-dessus"


def list_destinataire(debiteur: DebiteurDecrit) -> tuple[str, ...]:
    """The lines of the window: the name, then the address."""
    forme = clean_texte(debiteur.forme)
    nom = clean_texte(debiteur.nom)
    if forme and forme.casefold() not in nom.casefold().split():
        nom = f"{nom} {forme}"
    return (nom, *list_adresse(debiteur.adresse))


def build_paiement(
    creancier: EtatCreancier, montant: Decimal, reference: str
) -> tuple[Paiement, tuple[Avertissement, ...]]:
    """Transfer details with their QR code; without an account, a cheque, and a warning for the user.

    Raises ErreurSaisie (`iban_invalide`).
    """
    nom = clean_texte(creancier.description.nom)
    a_rappeler = Etiquette("Référence", reference)
    somme = Etiquette("Montant", format_montant(montant))
    if not creancier.ibans:
        sans_compte = Avertissement(
            "compte_bancaire_absent",
            phrase(
                "Aucun compte bancaire n'est enregistré : la lettre demande un chèque et ne porte "
                "pas de QR code. Ajoutez votre IBAN dans les réglages."
            ),
        )
        par_cheque = write_phrase("Par chèque à l'ordre de {nom}, envoyé à l'adresse ci-dessus.", nom=nom)
        return Paiement(par_cheque, (somme, a_rappeler), ""), (sans_compte,)
    iban, bic = creancier.ibans[0]
    etiquettes = [somme, Etiquette("Bénéficiaire", nom), Etiquette("IBAN", format_iban(iban))]
    if bic:
        etiquettes.append(Etiquette("BIC", clean_texte(bic)))
    qr = draw_qr(nom, iban, bic, montant, reference)
    par_virement = write_phrase("Par virement, en rappelant la référence ci-dessous.")
    return Paiement(par_virement, (*etiquettes, a_rappeler), qr), ()


def write_corps(lettre: Lettre) -> str:
    """The plain text of what the letter says: subject, body, signature, annex notes; not the two address blocks."""
    return "\n".join(ligne for ligne in _list_corps(lettre) if ligne)


def write_texte(lettre: Lettre) -> str:
    """The plain text of the whole letter, in reading order."""
    tete = (lettre.entete.nom, lettre.entete.identite, *lettre.entete.coordonnees, "", *lettre.destinataire, "")
    marges = (*(f"{e.libelle} : {e.valeur}" for e in lettre.etiquettes), lettre.lieu_date, "")
    return "\n".join((*tete, *marges, write_corps(lettre)))


def _list_corps(lettre: Lettre) -> Iterator[str]:
    yield f"Objet : {lettre.objet}"
    yield lettre.appel
    yield from map(join_paragraphe, lettre.ouverture)
    for facture in lettre.factures:
        yield " | ".join(
            part
            for part in (
                facture.numero,
                facture.libelle,
                facture.emission,
                facture.echeance,
                facture.montant,
                facture.reste,
            )
            if part
        )
    yield from map(join_paragraphe, lettre.ordre)
    for somme in (*lettre.sommes, lettre.total):
        yield " | ".join(part for part in (somme.libelle, somme.detail, somme.montant) if part)
    yield from map(join_paragraphe, lettre.suites)
    yield lettre.paiement.phrase
    for etiquette in lettre.paiement.etiquettes:
        yield f"{etiquette.libelle} : {etiquette.valeur}"
    yield from map(join_paragraphe, lettre.cloture)
    yield from lettre.signature
    yield from map(join_paragraphe, lettre.donnees)
    yield lettre.annexe.titre
    yield from lettre.annexe.notes
