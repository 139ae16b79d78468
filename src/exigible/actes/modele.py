"""What an act is, as its folder says it: who signs it, what it asks, its wording, the mentions that it must carry."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from exigible.actes.redaction.langue import parse_redaction
from exigible.actes.redaction.noeuds import Redaction
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

CATALOGUE = "exigible.actes.catalogue"


class Famille(StrEnum):
    """Where an act stands in the catalogue."""

    AMIABLE = "amiable"
    JUDICIAIRE = "judiciaire"
    EXECUTION = "execution"
    INSOLVABILITE = "insolvabilite"
    COMPTES = "comptes"


class Forme(StrEnum):
    """What paper it is: a letter with its window, an act, or a message that leaves by e-mail too."""

    LETTRE = "lettre"
    MESSAGE = "message"
    ACTE = "acte"


class Signataire(StrEnum):
    """Who signs. What an officer, a lawyer or a judge signs is made here as a draft, or as data for them."""

    CREANCIER = "creancier"
    RECOUVREUR = "recouvreur"
    AVOCAT = "avocat"
    COMMISSAIRE = "commissaire_de_justice"
    DEBITEUR = "debiteur"
    LES_DEUX = "les_deux"
    JUGE = "juge"


class TypeReponse(StrEnum):
    """What answers a question."""

    TEXTE = "texte"
    LONG = "long"
    DATE = "date"
    MONTANT = "montant"
    ENTIER = "entier"
    CHOIX = "choix"
    OUI_NON = "oui_non"


class Memoire(StrEnum):
    """How far an answer is proposed again: in the same dossier, or in all those of the creditor."""

    DOSSIER = "dossier"
    CREANCIER = "creancier"


class Choix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the answers that may be chosen."""

    valeur: str
    libelle: str


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the journal may not know. `si`: facts that must hold for it to be asked; `aide`: where to find the answer.

    `source`: what of the dossier is to be chosen from (`choix.py`), in the place of `choix`; with `poursuivis`, the
    whole document is about whoever is chosen. The wording names the
    answer `{nom}`; conditions name it `nom` (answered, or yes) and `nom_valeur` (a choice). `se_retient`: whom or where
    one writes to, a reference; the last answer is proposed again. Never a sum, a day, or a fact about the debtor.
    """

    nom: str
    libelle: str
    type: TypeReponse = TypeReponse.TEXTE
    obligatoire: bool = True
    aide: str = ""
    choix: tuple[Choix, ...] = ()
    source: str = ""
    si: tuple[str, ...] = ()
    se_retient: Memoire | None = None


class Modele(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act. `objet`: its subject or title; `usage`: when it serves, in one sentence; `articles`: what it rests on.

    `qualites`: the debtors it is made for (none named: all). `cibles`: the rules of compliance that bind it.
    `a_verifier`: why it may only be a draft, each reason a sentence. `docx`: also given as a file that can be edited.
    `factures`: whether it is about claims that are chosen. `a_echoir`: without a choice, it is about the claims not due
    yet. `contestees`: it claims what the debtor disputes too, as an action on the merits does.
    """

    nom: str
    titre: str
    famille: Famille
    forme: Forme
    signataire: Signataire
    objet: str
    usage: str
    rang: int = 0
    articles: tuple[str, ...] = ()
    qualites: tuple[QualitePartie, ...] = ()
    cibles: tuple[str, ...] = ()
    a_verifier: tuple[str, ...] = ()
    docx: bool = False
    factures: bool = True
    a_echoir: bool = False
    contestees: bool = False
    question: tuple[Question, ...] = ()

    @property
    def paquet(self) -> str:
        """The package of its folder."""
        return f"{CATALOGUE}.{self.nom}"


@cache
def load_catalogue() -> dict[str, Modele]:
    """Read every act, by name, in the order of the catalogue. Raises msgspec.ValidationError on a wrong file."""
    dossiers = [d for d in resources.files(CATALOGUE).iterdir() if d.joinpath("acte.toml").is_file()]
    modeles = [msgspec.toml.decode(d.joinpath("acte.toml").read_text(encoding="utf-8"), type=Modele) for d in dossiers]
    familles = list(Famille)
    return {m.nom: m for m in sorted(modeles, key=lambda m: (familles.index(m.famille), m.rang, m.nom))}


def get_modele(nom: str) -> Modele:
    """Return an act. Raises ErreurSaisie (`acte_inconnu`), with the name that looks like this one."""
    modele = load_catalogue().get(nom)
    if modele is not None:
        return modele
    proches = get_close_matches(nom, load_catalogue(), n=1)
    message = phrase("Aucun document ne s'appelle « {nom} » : « exigible acte » les nomme tous.", nom=nom)
    if proches:
        message = phrase(
            "Aucun document ne s'appelle « {nom} » : vouliez-vous dire « {proche} » ?",
            nom=nom,
            proche=proches[0],
        )
    raise ErreurSaisie("acte_inconnu", message, "acte")


@cache
def load_texte(nom: str) -> str:
    """Read the wording of an act, as we wrote it."""
    return resources.files(f"{CATALOGUE}.{nom}").joinpath("texte.txt").read_text(encoding="utf-8")


@cache
def load_redaction(nom: str) -> Redaction:
    """Read our wording of an act into its blocks."""
    return parse_redaction(load_texte(nom))
