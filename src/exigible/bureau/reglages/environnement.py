"""What the environment says: where data lie, which database, which secret. One sentence when it cannot be used."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from exigible.droit.erreurs import ErreurSaisie

_DELAI_VERROU = 20
_DELAI_HORODATAGE = 10


@dataclass(frozen=True)
class ReglageHorodatage:
    """Which authority dates court bundles (RFC 3161): its address, its certificates (PEM), how many seconds to wait."""

    url: str
    certificat: str
    delai: int


def read_liste(nom: str) -> list[str]:
    """Read a variable that holds several values separated by commas."""
    return [v.strip() for v in os.environ.get(nom, "").split(",") if v.strip()]


def read_drapeau(nom: str) -> bool:
    """Read a variable that is on when it is `1`, `oui` or `true`."""
    return os.environ.get(nom, "").strip().lower() in {"1", "oui", "true"}


def read_delai_verrou() -> int:
    """Read how many seconds a writer waits for another, `EXIGIBLE_DELAI_VERROU` (20)."""
    return _read_secondes("EXIGIBLE_DELAI_VERROU", _DELAI_VERROU)


def read_horodatage() -> ReglageHorodatage:
    """Read `EXIGIBLE_HORODATAGE_URL` (none: no time stamp), `…_CERTIFICAT` and `…_DELAI` (10 s)."""
    return ReglageHorodatage(
        os.environ.get("EXIGIBLE_HORODATAGE_URL", "").strip(),
        os.environ.get("EXIGIBLE_HORODATAGE_CERTIFICAT", "").strip(),
        _read_secondes("EXIGIBLE_HORODATAGE_DELAI", _DELAI_HORODATAGE),
    )


def _read_secondes(nom: str, defaut: int) -> int:
    texte = os.environ.get(nom, "").strip()
    if not texte:
        return defaut
    if not (texte.isascii() and texte.isdigit() and int(texte)):
        raise ErreurSaisie(
            "delai_illisible",
            f"{nom} vaut « {texte} » : écrivez un nombre entier de secondes, comme {defaut}.",
            nom,
        )
    return int(texte)


def get_var() -> Path:
    """Find the folder of the data, `EXIGIBLE_VAR` (default `./var`), created for its owner alone."""
    dossier = Path(os.environ.get("EXIGIBLE_VAR") or "var").absolute()
    try:
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as erreur:
        raise ErreurSaisie(
            "var_inaccessible",
            f"Le dossier des données « {dossier} » ne peut pas être créé ({erreur.strerror}) : "
            "indiquez-en un autre par EXIGIBLE_VAR.",
            "EXIGIBLE_VAR",
        ) from None
    return dossier


def read_secret(var: Path) -> str:
    """Read the key that signs sessions: `EXIGIBLE_SECRET`, else drawn once and kept in `var` for its owner alone."""
    if impose := os.environ.get("EXIGIBLE_SECRET", "").strip():
        return impose
    fichier = var / "secret"
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = fichier.read_text("ascii").strip()
        if secret:
            return secret
        raise ErreurSaisie(
            "secret_vide", f"Le fichier « {fichier} » est vide : supprimez-le.", "EXIGIBLE_VAR"
        ) from None
    secret = secrets.token_urlsafe(64)
    with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
        sortie.write(secret)
    return secret


def parse_base(url: str) -> dict[str, Any]:
    """Django's description of a database: `sqlite:///chemin/absolu` or `postgresql://nom:mot@hote:port/base?host=/socket`.

    Raises ErreurSaisie (`base_illisible`) with the two forms that are accepted.
    """
    parties = urlsplit(url)
    if parties.scheme == "sqlite" and parties.path not in {"", "/"} and not parties.netloc:
        return describe_sqlite(Path("/" + unquote(parties.path).lstrip("/")))
    if parties.scheme in {"postgresql", "postgres"} and parties.path.strip("/"):
        options = dict(parse_qsl(parties.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parties.path.strip("/")),
            "USER": unquote(parties.username or "") or options.pop("user", ""),
            "PASSWORD": unquote(parties.password or ""),
            "HOST": options.pop("host", "") or parties.hostname or "",
            "PORT": options.pop("port", "") or str(parties.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": f"-c lock_timeout={read_delai_verrou()}s"} | options,
        }
    raise ErreurSaisie(
        "base_illisible",
        "EXIGIBLE_BASE n'est pas lisible : écrivez sqlite:///chemin/absolu/exigible.sqlite3 "
        "ou postgresql://utilisateur:mot-de-passe@hote:5432/exigible.",
        "EXIGIBLE_BASE",
    )


def describe_sqlite(fichier: Path) -> dict[str, Any]:
    """SQLite as we use it: readers never wait (WAL), nothing acknowledged is lost (FULL), one writer at once.

    64 MiB of cache for each connection, and the log folded into the base every 32 MiB: the rows of an import go to
    eight tables and their indexes, whose pages the 2 MiB of the default would read and write again and again.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(fichier),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": read_delai_verrou(),
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
            "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;",
        },
    }
