"""Vérifie un dossier de preuve, sans le programme qui l'a fait : Python 3.8 ou plus, rien d'autre.

    python3 verifier_preuves.py [DOSSIER] [--empreinte 64_CHIFFRES] [--sceau 64_CHIFFRES]
    python3 verifier_preuves.py journal.jsonl

DOSSIER : celui où se trouve ce fichier, si rien n'est dit. --empreinte : celle du manifeste, imprimée sur la
couverture de la liasse. --sceau : celle d'un sceau du journal, notée ailleurs. Code de sortie : 0 si tout concorde,
1 si quelque chose a changé, 2 si la vérification n'a pas pu se faire. Rien n'est écrit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

EXTRAIT, ENTIER = "exigible-extrait", "exigible-journal"
HEXA = re.compile(r"[0-9a-f]{64}")
MANIFESTE, EMPREINTES, LIASSE = "manifeste.json", "empreintes.sha256", "liasse.pdf"
JETON, AUTORITE, ZERO = "horodatage.tsr", "horodatage-autorite.pem", "0" * 64
DU_SYSTEME = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\._.*")
PANNES = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError)


class Constat:
    """Ce qui a été vérifié, et les fautes."""

    def __init__(self) -> None:
        self.fautes: list[str] = []

    def approve(self, phrase: str) -> None:
        """Dit ce qui concorde."""
        say("[bon]   " + phrase)

    def blame(self, phrase: str) -> None:
        """Dit et compte une faute."""
        self.fautes.append(phrase)
        say("[FAUX]  " + phrase)

    def tell(self, phrase: str) -> None:
        """Dit ce qu'il faut savoir."""
        say("[note]  " + phrase)


def say(phrase: str) -> None:
    """Écrit une ligne, même sur un terminal qui ne sait pas tous les caractères."""
    codage = sys.stdout.encoding or "ascii"
    sys.stdout.write(phrase.encode(codage, "replace").decode(codage) + "\n")


def write_jour(jour: str) -> str:
    """Un jour comme on l'écrit : 21/11/2026."""
    return "/".join(reversed(jour.split("-")))


def write_canonique(objet: object) -> bytes:
    """Le JSON dont l'empreinte est prise : clés triées, sans espace, UTF-8."""
    return json.dumps(objet, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def compute_sha256(octets: bytes) -> str:
    """L'empreinte d'octets."""
    return hashlib.sha256(octets).hexdigest()


def compute_sha256_du_fichier(chemin: Path) -> str:
    """L'empreinte d'un fichier, lu morceau par morceau."""
    with chemin.open("rb") as flux:
        calcul = hashlib.sha256()
        while morceau := flux.read(1 << 20):
            calcul.update(morceau)
        return calcul.hexdigest()


def read_empreintes(dossier: Path, constat: Constat) -> dict[str, str]:
    """Lit `empreintes.sha256` : {chemin: empreinte}."""
    annoncees: dict[str, str] = {}
    texte = (dossier / EMPREINTES).read_text("utf-8", "replace") if (dossier / EMPREINTES).is_file() else ""
    if not texte:
        constat.blame(f"Le fichier « {EMPREINTES} » a été retiré du dossier.")
    for numero, ligne in enumerate(texte.splitlines(), 1):
        if trouve := re.fullmatch(r"([0-9a-f]{64})  (.+)", ligne):
            annoncees[trouve[2]] = trouve[1]
        else:
            constat.blame(f"{EMPREINTES}, ligne {numero} : elle n'est pas lisible.")
    return annoncees


def verify_fichiers(dossier: Path, manifeste: dict[str, Any], constat: Constat) -> None:
    """Chaque fichier annoncé est là, inchangé ; aucun autre n'a été ajouté."""
    avant = len(constat.fautes)
    empreintes = read_empreintes(dossier, constat)
    du_manifeste = {f["chemin"]: f["sha256"] for f in manifeste["fichiers"]}
    presents = {c.relative_to(dossier).as_posix() for c in dossier.rglob("*") if c.is_file() or c.is_symlink()}
    for chemin in sorted({*empreintes, *du_manifeste}):
        verify_fichier(dossier, chemin, {empreintes.get(chemin), du_manifeste.get(chemin)} - {None}, constat)
    for chemin in sorted(du_manifeste.keys() - empreintes.keys()):
        constat.blame(f"« {chemin} » est dans le manifeste mais n'est plus dans « {EMPREINTES} ».")
    attendus = {*empreintes, *du_manifeste, EMPREINTES}
    absents = {(empreintes.get(c) or du_manifeste.get(c)): c for c in attendus - presents}
    for chemin in sorted(presents - attendus):
        ancien = absents.get(compute_sha256_du_fichier(dossier / chemin)) if (dossier / chemin).is_file() else None
        if ancien:
            constat.blame(f"Le fichier « {ancien} » a été renommé : il est là sous le nom « {chemin} ».")
        elif not DU_SYSTEME.fullmatch(Path(chemin).name):
            constat.blame(f"Le fichier « {chemin} » a été ajouté au dossier.")
    for chemin in sorted(empreintes.keys() - du_manifeste.keys() - {MANIFESTE, LIASSE, JETON, AUTORITE}):
        constat.blame(f"« {chemin} » n'est pas dans le manifeste : il a été ajouté.")
    if len(constat.fautes) == avant:
        constat.approve(f"Les {len(attendus)} fichiers du dossier sont ceux qui ont été remis, octet pour octet.")


def verify_fichier(dossier: Path, chemin: str, attendues: set[str | None], constat: Constat) -> None:
    """Un fichier annoncé."""
    if ".." in Path(chemin).parts or Path(chemin).is_absolute():
        constat.blame(f"« {chemin} » désigne un fichier hors du dossier.")
    elif not (dossier / chemin).is_file():
        constat.blame(f"Le fichier « {chemin} » a été retiré du dossier.")
    elif {compute_sha256_du_fichier(dossier / chemin)} != attendues:
        constat.blame(f"Le fichier « {chemin} » a été modifié : ses octets ne sont plus ceux qui ont été remis.")


def verify_pieces(manifeste: dict[str, Any], constat: Constat) -> None:
    """Les pièces se suivent, et chacune est un fichier du dossier."""
    avant = len(constat.fautes)
    fichiers = {f["chemin"]: f["sha256"] for f in manifeste["fichiers"]}
    for attendu, piece in enumerate(manifeste["pieces"], 1):
        if piece["numero"] != attendu:
            constat.blame(f"La pièce n° {piece['numero']} se trouve là où la pièce n° {attendu} est attendue.")
        if fichiers.get(piece["fichier"]) != piece["sha256"]:
            constat.blame(f"La pièce n° {piece['numero']} n'a pas l'empreinte de son fichier.")
    if len(constat.fautes) == avant:
        constat.approve(f"Les pièces du bordereau ({len(manifeste['pieces'])}) sont numérotées sans trou.")


def verify_liasse(dossier: Path, empreinte: str, constat: Constat) -> None:
    """Le PDF relié porte l'empreinte du manifeste dans ses propriétés (et, imprimée, sur sa couverture)."""
    if not (dossier / LIASSE).is_file():
        return
    with (dossier / LIASSE).open("rb") as flux:
        portee = any(empreinte.encode() in ligne for ligne in flux)
    lequel = "de ce manifeste" if portee else "d'un autre manifeste que celui-ci"
    (constat.approve if portee else constat.blame)(f"La liasse PDF porte l'empreinte {lequel}.")


class Journal:
    """Relit un journal exporté, ou un extrait, ligne par ligne."""

    def __init__(self, constat: Constat) -> None:
        self.constat = constat
        self.tout = hashlib.sha256()
        self.format, self.sceau_precedent, self.empreinte, self.du_dossier = "", ZERO, ZERO, False
        self.rang = self.faits = self.tus = 0
        self.fin: dict[str, Any] | None = None
        self.chaine: str | None = None
        self.tete: list[Any] | None = None
        self.sceaux: dict[str, tuple[dict[str, Any], list[Any]]] = {}
        self.tetes: dict[str, tuple[int, str]] = {}
        self.contenus: dict[tuple[str | None, int], str | None] = {}
        self.maillons: dict[tuple[str | None, int], str] = {}

    def blame(self, numero: int, phrase: str) -> None:
        """Note une faute à une ligne du fichier."""
        self.constat.blame(f"Journal, ligne {numero} : {phrase}")

    def read(self, chemin: Path) -> None:
        """Relit tout le fichier."""
        with chemin.open("rb") as flux:
            for numero, octets in enumerate(flux, 1):
                try:
                    ligne = json.loads(octets)
                    self.read_ligne(numero, ligne, octets)
                except PANNES:
                    self.blame(numero, "elle est abîmée : elle ne peut pas être lue.")
                if self.fin is None:
                    self.tout.update(octets)
        self.close_chaine()
        if self.fin is None:
            self.constat.blame("Le journal s'arrête avant sa ligne « fin » : il est coupé.")
        elif (self.fin.get("faits"), self.fin.get("empreinte")) != (self.faits, self.tout.hexdigest()):
            self.constat.blame("Le nombre de faits ou l'empreinte du journal ne concordent pas : il a été modifié.")
        self.verify_sceaux()

    def read_ligne(self, numero: int, ligne: dict[str, Any], octets: bytes) -> None:
        """Vérifie une ligne."""
        if self.fin is not None:
            self.blame(numero, "elle a été ajoutée après la fin.")
            return
        if write_canonique(ligne) + b"\n" != octets:
            self.blame(numero, "elle a été réécrite (elle n'est plus sous sa forme canonique).")
        sorte = ligne["ligne"]
        if sorte == "entete":
            self.format = ligne["format"]
        elif sorte == "sceau":
            self.read_sceau(numero, ligne)
        elif sorte == "chaine":
            self.close_chaine()
            self.chaine, self.rang, self.empreinte = ligne["chaine"], 0, ZERO
            self.tete, self.du_dossier = ligne.get("tete"), ligne["sorte"] == "dossier"
        elif sorte == "fait":
            self.read_fait(numero, ligne)
        elif sorte == "piece":
            if ligne["contenu"] is not None and compute_sha256(base64.b64decode(ligne["contenu"])) != ligne["sha256"]:
                self.blame(numero, f"les octets de la pièce « {ligne['nom']} » ont été modifiés.")
        elif sorte == "fin":
            self.fin = ligne
        else:
            self.blame(numero, "elle est d'une sorte inconnue.")

    def read_sceau(self, numero: int, ligne: dict[str, Any]) -> None:
        """Un sceau ; dans un journal entier, chacun tient le précédent."""
        entier = isinstance(ligne["tetes"], int)
        if entier and ligne["precedent"] != self.sceau_precedent:
            self.blame(numero, "ce sceau ne suit pas le précédent : un sceau manque.")
        self.sceau_precedent = ligne["empreinte"]
        self.sceaux[ligne["jour"]] = (ligne, [] if entier else ligne["tetes"])

    def read_fait(self, numero: int, ligne: dict[str, Any]) -> None:
        """Un fait : son rang, son lien, son empreinte, son contenu."""
        enveloppe, rang = ligne["enveloppe"], ligne["enveloppe"]["rang"]
        if enveloppe["chaine"] != self.chaine:
            self.blame(numero, "ce fait n'appartient pas à la chaîne annoncée.")
        if rang != self.rang + 1:
            self.blame(numero, f"fait n° {rang} trouvé là où le n° {self.rang + 1} est attendu.")
        if enveloppe["precedent"] != self.empreinte:
            self.blame(numero, f"le fait n° {rang} ne suit pas l'empreinte du fait précédent.")
        if compute_sha256(write_canonique(enveloppe)) != ligne["empreinte"]:
            self.blame(numero, f"l'enveloppe du fait n° {rang} a été modifiée.")
        if ligne["contenu"] is None and ligne["sel"] is None:
            self.tus += 1
        elif ligne["contenu"] is None or ligne["sel"] is None:
            self.blame(numero, f"le contenu du fait n° {rang} est effacé à moitié.")
        elif compute_sha256(bytes.fromhex(ligne["sel"]) + ligne["contenu"].encode()) != enveloppe["empreinte_contenu"]:
            self.blame(numero, f"le contenu du fait n° {rang} a été modifié (un montant, une date, un texte).")
        if self.format == EXTRAIT:
            self.contenus[self.chaine, rang] = ligne["contenu"]
            self.maillons[self.chaine, rang] = ligne["empreinte"]
        self.rang, self.empreinte = rang, ligne["empreinte"]
        self.faits += 1
        for jour in ligne.get("sceaux", ()):
            self.sceaux[jour][1].append([self.chaine, rang, self.empreinte])

    def close_chaine(self) -> None:
        """La tête annoncée d'une chaîne est son dernier fait, ou vient après."""
        if self.chaine is None:
            return
        attendue = self.tete or [self.rang, self.empreinte]
        coupee = attendue[0] != self.rang if self.du_dossier else attendue[0] < self.rang
        if coupee or (attendue[0] == self.rang and attendue[1] != self.empreinte):
            self.constat.blame(f"La chaîne {self.chaine} ne finit pas par sa tête annoncée.")
        self.tetes[self.chaine] = (self.rang, self.empreinte)
        self.chaine = None

    def verify_sceaux(self) -> None:
        """L'empreinte de chaque sceau, et les faits qu'il tient."""
        for jour, (sceau, tetes) in self.sceaux.items():
            objet = {"jour": jour, "precedent": sceau["precedent"], "tetes": tetes}
            if compute_sha256(write_canonique(objet)) != sceau["empreinte"]:
                self.constat.blame(f"Le sceau du {write_jour(jour)} n'est pas celui des faits qu'il couvre.")
            for chaine, rang, empreinte in tetes:
                connu = chaine in self.tetes and rang <= self.tetes[chaine][0]
                if connu and self.format == EXTRAIT and self.maillons.get((chaine, rang)) != empreinte:
                    self.constat.blame(
                        f"Le fait n° {rang}, scellé le {write_jour(jour)}, n'est plus celui qui l'a été."
                    )


def verify_journal(chemin: Path, constat: Constat, sceau_note: str) -> Journal:
    """Relit un journal et dit ce qui le tient."""
    avant, journal = len(constat.fautes), Journal(constat)
    journal.read(chemin)
    if journal.format not in (EXTRAIT, ENTIER):
        constat.blame("Le journal n'a pas le format attendu.")
    if len(constat.fautes) == avant:
        constat.approve(f"Le journal est intact : {journal.faits} faits, chaque chaîne refaite depuis le premier.")
    if journal.tus:
        constat.tell(f"Faits qui gardent leur place sans leur contenu (non communiqué, ou effacé) : {journal.tus}.")
    for jour, (sceau, tetes) in sorted(journal.sceaux.items()):
        constat.tell(f"Sceau du {write_jour(jour)} (têtes : {len(tetes)}) : {sceau['empreinte']}")
    if sceau_note in {sceau["empreinte"] for sceau, _ in journal.sceaux.values()}:
        constat.approve("Le sceau noté ailleurs est bien celui d'un jour de ce journal.")
    elif sceau_note:
        constat.blame("Le sceau noté ailleurs n'est pas dans ce journal.")
    return journal


def verify_lien(manifeste: dict[str, Any], journal: Journal, constat: Constat) -> None:
    """Le manifeste annonce les têtes du journal, et les pièces que ses faits citent."""
    avant, citees = len(constat.fautes), 0
    annoncees = {c["chaine"]: (c["rang"], c["empreinte"]) for c in manifeste["journal"]["chaines"]}
    if annoncees != journal.tetes:
        constat.blame("Le journal ne finit pas comme le manifeste l'annonce : un fait manque, ou a été ajouté.")
    du_dossier = [c["chaine"] for c in manifeste["journal"]["chaines"] if c["sorte"] == "dossier"]
    cites = [(f"La pièce n° {p['numero']} n'est pas celle", p["sha256"], p["fait"]) for p in manifeste["pieces"]]
    fichiers = {f["chemin"]: f["sha256"] for f in manifeste["fichiers"]}
    for acte, fait in [(f"actes/{a['acte']}.pdf", a["fait"]) for a in manifeste.get("approuves", [])]:
        cites.append((f"L'acte « {acte} » n'est pas celui", fichiers.get(acte, "?"), fait))
    for quoi, sha256, fait in cites:
        contenu = next((journal.contenus.get((c, fait)) for c in du_dossier), None)
        if fait is not None and (contenu is None or sha256 not in contenu):
            constat.blame(f"{quoi} que cite le fait n° {fait}.")
        citees += fait is not None
    if len(constat.fautes) == avant:
        constat.approve(f"Le manifeste et le journal concordent ; pièces et actes que le journal cite : {citees}.")


def verify_horodatage(dossier: Path, empreinte: str, constat: Constat) -> None:
    """Le jeton porte l'empreinte du manifeste ; sa signature se vérifie avec OpenSSL."""
    jeton = dossier / JETON
    if not jeton.is_file():
        constat.tell("Pas d'horodatage par un tiers : aucune autorité n'était configurée, ou elle n'a pas répondu.")
        return
    octets = jeton.read_bytes()
    ou = octets.find(bytes.fromhex(empreinte))
    if ou < 0:
        constat.blame("L'horodatage porte l'empreinte d'un autre manifeste que celui-ci.")
        return
    instant = re.search(rb"\x18[\x0d-\x20](\d{14})(?:\.\d+)?Z", octets[ou:])
    n = instant[1].decode() if instant else ""
    quand = f" Il dit : le {n[6:8]}/{n[4:6]}/{n[:4]} à {n[8:10]}:{n[10:12]}:{n[12:14]} UTC." if n else ""
    constat.approve("L'horodatage porte l'empreinte de ce manifeste." + quand)
    autorite = AUTORITE if (dossier / AUTORITE).is_file() else "CERTIFICAT_DE_L_AUTORITE.pem"
    constat.tell(f"Sa signature se vérifie ainsi : openssl ts -verify -data {MANIFESTE} -in {JETON} -CAfile {autorite}")


def verify_dossier(dossier: Path, constat: Constat, note: str, sceau: str) -> None:
    """Tout vérifier."""
    octets = (dossier / MANIFESTE).read_bytes()
    empreinte, manifeste = compute_sha256(octets), json.loads(octets)
    if manifeste["format"] != "exigible-liasse" or manifeste["version"] != 1:
        raise ValueError
    say(f"Dossier de preuve {manifeste['dossier']}, arrêté au {write_jour(manifeste['au'])}")
    say(f"Empreinte du manifeste : {empreinte}")
    verify_fichiers(dossier, manifeste, constat)
    verify_pieces(manifeste, constat)
    verify_liasse(dossier, empreinte, constat)
    if note and note != empreinte:
        constat.blame("L'empreinte du manifeste n'est pas celle que vous avez notée : il a été modifié.")
    elif note:
        constat.approve("L'empreinte du manifeste est celle que vous avez notée.")
    else:
        constat.tell("Comparez l'empreinte du manifeste à celle de la couverture imprimée (--empreinte).")
    if manifeste["journal"] is None:
        constat.tell("Ce dossier ne contient pas d'extrait de journal.")
    elif (dossier / manifeste["journal"]["fichier"]).is_file():
        journal = verify_journal(dossier / manifeste["journal"]["fichier"], constat, sceau)
        verify_lien(manifeste, journal, constat)
    verify_horodatage(dossier, empreinte, constat)


def read_arguments(arguments: list[str]) -> tuple[Path, str, str] | None:
    """Lit la ligne de commande : (chemin, empreinte notée, sceau noté) ; rien quand elle n'est pas lisible."""
    chemin, notes = Path(__file__).resolve().parent, {"--empreinte": "", "--sceau": ""}
    reste = iter(arguments)
    for mot in reste:
        if mot in notes:
            notes[mot] = re.sub(r"\s", "", next(reste, "")).lower()
            if not HEXA.fullmatch(notes[mot]):
                return None
        elif mot.startswith("-"):
            return None
        else:
            chemin = Path(mot)
    return chemin, notes["--empreinte"], notes["--sceau"]


def main(arguments: list[str]) -> int:
    """Vérifie, et rend le code de sortie."""
    lus = read_arguments(arguments)
    if lus is None:
        say(__doc__ or "")
        return 2
    constat, (chemin, note, sceau) = Constat(), lus
    try:
        if chemin.suffix.lower() == ".zip":
            entiere = zipfile.is_zipfile(chemin)
            say("Décompressez l'archive, puis vérifiez son dossier." if entiere else "[FAUX]  L'archive est coupée.")
            return 2 if entiere else 1
        if chemin.is_file():
            verify_journal(chemin, constat, sceau)
        else:
            verify_dossier(chemin, constat, note, sceau)
    except PANNES:
        constat.blame(f"Le journal ou « {MANIFESTE} » manque, ou est abîmé au point de ne plus pouvoir être lu.")
        if not (chemin / EMPREINTES).is_file():
            return 2
    if constat.fautes:
        say(f"RÉSULTAT : {len(constat.fautes)} faute(s). Ce dossier n'est pas celui qui a été remis.")
        return 1
    say("RÉSULTAT : tout concorde.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
