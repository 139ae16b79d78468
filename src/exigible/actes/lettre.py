"""What heads and closes a letter, as plain data: the letterhead, the window, how to pay."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from exigible.actes.logo.image import Logo, read_logo
from exigible.actes.pays import write_pays
from exigible.actes.qr import draw_qr
from exigible.actes.typst.texte import (
    clean_texte,
    elide,
    format_iban,
    format_siren,
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


class Paiement(msgspec.Struct, frozen=True):
    """How to pay; `qr` is an SVG text, empty when there is none."""

    phrase: str
    etiquettes: tuple[Etiquette, ...]
    qr: str


def build_entete(creancier: CreancierDecrit, logo: bytes | None = None) -> Entete:
    """The letterhead of a creditor; `logo`: the bytes of a PNG or JPEG image. Raises ErreurSaisie (`logo_*`)."""
    return Entete(
        nom=clean_texte(creancier.nom),
        identite=f"{ESPACE_INSECABLE}· ".join(_list_identite(creancier)),
        coordonnees=(*list_adresse(creancier.adresse), *list_contacts(creancier)),
        logo=read_logo(logo) if logo else None,
    )


def _list_identite(creancier: CreancierDecrit) -> tuple[str, ...]:
    tva = f"TVA{ESPACE_INSECABLE}{clean_texte(creancier.tva)}" if creancier.tva else ""
    return list_sans_doublon((write_forme(creancier), write_immatriculation(creancier), tva))


def write_forme(creancier: CreancierDecrit) -> str:
    """`SAS au capital de 10 000 €`: the form of a creditor, with its capital when it is known."""
    forme, capital = clean_texte(creancier.forme), clean_texte(creancier.capital)
    if not capital:
        return forme
    chiffres = re.sub(r"[\s€]", "", capital)
    if chiffres.isdigit():
        capital = f"{format_nombre(Decimal(chiffres), 0)}{ESPACE_INSECABLE}€"
    return write_phrase("{forme} au capital de {capital}", forme=forme, capital=capital).strip()


def write_immatriculation(creancier: CreancierDecrit) -> str:
    """`SIREN 123 456 782 RCS Villefictive`: the number, then the register (C. com. R123-237, 1° and 2°)."""
    rcs, siren = clean_texte(creancier.rcs), format_siren(creancier.siren)
    if rcs and not rcs.upper().startswith("RCS"):
        rcs = f"RCS {rcs}"
    if siren and re.sub(r"\D", "", siren) not in re.sub(r"\D", "", rcs):
        rcs = f"SIREN{ESPACE_INSECABLE}{siren} {rcs}".strip()
    return rcs


def list_adresse(adresse: Adresse) -> tuple[str, ...]:
    """The lines of an address below the name, postcode and town in capitals as the post wants them."""
    ville = " ".join(part for part in (clean_texte(adresse.code_postal), clean_texte(adresse.ville).upper()) if part)
    pays = write_pays(clean_texte(adresse.pays)).upper() if adresse.pays not in {"", "FR"} else ""
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
        adresse = ", ".join(list_adresse(creancier.description.adresse))
        ou = write_phrase(", envoyé à l'adresse suivante : {adresse}", adresse=adresse) if adresse else ""
        par_cheque = write_phrase("Par chèque à l'ordre {de}{nom}{ou}.", de=elide("de ", nom), nom=nom, ou=ou)
        return Paiement(par_cheque, (somme, a_rappeler), ""), (sans_compte,)
    iban, bic = creancier.ibans[0]
    etiquettes = [somme, Etiquette("Bénéficiaire", nom), Etiquette("IBAN", format_iban(iban))]
    if bic:
        etiquettes.append(Etiquette("BIC", clean_texte(bic)))
    qr = draw_qr(nom, iban, bic, montant, reference)
    par_virement = write_phrase("Par virement, en rappelant la référence ci-dessous.")
    return Paiement(par_virement, (*etiquettes, a_rappeler), qr), ()
