"""The date given to a bundle by a third party: a time-stamping authority (RFC 3161), when one is configured.

What is sent is the SHA-256 of the manifest and nothing else. An authority that fails never stops the bundle: the
reason is said on its cover.
"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from http.client import HTTPException
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from exigible.actes.preuve.donnees import Horodatage, Horodater
from exigible.actes.preuve.liasse import skip_horodatage
from exigible.bureau.preuve.jeton import sort_certificats
from exigible.bureau.reglages.environnement import ReglageHorodatage
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

JETON, AUTORITE = "horodatage.tsr", "horodatage-autorite.pem"
_TAILLE_MAX = 1_000_000
_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Autorite:
    """A time-stamping authority: its address, how many seconds to wait, the certificates that it is trusted by."""

    url: str
    delai: int
    certificats: tuple[x509.Certificate, ...] = ()


def load_horodater(reglage: ReglageHorodatage) -> Horodater:
    """Return what stamps a manifest, as the settings say. Raises ErreurSaisie when they cannot be used."""
    if not reglage.url:
        return skip_horodatage
    if not reglage.url.startswith(("http://", "https://")):
        raise ErreurSaisie(
            "horodatage_illisible",
            phrase("EXIGIBLE_HORODATAGE_URL doit commencer par https:// ou http://."),
            "EXIGIBLE_HORODATAGE_URL",
        )
    autorite = Autorite(reglage.url, reglage.delai, _load_certificats(reglage.certificat))
    return lambda manifeste: stamp(autorite, manifeste)


def _load_certificats(fichier: str) -> tuple[x509.Certificate, ...]:
    if not fichier:
        return ()
    try:
        return tuple(x509.load_pem_x509_certificates(Path(fichier).read_bytes()))
    except (OSError, ValueError):
        raise ErreurSaisie(
            "certificat_illisible",
            phrase(
                "Le certificat « {fichier} » de l'autorité d'horodatage ne peut pas être lu (PEM).", fichier=fichier
            ),
            "EXIGIBLE_HORODATAGE_CERTIFICAT",
        ) from None


def stamp(autorite: Autorite, manifeste: bytes) -> Horodatage:
    """Ask the authority for a date, and check its answer; its failure is said, never raised."""
    try:
        jeton, reponse = request_jeton(autorite, manifeste)
    except ErreurExigible as erreur:
        return Horodatage(f"Horodatage par un tiers : il n'a pas pu se faire. {erreur.message}")
    fichiers = {JETON: jeton}
    if autorite.certificats:
        fichiers[AUTORITE] = b"".join(c.public_bytes(Encoding.PEM) for c in autorite.certificats)
    verifie = "signature vérifiée" if autorite.certificats else "signature non vérifiée, faute de certificat configuré"
    instant = reponse.tst_info.gen_time.replace(tzinfo=UTC).astimezone(_PARIS)
    return Horodatage(
        f"Horodatage par un tiers (RFC 3161) : le {instant:%d/%m/%Y à %H:%M:%S}, heure de Paris ; {verifie}.", fichiers
    )


def request_jeton(autorite: Autorite, manifeste: bytes) -> tuple[bytes, TimeStampResponse]:
    """Get the token of a manifest and check it. Raises ErreurExigible (`horodatage_*`)."""
    demande = TimestampRequestBuilder().data(manifeste).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).build()
    jeton = _post(autorite, demande.as_bytes())
    try:
        reponse = decode_timestamp_response(sort_certificats(jeton))
        accordee = PKIStatus(reponse.status) in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}
    except ValueError:
        raise ErreurExigible(
            "horodatage_illisible", phrase("La réponse de l'autorité d'horodatage n'est pas lisible.")
        ) from None
    if not accordee:
        raise ErreurExigible("horodatage_refuse", phrase("L'autorité d'horodatage a refusé la demande."))
    _check(autorite.certificats, demande, reponse, hashlib.sha256(manifeste).digest())
    return jeton, reponse


def _post(autorite: Autorite, demande: bytes) -> bytes:
    requete = urllib.request.Request(  # noqa: S310 - http or https only, as load_horodater checked
        autorite.url, data=demande, headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(requete, timeout=autorite.delai) as reponse:  # noqa: S310 - same
            octets: bytes = reponse.read(_TAILLE_MAX)
    except urllib.error.HTTPError as erreur:
        with erreur:
            raise ErreurExigible(
                "horodatage_refuse",
                phrase("L'autorité d'horodatage a répondu par une erreur ({code}).", code=erreur.code),
            ) from None
    except (OSError, HTTPException):
        raise ErreurExigible(
            "horodatage_injoignable",
            phrase("L'autorité d'horodatage n'a pas répondu en {secondes} s.", secondes=autorite.delai),
        ) from None
    return octets


def _check(
    certificats: Sequence[x509.Certificate], demande: TimeStampRequest, reponse: TimeStampResponse, empreinte: bytes
) -> None:
    """The token must be about these bytes and this request; its signature, when we know by whom it must be signed."""
    if reponse.tst_info.message_imprint.message != empreinte or reponse.tst_info.nonce != demande.nonce:
        raise ErreurExigible("horodatage_faux", phrase("L'autorité d'horodatage a répondu pour d'autres octets."))
    if not certificats:
        return
    verificateur = VerifierBuilder.from_request(demande)
    for certificat in certificats:
        verificateur = verificateur.add_root_certificate(certificat)
    try:
        verificateur.build().verify(reponse, empreinte)
    except VerificationError:
        raise ErreurExigible(
            "horodatage_faux",
            phrase("La signature de l'horodatage n'est pas celle de l'autorité dont le certificat est configuré."),
        ) from None
