"""What the bundle says of itself: its cover with the summary, the printed extract of the journal, how to verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exigible.actes.demande import Demande
from exigible.actes.document import (
    Acte,
    Bloc,
    Document,
    Encadre,
    Etiquettes,
    Liste,
    Partie,
    Tableau,
    Titre,
    make_texte,
)
from exigible.actes.lettre import Etiquette
from exigible.actes.preuve.donnees import Sujet
from exigible.actes.preuve.extrait import ChaineEcrite, SceauExtrait
from exigible.actes.preuve.provenance import write_provenance
from exigible.actes.typst.texte import Fragment, Paragraphe, apply_typographie, clean_texte, format_date_longue
from exigible.actes.vocabulaire.parties import write_identite_du_creancier, write_identite_du_debiteur
from exigible.droit.jours import format_jour

LISEZ_MOI = """\
DOSSIER DE PREUVE {reference}
{parties}
Arrêté au {jour}.
{provenance}
Ce que contient ce dossier
  liasse.pdf              tout le dossier en un seul PDF paginé, avec des signets et des fichiers joints
  actes/                  {titre}, le bordereau et le décompte (en PDF, et en données : decompte.json)
  pieces/                 les pièces, telles qu'elles ont été gardées, dans l'ordre du bordereau
{journal}  manifeste.json          la liste de tous les fichiers, avec leur taille et leur empreinte SHA-256
  empreintes.sha256       les mêmes empreintes, pour l'outil « sha256sum »
  verifier_preuves.py     le programme qui vérifie tout ce qui précède (Python 3.8 ou plus, rien d'autre)
  horodatage.tsr          s'il est là : la date donnée au manifeste par un tiers (RFC 3161)

Vérifier, sans le programme qui a fait ce dossier
  python3 verifier_preuves.py
      Chaque fichier, chaque empreinte, chaque maillon du journal est recalculé. La dernière ligne dit le résultat.
  python3 verifier_preuves.py --empreinte …
      La même chose, en comparant l'empreinte du manifeste à celle qui est imprimée sur la couverture de la liasse.
  sha256sum -c empreintes.sha256
      Les empreintes seules, sans Python.
  openssl ts -verify -data manifeste.json -in horodatage.tsr -CAfile horodatage-autorite.pem
      La signature de l'horodatage, s'il y en a un.

Ce que cette vérification établit : ces fichiers sont, octet pour octet, ceux qui ont été réunis ; les faits du journal
se suivent sans qu'aucun ait été changé, retiré ou ajouté depuis qu'ils y ont été inscrits.
Ce qu'elle n'établit pas : que les faits sont vrais, ni ce qu'ils valent en droit.
"""
LIGNE_JOURNAL = (
    "  journal/                l'extrait du journal du dossier : extrait.jsonl (à vérifier), extrait.pdf (à lire)\n"
)

_GROUPE = 8


def cut_empreinte(empreinte: str) -> str:
    """By groups of eight, to be compared by eye."""
    return " ".join(empreinte[i : i + _GROUPE] for i in range(0, len(empreinte), _GROUPE))


def write_parties(demande: Demande, longueur: int | None = None) -> str:
    """« X contre Y »; `longueur`: how many characters of each name, at most."""
    noms = (demande.etat.creancier.description.nom, demande.etat.debiteur.nom)
    return " contre ".join(_shorten(clean_texte(nom), longueur) for nom in noms)


def _shorten(nom: str, longueur: int | None) -> str:
    return nom if longueur is None or len(nom) <= longueur else f"{nom[: longueur - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Couverture:
    """What the cover says besides the parties: the court, the manifest's hash, its date, why the act is a draft."""

    juridiction: tuple[str, ...]
    empreinte: str
    horodatage: str
    projet: tuple[str, ...]


def build_couverture(sujet: Sujet, sommaire: Sequence[tuple[str, int]], couverture: Couverture) -> Document:
    """The cover. `sommaire`: what is in the bundle and the page on which it begins."""
    demande = sujet.demande
    provenance = write_provenance(sujet)
    lignes = tuple((titre, str(page)) for titre, page in sommaire)
    blocs: tuple[Bloc, ...] = (
        Partie("Demandeur", (write_identite_du_creancier(demande.etat),)),
        Partie("Défendeur", (write_identite_du_debiteur(demande.etat),)),
        Tableau("Sommaire", ("Sommaire", "Page"), "gd", lignes),
        *((make_texte(apply_typographie(provenance)),) if provenance else ()),
        _titre("Vérifier ce dossier"),
        make_texte(
            apply_typographie(
                "Le dossier remis avec cette liasse contient les fichiers eux-mêmes et un programme qui les vérifie "
                "sans celui qui les a réunis : « python3 verifier_preuves.py ». L'empreinte ci-dessous est celle du "
                "manifeste, qui liste tous ces fichiers avec la leur : si un seul octet change, elle change. Ce PDF "
                "porte aussi, en fichiers joints, le manifeste, le décompte en données"
                f"{', l’extrait du journal' if sujet.journal is not None else ''} et ce programme."
            )
        ),
        Encadre(
            (
                (Fragment(apply_typographie("Empreinte SHA-256 du manifeste (manifeste.json)"), gras=True),),
                (Fragment(cut_empreinte(couverture.empreinte)),),
            )
        ),
        make_texte(apply_typographie(couverture.horodatage)),
    )
    return _document(
        demande, "Dossier de preuve", couverture.juridiction, demande.modele.titre, blocs, couverture.projet
    )


def build_extrait(
    demande: Demande, chaines: Sequence[ChaineEcrite], sceaux: Sequence[SceauExtrait], fichier: str
) -> Document:
    """The printed extract of the journal, with the heads, the seals, and how to verify them."""
    return _document(demande, "Extrait certifié du journal", (), "", tuple(_iter_extrait(chaines, sceaux, fichier)), ())


def _iter_extrait(chaines: Sequence[ChaineEcrite], sceaux: Sequence[SceauExtrait], fichier: str) -> Iterator[Bloc]:
    yield make_texte(
        apply_typographie(
            "Chaque fait de ce dossier est inscrit à la suite du précédent, dont il porte l'empreinte SHA-256 : "
            "changer, retirer ou ajouter un fait change toutes les empreintes qui suivent. Cet extrait en donne la "
            f"liste ; le fichier « {fichier} » en donne le contenu exact, que « verifier_preuves.py » recalcule."
        )
    )
    for chaine in chaines:
        yield from _iter_chaine(chaine, sceaux)
    if sceaux:
        yield _titre("Sceaux")
        yield make_texte(
            apply_typographie(
                "Une fois par jour, un sceau est calculé sur la dernière empreinte de tous les dossiers qui ont avancé "
                "et sur le sceau précédent. Ceux-ci tiennent les faits ci-dessus."
            )
        )
        yield Etiquettes(
            tuple(Etiquette(f"Sceau du {format_jour(s.jour)}", cut_empreinte(s.empreinte)) for s in sceaux)
        )
    yield _titre("Vérifier")
    yield Liste(numerotee=True, elements=tuple(_make(ligne) for ligne in _REGLES))
    yield make_texte(
        apply_typographie(
            "Cette vérification établit que les faits n'ont pas changé depuis leur inscription ; elle n'établit pas "
            "qu'ils sont vrais. Un fait marqué « non communiqué » garde sa place et son empreinte ; son contenu n'est "
            "pas remis."
        )
    )


_REGLES = (
    "L'empreinte d'un fait est le SHA-256 de son enveloppe en JSON (clés triées, sans espace, UTF-8).",
    "L'enveloppe porte l'empreinte du fait précédent (64 zéros pour le premier) et un rang qui compte de 1 en 1.",
    "Elle porte aussi l'empreinte de son contenu : le SHA-256 du sel (32 octets) suivi du contenu.",
    "L'empreinte d'un sceau est le SHA-256 de son jour, du sceau précédent et des têtes qu'il tient, en JSON.",
)


def _iter_chaine(chaine: ChaineEcrite, sceaux: Sequence[SceauExtrait]) -> Iterator[Bloc]:
    du_dossier = chaine.sorte == "dossier"
    yield _titre(f"Journal du dossier {chaine.reference}" if du_dossier else "Journal du créancier")
    if not du_dossier:
        yield make_texte(
            apply_typographie(
                "Seuls sont listés les faits qui concernent ce dossier : qui est le créancier, ses conditions de "
                "vente, ce qu'il réclame."
            )
        )
    if chaine.rangees:
        yield Tableau(
            "Faits inscrits au journal",
            ("Fait", "N°", "Date", "Inscrit le (UTC)", "Par", "Empreinte"),
            "gdgggg",
            tuple(
                (
                    r.quoi if r.communique else f"{r.quoi} (non communiqué)",
                    str(r.rang),
                    format_jour(r.jour),
                    r.enregistre_le,
                    clean_texte(r.auteur),
                    f"{r.empreinte[:12]}…",
                )
                for r in chaine.rangees
            ),
        )
    suite = "" if chaine.rang == chaine.tete else f" (sur {chaine.tete} : la suite ne concerne pas ce dossier)"
    yield Etiquettes(
        (Etiquette(apply_typographie(f"Dernier fait : n° {chaine.rang}{suite}"), cut_empreinte(chaine.empreinte)),)
    )
    yield make_texte(apply_typographie(_write_tenue(chaine, sceaux)))


def _write_tenue(chaine: ChaineEcrite, sceaux: Sequence[SceauExtrait]) -> str:
    """Say how far a seal holds the chain: what came since is held by its links alone."""
    tenus = [(rang, s.jour) for s in sceaux for nom, rang, _ in s.tetes if nom == chaine.chaine and rang <= chaine.rang]
    if not tenus:
        return "Aucun sceau ne tient encore ces faits : ils ne le sont que par leur chaîne."
    rang, jour = max(tenus)
    suite = "" if rang == chaine.rang else " ; les suivants ne le sont encore que par leur chaîne"
    return f"Le sceau du {format_jour(jour)} tient les faits jusqu'au n° {rang}{suite}."


def write_lisez_moi(sujet: Sujet) -> str:
    """The plain text that is read first."""
    demande = sujet.demande
    return LISEZ_MOI.format(
        reference=demande.reference,
        parties=write_parties(demande),
        jour=format_jour(demande.etat.au),
        titre=demande.modele.titre,
        provenance="".join(f"{ligne}\n" for ligne in [write_provenance(sujet)] if ligne),
        journal=LIGNE_JOURNAL if sujet.journal is not None else "",
    )


def _document(
    demande: Demande,
    intitule: str,
    juridiction: tuple[str, ...],
    sous_titre: str,
    blocs: tuple[Bloc, ...],
    projet: Sequence[str],
) -> Document:
    auteur = clean_texte(demande.etat.creancier.description.nom)
    return Document(
        titre=" – ".join(filter(None, (intitule, demande.reference))),
        auteur=auteur,
        pied=" · ".join(filter(None, (auteur, intitule, demande.reference))),
        tete=Acte(juridiction, intitule, " – ".join(filter(None, (sous_titre, _write_au(demande))))),
        blocs=blocs,
        projet=apply_typographie(f"Projet : {' ; '.join(projet)}") if projet else "",
    )


def _write_au(demande: Demande) -> str:
    return f"arrêté au {format_date_longue(demande.etat.au)}"


def _make(texte: str) -> Paragraphe:
    return (Fragment(apply_typographie(texte)),)


def _titre(texte: str) -> Titre:
    return Titre(1, _make(texte))
